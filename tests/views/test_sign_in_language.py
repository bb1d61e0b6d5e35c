"""Whoever signs in from a browser that knows no language yet reads the pages in her own."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from data import store_doors
from data.store import Act
from data.store_doors import Account
from portfolio.person import Person, Role
from services import passwords
from views import sign_in, web

PHRASE = "une phrase facile à retenir"


@pytest.fixture
def house(empty):
    with empty.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, Person("anne", "Anne", frozenset({Role.LEAD}), "en"))
        kept = Account("anne", "anne", passwords.hashed(PHRASE), "2026-11-01")
        store_doors.keep_account(work, kept)
    return empty


@pytest.mark.parametrize(("before", "after"), [({}, "en"), ({web.LANGUAGE: "fr"}, None)])
def test_the_profile_s_language_is_given_to_a_browser_that_has_none(house, before, after):
    async def sign():
        app = Starlette(routes=sign_in.routes(lambda: house))
        where = "http://house.example"
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=where, cookies=before
        ) as browser:
            return await browser.post("/connexion", headers={"origin": where}, data={
                "login": "anne", "password": PHRASE})

    answer = asyncio.run(sign())

    assert answer.status_code == 303
    assert answer.cookies.get(web.SESSION)
    assert answer.cookies.get(web.LANGUAGE) == after

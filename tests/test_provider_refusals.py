"""What a lying provider, or whoever stands between, tries: nobody comes in by any of it."""

import json
from contextlib import closing, contextmanager
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from evil_provider import COOKIE_SECRET, LIES, lying, settings
from itsdangerous import TimestampSigner
from serving import served

from data.store import Act
from portfolio.identity import Identity
from portfolio.person import Person, Role
from services import doors, house

ANNE = Person("p-anne", "Anne", frozenset({Role.MEMBER}))
ACT = Act("test", "administrateur", "test")
PAGE = {"accept": "text/html"}


@pytest.fixture(scope="module")
def provider():
    with lying() as running:
        yield running


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Anne, whom the provider knows by a subject."""
    url = f"sqlite:///{tmp_path_factory.mktemp('house') / 'house.db'}"
    with closing(house.open_house(url)) as opened:
        yield opened


@pytest.fixture(scope="module")
def where(provider, store, tmp_path_factory):
    with store.writing(ACT) as work:
        work.save(None, ANNE)
        work.save(None, Identity(provider.issuer, provider.subject, ANNE.code))
    folder = tmp_path_factory.mktemp("log")
    with served(str(store.engine.url), folder, lambda at: settings(provider.issuer, at)) as at:
        yield at


@pytest.fixture
def visitor(where, provider):
    """A browser without scripts; the provider is honest again after it."""
    with httpx.Client(base_url=where, headers=PAGE, follow_redirects=True) as client:
        yield client
    provider.lie = ""


def is_in(visitor):
    """Whether the house is served; what else is asked for says so too."""
    with closing(visitor.get("/", follow_redirects=False)) as page:
        media = visitor.get("/media/x.csv", headers={"accept": "*/*"})
        assert (page.status_code == 200) == (media.status_code != 401)
        return page.status_code == 200


def go(visitor):
    """Through the provider and back, as far as one is led."""
    return visitor.get("/connexion/fournisseur")


@contextmanager
def stopped_before_coming_back(visitor):
    """The address that the provider sends to, not followed yet."""
    at = visitor.get("/connexion/fournisseur", follow_redirects=False)
    while "/oauth2callback?" not in at.headers["location"]:
        at = visitor.get(at.headers["location"], follow_redirects=False)
    yield at.headers["location"]


def test_whom_an_honest_provider_presents_comes_in(visitor, provider):
    assert not is_in(visitor)

    go(visitor)

    assert is_in(visitor)
    assert provider.verified


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_of_the_provider_lets_nobody_in(visitor, provider, lie):
    provider.lie = lie

    answer = go(visitor)

    assert provider.codes == {}, "the provider was asked, and lied"
    assert not is_in(visitor)
    assert "arbitrage_session" not in visitor.cookies
    assert answer.url.path in ("/connexion", "/entree")


def test_the_same_address_with_another_subject_is_nobody_here(visitor, provider):
    """An e-mail address is handed on when someone leaves; a subject is not."""
    provider.lie = "same-email"

    answer = go(visitor)

    assert answer.status_code == 403
    assert "anne@city.example" in answer.text
    assert not is_in(visitor)


def test_a_provider_that_does_not_answer_is_told_on_our_own_page(visitor, provider):
    provider.is_down = True
    try:
        answer = go(visitor)
    finally:
        provider.is_down = False

    assert (answer.status_code, answer.url.path) == (200, "/connexion")
    assert "role=\"alert\"" in answer.text
    assert not is_in(visitor)


def test_a_code_is_good_once(visitor, where):
    with stopped_before_coming_back(visitor) as back:
        before = dict(visitor.cookies)
        visitor.get(back)
    assert is_in(visitor)

    with httpx.Client(base_url=where, headers=PAGE, cookies=before, follow_redirects=True) as thief:
        thief.get(back)
        assert not is_in(thief)


def test_what_the_provider_said_once_opens_one_session(visitor, where):
    go(visitor)
    kept = {n: v for n, v in visitor.cookies.items() if n.startswith("_streamlit")}

    with httpx.Client(base_url=where, headers=PAGE, cookies=kept, follow_redirects=True) as thief:
        answer = thief.get("/entree")
        assert answer.status_code == 422
        assert not is_in(thief)


@pytest.mark.parametrize("state", ["", "forged"])
def test_an_answer_to_no_question_of_ours_lets_nobody_in(visitor, state):
    with stopped_before_coming_back(visitor) as back:
        told = {n: v[0] for n, v in parse_qs(urlsplit(back).query).items()}
        visitor.get("/oauth2callback", params=told | {"state": state})

    assert not is_in(visitor)


def test_the_code_of_someone_else_s_sign_in_does_not_fit(visitor, where, provider):
    """Who slips her own code into another's sign-in is stopped by PKCE, at the provider."""
    with (
        httpx.Client(base_url=where, headers=PAGE) as mallory,
        stopped_before_coming_back(mallory) as hers,
        stopped_before_coming_back(visitor) as his,
    ):
        codes = [parse_qs(urlsplit(way).query)["code"][0] for way in (hers, his)]
        visitor.get(his.replace(codes[1], codes[0]))

    assert codes[0] not in provider.verified
    assert not is_in(visitor)


@pytest.mark.parametrize("cookie", ["_streamlit_user", "arbitrage_session"])
def test_a_cookie_of_one_s_own_making_lets_nobody_in(visitor, provider, cookie):
    said = {"iss": provider.issuer, "sub": provider.subject, "aud": "arbitrage", "iat": 2e9,
            "nonce": "n", "is_logged_in": True, "origin": str(visitor.base_url)}  # fmt: skip
    own = TimestampSigner("another secret").sign(json.dumps(said)).decode()
    for value in (own, json.dumps(said), "x" * 43):
        visitor.cookies.set(cookie, value.replace('"', "'"))
        visitor.get("/entree")
        assert not is_in(visitor)
    assert COOKIE_SECRET != "another secret"


def test_whom_the_house_disabled_is_out_at_once_and_comes_in_no_more(visitor, store):
    go(visitor)
    assert is_in(visitor)
    with store.writing(ACT) as work:
        gone = work.save(None, replace(work.person(ANNE.code), is_active=False))
    try:
        assert not is_in(visitor)
        assert go(visitor).status_code == 403
        assert not is_in(visitor)
    finally:
        with store.writing(ACT) as work:
            work.save(None, replace(gone, is_active=True))


def test_ending_every_session_ends_this_one(visitor, store):
    go(visitor)
    assert is_in(visitor)

    assert doors.end_all_sessions(store, ANNE, doors.now()) > 0

    assert not is_in(visitor)

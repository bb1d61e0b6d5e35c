"""The served process sends what waits and reminds by itself, whatever is away meanwhile."""

import contextlib
import shutil
import time
from dataclasses import replace
from datetime import date

import pytest
from benches import a_project, a_registry
from post_office import open_office

from data.store import Act, open_store
from portfolio.contact import Contact
from portfolio.debt import DebtItem
from portfolio.errors import Refusal
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import Estimate
from portfolio.system import System
from services import notices
from services.postman import Postman
from views import mail

ADA = Person("ada", "Ada", frozenset({Role.ARCHITECT}))
ACT = Act("zoe", Role.FACILITATOR, "test")
PATIENCE = 20.0


@pytest.fixture
def house(migrated_file, tmp_path):
    """A debt of Ada's that was to be looked at again long ago."""
    file = shutil.copy(migrated_file, tmp_path / "house.db")
    debt = DebtItem("D1", "Dette", "S1", Estimate(100), Estimate(10), owner="ada",
                    review_on=date(2026, 1, 1))
    registry = a_registry(a_project("P1"), systems=(System("S1", "Paie"),), debts=(debt,))
    with contextlib.closing(open_store(f"sqlite:///{file}")) as house:
        with house.writing(ACT) as work:
            work.bring_in(replace(registry, people=(ADA,)))
            work.save(None, Contact("ada", "ada@exemple.org"))
        yield house


def wait_for(is_so):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_postman_reminds_and_sends_without_being_asked(house):
    with open_office() as (taken, server):
        postman = Postman(lambda: house, server, mail.writer(""), every=0.05)
        wait_for(lambda: taken.letters)
        with house.writing(ACT) as work:
            notices.tell(work, NoticeKind.ROLES, ("ada",), roles="membre")
        wait_for(lambda: len(taken.letters) == 2)
        postman.close()

    assert [letter["Subject"].split(" : ")[0] for letter in taken.letters] == [
        "Arbitrage – Élément de dette à revoir depuis le 1er janvier 2026\u00a0: D1 · Dette",
        "Arbitrage – Vos rôles ont changé\u00a0: Membre",
    ]


def test_without_a_mail_server_it_still_reminds(house):
    postman = Postman(lambda: house, None, mail.writer(""), every=0.05)
    wait_for(lambda: notices.unread(house, ADA))
    postman.close()


def test_a_house_that_is_away_is_looked_for_again(house):
    calls = []

    def opened():
        calls.append(1)
        if len(calls) == 1:
            raise Refusal("no-database")
        return house

    postman = Postman(opened, None, mail.writer(""), every=0.05)
    wait_for(lambda: notices.unread(house, ADA))
    postman.close()

    assert len(calls) > 1

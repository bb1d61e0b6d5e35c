"""Accounts, sessions and failed attempts as rows, on every database."""

from datetime import UTC, datetime, timedelta

import pytest

from data import store_doors
from data.store import Act
from data.store_doors import Account, Session
from portfolio.person import CONSOLE, Person

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
ACT = Act("test", "administrateur", "test")


@pytest.fixture
def work(store):
    """One transaction that writes."""
    with store.writing(ACT) as opened:
        yield opened


def test_a_demo_is_over_with_the_first_real_person(work):
    work.save(None, CONSOLE)
    work.save(None, Person("demo-1", "Démo", is_demo=True))
    assert store_doors.is_demo(work, CONSOLE.code)
    work.save(None, Person("anne", "Anne", is_active=False))
    assert not store_doors.is_demo(work, CONSOLE.code)


def test_a_session_is_kept_seen_and_ended_once(work):
    begun = Session("d1", "anne", "1", "1")
    store_doors.begin(work, begun)
    store_doors.touch(work, "d1", "2")
    assert store_doors.session(work, "d1") == Session("d1", "anne", "1", "2")
    assert store_doors.end(work, "d1", "3")
    assert not store_doors.end(work, "d1", "4")
    assert store_doors.session(work, "d1").ended == "3"
    assert store_doors.session(work, "none") is None


def test_all_sessions_of_a_person_end_but_one(work):
    for name, person in (("a", "anne"), ("b", "anne"), ("c", "anne"), ("z", "zoe")):
        store_doors.begin(work, Session(name, person, name, name))
    assert store_doors.end_all(work, "anne", "9", but="b") == 2
    assert [s.digest for s in store_doors.sessions_of(work, "anne") if not s.ended] == ["b"]
    assert not store_doors.session(work, "z").ended


def test_an_account_takes_the_place_of_the_person_s_former_one(work):
    store_doors.keep_account(work, Account("anne", "anne", "h1", "1"))
    store_doors.keep_account(work, Account("anne", "anne", "h2", "2"))
    assert store_doors.account(work, "anne").password_hash == "h2"
    assert store_doors.account_of(work, "anne") == store_doors.account(work, "anne")
    assert store_doors.account(work, "zoe") is None


def test_failures_are_counted_forgotten_and_grow_old(work):
    for _ in range(3):
        store_doors.count_failure(work, "login a", AT)
    assert store_doors.failures(work, "login a") == (3, AT.isoformat())
    store_doors.forget_failures(work, "login a")
    assert store_doors.failures(work, "login a") == (0, "")
    store_doors.count_failure(work, "login b", AT)
    store_doors.count_failure(work, "login c", AT + timedelta(days=1, seconds=1))
    assert store_doors.failures(work, "login b") == (0, "")

"""Every change has its line, no line can be changed, and a forged journal is found out."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from forged import as_row, changed, rechained, removed, rewritten, unguarded
from nouns import a_cycle, a_full_registry, a_project

from data import journal
from data.journal import FIRST, Act, Anchor, Verdict, anchor, canonical, verify
from data.schema import journal as table
from data.store import Store
from portfolio.errors import Invalid, Stale
from portfolio.evaluation import Evaluation
from portfolio.person import Person, Role
from portfolio.project import Project
from portfolio.rules import Needs

ACT = Act("anne", "responsable", "submit", reason="dépôt")


@pytest.fixture
def told(store):
    """A store whose journal has eight lines: the cycle, and seven projects."""
    with store.writing(replace(ACT, request="key")) as work:
        work.save(None, a_cycle())
        for number in range(7):
            work.save("2027", a_project(f"P{number}"))
    return store


def lines(store):
    with store.reading() as work:
        return list(journal.lines(work))


def test_a_line_tells_who_did_what_when_and_why(store):
    there = timezone(timedelta(hours=-5))
    store = Store(store.engine, clock=lambda: datetime(2027, 1, 31, 20, 0, tzinfo=there))
    act = Act("anne", "responsable", "submit", "key-1", "dépôt")
    with store.writing(act) as work:
        cycle = work.save(None, a_cycle())
        work.save(None, replace(cycle, discount=0.03))

    first, second = lines(store)
    assert (first.sequence, first.at) == (1, "2027-02-01T01:00:00.000000+00:00")
    assert (first.actor, first.role, first.act) == ("anne", "responsable", "submit")
    assert (first.kind, first.key, first.reason) == ("cycle", "2027", "dépôt")
    assert (first.request, first.step, second.step) == ("key-1", 0, 1)
    assert (first.before, first.previous) == (None, FIRST)
    assert (second.before, second.previous) == (first.after, first.hash)
    assert json.loads(second.after)["discount"] == 0.03


def test_every_change_has_its_line_in_the_same_transaction(store):
    noun = Evaluation("P1", "c", "anne", 2.0)
    with store.writing(ACT) as work:
        work.save(None, a_cycle())
        work.save(None, Person("anne", "Anne", frozenset({Role.LEAD})))
        work.save("2027", Needs("P1", "P2"))
        saved = work.save("2027", noun)
        work.save("2027", replace(saved, rating=3.0))
        work.remove("2027", replace(saved, rating=3.0, version=2))
        work.keep_plan("2027", "S", "{}", "{}")
        told = [(line.kind, line.key.split("-")[0], line.before is None, line.after is None)
                for line in journal.lines(work)]

    evaluation = ("evaluation", "2027/P1/c/anne/1")
    assert told == [
        ("cycle", "2027", True, False), ("person", "anne", True, False),
        ("link", "2027/needs", True, False), (*evaluation, True, False),
        (*evaluation, False, False), (*evaluation, False, True),
        ("plan", "2027/S/1", True, False),
    ]


def test_bringing_in_tells_each_kind_with_its_count_and_the_hash_of_its_content(store):
    with store.writing(ACT) as work:
        kept = work.bring_in(a_full_registry())

    told = {line.kind: json.loads(line.after) for line in lines(store)}
    assert set(told) == {"cycle", "person", "systems", "projects", "links", "debts",
                         "evaluations", "ballots", "rounds", "conflicts", "adopted", "factors",
                         "scenarios", "acceptances", "assessments", "year_ends"}
    assert told["projects"] == {
        "count": 3, "sha256": journal.sha256(canonical(kept.projects))
    }


def test_bringing_in_the_same_again_tells_only_that_it_was_done(store):
    for _ in range(2):
        with store.writing(ACT) as work:
            work.bring_in(a_full_registry())

    again = lines(store)[17:]
    assert [(line.kind, line.before == line.after) for line in again] == [("cycle", True)]


def test_a_refused_change_leaves_no_line(told):
    before = lines(told)

    with pytest.raises(Stale), told.writing(ACT) as work:
        [work.save("2027", a_project(code)) for code in ("P8", "P1")]

    assert lines(told) == before


def test_what_changes_nothing_can_be_told_too(told):
    with told.writing(ACT) as work:
        work.note("refused", "2027/P1")

    with told.reading() as work:
        assert verify(work) == Verdict(9)


def test_the_history_of_an_object_holds_its_lines_only(told):
    with told.writing(ACT) as work:
        work.save("2027", replace(work.project("2027", "P1"), title="Autre"))

    with told.reading() as work:
        assert [line.sequence for line in work.history(Project, "2027", "P1")] == [3, 9]


def test_two_keys_that_read_alike_stay_apart(store):
    with store.writing(ACT) as work:
        work.save(None, a_cycle())
        work.save("2027", Evaluation("a/b", "c", "anne", 1.0))
        work.save("2027", Evaluation("a", "b/c", "anne", 2.0))
        history = list(work.history(Evaluation, "2027", "a/b", "c", "anne", 1))

    assert len(history) == 1


def test_the_same_value_always_gives_the_same_letters():
    roles = Person("a", "A", frozenset(Role))
    assert canonical(roles) == canonical(Person("a", "A", frozenset(reversed(Role))))
    assert canonical({"b": Decimal("1.10"), "a": "é"}) == '{"a":"é","b":"1.10"}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


def test_a_line_that_could_not_be_read_back_is_refused(store):
    with pytest.raises(Invalid, match="not-a-text"), store.writing(
        replace(ACT, reason="a\0b")
    ) as work:
        work.note("refused", "x")


CHANGES = (
    "UPDATE journal SET reason = 'x' WHERE sequence = 3",
    "UPDATE journal SET sequence = 99 WHERE sequence = 3",
    "DELETE FROM journal WHERE sequence = 3",
    "DELETE FROM journal",
    "INSERT INTO journal SELECT * FROM journal WHERE sequence = 3",
    "INSERT INTO journal SELECT 99, at, actor, role, act, kind, key, before, after, reason,"
    " NULL, step, app_version, previous, hash FROM journal WHERE sequence = 3",
    "sqlite: INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE sequence = 3",
    "sqlite: INSERT OR REPLACE INTO journal SELECT 9, at, actor, role, act, kind, key, before,"
    " 'x', reason, request, step, app_version, previous, hash FROM journal WHERE sequence = 3",
    "sqlite: UPDATE OR REPLACE journal SET sequence = 4 WHERE sequence = 3",
    "INSERT INTO journal SELECT 9, at, actor, role, act, kind, key, before, 'x', reason,"
    " request, step, app_version, previous, hash FROM journal WHERE sequence = 3"
    " ON CONFLICT (request, step) DO UPDATE SET after = 'x'",
    "postgresql: TRUNCATE journal",
    "postgresql: TRUNCATE plans, journal CASCADE",
)


def test_the_database_refuses_to_change_a_line(told):
    name = told.engine.dialect.name
    before = lines(told)
    for change in CHANGES:
        only, _, statement = change.rpartition(": ")
        if only in ("", name):
            for guards in ("on", "off"):
                refused = attempted(told, statement, guards)
                assert "append-only" in refused or "pk_journal" in refused
                assert lines(told) == before, statement


def attempted(store, statement, guards):
    """What the database says to it, with our settings on or off: other programs lack them."""
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "sqlite":
            for pragma in ("recursive_triggers", "foreign_keys"):
                connection.connection.cursor().execute(f"PRAGMA {pragma} = {guards}")
        with pytest.raises(sa.exc.DBAPIError) as refused:
            connection.exec_driver_sql(statement)
        connection.rollback()
        connection.invalidate()
    return str(refused.value)


FORGERIES = {
    "edit": (lambda told: [changed(3, after="{}")], 3, "edited"),
    "edit of the actor": (lambda told: [changed(1, actor="x")], 1, "edited"),
    "edit of the request": (lambda told: [changed(3, request=None)], 3, "edited"),
    "edit of the hash": (lambda told: [changed(8, hash="0" * 64)], 8, "edited"),
    "edit, sealed anew": (
        lambda told: rewritten(*rechained(told, 3, after="{}")[:1]), 3, "broken-chain"),
    "chained elsewhere": (
        lambda told: rewritten(replace(
            other := replace(told[3], previous=FIRST), hash=other.sealed())), 4, "broken-chain"),
    "delete": (lambda told: [removed(table.c.sequence == 3)], 3, "missing"),
    "delete of the first": (lambda told: [removed(table.c.sequence == 1)], 1, "missing"),
    "swap": (
        lambda told: [
            changed(3, sequence=99), changed(5, sequence=3), changed(99, sequence=5),
        ], 3, "edited"),
    "insert": (
        lambda told: [
            *[changed(n, sequence=n + 1) for n in range(8, 3, -1)],
            sa.insert(table).values(as_row(forged := replace(
                told[2], sequence=4, request=None, previous=told[2].hash))
                | {"hash": forged.sealed()}),
        ], 4, "inserted"),
    "truncation": (lambda told: [removed(table.c.sequence > 5)], 6, "truncated"),
    "emptying": (lambda told: [removed(table.c.sequence > 0)], 1, "truncated"),
    "re-chain": (lambda told: rewritten(*rechained(told, 3, after="{}")), 8, "anchor"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_found_and_its_first_line_named(told, forgery):
    forge, bad, fault = FORGERIES[forgery]
    with told.reading() as work:
        taken = anchor(work)
        assert verify(work, taken) == Verdict(8)

    unguarded(told, *forge(lines(told)))

    with told.reading() as work:
        verdict = verify(work, taken)
        assert (verdict.bad, verdict.fault, verdict.is_sound) == (bad, fault, False)
        alone = verify(work)
        assert alone.is_sound == (fault in ("truncated", "anchor"))


def test_lines_added_after_an_anchor_do_not_trouble_it(told):
    with told.reading() as work:
        taken = anchor(work)
        assert taken == Anchor(8, lines(told)[-1].hash, lines(told)[-1].at)
    with told.writing(ACT) as work:
        work.save("2027", a_project("P9"))

    with told.reading() as work:
        assert verify(work, taken) == Verdict(9)


def test_an_empty_journal_is_sound(store):
    with store.reading() as work:
        assert verify(work, anchor(work)) == Verdict(0)
        assert anchor(work) == Anchor(0, FIRST, "")


def test_times_are_told_in_utc_to_the_microsecond(told):
    for line in lines(told):
        assert datetime.fromisoformat(line.at).tzinfo == UTC
        assert len(line.at) == 32


def test_the_journal_tells_the_version_of_the_program():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == journal.APP_VERSION

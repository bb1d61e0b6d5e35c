"""Many nouns are kept at once, and a batch of them can be taken back whole."""

from dataclasses import replace

import pytest
from nouns import a_cycle, a_full_registry, seen, told

from data.store import Act, save_many, take_back, undo_of
from portfolio.debt import DebtItem
from portfolio.errors import Invalid, Stale
from portfolio.finding import Finding, Reading

ACT = Act("anne", "architecte", "test")
FINDING = seen()[0]
MANY = tuple(replace(FINDING, key=f"a/b%{n}") for n in range(2500))


@pytest.fixture
def held(store):
    with store.writing(ACT) as work:
        work.bring_in(a_full_registry())
    return store


def test_many_are_kept_with_one_line_in_the_journal(held):
    before = len(told(held))
    with held.writing(ACT) as work:
        saved = save_many(work, "2027", MANY)

    with held.reading() as work:
        assert work.every(Finding, "2027") == saved
        assert work.count(Finding, "2027", system="S1", debt="D1") == 2500
    (line,) = told(held)[before:]
    assert '"count":2500' in line.after


def test_a_change_of_many_gives_each_its_next_version(held):
    with held.writing(ACT) as work:
        saved = save_many(work, "2027", MANY)
        changed = save_many(work, "2027", [replace(f, title="Autre") for f in saved])

    with held.reading() as work:
        assert work.every(Finding, "2027") == changed
    assert {f.version for f in changed} == {2}


def test_nothing_of_many_is_kept_when_one_of_them_was_changed_by_someone_else(held):
    with held.writing(ACT) as work:
        saved = save_many(work, "2027", MANY)
        work.save("2027", replace(saved[-1], title="Le sien"))

    with pytest.raises(Stale), held.writing(ACT) as work:
        save_many(work, "2027", [replace(f, title="Le mien") for f in saved])

    with held.reading() as work:
        assert {f.title for f in work.every(Finding, "2027")} == {FINDING.title, "Le sien"}


def test_a_batch_is_taken_back_to_what_was_there_before(held):
    reading = seen()[2]
    with held.writing(ACT) as work:
        first = save_many(work, "2027", MANY[:2])
        debt = work.one(DebtItem, "2027", "D1")
    with held.writing(ACT) as work:
        changed = save_many(work, "2027", [replace(first[0], title="Autre")])
        (new,) = save_many(work, "2027", MANY[2:3])
        retitled = work.save("2027", replace(debt, title="Autre dette"))
        measured = work.save("2027", reading)
        changes = [
            undo_of("2027", first[0], changed[0]), undo_of("2027", None, new),
            undo_of("2027", debt, retitled), undo_of("2027", None, measured),
        ]

    with held.writing(ACT) as work:
        take_back(work, "2027", changes)

    with held.reading() as work:
        assert [(f.key, f.title) for f in work.every(Finding, "2027")] == [
            (f.key, FINDING.title) for f in first
        ]
        assert work.one(DebtItem, "2027", "D1") == replace(debt, version=debt.version + 2)
        assert work.every(Reading, "2027") == ()


def test_a_batch_is_not_taken_back_over_what_someone_changed_since(held):
    with held.writing(ACT) as work:
        (saved,) = save_many(work, "2027", MANY[:1])
        changes = [undo_of("2027", None, saved)]
        work.save("2027", replace(saved, title="Corrigé à la main"))

    with pytest.raises(Invalid, match="changed-since"), held.writing(ACT) as work:
        take_back(work, "2027", changes)


def test_none_at_all_changes_nothing(store):
    with store.writing(ACT) as work:
        work.save(None, a_cycle())
        assert save_many(work, "2027", ()) == ()

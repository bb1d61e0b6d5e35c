"""A meeting decides on what was frozen, whatever is edited afterwards, and is told what was."""

import hashlib
from dataclasses import replace

import pytest
from a_meeting import (
    CYCLE,
    FOUR,
    NUMBER,
    OBSERVER,
    ON,
    a_committee,
    an_open_meeting,
    edited,
    freeze,
)
from benches import a_project
from seated import ACT, FACILITATOR

from data import frozen_file, question_file, store_documents
from data.store import open_store
from portfolio import frozen
from portfolio.errors import Invalid, Refusal
from portfolio.evaluation import Subject
from portfolio.project import Stage
from services import freezing, meetings, rounds, scenarios


@pytest.fixture(scope="module")
def met(migrated_file, tmp_path_factory):
    """The file of a house whose first meeting is open, its inputs frozen."""
    path = tmp_path_factory.mktemp("met") / "met.db"
    path.write_bytes(migrated_file.read_bytes())
    store = open_store(f"sqlite:///{path}")
    an_open_meeting(store)
    store.close()
    return path


@pytest.fixture
def house(met, tmp_path):
    path = tmp_path / "own.db"
    path.write_bytes(met.read_bytes())
    store = open_store(f"sqlite:///{path}")
    yield store
    store.close()


def held(store):
    """The freeze in force, and what it kept."""
    with store.reading() as work:
        found = freezing.in_force(work, CYCLE, NUMBER)
        return found, freezing.inputs(work, CYCLE, found)


def edit(store, kind, code, **changes):
    with store.writing(ACT) as work:
        work.save(CYCLE, replace(work.one(kind, CYCLE, code), **changes))


def test_the_frozen_question_is_the_one_the_scenario_asked_and_its_plan_is_kept_once(house):
    found, kept = held(house)
    asked = scenarios.ask(house, FACILITATOR, CYCLE, "base")
    again = freezing.solve(house, FACILITATOR, CYCLE, NUMBER)

    assert kept.question == asked.posed.question
    assert kept.values == asked.values
    assert found.question == question_file.sha256(kept.question)
    assert again == found
    assert found.answer
    with house.reading() as work:
        document = store_documents.read(work, found.sha256)
        plan = freezing.plan(work, CYCLE, found)
    assert hashlib.sha256(document).hexdigest() == found.sha256
    assert frozen_file.write(frozen_file.read(document)) == document
    assert plan.proof.status == "optimal"
    assert plan.proof.question_sha256 == found.question


def test_what_is_edited_after_the_freeze_is_told_and_changes_nothing_of_it(house):
    before, kept = held(house)
    edited(house)

    told = freezing.differences(house, OBSERVER, CYCLE, NUMBER)
    said = {(one.kind, one.key): (one.deed, one.fields) for one in told}

    assert said == {
        ("envelope", "PDI"): ("changed", ("limits",)),
        ("project", "P1"): ("changed", ("title",)),
        ("project", "P2"): ("changed", ("title",)),
        ("project", "P9"): ("added", ()),
    }
    assert freezing.counted(told) == {"envelope": 1, "project": 3}
    assert held(house) == (before, kept)


def test_a_second_freeze_needs_a_reason_and_something_that_changed(house):
    first, kept = held(house)
    with pytest.raises(Invalid, match="empty"):
        freezing.freeze(house, FACILITATOR, CYCLE, NUMBER)
    with pytest.raises(Refusal, match="freeze-same"):
        freezing.freeze(house, FACILITATOR, CYCLE, NUMBER, "pour voir")

    edit(house, type(kept.registry.projects[0]), "P1", stage=Stage.WITHDRAWN)
    second = freeze(house, "P1 est retiré")

    assert (second.number, second.reason) == (2, "P1 est retiré")
    assert second.question != first.question
    assert freezing.differences(house, OBSERVER, CYCLE, NUMBER) == ()


@pytest.mark.parametrize(
    ("subject", "code"),
    [(Subject.WEIGHTS, "freeze-weights-open"), (Subject.SCORES, "freeze-scores-open")],
)
def test_nothing_is_frozen_while_the_committee_answers_a_round(house, subject, code):
    rounds.begin(house, FACILITATOR, CYCLE, subject)

    with pytest.raises(Refusal, match=code) as refused:
        freezing.freeze(house, FACILITATOR, CYCLE, NUMBER, "un avis de plus")

    assert refused.value.facts["found"] == 2
    assert [r.subject for r in freezing.ready(house, OBSERVER, CYCLE, 1).open_rounds] == [subject]


def test_only_the_chair_freezes_and_only_before_the_end(house):
    other = replace(FACILITATOR, code="autre", name="Démo – Autre")
    with house.writing(ACT) as work:
        work.save(None, other)

    with pytest.raises(Refusal, match="not-the-chair"):
        freezing.freeze(house, other, CYCLE, NUMBER, "à ma façon")


def test_what_a_reader_may_not_know_is_not_in_it(house):
    _, kept = held(house)
    with house.seen_by(OBSERVER).reading() as work:
        shown = freezing.inputs(work, CYCLE, freezing.in_force(work, CYCLE, NUMBER))

    whole = {p.code: p for p in kept.registry.projects}
    assert whole["P7"].risks
    assert not {p.code: p for p in shown.registry.projects}["P7"].risks
    assert shown.question == kept.question

    draft = replace(whole["P1"], stage=Stage.DRAFT, problem="Secret", title="Secret")
    hidden = frozen.kept(replace(kept.registry, projects=(draft,)))
    assert "Secret" not in repr(hidden)


def test_the_chair_is_told_of_what_lacks_before_it_is_frozen(house):
    with house.writing(ACT) as work:
        proofless = replace(work.project(CYCLE, "P8"), legal_basis=None)
        work.save(CYCLE, proofless)
        unrated = a_project("P9", None)
        work.save(CYCLE, unrated)

    told = freezing.ready(house, OBSERVER, CYCLE, NUMBER)

    assert told.unproved == ("P8",)
    assert told.unrated == {"P9": 0}
    assert (told.projects, told.criteria, told.ratings, told.ballots) == (9, 2, 62, len(FOUR))


def test_a_meeting_without_a_freeze_has_no_plan_and_nothing_to_compare(migrated_file, tmp_path):
    path = tmp_path / "own.db"
    path.write_bytes(migrated_file.read_bytes())
    store = open_store(f"sqlite:///{path}")
    a_committee(store)
    meetings.prepare(store, FACILITATOR, CYCLE, ON, "base")

    assert freezing.differences(store, OBSERVER, CYCLE, NUMBER) == ()
    with pytest.raises(Refusal, match="not-frozen"):
        freezing.solve(store, FACILITATOR, CYCLE, NUMBER)
    store.close()


def test_what_is_not_a_freeze_is_refused():
    for content in (b"", b"[]", b"{}", b'{"question":{}}', b'{"format":1,"question":{"a":NaN}}'):
        with pytest.raises(Invalid):
            frozen_file.read(content)

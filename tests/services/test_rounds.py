"""A round is opened by the facilitator, answered blind, and revealed once."""

import shutil
from datetime import date

import pytest
from benches import a_project, a_registry

from data.store import Act, open_store
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.evaluation import Ballot, Conflict, Evaluation, Subject
from portfolio.person import Person, Role
from services import cycles, rounds, scenarios, scores

PEOPLE = {role: Person(f"test-{role}", f"Test {role}", frozenset({role})) for role in Role}
FACILITATOR, MEMBER = PEOPLE[Role.FACILITATOR], PEOPLE[Role.MEMBER]
ACT = Act("test", "administrateur", "test")


@pytest.fixture
def store(migrated_file, tmp_path):
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(ACT) as work:
        for person in PEOPLE.values():
            work.save(None, person)
        brought = (Evaluation("P1", "1.1", "anne", 4.0),)
        work.bring_in(a_registry(a_project("P1", None), a_project("P2"), evaluations=brought))
    yield opened
    opened.close()


def save(store, noun):
    with store.writing(ACT) as work:
        return work.save("c", noun)


def test_the_first_round_after_a_file_with_ratings_is_the_second(store):
    opened = rounds.begin(store, FACILITATOR, "c", Subject.SCORES, ("P1",))

    assert (opened.number, opened.projects, opened.is_open) == (2, ("P1",), True)
    assert isinstance(opened.opened, date)
    assert rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS).number == 1
    assert [r.subject for r in rounds.rounds(store, MEMBER, "c")] == ["scores", "weights"]


def test_only_one_round_on_a_subject_is_open(store):
    rounds.begin(store, FACILITATOR, "c", Subject.SCORES)

    with pytest.raises(Refusal, match="round-open"):
        rounds.begin(store, FACILITATOR, "c", Subject.SCORES)


def test_a_round_asks_for_projects_that_exist_and_one_on_weights_for_none(store):
    with pytest.raises(Invalid, match="unknown-code") as refused:
        rounds.begin(store, FACILITATOR, "c", Subject.SCORES, ("P9",))
    assert refused.value.facts["accepted"] == ["P1", "P2"]
    with pytest.raises(Invalid, match="unknown-code"):
        rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS, ("P1",))


def test_what_is_said_is_known_and_counts_once_it_is_revealed(store):
    rounds.begin(store, FACILITATOR, "c", Subject.SCORES)
    save(store, Evaluation("P1", "1.1", "anne", 0.0, round=2))

    before = scores.scores(store, MEMBER, "c").card("P1").points
    assert [e.round for e in cycles.registry(store, MEMBER, "c").evaluations] == [1]

    shut = rounds.reveal(store, FACILITATOR, "c", Subject.SCORES)

    assert not shut.is_open
    assert [e.round for e in cycles.registry(store, MEMBER, "c").evaluations] == [1, 2]
    assert scores.scores(store, MEMBER, "c").card("P1").points < before


def test_a_question_asked_while_a_round_is_open_holds_nothing_of_it(store):
    rounds.begin(store, FACILITATOR, "c", Subject.SCORES)
    save(store, Evaluation("P1", "1.1", "bruno", 0.0, round=2))

    asked = scenarios.ask(store, FACILITATOR, "c", "base")

    assert [e.round for e in asked.registry.evaluations] == [1]


def test_a_lead_reads_no_conflict_of_the_committee(store):
    save(store, Conflict("anne", "P1", "conjoint"))

    assert cycles.registry(store, PEOPLE[Role.LEAD], "c").conflicts == ()
    assert len(cycles.registry(store, MEMBER, "c").conflicts) == 1


def test_there_is_nothing_to_reveal_without_a_round_or_an_answer(store):
    with pytest.raises(Refusal, match="no-open-round"):
        rounds.reveal(store, FACILITATOR, "c", Subject.WEIGHTS)
    rounds.begin(store, FACILITATOR, "c", Subject.WEIGHTS)
    save(store, Ballot("anne", (), is_cast=False))
    with pytest.raises(Refusal, match="nobody-answered"):
        rounds.reveal(store, FACILITATOR, "c", Subject.WEIGHTS)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.FACILITATOR])
def test_only_the_facilitator_opens_and_reveals(store, role):
    for act in (rounds.begin, rounds.reveal):
        with pytest.raises(Forbidden):
            act(store, PEOPLE[role], "c", Subject.SCORES)

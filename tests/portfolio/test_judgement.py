"""Who may know what the committee thinks, and which of it counts."""

from dataclasses import replace
from datetime import date

import pytest
from nouns import a_cycle, a_project

from portfolio import judgement
from portfolio.evaluation import Adopted, Ballot, Conflict, Evaluation, Round, Subject, Weight
from portfolio.registry import Registry

DAY = date(2026, 11, 1)
BY_ANNE = Evaluation("P1", "1.1", "anne", 3.0)
BY_BRUNO = Evaluation("P1", "1.1", "bruno", 1.0)
OPEN = Round(Subject.SCORES, 1)
SHUT = replace(OPEN, revealed=DAY)


def a_registry(*evaluations, **more):
    return Registry(a_cycle(), (a_project("P1", lead="lise"),), evaluations=evaluations, **more)


def test_before_the_reveal_a_person_knows_her_own_answers_only():
    held = a_registry(
        BY_ANNE, BY_BRUNO, rounds=(OPEN, Round(Subject.WEIGHTS, 1)),
        ballots=(Ballot("anne", ()), Ballot("bruno", ())),
    )  # fmt: skip

    seen = judgement.blind(held, "anne")

    assert seen.evaluations == (BY_ANNE,)
    assert [b.person for b in seen.ballots] == ["anne"]


def test_nothing_counts_before_the_reveal_and_all_that_was_given_does_after():
    draft = replace(BY_BRUNO, criterion="1.2", is_given=False)

    assert judgement.panel(a_registry(BY_ANNE, BY_BRUNO, draft, rounds=(OPEN,))) == ()
    assert judgement.panel(a_registry(BY_ANNE, BY_BRUNO, draft, rounds=(SHUT,))) == (
        BY_ANNE, BY_BRUNO
    )  # fmt: skip


def test_another_persons_draft_is_seen_by_nobody_even_after_the_reveal():
    draft = replace(BY_BRUNO, is_given=False)
    held = a_registry(draft, rounds=(SHUT,), ballots=(Ballot("bruno", (), is_cast=False),))

    assert judgement.blind(held, "anne").evaluations == ()
    assert judgement.blind(held, "anne").ballots == ()
    assert judgement.blind(held, "bruno").evaluations == (draft,)


def test_what_was_brought_in_without_a_round_counts():
    assert judgement.panel(a_registry(BY_ANNE)) == (BY_ANNE,)


def test_the_lead_and_those_in_conflict_are_not_of_the_panel():
    by_lead = replace(BY_ANNE, evaluator="lise")
    held = a_registry(BY_ANNE, BY_BRUNO, by_lead, conflicts=(Conflict("anne", "P1", "conjoint"),))

    assert judgement.panel(held) == (BY_BRUNO,)
    assert judgement.self_scores(held) == (by_lead,)


def test_what_a_lead_says_of_her_own_project_waits_for_the_reveal_too():
    by_lead = replace(BY_ANNE, evaluator="lise")

    assert judgement.self_scores(a_registry(by_lead, rounds=(OPEN,))) == ()
    assert judgement.self_scores(a_registry(by_lead, rounds=(SHUT,))) == (by_lead,)


def test_the_last_revealed_round_counts_and_an_open_one_does_not_yet():
    again = replace(BY_ANNE, rating=1.0, round=2)
    second = Round(Subject.SCORES, 2, ("P1",))

    assert judgement.panel(a_registry(BY_ANNE, again, rounds=(SHUT, second))) == (BY_ANNE,)
    shut = replace(second, revealed=DAY)
    assert judgement.panel(a_registry(BY_ANNE, again, rounds=(SHUT, shut))) == (again,)


def test_each_persons_last_revealed_ballot_counts():
    old, new = Ballot("anne", (Weight("1", 1.0),)), Ballot("anne", (Weight("1", 2.0),), 2)
    draft = replace(new, person="bruno", is_cast=False)
    held = a_registry(ballots=(old, new, draft))

    assert judgement.ballots(held) == (new,)
    waiting = replace(held, rounds=(Round(Subject.WEIGHTS, 2),))
    assert judgement.ballots(waiting) == (old,)


def test_the_weights_in_force_are_those_adopted_last():
    first, second = Adopted(1), Adopted(2, (Weight("1", 3.0),))

    assert judgement.in_force(a_registry()) is None
    assert judgement.in_force(a_registry(adopted=(second, first))) is second


@pytest.mark.parametrize(("projects", "asked"), [((), True), (("P1",), True), (("P2",), False)])
def test_a_round_asks_for_its_projects_or_for_all(projects, asked):
    assert Round(Subject.SCORES, 1, projects).asks("P1") is asked
    assert not Round(Subject.WEIGHTS, 1).asks("P1")

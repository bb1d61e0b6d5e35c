"""The minutes say what was held, who answered, what moved, and whether the selection changed."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_house, a_project, a_registry, someone
from scipy import stats

from portfolio.evaluation import (
    Adopted,
    Ballot,
    Conflict,
    Evaluation,
    Round,
    Subject,
    Weight,
)
from portfolio.person import Role
from services import minutes, rounds, scenarios
from services.jobs import Jobs

MEMBER, OBSERVER, FACILITATOR = map(someone, (Role.MEMBER, Role.OBSERVER, Role.FACILITATOR))
DAY = date(2026, 11, 20)


@pytest.fixture
def jobs():
    own = Jobs()
    yield own
    own.close()


@pytest.fixture
def house(migrated_file, tmp_path):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring


def said(project, *levels, number=1):
    return tuple(
        Evaluation(project, "1.1", f"m{at}", level, round=number)
        for at, level in enumerate(levels, 1)
    )


def a_committee(*later, **more):
    """Room for one of two; A (15 ± 11.25 points) leads B (3.75) after the first round."""
    projects = tuple(replace(a_project(code), given_value=None) for code in "AB")
    evaluations = (*said("A", 1, 3), *said("B", 1, 1, None), *sum(later, ()))
    return a_registry(*projects, evaluations=evaluations, limits=(10,), **more)


def found(jobs, store):
    asked = scenarios.ask(store, MEMBER, "c", "base")
    begun = minutes.effects(jobs, asked, begin=True)
    if begun.job is not None:
        begun.job.future.result(120)
    return minutes.effects(jobs, asked).result


def test_a_round_says_who_answered_and_how_many_had_no_opinion(house):
    held = Round(Subject.SCORES, 2, ("A",), DAY, DAY)
    ballots = (Ballot("m1", (Weight("1", 3),)), Ballot("m2", (Weight("1", 1),), is_cast=False))
    store = house(a_committee(said("A", 2, 2, number=2), rounds=(held,), ballots=ballots))

    weights, first, second = minutes.minutes(store, MEMBER, "c").rounds

    assert (weights.subject, weights.answered, weights.answers) == (Subject.WEIGHTS, 1, 1)
    assert (first.opened, first.answered, first.answers, first.silent) == (None, 3, 5, 1)
    assert (second.opened, second.revealed, second.projects) == (DAY, DAY, ("A",))
    assert (second.answered, second.answers, second.silent) == (2, 2, 0)


def test_nothing_of_an_open_round_is_told_but_that_it_is(house):
    store = house(a_committee())
    rounds.begin(store, FACILITATOR, "c", Subject.SCORES, ("A",))

    told = minutes.minutes(store, MEMBER, "c")

    assert told.rounds[-1].is_open
    assert told.rounds[-1].answered is None
    assert told.again == {}


def test_a_project_asked_about_anew_says_how_it_stood_before_and_after(house):
    store = house(a_committee(said("A", 0, 0, number=2)))

    (again,) = minutes.minutes(store, MEMBER, "c").again[2]

    assert (again.project, again.before.round, again.after.round) == ("A", 1, 2)
    assert (again.before.points, again.after.points) == (pytest.approx(15), 0)
    assert (again.after.shifts, again.after.movers) == (2, 2)


def test_a_round_that_changes_the_selection_says_who_comes_and_goes_and_why_it_was_held(
    jobs, house
):
    (effect,) = found(jobs, house(a_committee(said("A", 0, 0, number=2)))).effects

    assert effect.round == 2
    assert effect.is_known
    assert (effect.enters, effect.leaves) == (("B",), ("A",))
    assert effect.chances == {"A": pytest.approx(stats.norm.cdf(-1), abs=1e-6)}


def test_a_round_that_changes_nothing_says_so(jobs, house):
    (effect,) = found(jobs, house(a_committee(said("A", 2, 2, number=2)))).effects

    assert (effect.is_known, effect.enters, effect.leaves) == (True, (), ())


def test_a_project_that_everyone_agreed_on_has_no_probability(jobs, house):
    (effect,) = found(jobs, house(a_committee(said("B", 2, 2, number=2)))).effects

    assert effect.chances == {}


def test_with_one_round_there_is_nothing_to_compare(jobs, house):
    told = found(jobs, house(a_committee()))

    assert told.effects == ()
    assert told.is_complete


def test_effects_are_each_of_their_own_round(jobs, house):
    later = (said("A", 0, 0, number=2), said("A", 4, 4, number=3))

    second, third = found(jobs, house(a_committee(*later))).effects

    assert (second.enters, third.enters) == (("B",), ("A",))


def test_weights_adopted_and_conflicts_are_there_with_their_reasons(house):
    adopted = Adopted(1, (Weight("1", 60), Weight("2", 40)), reason="Consensus du 20 novembre")
    conflicts = (Conflict("m3", "A", "Son service"),)
    store = house(a_committee(adopted=(adopted,), conflicts=conflicts))

    told = minutes.minutes(store, MEMBER, "c")

    assert [one.reason for one in told.adopted] == ["Consensus du 20 novembre"]
    assert told.shares["1"] == pytest.approx(0.6)
    assert [(c.person, c.project) for c in told.conflicts] == [("m3", "A")]


def test_an_observer_reads_how_many_stood_aside_and_not_who(house):
    conflicts = (Conflict("m3", "A", "Son service"),)
    store = house(a_committee(conflicts=conflicts))

    told = minutes.minutes(store, OBSERVER, "c")

    assert (told.away, told.conflicts) == (1, ())


def test_a_leads_own_score_is_no_answer_of_the_committee(house):
    mine = replace(a_project("A"), given_value=None, lead="lead")
    said_by = (Evaluation("A", "1.1", "lead", 4), *said("A", 1, 3))
    store = house(a_registry(mine, evaluations=said_by))

    (first,) = minutes.minutes(store, MEMBER, "c").rounds

    assert (first.answered, first.answers) == (2, 2)


def test_an_empty_cycle_has_minutes_that_say_nothing_was_held(house):
    told = minutes.minutes(house(a_registry()), MEMBER, "c")

    assert (told.rounds, told.adopted, told.away, told.again) == ((), (), 0, {})
    assert told.members == 1

"""How far one project's value can move before another set is better, against every plan."""

import os
from dataclasses import replace

import pytest
from brute import Reading, plans
from builders import a_candidate, a_question
from random_questions import a_random_question

from optimizer.explain import explain
from optimizer.margins import margins
from optimizer.search import Search, Watch
from optimizer.solve import solve
from optimizer.valued import with_values
from portfolio.plan import Plan

SEEDS = range(600 if os.environ.get("ARBITRAGE_LONG") else 120)
SEARCH = Search(60.0)
REACH = 5.0


def a_margin(question, project, low, high):
    plan = solve(question, SEARCH)
    assert isinstance(plan, Plan)
    (found,) = margins(question, plan, {project: (low, high)}, SEARCH)
    return found


def worths(question, values):
    """Set of projects -> the worth of the best plan that takes it."""
    other, best = with_values(question, values), {}
    for starts, alone in plans(question):
        reading = Reading(other, starts, alone)
        if reading.holds():
            key = frozenset(starts)
            best[key] = max(best.get(key, float("-inf")), float(reading.objective()))
    return best


def leads(question, values, own):
    """By how much the best plan betters the set."""
    found = worths(question, values)
    return max(found.values()) - found[own]


@pytest.mark.parametrize("block", range(4))
def test_the_set_stays_best_up_to_the_margin_and_not_beyond(block):
    for seed in SEEDS[block::4]:
        question = replace(a_random_question(seed), maximize="value")
        if len(question.projects) > 4 or question.horizon.periods > 2:
            continue  # too many plans to try them all
        if any(r.kind in ("floor", "ceiling") and r.of == "value" for r in question.rules):
            continue  # its rows move with the values
        plan = solve(question, SEARCH)
        if not isinstance(plan, Plan) or plan.proof.status != "optimal":
            continue
        own, values = frozenset(plan.starts), {p.code: p.value for p in question.projects}
        reach = {code: (value - REACH, value + REACH) for code, value in values.items()}
        for found in margins(question, plan, reach, SEARCH):
            assert found.is_proved
            for side, edge in zip((found.below, found.above), reach[found.project], strict=True):
                last = edge if side.at is None else side.at
                inside = {**values, found.project: last}
                assert leads(question, inside, own) == pytest.approx(0, abs=1e-4), (seed, found)
                if side.at is not None:
                    beyond = side.at + 0.01 * (1 if edge > found.value else -1)
                    assert leads(question, {**values, found.project: beyond}, own) > 0, seed


def test_a_project_left_out_comes_in_when_its_value_passes_the_gap_that_explains_it():
    question = a_question(
        a_candidate("A", 5, (10,)), a_candidate("B", 3, (10,)), limits=(10,)
    )
    gap = explain(question, SEARCH, ["B"], paths=False).projects["B"].gap.amount

    found = a_margin(question, "B", 0, 9)

    assert found.above.at == pytest.approx(3 + gap) == 5
    assert (found.above.enters, found.above.leaves) == (("B",), ("A",))
    assert found.below.at is None


def test_a_project_chosen_leaves_when_its_value_passes_its_worth():
    question = a_question(
        a_candidate("A", 5, (10,)), a_candidate("B", 3, (10,)), limits=(10,)
    )
    worth = explain(question, SEARCH, ["A"], paths=False).projects["A"].worth.amount

    found = a_margin(question, "A", 0, 9)

    assert found.below.at == pytest.approx(5 - worth) == 3
    assert (found.below.enters, found.below.leaves) == (("B",), ("A",))
    assert found.above.at is None


def test_beyond_reach_nothing_is_told():
    question = a_question(
        a_candidate("A", 5, (10,)), a_candidate("B", 3, (10,)), limits=(10,)
    )

    found = a_margin(question, "B", 2, 4.9)

    assert (found.above.at, found.above.sure) == (None, 4.9)
    assert found.is_proved


def test_a_tie_is_a_margin_of_nothing():
    question = a_question(
        a_candidate("A", 5, (10,)), a_candidate("B", 5, (10,)), limits=(10,)
    )
    plan = solve(question, SEARCH)
    other = next(code for code in "AB" if code not in plan.starts)

    (found,) = margins(question, plan, {other: (0, 9)}, SEARCH)

    assert found.above.at == pytest.approx(5, abs=1e-5)


def test_a_value_that_the_objective_does_not_count_moves_nothing():
    free = a_question(a_candidate("A", 5, (10,)), a_candidate("B", 3, (10,)), limits=(10,))

    found = a_margin(replace(free, maximize={"cost": -1.0}), "B", 0, 100)

    assert (found.below.at, found.above.at) == (None, None)


def test_a_project_in_moves_the_set_without_leaving_it_by_starting_earlier():
    """A waits for 2028 so that B has 2027; worth much more, A takes 2027 and B has no room."""
    question = a_question(
        a_candidate("A", 6, (10,)), a_candidate("B", 5, (10,), window=(0, 0)),
        limits=(10, 10), discount=0.5,
    )  # fmt: skip
    found = a_margin(question, "A", 0, 100)

    assert (found.above.enters, found.above.leaves) == ((), ("B",))
    assert found.above.at > 6


class Stopped(Watch):
    def is_stopped(self):
        return True


def test_stopped_it_says_that_nothing_is_proved():
    question = a_question(a_candidate("A", 5, (10,)), a_candidate("B", 3, (10,)), limits=(10,))
    plan = solve(question, SEARCH)

    (found,) = margins(question, plan, {"B": (0, 9)}, Search(60, watch=Stopped()))

    assert not found.is_proved
    assert (found.above.sure, found.above.at) == (3, 9)

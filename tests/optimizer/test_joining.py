"""How many more days, or how much more money and days, bring a project in: against every plan."""

import os
from dataclasses import replace

import pytest
from brute import Reading, number, plans
from builders import a_candidate, a_question
from random_questions import a_random_question

from optimizer.joining import joining
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.candidate import Capacity
from portfolio.plan import Plan
from portfolio.rules import Excludes, Force

SEEDS = range(1000 if os.environ.get("ARBITRAGE_LONG") else 80)
SEARCH = Search(30.0)
ENOUGH = 1000.0


def days_of(question, starts):
    """The days that a choice of starts asks of team T above its capacity, in all."""
    whole = 0
    for period, capacity in enumerate(question.teams["T"].capacity):
        worked = sum(
            number(option.effort["T"][period - t])
            for option, t in starts.values()
            if 0 <= period - t < len(option.effort.get("T", ()))
        )
        whole += max(0, worked - number(capacity))
    return whole


def fewest(question, project, best):
    """By trying every plan of a team that is never short: the fewest days; None = none is."""
    free = Capacity((ENOUGH,) * question.horizon.periods)
    easy = replace(question, teams={"T": free})
    needed = [
        days_of(question, starts)
        for starts, paid in plans(easy)
        if project in starts
        and (reading := Reading(easy, starts, paid)).holds()
        and reading.objective() >= number(best) - number(1e-9) * max(1, abs(number(best)))
    ]
    return min(needed, default=None)


@pytest.mark.parametrize("block", range(4))
def test_the_days_are_the_fewest_that_trying_every_plan_finds(block):
    for seed in SEEDS[block::4]:
        question = a_random_question(seed)
        plan = solve(question, settle=False)
        if not isinstance(plan, Plan):
            continue
        for code in (c.code for c in question.projects if c.code not in plan.starts):
            told = joining(question, plan, code, SEARCH)
            expected = fewest(question, code, plan.proof.objective)
            if expected is None:
                assert told is None or told.money, (seed, code)
            else:
                assert not told.money, (seed, code)
                assert sum(told.days.values()) == pytest.approx(float(expected), abs=1e-4), (
                    seed,
                    code,
                )


def test_money_is_added_only_where_days_are_not_enough():
    """60 of 100 $ and 5 of 6 days are taken by A; B takes 50 $ and 2 days."""
    first = a_candidate("A", 9, (60,), (5,))
    second = a_candidate("B", 5, (50,), (2,))
    question = a_question(first, second, teams={"T": Capacity((6.0,))})

    told = joining(question, solve(question), "B", SEARCH)

    assert dict(told.money) == {("E", 0): pytest.approx(10)}
    assert dict(told.days) == {("T", 0): pytest.approx(1)}


def test_what_a_rule_forbids_no_room_allows():
    rules = (Excludes(("A", "B"), 1), Force("A", True, "promised"))
    question = a_question(a_candidate("A"), a_candidate("B"), rules=rules)

    assert joining(question, solve(question), "B", SEARCH) is None

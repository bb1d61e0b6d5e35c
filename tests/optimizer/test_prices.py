"""What a rule costs and a limit buys, against every plan there is; and plans nearly as good."""

import os
from dataclasses import replace

import pytest
from brute import Reading, number, plans
from random_debts import a_joint_question
from random_questions import a_random_question

from optimizer.near import near
from optimizer.prices import PRICED, curve, prices
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.candidate import Candidate, Capacity, Limits
from portfolio.horizon import Horizon
from portfolio.plan import Plan, broken
from portfolio.question import Question
from portfolio.rules import Force, Mandatory

LONG = bool(os.environ.get("ARBITRAGE_LONG"))
SEEDS = range(1000 if LONG else 80)
FEW = range(1000 if LONG else 24)
SEARCH = Search(30.0)


def rated(question):
    """(reading, objective, places of the rules it breaks) of every plan there are means for."""
    for s, p in plans(question):
        r = Reading(question, s, p)
        if r.pays_for_what_is_there() and r.money_holds() and r.teams_hold():
            broken_rules = {at for at, rule in enumerate(question.rules) if not r.keeps(rule)}
            yield r, r.objective(), broken_rules


def is_spared(reading, rule, label):
    """Whether what the plan breaks of the rule is what the label names, and nothing else of it."""
    if label[0] == "deadline":
        return rule.project in reading.starts
    if label[0] == "mandatory":
        return rule.project not in reading.starts
    if label[0] == "at-most-starts":
        starts = [t for _, t in reading.starts.values()]
        return all(starts.count(t) <= rule.count for t in starts if str(t) != label[1])
    return True


@pytest.mark.parametrize("block", range(8))
def test_the_price_of_a_rule_is_what_trying_every_plan_without_it_says(block):
    asked = [a_random_question(seed) for seed in SEEDS[block::8]]
    asked += [a_joint_question(seed) for seed in SEEDS[block:80:8]]
    for seed, question in enumerate(asked):
        plan = solve(question, settle=False)
        if not isinstance(plan, Plan):
            continue
        on, every = question.choices(), list(rated(question))
        for price in prices(question, plan, SEARCH):
            at, rule = next(
                (at, rule)
                for at, rule in enumerate(question.rules)
                if any(row.label[: len(price.rule)] == price.rule for row in rule.rows(on))
            )
            free = max(
                worth
                for reading, worth, broken_rules in every
                if not broken_rules
                or (broken_rules == {at} and is_spared(reading, rule, price.rule))
            )
            expected = float(free) - plan.proof.objective
            assert price.is_exact, (seed, price.rule)
            assert price.cost == pytest.approx(expected, abs=1e-6), (seed, price.rule)


def test_every_kind_of_rule_that_has_a_price_was_priced():
    kinds = set()
    for seed in range(200):
        for question in (a_random_question(seed), a_joint_question(seed)):
            kinds |= {row.label[0] for row in question.rows(question.choices())}
    assert kinds >= PRICED


@pytest.mark.parametrize("block", range(4))
def test_a_curve_has_every_step_that_trying_every_plan_finds(block):
    for seed in FEW[block::4]:
        question = replace(a_random_question(seed), maximize="value")
        code = "E"
        old = question.envelopes[code]
        question = replace(
            question, envelopes={**question.envelopes, code: replace(old, carry=0.0)}
        )
        plan = solve(question, settle=False)
        if not isinstance(plan, Plan) or plan.proof.objective == 0:
            continue
        told = curve(question, plan, [("envelope", code, "0")], 6.0, SEARCH)
        assert told.is_complete, seed
        found = {s.more: s.objective for s in told.steps}
        limits = (old.limits[0] + 6, *old.limits[1:])
        rich = replace(question, envelopes={**question.envelopes, code: Limits(limits)})
        kept = [r for s, p in plans(rich) if (r := Reading(rich, s, p)).holds()]
        worths = [(r.use(code, 0) - number(old.limits[0]), r.objective()) for r in kept]
        for more in range(7):
            top = float(max(worth for needed, worth in worths if needed <= more))
            at = max(x for x in found if x <= more + 1e-6)
            assert found[at] == pytest.approx(top, abs=1e-6), (seed, more)


def a_question(*rules):
    projects = (
        Candidate("A", value=10, cost={"E": (80.0,)}),
        Candidate("B", value=6, cost={"E": (50.0,)}),
        Candidate("C", value=3, cost={"E": (40.0,)}),
    )
    return Question(Horizon(2027, 1), projects, envelopes={"E": Limits((100.0,))}, rules=rules)


def test_an_imposed_choice_is_priced_with_whom_it_displaces():
    question = a_question(Force("B", True), Mandatory("C"))

    dearest, other = prices(question, solve(question), SEARCH)

    assert dearest.rule == ("force-in", "B")
    assert dearest.cost == 0  # C, which is mandatory, leaves no room for A
    assert other.cost == 0
    assert "force-in" in PRICED


def test_a_price_tells_who_would_enter():
    question = a_question(Force("A", False))

    (price,) = prices(question, solve(question), SEARCH)

    assert (price.cost, price.enters, price.leaves) == (1, ("A",), ("B", "C"))


def test_more_money_is_told_step_by_step():
    question = a_question()

    told = curve(question, solve(question), [("envelope", "E", "0")], 100.0, SEARCH)

    steps = [(round(s.more, 6), s.objective, s.enters, s.leaves) for s in told.steps]
    assert steps == [
        (0.0, 10.0, (), ()),
        (20.0, 13.0, ("C",), ()),
        (30.0, 16.0, ("B",), ("C",)),
        (70.0, 19.0, ("C",), ()),
    ]
    assert told.is_complete


def test_more_of_what_nothing_uses_buys_nothing():
    question = replace(a_question(), teams={"T": Capacity((5.0,))})

    told = curve(question, solve(question), [("team", "T", "0")], 100.0, SEARCH)

    assert [(s.more, s.objective) for s in told.steps] == [(0.0, 10.0)]
    assert told.is_complete


@pytest.mark.parametrize("block", range(4))
def test_near_plans_differ_as_much_as_any_plan_that_good(block):
    for seed in FEW[block::4]:
        question = a_random_question(seed)
        plan = solve(question, settle=False)
        if not isinstance(plan, Plan):
            continue
        told = near(question, plan, 0.2, 2, SEARCH)
        least = plan.proof.objective - 0.2 * abs(plan.proof.objective)
        kept = [r for s, p in plans(question) if (r := Reading(question, s, p)).holds()]
        good = [set(r.starts) for r in kept if r.objective() >= number(least - 1e-9)]
        furthest = max(len(one ^ set(plan.starts)) for one in good)
        assert (told[0].differs if told else 0) == furthest, seed
        for one in told:
            assert one.is_furthest
            assert not broken(one.plan, question)
            assert one.objective >= least - 1e-6

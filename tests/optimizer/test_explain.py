"""Why in, why out: every figure against every plan there is."""

import os
from dataclasses import replace
from fractions import Fraction

import pytest
from brute import Reading, number, plans
from random_questions import a_random_question

from optimizer.doctor import diagnose
from optimizer.explain import Inside, Outside, explain
from optimizer.search import Search
from portfolio.candidate import Candidate, Limits, Option
from portfolio.horizon import Horizon
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.rules import Excludes, Force, Mandatory, Needs

LONG = bool(os.environ.get("ARBITRAGE_LONG"))
SEEDS = range(1000 if LONG else 80)
FEW = range(1000 if LONG else 24)


@pytest.mark.parametrize("block", range(20))
def test_worth_and_gap_are_those_of_every_plan_tried(block):
    for seed in SEEDS[block::20]:
        question = a_random_question(seed)
        kept = [r for s, p in plans(question) if (r := Reading(question, s, p)).holds()]
        told = explain(question, paths=False)
        if not kept:
            assert not isinstance(told.plan, Plan), seed
            continue
        best = max(r.objective() for r in kept)
        for code, reason in told.projects.items():
            is_in = isinstance(reason, Inside)
            others = [r.objective() for r in kept if (code in r.starts) != is_in]
            lost = reason.worth if is_in else reason.gap
            if not others:
                assert lost is None, (seed, code)
                continue
            assert lost.is_exact, (seed, code)
            assert lost.amount == pytest.approx(float(best - max(others)), abs=1e-6), (seed, code)


def short(reading, code):
    """The least money to add to one envelope, its limits as they are elsewhere."""
    envelope, brought, added = reading.q.envelopes[code], 0, 0
    for period in range(reading.q.horizon.periods):
        limit = number(envelope.limits[period])
        left = limit + brought - reading.use(code, period)
        added += max(0, -left)
        brought = max(0, min(left, number(envelope.carry) * limit))
    return added


def without(question, code):
    """The question with an envelope that is never empty."""
    limits = Limits((1e6,) * question.horizon.periods, question.envelopes[code].carry)
    return replace(question, envelopes={**question.envelopes, code: limits})


@pytest.mark.parametrize("block", range(4))
def test_the_least_money_is_that_of_every_plan_tried(block):
    for seed in FEW[block::4]:
        question = a_random_question(seed)
        told = explain(question)
        outside = [c for c, r in told.projects.items() if isinstance(r, Outside)]
        for code in outside and question.envelopes:
            rich = without(question, code)
            kept = [
                r for s, p in plans(question) if Reading(rich, s, p).holds()
                for r in [Reading(question, s, p)]
            ]  # fmt: skip
            best = number(told.plan.proof.objective)
            for project in outside:
                good = [
                    short(r, code) for r in kept
                    if project in r.starts and r.objective() >= best - number(1e-9)
                ]  # fmt: skip
                money = told.projects[project].money[code]
                if not good:
                    assert money is None, (seed, project, code)
                else:
                    assert sum(money) == pytest.approx(float(min(good)), abs=1e-5), (seed, project)


class Cheaper(Reading):
    """A plan read with a share of one project's cost gone."""

    def __init__(self, question, starts, paid, project, cut):
        super().__init__(question, starts, paid)
        self.project, self.cut = project, cut

    def paid_of(self, code):
        return 1 - self.cut if code == self.project else 1


def costs_nobody(question, code, cut, best):
    """Whether, that much cheaper, some plan with the project is as good as the best."""
    return any(
        r.objective() >= best - number(1e-7)
        for s, p in plans(question)
        if code in s and (r := Cheaper(question, s, p, code, cut)).holds()
    )


@pytest.mark.parametrize("block", range(4))
def test_the_least_cost_cut_is_enough_and_no_smaller_one_is(block):
    """Where a share is met at one cut alone, that one is the nearest simple fraction."""
    for seed in FEW[block::4]:
        question = a_random_question(seed)
        told = explain(question)
        outside = [c for c, r in told.projects.items() if isinstance(r, Outside)]
        for code in outside:
            cut, best = told.projects[code].cost_cut, number(told.plan.proof.objective)
            if cut is None:
                assert not costs_nobody(question, code, 1, best), (seed, code)
                continue
            exact = Fraction(cut).limit_denominator(5000)
            assert abs(exact - Fraction(cut)) < Fraction(1, 10**6), (seed, code, cut)
            assert costs_nobody(question, code, exact, best), (seed, code, cut)
            for less in {exact / 2, exact - Fraction(1, 10**5)} if cut > 1e-4 else ():
                assert not costs_nobody(question, code, less, best), (seed, code, cut)


def a_project(code, value, cost, **more):
    return Candidate(code, value=value, cost={"E": (cost,)}, **more)


def a_question(*projects, limit=100.0, rules=()):
    return Question(Horizon(2027, 1), projects, envelopes={"E": Limits((limit,))}, rules=rules)


def test_a_project_left_out_is_told_its_three_ways_in():
    question = a_question(a_project("A", 10, 80.0), a_project("B", 6, 50.0))

    reason = explain(question).projects["B"]

    assert reason.gap.amount == 4
    assert reason.displaces == ("A",)
    assert reason.money == {"E": (30.0,)}
    assert reason.cost_cut == pytest.approx(0.6)  # 20 of 50 remain


def test_a_cheaper_variant_is_cut_less():
    full, less = Option("full", cost={"E": (60.0,)}), Option("less", 1, 0.5, {"E": (25.0,)})
    question = a_question(a_project("A", 10, 80.0), Candidate("B", value=6, variants=(full, less)))

    reason = explain(question).projects["B"]

    assert reason.cost_cut == pytest.approx(0.2)
    assert reason.money == {"E": (5.0,)}


def test_a_project_of_the_plan_is_told_what_it_is_worth_and_who_would_take_its_place():
    question = a_question(a_project("A", 10, 80.0), a_project("B", 6, 50.0))

    reason = explain(question).projects["A"]

    assert reason.worth.amount == 4
    assert reason.replaced_by == ("B",)


def test_two_that_are_as_good_are_said_to_be():
    question = a_question(a_project("A", 10, 80.0), a_project("B", 10, 80.0))

    told = explain(question).projects

    assert told["A"].worth.is_nothing
    assert told["B"].gap.is_nothing
    assert told["B"].displaces == ("A",)


@pytest.mark.parametrize(
    ("rules", "labels"),
    [
        ((Force("B", False),), (("force-out", "B"),)),
        ((Excludes(("A", "B")), Mandatory("A")), (("excludes", "A", "B"), ("mandatory", "A"))),
        ((Needs("B", "A"),), (("needs", "B", "A"),)),
        ((Mandatory("A"),), (("mandatory", "A"), ("envelope", "E", "0"))),
    ],
)
def test_what_forbids_a_project_is_named(rules, labels):
    question = a_question(a_project("A", 10, 80.0), a_project("B", 6, 50.0), rules=rules)

    reason = explain(question).projects["B"]

    assert reason.gap is None
    assert reason.forbidden_by == labels


def test_what_holds_a_project_is_named():
    question = a_question(a_project("A", 10, 80.0), rules=(Mandatory("A"),))

    assert explain(question).projects["A"].held_by == (("mandatory", "A"),)


def test_without_a_proof_the_figures_are_bounds():
    question = a_question(a_project("A", 10, 80.0), a_project("B", 6, 50.0))
    plan = explain(question).plan
    unsure = replace(plan, proof=replace(plan.proof, status="feasible", bound=11.5))

    gap = explain(question, plan=unsure, paths=False).projects["B"].gap

    assert (gap.low, gap.amount, gap.high) == (4, 4, 5.5)
    assert not gap.is_exact


def test_an_impossible_question_has_nothing_to_explain():
    question = a_question(a_project("A", 1, 200.0), rules=(Mandatory("A"),))

    assert explain(question).projects == {}
    assert diagnose(question, Search(10.0)).status == "infeasible"

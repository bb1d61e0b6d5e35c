"""Questions nobody should ask, and questions at the edge: a right answer, or the reason why not."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from optimizer.doctor import diagnose
from optimizer.explain import explain
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.candidate import Candidate, Capacity, Limits
from portfolio.horizon import Horizon
from portfolio.plan import NoPlan, Plan, broken
from portfolio.question import Question
from portfolio.rules import Excludes, Mandatory, Needs, Synergy, Together, Window

SEARCH = Search(20.0)


def a_question(*rules, limit=100.0, periods=2, codes="AB", **more):
    projects = tuple(Candidate(code, value=2, cost={"E": (10.0,)}) for code in codes)
    limits = {"E": Limits((limit,) * periods)}
    return Question(Horizon(2027, periods), projects, envelopes=limits, rules=rules, **more)


@pytest.mark.parametrize(
    ("rules", "chosen"),
    [
        ((Needs("A", "B"), Excludes(("A", "B"))), {"B"}),
        ((Together(("A", "B")), Excludes(("A", "B"))), set()),
        ((Needs("A", "B"), Needs("B", "A")), set()),
    ],
)
def test_links_that_contradict_one_another_leave_projects_out(rules, chosen):
    assert set(solve(a_question(*rules)).starts) == chosen


def test_a_circle_of_needs_says_which_need_keeps_a_project_out():
    question = a_question(Needs("A", "B"), Needs("B", "C"), Needs("C", "A"), codes="ABCD")

    told = explain(question).projects

    assert told["A"].gap is None
    assert {label[0] for label in told["A"].forbidden_by} == {"needs"}
    assert told["D"].worth.amount == 2


@pytest.mark.parametrize(
    ("rules", "labels"),
    [
        ((Needs("A", "B"), Needs("B", "A"), Mandatory("A")), {"needs", "mandatory"}),
        ((Together(("A", "B")), Excludes(("A", "B")), Mandatory("A")),
         {"together", "excludes", "mandatory"}),
        ((Mandatory("A"), Mandatory("B"), Excludes(("A", "B"))), {"excludes", "mandatory"}),
        ((Mandatory("A"), Window("A", 2)), {"mandatory", "window"}),
        ((Mandatory("A", 0), Needs("A", "B")), {"mandatory", "deadline", "needs"}),
    ],
)  # fmt: skip
def test_obligations_against_links_are_diagnosed_and_mended(rules, labels):
    question = a_question(*rules)

    told, answer = diagnose(question, SEARCH), solve(question)

    assert isinstance(answer, NoPlan)
    assert {label[0] for label in told.conflict} <= labels
    assert told.conflict
    assert told.repairs[-1].way == "obligations"


def test_a_mandate_whose_window_leaves_no_start_is_what_is_wrong():
    late = replace(a_question().projects[0], window=(1, 1), duration=2)
    question = replace(a_question(Mandatory("A")), projects=(late,))

    assert diagnose(question, SEARCH).conflict == (("mandatory", "A"),)
    assert diagnose(replace(question, rules=()), SEARCH).status == "feasible"
    assert solve(replace(question, rules=())).starts == {}


def test_a_project_that_no_period_can_hold_is_out_of_the_best_plan():
    long = replace(a_question().projects[0], duration=5, cost={})
    question = replace(a_question(), projects=(long, a_question().projects[1]))

    assert set(solve(question).starts) == {"B"}
    assert explain(question).projects["A"].gap is None


def test_an_empty_portfolio_has_an_empty_plan():
    question = a_question(codes="")

    answer = solve(question)

    assert (answer.proof.status, answer.proof.objective, answer.starts) == ("optimal", 0, {})
    assert explain(question).projects == {}
    assert diagnose(question, SEARCH).status == "feasible"


def test_without_money_only_what_is_free_is_done():
    free = Candidate("F", value=1)
    question = replace(a_question(limit=0.0), projects=(*a_question().projects, free))

    assert set(solve(question).starts) == {"F"}


def test_a_saving_below_nought_is_what_two_projects_cost_more_together():
    dear = Synergy(("A", "B"), saving={"E": (-81.0,)})

    assert len(solve(a_question(dear, periods=1)).starts) == 1
    assert len(solve(a_question(dear, periods=1, limit=101.0)).starts) == 2


def test_one_project_is_in_or_out_with_its_reasons():
    rich, poor = a_question(codes="A"), a_question(codes="A", limit=4.0, periods=1)

    assert explain(rich).projects["A"].worth.amount == 2
    reason = explain(poor).projects["A"]
    assert reason.gap is None
    assert reason.forbidden_by == (("envelope", "E", "0"),)
    assert reason.cost_cut == pytest.approx(0.6)


@pytest.mark.parametrize("seed", range(12))
def test_coefficients_from_one_to_a_billion_are_answered_exactly(seed):
    """Against exact arithmetic over every subset."""
    dice = Random(seed)
    costs = [float(dice.choice((1, 10**3, 10**6, 10**9)) * dice.randint(1, 9)) for _ in range(9)]
    values = [float(dice.choice((1, 10**3, 10**6, 10**9)) * dice.randint(1, 9)) for _ in range(9)]
    codes = [f"P{i}" for i in range(9)]
    limit = float(round(sum(costs) * dice.choice((0.3, 0.5))) + 1)
    projects = tuple(
        Candidate(code, value=value, cost={"E": (cost,)})
        for code, value, cost in zip(codes, values, costs, strict=True)
    )
    question = Question(Horizon(2027, 1), projects, envelopes={"E": Limits((limit,))})

    answer = solve(question)

    exact = max(
        sum(Fraction(values[i]) for i in some)
        for size in range(10)
        for some in combinations(range(9), size)
        if sum(Fraction(costs[i]) for i in some) <= Fraction(limit)
    )
    reached = sum(Fraction(p.value) for p in projects if p.code in answer.starts)
    assert answer.proof.status == "optimal"
    assert not broken(answer, question)
    assert exact - reached <= exact * Fraction(1, 10**9)


def test_five_thousand_projects_are_answered_with_a_gap_within_the_time():
    dice = Random(5)
    projects = tuple(
        Candidate(
            f"P{i:04}", value=float(dice.randint(1, 100)), duration=dice.randint(1, 2),
            cost={"E": (float(dice.randint(1, 100)),)}, effort={"T": (float(dice.randint(0, 9)),)},
        )
        for i in range(5000)
    )  # fmt: skip
    question = Question(
        Horizon(2027, 2), projects, envelopes={"E": Limits((50_000.0,) * 2)},
        teams={"T": Capacity((6_000.0,) * 2)},
    )  # fmt: skip

    answer = solve(question, Search(6.0, gap=0.01))

    assert isinstance(answer, Plan)
    assert answer.proof.gap is not None
    assert answer.proof.bound >= answer.proof.objective > 0
    assert not broken(answer, question)

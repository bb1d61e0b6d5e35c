"""Debt in the optimum: projects, debts and red systems compete for the same money, in one proof."""

import os

import pytest
from brute import Reading, best, plans
from builders import a_candidate, a_question, a_stake, an_option
from random_debts import a_joint_question

from optimizer.doctor import diagnose
from optimizer.explain import explain
from optimizer.frontier import frontier
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.at_risk import AtRisk, Lowered
from portfolio.candidate import Standalone
from portfolio.plan import Plan, broken, use, worth
from portfolio.rules import DebtCeiling, DebtFloor, RedLimit

SEEDS = range(2000 if os.environ.get("ARBITRAGE_LONG") else 320)


def a_red_system(*lowered, code="S", replaced_by=()):
    """On the red line, at 4 everywhere: one likelihood that falls is enough."""
    return AtRisk(code, (4,) * 7, (4,) * 6, "", lowered, replaced_by)


@pytest.mark.parametrize("block", range(8))
def test_highs_finds_what_trying_everything_finds(block):
    for seed in SEEDS[block::8]:
        question = a_joint_question(seed)
        expected, answer = best(question), solve(question)
        if expected is None:
            assert answer.proof.status == "infeasible", seed
            continue
        top, first, count = expected
        assert isinstance(answer, Plan), seed
        assert answer.proof.status == "optimal", seed
        assert not broken(answer, question), seed
        assert worth(answer, question) == pytest.approx(float(top), abs=1e-6), seed
        chosen = {code: (option.code, t) for code, (option, t) in first.starts.items()}
        assert dict(answer.starts) == chosen, seed
        told = Reading(question, first.starts, dict(answer.standalone))
        assert told.spent() == first.spent(), seed
        assert list(use(answer, question).red) == told.red(), seed
        assert count > 1 or not answer.proof.ties, seed


def test_cbc_finds_the_same_worth():
    for seed in SEEDS[:320:8]:
        question = a_joint_question(seed)
        expected, answer = best(question), solve(question, solver="cbc", settle=False)
        if expected is None:
            assert answer.proof.status == "infeasible", seed
        else:
            assert worth(answer, question) == pytest.approx(float(expected[0]), abs=1e-6), seed


def test_every_plan_is_judged_as_the_question_reads():
    """Rows and readings agree on plans that no solver would give, too."""
    for seed in SEEDS[:40]:
        question = a_joint_question(seed)
        for number, (starts, paid) in enumerate(plans(question)):
            if number % 7 == seed % 7:
                told = Reading(question, starts, paid)
                chosen = {code: (option.code, t) for code, (option, t) in starts.items()}
                plan = Plan(chosen, paid)
                assert (not broken(plan, question)) == told.holds(), (seed, starts, paid)
                assert list(use(plan, question).red) == told.red(), (seed, starts, paid)


def test_the_questions_ask_for_everything_often_enough():
    questions = [a_joint_question(seed) for seed in SEEDS]
    debts = [debt for question in questions for debt in question.debts]
    aims = [name for question in questions for name in question.objective()]

    assert sum(any(isinstance(r, RedLimit) for r in q.rules) for q in questions) >= 100
    assert sum(any(isinstance(r, DebtFloor | DebtCeiling) for r in q.rules) for q in questions) > 99
    assert sum(bool(d.created_by) for d in debts) >= 100
    assert sum(bool(d.retired_after) for d in debts) >= 100
    assert sum(d.standalone is not None for d in debts) >= 100
    assert sum(sum(d.retired_by.values()) > 1 for d in debts) >= 100
    assert min(aims.count("avoided"), aims.count("red"), aims.count("value")) >= 40


def test_a_debt_that_two_projects_repay_is_counted_once():
    """60 % and 70 % of a debt of 100 are 100, not 130: the third project is worth more."""
    projects = [a_candidate(code, value=0) for code in "ABC"]
    debts = (
        a_stake("D1", 100, retired_by={"A": 0.6, "B": 0.7}),
        a_stake("D2", 50, retired_by={"C": 1.0}),
    )
    plan = solve(a_question(*projects, debts=debts, limits=(20,), maximize="debt"))

    assert set(plan.starts) == {"B", "C"}
    assert plan.proof.objective == 120


def test_a_debt_that_a_project_makes_eats_what_another_retires():
    """NEW brings 10 and leaves a debt of 12; FIX retires 15."""
    new, fix = a_candidate("NEW", value=10), a_candidate("FIX", value=0)
    made = a_stake("MADE", 12, created_by="NEW")
    old = a_stake("OLD", 15, retired_by={"FIX": 1.0})
    asked = a_question(new, fix, debts=(made, old), maximize={"value": 1.0, "debt": 1.0})

    plan = solve(asked)

    assert set(plan.starts) == {"FIX"}
    assert plan.proof.objective == 15
    assert solve(a_question(new, fix, debts=(made, old))).proof.objective == 10


def test_a_debt_ceiling_counts_only_the_debt_that_is_there():
    new = a_candidate("NEW", value=10)
    made = a_stake("MADE", 12, created_by="NEW", standalone=Standalone("E", 5))
    limits = {"debts": (made,), "rules": [DebtCeiling(11)]}

    with_room = solve(a_question(new, limits=(15,), **limits))
    without = solve(a_question(new, limits=(14,), **limits))

    assert (set(with_room.starts), with_room.standalone) == ({"NEW"}, {"MADE": 0})
    assert without.starts == {}


def test_nobody_pays_for_a_debt_that_is_not_made_to_reach_a_reserve():
    new, other = a_candidate("NEW", value=1, window=(1, 1)), a_candidate("OTHER", value=9)
    made = a_stake("MADE", 1, created_by="NEW", standalone=Standalone("E", 10))
    plan = solve(
        a_question(new, other, debts=(made,), limits=(20, 20), rules=[DebtFloor(share=1 / 3)])
    )

    assert (plan.starts, plan.standalone) == (
        {"NEW": ("base", 1), "OTHER": ("base", 0)},
        {"MADE": 1},
    )


def test_a_debt_can_be_retired_before_its_project_is_finished():
    """A project of three periods that has repaid after one spares the interest of two."""
    fix = a_candidate("FIX", value=0, cost=(1, 1, 1))
    early = {"retired_by": {"FIX": 1.0}, "interest": (7.0, 7.0, 7.0)}
    when_finished = a_question(
        fix, debts=(a_stake(**early),), limits=(9, 9, 9), maximize="interest"
    )
    after_one = a_question(
        fix, debts=(a_stake(**early, retired_after={"FIX": 1}),), limits=(9, 9, 9),
        maximize="interest",
    )  # fmt: skip

    assert solve(when_finished).proof.objective == 0
    assert solve(after_one).proof.objective == 14


def test_interest_avoided_is_discounted_and_goes_on_beyond_the_horizon():
    """10 next year at 25 %: 8; and 5 beyond."""
    fix = a_candidate("FIX", value=0)
    debt = a_stake(interest=(10.0, 10.0), terminal=5.0, retired_by={"FIX": 1.0})
    plan = solve(a_question(fix, debts=(debt,), limits=(99, 99), discount=0.25, maximize="avoided"))

    assert plan.starts["FIX"].period == 0
    assert plan.proof.objective == 13


def test_a_longer_variant_may_be_better_when_the_project_makes_a_debt():
    """The same value; the longer one puts the debt off by a year of interest."""
    slow = an_option("slow", cost=(5, 5))
    new = a_candidate("NEW", value=10, cost=(), variants=(an_option("fast", cost=(10,)), slow))
    made = a_stake("MADE", interest=(4.0, 4.0), created_by="NEW")
    plan = solve(
        a_question(
            new, debts=(made,), limits=(10, 10), maximize={"value": 1.0, "interest": 1.0},
            rules=[],
        )
    )  # fmt: skip

    assert plan.proof.objective == 10
    assert plan.starts["NEW"] in (("slow", 0), ("fast", 1))


def test_a_red_limit_makes_room_for_the_cheap_debt():
    """NEW is worth 9, the two debts nothing: the cheaper one is retired all the same."""
    new = a_candidate("NEW", value=9, cost=(10,))
    debts = (
        a_stake("CHEAP", standalone=Standalone("E", 3)),
        a_stake("DEAR", standalone=Standalone("E", 5)),
    )
    system = a_red_system(Lowered(0, 3, ("DEAR",)), Lowered(1, 3, ("CHEAP",)))
    asked = {"debts": debts, "systems": (system,), "rules": [RedLimit(0)]}

    roomy = solve(a_question(new, limits=(13,), **asked))
    tight = solve(a_question(new, limits=(12,), **asked))

    assert (set(roomy.starts), roomy.standalone) == ({"NEW"}, {"CHEAP": 0})
    assert (set(tight.starts), tight.standalone) == (set(), {"CHEAP": 0})


def test_a_likelihood_with_two_debts_behind_it_waits_for_both():
    debts = tuple(a_stake(code, standalone=Standalone("E", 4)) for code in ("D1", "D2"))
    system = a_red_system(Lowered(0, 3, ("D1", "D2")))
    asked = {"debts": debts, "systems": (system,), "maximize": "-red"}

    assert set(solve(a_question(limits=(8,), **asked)).standalone) == {"D1", "D2"}
    assert solve(a_question(limits=(7,), **asked)).standalone == {}


def test_a_project_may_replace_the_red_system():
    new, other = a_candidate("NEW", value=1), a_candidate("OTHER", value=9)
    system = a_red_system(replaced_by=("NEW",))
    asked = a_question(new, other, systems=(system,), rules=[RedLimit(0)], limits=(10,))

    assert set(solve(asked).starts) == {"NEW"}


def test_too_few_red_systems_is_told_as_the_rule_that_clashes_and_mended_by_one_more():
    question = a_question(systems=(a_red_system(),), rules=[RedLimit(0)])

    answer, found = solve(question), diagnose(question, Search(10.0))

    assert answer.clash == (("red-limit",),)
    assert found.conflict == (("red-limit",),)
    assert [(r.way, r.changes) for r in found.repairs] == [("bounds", {("red-limit",): 1.0})]


def test_why_a_project_is_out_names_what_the_red_limit_takes():
    new = a_candidate("NEW", value=9)
    debt = a_stake(standalone=Standalone("E", 3))
    system = a_red_system(Lowered(0, 3, ("D1",)))
    question = a_question(
        new, debts=(debt,), systems=(system,), rules=[RedLimit(0)], limits=(12,)
    )
    told = explain(question)

    assert told.projects["NEW"].money["E"] == (1.0,)


def test_every_trade_between_value_and_red_systems_is_found():
    new = a_candidate("NEW", value=9)
    debts = tuple(a_stake(f"D{i}", standalone=Standalone("E", 5)) for i in range(2))
    systems = tuple(a_red_system(Lowered(0, 3, (d.code,)), code=f"S-{d.code}") for d in debts)
    question = a_question(new, debts=debts, systems=systems, limits=(10,))

    found = frontier(question, ["value", "-red"])

    assert found.is_complete
    assert [dict(p.objectives) for p in found.points] == [
        {"value": 0, "-red": 0},
        {"value": 9, "-red": -2},
    ]


def test_the_frontier_of_value_and_red_systems_is_what_trying_everything_finds():
    for seed in SEEDS[:320:10]:
        question = a_joint_question(seed)
        kept = (r for s, p in plans(question) if (r := Reading(question, s, p)).holds())
        reached = {(float(r.one("value")), float(r.one("-red"))) for r in kept}
        best_of = {
            one
            for one in reached
            if not any(o != one and o[0] >= one[0] and o[1] >= one[1] for o in reached)
        }
        found = frontier(question, ["value", "-red"])
        assert found.is_complete or not reached, seed
        told = [tuple(point.objectives.values()) for point in found.points]
        assert told == [pytest.approx(one, abs=1e-6) for one in sorted(best_of)], seed

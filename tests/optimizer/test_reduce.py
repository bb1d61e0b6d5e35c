"""The starts that no best plan needs are left out, and no answer changes by it."""

import os

import pytest
from brute import best
from random_questions import a_random_question

from optimizer.reduce import worthwhile
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.candidate import Candidate, Limits, Option
from portfolio.horizon import Horizon
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.rules import Ceiling, Floor, Force, Mandatory, Needs, NeedsOneOf, Together, Window

SEEDS = range(5000, 6000 if os.environ.get("ARBITRAGE_LONG") else 5200)


def a_question(*rules, periods=6, durations=(1, 2, 1)):
    projects = tuple(
        Candidate(code, value=1, duration=d) for code, d in zip("ABC", durations, strict=True)
    )
    return Question(Horizon(2027, periods), projects, rules=rules)


def periods(question, code):
    return [start.period for start in worthwhile(question).starts_of(code)]


def test_a_window_is_carried_along_a_chain_of_needs():
    question = a_question(Window("A", earliest=1), Needs("B", "A", 1), Needs("C", "B"))

    assert periods(question, "B") == [3, 4]
    assert periods(question, "C") == [5]


def test_the_easiest_of_several_is_waited_for():
    question = a_question(Window("A", earliest=4), NeedsOneOf("C", ("A", "B")))

    assert periods(question, "C") == [2, 3, 4, 5]


def test_needs_in_a_circle_leave_no_start():
    question = a_question(Needs("B", "A"), Needs("A", "B"))

    assert periods(question, "A") == periods(question, "B") == []
    assert periods(question, "C") == [0, 1, 2, 3, 4, 5]


def test_what_a_mandate_needs_is_over_in_time_for_it():
    question = a_question(Mandatory("C", deadline=3), Needs("C", "B"), Needs("B", "A"))

    assert periods(question, "C") == [3]
    assert periods(question, "B") == [1]
    assert periods(question, "A") == [0]


def test_what_goes_with_a_mandate_makes_its_needs_certain_too():
    question = a_question(
        Mandatory("A"), Together(("A", "C")), Needs("C", "B"), Window("C", latest=2)
    )

    assert periods(question, "B") == [0]


def test_what_is_forced_out_has_no_start():
    assert periods(a_question(Force("A", False)), "A") == []


def with_variants(*rules, maximize="value"):
    dear = Option("dear", 2, 1.0, {"E": (5.0, 5.0)})
    same = Option("same", 2, 1.0, {"E": (5.0, 5.0)})
    late = Option("late", 2, 1.0, {"E": (0.0, 9.0)})
    less = Option("less", 1, 0.5, {"E": (2.0,)})
    return Question(
        Horizon(2027, 2),
        (Candidate("A", value=3, variants=(dear, same, late, less)),),
        envelopes={"E": Limits((20.0, 20.0))},
        rules=rules,
        maximize=maximize,
    )


def variants(question):
    return {start.variant for start in worthwhile(question).starts}


def test_a_variant_beaten_in_every_respect_is_left_out():
    assert variants(with_variants()) == {"dear", "late", "less"}


@pytest.mark.parametrize("rule", [Floor("cost", limit=9.0), Ceiling("value", share=0.5)])
def test_where_dearer_may_be_better_every_variant_stays(rule):
    assert variants(with_variants(rule)) == {"dear", "same", "late", "less"}


def test_where_cost_is_sought_every_variant_stays():
    assert variants(with_variants(maximize="cost")) == {"dear", "same", "late", "less"}


@pytest.mark.parametrize("block", range(5))
def test_the_best_plan_is_still_that_of_every_plan_tried(block):
    for seed in SEEDS[block::5]:
        question = a_random_question(seed)
        expected, found = best(question), solve(question, Search(30.0))
        assert isinstance(found, Plan) == bool(expected), seed
        if expected:
            assert found.proof.objective == pytest.approx(float(expected[0]), abs=1e-6), seed
            wanted = {c: (o.code, t) for c, (o, t) in expected[1].starts.items()}
            assert dict(found.starts) == wanted, seed

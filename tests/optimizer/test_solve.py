"""What the optimizer promises, for every solver there is."""

import pytest
from builders import a_candidate, a_question, a_stake, an_option
from random_questions import a_random_question

from optimizer.solve import solve
from optimizer.solvers import SOLVERS, Search
from portfolio.candidate import Standalone
from portfolio.plan import Chosen, NoPlan, Plan, broken
from portfolio.rules import DebtFloor, Excludes, Force, Mandatory, Needs, Synergy


@pytest.fixture(params=sorted(SOLVERS))
def best(request):
    return lambda question, **how: solve(question, Search(**how), request.param)


def starts(plan):
    return {code: chosen.period for code, chosen in plan.starts.items()}


def test_the_better_of_two_wins_when_money_is_short(best):
    plan = best(a_question(a_candidate("A", 2), a_candidate("B", 4), limits=(10,)))

    assert starts(plan) == {"B": 0}


def test_a_project_starts_after_what_it_needs(best):
    question = a_question(
        a_candidate("A", 9), a_candidate("B", 1), rules=[Needs("A", "B")], limits=(20, 20)
    )
    assert starts(best(question)) == {"A": 1, "B": 0}


def test_a_lag_is_waited_for(best):
    question = a_question(
        a_candidate("A", 9),
        a_candidate("B", 1),
        rules=[Needs("A", "B", lag=1)],
        limits=(20, 20, 20),
    )
    assert starts(best(question)) == {"A": 2, "B": 0}


def test_a_debt_floor_makes_room_for_repair(best):
    new = a_candidate("NEW", value=5)
    fix = a_candidate("FIX", value=0.1, debt_share=1.0)

    plan = best(a_question(new, fix, rules=[DebtFloor(share=0.5)], limits=(20,)))

    assert starts(plan) == {"FIX": 0, "NEW": 0}


def test_a_debt_may_be_repaid_on_its_own(best):
    debt = a_stake("D1", principal=30, standalone=Standalone("E", 12))
    plan = best(a_question(limits=(10, 12), debts=(debt,), maximize="debt"))

    assert dict(plan.standalone) == {"D1": 1}


def test_the_variant_that_fits_is_taken(best):
    both = a_candidate(
        "A", 10, cost=(), variants=(an_option("full", (50,)), an_option("lite", (20,), factor=0.6))
    )
    assert best(a_question(both, limits=(30,))).starts == {"A": Chosen("lite", 0)}


def test_unused_money_is_carried_only_as_far_as_allowed(best):
    dear = a_candidate("A", 1, cost=(14,))

    assert starts(best(a_question(dear, limits=(10, 10), carry=0.4))) == {"A": 1}
    assert starts(best(a_question(dear, limits=(10, 10), carry=0.3))) == {}


def test_a_saving_makes_two_affordable_together(best):
    question = a_question(
        a_candidate("A", 1),
        a_candidate("B", 1),
        rules=[Synergy(("A", "B"), saving={"E": (5.0,)})],
        limits=(15,),
    )
    assert starts(best(question)) == {"A": 0, "B": 0}


def test_a_promise_that_breaks_the_budget_is_named(best):
    answer = best(a_question(a_candidate("A"), rules=[Mandatory("A")], limits=(5,)))

    assert isinstance(answer, NoPlan)
    assert answer.proof.status == "infeasible"
    assert {label[0] for label in answer.clash} <= {"envelope", "mandatory"}
    assert answer.clash


def test_among_equal_plans_the_cheapest_is_taken(best):
    question = a_question(
        a_candidate("A", 2, cost=(9,)), a_candidate("B", 2, cost=(8,)), limits=(9,)
    )

    plan = best(question)

    assert starts(plan) == {"B": 0}
    assert plan.proof.ties == (("B", "A"),)
    assert plan.proof.is_settled


def test_then_the_one_that_starts_earliest_then_the_one_declared_first(best):
    question = a_question(
        a_candidate("A", 2),
        a_candidate("B", 2),
        rules=[Excludes(("A", "B"))],
        limits=(10, 10),
    )
    assert starts(best(question)) == {"A": 0}


def test_the_same_question_has_the_same_answer_twice(best):
    projects = [a_candidate(f"P{i}", value=1 + i % 3, cost=(3 + i % 4, 2)) for i in range(9)]
    question = a_question(*projects, limits=(12, 12, 12))

    assert best(question).starts == best(question).starts


def test_a_stop_before_the_proof_is_never_called_optimal(best):
    projects = [
        a_candidate(
            f"P{i:02}",
            value=20 + (i * 7919) % 101,
            cost=tuple(5 + (i * j) % 23 for j in (3, 7, 11)),
        )
        for i in range(60)
    ]
    question = a_question(*projects, limits=(160,) * 8)

    proof = best(question, seconds=0.05).proof

    assert proof.status in ("feasible", "no-answer")
    assert proof.objective is None or proof.bound is None or proof.bound > proof.objective


def test_a_gap_allowed_is_a_gap_told(best):
    projects = [
        a_candidate(f"P{i:02}", value=20 + (i * 37) % 41, cost=(5 + (i * 17) % 23,))
        for i in range(30)
    ]
    question = a_question(*projects, limits=(60, 60))

    answer = best(question, gap=0.5)

    assert isinstance(answer, Plan)
    assert answer.proof.gap is not None
    assert answer.proof.gap <= 0.5
    assert (answer.proof.status == "optimal") == (answer.proof.gap <= 1e-6)


def test_a_plan_never_breaks_its_own_question(best):
    projects = [
        a_candidate(f"P{i}", value=i % 5, cost=(3.1 + i, 2.7), debt_share=i % 2) for i in range(8)
    ]
    question = a_question(*projects, rules=[DebtFloor(0.3)], limits=(14, 14, 14))

    assert broken(best(question), question) == ()


def test_a_forced_choice_is_obeyed_both_ways(best):
    projects = (a_candidate("A", 5), a_candidate("B", 1))
    rules = [Force("A", False, "executive"), Force("B", True, "law")]

    assert starts(best(a_question(*projects, rules=rules, limits=(20,)))) == {"B": 0}


def test_an_empty_question_has_an_empty_plan(best):
    assert best(a_question()).starts == {}


@pytest.mark.parametrize("solver", SOLVERS)
def test_any_number_of_threads_gives_the_same_answer_one_solve_after_another(solver):
    question = a_random_question(1)
    found = [solve(question, Search(30.0, threads=t), solver) for t in (1, 4, 2, None, 3)]

    assert {plan.proof.status for plan in found} == {"optimal"}
    assert len({tuple(sorted(plan.starts.items())) for plan in found}) == 1

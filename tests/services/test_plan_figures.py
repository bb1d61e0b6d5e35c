"""The figures of a plan: numbers that a person can check by hand."""

import pytest
from builders import a_candidate, a_question, a_stake

from portfolio.candidate import Capacity, Limits
from portfolio.plan import Chosen, Plan
from portfolio.rules import AtMostStarts, Force, Mandatory, Needs, NeedsOneOf
from services.plan_figures import view
from services.plan_view import Edge, against


def a_plan(**starts):
    return Plan({code: Chosen("base", period) for code, period in starts.items()}, {})


def test_totals_are_in_points_and_cents():
    question = a_question(
        a_candidate("A", value=3, cost=(10,), measures={"carbon": -2.0}),
        a_candidate("B", value=5, cost=(20,)),
        debts=(a_stake("D1", principal=100.0, interest=(8.0, 8.0), retired_by={"A": 0.5}),),
        limits=(100, 100),
    )

    totals = view(a_plan(A=0), question).totals

    assert (totals.chosen, totals.of, totals.value, totals.cost) == (1, 2, 3.0, 1000)
    assert (totals.debt, totals.owed, totals.interest) == (5000, 10000, 400)
    assert totals.carbon == -2.0


def test_a_measure_that_no_project_gives_is_not_given_rather_than_zero():
    assert view(a_plan(), a_question(a_candidate())).totals.carbon is None


def test_money_carried_is_brought_into_the_next_period():
    question = a_question(a_candidate("A", cost=(60,)), limits=(100, 50), carry=0.25)

    first, second = view(a_plan(A=0), question).money

    assert (first.used, first.limit, first.carried, first.free) == (6000, 10000, 2500, 4000)
    assert (second.brought, second.available, second.free) == (2500, 7500, 7500)


def test_the_envelopes_together_are_their_sums():
    question = a_question(
        a_candidate("A", cost=(10,)),
        envelopes={"E": Limits((100.0,)), "F": Limits((50.0,))},
        periods=1,
    )

    (whole,) = view(a_plan(A=0), question).whole

    assert (whole.used, whole.limit) == (1000, 15000)


@pytest.mark.parametrize(
    ("days", "capacity", "state"),
    [(10, 100, "free"), (90, 100, "near"), (100, 100, "full"), (101, 100, "over"),
     (0, 0, "none"), (5, 0, "over")],
)  # fmt: skip
def test_a_team_is_said_to_be_near_full_or_over(days, capacity, state):
    question = a_question(
        a_candidate("A", effort=(days,)), teams={"T": Capacity((float(capacity),))}
    )

    (cell,) = view(a_plan(A=0), question).days

    assert cell.state == state


def test_a_limit_tells_which_projects_it_keeps_out():
    question = a_question(
        a_candidate("A", cost=(70,)), a_candidate("B", cost=(40,)), a_candidate("C", cost=(50,)),
        limits=(100,),
    )  # fmt: skip

    (bound,) = view(a_plan(A=0), question).binding

    assert (bound.label, bound.periods) == (("envelope", "E"), (0,))
    assert (bound.room, bound.keeps_out) == (3000, ("B", "C"))


def test_the_periods_of_one_limit_are_told_together():
    question = a_question(
        a_candidate("A"), a_candidate("B"), a_candidate("C"),
        rules=[AtMostStarts(1)], limits=(100, 100),
    )  # fmt: skip

    (bound,) = view(a_plan(A=0, B=1), question).binding

    assert bound.label == ("at-most-starts",)
    assert bound.keeps_out == ("C",)


def test_a_line_says_what_becomes_of_a_project_and_why():
    question = a_question(
        a_candidate("A", cost=(10, 10)), a_candidate("B"), a_candidate("C"), a_candidate("D"),
        rules=[Mandatory("A", 2), Force("B", True, "promis"), Force("C", False, "trop tôt")],
        limits=(100, 100, 100),
    )  # fmt: skip

    lines = {line.project: line for line in view(a_plan(A=1, B=0), question).lines}

    assert [lines[c].fate for c in "ABCD"] == ["mandatory", "imposed", "excluded", "out"]
    assert (lines["A"].start, lines["A"].end, lines["A"].deadline) == (1, 2, 2)
    assert (lines["B"].reason, lines["D"].start) == ("promis", None)


def test_the_longest_chain_counts_work_and_imposed_delay():
    question = a_question(
        *(a_candidate(code, duration=1) for code in "ABC"),
        a_candidate("L", cost=(1, 1)),
        a_candidate("Z"),
        rules=[Needs("B", "A"), Needs("C", "B", lag=1), NeedsOneOf("Z", ("L", "A"))],
        limits=(100,) * 6,
    )

    seen = view(a_plan(A=0, B=2, C=4, L=0, Z=3), question)

    assert seen.chain == ("A", "B", "C")
    assert seen.edges == (Edge("A", "B", 1, True), Edge("B", "C", 0, True), Edge("L", "Z", 1))
    assert seen.apart == ()


def test_a_project_that_waits_for_none_stands_apart():
    seen = view(a_plan(A=0), a_question(a_candidate("A"), a_candidate("B")))

    assert (seen.apart, seen.chain, seen.edges) == (("A",), (), ())


def test_a_change_is_told_against_the_reference():
    question = a_question(
        a_candidate("A", value=3, cost=(10,)), a_candidate("B", value=5, cost=(20,)),
        a_candidate("C", value=1, cost=(5,)), limits=(100, 100),
    )  # fmt: skip

    change = against(view(a_plan(B=0, C=1), question), view(a_plan(A=0, C=0), question))

    assert (change.enters, change.leaves, change.moved) == (("B",), ("A",), ("C",))
    assert (change.value, change.cost, change.carbon) == (2.0, 1000, None)

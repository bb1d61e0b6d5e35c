"""Legacy risk in a question: which systems are red, what brings them down, told as rows."""

import json
from itertools import combinations_with_replacement, product

import pytest
from builders import a_candidate, a_question, a_stake
from shared_data import shared

from portfolio.at_risk import AtRisk, Lowered, is_red
from portfolio.choices import Amount, Start
from portfolio.errors import Invalid
from portfolio.legacy_risk import rating
from portfolio.plan import Chosen, Plan, broken, use
from portfolio.rules import RedLimit

IMPACT = (4,) * 6  # impact 4: red from a likelihood of 4, that is ΣL + 7 max L >= 56


def a_system(likelihood=(4,) * 7, impact=IMPACT, lowered=(), replaced_by=(), code="S"):
    return AtRisk(code, tuple(likelihood), impact, "", tuple(lowered), tuple(replaced_by))


def stated(question, kind):
    return [row for row in question.rows(question.choices()) if row.label[0] == kind]


def test_the_rule_in_whole_numbers_is_the_published_one():
    likelihoods = list(combinations_with_replacement(range(1, 7), 7))
    impacts = list(combinations_with_replacement(range(1, 6), 6))
    for likelihood, impact in product(likelihoods, impacts):
        exact = rating(likelihood) * rating(impact)
        assert is_red(likelihood, impact) == (exact >= 16 - 1e-9), (likelihood, impact)


def test_the_frameworks_own_examples_are_red_or_not():
    examples = json.loads(shared("frameworks", "formula_vectors.json").read_text())["litraf"]

    assert [is_red(one["L"], one["C"]) for one in examples] == [one["red"] for one in examples]


def test_the_line_itself_is_red():
    assert rating((4,) * 7) * rating((4,) * 6) == 16
    assert is_red((4,) * 7, (4,) * 6)
    assert not is_red((4, 4, 4, 4, 4, 4, 3), (4,) * 6)


def test_a_system_that_is_not_red_brings_no_row_along():
    question = a_question(systems=(a_system((3,) * 7),), rules=[RedLimit(0)])

    assert not stated(question, "red")
    assert not question.amounts(question.choices())


def test_nothing_is_stated_of_systems_that_nobody_asks_about():
    question = a_question(systems=(a_system(),))

    assert not stated(question, "red")
    assert use(Plan({}, {}), question).red == ("S",)


def test_each_row_says_one_way_out_that_is_enough():
    """One likelihood must fall of 4, 4, 4…; of 5, 5, 4… both that are at 5."""
    debts = (a_stake("D1"), a_stake("D2"))
    either = a_system(lowered=[Lowered(0, 3, ("D1",)), Lowered(1, 3, ("D2",))])
    both = a_system((5, 5, *(4,) * 5), lowered=[Lowered(0, 3, ("D1",)), Lowered(1, 3, ("D2",))])

    assert list(either.ways_out()) == [(0, 1)]
    assert sorted(both.ways_out()) == [(0,), (1,)]
    row = stated(a_question(debts=debts, systems=(either,), maximize="-red"), "red")[0]
    assert dict(row.terms) == {
        Amount("red", "S", 0, True): 1.0,
        Amount("lowered", "S:0", 0, True): 1.0,
        Amount("lowered", "S:1", 0, True): 1.0,
    }
    assert (row.sense, row.rhs) == (">=", 1.0)


def test_a_likelihood_falls_once_nothing_remains_of_any_debt_behind_it():
    fix = a_candidate("FIX")
    half = a_stake("D1", retired_by={"FIX": 0.5})
    question = a_question(
        fix, debts=(half, a_stake("D2")), rules=[RedLimit(0)],
        systems=(a_system(lowered=[Lowered(0, 1, ("D1", "D2"))]),),
    )  # fmt: skip

    assert [row.label[2:] for row in stated(question, "lowered")] == [("0", "D1"), ("0", "D2")]
    plan = Plan({"FIX": Chosen("base", 0)}, {})
    assert [b.label for b in broken(plan, question)] == [("red-limit",)]


def test_ten_tenths_of_a_debt_are_all_of_it():
    tenths = {f"P{i}": 0.1 for i in range(10)}
    projects = [a_candidate(code, cost=(1,)) for code in tenths]
    question = a_question(
        *projects, debts=(a_stake("D1", retired_by=tenths),), rules=[RedLimit(0)],
        systems=(a_system(lowered=[Lowered(0, 3, ("D1",))]),),
    )  # fmt: skip
    every = Plan({code: Chosen("base", 0) for code in tenths}, {})

    assert not broken(every, question)
    assert use(every, question).red == ()


def test_a_system_whose_replacement_is_chosen_is_not_red():
    new = a_candidate("NEW")
    system = a_system((6,) * 7, replaced_by=["NEW"])
    question = a_question(new, systems=(system,), maximize="-red")

    row = stated(question, "red")[0]
    assert row.terms[Start("NEW", "base", 0)] == 1.0
    assert use(Plan({"NEW": Chosen("base", 0)}, {}), question).red == ()


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"likelihood": (4,) * 6}, "too-few", "likelihood"),
        ({"likelihood": (4,) * 8}, "too-long", "likelihood"),
        ({"likelihood": (7, *(4,) * 6)}, "out-of-range", "likelihood[0]"),
        ({"impact": (0, *(4,) * 5)}, "out-of-range", "impact[0]"),
        ({"lowered": [Lowered(2, 5, ("D1",))]}, "out-of-range", "lowered[0].to"),
        ({"lowered": [Lowered(2, 1, ("D1",)), Lowered(2, 3, ("D2",))]}, "twice", "lowered"),
        ({"replaced_by": ["A", "A"]}, "twice", "replaced_by"),
    ],
)
def test_levels_that_the_framework_does_not_know_are_refused(wrong, code, field):
    with pytest.raises(Invalid, match=code) as caught:
        a_system(**wrong)

    assert caught.value.facts["field"] == field

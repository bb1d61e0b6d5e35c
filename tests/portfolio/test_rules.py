"""Each rule, told as rows; no solver needed."""

from typing import get_args

import pytest
from builders import a_candidate, a_question, a_stake

from portfolio.candidate import Capacity, Limits, Standalone
from portfolio.choices import Amount, Start
from portfolio.errors import Invalid
from portfolio.plan import Breach, Chosen, Plan, broken, use, worth
from portfolio.rules import (
    AtMostStarts,
    Ceiling,
    Excludes,
    Floor,
    Mandatory,
    Needs,
    Rule,
    Synergy,
    Tagged,
    Together,
    Window,
)
from portfolio.rules.envelope import EnvelopeLimit


def rows(question, kind):
    return [row for row in question.rows(question.choices()) if row.label[0] == kind]


def hand_made(**starts):
    return Plan({code: Chosen("base", period) for code, period in starts.items()}, {})


def test_an_envelope_is_one_row_a_period():
    over_two = rows(a_question(a_candidate("A", cost=(3, 2)), limits=(5, 7)), "envelope")

    assert [row.rhs for row in over_two] == [5, 7]
    assert over_two[1].terms == {Start("A", "base", 0): 2}


def test_money_carried_is_taken_from_one_period_and_given_to_the_next():
    first, second = rows(a_question(limits=(5, 7), carry=0.5), "envelope")
    carried = Amount("carried", "E", 0)

    assert first.terms == {carried: 1.0}
    assert second.terms == {carried: -1.0}
    question = a_question(limits=(5, 7), carry=0.5)
    assert question.amounts(question.choices()) == {carried: 2.5}


def test_a_hand_made_plan_is_told_what_it_breaks_and_by_how_much():
    question = a_question(a_candidate("A"), a_candidate("B"), limits=(15,))

    assert broken(hand_made(A=0, B=0), question) == (Breach(("envelope", "E", "0"), 5.0),)


def test_a_start_that_does_not_exist_is_a_breach():
    question = a_question(a_candidate("A", cost=(1, 1)), limits=(9, 9))

    assert broken(hand_made(A=1), question) == (Breach(("start", "A", "base", "1"), 1.0),)
    assert broken(hand_made(Z=0), question) == (Breach(("start", "Z", "base", "0"), 1.0),)


def test_needs_says_for_every_period_that_the_other_is_finished():
    question = a_question(
        a_candidate("A"),
        a_candidate("B", cost=(1, 1)),
        rules=[Needs("A", "B")],
        limits=(99, 99, 99),
    )
    by_period = {row.label[3]: row.terms for row in rows(question, "needs")}

    assert by_period["0"] == {Start("A", "base", 0): 1.0}
    assert by_period["2"] == {
        Start("A", "base", 0): 1.0,
        Start("A", "base", 1): 1.0,
        Start("A", "base", 2): 1.0,
        Start("B", "base", 0): -1.0,
    }


def test_a_synergy_is_earned_by_all_and_only_by_all():
    pair = (a_candidate("A", 1), a_candidate("B", 1))
    question = a_question(*pair, rules=[Synergy(("A", "B"), value=5)], limits=(20,))

    assert worth(hand_made(A=0, B=0), question) == 7
    assert worth(hand_made(A=0), question) == 1


def test_a_saving_never_makes_use_fall_below_zero():
    pair = (a_candidate("A", cost=(3,)), a_candidate("B", cost=(3,)))
    question = a_question(
        *pair, rules=[Synergy(("A", "B"), saving={"E": (50.0, 0.0)})], limits=(10, 10), carry=1.0
    )
    used = use(hand_made(A=0, B=0), question)

    assert used.money == {"E": (0.0, 0.0)}
    assert used.carried == {"E": (10.0, 0.0)}


def test_a_debt_repaid_twice_counts_once():
    debt = a_stake("D1", retired_by={"A": 0.7, "B": 0.7}, standalone=Standalone("E", 1))
    question = a_question(a_candidate("A"), a_candidate("B"), debts=(debt,), limits=(99, 99))

    assert use(hand_made(A=0, B=1), question).debts == {"D1": (0.7, 1.0)}


def test_money_is_carried_as_far_as_it_may_be():
    question = a_question(a_candidate("A", cost=(4,)), limits=(10, 10), carry=0.5)

    assert use(hand_made(A=0), question).carried == {"E": (5.0, 0.0)}


@pytest.mark.parametrize(
    ("rule", "starts", "label"),
    [
        (Excludes(("A", "B")), {"A": 0, "B": 0}, ("excludes", "A", "B")),
        (Together(("A", "B")), {"A": 0}, ("together", "A", "B")),
        (Mandatory("A", 0), {"A": 1}, ("deadline", "A", "0")),
        (Mandatory("A"), {}, ("mandatory", "A")),
        (Window("A", 1), {"A": 0}, ("window", "A")),
        (AtMostStarts(1), {"A": 0, "B": 0}, ("at-most-starts", "0")),
        (Floor("cost", Tagged("g", "x"), share=0.6), {"A": 0, "B": 0}, ("floor", "cost", "g=x")),
        (Ceiling("count", None, limit=1), {"A": 0, "B": 0}, ("ceiling", "count", "")),
    ],
)
def test_a_broken_rule_is_named(rule, starts, label):
    pair = (a_candidate("A", tags={"g": "x"}), a_candidate("B"))
    question = a_question(*pair, rules=[rule], limits=(99, 99))

    assert label in [breach.label for breach in broken(hand_made(**starts), question)]


def test_every_kind_of_rule_says_its_kind():
    kinds = get_args(get_args(Rule)[0])
    said = {get_args(kind.__annotations__["kind"])[0] for kind in kinds}

    assert len(said) == len(kinds) == 14


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"rules": [Needs("A", "Z")]}, "rules[0].on"),
        ({"rules": [Ceiling("carbone", None, limit=1)]}, "rules[0].of"),
        ({"debts": (a_stake(retired_by={"Z": 1.0}),)}, "debts[0].retired_by"),
        ({"maximize": "valeur"}, "maximize"),
        ({"envelopes": {"F": Limits((1.0,))}}, "projects[0].cost"),
    ],
)
def test_a_name_that_nothing_bears_is_refused_and_placed(more, field):
    with pytest.raises(Invalid) as refusal:
        a_question(a_candidate("A"), **more)

    assert refusal.value.code == "unknown-code"
    assert refusal.value.facts["field"] == field


def test_a_list_longer_than_the_horizon_is_refused():
    with pytest.raises(Invalid, match="too-long"):
        a_question(limits=(1, 2, 3), periods=2)


def test_a_team_has_only_its_days():
    question = a_question(
        a_candidate("A", effort=(5,)), limits=(99,), teams={"T": Capacity((4.0,))}
    )
    assert broken(hand_made(A=0), question) == (Breach(("team", "T", "0"), 1.0),)


def test_tenths_that_add_up_exactly_are_kept():
    tenths = [a_candidate(f"P{i}", cost=(0.1,)) for i in range(3)]
    question = a_question(*tenths, limits=(0.3,))

    assert broken(hand_made(P0=0, P1=0, P2=0), question) == ()


def test_an_envelope_settles_without_a_solver():
    rule = EnvelopeLimit("E", Limits((10.0, 10.0), 0.5))
    question = a_question(a_candidate("A", cost=(8,)), limits=(10, 10), carry=0.5)

    settled = rule.settle(question.choices(), {Start("A", "base", 0): 1.0})

    assert settled == {Amount("carried", "E", 0): 2.0}


def test_synergies_of_codes_that_read_alike_stay_apart():
    assert Synergy(("A+B", "C")).amount != Synergy(("A", "B+C")).amount
    assert Synergy(("A", "B")).amount == Synergy(("B", "A")).amount

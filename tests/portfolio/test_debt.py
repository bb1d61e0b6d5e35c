"""Debt formulas against a worked example."""

import math
from datetime import date

import pytest

from portfolio.debt import DebtItem, Wait, break_even, cost_of_waiting, net_present_value
from portfolio.horizon import Horizon
from portfolio.project import Estimate

TERMS = Wait(interest_growth=0.10, principal_growth=0.05, discount=0.035, horizon=5)


def test_the_worked_example_of_waiting_one_year():
    now = net_present_value(200_000, 40_000, TERMS)
    in_a_year = net_present_value(200_000, 40_000, TERMS, year=1)

    assert now == pytest.approx(19_081, abs=1)
    assert in_a_year == pytest.approx(-22_465, abs=1)
    assert cost_of_waiting(200_000, 40_000, TERMS) == pytest.approx(41_546, abs=1)


def test_break_even_with_and_without_growth():
    assert break_even(200_000, 40_000, 0.10) == pytest.approx(4.25, abs=0.005)
    assert break_even(200_000, 40_000) == 5
    assert break_even(200_000, 0) == math.inf


def test_the_three_point_mean_leans_on_the_likely_amount():
    assert Estimate(100, 70, 190).mean == pytest.approx((70 + 400 + 190) / 6)
    assert Estimate(100).mean == 100


def test_an_item_says_what_a_year_of_waiting_costs():
    item = DebtItem(
        "D",
        "d",
        "S",
        Estimate(200_000_00),
        Estimate(40_000_00),
        interest_growth=0.10,
        principal_growth=0.05,
    )
    assert item.waiting(Horizon(2027, 5), 0.035) / 100 == pytest.approx(41_546, abs=1)


def test_contingent_interest_steps_up_the_year_after_support_ends():
    item = DebtItem(
        "D",
        "d",
        "S",
        Estimate(0),
        Estimate(0),
        loss=1_000_00,
        p_before=0.1,
        p_after=0.4,
        support_end=date(2028, 6, 30),
    )
    assert [item.interest_in(year, 2027) for year in (2027, 2028, 2029)] == [10000, 10000, 40000]


def test_interest_given_from_outside_stands_for_the_formula():
    item = DebtItem("D", "d", "S", Estimate(0), Estimate(9), interest_given=(300, 200, 100, 50))

    assert item.interest_over(Horizon(2027, 4, per_year=2)) == (300, 200, 100, 50)
    assert item.interest_now(Horizon(2027, 4, per_year=2)) == 500

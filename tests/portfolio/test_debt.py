"""Debt formulas against a worked example."""

import math

import pytest

from portfolio.debt import Wait, break_even, cost_of_waiting, net_present_value
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

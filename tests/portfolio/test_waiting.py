"""What waiting costs: the shared vectors, and figures that a person can check by hand."""

import json
import math
from dataclasses import replace
from datetime import date

import pytest
from benches import a_project, a_registry
from shared_data import shared

from portfolio.debt import DebtItem, DebtStatus, Wait, break_even, net_present_value
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.project import Estimate, Stage
from portfolio.system import System
from portfolio.waiting import (
    Owed,
    Terms,
    at_least_once,
    counted,
    course,
    loss_within,
    terms_of,
    years_to_repay,
)

HORIZON = Horizon(2027, 10)


def a_debt(code="D1", principal=200_000_00, interest=40_000_00, system="S", **more):
    return DebtItem(code, code, system, Estimate(principal), Estimate(interest), **more)


def alone(debt, on=None, horizon=HORIZON):
    return course([Owed(debt)], horizon, on or Terms())


def vectors(name):
    return json.loads(shared("frameworks", "formula_vectors.json").read_text())[name]


def test_the_shared_vectors_of_present_value():
    for at in vectors("npv"):
        debt = a_debt(
            principal=at["P0"] * 100,
            interest=at["I0"] * 100,
            interest_growth=at["g"],
            principal_growth=at["gamma"],
        )
        found = alone(debt, Terms(at["r"], at["H"]))
        assert found.net_present_values[at["t"]] / 100 == pytest.approx(at["npv"], abs=0.01)


def test_the_shared_vectors_of_a_year_s_wait():
    """They are those of the present values above: P0 200 k$, J1 40 k$, g 10 %, gamma 5 %."""
    found = alone(a_debt(interest_growth=0.1, principal_growth=0.05))
    for at in vectors("deferral"):
        assert found.waits[at["t"]] / 100 == pytest.approx(at["cost"], abs=0.01)


def test_the_shared_vectors_of_the_break_even():
    for at in vectors("breaking_point"):
        debt = a_debt(
            principal=at["P"] * 100, interest=at["I"] * 100, interest_growth=at["g"]
        )
        assert break_even(at["P"], at["I"], at["g"]) == pytest.approx(at["years"], abs=1e-4)
        assert alone(debt).break_even == pytest.approx(at["years"], abs=1e-4)


def test_the_shared_vectors_of_what_happens_at_least_once():
    for at in vectors("at_least_once"):
        assert at_least_once([at["p"]] * at["n"]) == pytest.approx(at["prob"], abs=1e-6)


def test_the_published_check_values():
    """MODEL.md, part 3: NPV now 19 081, in a year -22 465; a year's wait 41 546; 4.25 years."""
    found = alone(a_debt(interest_growth=0.1, principal_growth=0.05))

    now, in_a_year, *_ = found.net_present_values
    assert (round(now / 100), round(in_a_year / 100)) == (19_081, -22_465)
    assert round(found.waits[0] / 100) == 41_546
    assert found.break_even == pytest.approx(4.25, abs=0.005)


@pytest.mark.parametrize("year", range(6))
def test_the_series_gives_what_the_closed_formula_gives(year):
    found = alone(a_debt(interest_growth=-0.2, principal_growth=0.4), Terms(0.07))

    closed = net_present_value(200_000_00, 40_000_00, Wait(-0.2, 0.4, 0.07, 5), year)
    assert found.net_present_values[year] == pytest.approx(closed)


def test_a_step_at_the_end_of_support_shows_in_the_years_and_in_the_break_even():
    """100 k$ owed; a loss of 100 k$ at 10 % a year until 2028, at 40 % afterwards."""
    debt = a_debt(
        principal=100_000_00, interest=0, loss=100_000_00, p_before=0.1, p_after=0.4,
        support_end=date(2028, 6, 30),
    )  # fmt: skip
    found = alone(debt)

    assert found.recurring == (0, 0, 0, 0, 0)
    assert found.contingent == (10_000_00, 10_000_00, 40_000_00, 40_000_00, 40_000_00)
    assert found.break_even == 4  # 10 + 10 + 40 + 40
    assert loss_within(debt, HORIZON, 3) == pytest.approx(1 - 0.9 * 0.9 * 0.6)


def test_a_loss_that_grows_at_the_end_of_support_counts_by_its_later_amount():
    debt = a_debt(
        interest=0, loss=100_000_00, loss_after=300_000_00, p_before=0.1, p_after=0.1,
        support_end=date(2027, 12, 31),
    )  # fmt: skip

    assert alone(debt).contingent[:2] == (10_000_00, 30_000_00)


def test_a_debt_past_its_support_bears_the_later_probability_from_the_first_year():
    debt = a_debt(
        interest=0, loss=100_000_00, p_before=0.1, p_after=0.4, support_end=date(2020, 1, 1)
    )

    assert alone(debt).contingent[0] == 40_000_00


def test_a_debt_without_interest_never_breaks_even():
    assert math.isinf(alone(a_debt(interest=0)).break_even)
    assert math.isinf(years_to_repay(100, [60, 30, 0, 0, 0]))


def test_nothing_owed_is_repaid_at_once():
    found = course([], HORIZON, Terms(years=2))

    assert found.break_even == 0
    assert (found.principal, found.interest, found.waits) == ((0, 0, 0), (0, 0), (0, 0))


def test_waiting_pays_when_the_discount_is_worth_more_than_the_interest():
    assert alone(a_debt(interest=1_00)).waits[0] < 0


def test_figures_of_debts_together_are_the_sums_of_those_apart():
    debts = [a_debt("D1", interest_growth=0.1), a_debt("D2", 50_000_00, principal_growth=0.3)]
    whole = course([Owed(d) for d in debts], HORIZON, Terms())
    parts = [alone(d) for d in debts]

    for name in ("principal", "interest", "net_present_values", "waits"):
        sums = map(sum, zip(*(getattr(part, name) for part in parts), strict=True))
        assert getattr(whole, name) == pytest.approx(tuple(sums))


def test_interest_given_from_outside_is_paid_by_year_and_goes_on_after_the_horizon():
    debt = a_debt(interest_given=(100, 200, 300, 400))

    found = alone(debt, Terms(years=4), Horizon(2027, 4, per_year=2))

    assert found.recurring == (300, 700, 700, 700)


def of_a_system(*debts, figure=None, **more):
    systems = (System("S", "Système", interest_figure=figure, **more),)
    return counted(a_registry(debts=debts, systems=systems))


def test_what_the_architect_set_for_a_system_stands_for_the_sum_of_its_first_year():
    first = a_debt("D1", interest=30_000_00, interest_growth=0.1)
    debts = (first, a_debt("D2", interest=70_000_00))
    scaled = of_a_system(*debts, figure=50_000_00)

    assert [owed.by for owed in scaled] == [0.5, 0.5]
    assert course(scaled, HORIZON, Terms()).interest[:2] == (50_000_00, 35_000_00 + 16_500_00)


def test_a_figure_of_items_that_cost_nothing_is_borne_in_proportion_to_their_principal():
    debts = (a_debt("D1", 100_000_00, 0), a_debt("D2", 300_000_00, 0))
    scaled = of_a_system(*debts, figure=40_000_00)

    assert [owed.added for owed in scaled] == [10_000_00, 30_000_00]
    assert course(scaled, HORIZON, Terms()).interest[0] == 40_000_00


def test_a_figure_of_zero_means_that_the_debts_cost_nothing():
    assert course(of_a_system(a_debt(), figure=0), HORIZON, Terms()).interest[0] == 0


def test_what_no_longer_counts_is_left_out():
    gone = replace(a_debt("D2"), status=DebtStatus.RETIRED)

    assert [owed.debt.code for owed in of_a_system(a_debt("D1"), gone)] == ["D1"]


def test_the_cycle_s_own_rate_goes_before_the_usual_one():
    cycle = a_registry().cycle

    assert terms_of(cycle) == Terms(0.035, 5)
    assert terms_of(replace(cycle, discount=0.02)) == Terms(0.02, 5)


@pytest.mark.parametrize("wrong", [{"years": 0}, {"years": 31}, {"discount": -0.01},
                                   {"discount": 0.6}])
def test_terms_that_make_no_sense_are_refused(wrong):
    with pytest.raises(Invalid, match="out-of-range"):
        Terms(**wrong)


def test_a_debt_that_a_project_would_create_counts_once_the_project_is_approved():
    made = a_debt("MADE", created_by="P1")
    for stage, codes in ((Stage.ADMISSIBLE, ["D1"]), (Stage.APPROVED, ["D1", "MADE"])):
        registry = a_registry(a_project("P1", stage=stage), debts=(a_debt("D1"), made))

        assert [owed.debt.code for owed in counted(registry)] == codes

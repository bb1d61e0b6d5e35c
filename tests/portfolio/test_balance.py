"""The balance of the debt by fiscal year, in amounts that a person can add up."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from benches import a_registry

from portfolio.balance import PARTS, State, Year, by_year, closed, expected, open_year, years_after
from portfolio.debt import DebtItem, DebtStatus
from portfolio.horizon import Horizon
from portfolio.project import Estimate
from portfolio.system import System
from portfolio.year_end import ItemYear, SystemYear, YearEnd

SYSTEMS = (System("A", "Alpha"), System("B", "Bêta"))


def a_debt(code="D1", principal=100_00, interest=10_00, system="A", **more):
    return DebtItem(code, code, system, Estimate(principal), Estimate(interest), **more)


def of(*debts, systems=SYSTEMS):
    return a_registry(debts=debts, systems=systems)


def parts(year, system="A"):
    found = year.of(system)
    return tuple(getattr(found, p) for p in ("opening", "logged", "grown", "estimated", "retired"))


def after(*debts, year=2026):
    """The year before, as these debts left it."""
    return closed(_end(open_year(of(*debts), year, None)))


def _end(year):
    return YearEnd(year.year, date(year.year + 1, 1, 15), "archi", year.systems, year.items)


def test_the_first_year_tells_what_was_there_what_was_logged_and_what_was_retired():
    year = open_year(
        of(
            a_debt("OLD", 100_00),
            a_debt("OLDER", 10_00, logged_on=date(2020, 5, 1)),
            a_debt("NEW", 40_00, logged_on=date(2026, 2, 1)),
            a_debt("PAID", 30_00, status=DebtStatus.RETIRED, closed_on=date(2026, 6, 1)),
        ),
        2026,
        None,
    )

    assert parts(year) == (140_00, 40_00, 0, 0, 30_00)
    assert year.whole("closing") == 150_00


def test_growth_counts_from_the_first_closed_year_on():
    debt = a_debt(principal=100_00, principal_growth=0.05)
    before = after(debt)

    year = open_year(of(debt), 2027, before)

    assert before.whole("grown") == 0
    assert parts(year) == (100_00, 0, 5_00, 0, 0)
    assert year.whole("closing") == 105_00


def test_growth_compounds_while_the_estimate_stands():
    debt = a_debt(principal=100_00, principal_growth=0.05)
    first = open_year(of(debt), 2027, after(debt))

    second = open_year(of(debt), 2028, first)

    assert parts(second) == (105_00, 0, 5_25, 0, 0)


def test_a_new_estimate_is_told_apart_from_growth():
    debt = a_debt(principal=100_00, principal_growth=0.05)

    year = open_year(of(replace(debt, principal=Estimate(130_00))), 2027, after(debt))

    assert parts(year) == (100_00, 0, 5_00, 25_00, 0)
    assert year.whole("closing") == 130_00


def test_what_is_retired_is_what_was_owed_when_the_year_began():
    debt = a_debt(principal=100_00, principal_growth=0.05)
    gone = replace(debt, status=DebtStatus.RETIRED, closed_on=date(2027, 3, 1))

    year = open_year(of(gone), 2027, after(debt))

    assert parts(year) == (100_00, 0, 0, 0, 100_00)
    assert year.items == ()


@pytest.mark.parametrize("status", [DebtStatus.FALSE_POSITIVE, DebtStatus.DUPLICATE])
def test_what_was_never_owed_is_re_estimated_not_repaid(status):
    debt = a_debt()
    found_false = replace(debt, status=status, closed_on=date(2027, 3, 1))

    year = open_year(of(found_false), 2027, after(debt))

    assert parts(year) == (100_00, 0, 0, -100_00, 0)


def test_an_item_removed_from_the_register_is_re_estimated_to_nothing():
    year = open_year(of(), 2027, after(a_debt()))

    assert parts(year) == (100_00, 0, 0, -100_00, 0)
    assert year.whole("closing") == 0


def test_an_item_that_moves_to_another_system_moves_as_a_re_estimation():
    debt = a_debt(principal=100_00)

    year = open_year(of(replace(debt, system="B")), 2027, after(debt))

    assert parts(year, "A") == (100_00, 0, 0, -100_00, 0)
    assert parts(year, "B") == (0, 0, 0, 100_00, 0)
    assert year.whole("estimated") == 0


def test_an_old_debt_found_late_is_logged_in_the_year_it_is_found():
    late = a_debt("LATE", 70_00, logged_on=date(2024, 1, 1))

    assert parts(open_year(of(late), 2027, after())) == (0, 70_00, 0, 0, 0)


def test_what_is_logged_and_retired_in_one_year_is_told_on_both_sides():
    quick = a_debt(
        "Q", 20_00, logged_on=date(2027, 1, 5), status=DebtStatus.RETIRED,
        closed_on=date(2027, 9, 1),
    )  # fmt: skip

    assert parts(open_year(of(quick), 2027, after())) == (0, 20_00, 0, 0, 20_00)


def test_a_year_closed_in_the_next_one_leaves_out_what_happened_since():
    since = a_debt("SINCE", logged_on=date(2027, 1, 3))
    paid = a_debt("PAID", 30_00, status=DebtStatus.RETIRED, closed_on=date(2027, 1, 4))

    year = open_year(of(since, paid), 2026, None)

    assert [item.debt for item in year.items] == ["PAID"]
    assert year.whole("closing") == 30_00


def test_accepted_debt_is_part_of_what_is_owed():
    year = open_year(of(a_debt("D1"), a_debt("D2", 40_00, status=DebtStatus.ACCEPTED)), 2026, None)

    assert (year.whole("closing"), year.whole("accepted")) == (140_00, 40_00)


def test_interest_is_that_of_the_year_that_follows_and_keeps_the_architect_s_figure():
    systems = (System("A", "Alpha", interest_figure=6_00),)
    debts = (a_debt("D1", interest=10_00), a_debt("D2", interest=20_00))

    year = open_year(of(*debts, systems=systems), 2026, None)

    assert [item.interest for item in year.items] == [2_00, 4_00]
    assert year.of("A").interest == 6_00


def test_every_year_s_closing_is_the_sum_of_its_parts_and_the_next_one_s_opening():
    debts = [a_debt(f"D{n}", 101 + 7 * n, 3, principal_growth=0.013 * n) for n in range(20)]
    registry = of(*debts)
    years = [open_year(registry, 2026, None)]
    for year in (2027, 2028):
        years.append(open_year(registry, year, years[-1]))
    years += expected(registry, years[-1], {"D3": (0.4,) * 9, "D5": (0.0, *(1.0,) * 8)})

    for year in years:
        opening, logged, grown, estimated, retired = (
            year.whole(p) for p in ("opening", "logged", "grown", "estimated", "retired")
        )
        assert year.whole("closing") == opening + logged + grown + estimated - retired
        assert year.whole("closing") == sum(item.principal for item in year.items)
    for before, then in pairwise(years):
        assert then.whole("opening") == before.whole("closing")
        assert then.whole("estimated") == 0


def test_a_closed_year_is_what_was_kept_whatever_is_edited():
    end = YearEnd(
        2020, date(2021, 1, 9), "archi", (SystemYear("A", 1, 2, 3, 4, 5, 5, 1, 7),),
        (ItemYear("D1", 5, 7),),
    )  # fmt: skip

    year = closed(end)

    assert [year.whole(part) for part in PARTS] == [1, 2, 3, 4, 5, 5, 1, 7]
    assert year.state is State.CLOSED
    assert year.of("B") is None


def test_without_a_project_the_debt_grows_at_its_own_rate():
    """Horizon 2027-2028; 100 $ at 10 %."""
    registry = of(a_debt(principal_growth=0.1, interest_growth=0.2))

    years = expected(registry, open_year(registry, 2026, None), {})

    assert [(y.year, y.whole("closing")) for y in years] == [(2027, 110_00), (2028, 121_00)]
    assert [y.whole("interest") for y in years] == [12_00, 14_40]
    assert {y.state for y in years} == {State.EXPECTED}


def test_what_a_plan_retires_leaves_at_the_price_of_that_year():
    """A quarter at the end of 2027, all of it at the end of 2028."""
    registry = of(a_debt(principal_growth=0.1))

    first, second = expected(registry, open_year(registry, 2026, None), {"D1": (0.25, 1.0)})

    assert parts(first) == (100_00, 0, 10_00, 0, 27_50)
    assert first.whole("closing") == 82_50
    assert first.whole("interest") == 7_50
    assert parts(second) == (82_50, 0, 8_25, 0, 90_75)
    assert (second.whole("closing"), second.whole("interest")) == (0, 0)


def test_shares_by_period_are_told_by_the_end_of_the_years_that_follow():
    quarters = Horizon(2027, 8, per_year=4)

    assert list(years_after(quarters, 2025)) == [2026, 2027, 2028]
    assert by_year((0, 0, 0, 0.5, 0.5, 0.5, 0.5, 1), quarters, 2025) == (0, 0.5, 1)
    assert by_year((), quarters, 2025) == (0, 0, 0)
    assert by_year((0.5, 1.0), Horizon(2027, 2), 2027) == (1.0,)


def test_a_year_without_any_system_is_nothing():
    assert open_year(of(), 2026, None) == Year(2026, State.OPEN, (), ())


def test_a_debt_that_the_plan_creates_is_logged_when_it_is_made():
    """Made at the end of 2027 at 110 $, half of it repaid at the end of 2028 at 121 $."""
    made = a_debt("MADE", created_by="P1", principal_growth=0.1)
    registry = of(a_debt("D1", 50_00), made)
    now = open_year(registry, 2026, None)

    first, second = expected(registry, now, {"MADE": (0.0, 0.5)}, {"MADE": (1.0, 1.0)})

    assert now.whole("closing") == 50_00
    assert parts(first) == (50_00, 110_00, 0, 0, 0)
    assert parts(second) == (160_00, 0, 11_00, 0, 60_50)


def test_a_debt_that_no_plan_creates_is_never_owed():
    registry = of(a_debt("MADE", created_by="P1"))

    assert [y.whole("closing") for y in expected(registry, open_year(registry, 2026, None))] == [
        0, 0,
    ]  # fmt: skip

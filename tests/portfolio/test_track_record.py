"""What promises and forecasts were worth, worked out by hand on a few projects."""

from datetime import date

import pytest

from portfolio.debt import DebtItem, DebtStatus
from portfolio.project import Estimate, Stage
from portfolio.promise import Promise, PromisedDebt, StatusReport
from portfolio.track_record import DebtTotals, Sample, debt_totals, debts_kept, track_record
from portfolio.tracking import standing

START, END = date(2027, 1, 1), date(2027, 12, 31)
ON = date(2028, 3, 31)


def followed(code, *reports, stage=Stage.APPROVED, debts=(), cost=100_00):
    """A project promised for 2027; reports as (day, facts)."""
    promise = Promise(code, 1, date(2026, 12, 1), START, END, cost=cost, debts=debts)
    said = (StatusReport(code, on, "anne", "", **facts) for on, facts in reports)
    return standing((promise,), said, ON, stage)


def test_first_forecasts_are_set_against_outcomes_and_each_move_is_counted():
    """A: begun 11 Jan (10 days), forecast 31 Dec, then 31 Mar (91 days), delivered 1 Mar (-30).

    So its moves are +91 and -30; it was delivered 61 days after the first forecast, for 120 $ where
    the first forecast said 100 $: 20 % more. B: not begun: its start is 455 days late, and so is
    its end. C was terminated. Medians: slip of (61, 455) = 258; moves of (91, -30) = 30.5.
    """
    jan = {"started": date(2027, 1, 11)}
    a = followed(
        "A",
        (date(2027, 3, 31), jan | {"forecast_end": END, "forecast_cost": 100_00}),
        (date(2027, 6, 30), jan | {"forecast_end": date(2028, 3, 31)}),
        (date(2028, 3, 31), jan | {"ended": date(2028, 3, 1), "forecast_cost": 120_00}),
    )

    found = track_record("SIM", (a, followed("B"), followed("C", stage=Stage.TERMINATED)))

    assert (found.projects, found.due, found.on_time, found.on_time_share) == (2, 2, 1, 0.5)
    assert found.slip == Sample(258, 2)
    assert found.growth == Sample(pytest.approx(0.2), 1)
    assert (found.moves, found.later) == (Sample(30.5, 2), 1)
    assert found.end_missed == Sample(61, 1)
    assert found.cost_missed == Sample(pytest.approx(0.2), 1)
    assert found.slip.is_small


def test_a_service_of_which_nothing_is_known_has_no_median():
    found = track_record("SIM", ())

    assert (found.projects, found.on_time_share, found.slip) == (0, None, Sample(None, 0))


def an_item(code, principal=100_00, status=DebtStatus.OPEN):
    return DebtItem(code, f"Dette {code}", "S1", Estimate(principal), Estimate(1), status=status)


def test_the_register_tells_what_was_retired_of_what_was_promised():
    """D1 is retired. D2 was worth 100 $: two halves were promised, it still is worth 70 $, so the
    first promise kept 30 $ of its 50 $ and the second none. D3 stays whole. D4 was no debt.
    """
    done = (ON, {"started": START, "ended": END})
    register = {item.code: item for item in (
        an_item("D1", 60_00, DebtStatus.RETIRED), an_item("D2", 70_00), an_item("D3"),
        an_item("D4", status=DebtStatus.FALSE_POSITIVE),
    )}
    half = PromisedDebt("D2", 0.5, 50_00)
    a = followed("A", done, debts=(PromisedDebt("D1", 1.0, 60_00), half))
    b = followed("B", done, debts=(half, PromisedDebt("D3", 1.0, 100_00)))
    c = followed("C", debts=(PromisedDebt("D4", 1.0, 5_00), PromisedDebt("D9", 1.0)))

    found = debts_kept((a, b, c), register)

    assert [(d.project, d.debt, d.promised, d.retired) for d in found] == [
        ("A", "D1", 60_00, 60_00), ("A", "D2", 50_00, 30_00), ("B", "D2", 50_00, 0),
        ("B", "D3", 100_00, 0), ("C", "D4", 5_00, 0), ("C", "D9", None, None),
    ]
    assert [d.is_retired for d in found] == [True, False, False, False, False, False]
    assert [d.is_late(ON) for d in found] == [False, True, True, True, False, False]
    assert not found[3].is_late(END)
    assert debt_totals(found, ON) == DebtTotals(4, 1, 0, 260_00, 90_00, 260_00, 3)
    assert debt_totals(found, END).due == 0

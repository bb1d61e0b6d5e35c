"""What was promised beside what is reported: each figure is worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portfolio.horizon import Horizon
from portfolio.project import Stage
from portfolio.promise import Promise, StatusReport
from portfolio.tracking import Health, Progress, awaited, grade, quarter_end, standing

MADE = date(2026, 12, 1)
PROMISED = Promise("P1", 1, MADE, date(2027, 1, 1), date(2027, 12, 31), "base", 1_000_000_00)


def told(on, **said):
    return StatusReport("P1", on, "anne", f"{on}T12:00:00+00:00", **said)


def on_day(on, *reports, promises=(PROMISED,), stage=Stage.APPROVED):
    return standing(promises, reports, on, stage)


def test_a_worked_example():
    """Promised for 2027 at 1,000,000 $; begun 15 Feb, forecast for 31 Jan 2028 at 1,120,000 $.

    Start: 15 Feb is 45 days after 1 Jan. End: 31 Jan 2028 is 31 days after 31 Dec 2027. Cost:
    (1,120,000 - 1,000,000) / 1,000,000 = 12 %. Left: 1,120,000 - 200,000 spent = 920,000 $, and
    306 days from 31 Mar 2027 to 31 Jan 2028. To watch, by both: 31 days >= 30 and 12 % >= 10 %.
    """
    found = on_day(
        date(2027, 3, 31),
        told(date(2027, 3, 31), started=date(2027, 2, 15), forecast_end=date(2028, 1, 31),
             forecast_cost=1_120_000_00, spent=200_000_00),
    )

    assert (found.first.start, found.first.end) == (45, 31)
    assert found.first.cost == pytest.approx(0.12)
    assert (found.slip, found.money_left, found.days_left) == (31, 920_000_00, 306)
    assert (found.progress, found.health) == (Progress.UNDER_WAY, Health.TO_WATCH)


@pytest.mark.parametrize(
    ("days", "cost", "health"),
    [
        (29, 0.099, Health.ON_TRACK), (-200, -0.5, Health.ON_TRACK), (0, None, Health.ON_TRACK),
        (30, 0.0, Health.TO_WATCH), (0, 0.10, Health.TO_WATCH), (89, 0.249, Health.TO_WATCH),
        (90, None, Health.OFF_TRACK), (0, 0.25, Health.OFF_TRACK), (30, 0.3, Health.OFF_TRACK),
    ],
)
def test_the_health_is_the_worst_of_days_and_cost(days, cost, health):
    assert grade(days, cost) is health


def test_a_promised_start_that_has_passed_without_a_start_is_today():
    before, after = on_day(date(2026, 12, 31)), on_day(date(2027, 4, 11))

    assert (before.progress, before.idle, before.health) == (Progress.AHEAD, 0, Health.ON_TRACK)
    assert (after.progress, after.idle, after.slip) == (Progress.NOT_STARTED, 100, 100)
    assert after.start == date(2027, 4, 11)
    assert after.end == date(2027, 12, 31) + timedelta(days=100)  # it lasts as long as promised
    assert after.health is Health.OFF_TRACK


def test_a_forecast_end_that_has_passed_without_a_delivery_is_today():
    said = told(date(2027, 12, 1), started=date(2027, 1, 1), forecast_end=date(2027, 12, 15))

    assert on_day(date(2027, 12, 10), said).first.end == -16
    assert on_day(date(2028, 1, 10), said).end == date(2028, 1, 10)
    assert on_day(date(2028, 1, 10), said).first.end == 10


def test_a_delivery_ends_the_count():
    said = told(date(2027, 12, 1), started=date(2027, 1, 1), ended=date(2027, 11, 30),
                spent=900_000_00, forecast_cost=900_000_00)
    found = on_day(date(2030, 1, 1), said)

    assert (found.progress, found.slip, found.days_left) == (Progress.DELIVERED, -31, 0)
    assert not found.is_stale
    assert found.first.cost == pytest.approx(-0.1)


def test_a_report_older_than_a_quarter_is_stale_and_tells_nothing_good_any_more():
    said = told(date(2027, 3, 31), started=date(2027, 1, 4), forecast_end=date(2027, 12, 31))
    fresh, stale = on_day(date(2027, 7, 1), said), on_day(date(2027, 7, 2), said)

    assert (fresh.is_stale, fresh.health) == (False, Health.ON_TRACK)
    assert (stale.is_stale, stale.health) == (True, Health.NOT_KNOWN)
    assert stale.report is said


def test_a_stale_report_keeps_what_is_bad():
    said = told(date(2027, 3, 31), started=date(2027, 1, 4), forecast_cost=1_300_000_00)

    assert on_day(date(2027, 9, 1), said).health is Health.OFF_TRACK


def test_what_a_report_leaves_out_stands_as_it_was_last_said():
    first = told(date(2027, 3, 31), started=date(2027, 1, 4), forecast_cost=1_100_000_00,
                 forecast_end=date(2028, 2, 29), spent=100_00)
    found = on_day(date(2027, 6, 30), first, told(date(2027, 6, 30), started=date(2027, 1, 4)))

    assert (found.cost, found.spent, found.end) == (1_100_000_00, 100_00, date(2028, 2, 29))


def test_a_report_made_later_is_not_known_yet():
    said = told(date(2027, 6, 30), started=date(2027, 1, 4))

    assert on_day(date(2027, 3, 31), said).report is None


def test_money_already_spent_is_expected():
    said = told(date(2027, 6, 30), started=date(2027, 1, 4), forecast_cost=1_000_000_00,
                spent=1_150_000_00)

    assert on_day(date(2027, 6, 30), said).first.cost == pytest.approx(0.15)
    silent = on_day(date(2027, 6, 30), replace(said, forecast_cost=None))
    assert silent.first.cost == pytest.approx(0.15)
    assert on_day(date(2027, 6, 30), replace(said, forecast_cost=None, spent=5)).cost is None


def test_a_promise_without_a_cost_has_no_cost_variance():
    said = told(date(2027, 3, 31), started=date(2027, 1, 4), forecast_cost=5_00)
    found = on_day(date(2027, 3, 31), said, promises=(replace(PROMISED, cost=None),))

    assert (found.first.cost, found.health) == (None, Health.ON_TRACK)


def test_a_later_promise_stands_beside_the_first_which_stays_the_reference():
    """Decided again on 1 Jul 2027: to start 1 Jan 2028 and end 31 Dec 2028, for 1,200,000 $."""
    again = Promise("P1", 2, date(2027, 7, 1), date(2028, 1, 1), date(2028, 12, 31), "base",
                    1_200_000_00)
    early = told(date(2027, 6, 30), forecast_end=date(2028, 6, 30), forecast_cost=900_000_00)
    found = on_day(date(2027, 7, 15), early, promises=(again, PROMISED))

    assert found.is_moved
    assert found.promise is PROMISED
    assert (found.first.start, found.first.end) == (365, 366)  # 2028 is a leap year
    assert found.first.cost == pytest.approx(0.2)
    assert (found.newest.start, found.newest.end, found.newest.cost) == (0, 0, 0.0)
    assert (found.progress, found.health) == (Progress.AHEAD, Health.OFF_TRACK)


def test_a_paused_project_still_slips_and_a_terminated_one_has_no_health():
    on = date(2027, 5, 1)
    paused, ended = (on_day(on, stage=s) for s in (Stage.PAUSED, Stage.TERMINATED))

    assert (paused.progress, paused.slip, paused.is_stale) == (Progress.PAUSED, 120, False)
    assert paused.health is Health.OFF_TRACK
    assert (ended.progress, ended.health, ended.idle) == (Progress.TERMINATED, None, 0)


@pytest.mark.parametrize(
    ("horizon", "label", "first", "last"),
    [
        (Horizon(2027, 10), "2028", date(2028, 1, 1), date(2028, 12, 31)),
        (Horizon(2027, 8, 4), "2027-4", date(2027, 10, 1), date(2027, 12, 31)),
        (Horizon(2027, 24, 12), "2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        (Horizon(2027, 1), "2030", date(2030, 1, 1), date(2030, 12, 31)),
    ],
)
def test_a_fiscal_period_has_its_days(horizon, label, first, last):
    at = horizon.period(label)

    assert (horizon.first_day(at), horizon.last_day(at)) == (first, last)


@pytest.mark.parametrize(
    ("on", "ended"),
    [
        (date(2027, 3, 31), date(2027, 3, 31)), (date(2027, 4, 1), date(2027, 3, 31)),
        (date(2027, 3, 30), date(2026, 12, 31)), (date(2027, 12, 31), date(2027, 12, 31)),
        (date(2028, 1, 1), date(2027, 12, 31)), (date(2028, 7, 15), date(2028, 6, 30)),
    ],
)
def test_a_quarter_has_its_last_day(on, ended):
    assert quarter_end(on) == ended


def test_a_report_is_awaited_at_each_end_of_a_quarter_from_the_promised_start_on():
    early, begun = date(2026, 12, 31), {"started": date(2027, 1, 4)}

    assert awaited(on_day(early)) is None  # its start is tomorrow
    assert awaited(on_day(early, told(early, started=early))) is None  # it has told
    assert awaited(on_day(date(2027, 3, 30))) is None
    assert awaited(on_day(date(2027, 4, 2))) == date(2027, 3, 31)
    assert awaited(on_day(date(2027, 4, 2), told(date(2027, 4, 1), **begun))) is None
    assert awaited(on_day(date(2027, 7, 1), told(date(2027, 4, 1), **begun))) == date(2027, 6, 30)
    done = told(date(2027, 4, 1), ended=date(2027, 3, 1), **begun)
    assert awaited(on_day(date(2027, 7, 1), done)) is None
    assert awaited(on_day(date(2027, 7, 1), stage=Stage.PAUSED)) is None

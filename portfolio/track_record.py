"""What promises and forecasts were worth: by service, against outcomes; and of the debt.

A median says nothing of few projects: every figure here comes with its count, and is said to be of
a small sample below ``FEW``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from portfolio.debt import DebtItem, DebtStatus
from portfolio.promise import PromisedDebt, StatusReport
from portfolio.tracking import WATCH_DAYS, Progress, Standing

FEW = 5  # cases below which a figure tells little


@dataclass(frozen=True, slots=True)
class Sample:
    """The median of so many cases; None without any."""

    median: float | None
    count: int

    @property
    def is_small(self) -> bool:
        return self.count < FEW


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """What the promises and forecasts of one service were worth.

    projects       approved, terminated ones left out
    due, on_time   those whose promised start has come; of these, those begun within WATCH_DAYS
    slip           days of delivery against the first promise, as expected now
    growth         cost against the first promise, as expected now: a share
    moves          days by which a report moved the delivery forecast by the report before it
    later          how many of those moves were to a later day
    end_missed     delivered: days from the first forecast to the delivery
    cost_missed    delivered: final cost against the first forecast of it, a share
    """

    service: str
    projects: int
    due: int
    on_time: int
    slip: Sample
    growth: Sample
    moves: Sample
    later: int
    end_missed: Sample
    cost_missed: Sample

    @property
    def on_time_share(self) -> float | None:
        """None when no promised start has come."""
        return self.on_time / self.due if self.due else None


def track_record(service: str, standings: Iterable[Standing]) -> TrackRecord:
    """The record of those projects, which are all the service's."""
    held = [one for one in standings if one.progress is not Progress.TERMINATED]
    due = [one for one in held if one.promise.start <= one.on]
    moves = [move for one in held for move in _moves(one.reports)]
    return TrackRecord(
        service,
        len(held),
        len(due),
        sum(one.first.start < WATCH_DAYS and _has_begun(one) for one in due),
        sample(one.first.end for one in held),
        sample(one.first.cost for one in held),
        sample(moves),
        sum(move > 0 for move in moves),
        sample(map(_end_missed, held)),
        sample(map(_cost_missed, held)),
    )


def sample(figures: Iterable[float | None]) -> Sample:
    """The median of those that are known."""
    known = [figure for figure in figures if figure is not None]
    return Sample(median(known) if known else None, len(known))


def _has_begun(one: Standing) -> bool:
    return one.report is not None and one.report.started is not None


def _moves(reports: Sequence[StatusReport]) -> Iterator[int]:
    """From each forecast of the delivery to the next; the delivery itself is the last one."""
    said = [r.ended or r.forecast_end for r in reports]
    days = [day for day in said if day is not None]
    return ((after - before).days for before, after in pairwise(days))


def _end_missed(one: Standing) -> float | None:
    ended = one.report.ended if one.report else None
    first = next((r.forecast_end for r in one.reports if r.forecast_end is not None), None)
    return None if ended is None or first is None else (ended - first).days


def _cost_missed(one: Standing) -> float | None:
    """Nothing when the only cost ever said is the final one."""
    if one.progress is not Progress.DELIVERED or one.cost is None:
        return None
    first = next((r.forecast_cost for r in one.reports[:-1] if r.forecast_cost), None)
    return None if first is None else (one.cost - first) / first


@dataclass(frozen=True, slots=True)
class DebtKept:
    """One debt that a project promised to retire, and what the register says became of it.

    promised, retired   cents; None = nobody priced the item when it was promised
    due        the last day of the promise
    is_retired the whole promise is kept
    is_void    the item turned out to be no debt, or left the register
    """

    project: str
    debt: str
    title: str
    share: float
    promised: int | None
    retired: int | None
    due: date
    is_retired: bool
    is_void: bool

    def is_late(self, on: date) -> bool:
        """Whether the day has passed, and the register still shows the debt."""
        return on > self.due and not (self.is_retired or self.is_void)


@dataclass(frozen=True, slots=True)
class DebtTotals:
    """What was promised of the debt, and what was retired, in items and in cents.

    Items that turned out to be no debt are left out.
    unpriced   items that nobody had priced when they were promised: they are in no amount
    due        cents promised for a day that has passed
    late       items promised for a day that has passed, and that the register still shows
    """

    items: int
    retired_items: int
    unpriced: int
    promised: int
    retired: int
    due: int
    late: int


def debt_totals(debts: Iterable[DebtKept], on: date) -> DebtTotals:
    """The totals on that day."""
    held = [one for one in debts if not one.is_void]
    return DebtTotals(
        len(held),
        sum(one.is_retired for one in held),
        sum(one.promised is None for one in held),
        sum(one.promised or 0 for one in held),
        sum(one.retired or 0 for one in held),
        sum(one.promised or 0 for one in held if one.due < on),
        sum(one.is_late(on) for one in held),
    )


def debts_kept(
    standings: Iterable[Standing], register: Mapping[str, DebtItem]
) -> tuple[DebtKept, ...]:
    """Every debt promised, in order.

    An item that the register shows as retired keeps every promise made of it. Where a part of it
    was promised, and its project is delivered, what its principal has lost since the promise is
    what was retired: once only, in the order of the promises, where several claim it.
    """
    left: dict[str, int] = {}
    return tuple(
        _kept(one, promise, register.get(promise.debt), left)
        for one in standings for promise in one.promise.debts
    )


def _kept(
    one: Standing, promise: PromisedDebt, item: DebtItem | None, left: dict[str, int]
) -> DebtKept:
    is_void = item is None or item.status in (DebtStatus.FALSE_POSITIVE, DebtStatus.DUPLICATE)
    is_whole = item is not None and item.status is DebtStatus.RETIRED
    retired = None if promise.principal is None else 0
    if promise.principal is not None and is_whole:
        retired = promise.principal
    elif promise.principal is not None and item is not None and not is_void:
        retired = _part(one, promise, promise.principal, item, left)
    is_kept = is_whole or bool(retired and retired == promise.principal)
    return DebtKept(
        one.project, promise.debt, item.title if item else "", promise.share, promise.principal,
        retired, one.promise.end, is_kept, is_void,
    )


def _part(
    one: Standing, promise: PromisedDebt, promised: int, item: DebtItem, left: dict[str, int]
) -> int:
    """Cents of a part of an item that stays, once the project is delivered."""
    if one.progress is not Progress.DELIVERED or not 0 < promise.share < 1:
        return 0
    lost = max(0, round(promised / promise.share) - item.principal.likely)
    retired = min(promised, left.setdefault(item.code, lost))
    left[item.code] -= retired
    return retired

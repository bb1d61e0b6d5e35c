"""What was promised beside what is reported since: variances, computed health, what is late.

Nobody declares a health: it follows from facts, and from the day on which one looks.

    cost variance       (expected cost - promised cost) / promised cost
    schedule variance   days from the promised day to the expected one; positive = late

The promise of reference is the first one: deciding again does not erase it. Silence never makes a
project look better, by the rules of today's date: a promised start that has passed without a start
is expected today at the earliest, and so is an end that has passed without a delivery; money
already spent is expected; and a report older than a quarter tells nothing good any more.

Sources: cost and schedule variance as those of a baseline (ANSI/EIA-748, estimate at completion
against budget at completion); the bands of days, less than 30, less than 90 and beyond, are those
of the United States' federal IT Dashboard, computed and never declared (GAO-10-701, 2010). The
bands of cost are the house's: a tenth is within what an estimate can tell, a quarter is not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portfolio.project import Stage
from portfolio.promise import Promise, StatusReport

WATCH_COST, OFF_COST = 0.10, 0.25  # of the promised cost: from there to watch, off track
WATCH_DAYS, OFF_DAYS = 30, 90  # late: from there to watch, off track
QUARTER = timedelta(days=92)  # the longest quarter: an older report is stale


class Progress(StrEnum):
    """How far a project has come."""

    AHEAD = "a-venir"  # its promised start has not come
    NOT_STARTED = "non-demarre"  # it has, and nothing began: prioritised, but not started
    UNDER_WAY = "en-cours"
    DELIVERED = "livre"
    PAUSED = "suspendu"
    TERMINATED = "arrete"


class Health(StrEnum):
    """The worst of what cost and schedule say, the best first."""

    ON_TRACK = "en-voie"
    TO_WATCH = "a-surveiller"
    OFF_TRACK = "en-difficulte"
    NOT_KNOWN = "inconnue"


SILENT = frozenset({Progress.DELIVERED, Progress.PAUSED, Progress.TERMINATED})  # nothing is due
GRADES = (Health.ON_TRACK, Health.TO_WATCH, Health.OFF_TRACK)


@dataclass(frozen=True, slots=True)
class Variance:
    """What is expected, less what one promise says.

    start, end   days; positive = late, negative = early
    cost         share of the promised cost; None = one of the two is not known
    """

    start: int
    end: int
    cost: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One project on a day, in what is known on that day.

    promises    the first is the reference; another one than the first is shown beside
    reports     in order, none after the day
    start, end  the day it began or was delivered, else the day that is to be expected
    cost        cents it is expected to cost in all; None = nobody said
    spent       cents; None = nobody said
    is_stale    what is known of it is older than a quarter, and more is due
    first, newest   what is expected, against the first promise and against the newest
    health      None = it was terminated, and nothing more is to come of it
    """

    project: str
    on: date
    promises: tuple[Promise, ...]
    reports: tuple[StatusReport, ...]
    progress: Progress
    start: date
    end: date
    cost: int | None
    spent: int | None
    is_stale: bool
    first: Variance
    newest: Variance
    health: Health | None

    @property
    def promise(self) -> Promise:
        """The one of reference."""
        return self.promises[0]

    @property
    def report(self) -> StatusReport | None:
        """The newest; None = none was ever made."""
        return self.reports[-1] if self.reports else None

    @property
    def slip(self) -> int:
        """Days late: of the delivery, or of the start where that is worse and nothing began."""
        return _slip(self.first, _has_begun(self.report))

    @property
    def idle(self) -> int:
        """Days since the promised start, for what is prioritised but not started; else 0."""
        return self.first.start if self.progress is Progress.NOT_STARTED else 0

    @property
    def is_moved(self) -> bool:
        """Whether a later decision promised something else."""
        first, last = self.promises[0], self.promises[-1]
        return (first.start, first.end, first.cost) != (last.start, last.end, last.cost)

    @property
    def days_left(self) -> int:
        """Days until the expected delivery; 0 once it is delivered."""
        return 0 if self.progress is Progress.DELIVERED else (self.end - self.on).days

    @property
    def money_left(self) -> int | None:
        """Cents still to be spent; None where cost or spending is not known."""
        return None if self.cost is None or self.spent is None else self.cost - self.spent


def standing(
    promises: Sequence[Promise],
    reports: Iterable[StatusReport],
    on: date,
    stage: Stage = Stage.APPROVED,
) -> Standing:
    """Where the project stands on that day.

    promises   of one project, at least one; those made later are not known yet
    stage      tells whether it was paused or terminated
    """
    in_order = sorted(promises, key=lambda one: one.number)
    promised = (in_order[0], *(one for one in in_order[1:] if one.made_on <= on))
    said = tuple(sorted((r for r in reports if r.on <= on), key=lambda one: one.on))
    newest, last = promised[-1], said[-1] if said else None
    progress = _progress(newest, last, on, stage)
    start = _start(newest, last, on)
    end = _end(newest, said, start, on)
    spent = next((r.spent for r in reversed(said) if r.spent is not None), None)
    cost = _cost(promised, said, spent)
    is_stale = progress not in SILENT and on - _heard(newest, last) > QUARTER
    first, now = (_variance(one, start, end, cost) for one in (promised[0], newest))
    health = _health(first, progress, is_stale, _has_begun(last))
    return Standing(
        newest.project, on, promised, said, progress, start, end, cost, spent, is_stale,
        first, now, health,
    )


def grade(days: int, cost: float | None) -> Health:
    """The worst of the two; a cost that is not known says nothing."""
    by_days = (days >= WATCH_DAYS) + (days >= OFF_DAYS)
    by_cost = 0 if cost is None else (cost >= WATCH_COST) + (cost >= OFF_COST)
    return GRADES[max(by_days, by_cost)]


def past(one: Standing) -> tuple[Standing, ...]:
    """Where the project stood on the day of each of its reports, in order."""
    return tuple(standing(one.promises, one.reports, report.on) for report in one.reports)


def awaited(one: Standing) -> date | None:
    """The end of the last quarter over, when its report has not come; None = nothing is due.

    Nothing is due of what is delivered, paused or terminated, nor before the promised start of what
    has not begun.
    """
    ended = quarter_end(one.on)
    newest, last = one.promises[-1], one.report
    is_open = one.progress not in SILENT and newest.made_on <= ended
    has_come = newest.start <= ended or _has_begun(last)
    is_told = last is not None and last.on >= ended
    return ended if is_open and has_come and not is_told else None


def quarter_end(on: date) -> date:
    """The last day of a quarter, that day or the nearest before it."""
    tomorrow = on + timedelta(days=1)
    return date(tomorrow.year, 3 * ((tomorrow.month - 1) // 3) + 1, 1) - timedelta(days=1)


def _progress(newest: Promise, last: StatusReport | None, on: date, stage: Stage) -> Progress:
    if last is not None and last.ended is not None:
        return Progress.DELIVERED
    if stage in (Stage.PAUSED, Stage.TERMINATED):
        return Progress.PAUSED if stage is Stage.PAUSED else Progress.TERMINATED
    if _has_begun(last):
        return Progress.UNDER_WAY
    return Progress.NOT_STARTED if newest.start < on else Progress.AHEAD


def _start(newest: Promise, last: StatusReport | None, on: date) -> date:
    """The day it began; else the promised one, today at the earliest."""
    begun = last.started if last is not None else None
    return begun or max(newest.start, on)


def _end(newest: Promise, said: Sequence[StatusReport], start: date, on: date) -> date:
    """The day it was delivered; else the one forecast since the newest promise, or the promised
    one moved as much as the start was: today at the earliest.
    """
    if said and said[-1].ended is not None:
        return said[-1].ended
    forecasts = [r.forecast_end for r in _since(newest, said) if r.forecast_end is not None]
    return max(forecasts[-1] if forecasts else newest.end + (start - newest.start), on)


def _cost(
    promised: Sequence[Promise], said: Sequence[StatusReport], spent: int | None
) -> int | None:
    """What was forecast since the newest promise, else what that promised where it is not the
    first; no less than what is spent.
    """
    newest = promised[-1]
    forecasts = [r.forecast_cost for r in _since(newest, said) if r.forecast_cost is not None]
    decided = newest.cost if len(promised) > 1 else None
    expected = forecasts[-1] if forecasts else decided
    if spent is None:
        return expected
    if expected is None:
        first = promised[0].cost
        return spent if first is not None and spent > first else None
    return max(expected, spent)


def _since(newest: Promise, said: Sequence[StatusReport]) -> list[StatusReport]:
    return [report for report in said if report.on >= newest.made_on]


def _heard(newest: Promise, last: StatusReport | None) -> date:
    """The day from which silence counts: before the promised start nothing is due."""
    if last is not None and last.started is not None:
        return last.on
    return max(newest.start, last.on if last is not None else newest.made_on)


def _variance(promise: Promise, start: date, end: date, cost: int | None) -> Variance:
    growth = None
    if cost is not None and promise.cost:
        growth = (cost - promise.cost) / promise.cost
    return Variance((start - promise.start).days, (end - promise.end).days, growth)


def _has_begun(last: StatusReport | None) -> bool:
    return last is not None and last.started is not None


def _slip(first: Variance, has_begun: bool) -> int:
    return first.end if has_begun else max(first.start, first.end)


def _health(
    first: Variance, progress: Progress, is_stale: bool, has_begun: bool
) -> Health | None:
    if progress is Progress.TERMINATED:
        return None
    found = grade(_slip(first, has_begun), first.cost)
    return Health.NOT_KNOWN if is_stale and found is Health.ON_TRACK else found

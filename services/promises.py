"""Promises: what an approved project committed to, what its lead reports, and where it stands."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from data.store import Act, Reading, Store, Work
from portfolio import confidential
from portfolio.clock import day_of
from portfolio.cycle import Cycle
from portfolio.debt import DebtItem
from portfolio.decision import Decision
from portfolio.errors import Forbidden, Invalid, Missing
from portfolio.person import Person, Role
from portfolio.project import Project, Variant
from portfolio.promise import Promise, PromisedDebt, StatusReport
from portfolio.track_record import (
    DebtKept,
    DebtTotals,
    TrackRecord,
    debt_totals,
    debts_kept,
    track_record,
)
from portfolio.tracking import Health, Standing, awaited, standing
from services.permission import EVERYONE, allowed
from services.submissions import moment

REPORTERS = (Role.LEAD, Role.FACILITATOR)
N = TypeVar("N", Promise, StatusReport)
READS_ALL = (Role.MEMBER, Role.FACILITATOR, Role.ARCHITECT, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Followed:
    """One project that was approved.

    is_own     its lead is who looks
    is_open    who looks reads what was noted in its reports
    awaited    the end of a quarter whose report has not come; None = nothing is due
    """

    project: Project
    standing: Standing
    is_own: bool
    is_open: bool
    awaited: date | None


@dataclass(frozen=True, slots=True)
class Tracking:
    """Every project approved in a cycle, on a day, in the order of the register.

    whole     the record of all of them together
    records   that of each service, by name
    debts     each debt promised, and what the register says became of it
    """

    cycle: Cycle
    on: date
    lines: tuple[Followed, ...]
    whole: TrackRecord
    records: tuple[TrackRecord, ...]
    debts: tuple[DebtKept, ...]

    @property
    def count(self) -> Counter[Health | None]:
        """How many projects are in each health; None = terminated."""
        return Counter(one.standing.health for one in self.lines)

    @property
    def owed(self) -> DebtTotals:
        """The debts in all."""
        return debt_totals(self.debts, self.on)

    def line(self, project: str) -> Followed | None:
        """That of a project; None when nothing was promised of it."""
        return next((one for one in self.lines if one.project.code == project), None)


def promised(work: Work, cycle: str, decision: Decision) -> Promise:
    """Keep what the decision promises, in the transaction that lets it take effect.

    For a decision by which the project goes ahead. It opens with the period of its start, the first
    one not before the day it is made, and ends with the last of its variant's periods; its cost is
    what was granted, else what the variant was to cost. Missing "no-such-variant".
    """
    project, home = work.project(cycle, decision.project), work.cycle(cycle)
    promise = promise_of(home, decision, project, work.every(DebtItem, cycle))
    if not work.every(Promise, cycle, project.code):
        start = max(promise.start, promise.made_on)
        promise = replace(promise, start=start, end=max(promise.end, start))
    return work.save(cycle, promise)


def promise_of(
    cycle: Cycle, decision: Decision, project: Project, register: Iterable[DebtItem]
) -> Promise:
    """What the decision promises, by its start, its variant, its grants, and the register."""
    variant = _variant(project, decision.variant)
    first = cycle.horizon.period(decision.start)
    return Promise(
        project.code,
        decision.number,
        made_on=day_of(datetime.fromisoformat(decision.at)),
        start=cycle.horizon.first_day(first),
        end=cycle.horizon.last_day(first + (variant.duration or 1) - 1),
        variant=variant.code,
        cost=decision.amount if decision.grants else variant.cost,
        debts=tuple(_debts(project, tuple(register))),
    )


def _variant(project: Project, code: str) -> Variant:
    for variant in project.variants:
        if variant.code == code:
            return variant
    raise Missing("no-such-variant", found=code)


def _debts(project: Project, register: tuple[DebtItem, ...]) -> Iterable[PromisedDebt]:
    """What it says it retires, and what the register says of it: the register has the last word."""
    shares = {one.debt: one.share for one in project.debt_effects if not one.is_created}
    for item in register:
        for remedy in item.remedies:
            if remedy.project == project.code:
                shares[item.code] = remedy.share
    owed = {item.code: item.principal.likely for item in register}
    for debt, share in shares.items():
        yield PromisedDebt(debt, share, round(share * owed[debt]) if debt in owed else None)


@allowed(*REPORTERS, own=(Role.LEAD,))
def report(
    store: Store, by: Person, cycle: str, said: StatusReport, today: date,
    request: str | None = None,
) -> StatusReport:  # fmt: skip
    """Keep what is reported of a project on a date, or correct it; Stale when it has changed.

    version 0 makes a new one, the only one of its date. See ``checked`` for what is refused.
    """
    role = Role.FACILITATOR if by.has(Role.FACILITATOR) else Role.LEAD
    with store.writing(Act(by.code, role, "promises.report", request)) as work:
        others = work.every(StatusReport, cycle, said.project)
        return work.save(cycle, checked(work, by, cycle, said, others, today))


def checked(
    work: Reading, by: Person, cycle: str, said: StatusReport, others: Iterable[StatusReport],
    today: date,
) -> StatusReport:  # fmt: skip
    """The report as the person may make it, in her name, beside the others of the project.

    Missing "no-promise" without a promise; Forbidden "not-yours" for another lead's project;
    Invalid "not-yet" or "before-promise" for its date, and "unsaid" where it leaves out a start or
    a delivery that an earlier report told: that one is to be corrected first.
    """
    project = work.project(cycle, said.project)
    if project.lead != by.code and not by.has(Role.FACILITATOR):
        raise Forbidden("not-yours", found=project.code)
    made = [promise.made_on for promise in work.every(Promise, cycle, project.code)]
    if not made:
        raise Missing("no-promise", found=project.code)
    if said.on > today:
        raise Invalid("not-yet", field="on", found=said.on, accepted=today)
    if said.on < min(made):
        raise Invalid("before-promise", field="on", found=said.on, accepted=min(made))
    _refuse_unsaid(said, others)
    at = moment(work) if isinstance(work, Work) else ""
    return replace(said, by=by.code, at=at)


def _refuse_unsaid(said: StatusReport, others: Iterable[StatusReport]) -> None:
    earlier = sorted((r for r in others if r.on < said.on), key=lambda r: r.on)
    for name in ("started", "ended"):
        told = [r for r in earlier if getattr(r, name) is not None]
        if told and getattr(said, name) is None:
            raise Invalid("unsaid", field=name, found=getattr(told[-1], name), low=told[-1].on)


@allowed(*EVERYONE)
def tracking(store: Store, by: Person, cycle: str, today: date) -> Tracking:
    """Where each approved project stands, and what promises and forecasts were worth.

    Notes of reports are for the committee and the project's lead; a debt that a project keeps
    confidential is neither shown nor counted for who may not read it.
    """
    with store.reading() as work:
        lines = tuple(_followed(work, by, cycle, today))
        register = {item.code: item for item in work.every(DebtItem, cycle)}
        home = work.cycle(cycle)
    standings = [line.standing for line in lines]
    services = sorted({line.project.service for line in lines})
    records = (
        track_record(name, [x.standing for x in lines if x.project.service == name])
        for name in services
    )
    return Tracking(
        home, today, lines, track_record("", standings), tuple(records),
        debts_kept(standings, register),
    )


def _followed(work: Reading, by: Person, cycle: str, today: date) -> Iterator[Followed]:
    for project, found in standings(work, cycle, today):
        is_own = project.lead == by.code
        is_open = is_own or by.has(*READS_ALL)
        shown = replace(
            found, promises=_shown(by, project, found.promises),
            reports=tuple(r if is_open else replace(r, note="") for r in found.reports),
        )
        yield Followed(project, shown, is_own, is_open, awaited(found))


def standings(work: Reading, cycle: str, on: date) -> Iterator[tuple[Project, Standing]]:
    """Each project of which something was promised, in the order of the register."""
    promises = _by_project(work.every(Promise, cycle))
    reports = _by_project(work.every(StatusReport, cycle))
    for project in work.registry(cycle).projects:
        if project.code in promises:
            said = reports.get(project.code, ())
            yield project, standing(promises[project.code], said, on, project.stage)


def _by_project(nouns: Iterable[N]) -> dict[str, list[N]]:
    found: dict[str, list[N]] = {}
    for noun in nouns:
        found.setdefault(noun.project, []).append(noun)
    return found


def _shown(
    by: Person, project: Project, promises: tuple[Promise, ...]
) -> tuple[Promise, ...]:
    """The promises without their debts, where the project keeps those from the person."""
    is_kept = "debt_effects" in project.confidential
    if not is_kept or confidential.reads_all(by, project):
        return promises
    return tuple(replace(promise, debts=()) for promise in promises)

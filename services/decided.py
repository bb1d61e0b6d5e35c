"""What was decided: the committee reads all of it, a lead hers, and the rest once published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.store import Reading, Store
from portfolio.decision import Correction, Decision, Publication
from portfolio.errors import Missing
from portfolio.horizon import Horizon
from portfolio.meeting import Meeting, Record
from portfolio.person import Person
from portfolio.project import Project
from portfolio.record import Decided, Proceedings
from services import corrections, proceedings
from services.permission import COMMITTEE, EVERYONE, allowed
from services.proposals import SCREENERS


@dataclass(frozen=True, slots=True)
class Line:
    """The last decision on a project that took effect.

    meeting    its day, None where it was taken at none
    is_mine    the person leads the project
    """

    project: Project
    decision: Decision
    meeting: date | None
    is_mine: bool


@dataclass(frozen=True)
class Listed:
    """The lines, in the order of the projects; ``horizon`` says what starts and grants mean.

    open_meeting   number of a meeting that is under way: what it decides is not here yet
    waiting        corrections that wait for an answer, for those who answer them
    """

    lines: tuple[Line, ...]
    horizon: Horizon
    open_meeting: int | None
    waiting: tuple[Correction, ...]


@dataclass(frozen=True)
class File:
    """All that was decided of a project, the last first, and why.

    told       what its lead is told, with the figures; None = the decision was taken at no meeting
    record     of that meeting, for what the figures speak of; None likewise
    until      the last day to have a fact corrected
    names      of the people it speaks of
    """

    line: Line
    history: tuple[Decision, ...]
    told: Decided | None
    record: Proceedings | None
    corrections: tuple[Correction, ...]
    until: date
    may_correct: bool
    names: Mapping[str, str]
    horizon: Horizon


@allowed(*EVERYONE)
def listed(store: Store, by: Person, cycle: str) -> Listed:
    """Every decision that took effect and that the person may read."""
    with store.reading() as work:
        held = work.every(Meeting, cycle)
        answers = by.has(*SCREENERS)
        every = work.every(Correction, cycle) if answers else ()
        return Listed(
            tuple(_lines(work, by, cycle)), work.cycle(cycle).horizon,
            next((one.number for one in held if one.is_open and by.has(*COMMITTEE)), None),
            tuple(one for one in every if one.is_accepted is None),
        )  # fmt: skip


@allowed(*EVERYONE)
def file(store: Store, by: Person, cycle: str, project: str, today: date) -> File:
    """All that was decided of a project and why; Missing where the person may not read it."""
    with store.reading() as work:
        line = next((o for o in _lines(work, by, cycle) if o.project.code == project), None)
        if line is None:
            raise Missing("no-decision-yet", found=project)
        closed = corrections.closed_meetings(work, cycle)
        history = [
            one for one in work.every(Decision, cycle, project)
            if not one.meeting or one.meeting in closed
        ]  # fmt: skip
        number = line.decision.meeting
        has_record = bool(number) and bool(work.every(Record, cycle, meeting=number))
        record = proceedings.kept(work, cycle, number) if has_record else None
        until = corrections.last_day(work, cycle, line.decision)
        is_close = line.is_mine or by.has(*COMMITTEE)
        return File(
            line,
            tuple(sorted(history, key=lambda one: -one.number)),
            record.decided(project) if record is not None and is_close else None,
            record if is_close else None,
            work.every(Correction, cycle, project) if is_close else (),
            until,
            line.is_mine and today <= until,
            {person.code: person.name for person in work.people()},
            work.cycle(cycle).horizon,
        )  # fmt: skip


def _lines(work: Reading, by: Person, cycle: str) -> list[Line]:
    on = {one.number: one.on for one in work.every(Meeting, cycle)}
    closed = corrections.closed_meetings(work, cycle)
    published = [one for one in work.every(Publication, cycle) if not one.withdrawn_at]
    until = max((one.at for one in published), default="")
    last: dict[str, Decision] = {}
    for one in work.every(Decision, cycle):
        known = last.get(one.project)
        if (not one.meeting or one.meeting in closed) and (
            known is None or one.number > known.number
        ):
            last[one.project] = one
    lines = []
    for project in work.every(Project, cycle):
        made = last.get(project.code)
        if made is None:
            continue
        is_mine = project.lead == by.code
        if is_mine or by.has(*COMMITTEE) or made.at[:19] <= until[:19]:
            lines.append(Line(project, made, on.get(made.meeting), is_mine))
    return lines

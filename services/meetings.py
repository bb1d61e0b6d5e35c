"""Meetings of the committee: prepared, opened, led from screen to screen, and read by each."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from data import journal
from data.store import Act, Reading, Store, Work
from data.store_path import leads
from portfolio import voting
from portfolio.charter import Charter
from portfolio.decision import Decision
from portfolio.errors import Invalid, Refusal
from portfolio.evaluation import Conflict
from portfolio.meeting import (
    Attendance,
    Freeze,
    Meeting,
    MeetingState,
    Motion,
    Override,
    Record,
    Step,
    Vote,
)
from portfolio.notice import NoticeKind
from portfolio.person import CONSOLE, Person, Role
from portfolio.project import Project
from portfolio.registry import ASKED
from portfolio.scenario import Scenario
from services import charters, notices
from services.cycles import sees
from services.permission import COMMITTEE, allowed
from services.scores import READS_OPINIONS
from services.submissions import moment

N = TypeVar("N", Attendance, Freeze, Override, Motion, Vote, Decision, Record)


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of the committee, and whether she is in the room.

    away   projects in which she declared an interest, or that she leads: she neither discusses
           nor votes them
    """

    person: Person
    attendance: Attendance | None
    away: frozenset[str] = frozenset()

    @property
    def is_present(self) -> bool:
        return self.attendance is not None and self.attendance.is_present


@dataclass(frozen=True)
class Room:
    """A meeting as its screens read it, at one instant.

    seats       the active members, in the order of their names
    projects    what may be decided: what the cycle asks about, and what was decided here
    freeze      the one in force; None = the inputs were not frozen
    overrides, motions, votes, records   in order; a vote under way tells who and not how,
                 but one's own; a secret one never does
    decisions   taken here, in order; a later one on the same project takes the earlier one's place
    conflicts   declared, with their reasons: for those who may read them, else one's own
    stamp       changes whenever anything in the house does
    chair       name of who leads
    """

    cycle: str
    meeting: Meeting
    charter: Charter
    seats: tuple[Seat, ...]
    conflicts: tuple[Conflict, ...]
    projects: tuple[Project, ...]
    freeze: Freeze | None
    overrides: tuple[Override, ...]
    motions: tuple[Motion, ...]
    votes: tuple[Vote, ...]
    decisions: tuple[Decision, ...]
    records: tuple[Record, ...]
    stamp: str
    chair: str = ""

    @property
    def present(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.is_present)

    @property
    def has_quorum(self) -> bool:
        """Whether enough members are in the room; without a quorum in the charter, one is."""
        return len(self.present) >= (self.charter.quorum or 1)

    def is_led_by(self, person: Person) -> bool:
        """Whether the person holds the chair."""
        return self.meeting.facilitator == person.code and person.has(Role.FACILITATOR)


@allowed(*COMMITTEE)
def meetings(store: Store, by: Person, cycle: str) -> tuple[Meeting, ...]:
    """Every meeting of the cycle, in order."""
    with store.reading() as work:
        work.cycle(cycle)
        return work.every(Meeting, cycle)


@allowed(*COMMITTEE)
def proposable(store: Store, by: Person, cycle: str) -> tuple[Scenario, ...]:
    """The scenarios whose plan may be put to the committee."""
    with store.reading() as work:
        work.cycle(cycle)
        return work.every(Scenario, cycle)


@allowed(*COMMITTEE)
def room(store: Store, by: Person, cycle: str, number: int) -> Room:
    """Everything that the screens of a meeting show; Missing when there is no such meeting."""
    with store.reading() as work:
        return seen_in(work, by, cycle, number)


@allowed(*COMMITTEE)
def pulse(store: Store, by: Person, cycle: str) -> str:
    """Changes whenever anything in the house does: read every second by each device of a room."""
    with store.reading() as work:
        return journal.last_change(work)


@allowed(Role.FACILITATOR)
def prepare(
    store: Store,
    by: Person,
    cycle: str,
    on: date,
    scenario: str,
    place: str = "",
    request: str | None = None,
) -> Meeting:
    """A new meeting, led by whoever prepares it; Missing for an unknown scenario.

    Its votes are secret or not as the charter says. Refusal("meeting-open") while another is.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "meetings.prepare", request)) as work:
        before = work.every(Meeting, cycle)
        for one in before:
            if one.is_open:
                raise Refusal("meeting-open", found=one.number)
        work.scenario(cycle, scenario)
        number = max((one.number for one in before), default=0) + 1
        is_secret = charters.of(work, cycle).is_secret
        fresh = Meeting(number, on, scenario, place.strip(), by.code, is_secret=is_secret)
        saved: Meeting = work.save(cycle, fresh)
        return saved


@allowed(Role.FACILITATOR)
def amend(
    store: Store, by: Person, cycle: str, changed: Meeting, request: str | None = None
) -> Meeting:
    """Move a meeting that is not open yet: its day, its place, the scenario put to the committee.

    Stale when it changed since it was read; Refusal("meeting-begun"), ("not-the-chair").
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "meetings.amend", request)) as work:
        found = led(work, by, cycle, changed.number)
        if found.state is not MeetingState.PREPARED:
            raise Refusal("meeting-begun", found=found.number)
        work.scenario(cycle, changed.scenario)
        wanted = replace(
            found, on=changed.on, place=changed.place.strip(), scenario=changed.scenario,
            version=changed.version,
        )  # fmt: skip
        saved: Meeting = work.save(cycle, wanted)
        return saved


@allowed(Role.FACILITATOR)
def begin(
    store: Store, by: Person, cycle: str, number: int, request: str | None = None
) -> Meeting:
    """Open the meeting; Refusal("meeting-open") while another is, ("meeting-begun") once it was."""
    with store.writing(Act(by.code, Role.FACILITATOR, "meetings.begin", request)) as work:
        found = led(work, by, cycle, number)
        if found.state is not MeetingState.PREPARED:
            raise Refusal("meeting-begun", found=number)
        for one in work.every(Meeting, cycle):
            if one.is_open:
                raise Refusal("meeting-open", found=one.number)
        at, step = moment(work), Step.ATTENDANCE
        opened = replace(found, state=MeetingState.OPEN, opened_at=at, step=step)
        saved: Meeting = work.save(cycle, opened)
        return saved


@allowed(Role.FACILITATOR)
def go(
    store: Store,
    by: Person,
    cycle: str,
    number: int,
    step: Step,
    about: str = "",
    minutes: int = 0,
    request: str | None = None,
) -> Meeting:
    """Bring every screen to a step, and to a project spoken of, for so many minutes (0 = no end).

    Refusal("meeting-closed"), ("not-the-chair"); Missing for an unknown project.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "meetings.go", request)) as work:
        found = led(work, by, cycle, number)
        if found.state is MeetingState.CLOSED:
            raise Refusal("meeting-closed", found=number)
        if minutes < 0:
            raise Invalid("too-low", field="minutes", found=minutes, low=0)
        if about:
            work.project(cycle, about)
        ends = ""
        if minutes:
            ends = (work.at + timedelta(minutes=minutes)).isoformat(timespec="seconds")
        saved: Meeting = work.save(cycle, replace(found, step=step, about=about, timer_ends=ends))
        return saved


@allowed(Role.FACILITATOR)
def take_chair(
    store: Store, by: Person, cycle: str, number: int, held_by: str, request: str | None = None
) -> Meeting:
    """Lead the meeting in the place of who led it, who from then on follows; the journal tells.

    held_by   who held the chair when it was asked for
    Refusal("chair-moved") names who holds it, when it passed to someone else since.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "meetings.take_chair", request)) as work:
        found = work.one(Meeting, cycle, number)
        if found.state is MeetingState.CLOSED:
            raise Refusal("meeting-closed", found=number)
        if found.facilitator == by.code:
            return found
        if found.facilitator != held_by:
            raise Refusal("chair-moved", found=_holder(work, found))
        saved: Meeting = work.save(cycle, replace(found, facilitator=by.code))
        return saved


@allowed(Role.FACILITATOR)
def convene(
    store: Store, by: Person, cycle: str, number: int, request: str | None = None
) -> Meeting:
    """Tell the members of the meeting, and what to read before it; each time anew.

    Refusal("meeting-closed"), ("not-the-chair").
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "meetings.convene", request)) as work:
        found = led(work, by, cycle, number)
        if found.state is MeetingState.CLOSED:
            raise Refusal("meeting-closed", found=number)
        day, place = found.on.isoformat(), f" ({found.place})" if found.place else ""
        to = [seat.person.code for seat in seats(work, cycle, number)]
        notices.tell(
            work, NoticeKind.MEETING, to, cycle, str(number), number=number, day=day, place=place
        )
        saved: Meeting = work.save(cycle, replace(found, convened_at=moment(work)))
        return saved


def _holder(work: Reading, meeting: Meeting) -> str:
    return work.person(meeting.facilitator).name if meeting.facilitator else "–"


def led(work: Work, by: Person, cycle: str, number: int) -> Meeting:
    """The meeting, if the person holds its chair; else Refusal("not-the-chair") names who does."""
    found = work.one(Meeting, cycle, number)
    if found.facilitator != by.code:
        raise Refusal("not-the-chair", found=_holder(work, found))
    return found


def open_and_led(work: Work, by: Person, cycle: str, number: int) -> Meeting:
    """The same, of a meeting that is open; else Refusal("meeting-not-open")."""
    found = led(work, by, cycle, number)
    if not found.is_open:
        raise Refusal("meeting-not-open", found=number)
    return found


def unless_another_leads(work: Reading, by: Person, cycle: str) -> None:
    """Refuse what is the chair's to do while a meeting is open: Refusal("not-the-chair")."""
    for one in work.every(Meeting, cycle):
        if one.is_open and one.facilitator != by.code:
            raise Refusal("not-the-chair", found=_holder(work, one))


def seen_in(work: Reading, by: Person, cycle: str, number: int) -> Room:
    """As ``room``, within a transaction."""
    meeting = work.one(Meeting, cycle, number)
    freezes = _of(work, Freeze, cycle, number)
    decisions = _of(work, Decision, cycle, number)
    decided = {one.project for one in decisions}
    motions = _of(work, Motion, cycle, number)
    projects = (p for p in work.every(Project, cycle) if p.stage in ASKED or p.code in decided)
    return Room(
        cycle,
        meeting,
        charters.of(work, cycle),
        seats(work, cycle, number),
        _declared(work, by, cycle),
        tuple(p for p in projects if sees(by, p)),
        max(freezes, key=lambda one: one.number, default=None),
        _of(work, Override, cycle, number),
        motions,
        voting.as_told(_of(work, Vote, cycle, number), motions, by.code),
        decisions,
        _of(work, Record, cycle, number),
        journal.last_change(work),
        _holder(work, meeting),
    )


def _declared(work: Reading, by: Person, cycle: str) -> tuple[Conflict, ...]:
    if by.has(*READS_OPINIONS):
        return work.every(Conflict, cycle)
    return work.every(Conflict, cycle, person=by.code)


def seats(work: Reading, cycle: str, number: int) -> tuple[Seat, ...]:
    """The active members, by name, each with her attendance and what she keeps away from."""
    there = {one.person: one for one in _of(work, Attendance, cycle, number)}
    away: dict[str, set[str]] = {}
    for project, lead in leads(work, cycle).items():
        away.setdefault(lead, set()).add(project)
    for conflict in work.every(Conflict, cycle):
        away.setdefault(conflict.person, set()).add(conflict.project)
    people = (p for p in work.people() if p.has(Role.MEMBER) and p.code != CONSOLE.code)
    members = sorted(people, key=lambda p: p.name)
    return tuple(
        Seat(p, there.get(p.code), frozenset(away.get(p.code, ()))) for p in members
    )  # fmt: skip


def _of(work: Reading, kind: type[N], cycle: str, number: int) -> tuple[N, ...]:
    return work.every(kind, cycle, meeting=number)

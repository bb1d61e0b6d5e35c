"""Attendance: who is in the room, since when, marked by the chair or by each member herself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.store import Act, Reading, Store, Work
from portfolio.errors import Invalid, Refusal
from portfolio.meeting import Attendance, Meeting
from portfolio.person import Person, Role
from services import motions
from services.meetings import open_and_led, seats
from services.permission import COMMITTEE, allowed
from services.submissions import moment


@dataclass(frozen=True, slots=True)
class Move:
    """Someone came into the room, or left it.

    at   moment, ISO 8601 in UTC
    """

    person: str
    is_present: bool
    at: str


@allowed(Role.FACILITATOR)
def mark(
    store: Store,
    by: Person,
    cycle: str,
    number: int,
    people: Sequence[str],
    is_present: bool,
    note: str | None = None,
    request: str | None = None,
) -> tuple[Attendance, ...]:
    """Mark members as there, or as gone; who is so already stays so since the same moment.

    note   how they are there (by video …); None = as it was
    Refusal("meeting-not-open"), ("not-the-chair"); Invalid("not-a-member") names who is none.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "attendance.mark", request)) as work:
        open_and_led(work, by, cycle, number)
        members = {seat.person.code for seat in seats(work, cycle, number)}
        for code in people:
            if code not in members:
                raise Invalid("not-a-member", field="people", found=code)
        kept = tuple(_keep(work, cycle, number, code, is_present, note) for code in people)
        motions.on_attendance(work, cycle, number)
        return kept


@allowed(Role.MEMBER)
def check_in(
    store: Store, by: Person, cycle: str, number: int, request: str | None = None
) -> Attendance:
    """Say that one is there; saying it again, from any device, changes nothing."""
    with store.writing(Act(by.code, Role.MEMBER, "attendance.check_in", request)) as work:
        _open(work, cycle, number)
        kept = _keep(work, cycle, number, by.code, True, None)
        motions.on_attendance(work, cycle, number)
        return kept


@allowed(Role.MEMBER)
def check_out(
    store: Store, by: Person, cycle: str, number: int, request: str | None = None
) -> Attendance:
    """Say that one leaves; what one said and voted before stands."""
    with store.writing(Act(by.code, Role.MEMBER, "attendance.check_out", request)) as work:
        _open(work, cycle, number)
        kept = _keep(work, cycle, number, by.code, False, None)
        motions.on_attendance(work, cycle, number)
        return kept


@allowed(*COMMITTEE)
def moves(store: Store, by: Person, cycle: str, number: int) -> tuple[Move, ...]:
    """Who came and who left, in order."""
    with store.reading() as work:
        work.one(Meeting, cycle, number)
        return moves_in(work, cycle, number)


def moves_in(work: Reading, cycle: str, number: int) -> tuple[Move, ...]:
    """As ``moves``, within a transaction: what the journal tells of each person's attendance."""
    told: list[tuple[int, Move]] = []
    for one in work.every(Attendance, cycle, meeting=number):
        was = False
        for line in work.history(Attendance, cycle, number, one.person):
            said = json.loads(line.after or "{}")
            if said["is_present"] is not was:
                was = said["is_present"]
                told.append((line.sequence, Move(one.person, was, said["since"])))
    return tuple(move for _, move in sorted(told, key=lambda pair: pair[0]))


def _open(work: Work, cycle: str, number: int) -> None:
    if not work.one(Meeting, cycle, number).is_open:
        raise Refusal("meeting-not-open", found=number)


def _keep(
    work: Work, cycle: str, number: int, person: str, is_present: bool, note: str | None
) -> Attendance:
    """The attendance as it now is; written only where it changes something."""
    held = work.every(Attendance, cycle, meeting=number, person=person)
    kept = held[0] if held else None
    fresh = kept or Attendance(number, person, is_present, moment(work))
    since = fresh.since if fresh.is_present == is_present else moment(work)
    said = fresh.note if note is None else note.strip()
    wanted = replace(fresh, is_present=is_present, since=since, note=said)
    if wanted == kept:
        return kept
    saved: Attendance = work.save(cycle, wanted)
    return saved

"""Acts of the committee's room: meetings, and what is done in them."""

from dataclasses import replace
from datetime import date

from acts.said import (
    CHIEF,
    COMMITTEE,
    FACILITATES,
    FACILITATOR,
    MEMBERS,
    PEOPLE,
    Call,
    Foreign,
    kept,
)
from portfolio.decision import Verb
from portfolio.meeting import Attendance, Choice, Freeze, Meeting, Step, Vote
from portfolio.person import Role
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services import freezing, meetings, motions

AT = "2026-12-01T14:00:00+00:00"
MEMBER = PEOPLE[Role.MEMBER]
ON = date(2026, 12, 1)


def a_meeting(store):
    return meetings.prepare(store, FACILITATOR, "c", ON, "base")


def prepared(store):
    a_meeting(store)
    return "c", 1


def opened(store):
    prepared(store)
    meetings.begin(store, FACILITATOR, "c", 1)
    return "c", 1


def led_by_another(store):
    opened(store)
    with store.reading() as work:
        meeting = work.one(Meeting, "c", 1)
    kept(store, replace(meeting, facilitator=CHIEF.code))
    return "c", 1, CHIEF.code


def at_attendance(store):
    return (*opened(store), Step.ATTENDANCE)


def another_scenario(store):
    """A meeting to which another scenario than its own can be put."""
    kept(store, Scenario("autre", Bilingual("Autre", "Other")))
    return (*prepared(store), "autre")


def ready(store):
    """A meeting with its inputs frozen, a member in the room and a quorum of one."""
    opened(store)
    kept(store, Freeze(1, 1, FACILITATOR.code, AT, "0" * 64, "1" * 64))
    kept(store, Attendance(1, MEMBER.code, True, AT))
    return "c", 1, motions.Asked("Retenir P1", "P1", Verb.APPROVED)


def put(store):
    motions.put(store, FACILITATOR, *ready(store))
    return "c", 1, 1


def voted(store):
    motions.vote(store, MEMBER, *put(store), Choice.FOR)
    return "c", 1, 1


def frozen(store):
    prepared(store)
    freezing.freeze(store, FACILITATOR, "c", 1)
    return "c", 1


CALLS = {
    "freezing.best": Call(COMMITTEE, frozen),
    "freezing.differences": Call(COMMITTEE, frozen),
    "freezing.freeze": Call(FACILITATES, prepared),
    "freezing.ready": Call(COMMITTEE, prepared),
    "freezing.solve": Call(FACILITATES, frozen),
    "meetings.meetings": Call(COMMITTEE),
    "meetings.proposable": Call(COMMITTEE),
    "meetings.room": Call(COMMITTEE, prepared),
    "meetings.pulse": Call(COMMITTEE),
    "meetings.prepare": Call(FACILITATES, ("c", ON, "base")),
    "meetings.begin": Call(FACILITATES, prepared),
    "meetings.go": Call(FACILITATES, at_attendance),
    "meetings.take_chair": Call(FACILITATES, led_by_another),
    "meetings.amend": Call(FACILITATES, lambda store: ("c", a_meeting(store))),
    "meetings.convene": Call(FACILITATES, prepared),
    "attendance.check_in": Call(MEMBERS, opened),
    "attendance.check_out": Call(MEMBERS, opened),
    "attendance.mark": Call(FACILITATES, lambda store: (*opened(store), (MEMBER.code,), True)),
    "attendance.moves": Call(COMMITTEE, opened),
    "tabled.put_scenario": Call(FACILITATES, another_scenario),
    "tabled.question": Call(COMMITTEE, frozen),
    "motions.annul": Call(FACILITATES, lambda store: (*put(store), "Mal posée")),
    "motions.put": Call(FACILITATES, ready),
    "motions.settle": Call(FACILITATES, voted),
    "motions.vote": Call(MEMBERS, lambda store: (*put(store), Choice.FOR)),
}
OWN = (
    Foreign(
        "motions.vote", Role.MEMBER, lambda store: (*voted(store), Choice.AGAINST),
        (Vote, "c", 1, 1, MEMBER.code), "not-in-the-room",
    ),
)

"""Acts of the committee's room: meetings, and what is done in them."""

from datetime import date

from acts.said import COMMITTEE, FACILITATES, FACILITATOR, Call
from portfolio.meeting import Step
from services import meetings

ON = date(2026, 12, 1)


def prepared(store):
    meetings.prepare(store, FACILITATOR, "c", ON, "base")
    return "c", 1


def opened(store):
    prepared(store)
    meetings.begin(store, FACILITATOR, "c", 1)
    return "c", 1


def at_attendance(store):
    return (*opened(store), Step.ATTENDANCE)


CALLS = {
    "meetings.meetings": Call(COMMITTEE),
    "meetings.proposable": Call(COMMITTEE),
    "meetings.room": Call(COMMITTEE, prepared),
    "meetings.pulse": Call(COMMITTEE),
    "meetings.prepare": Call(FACILITATES, ("c", ON, "base")),
    "meetings.begin": Call(FACILITATES, prepared),
    "meetings.go": Call(FACILITATES, at_attendance),
    "meetings.take_chair": Call(FACILITATES, opened),
}
OWN = ()

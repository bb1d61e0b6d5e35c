"""The shapes of the committee's room: meetings, votes, decisions, promises, what is published."""

from data import schema_room as s
from data.store_parts import cells, choice, of_kind
from data.store_shapes import Cell, Nested, Shape
from portfolio.decision import Correction, Decision, Grant, Publication, Verb
from portfolio.meeting import (
    Attendance,
    Choice,
    Freeze,
    Meeting,
    MeetingState,
    Motion,
    MotionState,
    Override,
    Record,
    Step,
    Vote,
)
from portfolio.promise import Promise, PromisedDebt, StatusReport

SECRET = Cell("is_secret", "secret")

MEETING = Shape("meeting", (Meeting,), s.meetings, (
    *cells("number on scenario place facilitator about timer_ends convened_at opened_at"
           " closed_at version"),
    choice("state", MeetingState), choice("step", Step), SECRET,
))
ATTENDANCE = Shape("attendance", (Attendance,), s.attendances, (
    *cells("meeting person since note version"), Cell("is_present", "present")))
FREEZE = Shape("freeze", (Freeze,), s.freezes, cells(
    "meeting number by at sha256 question reason answer version"))
OVERRIDE = Shape("override", (Override,), s.overrides, (
    *cells("meeting project reason by variant start price freeze signed_by signed_at version"),
    Cell("is_in", "inside"),
    of_kind("enters", s.override_moves, "moved"), of_kind("leaves", s.override_moves, "moved"),
))
MOTION = Shape("motion", (Motion,), s.motions, (
    *cells("meeting number text opened_by opened_at project settled_at present fors againsts"
           " abstentions note version"),
    choice("verb", Verb, is_optional=True), choice("state", MotionState), SECRET,
))
VOTE = Shape("vote", (Vote,), s.votes, (
    *cells("meeting motion person at withdrawn_at version"),
    choice("choice", Choice, is_optional=True),
))
RECORD = Shape("record", (Record,), s.records, cells(
    "meeting number by at sha256 reason version"))

GRANT = Shape("grant", (Grant,), s.decision_grants, (
    *cells("envelope period"), Cell("amount", "amount_cents")))
DECISION = Shape("decision", (Decision,), s.decisions, (
    *cells("project number reason by at meeting motion variant start conditions until price"
           " signed_by version"),
    choice("verb", Verb), Cell("is_planned", "planned"), Nested("grants", GRANT),
))
CORRECTION = Shape("correction", (Correction,), s.corrections, (
    *cells("project number decision fact said by at answer answered_by answered_at version"),
    Cell("is_accepted", "accepted"),
))
PUBLICATION = Shape("publication", (Publication,), s.publications, cells(
    "number by at sha256 note withdrawn_at version"))

PROMISED_DEBT = Shape("promised-debt", (PromisedDebt,), s.promised_debts, (
    *cells("debt share"), Cell("principal", "principal_cents")))
PROMISE = Shape("promise", (Promise,), s.promises, (
    *cells("project number made_on start end variant version"), Cell("cost", "cost_cents"),
    Nested("debts", PROMISED_DEBT),
))
STATUS_REPORT = Shape("status-report", (StatusReport,), s.status_reports, (
    *cells("project on by at started ended forecast_end note version"),
    Cell("forecast_cost", "forecast_cents"), Cell("spent", "spent_cents"),
))

OF_ROOM = (
    MEETING, ATTENDANCE, FREEZE, OVERRIDE, MOTION, VOTE, RECORD, DECISION, CORRECTION, PUBLICATION,
    PROMISE, STATUS_REPORT,
)  # of a cycle, and not read whole
OfRoom = (
    Meeting | Attendance | Freeze | Override | Motion | Vote | Record | Decision | Correction
    | Publication | Promise | StatusReport
)

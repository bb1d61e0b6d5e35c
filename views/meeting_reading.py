"""What is to be read before a meeting: what to discuss first, what is settled, where to look."""

from functools import partial

import streamlit as st

from portfolio.meeting import MeetingState
from services import agenda, meetings, triage
from services.agenda import Agenda
from services.agreement import Agreement
from services.meetings import Room
from services.triage import Triage
from views import agreement as page
from views import agreement_words, meeting_asked
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.meeting_parts import do, here, hour, leads
from views.parts import joined
from views.plan_words import PlanWords

PAGES = ("agreement", "tradeoffs", "why", "scenarios", "roadmap")  # in the order to read them
MOST = 8  # projects told


def show(desk: Desk, room: Room) -> None:
    """Whether members were told, then what they read: by disagreement, then core and contested."""
    text = desk.text
    _convening(desk, room)
    question = meeting_asked.standing(desk, room)
    best = meeting_asked.answered(desk, question) if question is not None else None
    if question is not None and best is not None:
        known = agenda.agenda(desk.jobs, question, best[1]).result
        seen = page.read(room.stamp, desk.cycle, desk.store, desk.person)
        _agenda(desk, seen, known)
        _standing(PlanWords(desk, question), triage.triage(desk.jobs, question, best[1]).result)
    if not desk.projection:
        st.header(text("meeting_reading.where"), anchor=False)
        for key in PAGES:
            components.page_link(desk, key, text(f"meeting_reading.page.{key}"))


def _convening(desk: Desk, room: Room) -> None:
    """When they were told; for the chair, the notice to send."""
    text, meeting = desk.text, room.meeting
    if meeting.convened_at:
        at = meeting.convened_at
        told = text("meeting_reading.sent", day=here(at).date(), hour=hour(desk, at))
    else:
        told = text("meeting_reading.not_sent")
    st.markdown(said(told))
    if not leads(desk, room) or meeting.state is MeetingState.CLOSED:
        return
    members = [s for s in room.seats if s.person.code != desk.person.code]
    components.confirm(
        desk, key="meeting_convene",
        label=text("meeting_reading.send_again" if meeting.convened_at else "meeting_reading.send"),
        question=text("meeting_reading.question", n=len(members), day=meeting.on),
        act=partial(_convene, desk, meeting.number),
    )  # fmt: skip


def _convene(desk: Desk, number: int) -> None:
    act = partial(meetings.convene, desk.store, desk.person, desk.cycle, number)
    do(desk, act, desk.text("meeting_reading.done"))


def _agenda(desk: Desk, seen: Agreement, known: Agenda | None) -> None:
    """What to speak of, the disagreement likeliest to change the result first."""
    text = desk.text
    st.header(text("meeting_reading.agenda"), anchor=False)
    if known is None:
        st.markdown(said(text("meeting_reading.agenda_unknown")))
        components.page_link(desk, "agreement", text("meeting_reading.work_out"))
        return
    likely = known.at_least(agreement_words.LITTLE)
    st.markdown(said(text("meeting_reading.agenda_sentence", n=len(likely))))
    st.markdown("\n".join(
        f"1. {said(_line(desk, seen, line))}" for line in likely[:MOST]
    ))


def _line(desk: Desk, seen: Agreement, line: agenda.Line) -> str:
    return desk.text(
        "meeting_reading.line",
        project=plain(agreement_words.title(desk, seen, line.project)),
        chance=agreement_words.line_chance(desk, line),
    )


def _standing(words: PlanWords, known: Triage | None) -> None:
    """Core, contested, out: the meeting bears on the second."""
    desk, text = words.desk, words.desk.text
    st.header(text("meeting_reading.standing"), anchor=False)
    if known is None:
        st.markdown(said(text("meeting_reading.standing_unknown")))
        components.page_link(desk, "tradeoffs", text("meeting_reading.work_out"))
        return
    core, contested, out = known.always, known.sometimes, known.never
    components.metric_row([
        components.Metric(text(f"meeting_reading.{name}"), desk.number(len(lines)),
                          help=text(f"meeting_reading.{name}_help"))
        for name, lines in (("core", core), ("contested", contested), ("out", out))
    ])
    if contested:
        told = joined(desk, [words.project(line.project) for line in contested])
        st.markdown(said(text("meeting_reading.contested_are", projects=plain(told))))

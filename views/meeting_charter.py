"""The charter, as a meeting begins with it: what carries a vote, and what each mishap leads to."""

from functools import partial

import streamlit as st

from portfolio.meeting import MeetingState
from services import meetings
from services.meetings import Room
from views import meeting_prepare, meeting_rules
from views.cycle_charter import OF_VOTES, rule_words
from views.desk import Desk
from views.look import components
from views.meeting_parts import do, leads
from views.parts import facts, paragraph


def show(desk: Desk, room: Room) -> None:
    """The rules in force; for who holds the chair, the opening."""
    text, charter = desk.text, room.charter
    if room.meeting.state is MeetingState.PREPARED and leads(desk, room):
        _opening(desk, room)
    written, fixed = st.columns(2, gap="large")
    with written:
        st.header(text("meeting.charter_head"), anchor=False)
        facts(desk, [(text(f"cycle.{rule}"), rule_words(desk, charter, rule)) for rule in OF_VOTES])
        for rule in ("override", "tie_break"):
            told = getattr(charter, rule)
            paragraph(desk, text(f"cycle.{rule}"), told, text("meeting.unwritten"))
    with fixed:
        st.header(text("meeting.rules_head"), anchor=False)
        meeting_rules.show(desk, charter)


def _opening(desk: Desk, room: Room) -> None:
    """Open it; or change where and when it is held."""
    text, number = desk.text, room.meeting.number
    begin = partial(meetings.begin, desk.store, desk.person, desk.cycle, number)
    components.confirm(
        desk, key="meeting_begin", label=text("meeting.begin"),
        question=text("meeting.begin_question"), act=lambda: do(desk, begin),
    )  # fmt: skip
    with st.expander(text("meeting.amend")):
        meeting_prepare.amend(desk, room.meeting)

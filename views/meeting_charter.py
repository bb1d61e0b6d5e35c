"""The charter, as a meeting begins with it: what carries a vote, and what each mishap leads to."""

from functools import partial

import streamlit as st

from portfolio.errors import Refusal
from portfolio.meeting import MeetingState
from services import meetings
from services.meetings import Room
from views.desk import Desk
from views.look import components
from views.parts import facts, paragraph


def show(desk: Desk, room: Room) -> None:
    """The rules in force; for who holds the chair, the opening."""
    text, charter = desk.text, room.charter
    st.header(text("meeting.charter_head"), anchor=False)
    for rule in ("override", "tie_break"):
        paragraph(desk, text(f"cycle.{rule}"), getattr(charter, rule), text("cycle.unwritten"))
    facts(desk, [
        (text("cycle.quorum"), desk.number(charter.quorum or 1)),
        (text("meeting.majority_label"), text(f"meeting.majority.{charter.majority}")),
    ])
    if room.meeting.state is MeetingState.PREPARED and room.is_led_by(desk.person):
        components.confirm(
            desk, key="meeting_begin", label=text("meeting.begin"),
            question=text("meeting.begin_question"), act=partial(_begin, desk, room),
        )


def _begin(desk: Desk, room: Room) -> None:
    try:
        meetings.begin(desk.store, desk.person, desk.cycle, room.meeting.number)
    except Refusal as refusal:
        components.tell(desk.refusal(refusal))

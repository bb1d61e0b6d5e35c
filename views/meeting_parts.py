"""What the screens of a meeting share: who leads, an act and what came of it."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from portfolio.clock import HERE
from portfolio.errors import Refusal
from portfolio.meeting import MeetingState
from services.meetings import Room
from views.desk import Desk
from views.look import components

REFUSED, SENT = "meeting_refused", "meeting_sent"


def leads(desk: Desk, room: Room) -> bool:
    """Whether to offer what the chair does: she is at her own desk, and the meeting is not over.

    On a wall there is no form: what the chair does, she does at her desk.
    """
    is_over = room.meeting.state is MeetingState.CLOSED
    return room.is_led_by(desk.person) and not desk.projection and not is_over


def do(desk: Desk, act: Callable[[], object], done: str = "") -> bool:
    """Do the act, called back by a button; say that it is ``done``, or keep what refused it.

    A refusal stays in sight until the person's next act: a page that follows a meeting is shown
    again too often for a message to be read that is shown once. What was typed counts as sent.
    """
    state = st.session_state
    state.pop(REFUSED, None)
    try:
        act()
    except Refusal as refused:
        state[REFUSED] = refused
        return False
    state[SENT] = state.get(SENT, 0) + 1
    if done:
        components.tell(done)
    return True


def outcome(desk: Desk) -> None:
    """What refused the person's last act, at the head of the page."""
    refused = st.session_state.get(REFUSED)
    if refused is not None:
        components.error(desk, refused)


def here(moment: str) -> datetime:
    """The moment on the city's clock."""
    return datetime.fromisoformat(moment).astimezone(HERE)


def hour(desk: Desk, moment: str) -> str:
    """« 9 h 05 », on the city's clock."""
    at = here(moment)
    return desk.text("meeting.hour", hour=at.hour, minute=f"{at:%M}")

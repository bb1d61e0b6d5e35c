"""What was edited since a meeting's freeze, told where it matters, with the way to freeze again."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from portfolio.frozen import Difference
from portfolio.meeting import MeetingState, Step
from portfolio.person import Person
from services import freezing, meetings
from services.meetings import Room
from views.desk import Desk
from views.look.components import plain
from views.meeting_freeze_words import kind
from views.meeting_parts import do, leads
from views.parts import joined

if TYPE_CHECKING:
    from data.store import Store


def show(desk: Desk, room: Room) -> None:
    """That the inputs must be frozen again to count; nothing when they are as they were frozen."""
    if room.freeze is None or room.meeting.state is MeetingState.CLOSED:
        return
    told = _since(room.stamp, desk.cycle, room.meeting.number, desk.store, desk.person)
    if not told:
        return
    text = desk.text
    counts = [kind(desk, name, n) for name, n in freezing.counted(told).items()]
    sentence = text("meeting_freeze.edited", what=joined(desk, counts))
    st.warning(plain(f"{sentence} {text('meeting_agenda.thawed')}"), icon=":material/lock_open:")
    if leads(desk, room):
        st.button(
            text("meeting_agenda.to_freeze"), key="meeting_thawed_go", on_click=_go,
            args=(desk, room),
        )  # fmt: skip


@st.cache_resource(max_entries=16, show_spinner=False)
def _since(
    stamp: str, cycle: str, number: int, _store: "Store", person: Person
) -> tuple[Difference, ...]:
    """Read again only when something in the store changed: ``stamp`` tells."""
    return freezing.differences(_store, person, cycle, number)


def _go(desk: Desk, room: Room) -> None:
    number = room.meeting.number
    do(desk, partial(meetings.go, desk.store, desk.person, desk.cycle, number, Step.FREEZE))

"""Séance: the committee's meeting, screen by screen; every device follows who holds the chair."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from portfolio.errors import Refusal
from portfolio.meeting import Meeting, MeetingState, Step
from services import meetings
from services.meetings import Room
from views import (
    meeting_agenda,
    meeting_charter,
    meeting_freeze,
    meeting_prepare,
    meeting_scenarios,
    meeting_vote,
    meeting_weights,
)
from views.desk import Desk
from views.look import components
from views.look.components import said

NUMBER, SHOWN, FOLLOWED, PULSE = (
    "meeting_number", "meeting_shown", "meeting_followed", "meeting_pulse",
)  # fmt: skip

# Each step's screen; a step that has none yet is not shown.
SCREENS: Mapping[Step, Callable[[Desk, Room], None]] = {
    Step.CHARTER: meeting_charter.show,
    Step.FREEZE: meeting_freeze.show,
    Step.WEIGHTS: meeting_weights.show,
    Step.AGENDA: meeting_agenda.show,
    Step.SCENARIOS: meeting_scenarios.show,
    Step.VOTE: meeting_vote.show,
}


def render(desk: Desk) -> None:
    """The meeting that is open, else the last one; how to prepare one when there is none."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("meeting.title"), text("meeting.no_cycle"))
        return
    held = meetings.meetings(desk.store, desk.person, desk.cycle)
    if not held:
        components.page_head(desk, text("meeting.title"), text("meeting.none"))
        meeting_prepare.show(desk)
        return
    room = meetings.room(desk.store, desk.person, desk.cycle, _chosen(desk, held).number)
    components.page_head(desk, text("meeting.title"), _answer(desk, room))
    _live(desk, room.stamp)
    step = _step(desk, room)
    SCREENS[step](desk, room)


def _chosen(desk: Desk, held: tuple[Meeting, ...]) -> Meeting:
    """The one chosen; by default the one that is open, else the last."""
    is_open = next((one for one in held if one.is_open), held[-1])
    if len(held) == 1:
        return is_open
    by_number = {one.number: one for one in held}
    if st.session_state.get(NUMBER) not in by_number:
        st.session_state[NUMBER] = is_open.number
    number = st.selectbox(
        desk.text("meeting.which"), list(by_number), key=NUMBER,
        format_func=lambda n: desk.text("meeting.called", n=n, day=by_number[n].on),
    )
    return by_number[number]


def _answer(desk: Desk, room: Room) -> str:
    text, present = desk.text, len(room.present)
    if room.meeting.state is MeetingState.PREPARED:
        return text("meeting.prepared", n=room.meeting.number, day=room.meeting.on)
    if room.meeting.state is MeetingState.CLOSED:
        return text("meeting.closed", n=room.meeting.number, decided=len(room.decisions))
    key = "meeting.open_quorum" if room.has_quorum else "meeting.open_no_quorum"
    return text(key, present=present, of=len(room.seats), quorum=room.charter.quorum or 1)


def _step(desk: Desk, room: Room) -> Step:
    """The step shown: the chair's own choice moves every device; others may look elsewhere."""
    text, steps = desk.text, list(SCREENS)
    here = room.meeting.step if room.meeting.step in SCREENS else steps[0]
    if st.session_state.get(FOLLOWED) != (room.meeting.number, here):
        st.session_state[FOLLOWED] = (room.meeting.number, here)
        st.session_state[SHOWN] = here
    shown = st.segmented_control(
        text("meeting.step_label"), steps, required=True, key=SHOWN,
        format_func=lambda step: text(f"meeting.step.{step}"), label_visibility="collapsed",
        on_change=partial(_lead, desk, room),
    )
    if shown != here and not room.is_led_by(desk.person):
        st.info(said(text("meeting.elsewhere", step=text(f"meeting.step.{here}"))))
    return Step(shown)


def _lead(desk: Desk, room: Room) -> None:
    """The chair's choice of a step brings everyone there."""
    if not room.is_led_by(desk.person) or room.meeting.state is MeetingState.CLOSED:
        return
    step = Step(st.session_state[SHOWN])
    try:
        meetings.go(desk.store, desk.person, desk.cycle, room.meeting.number, step)
    except Refusal as refusal:
        st.session_state[SHOWN] = room.meeting.step
        components.tell(desk.refusal(refusal))


def _live(desk: Desk, stamp: str) -> None:
    """Show the page again within two seconds of anything that happened elsewhere in the house."""
    st.session_state[PULSE] = stamp

    @st.fragment(run_every=1)
    def listen() -> None:
        if meetings.pulse(desk.store, desk.person, desk.cycle) != st.session_state.get(PULSE):
            st.rerun()

    listen()



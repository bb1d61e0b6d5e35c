"""Séance: the committee's meeting, screen by screen; every device follows who holds the chair."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from portfolio.meeting import Meeting, MeetingState, Step
from portfolio.person import Role
from services import meetings
from services.meetings import Room
from views import (
    meeting_agenda,
    meeting_attendance,
    meeting_charter,
    meeting_freeze,
    meeting_live,
    meeting_overrides,
    meeting_parts,
    meeting_prepare,
    meeting_readback,
    meeting_reading,
    meeting_scenarios,
    meeting_vote,
    meeting_weights,
)
from views.desk import Desk
from views.look import components
from views.look.components import plain, said

NUMBER, SHOWN, FOLLOWED = "meeting_number", "meeting_shown", "meeting_followed"
TURN = "meeting_turn"  # how many times the step shown was put from elsewhere

# Each step's screen; a step that has none yet is not shown.
SCREENS: Mapping[Step, Callable[[Desk, Room], None]] = {
    Step.CHARTER: meeting_charter.show,
    Step.ATTENDANCE: meeting_attendance.show,
    Step.FREEZE: meeting_freeze.show,
    Step.READING: meeting_reading.show,
    Step.WEIGHTS: meeting_weights.show,
    Step.AGENDA: meeting_agenda.show,
    Step.SCENARIOS: meeting_scenarios.show,
    Step.OVERRIDES: meeting_overrides.show,
    Step.VOTE: meeting_vote.show,
    Step.READ_BACK: meeting_readback.show,
}


def render(desk: Desk) -> None:
    """The meeting that is open, else the last one; how to prepare one when there is none."""
    text, head = desk.text, st.container()
    if not desk.cycle:
        components.page_head(desk, text("meeting.title"), text("meeting.no_cycle"))
        return
    held = meetings.meetings(desk.store, desk.person, desk.cycle)
    if not held:
        components.page_head(desk, text("meeting.title"), text("meeting.none"))
        meeting_parts.outcome(desk)
        meeting_prepare.show(desk, held)
        return
    room = meetings.room(desk.store, desk.person, desk.cycle, _chosen(desk, held).number)
    with head:
        components.page_head(desk, _title(desk, room), _answer(desk, room))
    meeting_live.listen(desk, room.stamp)
    # What comes and goes stands in containers that stay: what is beneath is not drawn anew, and
    # who is writing there keeps her place.
    with st.container():
        _chair(desk, room)
    step = _step(desk, room)
    with st.container():
        meeting_parts.outcome(desk)
    with st.container():
        SCREENS[step](desk, room)
    if not desk.projection:
        meeting_prepare.others(desk, held)
        meeting_live.watch()


def _chosen(desk: Desk, held: tuple[Meeting, ...]) -> Meeting:
    """The one chosen, else named in the address, else the one that is open, else the last."""
    by_number = {one.number: one for one in held}
    if len(held) == 1 or desk.projection:
        kept = by_number.get(st.session_state.get(f"{NUMBER}_kept", 0))
        return kept or _first(held)
    if st.session_state.get(NUMBER) not in by_number:
        st.session_state[NUMBER] = _first(held).number
    number = st.selectbox(
        desk.text("meeting.which"), list(by_number), key=NUMBER, width=440,
        format_func=lambda n: desk.text("meeting.called", n=n, day=by_number[n].on),
    )
    st.session_state[f"{NUMBER}_kept"] = number  # the wall shows the same
    return by_number[number]


def _first(held: tuple[Meeting, ...]) -> Meeting:
    asked = st.query_params.get("meeting")
    named = next((one for one in held if str(one.number) == asked), None)
    return named or next((one for one in held if one.is_open), held[-1])


def _title(desk: Desk, room: Room) -> str:
    if not desk.projection:
        return desk.text("meeting.title")
    return desk.text("meeting.called", n=room.meeting.number, day=room.meeting.on)


def _answer(desk: Desk, room: Room) -> str:
    text, present = desk.text, len(room.present)
    if room.meeting.state is MeetingState.PREPARED:
        return text("meeting.prepared", n=room.meeting.number, day=room.meeting.on)
    if room.meeting.state is MeetingState.CLOSED:
        return text("meeting.closed", n=room.meeting.number, decided=len(room.decisions))
    key = "meeting.open_quorum" if room.has_quorum else "meeting.open_no_quorum"
    if room.has_quorum and room.charter.quorum is None:
        key = "meeting.open_unset"
    return text(key, present=present, of=len(room.seats), quorum=room.charter.quorum or 1)


def _chair(desk: Desk, room: Room) -> None:
    """Who leads, and where; another facilitator may take the chair, after a question."""
    text, meeting = desk.text, room.meeting
    is_mine = room.is_led_by(desk.person)
    parts = [text("meeting.chair_mine") if is_mine else text("meeting.chair", name=room.chair)]
    if meeting.place:
        parts.append(meeting.place)
    st.caption(plain(" · ".join(parts)))
    may_take = desk.has(Role.FACILITATOR) and meeting.state is not MeetingState.CLOSED
    if may_take and not is_mine and not desk.projection:
        components.confirm(
            desk, key="meeting_take_chair", label=text("meeting.take_chair"),
            question=text("meeting.take_chair_question", name=room.chair),
            act=partial(_take_chair, desk, meeting),
        )  # fmt: skip


def _take_chair(desk: Desk, meeting: Meeting) -> None:
    meeting_parts.do(
        desk,
        lambda: meetings.take_chair(
            desk.store, desk.person, desk.cycle, meeting.number, meeting.facilitator
        ),
        desk.text("meeting.chair_taken"),
    )


def _step(desk: Desk, room: Room) -> Step:
    """The step shown: the chair's own choice moves every device; others may look elsewhere.

    Who has typed what she has not sent stays where she is until it is sent, or given up. A step
    put from elsewhere makes the choice anew: a device that does not know it yet sends its old step
    with its next word, which would be taken for a choice and bring everyone back.
    """
    text, state = desk.text, st.session_state
    steps, is_mine = list(SCREENS), room.is_led_by(desk.person)
    here = room.meeting.step if room.meeting.step in SCREENS else steps[0]
    is_typing = meeting_live.is_typing()
    is_new = state.get(FOLLOWED) != (room.meeting.number, here)
    if SHOWN not in state or desk.projection or (is_new and not is_typing):
        state[FOLLOWED] = (room.meeting.number, here)
        _put(here)
    if desk.projection and not is_mine:
        return here
    shown = st.segmented_control(
        text("meeting.step_label"), steps, default=state[SHOWN], required=True, key=choice(),
        format_func=lambda step: text(f"meeting.step.{step}"), label_visibility="collapsed",
        on_change=partial(_lead, desk, room),
    )
    state[SHOWN] = Step(shown)
    apart = st.container(horizontal=True, vertical_alignment="center", key="meeting_apart")
    if shown == here:
        state[FOLLOWED] = (room.meeting.number, here)
    elif not is_mine:
        with apart:
            _apart(desk, here, is_new and is_typing)
    return Step(shown)


def _apart(desk: Desk, here: Step, is_held: bool) -> None:
    """Where the others are, to someone who looks elsewhere, or who is still writing."""
    key = "meeting.held" if is_held else "meeting.elsewhere"
    told = desk.text(key, step=desk.text(f"meeting.step.{here}"))
    st.info(said(told), icon=":material/groups:", width="stretch")
    st.button(
        desk.text("meeting.join"), key="meeting_join", type="primary",
        on_click=_put, args=(here,),
    )  # fmt: skip


def choice() -> str:
    """The key of the choice of a step, as it was last made anew."""
    return f"{SHOWN}_{st.session_state.get(TURN, 0)}"


def _put(step: Step) -> None:
    state = st.session_state
    if state.get(SHOWN) is not step:
        state[SHOWN], state[TURN] = step, state.get(TURN, 0) + 1


def _lead(desk: Desk, room: Room) -> None:
    """The chair's choice of a step brings everyone there."""
    step, number = Step(st.session_state[choice()]), room.meeting.number
    st.session_state[SHOWN] = step
    if not room.is_led_by(desk.person) or room.meeting.state is MeetingState.CLOSED:
        return
    act = partial(meetings.go, desk.store, desk.person, desk.cycle, number, step)
    if not meeting_parts.do(desk, act):
        _put(room.meeting.step)

"""A meeting prepared: its day, its place, the scenario put to the committee; and all others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from portfolio.meeting import Meeting, MeetingState
from portfolio.person import Role
from services import meetings
from views.desk import Desk
from views.meeting_parts import do
from views.parts import small_table, today
from views.register_fields import FIRST, LAST


def show(desk: Desk, held: Sequence[Meeting]) -> None:
    """The form of the next one, for those who may lead it; unless one is prepared, or open."""
    is_over = all(one.state is MeetingState.CLOSED for one in held)
    if desk.has(Role.FACILITATOR) and is_over:
        place = f"meeting_prepare_{len(held)}"
        _form(desk, place, Meeting(len(held) + 1, today()), "prepare")


def others(desk: Desk, held: Sequence[Meeting]) -> None:
    """Every meeting of the cycle, when there are several; the form of the next one."""
    text = desk.text
    if len(held) > 1:
        with st.expander(text("meeting.every", n=len(held))):
            head = [text(f"meeting.{name}") for name in ("which", "on", "place", "state")]
            small_table(head, [
                (desk.number(one.number), desk.day(one.on, long=True), one.place or "–",
                 text(f"meeting.state_is.{one.state}"))
                for one in held
            ], name=text("meeting.every", n=len(held)))
    if all(one.state is MeetingState.CLOSED for one in held) and desk.has(Role.FACILITATOR):
        with st.expander(text("meeting.next_one")):
            show(desk, held)


def amend(desk: Desk, meeting: Meeting) -> None:
    """Another day, place or scenario, until it is opened."""
    _form(desk, f"meeting_amend_{meeting.version}", meeting, "amend_save")


def _form(desk: Desk, place: str, start: Meeting, verb: str) -> None:
    text = desk.text
    kept = {s.code: s for s in meetings.proposable(desk.store, desk.person, desk.cycle)}
    codes = list(kept)
    with st.form(place, enter_to_submit=False):
        on, where = st.columns(2)
        on.date_input(
            text("meeting.on"), start.on, FIRST, LAST, format="YYYY-MM-DD", key=f"{place}_on"
        )
        where.text_input(text("meeting.place"), start.place, key=f"{place}_place")
        st.selectbox(
            text("meeting.scenario"), codes, key=f"{place}_scenario",
            index=codes.index(start.scenario) if start.scenario in codes else 0,
            format_func=lambda code: kept[code].title.in_(desk.language) or code,
            help=text("meeting.scenario_help"),
        )
        st.form_submit_button(
            text(f"meeting.{verb}"), type="primary", on_click=_send, args=(desk, place, start)
        )


def _send(desk: Desk, place: str, start: Meeting) -> None:
    typed: Mapping[str, object] = {
        name: st.session_state[f"{place}_{name}"] for name in ("on", "place", "scenario")
    }
    on = typed["on"] if isinstance(typed["on"], date) else start.on
    given = replace(start, on=on, place=str(typed["place"]), scenario=str(typed["scenario"]))

    def prepare() -> Meeting:
        return meetings.prepare(
            desk.store, desk.person, desk.cycle, given.on, given.scenario, given.place
        )

    def change() -> Meeting:
        return meetings.amend(desk.store, desk.person, desk.cycle, given)

    act = change if start.version else prepare
    do(desk, act, desk.text("meeting.amended" if start.version else "meeting.prepared_done"))

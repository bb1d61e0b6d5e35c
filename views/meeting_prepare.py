"""A meeting prepared: its day, its place, and the scenario whose plan is put to the committee."""

from datetime import date

import streamlit as st

from portfolio.errors import Refusal
from portfolio.person import Role
from services import meetings
from views.desk import Desk
from views.look import components
from views.parts import today


def show(desk: Desk) -> None:
    """The form, for those who may lead a meeting; others read that none is prepared."""
    text = desk.text
    if not desk.has(Role.FACILITATOR):
        return
    kept = {s.code: s for s in meetings.proposable(desk.store, desk.person, desk.cycle)}
    with st.form("meeting_prepare", enter_to_submit=False):
        on = st.date_input(text("meeting.on"), today(), format="YYYY-MM-DD", key="meeting_on")
        place = st.text_input(text("meeting.place"), key="meeting_place")
        scenario = st.selectbox(
            text("meeting.scenario"), list(kept), key="meeting_scenario",
            format_func=lambda code: kept[code].title.in_(desk.language) or code,
        )
        if not st.form_submit_button(text("meeting.prepare"), type="primary"):
            return
    try:
        day = on if isinstance(on, date) else today()
        meetings.prepare(desk.store, desk.person, desk.cycle, day, scenario, place)
    except Refusal as refusal:
        components.error(desk, refusal)
        return
    components.tell(text("meeting.prepared_done"))
    st.rerun()

"""Weights in a meeting: how many have cast their ballot, the reveal, the spread, what is agreed."""

import streamlit as st

from services import weighting
from services.meetings import Room
from services.weighting import Weighing
from views import meeting_thawed, weighting_group, weighting_lead
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.meeting_parts import leads


def show(desk: Desk, room: Room) -> None:
    """Before the reveal only how many are in; after it where members differ, and what is kept."""
    if not desk.has(*weighting.READS):
        st.markdown(said(desk.text("weighting.not_allowed")))
        return
    found = weighting.view(desk.store, desk.person, desk.cycle)
    may = leads(desk, room)
    weighting_lead.refusal(desk)
    meeting_thawed.show(desk, room)
    if found.round is not None:
        _awaited(desk, found)
        if may:
            weighting_lead.rounds_desk(desk, found)
        return
    if found.result is not None:
        weighting_group.spread(desk, found, found.result)
    else:
        st.markdown(said(desk.text("weighting.answer_none")))
    weighting_group.in_force(desk, found)
    if may:
        weighting_lead.adoption(desk, found)
        weighting_lead.rounds_desk(desk, found)


def _awaited(desk: Desk, found: Weighing) -> None:
    """How many ballots are in, for the wall; and for a member, where her own stands."""
    text = desk.text
    told = text("meeting_weights.cast", n=found.cast, of=found.members)
    st.header(said(told), anchor=False)
    st.progress(found.cast / found.members if found.members else 0.0)
    st.markdown(said(text("meeting_weights.blind")))
    if found.ballot is None or desk.projection:
        return
    if found.ballot.is_cast:
        components.status(text("meeting_weights.mine_in"), "good")
    else:
        components.status(text("meeting_weights.mine_awaited"), "warning")
    components.page_link(desk, "weighting", text("meeting_weights.to_ballot"))

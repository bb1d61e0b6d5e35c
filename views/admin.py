"""What keeps the house in order, one section at a time: people, cycle, journal, its state."""

from collections.abc import Callable

import streamlit as st

from portfolio.person import Role
from views import admin_cycle, admin_journal, admin_people, admin_state
from views.desk import Desk
from views.look import components

ASKED = "section"  # in the address
CHOSEN = "admin_section"

# The key of a section names its words (``admin.section.<key>``) and its place in the address.
SECTIONS: tuple[tuple[str, Callable[[Desk], None]], ...] = (
    ("people", admin_people.show),
    ("cycle", admin_cycle.show),
    ("journal", admin_journal.show),
    ("state", admin_state.show),
)


def render(desk: Desk) -> None:
    """One section, chosen at the top or named in the address; the others are not even read."""
    text = desk.text
    if not desk.has(Role.ADMINISTRATOR):
        components.page_head(desk, text("admin.title"), text("admin.not_yours"))
        return
    shown = dict(SECTIONS)
    components.page_head(desk, text("admin.title"), text("admin.answer"))
    asked = st.query_params.get(ASKED, "")
    section = st.segmented_control(
        text("admin.section_label"), list(shown), required=True, key=CHOSEN,
        default=asked if asked in shown else SECTIONS[0][0],
        format_func=lambda key: text(f"admin.section.{key}"), label_visibility="collapsed",
    )
    st.query_params[ASKED] = section
    shown[section](desk)

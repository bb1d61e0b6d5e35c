"""Décisions et suivi: what was decided, promised, started, and what is late."""

from collections.abc import Callable, Mapping

import streamlit as st

from views import decisions_list, decisions_papers, tracking
from views.desk import Desk
from views.look import components

SECTIONS: Mapping[str, Callable[[Desk], None]] = {
    "list": decisions_list.show,
    "tracking": tracking.show,
    "papers": decisions_papers.show,
}
ASKED = {  # what an address names -> where it is
    decisions_list.CHOSEN: "list",
    decisions_papers.LETTER: "papers",
    tracking.CHOSEN: "tracking",
}


def render(desk: Desk) -> None:
    """What was decided, what was promised and where it stands, and the committee's papers."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("decisions.title"), text("decisions.empty"))
        return
    components.page_head(desk, text("decisions.title"), text("decisions.answer"))
    asked = next((name for key, name in ASKED.items() if key in st.query_params), None)
    section = st.segmented_control(
        text("decisions.section"), SECTIONS, default=asked or next(iter(SECTIONS)), required=True,
        format_func=lambda name: text(f"decisions.section_{name}"), key="decisions_section",
        label_visibility="collapsed",
    )  # fmt: skip
    SECTIONS[section](desk)

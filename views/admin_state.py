"""The state of the house: its database, its journal, its door, and who is in."""

from datetime import datetime

import streamlit as st

from services import doors, state
from services.state import State
from views import format as written
from views.desk import Desk
from views.look.components import Metric, metric_row, said
from views.parts import small_table


def show(desk: Desk) -> None:
    """What runs, in which version; how long the journal is; who is signed in."""
    text = desk.text
    found = state.view(desk.store, desk.person, doors.now())
    sound = "sound" if found.running.is_safe else "unsafe"
    st.markdown(said(text(f"admin.state.{sound}", database=found.running.database)))
    metric_row([
        Metric(text("admin.state.signed_in"), desk.number(found.signed_in),
               help=text("admin.state.signed_in_help")),
        Metric(text("admin.state.active"), desk.number(found.active)),
        Metric(text("admin.state.journal"), desk.number(found.journal.count),
               help=text("admin.state.journal_help")),
    ])  # fmt: skip
    st.button(text("admin.state.verify"), on_click=_to_journal, key="admin_state_verify",
              icon=":material/verified:")
    head = text("admin.state.thing"), text("admin.state.value")
    small_table(head, _lines(desk, found), name=text("admin.section.state"))


def _lines(desk: Desk, found: State) -> list[tuple[str, str]]:
    text, running = desk.text, found.running
    last = written.moment(datetime.fromisoformat(found.journal.at)) if found.journal.at else "–"
    return [
        (text("admin.state.version"), found.version),
        (text("admin.state.database"), f"{running.database} {running.version} ({running.driver})"),
        (text("admin.state.tables"), found.tables),
        (text("admin.state.door"), text(f"admin.state.door_is.{found.door}")),
        (text("admin.state.last"), last),
    ]


def _to_journal() -> None:
    st.session_state["admin_section"] = "journal"

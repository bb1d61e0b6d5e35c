"""The imports into the register so far, each with its counts, and the way to take one back."""

from collections.abc import Mapping

import streamlit as st

from portfolio.batch import Batch
from portfolio.errors import Refusal
from services import cycles, hub
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.look.tables import Column, table
from views.parts import named

REFUSED, DONE = "hub_refused", "hub_done"
COUNTS = ("created", "updated", "unchanged", "gone", "reopened")


def show(desk: Desk) -> None:
    """The batches, the newest first; one of them can be taken back."""
    text = desk.text
    batches = hub.batches(desk.store, desk.person, desk.cycle)
    st.header(text("hub.batches"), anchor=False)
    if not batches:
        st.markdown(text("hub.no_batch"))
        return
    rows = [_row(desk, batch) for batch in batches]
    table(desk, rows, _columns(desk), key="hub_batches", name=text("hub.batches"))
    standing = {batch.number: batch for batch in batches if not batch.is_undone}
    if not standing:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            text("hub.undo_which"), list(standing), key="hub_undo_which", width=480,
            format_func=lambda one: _title(desk, standing[one]),
        )
        chosen = standing.get(number)
        if chosen is not None:
            components.confirm(
                desk, key="hub_undo", label=text("hub.undo"),
                question=text("hub.undo_question", number=chosen.number, file=plain(chosen.file)),
                act=lambda: _undo(desk, chosen),
            )


def _row(desk: Desk, batch: Batch) -> Mapping[str, object]:
    registry = cycles.registry(desk.store, desk.person, desk.cycle)
    return {
        "number": batch.number,
        "on": batch.on,
        "by": named(registry, batch.by),
        "tool": ", ".join(_tool(desk, name) for name in batch.tool.split(", ")),
        "file": batch.file,
        "system": batch.system,
        **{name: getattr(batch.counts, name) for name in COUNTS},
        "mapped": batch.mapped,
        "unmapped": batch.unmapped,
        "undated": batch.undated,
        "state": desk.text("hub.undone" if batch.is_undone else "hub.stands"),
    }


def _tool(desk: Desk, name: str) -> str:
    key = f"hub.tool.{name}"
    return desk.text(key) if desk.text.has(key) else name


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    return [
        Column("number", text("hub.number"), "number", width="small"),
        Column("on", text("hub.on"), "date"),
        Column("tool", text("hub.tool_label")),
        Column("file", text("hub.file"), width="medium"),
        Column("system", text("debts.system")),
        Column("state", text("hub.state")),
        *(Column(name, text(f"hub.deed.{name}"), "number", width="small") for name in COUNTS),
        *(Column(n, text(f"hub.{n}"), "number", help=text(f"hub.{n}_help"))
          for n in ("mapped", "undated", "unmapped")),
        Column("by", text("hub.by")),
    ]  # fmt: skip


def _title(desk: Desk, batch: Batch) -> str:
    return desk.text("hub.batch", number=batch.number, day=batch.on, file=batch.file)


def _undo(desk: Desk, batch: Batch) -> None:
    try:
        hub.undo(desk.store, desk.person, desk.cycle, batch)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state[DONE] = said(desk.text("hub.undo_done", number=batch.number))

"""The past of an item or a system: who did what, when and why, in words."""

from collections.abc import Iterable

import streamlit as st

from services.register_history import Past
from views import format as written
from views.desk import Desk
from views.parts import small_table
from views.register_words import both, label

PAGES = {"debt": "debt_item", "system": "system_item", "acceptance": "acceptances"}


def show(desk: Desk, past: Iterable[Past]) -> None:
    """The acts, the latest first; nothing when the journal has none."""
    text = desk.text
    rows = [
        (written.moment(one.at), one.who, _deed(desk, one), one.reason, _changed(desk, one))
        for one in past
    ]
    if not rows:
        return
    with st.expander(text("register.past", n=len(rows))):
        names = ("when", "who", "deed", "why", "changes")
        small_table([text(f"register.{n}") for n in names], rows, name=text("register.past_name"))


def _deed(desk: Desk, one: Past) -> str:
    """The act in words, where it has any; else that it was brought in or changed."""
    key = f"register.act.{one.act.replace('.', '_')}"
    if desk.text.has(key):
        return desk.text(key)
    return desk.text("register.brought" if one.is_first else "register.changed")


def _changed(desk: Desk, one: Past) -> str:
    changes = []
    for change in one.changes:
        before, after = both(desk, change)
        name = label(desk, change.field, PAGES.get(one.kind, ""))
        changes.append(f"{name}{desk.text('parts.colon')} {before} → {after}")
    return " ; ".join(changes)

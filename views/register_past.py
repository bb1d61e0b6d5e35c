"""The past of an item or a system: who did what, when and why, in words."""

from collections.abc import Iterable

import streamlit as st

from services.register_history import Past
from views import format as written
from views.desk import Desk
from views.parts import small_table

LONGEST = 80  # characters of a value that are shown


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
    told = []
    for change in one.changes:
        name = desk.text.field(change.field)
        for key in (f"debt_item.{change.field}", f"system_item.{change.field}"):
            if desk.text.has(key):
                name = desk.text(key)
                break
        told.append(f"{name} : {_value(change.before)} → {_value(change.after)}")
    return " ; ".join(told)


def _value(value: object) -> str:
    match value:
        case None | "" | []:
            return "–"
        case {"likely": int(cents)}:
            return f"{cents / 100:g}"
        case list():
            return ", ".join(_value(part) for part in value)[:LONGEST]
        case dict():
            named = value.get("project") or value.get("name") or value.get("source")
            return str(named or value)[:LONGEST]
    return str(value)[:LONGEST]

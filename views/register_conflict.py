"""What came of sending a form of the register: a refusal, or two versions to choose from."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import streamlit as st

from portfolio.errors import Refusal, Stale
from portfolio.project import Estimate
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import small_table, three_points

REFUSED, WHY = "debts_refused", "debts_refused_why"
Keep = Callable[[Desk, Any, Any, str], None]  # Any: a noun of the register


def remember(refused: Refusal, why: str = "") -> None:
    """Keep what refused the act until the page is drawn again."""
    st.session_state[REFUSED], st.session_state[WHY] = refused, why


def forget() -> None:
    st.session_state.pop(REFUSED, None)


def show(desk: Desk, words: str, keep: Keep | None = None) -> None:
    """Say what was refused; of a form that came too late, both versions, and the choice."""
    refused = st.session_state.get(REFUSED)
    if refused is None:
        return
    if not isinstance(refused, Stale) or keep is None or refused.facts.get("theirs") is None:
        forget()
        components.error(desk, refused)
        return
    mine, theirs = refused.facts["yours"], refused.facts["theirs"]
    st.warning(said(desk.text("register.stale")))
    rows = [
        (_label(desk, words, f.name), _told(desk, getattr(mine, f.name)),
         _told(desk, getattr(theirs, f.name)))
        for f in fields(type(mine))
        if f.name != "version" and getattr(mine, f.name) != getattr(theirs, f.name)
    ]
    head = [desk.text(f"register.{name}") for name in ("field", "mine", "theirs")]
    small_table(head, rows, name=desk.text("register.both"))
    with st.container(horizontal=True):
        st.button(desk.text("register.keep_mine"), key="debts_keep_mine", type="primary",
                  on_click=_keep, args=(desk, keep, mine, theirs))
        st.button(desk.text("register.take_theirs"), key="debts_take_theirs", on_click=forget)


def _keep(desk: Desk, keep: Keep, mine: object, theirs: object) -> None:
    why = st.session_state.get(WHY, "")
    forget()
    try:
        keep(desk, mine, theirs, why)
    except Refusal as refused:
        remember(refused, why)


def _label(desk: Desk, words: str, name: str) -> str:
    """The field's word on the form; on the page; or as other tables call it."""
    for key in (f"{words}.{name}", f"debts.{name}"):
        if desk.text.has(key):
            return desk.text(key)
    return desk.text.field(name)


def _told(desk: Desk, value: object) -> str:
    match value:
        case None | () | "":
            return desk.text("common.none")
        case Estimate(low=low, likely=likely, high=high):
            return three_points(desk, low, likely, high)
        case tuple():
            return "; ".join(_told(desk, part) for part in value)
    named = getattr(value, "project", None) or getattr(value, "source", None)
    return str(named or getattr(value, "name", None) or getattr(value, "on", None) or value)

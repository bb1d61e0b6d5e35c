"""What came of sending a form of the register: a refusal, or two versions to choose from."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from portfolio.errors import Refusal, Stale
from services.register_history import differences
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import small_table
from views.register_fields import unpin
from views.register_words import both, label

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
        _told(desk, refused)
        return
    mine, theirs = refused.facts["yours"], refused.facts["theirs"]
    st.warning(said(desk.text("register.stale")))
    rows = [
        (label(desk, change.field, words), *both(desk, change))
        for change in differences(mine, theirs)
    ]
    head = [desk.text(f"register.{name}") for name in ("field", "mine", "theirs")]
    small_table(head, rows, name=desk.text("register.both"))
    with st.container(horizontal=True):
        st.button(desk.text("register.keep_mine"), key="debts_keep_mine", type="primary",
                  on_click=_keep, args=(desk, keep, mine, theirs))
        st.button(desk.text("register.take_theirs"), key="debts_take_theirs",
                  on_click=_take_theirs)


def _take_theirs() -> None:
    """The form starts again from what someone else saved."""
    forget()
    unpin()


def _keep(desk: Desk, keep: Keep, mine: object, theirs: object) -> None:
    why = st.session_state.get(WHY, "")
    forget()
    try:
        keep(desk, mine, theirs, why)
    except Refusal as refused:
        remember(refused, why)


def _told(desk: Desk, refused: Refusal) -> None:
    """The refusal; statuses are told by their words, not by their codes."""
    facts = refused.facts
    if refused.code == "status-order":
        facts = {name: desk.text(f"debts.status.{facts[name]}") for name in ("before", "after")}
    components.error(desk, Refusal(refused.code, **facts))

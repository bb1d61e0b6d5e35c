"""People in words: their roles and what each may do; and two versions of what is known of one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

from portfolio.errors import Refusal, Stale
from portfolio.person import Role
from services.register_history import differences
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import small_table


def role_names(desk: Desk, roles: Iterable[Role]) -> str:
    """« Architecte, Membre »."""
    held = set(roles)
    return ", ".join(desk.text(f"common.role.{role}") for role in Role if role in held)


def roles_asked(desk: Desk, place: str, held: Iterable[Role] = ()) -> None:
    """One box a role, with what it lets do; ``roles_chosen`` reads them."""
    held = set(held)
    st.markdown(f"**{said(desk.text('person.roles'))}**")
    for role in Role:
        words = desk.text(f"common.role.{role}"), desk.text(f"people.may.{role}")
        st.checkbox("**{}** – {}".format(*map(said, words)), role in held, key=f"{place}_{role}")


def roles_chosen(place: str) -> frozenset[Role]:
    return frozenset(role for role in Role if st.session_state[f"{place}_{role}"])


def service_asked(desk: Desk, place: str, services: Sequence[str], held: str = "") -> None:
    """A service that is known already, or another one."""
    options = sorted({*services, held} - {""})
    st.selectbox(
        desk.text("people.service"), options, key=f"{place}_service",
        index=options.index(held) if held else None, accept_new_options=True,
        placeholder=desk.text("person.service_help"),
    )


def conflict(
    desk: Desk, key: str, refused: Refusal, keep: Callable[[], None], leave: Callable[[], None]
) -> None:
    """Say what was refused; of a form that came too late, both versions, and the choice."""
    theirs = refused.facts.get("theirs")
    if not isinstance(refused, Stale) or theirs is None:
        leave()
        components.error(desk, refused)
        return
    st.warning(said(desk.text("people.stale")), icon=":material/warning:")
    rows = [
        (_label(desk, change.field), _told(desk, change.field, change.before),
         _told(desk, change.field, change.after))
        for change in differences(refused.facts["yours"], theirs)
        if change.field != "version"
    ]  # fmt: skip
    head = [desk.text(f"register.{name}") for name in ("field", "mine", "theirs")]
    small_table(head, rows, name=desk.text("register.both"))
    with st.container(horizontal=True):
        st.button(desk.text("register.keep_mine"), key=f"{key}_keep_mine", type="primary",
                  on_click=keep)
        st.button(desk.text("register.take_theirs"), key=f"{key}_take_theirs", on_click=leave)


def _label(desk: Desk, field: str) -> str:
    return desk.text(f"people.field.{field}")


def _told(desk: Desk, field: str, value: Any) -> str:  # noqa: ANN401  whatever JSON can say
    text = desk.text
    match field:
        case "roles":
            return role_names(desk, map(Role, value)) or text("common.none")
        case "language":
            return text(f"people.language.{value}")
        case "rhythm":
            return text(f"account.rhythm.{value}")
        case "is_active":
            return text("people.field.active" if value else "people.field.disabled")
        case "expertise":
            return ", ".join(value) or text("common.none")
    return str(value) or text("common.none")

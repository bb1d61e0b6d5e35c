"""The invitation of a person: a link shown once, with its end; and withdrawing it."""

import os
from datetime import datetime
from urllib.parse import urlsplit

import streamlit as st

from portfolio.errors import Refusal
from portfolio.person import Person
from services import doors, people
from services.directory import Entry
from services.doors import Door
from services.people import Invited
from views import format as written
from views.desk import Desk
from views.look import components
from views.look.components import said

LINK = "admin_link"  # the invitation just written: its secret is kept nowhere else
REFUSED = "admin_refused"


def show(desk: Desk, entry: Entry, door: Door) -> None:
    """The link just written, else the one under way, else how to write one."""
    text, person = desk.text, entry.person
    if door is Door.DEMO or person.is_demo or not person.is_active:
        return
    st.subheader(text("person.invitation.title"), anchor=False)
    written_now = st.session_state.get(LINK)
    if isinstance(written_now, Invited) and written_now.person.code == person.code:
        _link(desk, written_now)
        return
    if entry.invitation is not None:
        day = datetime.fromisoformat(entry.invitation.expires)
        st.markdown(said(text("person.invitation.pending", at=written.moment(day))))
    else:
        key = "known" if entry.can_sign_in else "none"
        st.markdown(said(text(f"person.invitation.{key}")))
    with st.container(horizontal=True):
        again = "again" if entry.invitation or entry.can_sign_in else "write"
        st.button(text(f"person.invitation.{again}"), key="admin_invitation_write",
                  on_click=_write, args=(desk, person))
        if entry.invitation is not None:
            st.button(text("person.invitation.withdraw"), key="admin_invitation_withdraw",
                      on_click=_withdraw, args=(desk, person))


def _link(desk: Desk, invited: Invited) -> None:
    text = desk.text
    ends = datetime.fromisoformat(invited.invitation.expires)
    sentence = text("person.invitation.once", name=invited.person.name, at=written.moment(ends))
    st.warning(components.plain(sentence), icon=":material/key:")
    st.code(f"{_house()}/invitation/{invited.token}", language=None, wrap_lines=True)
    st.button(text("person.invitation.done"), key="admin_invitation_done", on_click=_done)


def _house() -> str:
    """How people reach the house: as it is declared, else as this page was reached."""
    declared = os.environ.get("ARBITRAGE_PUBLIC_URL", "").rstrip("/")
    here = urlsplit(st.context.url or "")
    return declared or f"{here.scheme}://{here.netloc}"


def _done() -> None:
    st.session_state.pop(LINK, None)


def _write(desk: Desk, person: Person) -> None:
    try:
        invited = people.invite_again(desk.store, desk.person, person.code, doors.now())
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    st.session_state[LINK] = invited


def _withdraw(desk: Desk, person: Person) -> None:
    try:
        people.withdraw_invitation(desk.store, desk.person, person.code, doors.now())
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    components.tell(desk.text("person.invitation.withdrawn", name=person.name))

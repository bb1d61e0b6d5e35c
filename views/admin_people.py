"""The people of the house: who is known, in which roles, and whether they can come in."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from portfolio.person import Role
from services import directory, doors
from services.directory import Entry
from services.doors import Door
from views import admin_newcomer, admin_person
from views import format as written
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.look.tables import Column, table
from views.people_words import role_names

CHOSEN = "fiche"  # in the address, where « person » is who acts in the demo
OPENED = "admin_people_open"


def show(desk: Desk) -> None:
    """Everyone known; or the file of the one person who is chosen."""
    entries = directory.entries(desk.store, desk.person, doors.now())
    door = doors.door(desk.store)
    by_code = {entry.person.code: entry for entry in entries}
    chosen = by_code.get(st.query_params.get(CHOSEN, ""))
    if chosen is not None:
        st.button(desk.text("people.back"), key="admin_people_back", on_click=_close,
                  icon=":material/arrow_back:")
        admin_person.show(desk, chosen, door, _services(entries))
        return
    st.markdown(said(_answer(desk, entries, door)))
    if door is Door.DEMO:
        components.status(desk.text("people.demo"), "warning")
        st.caption(desk.text("people.demo_explained"))
    _table(desk, entries, door)
    admin_newcomer.show(desk, door, _services(entries))


def _close() -> None:
    st.query_params.pop(CHOSEN, None)
    admin_person.forget()


def _services(entries: Sequence[Entry]) -> list[str]:
    return sorted({entry.person.service for entry in entries} - {""})


def _answer(desk: Desk, entries: Sequence[Entry], door: Door) -> str:
    """How many there are, and whom the door leaves outside."""
    text, is_demo = desk.text, door is Door.DEMO
    people = [e for e in entries if e.person.is_active and e.person.is_demo is is_demo]
    people = [entry for entry in people if not entry.is_console]
    outside = sum(not entry.can_sign_in for entry in people)
    invited = sum(bool(entry.invitation) and not entry.can_sign_in for entry in people)
    chiefs = sum(entry.can_sign_in and entry.person.has(Role.ADMINISTRATOR) for entry in people)
    aside = sum(entry.person.is_demo for entry in entries)
    answer = text("people.answer", n=len(people), chiefs=chiefs)
    if outside:
        answer += " " + text("people.outside", n=outside)
        if invited:
            answer += " " + text("people.pending", n=invited)
    if aside and not is_demo:
        answer += " " + text("people.aside", n=aside)
    return answer


def _table(desk: Desk, entries: Sequence[Entry], door: Door) -> None:
    text = desk.text
    titles = {entry.person.code: entry.person.name for entry in entries}
    st.selectbox(
        text("people.open"), list(titles), index=None, format_func=titles.__getitem__,
        placeholder=text("people.open_help"), key=OPENED, on_change=_choose, width=480,
    )
    chosen = table(
        desk, [_row(desk, entry, door) for entry in entries], _columns(desk),
        key="admin_people", name=text("admin.section.people"), can_choose=True,
    )  # fmt: skip
    if chosen:
        st.query_params[CHOSEN] = str(chosen["code"])
        st.rerun()


def _choose() -> None:
    if st.session_state[OPENED]:
        st.query_params[CHOSEN] = st.session_state[OPENED]


def _row(desk: Desk, entry: Entry, door: Door) -> Mapping[str, object]:
    person, text = entry.person, desk.text
    seen = datetime.fromisoformat(entry.last_seen) if entry.last_seen else None
    return {
        "name": person.name,
        "roles": role_names(desk, person.roles),
        "status": text(f"people.status.{admin_person.status(entry, door)}"),
        "service": person.service,
        "email": entry.contact.email,
        "language": text(f"people.language.{person.language}"),
        "seen": written.moment(seen) if seen else "",
        "invited": _until(entry),
        "kind": text(f"people.kind.{_kind(entry)}"),
        "code": person.code,
    }


def _until(entry: Entry) -> str:
    if entry.invitation is None:
        return ""
    return written.moment(datetime.fromisoformat(entry.invitation.expires))


def _kind(entry: Entry) -> str:
    if entry.is_console:
        return "console"
    return "demo" if entry.person.is_demo else "real"


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    return [
        Column("name", text("people.name"), width="medium"),
        Column("roles", text("people.roles"), width="medium"),
        Column("status", text("people.status_label"), width="medium",
               help=text("people.status_help")),
        Column("seen", text("people.seen"), width="medium"),
        Column("email", text("people.email"), width="medium"),
        Column("service", text("people.service"), width="medium"),
        Column("invited", text("people.invited"), help=text("people.invited_help")),
        Column("language", text("people.language_label")),
        Column("kind", text("people.kind_label")),
        Column("code", text("people.code"), help=text("people.code_help")),
    ]

"""The file of one person: how they come in, what is known of them, in which roles they act."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

from portfolio.contact import Contact
from portfolio.errors import Refusal, Stale
from portfolio.person import Person
from services import cycles, directory, doors
from services.directory import Entry
from services.doors import Door
from views import admin_invitation
from views import format as written
from views.desk import Desk
from views.look import components
from views.look.components import Mood, said
from views.parts import facts
from views.people_words import conflict, roles_asked, roles_chosen, service_asked
from views.text import LANGUAGES

REFUSED, TYPED = "admin_refused", "admin_typed"
MOODS: dict[str, Mood] = {"in": "good", "invited": "warning", "outside": "warning",
                          "demo": "good", "demo_outside": "quiet", "console": "quiet",
                          "disabled": "bad"}  # fmt: skip


def status(entry: Entry, door: Door) -> str:
    """How the person stands before the door."""
    if entry.is_console:
        return "console"
    if not entry.person.is_active:
        return "disabled"
    if entry.person.is_demo:
        return "demo" if door is Door.DEMO else "demo_outside"
    if entry.can_sign_in:
        return "in"
    return "invited" if entry.invitation else "outside"


def forget() -> None:
    """Keep nothing of what was typed, refused or shown once of the person who was open."""
    for key in (REFUSED, TYPED, admin_invitation.LINK):
        st.session_state.pop(key, None)


def show(desk: Desk, entry: Entry, door: Door, services: Sequence[str]) -> None:
    """How the person comes in; the form; the ways to invite, to sign out, to disable."""
    text, person = desk.text, entry.person
    st.header(said(person.name), anchor=False)
    stands = status(entry, door)
    components.status(text(f"people.status.{stands}"), MOODS[stands])
    _refusal(desk, person)
    _known(desk, entry)
    if entry.is_console:
        st.info(text("person.console"))
        return
    admin_invitation.show(desk, entry, door)
    _form(desk, entry, services)
    _sessions(desk, entry)


def _refusal(desk: Desk, person: Person) -> None:
    """What was refused of this person; what waits of another one was left with the file."""
    refused, typed = (st.session_state.get(key) for key in (REFUSED, TYPED))
    if typed is not None and typed[0].code != person.code:
        _leave()
        return
    if refused is not None:
        conflict(desk, "admin_person", refused, lambda: _keep_mine(desk), _leave)


def _leave() -> None:
    for key in (REFUSED, TYPED):
        st.session_state.pop(key, None)


def _known(desk: Desk, entry: Entry) -> None:
    text = desk.text
    seen = datetime.fromisoformat(entry.last_seen) if entry.last_seen else None
    facts(desk, [
        (text("people.code"), entry.person.code),
        (text("person.login"), entry.login),
        (text("person.issuers"), ", ".join(entry.issuers)),
        (text("people.seen"), written.moment(seen) if seen else ""),
        (text("person.sessions"), desk.number(entry.sessions) if entry.sessions else ""),
    ])  # fmt: skip


def _form(desk: Desk, entry: Entry, services: Sequence[str]) -> None:
    """What is known of the person; its fields bear their versions, so that each starts anew."""
    text, person = desk.text, entry.person
    place = f"admin_person_{person.code}_{person.version}_{entry.contact.version}"
    st.subheader(text("person.about"), anchor=False)
    with st.form(place):
        left, right = st.columns(2)
        with left:
            st.text_input(text("people.name"), person.name, key=f"{place}_name")
            service_asked(desk, place, services, person.service)
        with right:
            st.text_input(text("people.email"), entry.contact.email, key=f"{place}_email",
                          help=text("person.email_help"))
            st.selectbox(
                text("people.language_label"), LANGUAGES, key=f"{place}_language",
                index=LANGUAGES.index(person.language),
                format_func=lambda code: text(f"people.language.{code}"),
            )
        roles_asked(desk, place, person.roles)
        _expertise(desk, place, person)
        st.form_submit_button(text("person.save"), type="primary", on_click=_save,
                              args=(desk, entry, place))


def _expertise(desk: Desk, place: str, person: Person) -> None:
    """The criteria of the cycle's framework, and what the person is already an expert of."""
    titles = _criteria(desk)
    st.multiselect(
        desk.text("person.expertise"), [*titles, *sorted(person.expertise - set(titles))],
        sorted(person.expertise), key=f"{place}_expertise", placeholder=desk.text("common.none"),
        format_func=lambda key: titles.get(key, key), help=desk.text("person.expertise_help"),
    )


def _criteria(desk: Desk) -> dict[str, str]:
    if not desk.cycle:
        return {}
    framework = cycles.registry(desk.store, desk.person, desk.cycle).framework
    if framework is None:
        return {}
    return {c.key: f"{c.key} · {c.title.in_(desk.language)}" for c in framework.criteria}


def _save(desk: Desk, entry: Entry, place: str) -> None:
    state = st.session_state
    try:
        person = replace(
            entry.person, name=state[f"{place}_name"], language=state[f"{place}_language"],
            service=state[f"{place}_service"] or "", roles=roles_chosen(place),
            expertise=frozenset(state[f"{place}_expertise"]),
        )  # fmt: skip
        contact = replace(entry.contact, email=state[f"{place}_email"].strip())
    except Refusal as refused:
        state[REFUSED] = refused
        return
    _change(desk, person, contact)


def _change(desk: Desk, person: Person, contact: Contact) -> None:
    """Send it; what is refused waits, with what was typed, until the page is drawn again."""
    _leave()
    try:
        kept, _ = directory.change(desk.store, desk.person, person, contact, doors.now())
    except Refusal as refused:
        st.session_state[REFUSED], st.session_state[TYPED] = refused, (person, contact)
        return
    components.tell(desk.text("person.saved", name=kept.name))


def _keep_mine(desk: Desk) -> None:
    """Put what was typed in the place of what someone else saved meanwhile."""
    refused, typed = (st.session_state.get(key) for key in (REFUSED, TYPED))
    if not isinstance(refused, Stale) or typed is None:
        return
    person, contact = typed
    theirs = refused.facts["theirs"]
    if isinstance(theirs, Person):
        person = replace(person, version=theirs.version)
    else:
        contact = replace(contact, version=theirs.version)
    _change(desk, person, contact)


def _sessions(desk: Desk, entry: Entry) -> None:
    """Sign the person out everywhere; disable the account, or let the person in again."""
    text, person = desk.text, entry.person
    st.subheader(text("person.access"), anchor=False)
    if not person.is_active:
        st.markdown(said(text("person.is_disabled")))
        st.button(text("person.enable"), key="admin_person_enable", on_click=_activate,
                  args=(desk, entry, True))
        return
    with st.container(horizontal=True):
        if entry.sessions:
            components.confirm(
                desk, key="admin_person_end", label=text("person.end"),
                question=text("person.end_question", name=person.name, n=entry.sessions),
                act=lambda: _end(desk, person),
            )
        components.confirm(
            desk, key="admin_person_disable", label=text("person.disable"),
            question=text("person.disable_question", name=person.name),
            act=lambda: _activate(desk, entry, False),
        )


def _activate(desk: Desk, entry: Entry, is_active: bool) -> None:
    _change(desk, replace(entry.person, is_active=is_active), entry.contact)


def _end(desk: Desk, person: Person) -> None:
    try:
        ended = doors.end_all_sessions(desk.store, desk.person, doors.now(), person.code)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    components.tell(desk.text("person.ended", n=ended, name=person.name))

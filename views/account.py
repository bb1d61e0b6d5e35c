"""One's own account: how one is named and reached, in which roles, and where one is signed in."""

from dataclasses import replace
from datetime import datetime

import streamlit as st

from portfolio.contact import Rhythm
from portfolio.errors import Refusal, Stale
from portfolio.person import Person
from services import account, accounts, doors
from services.account import Profile
from services.doors import Door
from views import format as written
from views import web
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import facts
from views.people_words import conflict, role_names
from views.text import LANGUAGES

REFUSED, TYPED = "account_refused", "account_typed"
PASSWORD = "account_password"
PASSWORD_REFUSED = "account_password_refused"


def render(desk: Desk) -> None:
    """Who one is here, what one may change of it, and where one is signed in."""
    text, person = desk.text, desk.person
    answer = text("account.answer", name=person.name, roles=role_names(desk, person.roles))
    components.page_head(desk, text("account.title"), answer)
    door = doors.door(desk.store)
    if door is Door.DEMO:
        components.status(text("account.demo"), "warning", help=text("account.demo_help"))
    facts(desk, [(text("account.code"), person.code)])
    st.caption(said(text("account.given")))
    _refusal(desk)
    _profile(desk, account.profile(desk.store, desk.person))
    if door is not Door.DEMO:
        _sessions(desk)
        _password(desk, door)


def _refusal(desk: Desk) -> None:
    refused = st.session_state.get(REFUSED)
    if refused is not None:
        conflict(desk, "account", refused, lambda: _keep_mine(desk), _leave)


def _leave() -> None:
    for key in (REFUSED, TYPED):
        st.session_state.pop(key, None)


def _profile(desk: Desk, own: Profile) -> None:
    text = desk.text
    place = f"account_{own.version}_{own.contact_version}"
    st.header(text("account.profile"), anchor=False)
    with st.form(place):
        left, right = st.columns(2)
        with left:
            st.text_input(text("people.email"), own.email, key=f"{place}_email",
                          help=text("account.email_help"))
            st.text_input(text("people.service"), own.service, key=f"{place}_service")
        with right:
            st.selectbox(
                text("account.language"), LANGUAGES, key=f"{place}_language",
                index=LANGUAGES.index(own.language), help=text("account.language_help"),
                format_func=lambda code: text(f"people.language.{code}"),
            )
            rhythms = list(Rhythm)
            st.selectbox(
                text("account.rhythm_label"), rhythms, key=f"{place}_rhythm",
                index=rhythms.index(own.rhythm), help=text("account.rhythm_help"),
                format_func=lambda rhythm: text(f"account.rhythm.{rhythm}"),
            )
        st.form_submit_button(text("account.save"), type="primary", on_click=_save,
                              args=(desk, own, place))


def _save(desk: Desk, own: Profile, place: str) -> None:
    names = ("email", "service", "language", "rhythm")
    _keep(desk, replace(own, **{name: st.session_state[f"{place}_{name}"] for name in names}))


def _keep(desk: Desk, typed: Profile) -> None:
    _leave()
    try:
        account.save(desk.store, desk.person, typed)
    except Refusal as refused:
        st.session_state[REFUSED], st.session_state[TYPED] = refused, typed
        return
    if typed.language != desk.person.language:
        st.query_params["lang"] = typed.language  # the pages follow at once, then at each visit
    components.tell(desk.text("account.saved"))


def _keep_mine(desk: Desk) -> None:
    """Put what was typed in the place of what was saved elsewhere meanwhile."""
    refused, typed = (st.session_state.get(key) for key in (REFUSED, TYPED))
    if not isinstance(refused, Stale) or typed is None:
        return
    theirs = refused.facts["theirs"]
    which = "version" if isinstance(theirs, Person) else "contact_version"
    _keep(desk, replace(typed, **{which: theirs.version}))


def _sessions(desk: Desk) -> None:
    """Where one is signed in, and the way to end it all."""
    text = desk.text
    st.header(text("account.sessions"), anchor=False)
    hours, now = doors.hours(), doors.now()
    every = doors.sessions(desk.store, desk.person)
    lasting = [session for session in every if not hours.has_ended(session, now)]
    own = doors.digest(_token())
    st.markdown(said(text("account.signed_in", n=len(lasting))))
    for session in lasting:
        started, seen = (
            written.moment(datetime.fromisoformat(at)) for at in (session.started, session.seen)
        )
        here = text("account.here") if session.digest == own else ""
        st.markdown(said(f"- {text('account.session', started=started, seen=seen)}{here}"))
    if lasting:
        components.confirm(
            desk, key="account_end", label=text("account.end"),
            question=text("account.end_question"), act=lambda: _end(desk),
        )


def _token() -> str:
    """The secret of the session that this browser bears."""
    return str(st.context.cookies.get(web.SESSION, ""))


def _end(desk: Desk) -> None:
    doors.end_all_sessions(desk.store, desk.person, doors.now())


def _password(desk: Desk, door: Door) -> None:
    text = desk.text
    if door is not Door.LOCAL or not (login := accounts.own_login(desk.store, desk.person)):
        return
    st.header(text("account.password"), anchor=False)
    st.markdown(said(text("account.login", login=components.plain(login))))
    refused = st.session_state.pop(PASSWORD_REFUSED, None)
    if refused is not None:
        components.error(desk, refused)
    with st.form(PASSWORD, clear_on_submit=True, width=480):
        for name in ("former", "password", "again"):
            key = "sign_in." + {"password": "new_password", "again": "password_again"}.get(name, "")
            label = text("account.former") if name == "former" else text(key)
            st.text_input(label, type="password", key=f"{PASSWORD}_{name}",
                          autocomplete="current-password" if name == "former" else "new-password")
        st.caption(said(text("sign_in.password_help")))
        st.form_submit_button(text("account.change"), on_click=_change, args=(desk,))


def _change(desk: Desk) -> None:
    state = st.session_state
    former, new, again = (state[f"{PASSWORD}_{name}"] for name in ("former", "password", "again"))
    try:
        if new != again:
            raise Refusal("passwords-differ")
        accounts.change_password(desk.store, desk.person, former, new, doors.now(), _token())
    except Refusal as refused:
        state[PASSWORD_REFUSED] = refused
        return
    components.tell(desk.text("account.changed"))

"""Someone new: a name, roles, and the link by which they come in."""

from collections.abc import Sequence

import streamlit as st

from portfolio.errors import Refusal
from services import doors, people
from services.doors import Door
from services.people import Newcomer
from views import admin_invitation
from views.desk import Desk
from views.look import components
from views.people_words import roles_asked, roles_chosen, service_asked
from views.text import LANGUAGES

PLACE = "admin_new"
REFUSED = "admin_new_refused"
MOUNT = "admin_new_mount"  # changes once someone is added: the form then starts anew


def show(desk: Desk, door: Door, services: Sequence[str]) -> None:
    """The form, folded; what was typed stays when it is refused."""
    text = desk.text
    refused = st.session_state.pop(REFUSED, None)
    place = f"{PLACE}_{st.session_state.get(MOUNT, 0)}"
    with (
        st.expander(text("person.new.title"), icon=":material/person_add:",
                    expanded=refused is not None),
        st.form(place),
    ):  # fmt: skip
        if refused is not None:
            components.error(desk, refused)
        left, right = st.columns(2)
        with left:
            st.text_input(text("people.name"), key=f"{place}_name")
            service_asked(desk, place, services)
        with right:
            st.text_input(text("people.email"), key=f"{place}_email",
                          help=text("person.email_help"))
            st.selectbox(
                text("people.language_label"), LANGUAGES, key=f"{place}_language",
                format_func=lambda code: text(f"people.language.{code}"),
            )
        roles_asked(desk, place)
        if door is not Door.DEMO:
            st.checkbox(text("person.new.invite"), True, key=f"{place}_invite",
                        help=text("person.new.invite_help"))
        st.form_submit_button(text("person.new.add"), type="primary", on_click=_add,
                              args=(desk, place))


def _add(desk: Desk, place: str) -> None:
    state = st.session_state
    newcomer = Newcomer(
        state[f"{place}_name"], roles_chosen(place), state[f"{place}_email"],
        state[f"{place}_language"], state[f"{place}_service"] or "",
    )  # fmt: skip
    try:
        if state.get(f"{place}_invite"):
            invited = people.invite(desk.store, desk.person, newcomer, doors.now())
            state[admin_invitation.LINK], person = invited, invited.person
        else:
            person = people.add(desk.store, desk.person, newcomer)
    except Refusal as refused:
        state[REFUSED] = refused
        return
    state[MOUNT] = state.get(MOUNT, 0) + 1
    st.query_params["fiche"] = person.code
    components.tell(desk.text("person.new.added", name=person.name))

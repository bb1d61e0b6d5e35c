"""Who keeps away from which project: declared, or taken back, by each member herself."""

from functools import partial

import streamlit as st

from portfolio.errors import Invalid
from portfolio.evaluation import Conflict
from portfolio.person import Role
from services import rating
from services.meetings import Room
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.meeting_parts import do
from views.parts import joined, small_table


def show(desk: Desk, room: Room) -> None:
    """Project by project; then, for a member, her own."""
    text = desk.text
    st.header(text("meeting_recusals.head"), anchor=False)
    away = {
        p.code: [s for s in room.seats if p.code in s.away] for p in room.projects
    }
    held = [p for p in room.projects if away[p.code]]
    told = text("meeting_recusals.sentence", n=len(held), of=len(room.projects))
    st.markdown(said(told if held else text("meeting_recusals.none")))
    with st.container():
        if held:
            head = [text(f"meeting_recusals.{name}") for name in ("project", "who", "why")]
            rows = [
                (f"{p.code} · {p.title_in(desk.language)}",
                 joined(desk, [s.person.name for s in away[p.code]]),
                 _why(desk, room, p.code, p.lead))
                for p in held
            ]
            small_table(head, rows, name=text("meeting_recusals.head"))
    if desk.has(Role.MEMBER) and not desk.projection:
        _mine(desk, room)


def _why(desk: Desk, room: Room, project: str, lead: str) -> str:
    """What was said of it, for those who may read it; that a member leads the project."""
    told = [] if desk.projection else [
        one.reason for one in room.conflicts if one.project == project
    ]
    if any(s.person.code == lead for s in room.seats):
        told.append(desk.text("meeting_recusals.leads"))
    return " ; ".join(told) or "–"


def _mine(desk: Desk, room: Room) -> None:
    """Declare an interest, whenever it is noticed; take back one's own."""
    text = desk.text
    titles = {p.code: f"{p.code} · {p.title_in(desk.language)}" for p in room.projects}
    mine = [c for c in room.conflicts if c.person == desk.person.code and c.project in titles]
    for one in mine:
        components.confirm(
            desk, key=f"meeting_withdraw_{one.project}",
            label=text("meeting_recusals.withdraw", project=one.project),
            question=text("meeting_recusals.withdraw_question", project=plain(titles[one.project])),
            act=partial(_withdraw, desk, one.project),
        )  # fmt: skip
    declared = {one.project for one in mine}
    codes = [p.code for p in room.projects if p.code not in declared and p.lead != desk.person.code]
    if not codes:
        return
    st.markdown(said(text("meeting_recusals.help")))
    place = f"meeting_conflict_{len(mine)}"  # another form once one is declared
    with st.form(place, enter_to_submit=False):
        st.selectbox(
            text("meeting_recusals.project"), codes, index=None, key=f"{place}_project",
            format_func=titles.__getitem__, placeholder=text("meeting_recusals.pick"),
        )
        st.text_input(text("meeting_recusals.reason"), key=f"{place}_reason")
        st.form_submit_button(text("meeting_recusals.declare"), on_click=_declare,
                              args=(desk, place))


def _declare(desk: Desk, place: str) -> None:
    project = st.session_state[f"{place}_project"]
    reason = st.session_state[f"{place}_reason"]

    def declare() -> Conflict:
        if project is None:
            raise Invalid("empty", field="project")
        return rating.declare_conflict(desk.store, desk.person, desk.cycle, project, reason)

    do(desk, declare, desk.text("meeting_recusals.declared"))


def _withdraw(desk: Desk, project: str) -> None:
    do(
        desk,
        lambda: rating.withdraw_conflict(desk.store, desk.person, desk.cycle, project),
        desk.text("meeting_recusals.withdrawn"),
    )

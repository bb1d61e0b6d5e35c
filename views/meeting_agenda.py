"""The agenda of a meeting: which disagreements to speak of first, and the one spoken of now."""

from functools import partial

import streamlit as st

from portfolio.meeting import Step
from services import agenda, agreement, meetings
from services.agenda import Agenda
from services.agreement import Agreement
from services.meetings import Room
from services.scenarios import Asked
from services.tradeoffs import Working
from views import agreement as page
from views import (
    agreement_agenda,
    agreement_words,
    meeting_asked,
    meeting_project,
    meeting_revote,
    meeting_thawed,
)
from views.desk import Desk
from views.look.components import plain, said
from views.meeting_parts import do, leads

MINUTES, MORE, LONGEST = 5, 2, 60  # given to a project at first, and again
FIRST = 8  # projects told while it is worked out which disagreements matter
PROJECT, GIVEN = "meeting_agenda_project", "meeting_agenda_for"


def show(desk: Desk, room: Room) -> None:
    """The list, or the project that the chair brought every screen to; then the revote."""
    question = meeting_asked.standing(desk, room)
    if question is None:
        return
    seen, may = page.read(room.stamp, desk.cycle, desk.store, desk.person), leads(desk, room)
    meeting_thawed.show(desk, room)
    if not seen.raters:
        st.markdown(said(desk.text("agreement.nobody")))
        meeting_revote.show(desk, question, seen, agreement.stop(question.registry, None), may)
        return
    about = room.meeting.about if room.meeting.step is Step.AGENDA else ""
    top, body, foot = st.container(), st.container(), st.container()
    with foot:
        found = _found(desk, question, may)
        known = found.result if found is not None else None
        if found is not None:
            line = desk.text("agreement.job_agenda")
            meeting_asked.beside(desk, found, line, "agenda", may)
    with body:
        if may:
            _lead(desk, room, seen, known, about)
        if about:
            meeting_project.show(desk, room, seen, known, about)
        else:
            _listed(desk, question, seen, known)
    stop = agreement.stop(question.registry, known)
    with top if stop.reason == "open" else foot:  # while all are asked, that comes first
        meeting_revote.show(desk, question, seen, stop, may, about)


def _found(desk: Desk, question: Asked, may_stop: bool) -> Working[Agenda] | None:
    """The agenda as it stands, begun once the plan is there; None until then."""
    best = meeting_asked.answered(desk, question, may_stop)
    if best is None:
        return None
    return agenda.agenda(desk.jobs, question, best[1], begin=True)


def _listed(desk: Desk, question: Asked, seen: Agreement, known: Agenda | None) -> None:
    stop = agreement.stop(question.registry, known)
    with st.container(key="meeting_agenda_answer"):
        st.markdown(said(agreement_words.answer(desk, stop, known)))
    if known is not None and known.lines:
        agreement_agenda.show(desk, question, seen, known)
    elif known is None or not known.is_looked:
        first = sorted((p.code for p in question.registry.projects if seen.of(p.code)),
                       key=lambda code: -seen.apart(code))[:FIRST]  # fmt: skip
        names = (plain(agreement_words.title(desk, seen, code)) for code in first)
        st.markdown(said(desk.text("meeting_agenda.meanwhile")))
        st.markdown("\n".join(f"- {name}" for name in names))


def _lead(desk: Desk, room: Room, seen: Agreement, known: Agenda | None, about: str) -> None:
    """The chair picks what is spoken of and for how long; every screen goes there."""
    text, codes = desk.text, _ordered(room, seen, known)
    following = _after(codes, about)
    with st.container(
        border=True, horizontal=True, vertical_alignment="bottom", key="meeting_agenda_lead"
    ):
        picked = f"{PROJECT}_{about}"
        st.selectbox(
            text("meeting_agenda.which"), codes, index=codes.index(following),
            format_func=lambda one: agreement_words.title(desk, seen, one),
            key=picked, width=340,
        )  # fmt: skip
        st.number_input(text("meeting_agenda.minutes"), 1, LONGEST, MINUTES, key=GIVEN, width=130)
        st.button(
            text("meeting_agenda.speak"), key="meeting_agenda_speak", type="primary",
            on_click=_speak, args=(desk, room, picked),
        )  # fmt: skip
        if about:
            st.button(
                text("meeting_agenda.more", n=MORE), key="meeting_agenda_more",
                on_click=_go, args=(desk, room, about, MORE),
            )  # fmt: skip
            st.button(
                text("meeting_agenda.back"), key="meeting_agenda_back",
                on_click=_go, args=(desk, room, "", 0),
            )  # fmt: skip


def _ordered(room: Room, seen: Agreement, known: Agenda | None) -> list[str]:
    """Every project that was rated, the likeliest to change the result first."""
    first = [line.project for line in known.lines] if known is not None else []
    rated = [p.code for p in room.projects if seen.of(p.code)]
    return list(dict.fromkeys([*first, *sorted(rated, key=lambda code: -seen.apart(code))]))


def _after(codes: list[str], about: str) -> str:
    """The one that comes after the one spoken of; the first when none is."""
    if about not in codes:
        return codes[0]
    return codes[(codes.index(about) + 1) % len(codes)]


def _speak(desk: Desk, room: Room, picked: str) -> None:
    """Of what is chosen as the button is pressed, be it typed since the page was drawn."""
    _go(desk, room, st.session_state[picked], int(st.session_state[GIVEN]))


def _go(desk: Desk, room: Room, about: str, minutes: int) -> None:
    number = room.meeting.number
    do(desk, partial(
        meetings.go, desk.store, desk.person, desk.cycle, number, Step.AGENDA, about, minutes
    ))  # fmt: skip

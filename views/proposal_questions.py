"""Questions put to a lead about a proposal: asked by those who screen, answered as typed."""

from dataclasses import replace

import streamlit as st

from portfolio.completeness import SECTIONS
from portfolio.dossier import Inquiry
from portfolio.errors import Refusal, Stale
from portfolio.project import Project
from services import dossiers
from services.dossiers import ASKERS, UNDER_REVIEW, Asked, Dossier
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.proposal_timeline import when

REFUSED = "proposals_questions_refused"


def show(desk: Desk, project: Project, dossier: Dossier) -> None:
    """Every question with its answer; a lead answers her own, those who screen ask."""
    text = desk.text
    _told_refusal(desk)
    is_hers = project.lead == desk.person.code
    is_open = project.stage in UNDER_REVIEW
    n, waiting = len(dossier.inquiries), len(dossier.waiting)
    st.markdown(text("dossier.asked", n=n, waiting=waiting) if n else text("dossier.none_asked"))
    for one in dossier.inquiries:
        with st.container(border=True):
            _question(desk, dossier, one)
            if is_hers and is_open:
                _answer(desk, one)
            else:
                _answered(desk, dossier, one)
    if is_open and not is_hers and desk.has(*ASKERS):
        _ask(desk, project)


def _told_refusal(desk: Desk) -> None:
    refused = st.session_state.pop(REFUSED, None)
    if isinstance(refused, Stale):
        mine, theirs = refused.facts["yours"], refused.facts["theirs"]
        st.warning(desk.text("dossier.answer_stale"))
        for name, one in (("mine", mine), ("theirs", theirs)):
            label = desk.text(f"proposals.stale_{name}")
            st.markdown(f"**{said(label)}**  \n{plain(one.answer)}")
    elif refused is not None:
        components.error(desk, refused)


def _question(desk: Desk, dossier: Dossier, one: Inquiry) -> None:
    who = dossier.names.get(one.asked_by, one.asked_by)
    st.caption(plain(desk.text(
        "dossier.asked_by", number=one.number, section=_section(desk, one.section), who=who,
        at=when(one.asked_at),
    )))  # fmt: skip
    st.markdown(plain(one.question).replace("\n", "  \n"))


def _section(desk: Desk, section: str) -> str:
    return desk.text(f"proposals.section.{section}" if section else "dossier.whole")


def _answered(desk: Desk, dossier: Dossier, one: Inquiry) -> None:
    if not one.is_answered:
        components.status(desk.text("dossier.no_answer_yet"), "warning")
        return
    if one.is_declined:
        components.status(desk.text("dossier.declined"), "quiet")
    who = dossier.names.get(one.answered_by, one.answered_by)
    label = said(desk.text("dossier.field.answer")) + desk.text("parts.colon")
    st.markdown(f"**{label}** " + plain(one.answer).replace("\n", "  \n"))
    st.caption(plain(desk.text("dossier.answered_by", who=who, at=when(one.answered_at))))


def _answer(desk: Desk, one: Inquiry) -> None:
    """Both fields are saved as they change; their keys follow nothing but the question."""
    key = f"proposals_answer_{desk.cycle}_{one.project}_{one.number}"
    held = st.session_state.setdefault(f"{key}_kept", one)
    if not {f"{key}_text", f"{key}_none"} <= set(st.session_state):
        held = st.session_state[f"{key}_kept"] = one
    st.text_area(
        desk.text("dossier.reason_none" if held.is_declined else "dossier.answer"), held.answer,
        key=f"{key}_text", height=90, on_change=_save, args=(desk, key),
    )
    st.checkbox(
        desk.text("dossier.decline"), held.is_declined, key=f"{key}_none", on_change=_save,
        args=(desk, key),
    )


def _save(desk: Desk, key: str) -> None:
    kept: Inquiry = st.session_state[f"{key}_kept"]
    typed = replace(
        kept, answer=st.session_state[f"{key}_text"], is_declined=st.session_state[f"{key}_none"]
    )
    try:
        saved = dossiers.answer(desk.store, desk.person, desk.cycle, typed)
    except Stale as stale:
        st.session_state[REFUSED] = stale
        st.session_state[f"{key}_kept"] = replace(typed, version=stale.facts["theirs"].version)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
    else:
        st.session_state[f"{key}_kept"] = saved


def _ask(desk: Desk, project: Project) -> None:
    text = desk.text
    with st.form(f"proposals_ask_{project.code}"):
        section = st.selectbox(
            text("dossier.section"), ["", *SECTIONS], format_func=lambda s: _section(desk, s),
            key="proposals_ask_section",
        )
        question = st.text_area(text("dossier.question"), key="proposals_ask_question", height=90)
        sent = st.form_submit_button(text("dossier.ask"))
    if sent:
        try:
            asked = Asked(section, question)
            dossiers.ask(desk.store, desk.person, desk.cycle, project.code, asked)
        except Refusal as refused:
            components.error(desk, refused)
            return
        del st.session_state["proposals_ask_question"]
        components.tell(text("dossier.was_asked"))
        st.rerun()

"""What a lead does with a proposal of their own: submit it, withdraw it, take it up again."""

from collections.abc import Callable

import streamlit as st

from portfolio.completeness import missing
from portfolio.criterion import Framework
from portfolio.errors import Refusal, Stale
from portfolio.project import Project, Stage
from services import dossiers, proposals, submissions
from views import proposal_questions
from views.desk import Desk
from views.look import components
from views.parts import missing_words, today
from views.proposal_timeline import when

MOVES = {Stage.WITHDRAWN: "withdraw", Stage.DRAFT: "resume"}
REFUSED = "proposals_refused"


def show(desk: Desk, project: Project, framework: Framework) -> None:
    """Offer the steps that may follow, each confirmed first; say what was refused."""
    refused = st.session_state.pop(REFUSED, None)
    if isinstance(refused, Stale):
        st.warning(desk.text("proposals.stale_move"))
    elif refused is not None:
        components.error(desk, refused)
    with st.container(horizontal=True):
        if project.stage in proposals.WRITABLE:
            question = _question(desk, project, framework)
            _step(desk, "submit", question, lambda: _submit(desk, project))
        following = proposals.NEXT.get(project.stage, set())
        for stage, verb in MOVES.items():
            if stage in following:
                question = desk.text(f"proposals.{verb}_question")
                _step(desk, verb, question, lambda stage=stage: _move(desk, project, stage))


def asked(desk: Desk, project: Project) -> None:
    """What is asked of the lead before the proposal comes in again, and where she answers."""
    dossier = dossiers.view(desk.store, desk.person, desk.cycle, project.code)
    if not dossier.inquiries:
        return
    waiting = len(dossier.waiting)
    label = desk.text("dossier.to_answer", n=waiting) if waiting else desk.text("dossier.answered")
    with st.expander(label, expanded=True, icon=":material/contact_support:"):
        proposal_questions.show(desk, project, dossier)


def _step(desk: Desk, verb: str, question: str, act: Callable[[], None]) -> None:
    label = desk.text(f"proposals.{verb}")
    components.confirm(desk, key=f"proposals_{verb}", label=label, question=question, act=act)


def _question(desk: Desk, project: Project, framework: Framework) -> str:
    lacking = missing(project, framework)
    if not lacking:
        return desk.text("proposals.submit_question")
    what = missing_words(desk, lacking, framework)
    return desk.text("proposals.submit_lacking", n=len(lacking), what=what)


def _submit(desk: Desk, project: Project) -> None:
    """Once for that version, however often the button is pressed."""
    request = f"submit/{desk.cycle}/{project.code}/{project.version}"
    try:
        sent = submissions.submit(
            desk.store, desk.person, desk.cycle, project, today(), request[-160:]
        )
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        return
    key = "dossier.was_in" if sent.was_in else "dossier.is_in"
    number, at = sent.submission.number, when(sent.submission.at)
    components.tell(desk.text(key, number=number, at=at))


def _move(desk: Desk, project: Project, to: Stage) -> None:
    try:
        proposals.move(desk.store, desk.person, desk.cycle, project, to)
    except Refusal as refused:
        st.session_state[REFUSED] = refused

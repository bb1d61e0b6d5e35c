"""What a lead does with a proposal of their own: submit it, withdraw it, take it up again."""

import streamlit as st

from portfolio.completeness import missing
from portfolio.criterion import Framework
from portfolio.errors import Refusal, Stale
from portfolio.project import Project, Stage
from services import proposals
from views.desk import Desk
from views.look import components
from views.parts import missing_words

MOVES = {Stage.SUBMITTED: "submit", Stage.WITHDRAWN: "withdraw", Stage.DRAFT: "resume"}
REFUSED = "proposals_refused"


def show(desk: Desk, project: Project, framework: Framework) -> None:
    """Offer the steps that may follow, each confirmed first; say what was refused."""
    refused = st.session_state.pop(REFUSED, None)
    if isinstance(refused, Stale):
        st.warning(desk.text("proposals.stale_move"))
    elif refused is not None:
        components.error(desk, refused)
    following = proposals.NEXT.get(project.stage, set())
    with st.container(horizontal=True):
        for stage, verb in MOVES.items():
            if stage in following:
                components.confirm(
                    desk,
                    key=f"proposals_{verb}",
                    label=desk.text(f"proposals.{verb}"),
                    question=_question(desk, verb, project, framework),
                    act=lambda stage=stage: _move(desk, project, stage),
                )


def _question(desk: Desk, verb: str, project: Project, framework: Framework) -> str:
    lacking = missing(project, framework)
    if verb != "submit" or not lacking:
        return desk.text(f"proposals.{verb}_question")
    what = missing_words(desk, lacking, framework)
    return desk.text("proposals.submit_lacking", n=len(lacking), what=what)


def _move(desk: Desk, project: Project, to: Stage) -> None:
    try:
        proposals.move(desk.store, desk.person, desk.cycle, project, to)
    except Refusal as refused:
        st.session_state[REFUSED] = refused

"""A proposal's path on its file: what is to be done now, then its parts, one at a time."""

from collections.abc import Callable

import streamlit as st

from portfolio import confidential
from portfolio.criterion import Framework
from portfolio.errors import Refusal, Stale
from portfolio.person import Role
from portfolio.project import Project, Stage
from portfolio.registry import Registry
from services import dossiers, scores
from services.dossiers import Dossier
from services.proposals import SCREENERS
from views import proposal_diff, proposal_opinion, proposal_questions, proposal_timeline
from views.desk import Desk
from views.look import components

FILE = "file"
REFUSED = "proposals_path_refused"


def of(desk: Desk, project: Project) -> Dossier | None:
    """The dossier, for those who may read it."""
    if not confidential.reads_all(desk.person, project):
        return None
    return dossiers.view(desk.store, desk.person, desk.cycle, project.code)


def acts(desk: Desk, project: Project, dossier: Dossier | None) -> None:
    """What those who screen may do with a proposal that is in: admit it, or send it back."""
    refused = st.session_state.pop(REFUSED, None)
    if isinstance(refused, Stale):
        st.warning(desk.text("proposals.stale_move"))
    elif refused is not None:
        components.error(desk, refused)
    if dossier is None or not desk.has(*SCREENERS) or project.lead == desk.person.code:
        return
    text, waiting = desk.text, len(dossier.waiting)
    with st.container(horizontal=True):
        if project.stage is Stage.SUBMITTED:
            components.confirm(
                desk, key="proposals_admit", label=text("dossier.admit"),
                question=_admit_question(desk, dossier),
                act=lambda: _do(lambda: dossiers.admit(
                    desk.store, desk.person, desk.cycle, project)),
            )  # fmt: skip
        if project.stage in (Stage.SUBMITTED, Stage.ADMISSIBLE) and waiting:
            components.confirm(
                desk, key="proposals_send_back", label=text("dossier.send_back", n=waiting),
                question=text("dossier.send_back_question", n=waiting),
                act=lambda: _do(lambda: dossiers.send_back(
                    desk.store, desk.person, desk.cycle, project)),
            )  # fmt: skip
    if project.stage is Stage.SUBMITTED and not waiting:
        st.caption(text("dossier.ask_first"))


def _admit_question(desk: Desk, dossier: Dossier) -> str:
    """What is not there yet is said before it is declared admissible."""
    text, told = desk.text, [desk.text("dossier.admit_question")]
    if dossier.waiting:
        told.append(text("dossier.admit_waiting", n=len(dossier.waiting)))
    if dossier.opinion is None:
        told.append(text("dossier.admit_no_opinion"))
    elif dossier.is_opinion_old:
        told.append(text("dossier.admit_old_opinion"))
    return " ".join(told)


def _do(act: Callable[[], object]) -> None:
    try:
        act()
    except Refusal as refused:
        st.session_state[REFUSED] = refused


def chosen(desk: Desk, project: Project, dossier: Dossier | None) -> str:
    """The part of the file that is looked at; a proposal that comes back opens on what changed."""
    parts = [FILE, "changes"]
    if dossier is not None:
        parts += ["questions", "opinion", "timeline"]
    is_back = dossier is not None and len(dossier.submissions) > 1
    is_to_screen = is_back and project.stage is Stage.SUBMITTED and desk.has(Role.FACILITATOR)
    default = "changes" if is_to_screen else FILE
    picked = st.segmented_control(
        desk.text("dossier.parts"), parts, default=default, label_visibility="collapsed",
        format_func=lambda part: _part(desk, part, dossier), key=f"proposals_part_{project.code}",
    )
    return picked or default


def _part(desk: Desk, part: str, dossier: Dossier | None) -> str:
    waiting = len(dossier.waiting) if dossier else 0
    if part == "questions" and waiting:
        return desk.text("dossier.part.questions_waiting", n=waiting)
    if part == "opinion" and dossier and dossier.is_opinion_old:
        return desk.text("dossier.part.opinion_old")
    return desk.text(f"dossier.part.{part}")


def show(
    desk: Desk, registry: Registry, framework: Framework, project: Project, part: str,
    dossier: Dossier | None,
) -> None:  # fmt: skip
    """One part beside the file itself."""
    st.header(desk.text(f"dossier.part.{part}"), anchor=False)
    if part == "changes":
        proposal_diff.show(desk, registry, framework, project)
    elif dossier is not None and part == "questions":
        proposal_questions.show(desk, project, dossier)
    elif dossier is not None and part == "opinion":
        proposal_opinion.show(desk, registry, project, dossier)
    elif part == "timeline":
        proposal_timeline.show(desk, project)


def below_form(desk: Desk, registry: Registry, project: Project) -> None:
    """What happened so far, for the lead who writes: shown when it is asked for."""
    dossier = dossiers.view(desk.store, desk.person, desk.cycle, project.code)
    parts = ["timeline"]
    if dossier.submissions:
        parts = ["changes", "opinion", "timeline"]
    picked = st.segmented_control(
        desk.text("dossier.past"), parts, format_func=lambda part: _part(desk, part, dossier),
        key=f"proposals_past_{project.code}",
    )
    if picked:
        framework = scores.framework(desk.store, desk.person, desk.cycle)
        show(desk, registry, framework, project, picked, dossier)

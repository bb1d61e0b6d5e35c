"""The draft on a lead's desk: what its fields started from, what is kept, and who saved between."""

from dataclasses import dataclass, field, replace
from threading import Lock

import streamlit as st

from portfolio.errors import Refusal, Stale
from portfolio.project import Project, Variant
from services import proposals
from views.desk import Desk

KEY = "proposals_draft"


@dataclass(slots=True)
class Draft:
    """started   what the fields were filled with: never changed while they stand on the page
    kept      what the store holds, as far as this desk knows
    grids     editor key -> the variant its cells were filled with
    theirs    what someone else saved meanwhile; None = nobody did
    lock      a click starts a new run while the last one may still be saving
    """

    started: Project
    kept: Project
    mount: int = 0
    grids: dict[str, Variant] = field(default_factory=dict)
    theirs: Project | None = None
    refused: Refusal | None = None
    lock: Lock = field(default_factory=Lock)

    def key(self, name: str) -> str:
        """The key of a field; another one each time the fields are filled anew."""
        return f"proposals_{self.mount}_{name}"


def opened(project: Project) -> Draft:
    """The draft of that project; filled anew when its fields were not on the page just before."""
    draft: Draft | None = st.session_state.get(KEY)
    is_there = draft is not None and draft.kept.code == project.code
    if draft is not None and is_there and draft.key("title") in st.session_state:
        return draft
    return refill(project)


def refill(project: Project) -> Draft:
    """A draft whose fields start from that project."""
    before: Draft | None = st.session_state.get(KEY)
    draft = Draft(project, project, mount=before.mount + 1 if before else 0)
    st.session_state[KEY] = draft
    return draft


def keep(desk: Desk, draft: Draft, written: Project) -> None:
    """Save what was written if it differs from what is kept, unless a conflict waits."""
    with draft.lock:
        change = replace(written, version=draft.kept.version, stage=draft.kept.stage)
        draft.refused = None
        if draft.theirs is not None or change == draft.kept:
            return
        try:
            draft.kept = proposals.save(desk.store, desk.person, desk.cycle, change)
        except Stale as stale:
            theirs = stale.facts.get("theirs")
            draft.theirs = theirs if isinstance(theirs, Project) else None
            draft.refused = stale
        except Refusal as refused:
            draft.refused = refused


def keep_mine(desk: Desk, draft: Draft, written: Project) -> None:
    """Save what was written over what someone else saved."""
    if draft.theirs is not None:
        draft.kept, draft.theirs = draft.theirs, None
    keep(desk, draft, written)


def take_theirs(draft: Draft) -> None:
    """Fill the fields with what someone else saved."""
    if draft.theirs is not None:
        refill(draft.theirs)

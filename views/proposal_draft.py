"""The draft on a lead's desk: what its fields started from, what is kept, and who saved between."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

import streamlit as st

from portfolio.errors import Invalid, Refusal, Stale
from portfolio.project import Project
from services import proposals
from views.desk import Desk

KEY = "proposals_draft"
Put = Callable[[Project, Any], Project]  # a project, the value of a field -> the project with it


@dataclass(slots=True)
class Draft:
    """started   what the fields were filled with: never changed while they stand on the page
    kept      what the store holds, as far as this desk knows
    grids     editor key -> what its cells were filled with
    theirs    what someone else saved meanwhile; None = nobody did
    lock      a click starts a new run while the last one may still be saving
    """

    started: Project
    kept: Project
    mount: int = 0
    grids: dict[str, Any] = field(default_factory=dict)
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


def keep(desk: Desk, draft: Draft, written: Project, based_on: Project) -> None:
    """Save what was written at the end of a run, if it differs from what is kept.

    based_on   what was kept when the run began: a newer run that saved since knows better
    """
    with draft.lock:
        if draft.kept is based_on:
            _save(desk, draft, written)


def write(desk: Desk, draft: Draft, key: str, put: Put) -> None:
    """Save one field as soon as it changes, even when the same click leaves the page."""
    with draft.lock:
        try:
            written = put(draft.kept, st.session_state[key])
        except Invalid:
            return  # the page says so beside the field
        _save(desk, draft, written)


def watched(desk: Desk, draft: Draft, name: str, put: Put) -> dict[str, Any]:
    """What a field takes to be saved as it is typed: its key, and ``write``."""
    key = draft.key(name)
    return {"key": key, "on_change": write, "args": (desk, draft, key, put)}


def put_text(name: str) -> Put:
    """Put a value as it is in the field of that name."""
    return lambda project, value: replace(project, **{name: value})


def _save(desk: Desk, draft: Draft, written: Project) -> None:
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
    with draft.lock:
        if draft.theirs is not None:
            draft.kept, draft.theirs = draft.theirs, None
        _save(desk, draft, written)


def take_theirs(draft: Draft) -> None:
    """Fill the fields with what someone else saved."""
    if draft.theirs is not None:
        refill(draft.theirs)

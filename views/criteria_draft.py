"""The framework draft on an administrator's desk, saved as it is typed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

import streamlit as st

from portfolio.criterion import Framework, FrameworkEdition
from portfolio.errors import Refusal, Stale
from services import frameworks
from services.frameworks import Edition
from views.desk import Desk

KEY = "criteria_draft"
Change = Callable[[Framework], Framework]
Put = Callable[[Framework, Any], Framework]  # a framework, the value of a field -> it with that


@dataclass(slots=True)
class Draft:
    """kept      what the store holds, as far as this desk knows
    started   what the fields were filled with: never changed while they stand on the page
    chosen    key of the criterion being written
    faults    field -> why what stands in it cannot be kept
    theirs    what someone else saved meanwhile, with ``pending`` still to be decided
    lock      a click starts a new run while the last one may still be saving
    """

    kept: FrameworkEdition
    started: Framework
    chosen: str = ""
    mount: int = 0
    faults: dict[str, Refusal] = field(default_factory=dict)
    theirs: FrameworkEdition | None = None
    pending: Change | None = None
    refused: Refusal | None = None
    lock: Lock = field(default_factory=Lock)

    @property
    def framework(self) -> Framework:
        return self.kept.framework

    def key(self, name: str) -> str:
        """The key of a field; another one each time the fields are filled anew."""
        return f"criteria_{self.mount}_{name}"


def opened(edition: Edition) -> Draft:
    """The draft of that edition; filled anew when its fields were not on the page just before."""
    draft: Draft | None = st.session_state.get(KEY)
    framework = edition.framework
    is_same = draft is not None and (
        (draft.framework.code, draft.framework.version) == edition.key
    )
    if draft is not None and is_same and draft.key("title_fr") in st.session_state:
        return draft
    return refill(FrameworkEdition(framework, True, edition.version), is_same)


def refill(kept: FrameworkEdition, is_same: bool = True) -> Draft:
    """A draft whose fields start from that edition, on the criterion that was chosen."""
    before: Draft | None = st.session_state.get(KEY)
    keys = [c.key for c in kept.framework.criteria]
    chosen = before.chosen if before and is_same and before.chosen in keys else ""
    mount = before.mount + 1 if before else 0
    draft = Draft(kept, kept.framework, chosen or next(iter(keys), ""), mount)
    st.session_state[KEY] = draft
    return draft


def choose(draft: Draft, key: str) -> None:
    """Put that criterion on the desk: the fields are filled anew."""
    draft.chosen, draft.started = key, draft.framework
    draft.mount += 1
    draft.faults.clear()


def choose_typed(draft: Draft, key: str) -> None:
    """The same, for the criterion picked in a field; one already on the desk stays as it is."""
    picked = st.session_state[key]
    if picked != draft.chosen:  # a field whose options are worded anew tells of itself once more
        choose(draft, picked)


def write(desk: Desk, draft: Draft, name: str, key: str, put: Put) -> None:
    """Save one field as soon as it changes; what cannot be kept stays in it, with the reason.

    key   of the field as it was drawn: the same click may have put another criterion on the desk
    """
    typed = st.session_state[key]
    with draft.lock:
        draft.faults.pop(name, None)
        try:
            put(draft.framework, typed)
        except Refusal as refused:
            draft.faults[name] = refused
            return
        _save(desk, draft, lambda framework: put(framework, typed))


def act(desk: Desk, draft: Draft, change: Change, chosen: str = "") -> None:
    """Save a change of the tree, and fill the fields anew."""
    with draft.lock:
        _save(desk, draft, change)
        keys = [c.key for c in draft.framework.criteria]
        known = [key for key in (chosen, draft.chosen) if key in keys]
        choose(draft, next(iter([*known, *keys]), ""))


def watched(desk: Desk, draft: Draft, name: str, put: Put) -> dict[str, Any]:
    """What a field takes to be saved as it is typed: its key, and ``write``."""
    key = draft.key(name)
    return {"key": key, "on_change": write, "args": (desk, draft, name, key, put)}


def keep_mine(desk: Desk, draft: Draft) -> None:
    """Save one's own changes on top of what someone else saved."""
    with draft.lock:
        theirs, pending = draft.theirs, draft.pending
        if theirs is None or pending is None:
            return
        draft.kept, draft.theirs, draft.pending = theirs, None, None
        _save(desk, draft, pending)
    choose(draft, draft.chosen)


def take_theirs(draft: Draft) -> None:
    """Fill the fields with what someone else saved."""
    if draft.theirs is not None:
        refill(draft.theirs)


def _save(desk: Desk, draft: Draft, change: Change) -> None:
    draft.refused = None
    if draft.theirs is not None:  # nothing is saved until the two versions are decided
        before = draft.pending
        draft.pending = (lambda f: change(before(f))) if before else change
        return
    try:
        written = replace(draft.kept, framework=change(draft.framework))
        if written != draft.kept:
            draft.kept = frameworks.save(desk.store, desk.person, written)
    except Stale as stale:
        theirs = stale.facts.get("theirs")
        draft.refused = stale
        if isinstance(theirs, FrameworkEdition):
            draft.theirs, draft.pending = theirs, change
    except Refusal as refused:
        draft.refused = refused

"""The draft on a lead's desk: what is kept, what is not yet, and who saved between."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

import streamlit as st

from portfolio import texts
from portfolio.errors import Invalid, Refusal, Stale
from portfolio.project import Project
from services import proposals
from views.desk import Desk

KEY = "proposals_draft"
SECTION = "section"  # the field that is always on the page, and its name in the address
Put = Callable[[Project, Any], Project]  # a project, the value of a field -> the project with it


@dataclass(slots=True)
class Draft:
    """kept      what the store holds, as far as this desk knows
    mine      what was written and is not kept, refused or saved elsewhere; None = all is kept
    filled    key of a field -> what it was filled with: never changed while it stands on the page
    unread    name of a field -> what was typed there and cannot be read
    theirs    what someone else saved meanwhile; None = nobody did
    turned    its fields are to be filled anew by the run that follows the click
    lock      a click starts a new run while the last one may still be saving
    """

    kept: Project
    mine: Project | None = None
    mount: int = 0
    filled: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    theirs: Project | None = None
    refused: Refusal | None = None
    turned: bool = False
    lock: Lock = field(default_factory=Lock)

    @property
    def now(self) -> Project:
        """The project as the person left it."""
        return self.mine or self.kept

    def key(self, name: str) -> str:
        """The key of a field; another one each time the fields are filled anew."""
        return f"proposals_{self.mount}_{name}"

    def start(self, name: str, value: Any) -> Any:  # noqa: ANN401  whatever the field holds
        """What the field starts from: ``value`` when it comes onto the page, then always that."""
        key = self.key(name)
        if key not in st.session_state or key not in self.filled:
            self.filled[key] = self.unread.get(name, value)
        return self.filled[key]

    def turn(self) -> None:
        """Fill every field anew with what is there now."""
        self.mount += 1
        self.filled.clear()
        self.turned = True


def opened(project: Project) -> Draft:
    """The draft of that project; filled anew when its fields were not on the page just before."""
    draft: Draft | None = st.session_state.get(KEY)
    is_there = draft is not None and draft.kept.code == project.code
    if draft is not None and is_there:
        is_newest = draft.mine is not None or draft.kept.version >= project.version
        was_there = draft.key(SECTION) in st.session_state or (draft.turned and is_newest)
        draft.turned = False
        if was_there:
            return draft
    return refill(project, draft.unread if draft is not None and is_there else None)


def refill(project: Project, unread: dict[str, str] | None = None) -> Draft:
    """A draft whose fields start from that project, and from what could not be read of it."""
    before: Draft | None = st.session_state.get(KEY)
    draft = Draft(project, mount=before.mount + 1 if before else 0, unread=unread or {})
    st.session_state[KEY] = draft
    return draft


def keep(desk: Desk, draft: Draft, written: Project, based_on: Project) -> None:
    """Save what was written at the end of a run, if it differs from what is kept.

    based_on   what was there when the run began: a newer run that saved since knows better
    """
    with draft.lock:
        if draft.now is based_on:
            _save(desk, draft, written)


def change(desk: Desk, draft: Draft, written: Project) -> None:
    """Save what changes which fields there are, and fill them anew."""
    with draft.lock:
        _save(desk, draft, written)
        draft.turn()


def write(desk: Desk, draft: Draft, name: str, key: str, put: Put) -> None:
    """Save one field as soon as it changes, even when the same click leaves the page.

    key   of the field as it was drawn: the same click may have filled all of them anew
    """
    typed = st.session_state[key]
    with draft.lock:
        try:
            written = put(draft.now, typed)
        except Invalid:  # the page says so beside the field
            if isinstance(typed, str):
                draft.unread[name] = typed
            return
        draft.unread.pop(name, None)
        _save(desk, draft, written)


def watched(desk: Desk, draft: Draft, name: str, put: Put) -> dict[str, Any]:
    """What a field takes to be saved as it is typed: its key, and ``write``."""
    key = draft.key(name)
    return {"key": key, "on_change": write, "args": (desk, draft, name, key, put)}


def put_text(name: str, longest: int = texts.LINE) -> Put:
    """Put a text, cleaned, in the field of that name; Invalid when it is too long."""
    return lambda project, value: replace(project, **{name: texts.held(name, value, longest)})


def put_choice(name: str) -> Put:
    """Put a value as it is in the field of that name."""
    return lambda project, value: replace(project, **{name: value})


def _save(desk: Desk, draft: Draft, written: Project) -> None:
    wanted = replace(written, version=draft.kept.version, stage=draft.kept.stage)
    if draft.theirs is not None:
        draft.mine = wanted
        return
    draft.refused = None
    try:
        wanted = texts.tidy(wanted)
        if wanted != draft.kept:
            draft.kept = proposals.save(desk.store, desk.person, desk.cycle, wanted)
        draft.mine = None
    except Stale as stale:
        theirs = stale.facts.get("theirs")
        draft.theirs = theirs if isinstance(theirs, Project) else None
        draft.mine, draft.refused = wanted, stale
    except Refusal as refused:
        draft.mine, draft.refused = wanted, refused


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

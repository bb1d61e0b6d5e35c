"""The rating on a person's desk: what stands on screen, what is kept, who saved between."""

from dataclasses import dataclass, field, replace
from threading import Lock

import streamlit as st

from portfolio.errors import Invalid, Refusal, Stale
from portfolio.evaluation import Evaluation
from services import rating
from services.rating import Key, Line, Sheet
from views.desk import Desk

KEY, AT, LAST = "rating_draft", "rating_at", "rating_last"
FIELDS = ("justification", "evidence", "confidence")


@dataclass(slots=True)
class Draft:
    """started    what the fields were filled with: never changed while they stand on the page
    typed      what stands on screen
    kept       what the store holds, as far as this desk knows; version 0 = nothing yet
    is_silent  "no opinion" was chosen
    theirs     what another tab saved meanwhile; None = nothing
    lock       a key pressed starts a new run while the last one may still be saving
    """

    started: Evaluation
    typed: Evaluation
    kept: Evaluation
    mount: int = 0
    is_silent: bool = False
    theirs: Evaluation | None = None
    refused: Refusal | None = None
    lock: Lock = field(default_factory=Lock)

    @property
    def key(self) -> Key:
        return self.kept.project, self.kept.criterion

    @property
    def is_unsaved(self) -> bool:
        """Whether something on screen is not kept."""
        return replace(self.typed, version=0, is_given=False) != replace(
            self.kept, version=0, is_given=False
        )

    def field(self, name: str) -> str:
        """The key of a field; another one each time the fields are filled anew."""
        return f"rating_{self.mount}_{name}"


def current() -> Draft | None:
    """The draft that was on the desk last."""
    draft: Draft | None = st.session_state.get(KEY)
    return draft


def opened(desk: Desk, line: Line, number: int) -> Draft:
    """The draft of that line; filled anew when its fields were not on the page just before."""
    nothing = Evaluation(*line.key, desk.person.code, None, round=number, is_given=False)
    said = line.mine or nothing
    draft = current()
    if draft is None or draft.key != line.key or draft.kept.round != said.round:
        return refill(said)
    if not draft.is_unsaved and said.version > draft.kept.version:
        return refill(said)  # saved elsewhere, and nothing here to lose
    if draft.field("justification") not in st.session_state:  # the page was left and found again
        draft.mount += 1
        draft.started = draft.typed
    return draft


def refill(said: Evaluation) -> Draft:
    """A draft whose fields start from that evaluation."""
    before = current()
    is_silent = said.is_given and said.rating is None
    draft = Draft(said, said, said, before.mount + 1 if before else 0, is_silent)
    st.session_state[KEY] = draft
    return draft


def choose(desk: Desk, draft: Draft, level: int | None) -> None:
    """Take a level of the scale, or none: "no opinion"; kept at once."""
    with draft.lock:
        _collect(draft)
        draft.typed = replace(draft.typed, rating=level)
        draft.is_silent = level is None
        _save(desk, draft)


def write(desk: Desk, draft: Draft) -> None:
    """Keep what was typed in the fields, as soon as it changes."""
    with draft.lock:
        _collect(draft)
        _save(desk, draft)


def give(desk: Desk, draft: Draft, following: Key | None) -> None:
    """Give what stands on screen, and go on to what follows; else say what is missing."""
    with draft.lock:
        _collect(draft)
        if draft.theirs is not None:
            return
        if draft.typed.rating is None and not draft.is_silent:
            draft.refused = Invalid("rating-missing")
            return
        said = replace(draft.typed, version=draft.kept.version)
        try:
            draft.kept = rating.give(desk.store, desk.person, desk.cycle, said)
        except Refusal as refused:
            _refused(desk, draft, refused)
            return
        draft.typed, draft.refused = draft.kept, None
    st.session_state[LAST] = draft.kept
    st.session_state[AT] = following


def take_back(desk: Desk, draft: Draft) -> None:
    """Make the given rating a draft again."""
    with draft.lock:
        try:
            kept = rating.take_back(desk.store, desk.person, desk.cycle, draft.kept)
        except Refusal as refused:
            draft.refused = refused
            return
    refill(kept)


def keep_mine(desk: Desk, draft: Draft) -> None:
    """Keep what stands on screen, over what another tab saved."""
    with draft.lock:
        theirs = draft.theirs
        if theirs is None:
            return
        try:
            if theirs.is_given:
                theirs = rating.take_back(desk.store, desk.person, desk.cycle, theirs)
        except Refusal as refused:
            draft.refused = refused
            return
        draft.kept, draft.theirs = theirs, None
        _save(desk, draft)


def take_theirs(draft: Draft) -> None:
    """Fill the fields with what another tab saved."""
    if draft.theirs is not None:
        refill(draft.theirs)


def let_go() -> None:
    """Leave what is on screen and was not kept."""
    st.session_state.pop(KEY, None)


def is_stranded(draft: Draft | None, found: Sheet) -> bool:
    """Whether something on screen can no longer be kept: its round closed, or it is not asked."""
    if draft is None or not draft.is_unsaved:
        return False
    return (
        found.round is None
        or found.round.number != draft.kept.round
        or found.line(draft.key) is None
    )


def _collect(draft: Draft) -> None:
    """Read the fields that stand on the page."""
    state = st.session_state
    there = {name: state[draft.field(name)] for name in FIELDS if draft.field(name) in state}
    draft.typed = replace(draft.typed, **there)


def _save(desk: Desk, draft: Draft) -> None:
    if draft.theirs is not None or not draft.is_unsaved:
        return
    said = replace(draft.typed, version=draft.kept.version)
    try:
        draft.kept = rating.save(desk.store, desk.person, desk.cycle, said)
        draft.refused = None
    except Refusal as refused:
        _refused(desk, draft, refused)


def _refused(desk: Desk, draft: Draft, refused: Refusal) -> None:
    draft.refused = refused
    theirs = refused.facts.get("theirs") if isinstance(refused, Stale) else None
    if isinstance(theirs, Evaluation):
        draft.theirs = theirs
        return
    if isinstance(refused, Invalid) and draft.is_unsaved and not draft.typed.is_given:
        said = replace(draft.typed, version=draft.kept.version)  # short of being given, it is kept
        try:
            draft.kept = rating.save(desk.store, desk.person, desk.cycle, said)
        except Refusal as again:
            draft.refused = again

"""The assessment on an architect's desk: what stands on screen, what is kept, who saved between."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from threading import Lock

import streamlit as st

from portfolio.errors import Invalid, Refusal, Stale
from portfolio.legacy_risk import CRITERIA, Level, RiskAssessment
from services import legacy
from services.legacy import Sheet
from views import format as written
from views.desk import Desk
from views.look import components
from views.parts import today

KEY, AT = "legacy_draft", "legacy_at"
PLAN = "plan"  # the step after the criteria
STEPS = (*CRITERIA, PLAN)


@dataclass(slots=True)
class Draft:
    """typed    what stands on screen
    kept       what the store holds, as far as this desk knows; version 0 = nothing yet
    theirs     what someone else saved meanwhile; None = nothing
    lock       a key pressed starts a new run while the last one may still be saving
    """

    typed: RiskAssessment
    kept: RiskAssessment
    mount: int = 0
    theirs: RiskAssessment | None = None
    refused: Refusal | None = None
    lock: Lock = field(default_factory=Lock)

    @property
    def is_unsaved(self) -> bool:
        """Whether something on screen is not kept."""
        return replace(self.typed, version=self.kept.version) != self.kept

    def field(self, *names: str) -> str:
        """The key of a field; another one each time the fields are filled anew."""
        return "_".join(("legacy", self.kept.system, str(self.mount), *names))


def opened(found: Sheet) -> Draft:
    """The draft of that system; filled anew when it was saved elsewhere, if nothing is lost."""
    draft: Draft | None = st.session_state.get(KEY)
    kept = found.assessment
    if draft is None or draft.kept.system != kept.system:
        return _refill(kept)
    if not draft.is_unsaved and kept.version != draft.kept.version:
        return _refill(kept)
    return draft


def step() -> str:
    """The step in hand."""
    at = str(st.session_state.get(AT, STEPS[0]))
    return at if at in STEPS else STEPS[0]


def go(to: str) -> None:
    """Go to a step."""
    st.session_state[AT] = to


def close() -> None:
    """Leave the system; what is not kept is let go."""
    for name in (KEY, AT):
        st.session_state.pop(name, None)
    st.query_params.pop("system", None)


def choose(desk: Desk, draft: Draft, criterion: str, level: int, proposed: int | None) -> None:
    """Give a criterion its level, in the face of what the evidence proposes; kept at once."""
    with draft.lock:
        before = draft.typed.of(criterion) or Level(criterion, level)
        after = before.after if before.after is not None and before.after < level else None
        _put(draft, replace(before, level=level, proposed=proposed, after=after))
        _save(desk, draft)


def write(desk: Desk, draft: Draft, criterion: str, name: str) -> None:
    """Keep the reason, the debts or the level after them, as soon as they change."""
    with draft.lock:
        before, value = draft.typed.of(criterion), st.session_state[draft.field(criterion, name)]
        if before is None:
            return
        changed = replace(before, **{name: tuple(value) if name == "debts" else value})
        _put(draft, changed if changed.debts else replace(changed, after=None))
        _save(desk, draft)


def write_plan(desk: Desk, draft: Draft, name: str) -> None:
    """Keep what is said of how the risk will end, as soon as it changes."""
    with draft.lock:
        value = st.session_state[draft.field(name)]
        try:
            draft.typed = replace(draft.typed, **{name: _READ.get(name, _same)(desk, value)})
        except Invalid as refused:
            draft.refused = refused
            return
        _save(desk, draft)


def confirm(desk: Desk, draft: Draft) -> None:
    """Confirm all thirteen levels in one's own name; else say what is missing."""
    with draft.lock:
        if draft.theirs is not None:
            return
        said = replace(draft.typed, version=draft.kept.version)
        try:
            kept = legacy.confirm(desk.store, desk.person, desk.cycle, said, today())
        except Refusal as refused:
            _refused(draft, refused)
            return
        draft.kept = draft.typed = kept
        draft.refused = None
    components.tell(desk.text("legacy.confirmed_now", code=kept.system))


def revise(desk: Desk, draft: Draft) -> None:
    """Make the confirmed assessment a draft again."""
    with draft.lock:
        try:
            kept = legacy.revise(desk.store, desk.person, desk.cycle, draft.kept)
        except Refusal as refused:
            _refused(draft, refused)
            return
        draft.kept = draft.typed = kept
        draft.refused = None


def keep_mine(desk: Desk, draft: Draft) -> None:
    """Keep what stands on screen, over what someone else saved."""
    with draft.lock:
        theirs = draft.theirs
        if theirs is None:
            return
        try:
            if theirs.is_confirmed and theirs.levels != draft.typed.levels:
                theirs = legacy.revise(desk.store, desk.person, desk.cycle, theirs)
        except Refusal as refused:
            _refused(draft, refused)
            return
        signed = theirs.confirmed_by, theirs.confirmed_on
        draft.typed = replace(draft.typed, confirmed_by=signed[0], confirmed_on=signed[1])
        draft.kept, draft.theirs = theirs, None
        _save(desk, draft)


def take_theirs(draft: Draft) -> None:
    """Fill the fields with what someone else saved."""
    if draft.theirs is not None:
        _refill(draft.theirs)


def _refill(kept: RiskAssessment) -> Draft:
    before: Draft | None = st.session_state.get(KEY)
    draft = Draft(kept, kept, before.mount + 1 if before else 0)
    st.session_state[KEY] = draft
    return draft


def _put(draft: Draft, level: Level) -> None:
    others = (one for one in draft.typed.levels if one.criterion != level.criterion)
    draft.typed = replace(draft.typed, levels=(*others, level))


def _save(desk: Desk, draft: Draft) -> None:
    if draft.theirs is not None or not draft.is_unsaved:
        return
    said = replace(draft.typed, version=draft.kept.version)
    try:
        draft.kept = draft.typed = legacy.save(desk.store, desk.person, desk.cycle, said, today())
        draft.refused = None
    except Refusal as refused:
        _refused(draft, refused)


def _refused(draft: Draft, refused: Refusal) -> None:
    draft.refused = refused
    theirs = refused.facts.get("theirs") if isinstance(refused, Stale) else None
    if isinstance(theirs, RiskAssessment):
        draft.theirs = theirs


def _same(desk: Desk, value: object) -> object:
    return value


def _share(desk: Desk, typed: str) -> float | None:
    """« 12 % » as 0.12; None when nothing is typed."""
    if not typed.strip():
        return None
    share: Decimal = written.parse_percent(typed, desk.language, desk.text("legacy.cost_change"))
    return float(share)


def _codes(desk: Desk, value: list[str]) -> tuple[str, ...]:
    return tuple(value)


_READ: dict[str, Callable[..., object]] = {"cost_change": _share, "replaced_by": _codes}

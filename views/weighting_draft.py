"""The ballot on a member's desk: each answer saved as it is typed, and who saved between."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st

from portfolio.errors import Invalid, Refusal, Stale
from portfolio.evaluation import Ballot, Method, Weight
from services import weighting, weighting_ballot
from views import format as written
from views.desk import Desk

KEY, REFUSED = "weighting_draft", "weighting_refused"
Change = Callable[[Ballot], Ballot]


@dataclass(slots=True)
class Draft:
    """kept     what the store holds, as far as this desk knows
    mine     what could not be saved, since it was saved elsewhere meanwhile; None = nothing
    methods  parent -> the way chosen to weigh its children, before anything is said by it
    aside    (parent, method) -> what was said by a method that was left, to be found again
    wrong    field -> what cannot be read in it
    """

    kept: Ballot
    mount: int = 0
    mine: Ballot | None = None
    methods: dict[str, Method] = field(default_factory=dict)
    aside: dict[tuple[str, Method], tuple[Weight, ...]] = field(default_factory=dict)
    wrong: dict[str, Invalid] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def key(self, name: str) -> str:
        """The key of a field; another one each time the fields are filled anew."""
        return f"weighting_{self.mount}_{name.replace('.', '_')}"

    def method(self, parent: str, keys: tuple[str, ...]) -> Method:
        """How these siblings are weighed; by swings unless something else was chosen."""
        said = weighting_ballot.method_of(self.kept, keys)
        return self.methods.get(parent) or said or Method.SWING


def opened(ballot: Ballot) -> Draft:
    """The draft of that ballot; filled anew when it was saved elsewhere, or is another's."""
    draft: Draft | None = st.session_state.get(KEY)
    if draft is None or (draft.kept.person, draft.kept.round) != (ballot.person, ballot.round):
        draft = Draft(ballot, draft.mount + 1 if draft else 0)
        st.session_state[KEY] = draft
    elif draft.kept.version < ballot.version:  # a slower run may still hold an older one
        draft.kept, draft.mount, draft.wrong = ballot, draft.mount + 1, {}
    return draft


def write(desk: Desk, draft: Draft, change: Change) -> None:
    """Save the ballot with that change, at once."""
    with draft.lock:
        changed = change(draft.kept)
        if changed != draft.kept:
            _save(desk, draft, changed)


def write_points(
    desk: Desk, draft: Draft, keys: tuple[str, ...], criterion: str, method: Method
) -> None:
    """Save the points typed beside a criterion, when they can be read."""
    name = draft.key(f"points_{method}_{criterion}")
    typed = str(st.session_state.get(name, "")).strip()
    number: float | None = None
    draft.wrong.pop(name, None)
    if typed:
        try:
            number = _points(desk, typed, method)
        except Invalid as refusal:
            draft.wrong[name] = refusal

    def change(ballot: Ballot) -> Ballot:  # from what is kept by then: another field may be quicker
        points = weighting_ballot.points_of(ballot, keys, method)
        points.pop(criterion, None)
        if number is not None:
            points[criterion] = number
        return weighting_ballot.with_points(ballot, keys, method, points)

    write(desk, draft, change)


def _points(desk: Desk, typed: str, method: Method) -> float:
    value = float(written.parse_number(typed, desk.language, "points"))
    if value < 0:
        raise Invalid("too-low", field="points", found=value, low=0)
    if method is Method.SWING and value > weighting_ballot.HUNDRED:
        raise Invalid("too-high", field="points", found=value, high=weighting_ballot.HUNDRED)
    return value


def choose(desk: Desk, draft: Draft, parent: str, keys: tuple[str, ...]) -> None:
    """Weigh the siblings by the method chosen; what another one said is put aside."""
    before, chosen = draft.method(parent, keys), st.session_state[draft.key(f"method_{parent}")]
    if chosen is None or chosen == before:
        return
    said = tuple(w for w in draft.kept.weights if w.criterion in keys)
    draft.aside[parent, before] = said
    draft.methods[parent] = chosen
    again = {w.criterion: w.points for w in draft.aside.get((parent, chosen), ())}

    def change(ballot: Ballot) -> Ballot:
        if chosen is Method.PAIRS:
            return weighting_ballot.by_pairs(ballot, keys)
        return weighting_ballot.with_points(ballot, keys, chosen, again)

    write(desk, draft, change)


def cast(desk: Desk, draft: Draft) -> None:
    """Cast the ballot as it is kept."""

    def act() -> None:
        try:
            _keep(draft, weighting.cast(desk.store, desk.person, desk.cycle, draft.kept))
        except Stale:
            draft.mine = draft.kept

    attempt(act)


def take_back(desk: Desk, draft: Draft) -> None:
    """Make a draft of it again."""
    attempt(lambda: _keep(draft, weighting.take_back(desk.store, desk.person, desk.cycle)))


def start_from(desk: Desk, draft: Draft, before: Ballot) -> None:
    """Start from one's last ballot."""
    with draft.lock:
        _save(desk, draft, weighting_ballot.started_from(draft.kept, before))
    draft.mount += 1


def keep_mine(desk: Desk, draft: Draft) -> None:
    """Save what was typed here over what was saved elsewhere."""
    mine, draft.mine = draft.mine, None
    if mine is not None:
        with draft.lock:
            _save(desk, draft, weighting_ballot.started_from(draft.kept, mine))
        draft.mount += 1


def take_theirs(draft: Draft) -> None:
    """Leave what was saved elsewhere as it is."""
    draft.mine = None


def attempt(act: Callable[[], object]) -> None:
    """Do an act; a refusal waits for the page to say it."""
    try:
        act()
    except Stale as stale:
        facts = {name: getattr(stale.facts[name], "version", 0) for name in ("yours", "theirs")}
        st.session_state[REFUSED] = Stale("stale", **facts)
    except Refusal as refusal:
        st.session_state[REFUSED] = refusal


def _keep(draft: Draft, saved: Ballot) -> None:
    draft.kept = saved
    draft.mount += 1


def _save(desk: Desk, draft: Draft, changed: Ballot) -> None:
    try:
        draft.kept = weighting.save(desk.store, desk.person, desk.cycle, changed)
    except Stale:
        draft.mine = changed
    except Refusal as refusal:
        st.session_state[REFUSED] = refusal

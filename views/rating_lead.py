"""What the facilitator does with scores: open a round, see how far each one is, reveal."""

from collections.abc import Callable

import streamlit as st

from portfolio.errors import Refusal
from portfolio.evaluation import Round, Subject
from portfolio.registry import ASKED
from services import cycles, rating, rounds
from services.rating import Progress
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.look.tables import Column, table

REFUSED, PICKED = "rating_refused", "rating_round_projects"


def show(desk: Desk, held: Round | None) -> None:
    """Open a round on all projects or some; while it is open, counts only; then the reveal."""
    st.header(desk.text("rating.lead"), anchor=False)
    if held is None:
        _refusal(desk)
        _begin(desk)
    else:
        awaited(desk)


def awaited(desk: Desk) -> None:
    """How far each one is in the open round, never what was said; then the reveal."""
    text = desk.text
    _refusal(desk)
    every = rating.progress(desk.store, desk.person, desk.cycle)
    st.markdown(said(text("rating.lead_blind")))
    _table(desk, every)
    panel = [one for one in every if not one.is_self]
    components.confirm(
        desk,
        key="rating_reveal",
        label=text("rating.reveal"),
        question=text(
            "rating.reveal_asked",
            n=sum(one.given == one.asked for one in panel),
            of=len(panel),
        ),
        act=lambda: _do(
            lambda: rounds.reveal(desk.store, desk.person, desk.cycle, Subject.SCORES),
            text("rating.revealed"),
        ),
    )


def _refusal(desk: Desk) -> None:
    refused = st.session_state.pop(REFUSED, None)
    if isinstance(refused, Refusal):
        components.error(desk, refused)


def _begin(desk: Desk) -> None:
    text = desk.text
    projects = cycles.registry(desk.store, desk.person, desk.cycle).projects
    titles = {p.code: f"{p.code} · {p.title_in(desk.language)}" for p in projects
              if p.stage in ASKED}  # fmt: skip
    st.multiselect(
        text("rating.round_projects"), list(titles), format_func=titles.__getitem__,
        key=PICKED, placeholder=text("rating.round_all"), help=text("rating.round_help"),
    )  # fmt: skip
    st.button(text("rating.open"), key="rating_open", type="primary", on_click=_open, args=(desk,))


def _open(desk: Desk) -> None:
    picked = tuple(st.session_state.get(PICKED, ()))
    _do(
        lambda: rounds.begin(desk.store, desk.person, desk.cycle, Subject.SCORES, picked),
        desk.text("rating.opened"),
    )


def _do(act: Callable[[], object], told: str) -> None:
    try:
        act()
    except Refusal as refused:
        st.session_state[REFUSED] = refused
    else:
        components.tell(told)


def _table(desk: Desk, every: tuple[Progress, ...]) -> None:
    text = desk.text
    rows = [
        {
            "name": one.person.name,
            "what": text("rating.what_self" if one.is_self else "rating.what_panel"),
            "given": one.given,
            "begun": one.begun,
            "asked": one.asked,
            "conflicts": one.conflicts,
        }
        for one in every
    ]
    columns = [
        Column("name", text("rating.person"), width="large"),
        Column("what", text("rating.what")),
        *(Column(n, text(f"rating.count_{n}"), "number") for n in
          ("given", "begun", "asked", "conflicts")),
    ]  # fmt: skip
    table(desk, rows, columns, key="rating_progress", name=text("rating.progress_name"))

"""The board of proposals: a column a stage, a card a proposal, what it waits for and since when."""

import streamlit as st

from portfolio.person import Role
from portfolio.project import Stage
from portfolio.registry import Registry
from services import board
from services.board import Card, Column
from views.desk import Desk
from views.look.components import plain, said
from views.parts import shortened, today

SETTLED = (
    Stage.APPROVED, Stage.DEFERRED, Stage.REFUSED, Stage.PAUSED, Stage.TERMINATED, Stage.WITHDRAWN,
)  # fmt: skip
MOST, MOST_SETTLED = 12, 6  # cards of a column; what is beyond is in the list
SHOWN, SERVICE, WHOSE = "proposals_shown", "proposals_board_service", "proposals_board_whose"
KEPT = "proposals_board_kept"  # what was chosen, while a proposal is read
FILTER = "proposals_list_filter"  # of the list beside the board


def show(desk: Desk, registry: Registry) -> bool:
    """The choice between list and board; the board, when it is chosen. Whether it is."""
    _remember(SHOWN, "list")
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.segmented_control(
            desk.text("board.shown_label"), ["list", "board"], required=True, key=SHOWN,
            format_func=lambda key: desk.text(f"board.shown.{key}"),
            label_visibility="collapsed",
        )
        _keep(SHOWN, chosen)
        if chosen != "board":
            return False
        service, whose = _filters(desk, registry)
    _board(desk, service, whose)
    return True


def _board(desk: Desk, service: str, whose: board.Whose) -> None:
    """What waits for the person in a sentence, then each column that is not empty."""
    found = board.board(desk.store, desk.person, desk.cycle, today(), service, whose)
    key = "board.due" if found.due else "board.due_none"
    st.markdown(said(desk.text(key, n=found.due)))
    full = [column for column in found.columns if column.cards]
    if not full:
        st.caption(desk.text("board.nothing"))
        return
    for columns in (
        [column for column in full if column.stage not in SETTLED],
        [column for column in full if column.stage in SETTLED],
    ):
        _row(desk, columns, service)
    empty = [desk.text(f"board.stage.{c.stage}") for c in found.columns if not c.cards]
    if empty:
        st.caption(desk.text("board.empty", stages=", ".join(empty)))


def _row(desk: Desk, columns: list[Column], service: str) -> None:
    """Four columns at most: wide enough for a card to be read, on a wall too."""
    if columns:
        for place, column in zip(st.columns(4, gap="small"), columns, strict=False):
            with place:
                _column(desk, column, service)


def _filters(desk: Desk, registry: Registry) -> tuple[str, board.Whose]:
    text = desk.text
    every = sorted({p.service for p in registry.projects if p.service})
    _remember(SERVICE, None)
    _remember(WHOSE, "all")
    service = st.selectbox(
        text("board.service"), every, placeholder=text("board.all_services"),
        index=None, key=SERVICE, width=320, label_visibility="collapsed",
    )
    choices = ["all", *["mine"] * desk.has(Role.LEAD), "waiting"]
    whose = st.segmented_control(
        text("board.whose"), choices, required=True, key=WHOSE,
        format_func=lambda key: text(f"board.whose_is.{key}"), label_visibility="collapsed",
    )
    _keep(SERVICE, service)
    _keep(WHOSE, whose)
    return service or "", whose or "all"


def _remember(key: str, otherwise: str | None) -> None:
    """A field starts from what was last chosen: reading a proposal makes Streamlit forget it."""
    if key not in st.session_state:
        st.session_state[key] = st.session_state.setdefault(KEPT, {}).get(key, otherwise)


def _keep(key: str, chosen: str | None) -> None:
    st.session_state.setdefault(KEPT, {})[key] = chosen


def _column(desk: Desk, column: Column, service: str) -> None:
    """Its head with count and sum, its cards, and a way to the others."""
    text = desk.text
    n, unpriced = len(column.cards), column.unpriced
    key = "board.head_unpriced" if unpriced else "board.head"
    key = "board.head_none" if unpriced == n else key
    head = text(key, n=n, total=column.total, unpriced=unpriced)
    st.markdown(f"**{text(f'board.stage.{column.stage}')}**  \n{said(head)}")
    most = MOST_SETTLED if column.stage in SETTLED or desk.projection else MOST
    for card in column.cards[:most]:
        _card(desk, card)
    if len(column.cards) > most:
        st.button(
            text("board.others", n=len(column.cards) - most),
            key=f"proposals_board_more_{column.stage}", on_click=_to_list,
            args=(text(f"proposals.stage.{column.stage}"), service),
        )


def _to_list(stage: str, service: str) -> None:
    """Leave the board for the list, filtered as the column was."""
    st.session_state[FILTER] = f"{stage} {service}".strip()
    st.session_state[SHOWN] = "list"


def _card(desk: Desk, card: Card) -> None:
    """Its title opens it; beneath, what it asks, for which service, and what it waits for."""
    text, project = desk.text, card.project
    amount = text("board.unpriced")
    if card.amount is not None:
        amount = desk.money(card.amount, compact=True)
    service = plain(shortened(project.service or text("proposals.no_service"), 40))
    lines = [f":small[{said(amount)} · {service}]"]
    if card.wait is not None:
        sign = "▲ " if card.is_due else ""
        wait = text(f"board.wait.{card.wait.what}", n=card.wait.n, of=card.wait.of)
        lines.append(f":small[{sign}{wait}{_since(desk, card.days)}]")
    with st.container(border=True, gap="small"):
        title = shortened(project.title_in(desk.language), 60)
        st.button(
            f"**{plain(project.code)}** · {plain(title)}", type="tertiary",
            key=f"proposals_board_{project.code}", on_click=_open, args=(project.code,),
        )
        st.markdown("  \n".join(lines))


def _open(code: str) -> None:
    st.query_params["project"] = code


def _since(desk: Desk, days: int | None) -> str:
    if days is None:
        return ""
    key = "board.since" if days > 0 else "board.since_today"
    return f", {desk.text(key, n=days)}"

"""What the facilitator does with weights: open a round, see who answered, reveal, adopt."""

from collections.abc import Callable

import streamlit as st

from portfolio.errors import Invalid, Refusal
from portfolio.evaluation import Between, Subject
from services import rounds, weighting
from services.weighting import Choice, Kind, Result, Weighing
from views import format as written
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import small_table
from views.weighting_draft import attempt
from views.weighting_group import order_words
from views.weighting_words import named

WRONG = "weighting_wrong"  # what cannot be read in an interval


def rounds_desk(desk: Desk, found: Weighing) -> None:
    """Open a round; while it is open, who has answered; then the reveal."""
    text = desk.text
    st.header(text("weighting.lead"), anchor=False)
    if found.round is None:
        st.markdown(said(text("weighting.lead_closed")))
        st.button(
            text("weighting.open"), key="weighting_open", type="primary", on_click=_open,
            args=(desk,),
        )  # fmt: skip
        return
    answered = weighting.answered(desk.store, desk.person, desk.cycle)
    head = [text("weighting.member"), text("weighting.ballot")]
    words = {True: text("weighting.is_in"), False: text("weighting.is_awaited")}
    small_table(head, [(one.name, words[one.is_cast]) for one in answered],
                name=text("weighting.who_answered"))  # fmt: skip
    st.caption(said(text("weighting.blind")))
    components.confirm(
        desk,
        key="weighting_reveal",
        label=text("weighting.reveal"),
        question=text("weighting.reveal_asked", n=found.cast, of=found.members),
        act=lambda: _reveal(desk),
    )


def _open(desk: Desk) -> None:
    _do(
        lambda: rounds.begin(desk.store, desk.person, desk.cycle, Subject.WEIGHTS),
        desk.text("weighting.opened"),
    )


def _reveal(desk: Desk) -> None:
    _do(
        lambda: rounds.reveal(desk.store, desk.person, desk.cycle, Subject.WEIGHTS),
        desk.text("weighting.revealed"),
    )


def adoption(desk: Desk, found: Weighing) -> None:
    """Agree on the mean, on the framework's own weights, or to keep ranges; with a reason."""
    text = desk.text
    st.header(text("weighting.adopt"), anchor=False)
    kinds = list(Kind) if found.result is not None else [Kind.OWN]
    kind = st.radio(
        text("weighting.adopt_what"),
        kinds,
        format_func=lambda one: text(f"weighting.kind.{one}"),
        captions=[text(f"weighting.kind_help.{one}") for one in kinds],
        key="weighting_kind",
    )
    orders: list[tuple[str, ...]] = []
    if kind is Kind.SET and found.result is not None:
        _intervals(desk, found, found.result)
        orders = _orders(desk, found, found.result)
    st.text_area(
        text("weighting.reason"), key="weighting_reason", help=text("weighting.reason_help")
    )
    st.button(
        text("weighting.adopt_button"), key="weighting_adopt", type="primary",
        on_click=_adopt, args=(desk, found, kind, tuple(orders)),
    )  # fmt: skip
    if found.adopted is not None:
        adopted = found.adopted
        components.confirm(
            desk,
            key="weighting_withdraw",
            label=text("weighting.withdraw"),
            question=text("weighting.withdraw_asked"),
            act=lambda: _do(
                lambda: weighting.withdraw(desk.store, desk.person, desk.cycle, adopted),
                text("weighting.withdrawn"),
            ),
        )


def _intervals(desk: Desk, found: Weighing, result: Result) -> None:
    """The least and the most of each branch, as percentages typed."""
    text = desk.text
    st.markdown(said(text("weighting.intervals")))
    wrong = st.session_state.get(WRONG, {})
    heads = st.columns([0.5, 0.25, 0.25])
    for column, side in zip(heads[1:], ("low", "high"), strict=True):
        column.markdown(f"**{text(f'weighting.{side}_head')}**")
    for between in result.between(_top(found)):
        name, low, high = st.columns([0.5, 0.25, 0.25], vertical_alignment="center")
        criterion = found.framework.criterion(between.criterion)
        title = plain(named(desk, criterion))
        share = result.shares[between.criterion]
        name.markdown(f"{title}  \n{said(text('weighting.group_share', share=share))}")
        for column, side, value in ((low, "low", between.low), (high, "high", between.high)):
            column.text_input(
                plain(text(f"weighting.{side}_of", name=criterion.title.in_(desk.language))),
                desk.percent(value),
                key=_field(between.criterion, side),
                label_visibility="collapsed",
            )
        if between.criterion in wrong:
            components.error(desk, wrong[between.criterion])


def _orders(desk: Desk, found: Weighing, result: Result) -> list[tuple[str, ...]]:
    if not result.orders:
        st.caption(said(desk.text("weighting.no_order")))
        return []
    return st.multiselect(
        desk.text("weighting.orders"),
        list(result.orders),
        format_func=lambda order: order_words(desk, found, order),
        key="weighting_orders",
        placeholder=desk.text("weighting.orders_placeholder"),
    )


def _adopt(desk: Desk, found: Weighing, kind: Kind, orders: tuple[tuple[str, ...], ...]) -> None:
    between: tuple[Between, ...] = ()
    if kind is Kind.SET:
        between, wrong = _typed(desk, found)
        st.session_state[WRONG] = wrong
        if wrong:
            return
    adopted, reason = found.adopted, st.session_state.get("weighting_reason", "")
    following = found.result.round if found.result is not None else 0
    version = adopted.version if adopted is not None and adopted.round == following else 0
    choice = Choice(kind, reason, between, orders if kind is Kind.SET else (), version)
    _do(
        lambda: weighting.adopt(desk.store, desk.person, desk.cycle, choice),
        desk.text("weighting.adopted_done"),
        clear="weighting_reason",
    )


def _typed(desk: Desk, found: Weighing) -> tuple[tuple[Between, ...], dict[str, Invalid]]:
    """The intervals typed, and what is wrong with them; a branch left blank is left free."""
    given: list[Between] = []
    wrong: dict[str, Invalid] = {}
    for key in _top(found):
        low, high = (
            st.session_state.get(_field(key, side), "").strip() for side in ("low", "high")
        )
        if not (low or high):
            continue
        try:
            ends = (
                float(written.parse_percent(typed, desk.language, named)) if typed else end
                for typed, end, named in ((low, 0.0, "low"), (high, 1.0, "high"))
            )
            given.append(Between(key, *ends))
        except Invalid as refusal:
            wrong[key] = refusal
    return tuple(given), wrong


def _top(found: Weighing) -> list[str]:
    return [criterion.key for criterion in found.framework.children("")]


def _field(key: str, side: str) -> str:
    return f"weighting_{side}_{key.replace('.', '_')}"


def _do(act: Callable[[], object], told: str, clear: str = "") -> None:
    def done() -> None:
        act()
        components.tell(told)
        if clear:
            st.session_state[clear] = ""

    attempt(done)


def refusal(desk: Desk) -> None:
    """What was refused in the act just done, in words."""
    found = st.session_state.pop("weighting_refused", None)
    if isinstance(found, Refusal):
        components.error(desk, found)

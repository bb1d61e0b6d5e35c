"""What a cycle is: its titles, its horizon, its discount rate, the thresholds of projects."""

from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio.cycle import Cycle
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.words import Bilingual
from services import cycle_acts
from services.charters import Standing
from views import format as written
from views.cycle_parts import pinned, send
from views.desk import Desk
from views.look.components import said

LENGTHS = (1, 2, 4, 12)
LAST_YEAR, MOST_PERIODS = 2200, 120


def show(desk: Desk, found: Standing) -> None:
    """The form of what the cycle is."""
    cycle, place = pinned(desk, found.cycle, "settings", "fr")
    text = desk.text
    with st.form(place, enter_to_submit=False):
        fields(desk, place, cycle)
        shown = " ; ".join(desk.money(cents) for cents in cycle.thresholds)
        st.text_input(text("cycle.thresholds"), shown, key=f"{place}_thresholds",
                      help=text("cycle.thresholds_help"))
        st.form_submit_button(text("cycle.save"), type="primary", on_click=_save,
                              args=(desk, place, cycle))
    st.caption(said(text("cycle.framework_elsewhere", code=cycle.framework,
                         version=cycle.framework_version)))


def fields(desk: Desk, place: str, cycle: Cycle) -> None:
    """Titles, horizon and discount rate, as a new cycle and one that stands have them."""
    text, horizon = desk.text, cycle.horizon
    french, english = st.columns(2)
    french.text_input(text("cycle.title_fr"), cycle.title.fr, key=f"{place}_fr")
    english.text_input(text("cycle.title_en"), cycle.title.en, key=f"{place}_en")
    start, periods, length, discount = st.columns(4)
    start.text_input(text("cycle.start"), str(horizon.start), key=f"{place}_start",
                     help=text("cycle.start_help"))
    periods.text_input(text("cycle.periods"), str(horizon.periods), key=f"{place}_periods",
                       help=text("cycle.periods_help"))
    length.selectbox(
        text("cycle.length"), LENGTHS, LENGTHS.index(horizon.per_year), key=f"{place}_length",
        format_func=lambda n: text(f"cycle.length_is.{n}"),
    )
    discount.text_input(text("cycle.discount"), desk.percent(cycle.discount, decimals=None),
                        key=f"{place}_discount", help=text("cycle.discount_help"))


def typed(desk: Desk, place: str, cycle: Cycle) -> Cycle:
    """The cycle with what those fields say, its amounts each in its own fiscal year."""
    state = st.session_state
    horizon = Horizon(
        _whole(desk, state[f"{place}_start"], "start", LAST_YEAR),
        _whole(desk, state[f"{place}_periods"], "periods", MOST_PERIODS),
        state[f"{place}_length"],
    )
    french = state[f"{place}_fr"].strip()
    if not french:
        raise Invalid("empty", field="title")
    shown, rate = desk.percent(cycle.discount), state[f"{place}_discount"].strip()
    discount = cycle.discount
    if rate != shown:
        discount = float(written.parse_percent(rate, desk.language, "discount")) if rate else 0.0
    moved = cycle if horizon == cycle.horizon else cycle_acts.resized(cycle, horizon)
    title = Bilingual(french, state[f"{place}_en"].strip())
    return replace(moved, title=title, discount=discount)


def _whole(desk: Desk, entry: str, field: str, most: int) -> int:
    if not entry.strip():
        raise Invalid("empty", field=field)
    found = written.parse_number(entry, desk.language, field)
    if found != found.to_integral_value():
        raise Invalid("not-a-whole-number", field=field, found=entry, accepted="10")
    if found > most:
        raise Invalid("too-high", field=field, found=entry, high=most)
    return int(found)


def _save(desk: Desk, place: str, cycle: Cycle) -> None:
    def build() -> Cycle:
        parts = st.session_state[f"{place}_thresholds"].split(";")
        cents = [
            written.parse_money(part, desk.language, "thresholds") for part in parts if part.strip()
        ]
        return replace(typed(desk, place, cycle), thresholds=tuple(sorted(cents)))

    send(desk, partial(cycle_acts.save, desk.store, desk.person), build, "cycle.saved")

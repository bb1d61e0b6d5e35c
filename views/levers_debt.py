"""The levers of debt: in points or as money, at what price."""

from typing import Any

import streamlit as st

from portfolio.errors import Invalid
from portfolio.scenario import DebtMode
from services.levers import Levers, counts_debt
from services.scenarios import Asked
from views.desk import Desk
from views.format import parse_money
from views.look.components import said

MOST_YEARS = 10


def levers(desk: Desk, kept: Levers, at: str) -> dict[str, Any]:
    """Draw them; where they now stand, by the name of each lever."""
    text = desk.text
    with st.expander(text("scenarios.mode"), key=f"{at}_mode_box"):
        key = f"{at}_in_money"
        st.session_state.setdefault(key, kept.in_money)
        in_money = st.radio(
            text("scenarios.mode_which"),
            (False, True),
            format_func=lambda money: text(f"scenarios.mode_{'money' if money else 'points'}"),
            key=key,
            help=text("scenarios.mode_help"),
        )
        told = {"in_money": in_money}
        if not in_money:
            return told | {"point_price": kept.point_price, "terminal_years": kept.terminal_years}
        return told | {
            "point_price": _price(desk, kept, at),
            "terminal_years": _years(desk, kept, at),
        }


def sentence(desk: Desk, asked: Asked) -> str:
    """Which way debt counts in the scenario asked."""
    scenario = asked.scenario
    if scenario.debt_mode is DebtMode.MONEY:
        price, years = scenario.point_price or 0, scenario.terminal_years
        return desk.text("scenarios.mode_is_money", price=price, years=years)
    return desk.text(f"scenarios.mode_is_{'points' if counts_debt(asked) else 'none'}")


def _price(desk: Desk, kept: Levers, at: str) -> int:
    """In cents; the price before where what is typed cannot be read."""
    key, label = f"{at}_price", desk.text("scenarios.price")
    st.session_state.setdefault(key, desk.number(kept.point_price / 100))
    typed = st.text_input(label, key=key, help=desk.text("scenarios.price_help"))
    try:
        cents = parse_money(typed, desk.language, label)
        if cents <= 0:
            raise Invalid("too-low", field=label, found=typed, low=1)
    except Invalid as refused:
        st.error(said(desk.refusal(refused)), icon=":material/error:")
        return kept.point_price
    return cents


def _years(desk: Desk, kept: Levers, at: str) -> int:
    key = f"{at}_terminal"
    st.session_state.setdefault(key, kept.terminal_years)
    most = max(MOST_YEARS, kept.terminal_years)
    text = desk.text
    return st.slider(
        text("scenarios.terminal"), 0, most, key=key, help=text("scenarios.terminal_help")
    )

"""A table in which people type or paste numbers: cells are text, read strictly in their language.

An editor's number columns turn « 12,5 » into 125; text comes through letter for letter.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from portfolio.errors import Invalid
from views import format as written
from views.desk import Desk
from views.look import tokens

Edits = Mapping[tuple[int, int], str]  # (row, column) -> what was typed; "" = emptied
THOUSAND = 100_000  # cents in a k$
WIDE = 68  # pixels of a column: « 123 456,78 », and ten years on a screen


def grid(
    desk: Desk,
    *,
    key: str,
    fixed: Mapping[str, Sequence[str]],
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    name: str,
) -> None:
    """Show the rows, their fixed columns first; ``edits(key, columns)`` tells what was typed.

    cells   what the editor starts from: the same as long as ``key`` stands, or edits are lost
    """
    frame = pd.DataFrame(dict(fixed))
    for at, column in enumerate(columns):
        frame[column] = [row[at] for row in cells]
    config = {column: st.column_config.TextColumn(column, width=WIDE) for column in columns}
    st.data_editor(
        frame.astype(str),
        key=key,
        hide_index=True,
        disabled=list(fixed),
        column_config=config,
        row_height=tokens.sizes(desk.projection).row,
        alt=name,
    )


def edits(key: str, columns: Sequence[str]) -> Edits:
    """What was typed in the editor of that key."""
    typed = st.session_state.get(key, {}).get("edited_rows", {})
    return {
        (int(row), columns.index(column)): str(value or "").strip()
        for row, cells in typed.items()
        for column, value in cells.items()
    }


def cents(desk: Desk, typed: str, where: str) -> int | None:
    """Cents of « 12,5 » (k$), « 12,5 M$ » or « 1 234,50 $ »; None when nothing is typed."""
    if not typed:
        return None
    if typed.strip()[-1:].isdigit() and "$" not in typed:
        amount = written.parse_number(typed, desk.language, where) * THOUSAND
        if amount != amount.to_integral_value():
            raise Invalid("finer-than-a-cent", field=where, found=typed)
        return int(amount)
    return written.parse_money(typed, desk.language, where)


def days(desk: Desk, typed: str, where: str) -> float:
    """Person-days; 0 when nothing is typed."""
    return float(written.parse_number(typed, desk.language, where)) if typed else 0.0


def thousands(desk: Desk, amount: int | None) -> str:
    """The amount as a cell shows it: in k$, or to the cent where k$ would round it."""
    if amount is None:
        return ""
    exact = Decimal(amount) / THOUSAND
    if exact == round(exact, 2):
        return desk.number(exact)
    return desk.money(amount)


def whole_thousands(desk: Desk, amount: int) -> str:
    """The amount in whole k$, to be compared at a glance."""
    return desk.number(Decimal(amount) / THOUSAND, decimals=0)

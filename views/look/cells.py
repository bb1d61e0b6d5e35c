"""A table in which people type or paste numbers: cells are text, read strictly in their language.

An editor's number columns turn « 12,5 » into 125; text comes through letter for letter.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from views.desk import Desk
from views.look import tokens

Edits = Mapping[tuple[int, int], str]  # (row, column) -> what was typed; "" = emptied
LONGEST = 40  # characters of a cell
ICON, LETTER = 36, 8  # pixels that the head of a column takes: ten years stand on a screen


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
    config = {
        column: st.column_config.TextColumn(column, width=_wide(column), max_chars=LONGEST)
        for column in columns
    }
    st.data_editor(
        frame.astype(str),
        key=key,
        hide_index=True,
        disabled=list(fixed),
        column_config=config,
        row_height=tokens.sizes(desk.projection).row,
        alt=name,
    )


def _wide(label: str) -> int:
    return ICON + LETTER * len(label)


def edits(key: str, columns: Sequence[str]) -> Edits:
    """What was typed in the editor of that key."""
    typed = st.session_state.get(key, {}).get("edited_rows", {})
    return {
        (int(row), columns.index(column)): str(value or "").strip()
        for row, cells in typed.items()
        for column, value in cells.items()
    }

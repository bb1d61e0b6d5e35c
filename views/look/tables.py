"""Tables: columns written in the person's language, filtered, chosen from, and exported."""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pandas as pd
import streamlit as st

from views.desk import Desk
from views.look import tokens

Kind = Literal["text", "number", "money", "thousands", "percent", "date", "bool"]
Row = Mapping[str, Any]

_UNITS = {"money": "$", "thousands": "k$", "percent": "%"}
_PLACES = {"number": 1, "money": 2, "thousands": 0, "percent": 1}
_SCALES = {"money": 100, "thousands": 100_000, "percent": 0.01}
# Beyond so many rows the export is written only when clicked. Not always: a click during a rerun
# finds its file gone (Streamlit 1.67).
MANY = 1_000
_LIVE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``field`` of each row, under ``label``.

    kind   money and thousands are whole cents, shown in $ and k$; percent is 0..1
    """

    field: str
    label: str
    kind: Kind = "text"
    help: str | None = None
    width: Literal["small", "medium", "large"] | None = None

    @property
    def head(self) -> str:
        """The label, with its unit."""
        unit = _UNITS.get(self.kind)
        return f"{self.label} ({unit})" if unit else self.label


def table(
    desk: Desk,
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    key: str,
    name: str,
    can_choose: bool = False,
) -> Row | None:
    """Show rows under a filter, with an export of what is kept; the row chosen, if any.

    key    session key prefix, unique on the page
    name   what the table holds: read aloud, and the name of the exported file
    """
    kept = _filtered(desk, rows, columns, key, name)
    if not kept:
        st.caption(desk.text("common.no_match"))
        return None
    shown = st.dataframe(
        _frame(kept, columns),
        key=f"{key}_wall" if desk.projection else f"{key}_grid",
        hide_index=True,
        row_height=tokens.sizes(desk.projection).row,
        column_config={c.head: _config(c) for c in columns},
        on_select="rerun" if can_choose else "ignore",
        selection_mode="single-row",
        placeholder=desk.text("common.none"),
        alt=name,
    )
    chosen = shown.selection.rows if can_choose else []
    return kept[chosen[0]] if chosen and chosen[0] < len(kept) else None


def _filtered(
    desk: Desk, rows: Sequence[Row], columns: Sequence[Column], key: str, name: str
) -> Sequence[Row]:
    text = desk.text

    def written() -> bytes:
        return as_csv(kept, columns, desk.language)

    with st.container(horizontal=True, vertical_alignment="center"):
        typed = st.text_input(
            text("common.filter"),
            key=f"{key}_filter",
            placeholder=text("common.filter_help"),
            label_visibility="collapsed",
            width=300,
        )
        kept = matching(rows, columns, typed)
        count = "common.rows" if len(kept) == len(rows) else "common.rows_of"
        st.caption(text(count, n=len(kept), all=len(rows)), width="stretch")
        st.download_button(
            text("common.export"),
            written if len(kept) > MANY else written(),
            file_name=f"{_slug(name)}.csv",
            mime="text/csv",
            key=f"{key}_export",
            icon=":material/download:",
            on_click="ignore",
        )
    return kept


def matching(rows: Sequence[Row], columns: Sequence[Column], typed: str) -> Sequence[Row]:
    """The rows that hold every word typed, whatever the accents and capitals."""
    sought = _plain(typed).split()
    if not sought:
        return rows
    texts = [_plain(" ".join(str(row.get(c.field, "")) for c in columns)) for row in rows]
    return [row for row, held in zip(rows, texts, strict=True) if all(w in held for w in sought)]


def _frame(rows: Sequence[Row], columns: Sequence[Column]) -> pd.DataFrame:
    return pd.DataFrame(
        {c.head: [_shown(row.get(c.field), c.kind) for row in rows] for c in columns}
    )


def _shown(value: Any, kind: Kind) -> Any:  # noqa: ANN401  a cell may hold anything
    """What the grid shows: no more figures than a reader can use; the export keeps them all."""
    scaled, places = _scaled(value, kind), _PLACES.get(kind)
    return scaled if scaled is None or places is None else round(scaled, places)


def _scaled(value: Any, kind: Kind) -> Any:  # noqa: ANN401  a cell may hold anything
    scale = _SCALES.get(kind)
    return value if scale is None or value is None else round(float(value) / scale, 2)


def _config(column: Column) -> Any:  # noqa: ANN401  Streamlit's own dict
    look = {"help": column.help, "width": column.width}
    match column.kind:
        case "text":
            return st.column_config.TextColumn(**look)
        case "date":
            return st.column_config.DateColumn(format="YYYY-MM-DD", **look)
        case "bool":
            return st.column_config.CheckboxColumn(**look)
    return st.column_config.NumberColumn(format="localized", **look)


def as_csv(rows: Sequence[Row], columns: Sequence[Column], language: str) -> bytes:
    """What a spreadsheet of that language opens rightly; no cell can start a formula."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    lines.writerow([_inert(c.head) for c in columns])
    for row in rows:
        lines.writerow([_cell(row.get(c.field), c.kind, language) for c in columns])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any, kind: Kind, language: str) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        exact = Decimal(str(value)) / Decimal(str(_SCALES.get(kind, 1)))
        shown = f"{exact.normalize():f}"
        return shown.replace(".", ",") if language == "fr" else shown
    return value.isoformat() if isinstance(value, date) else _inert(str(value))


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_LIVE) else cell


def _plain(words: str) -> str:
    parts = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in _plain(name)).split()) or "table"

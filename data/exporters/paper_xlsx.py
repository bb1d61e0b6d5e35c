"""A paper's figures as an XLSX workbook, a sheet a subject: numbers stay numbers, texts texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from xlsxwriter.worksheet import Worksheet

from data.exporters.workbook import Styles, new
from data.tables.cells import guarded

Kind = Literal["text", "money", "number", "share", "date"]
Value = str | int | float | date | None
WIDTHS = {"text": 30, "money": 18, "number": 12, "share": 12, "date": 12}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. money: whole cents are given, and dollars written; share: 0..1."""

    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns, and a value a column in every row."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def xlsx(sheets: Sequence[Sheet], title: str) -> bytes:
    """The sheets in order; no text is ever a formula, a number or a link."""
    page, book, styles = new(title)
    for sheet in sheets:
        written = book.add_worksheet(sheet.title)
        written.freeze_panes(1, 0)
        for at, column in enumerate(sheet.columns):
            written.write_string(0, at, column.title, styles["head"])
            written.set_column(at, at, WIDTHS[column.kind])
        for place, row in enumerate(sheet.rows, 1):
            for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                _write(written, (place, at), column.kind, value, styles)
        if sheet.rows:
            written.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    book.close()
    return page.getvalue()


def _write(
    sheet: Worksheet, at: tuple[int, int], kind: Kind, value: Value, styles: Styles
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), styles["date"])
    elif isinstance(value, str):
        sheet.write_string(*at, guarded(value), styles["wrap"])
    elif kind == "money":
        sheet.write_number(*at, value / 100, styles["money"])
    else:
        sheet.write_number(*at, value, styles["share" if kind == "share" else "plain"])

"""The offline form of one proposal as a workbook: to fill, then to bring back."""

import io
from collections.abc import Mapping
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from data import proposal_form as form
from data.exporters.ballot import CELL, FORMATS, LETTER, MAY, OPTIONS, STILL
from data.proposal_form import Cell, Form, Grid
from data.tables.cells import guarded
from data.tables.column import Kind

SPARE = 15  # empty rows ready to be filled where rows may be added
OPEN = {**CELL, "bg_color": "#FFFBE0", "locked": False}
MORE = {
    "money": {**OPEN, "num_format": "#,##0.00"},
    "day": {**OPEN, "num_format": "yyyy-mm-dd", "align": "left"},
}
Styles = Mapping[str, Format]


def proposal(asked: Form) -> bytes:
    """The form in the language of its identity; what was already written stands in it."""
    page = io.BytesIO()
    book = xlsxwriter.Workbook(page, OPTIONS)
    book.set_properties({"title": asked.title, "created": STILL})
    styles = {name: book.add_format(one) for name, one in {**FORMATS, **MORE}.items()}
    _aside(_new(book, asked.aside, asked), asked, styles)
    sheets = [(grid, _new(book, grid.title, asked)) for grid in asked.grids]
    lists = _Lists(book.add_worksheet(form.LISTS))
    for grid, sheet in sheets:
        _grid(sheet, grid, asked, lists, styles)
    _identity(book.add_worksheet(form.IDENTITY), asked)
    book.close()
    return page.getvalue()


class _Lists:
    """The hidden sheet of what cells offer, a column a list, each written once."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._ranges: dict[tuple[str, ...], str] = {}
        sheet.protect("")
        sheet.very_hidden()

    def range_of(self, labels: tuple[str, ...]) -> str:
        """Where that list stands."""
        if labels not in self._ranges:
            column = len(self._ranges)
            for row, label in enumerate(labels):
                self._sheet.write_string(row, column, guarded(label))
            place = xl_range_abs(0, column, len(labels) - 1, column)
            self._ranges[labels] = f"={form.LISTS}!{place}"
        return self._ranges[labels]


def _new(book: xlsxwriter.Workbook, title: str, asked: Form) -> Worksheet:
    sheet = book.add_worksheet(title)
    sheet.set_paper(LETTER)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", MAY)
    sheet.set_footer(f"&L{asked.identity.project} · {asked.identity.cycle}&R&P / &N")
    return sheet


def _aside(sheet: Worksheet, asked: Form, styles: Styles) -> None:
    """Which proposal it is, and how to fill it in."""
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, asked.title, styles["title"])
    for row, (label, value) in enumerate(asked.told, 2):
        sheet.write_string(row, 0, label, styles["label"])
        sheet.write_string(row, 1, guarded(form.tidy(value)), styles["wrap"])
    first = 3 + len(asked.told)
    for row, advice in enumerate(asked.advice):
        sheet.write_number(first + row, 0, row + 1, styles["label"])
        sheet.write_string(first + row, 1, advice, styles["wrap"])


def _grid(sheet: Worksheet, grid: Grid, asked: Form, lists: _Lists, styles: Styles) -> None:
    _head(sheet, grid, asked, styles)
    rows = [(line.mark, line.labels, line.cells, line.note) for line in grid.lines]
    if grid.is_free:
        rows += [("", (), grid.template, "")] * SPARE
    for row, (mark, labels, cells, note) in enumerate(rows, 1):
        for at, label in enumerate(labels):
            sheet.write_string(row, at, guarded(form.tidy(label)), styles["locked"])
        for at, cell in enumerate(cells, len(grid.heads)):
            _cell(sheet, (row, at), cell, styles)
            if cell.kind is Kind.ONE_OF:
                _offer(sheet, (row, at), cell, asked, lists)
        if grid.noted:
            sheet.write_string(row, len(grid.header) - 1, form.tidy(note), styles["locked"])
        sheet.write_string(row, len(grid.header), mark, styles["locked"])


def _head(sheet: Worksheet, grid: Grid, asked: Form, styles: Styles) -> None:
    """The header, kept in sight; what every row is known by is hidden at its end."""
    first = (grid.template or grid.lines[0].cells) if grid.lines or grid.is_free else ()
    widths = [26] * len(grid.heads) + [_width(cell, len(first)) for cell in first]
    widths += [60] * bool(grid.noted)
    for at, (head, width) in enumerate(zip(grid.header, widths, strict=False)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, head, styles["head"])
    sheet.set_column(len(grid.header), len(grid.header), 16, None, {"hidden": True})
    sheet.write_string(0, len(grid.header), asked.marked, styles["head"])
    sheet.freeze_panes(1, len(grid.heads))
    sheet.repeat_rows(0)


def _width(cell: Cell, beside: int) -> int:
    return (70 if beside == 1 else 34) if cell.kind in (Kind.TEXT, Kind.ONE_OF) else 14


def _cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, styles: Styles) -> None:
    style = styles[{Kind.MONEY: "money", Kind.DATE: "day"}.get(cell.kind, "open")]
    match cell.value:
        case None | "":
            sheet.write_blank(*place, None, style)
        case date():
            sheet.write_datetime(*place, datetime.combine(cell.value, time()), style)
        case int() | float():
            sheet.write_number(*place, float(cell.shown), style)
        case _:
            sheet.write_string(*place, guarded(cell.shown), style)


def _offer(
    sheet: Worksheet, place: tuple[int, int], cell: Cell, asked: Form, lists: _Lists
) -> None:
    """The list that the cell offers; anything else is refused as it is typed."""
    if cell.choices:
        source = lists.range_of(tuple(one.label for one in cell.choices))
        sheet.data_validation(*place, *place, {
            "validate": "list", "source": source, "ignore_blank": True,
            "error_message": asked.choose,
        })  # fmt: skip


def _identity(sheet: Worksheet, asked: Form) -> None:
    """What the reader goes by; the first sheet says the same to people."""
    who = asked.identity
    told = ("format", form.FORMAT), ("cycle", who.cycle), ("project", who.project), (
        "version", str(who.version)), ("language", who.language)
    for row, (name, value) in enumerate(told):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.protect("")
    sheet.very_hidden()

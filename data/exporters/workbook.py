"""A registry as one XLSX workbook, a sheet a table; and the empty template that explains itself."""

import io
from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.exporters.read_me import ADVICE, TITLE, of_journal
from data.journal import Anchor
from data.tables import TABLES, Column, Kind, Table
from data.tables.cells import Value, guarded, text
from data.tables.written import Cells, rows
from portfolio.registry import Registry

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
           "strings_to_urls": False, "constant_memory": False}
STILL = datetime(2000, 1, 1)
READ_ME = "Lisez-moi - Read me"  # the sheet that importers leave aside
EXAMPLES, LAST = 3, 1000  # rows of the template that explain; rows whose cells offer a list
FORMATS = {
    "head": {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "border": 1},
    "must": {"bold": True, "bg_color": "#8A1538", "font_color": "#FFFFFF", "border": 1},
    "aside": {"italic": True, "font_color": "#555555", "bg_color": "#F2F2F2", "text_wrap": True,
              "valign": "top"},
    "money": {"num_format": "#,##0.00"}, "date": {"num_format": "yyyy-mm-dd"}, "plain": {},
    "share": {"num_format": "0.0%"},
    "title": {"bold": True, "font_size": 16}, "wrap": {"text_wrap": True, "valign": "top"},
}
Styles = Mapping[str, Format]


def workbook(registry: Registry, anchor: Anchor | None = None) -> bytes:
    """Every table that has rows, and projects always; numbers stay numbers, texts stay texts.

    anchor   of the journal, told on a last sheet; None = what is written comes from no store
    """
    tables = rows(registry)
    names = [name for name in tables if tables[name] or name == "projects"]
    return written(registry, names, anchor)


def written(registry: Registry, names: Container[str], anchor: Anchor | None = None) -> bytes:
    """The tables of these names, be they empty."""
    tables = rows(registry)
    page, book, styles = new()
    for table in TABLES:
        if table.name in names:
            sheet = _sheet(book, table, styles)
            for place, row in enumerate(tables[table.name], 1):
                _write_row(sheet, place, table, row, styles)
    if anchor is not None:
        _say(book.add_worksheet(READ_ME), [*of_journal(anchor)], styles)
    book.close()
    return page.getvalue()


def template() -> bytes:
    """Every table with its help, its lists and an example that the importer leaves aside."""
    page, book, styles = new()
    lines = [(a.fr, a.en) for a in (TITLE, *ADVICE)]
    lines += [(f"{t.name} : {t.title.fr}", f"{t.name}: {t.title.en}") for t in TABLES]
    _say(book.add_worksheet(READ_ME), lines, styles)
    for table in TABLES:
        sheet = _sheet(book, table, styles)
        for place, column in enumerate(table.columns):
            _explain(sheet, place, column, styles)
        sheet.set_row(1, 75)
        sheet.set_row(2, 75)
    book.close()
    return page.getvalue()


def new(title: str = "Arbitrage") -> tuple[io.BytesIO, xlsxwriter.Workbook, Styles]:
    """An empty workbook in which no text is a formula, where it is written, and its styles."""
    page = io.BytesIO()
    book = xlsxwriter.Workbook(page, OPTIONS)
    book.set_properties({"title": title, "created": STILL})
    return page, book, {name: book.add_format(f) for name, f in FORMATS.items()}


def _sheet(book: xlsxwriter.Workbook, table: Table, styles: Styles) -> Worksheet:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, styles["must" if column.required else "head"])
        wide = column.kind is Kind.TEXT
        sheet.set_column(place, place, 28 if wide else 16)
    return sheet


def _write_row(sheet: Worksheet, place: int, table: Table, row: Cells, styles: Styles) -> None:
    for at, column in enumerate(table.columns):
        given = row.get(column.name)
        if given is not None and given != "" and given != ():
            _write(sheet, (place, at), column, given, styles)


def _write(
    sheet: Worksheet, at: tuple[int, int], column: Column, given: Value, styles: Styles
) -> None:
    if column.kind is Kind.MONEY and isinstance(given, int):
        sheet.write_number(*at, given / 100, styles["money"])
    elif isinstance(given, int | float) and not isinstance(given, bool):
        sheet.write_number(*at, given)
    elif isinstance(given, date) and given.year >= 1901:
        sheet.write_datetime(*at, datetime(given.year, given.month, given.day), styles["date"])
    else:
        sheet.write_string(*at, text(column, given))


def _explain(sheet: Worksheet, place: int, column: Column, styles: Styles) -> None:
    """Rows 2 to 4: help in French, in English, an example; then lists of what may stand there."""
    marks = ("# aide : ", "# help: ", "# exemple : ") if place == 0 else ("", "", "")
    texts = (column.help.fr, column.help.en, column.example)
    for row, (mark, words) in enumerate(zip(marks, texts, strict=True), 1):
        sheet.write_string(row, place, mark + guarded(words), styles["aside"])
    choices = ("oui", "non") if column.kind is Kind.YES_NO else column.values
    if choices and column.kind is not Kind.LIST:
        sheet.data_validation(EXAMPLES + 1, place, LAST, place, {
            "validate": "list", "source": list(choices), "ignore_blank": True,
        })


def _say(sheet: Worksheet, lines: Sequence[tuple[str, str]], styles: Styles) -> None:
    """A title, then lines, in French beside English; an importer leaves the sheet aside."""
    sheet.set_column(0, 1, 60)
    for place, pair in enumerate(lines):
        for at, said in enumerate(pair):
            sheet.write_string(place + (place > 0), at, said, styles["wrap" if place else "title"])

"""The sheet of status reports as a workbook to fill, one row a project."""

import io
from collections.abc import Iterable, Mapping

import xlsxwriter

from data.exporters.workbook import FORMATS, OPTIONS, STILL
from data.status_sheet import ADVICE, COLUMNS, HEADS, SHEET
from data.tables.cells import Value, guarded
from data.tables.column import Kind

WIDE = {Kind.TEXT: 60, Kind.CODE: 14}


def status_reports(rows: Iterable[Mapping[str, Value | None]], language: str = "fr") -> bytes:
    """Under heads of that language; dates and amounts are cells of their kind."""
    page = io.BytesIO()
    book = xlsxwriter.Workbook(page, OPTIONS)
    book.set_properties({"created": STILL})
    styles = {name: book.add_format(look) for name, look in FORMATS.items()}
    sheet = book.add_worksheet(SHEET.in_(language))
    sheet.freeze_panes(1, 1)
    for at, column in enumerate(COLUMNS):
        look = {Kind.MONEY: "money", Kind.DATE: "date"}.get(column.kind, "plain")
        sheet.set_column(at, at, WIDE.get(column.kind, 18), styles[look])
        head = HEADS[column.name].in_(language)
        sheet.write_string(0, at, head, styles["must" if column.required else "head"])
    for place, row in enumerate(rows, 1):
        for at, column in enumerate(COLUMNS):
            given = row.get(column.name)
            if given is None:
                continue
            if column.kind is Kind.DATE:
                sheet.write_datetime(place, at, given, styles["date"])
            elif column.kind is Kind.MONEY and isinstance(given, int):
                sheet.write_number(place, at, given / 100, styles["money"])
            else:
                sheet.write_string(place, at, guarded(str(given)), styles["plain"])
    advice = book.add_worksheet(ADVICE.in_(language))
    advice.set_column(0, 0, 24)
    advice.set_column(1, 1, 80)
    for place, column in enumerate(COLUMNS):
        advice.write_string(place, 0, HEADS[column.name].in_(language), styles["head"])
        advice.write_string(place, 1, column.help.in_(language), styles["wrap"])
    book.close()
    return page.getvalue()

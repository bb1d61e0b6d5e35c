"""Reads one XLSX from standard input and prints its cells as JSON, in a process with limits.

It knows nothing of the tables: every cell becomes the text that a person would type for it.
"""

import json
import re
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MEMORY, SECONDS = 1 << 30, 20
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 50_000, 200, 100
FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,4})([0-9]{1,10})"[^>]*?(?<!/)>')
FORMULA = re.compile(rb"<(?:\w+:)?f\b")
DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)

Problem = tuple[str, int | None, str, str, str, str]  # sheet, row, column, code, found, accepted
Formula = tuple[str, int, str, str]  # sheet, row, column, what it says


def cells(content: bytes) -> dict[str, Any]:
    """{"sheets": [[name, [[row, [text …]] …]] …], "refused": [problem …]} of a workbook.

    "formulas": [formula …] says where formulas stand whose results are read.
    """
    refused: list[Problem] = []
    formulas: list[Formula] = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")) and DOCTYPE.search(archive.read(name)):
                return {"sheets": [], "refused": [("", None, name, "xml-doctype", "", "")]}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
            sheets = []
            for sheet in values.worksheets[:MOST_SHEETS]:
                xml = archive.read(sheet._worksheet_path)
                row, column = _extent(sheet.title, xml, refused)
                if row and column:
                    twin = _formulas(content, sheet.title) if FORMULA.search(xml) else None
                    rows = _rows(sheet, twin, (row, column), refused, formulas)
                    sheets.append([sheet.title, list(rows)])
    return {"sheets": sheets, "refused": refused, "formulas": formulas}


def _extent(sheet: str, xml: bytes, refused: list[Problem]) -> tuple[int, int]:
    """(last row, last column) that hold something, found in the bytes before any row is built.

    (0, 0) when there is nothing, or something beyond what is read.
    """
    filled = {(m.group(1), int(m.group(2))) for m in FILLED.finditer(xml)}
    row = max((r for _, r in filled), default=0)
    column = max((_number(letters) for letters in {c for c, _ in filled}), default=0)
    if row <= MOST_ROWS + 1 and column <= MOST_COLUMNS:
        return row, column
    is_far = row > MOST_ROWS + 1
    letters, at = max(filled, key=lambda c: c[1] if is_far else _number(c[0]))
    code, most = ("too-many-rows", MOST_ROWS) if is_far else ("too-many-columns", MOST_COLUMNS)
    name = letters.decode()
    refused.append((sheet, at, name, code, f"{name}{at}", f"≤ {most}"))
    return 0, 0


def _formulas(content: bytes, title: str) -> ReadOnlyWorksheet:
    """The same sheet with its formulas in the place of their results."""
    return openpyxl.load_workbook(BytesIO(content), read_only=True)[title]


def _number(letters: bytes) -> int:
    """A = 1, XFD = 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(
    sheet: ReadOnlyWorksheet,
    twin: ReadOnlyWorksheet | None,
    extent: tuple[int, int],
    refused: list[Problem],
    found: list[Formula],
) -> Iterator[tuple[int, list[str]]]:
    last, width = extent
    sheet.reset_dimensions()
    if twin is not None:
        twin.reset_dimensions()
    formulas = twin.iter_rows(max_col=width) if twin is not None else None
    for number, row in enumerate(sheet.iter_rows(max_col=width), 1):
        if number > last:
            return
        typed = next(formulas, ()) if formulas is not None else ()
        texts = [_text(cell.value) for cell in row]
        for place, cell in enumerate(row):
            written = typed[place] if place < len(typed) else None
            column = get_column_letter(place + 1)
            problem = _problem(cell, written)
            if problem:
                refused.append((sheet.title, number, column, problem, texts[place], ""))
            if written is not None and written.data_type == "f":
                found.append((sheet.title, number, column, str(written.value)))
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, texts


def _problem(cell: ReadOnlyCell, typed: ReadOnlyCell | None) -> str:
    if cell.data_type == "e":
        return "cell-error"
    if cell.value is None and typed is not None and typed.data_type == "f":
        return "formula-without-value"
    return ""


def _text(value: object) -> str:
    """What a person would type to say the same; a float is shown as Excel shows it, 15 digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return format(Decimal(format(value, ".15g")), "f")
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def limit() -> None:
    """Little memory and little time, where the system can hold a process to them."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def answer(content: bytes) -> dict[str, Any]:
    """The cells, or the one problem of a workbook that cannot be read."""
    try:
        return cells(content)
    except MemoryError:
        return {"sheets": [], "refused": [("", None, "", "workbook-too-big", "", "")]}
    except Exception as error:  # whatever the readers of a foreign format raise, it is not readable
        kind = type(error).__name__
        return {"sheets": [], "refused": [("", None, "", "workbook-unreadable", kind, "XLSX")]}


def main() -> None:
    """Standard input to standard output, within the limits."""
    limit()
    said = json.dumps(answer(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(said.encode("ascii"))


if __name__ == "__main__":
    main()

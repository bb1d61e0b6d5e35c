"""XLSX to sheets of text, read in a process that can be stopped and cannot take all the memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from data.importers import archive
from data.refused import Findings, Where
from data.tables import BY_NAME
from data.tables.rows import Sheet
from portfolio.errors import Invalid

CHILD = Path(__file__).with_name("workbook_child.py")
SECONDS = 30
ASIDE = "lisez-moi"  # the template's first sheet
Opened = list[tuple[str, list[tuple[int, list[str]]]]]


def sheets(name: str, content: bytes, found: Findings) -> tuple[Sheet, ...]:
    """The workbook's tables as text; what cannot be read goes to ``found``."""
    every = (_sheet(name, title, rows, found) for title, rows in opened(name, content, found))
    return tuple(sheet for sheet in every if sheet is not None)


def opened(name: str, content: bytes, found: Findings, formulas: bool = True) -> Opened:
    """(title, [(row, [text …]) …]) of each sheet; what cannot be read goes to ``found``.

    formulas   False = a formula is refused, be its result kept
    """
    try:
        archive.directory(content)
        read = _in_child(content)
    except Invalid as refusal:
        found.take(Where(name), refusal)
        return []
    told = {} if formulas else {tuple(place): shown for *place, shown in read.get("formulas", [])}
    for sheet, row, column, code, shown, accepted in read["refused"]:
        if (sheet, row, column) not in told:
            found.refuse(Where(name, sheet, row, column), code, shown, accepted)
    for (sheet, row, column), shown in told.items():
        found.refuse(Where(name, sheet, row, column), "formula", shown)
    whole: Opened = read["sheets"]
    return whole


def _in_child(content: bytes) -> dict[str, Any]:
    command = [sys.executable, "-I", str(CHILD)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=True
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise Invalid("workbook-too-slow", accepted=f"≤ {SECONDS} s") from None
    except (subprocess.CalledProcessError, json.JSONDecodeError):
        raise Invalid("workbook-too-big") from None
    return answer


def _sheet(
    file: str, title: str, rows: list[tuple[int, list[str]]], found: Findings
) -> Sheet | None:
    table = title.strip().casefold()
    if not rows or table.startswith(ASIDE):
        return None
    if table not in BY_NAME:
        found.refuse(Where(file, title), "unknown-table", title, ", ".join(BY_NAME))
        return None
    (_, header), *others = rows
    return Sheet(table, file, title, tuple(header), tuple((n, tuple(c)) for n, c in others))

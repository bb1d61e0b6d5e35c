"""A portfolio in the interchange tables: a workbook, a zip of CSV files, or one CSV of projects."""

from dataclasses import replace
from pathlib import PurePath

from data.importers import archive, delimited, workbook
from data.importers.brought import Brought, nothing
from data.refused import Findings, Where
from data.tables import BY_NAME
from data.tables.assemble import assemble
from data.tables.cells import text
from data.tables.rows import Sheet
from data.tables.written import cycle_rows
from portfolio.cycle import Cycle
from portfolio.errors import Invalid

PROJECTS = BY_NAME["projects"]


def from_workbook(name: str, content: bytes, into: Cycle | None) -> Brought:
    """The portfolio of an XLSX."""
    found = Findings()
    return _brought("xlsx", name, workbook.sheets(name, content, found), found, into)


def from_archive(name: str, content: bytes, into: Cycle | None) -> Brought:
    """The portfolio of a zip of CSV files."""
    found = Findings()
    sheets: list[Sheet] = []
    try:
        for file, part in archive.csv_files(content):
            if isinstance(part, Invalid):
                found.take(Where(file), part)
            else:
                sheets += _sheet(file, part, found)
    except Invalid as refusal:
        found.take(Where(name), refusal)
    return _brought("csv-zip", name, tuple(sheets), found, into)


def from_files(files: dict[str, bytes], into: Cycle | None) -> Brought:
    """The portfolio of a folder of CSV files."""
    found = Findings()
    sheets = [s for file, content in files.items() for s in _sheet(file, content, found)]
    return _brought("csv-folder", "", tuple(sheets), found, into)


def from_csv(name: str, content: bytes, into: Cycle | None) -> Brought:
    """The projects of one CSV, whatever its name."""
    found = Findings()
    sheets = _sheet(name, content, found, table="projects")
    return _brought("csv", name, tuple(sheets), found, into)


def is_projects(header: tuple[str, ...]) -> bool:
    """Whether a CSV's header is, or tries to be, that of the projects table."""
    names = {h.strip() for h in header}
    return len(names & set(PROJECTS.names)) >= 2 or bool(names & {"code", "title"})


def _sheet(file: str, content: bytes, found: Findings, table: str = "") -> list[Sheet]:
    named = table or PurePath(file).stem.strip().casefold()
    if named not in BY_NAME:
        found.refuse(Where(file), "unknown-table", file, ", ".join(BY_NAME))
        return []
    try:
        read = delimited.read(content)
    except Invalid as refusal:
        row = refusal.facts.get("row")
        found.take(Where(file, row=row if isinstance(row, int) else None), refusal)
        return []
    return [Sheet(named, file, "", read.header, read.rows)]


def _brought(
    format: str, name: str, sheets: tuple[Sheet, ...], found: Findings, into: Cycle | None
) -> Brought:
    if not sheets and not found.refused:
        found.refuse(Where(name), "projects-missing", "", "projects")
    if not sheets:
        return nothing(found, format)
    if into is not None and not any(s.table == "cycle" and s.rows for s in sheets):
        sheets = (*sheets, *_of_cycle(into, {s.table for s in sheets}))
    assembled = assemble(sheets, found)
    readable, total = assembled.amounts
    bare = Brought(assembled.registry, format, assembled.read, readable, total,
                   counts=assembled.counts)
    return replace(bare, refused=tuple(found.refused), noted=tuple(found.noted),
                   notes=tuple(found.notes))


def _of_cycle(into: Cycle, present: set[str]) -> tuple[Sheet, ...]:
    """The sheets of a cycle that the file does not bring itself."""
    made = []
    for name, rows in cycle_rows(into).items():
        columns = BY_NAME[name].columns
        if name == "cycle" or name not in present:
            cells = tuple(tuple(text(c, row.get(c.name)) for c in columns) for row in rows)
            made.append(Sheet(name, "", "", BY_NAME[name].names, tuple(enumerate(cells, 2))))
    return tuple(made)

"""An offline form of a proposal read back: which one it is, and every cell with its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from openpyxl.utils import column_index_from_string

from data import proposal_form as form
from data.importers import workbook
from data.proposal_form import Cell, Grid, Identity, Line
from data.refused import Findings, Refused, Where, listed
from data.tables.cells import Value, unguarded, value
from data.tables.column import Column, Kind
from portfolio import texts
from portfolio.errors import Invalid
from portfolio.words import NO_WORDS

BROKEN = frozenset({"missing-sheet", "form-header", "row-missing"})  # nothing more can be said
WHOLE = re.compile(r"-?[0-9]{1,9}")
Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook's sheets by title; identity None = it is no form, or cannot be read."""

    name: str
    identity: Identity | None
    sheets: dict[str, Rows]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was filled: its place, its mark ("" = added), and a value a cell."""

    where: Where
    mark: str
    values: tuple[Value | None, ...]
    columns: tuple[str, ...]

    def at(self, column: int) -> Where:
        """The place of one of its cells."""
        return replace(self.where, column=self.columns[column])


def opened(name: str, content: bytes, found: Findings) -> Opened:
    """The sheets of a workbook and which proposal it is; what is wrong goes to ``found``."""
    sheets = dict(workbook.opened(name, content, found, formulas=False))
    found.refused = [_placed(one, sheets) for one in found.refused]
    told = {cells[0]: cells[1] for _, cells in sheets.get(form.IDENTITY, []) if len(cells) >= 2}
    version = told.get("version", "")
    is_whole = told.get("format") == form.FORMAT and told.get("cycle") and told.get("project")
    if not is_whole or not re.fullmatch("[1-9][0-9]{0,8}", version):
        if not found.refused:
            found.refuse(Where(name), "not-a-proposal-form")
        return Opened(name, None, sheets)
    language = "en" if told.get("language") == "en" else "fr"
    return Opened(name, Identity(told["cycle"], told["project"], int(version), language), sheets)


def _placed(one: Refused, sheets: dict[str, Rows]) -> Refused:
    """The refusal under the header that people see, where only the column's letter was known."""
    held, letters = sheets.get(one.where.sheet), one.where.column
    if not held or not re.fullmatch("[A-Z]{1,2}", letters):
        return one
    at, header = column_index_from_string(letters) - 1, held[0][1]
    return replace(one, where=replace(one.where, column=header[at])) if at < len(header) else one


def rows(read: Opened, grids: Iterable[Grid], found: Findings) -> dict[str, tuple[Row, ...]]:
    """The rows of every sheet, by the sheet's name; a cell left alone keeps what it held."""
    return {grid.name: tuple(_sheet(read, grid, found)) for grid in grids}


def _sheet(read: Opened, grid: Grid, found: Findings) -> list[Row]:
    where = Where(read.name, grid.title)
    held = read.sheets.get(grid.title)
    if not held:
        found.refuse(where, "missing-sheet", listed(read.sheets), grid.title)
        return []
    (_, header), *others = held
    if tuple(header[: len(grid.header)]) != grid.header:
        found.refuse(replace(where, row=1), "form-header", listed(header), listed(grid.header))
        return []
    known = {line.mark: line for line in grid.lines}
    seen: dict[str, int] = {}
    filled = []
    for number, cells in others:
        padded = [*cells, *[""] * (len(grid.header) + 1 - len(cells))]
        row = _row(replace(where, row=number), padded, grid, known, found)
        if row is None:
            continue
        if row.mark in seen and not grid.is_free:
            found.refuse(row.where, "row-twice", listed(padded[: len(grid.heads)]), seen[row.mark])
        seen.setdefault(row.mark, number)
        filled.append(row)
    if not grid.is_free:
        _refuse_missing(where, grid, seen, found)
    return filled


def _row(
    where: Where, cells: list[str], grid: Grid, known: dict[str, Line], found: Findings
) -> Row | None:
    """One row; None for an empty one, and for one that is refused whole."""
    first, width = len(grid.heads), len(grid.columns)
    typed, mark = cells[first : first + width], cells[len(grid.header)].strip()
    line = known.get(mark)
    if line is None and (not grid.is_free or mark):
        if any(cell.strip() for cell in cells):
            found.refuse(where, "row-not-of-form", listed(c for c in cells if c.strip()))
        return None
    if grid.is_free and not any(cell.strip() for cell in typed):
        return None
    row = Row(where, mark, (), grid.columns)
    held = line.cells if line else grid.template
    values = [
        _value(row.at(at), text, cell, found)
        for at, (text, cell) in enumerate(zip(typed, held, strict=True))
    ]
    return replace(row, values=tuple(values))


def _refuse_missing(where: Where, grid: Grid, seen: dict[str, int], found: Findings) -> None:
    for line in grid.lines:
        if line.mark not in seen:
            found.refuse(where, "row-missing", form.BETWEEN.join(line.labels))


def _value(where: Where, text: str, cell: Cell, found: Findings) -> Value | None:
    """What the cell holds now; None when it is empty, and what it held when it is refused."""
    if form.same(text, cell.shown):
        return cell.value
    try:
        if cell.kind is Kind.ONE_OF:
            return _chosen(text, cell)
        if cell.kind is Kind.WHOLE:
            return _whole(text)
        if cell.kind is Kind.TEXT:
            value(Column("text", Kind.TEXT, NO_WORDS), text)
            return texts.held("", form.tidy(unguarded(text)), cell.longest) or None
        return value(Column("cell", cell.kind, NO_WORDS), text)
    except Invalid as refusal:
        found.take(where, refusal)
        return cell.value


def _chosen(text: str, cell: Cell) -> str | None:
    """The key of the choice: its words, its key, or the code before its title."""
    wanted = unguarded(text.strip()).casefold()
    if not wanted:
        return None
    for one in cell.choices:
        names = (one.label, one.key, one.label.partition(form.BETWEEN)[0])
        if wanted in (name.casefold() for name in names):
            return one.key
    accepted = listed((one.label for one in cell.choices), 12)
    raise Invalid("not-one-of", found=text, accepted=accepted)


def _whole(text: str) -> int | None:
    bare = re.sub(r"[.,]0+$", "", text.strip())
    if not bare:
        return None
    if not WHOLE.fullmatch(bare):
        raise Invalid("not-a-whole-number", found=text, accepted="1, 2, 3 …")
    return int(bare)

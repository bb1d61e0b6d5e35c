"""The rows of another tool's list, whatever brought them: each a few named texts and its place."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from data.importers import delimited
from data.refused import Findings, Where
from data.scans.opened import Table
from data.tables.numbers import SPACES
from portfolio.errors import Invalid

VERSION = re.compile(r"(.*?[^\s\d.])\s+(v?\d[\w.]*(?:\s+(?:R|SP|U)\d+)?)", re.IGNORECASE)
WHOLE = re.compile(r"(\d+|\d{1,3}(?:[\s,.']\d{3})+)(?:\.0+)?", re.ASCII)
CODE = re.compile(r"[^\w.-]+")
LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class Record:
    """What is given of one thing, by the field's name; what is empty is not there."""

    values: Mapping[str, str]
    where: Where

    def get(self, *fields: str) -> str:
        """What the first of these fields that is given says; "" when none is."""
        return next((self.values[field] for field in fields if field in self.values), "")

    def at(self, field: str) -> Where:
        """The place of one of its fields."""
        return replace(self.where, column=field)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its title ("" for a CSV), its header, and its rows as a spreadsheet numbers them.

    Nothing of it is interpreted yet.
    """

    file: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def where(self, row: int | None = None, column: str = "") -> Where:
        return Where(self.file, self.title, row, column)

    def records(self, names: Mapping[str, str] | None = None) -> tuple[Record, ...]:
        """Its rows; ``names`` gives the field of a header where it is not the header itself."""
        fields = [(names or {}).get(head, head) for head in self.header]
        return tuple(map(partial(self._record, fields), self.rows))

    def _record(self, fields: list[str], row: tuple[int, tuple[str, ...]]) -> Record:
        place, cells = row
        given = {f: c.strip() for f, c in zip(fields, cells, strict=False) if f and c.strip()}
        return Record(given, self.where(place))


def grids(name: str, table: Table, found: Findings) -> tuple[Grid, ...]:
    """The sheets of a workbook, or the one of a CSV; what cannot be read goes to ``found``."""
    if table.sheets is not None:
        found.refused.extend(table.refused)
        return tuple(_grid(name, title, rows) for title, rows in table.sheets if rows)
    try:
        read = delimited.read(table.content)
    except Invalid as refusal:
        row = refusal.facts.get("row")
        found.take(Where(name, row=row if isinstance(row, int) else None), refusal)
        return ()
    return (Grid(name, "", read.header, read.rows),)


def _grid(name: str, title: str, rows: list[tuple[int, list[str]]]) -> Grid:
    (_, header), *others = rows
    kept = tuple((n, tuple(cells)) for n, cells in others if any(c.strip() for c in cells))
    return Grid(name, title, tuple(cell.strip() for cell in header), kept)


def refuse_unclear_headers(grid: Grid, found: Findings) -> None:
    """Refuse a header that stands twice, and cells beyond the last header."""
    for head in dict.fromkeys(grid.header):
        if head and grid.header.count(head) > 1:
            found.refuse(grid.where(1, head), "twice", head)
    for place, cells in grid.rows:
        extra = next((c for c in cells[len(grid.header):] if c.strip()), "")
        if extra:
            found.refuse(grid.where(place), "cell-without-header", extra)


def spaced(text: str) -> str:
    """The text with single spaces, and none around it: names are compared so."""
    return " ".join(text.split())


def whole(text: str) -> int:
    """The count that is written: a mark before three digits can only part thousands."""
    match = WHOLE.fullmatch(text.strip().translate(SPACES))
    if match is None:
        raise Invalid("not-a-whole-number", found=text, accepted="1, 2, 3 …")
    return int(re.sub(r"\D", "", match[1]))


def parted(product: str) -> tuple[str, str]:
    """« Oracle Database 12.2 » is (Oracle Database, 12.2); ("", version) never is."""
    match = VERSION.fullmatch(spaced(product))
    return (match[1], match[2]) if match else (spaced(product), "")


def code_of(name: str) -> str:
    """A code made of a name, for a tool that gives none that people can read."""
    return CODE.sub("-", spaced(name)).strip("-")[:LONGEST_CODE].strip("-")


def codes(wished: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The code of each id: the one wished for where nobody else wishes for it, else the id."""
    pairs = list(wished)
    every = Counter(code.casefold() for _, code in pairs)
    return {id_: c if c and every[c.casefold()] == 1 else id_ for id_, c in pairs}

"""Status reports in CSV or XLSX read row by row, each with its place, or every reason why not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from data.importers import delimited, workbook
from data.refused import Findings, Refused, Where, listed
from data.status_sheet import ADVICE, COLUMNS, HEADS, SILENT, named
from data.tables.cells import Value, value
from data.tables.column import Column, Kind
from data.tables.numbers import Style, style_of
from portfolio.errors import Invalid

Rows = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Said:
    """One row: what is given of a project on a date.

    heads   column -> the head it stands under
    """

    where: Where
    facts: Mapping[str, Value]
    heads: Mapping[str, str]

    def at(self, field: str) -> Where:
        """The place of one of its cells; the row's own when there is no such column."""
        return replace(self.where, column=self.heads.get(field, ""))


@dataclass(frozen=True, slots=True)
class Read:
    """Rows as they stand, and every reason why some cannot be read."""

    said: tuple[Said, ...]
    refused: tuple[Refused, ...]


def read(name: str, content: bytes) -> Read:
    """What the file says; never raises. Refusals name sheet, row and column."""
    found = Findings()
    said = [one for sheet, rows in _sheets(name, content, found)
            for one in _table(name, sheet, rows, found)]
    _twice(said, found)
    if not said and not found.refused:
        found.refuse(Where(name), "no-rows")
    return Read(tuple(said), tuple(found.refused))


def _sheets(name: str, content: bytes, found: Findings) -> Iterator[tuple[str, Rows]]:
    if content.startswith(b"PK"):
        aside = ADVICE.fr.casefold()
        for title, rows in workbook.opened(name, content, found, formulas=False):
            if rows and not title.strip().casefold().startswith(aside):
                yield title, rows
        return
    try:
        table = delimited.read(content)
    except Invalid as refusal:
        row = refusal.facts.get("row")
        found.take(Where(name, row=row if isinstance(row, int) else None), refusal)
        return
    yield "", ((1, table.header), *table.rows)


def _table(name: str, sheet: str, rows: Rows, found: Findings) -> Iterator[Said]:
    (first, header), *others = rows
    columns = _columns(Where(name, sheet, first), header, found)
    heads = {c.name: header[at].strip() for at, c in enumerate(columns) if c is not None}
    if any(c.required and c.name not in heads for c in COLUMNS):
        return
    style = _style(columns, others)
    for number, cells in others:
        if _says(columns, cells):
            where = Where(name, sheet, number)
            facts = _row(where, columns, cells, style, heads, found)
            if facts is not None:
                yield Said(where, facts, heads)


def _columns(where: Where, header: Sequence[str], found: Findings) -> tuple[Column | None, ...]:
    """The column under each head; a head that is not known, twice there or missing is refused."""
    columns = tuple(named(head) for head in header)
    accepted = listed(HEADS[c.name].fr for c in COLUMNS)
    for head, its in zip(header, columns, strict=True):
        if its is None and head.strip():
            found.refuse(replace(where, column=head), "unknown-column", head, accepted)
        elif its is not None and columns.count(its) > 1:
            found.refuse(replace(where, column=head), "twice", head)
    for column in COLUMNS:
        if column.required and column not in columns:
            head = HEADS[column.name].fr
            found.refuse(where, "missing-column", listed(h for h in header if h), head)
    return columns


def _says(columns: Sequence[Column | None], cells: Sequence[str]) -> bool:
    """Whether the row holds more than the name of a project."""
    padded = [*columns, *[None] * (len(cells) - len(columns))]
    return any(
        cell.strip() and (column is None or column.name not in SILENT)
        for column, cell in zip(padded, cells, strict=False)
    )


def _style(columns: Sequence[Column | None], rows: Rows) -> Style:
    """What a comma is in the file's amounts."""
    places = [at for at, c in enumerate(columns) if c is not None and c.kind is Kind.MONEY]
    return style_of(cells[at] for _, cells in rows for at in places if at < len(cells))


def _row(
    where: Where, columns: Sequence[Column | None], cells: Sequence[str], style: Style,
    heads: Mapping[str, str], found: Findings,
) -> Mapping[str, Value] | None:  # fmt: skip
    """The facts of a row; None when one of its cells was refused."""
    before, facts = len(found.refused), {}
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    for column, cell in zip(columns, padded, strict=False):
        if column is None:
            if cell.strip():
                found.refuse(where, "cell-without-header", cell)
            continue
        place = replace(where, column=heads[column.name])
        try:
            given = value(column, cell, style)
        except Invalid as refusal:
            found.take(place, refusal)
            continue
        if given is not None:
            facts[column.name] = given
        elif column.required:
            found.refuse(place, "missing-value")
    if any(cell.strip() for cell in cells[len(columns):]):
        found.refuse(where, "too-many-cells", len(cells), len(columns))
    return facts if len(found.refused) == before else None


def _twice(said: Sequence[Said], found: Findings) -> None:
    """One report a project and date."""
    seen: dict[tuple[Value, Value], Where] = {}
    for one in said:
        key = one.facts["project"], one.facts["on"]
        if key in seen:
            found.refuse(one.where, "row-twice", " + ".join(map(str, key)), seen[key].row or "")
        seen.setdefault(key, one.where)

"""From sheets of text to rows of values: headers, cells, keys and references checked at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from data.refused import Findings, Where, listed
from data.tables import BY_NAME, TABLES
from data.tables.cells import Value, value
from data.tables.column import NUMERIC, Column, Table
from data.tables.numbers import Style, style_of
from portfolio.errors import Invalid

ASIDE = ("# aide", "# help", "# exemple")  # rows of the template that explain, and are not read
IMPLIED = ("envelopes", "teams", "systems", "people")  # known by their use when never listed


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as text; rows with their number, the header being row 1."""

    table: str
    file: str
    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def where(self, row: int | None = None, column: str = "") -> Where:
        """A place in this sheet."""
        return Where(self.file, self.sheet, row, column)


@dataclass(frozen=True, slots=True)
class Row:
    """The values that are given; ``is_sound`` when none of its cells was refused."""

    values: Mapping[str, Value]
    where: Where
    is_sound: bool = True

    def at(self, column: str) -> Where:
        """The place of one of its cells."""
        return replace(self.where, column=column)

    def has(self, column: str) -> bool:
        return column in self.values

    def text(self, column: str, default: str = "") -> str:
        found = self.values.get(column, default)
        assert isinstance(found, str)
        return found

    def whole(self, column: str) -> int | None:
        found = self.values.get(column)
        assert found is None or isinstance(found, int)
        return found

    def number(self, column: str) -> float | None:
        found = self.values.get(column)
        assert found is None or isinstance(found, float)
        return found

    def day(self, column: str) -> date | None:
        found = self.values.get(column)
        assert found is None or isinstance(found, date)
        return found

    def flag(self, column: str, default: bool) -> bool:
        return bool(self.values.get(column, default))

    def items(self, column: str) -> tuple[str, ...]:
        found = self.values.get(column, ())
        assert isinstance(found, tuple)
        return found


Rows = Mapping[str, tuple[Row, ...]]


def read(sheets: tuple[Sheet, ...], found: Findings) -> Rows:
    """The rows of every table; what is wrong with them goes to ``found``."""
    rows = dict(read_open(sheets, found))
    rows |= {name: _implied(name, rows, found) for name in IMPLIED if not rows[name]}
    for table in TABLES:
        _check_references(table, rows, found)
    return rows


def read_open(sheets: tuple[Sheet, ...], found: Findings) -> Rows:
    """The same, of sheets that may speak of codes which stand elsewhere."""
    rows: dict[str, tuple[Row, ...]] = {table.name: () for table in TABLES}
    for sheet in sheets:
        table = BY_NAME[sheet.table]
        columns = _columns(table, sheet, found)
        rows[table.name] += tuple(_rows(columns, sheet, found))
    for table in TABLES:
        _check_key(table, rows[table.name], found)
    return rows


def numeric_texts(table: Table, header: tuple[str, ...], sheet: Sheet) -> Iterator[str]:
    """The texts that stand in the table's columns of numbers."""
    places = [i for i, n in enumerate(header) if _is_numeric(table, n)]
    for _, cells in sheet.rows:
        yield from (cells[i] for i in places if i < len(cells) and cells[i])


def _is_numeric(table: Table, name: str) -> bool:
    return name in table.names and table.column(name).kind in NUMERIC


def _columns(table: Table, sheet: Sheet, found: Findings) -> tuple[Column | None, ...]:
    """The column of each header cell; None where it cannot be told."""
    header = tuple(h.strip() for h in sheet.header)
    for name in header:
        if name and name not in table.names:
            found.refuse(sheet.where(1, name), "unknown-column", name, listed(table.names))
        elif name and header.count(name) > 1:
            found.refuse(sheet.where(1, name), "twice", name)
    for column in table.columns:
        if column.required and column.name not in header:
            found.refuse(sheet.where(1), "missing-column", listed(h for h in header if h),
                         column.name)
    return tuple(table.column(n) if n in table.names else None for n in header)


def _rows(columns: tuple[Column | None, ...], sheet: Sheet, found: Findings) -> Iterator[Row]:
    table = BY_NAME[sheet.table]
    header = tuple(c.name if c else "" for c in columns)
    style = style_of(numeric_texts(table, header, sheet))
    for place, cells in sheet.rows:
        if not any(c.strip() for c in cells) or _is_aside(cells):
            continue
        yield _row(columns, sheet.where(place), cells, style, found)


def _is_aside(cells: tuple[str, ...]) -> bool:
    return cells[0].strip().casefold().startswith(ASIDE)


def _row(
    columns: tuple[Column | None, ...],
    where: Where,
    cells: tuple[str, ...],
    style: Style,
    found: Findings,
) -> Row:
    values: dict[str, Value] = {}
    before = len(found.refused)
    padded = cells + ("",) * (len(columns) - len(cells))
    for column, cell in zip(columns, padded, strict=False):
        if column is None:
            continue
        try:
            read_ = value(column, cell, style)
        except Invalid as refusal:
            found.take(replace(where, column=column.name), refusal)
            continue
        if read_ is not None:
            values[column.name] = read_
        elif column.required:
            found.refuse(replace(where, column=column.name), "missing-value")
    if any(c.strip() for c in cells[len(columns):]):
        found.refuse(where, "too-many-cells", len(cells), len(columns))
    for column, cell in zip(columns, cells, strict=False):
        if column is None and cell.strip() and len(found.refused) == before:
            found.refuse(where, "cell-without-header", cell)
    return Row(values, where, len(found.refused) == before)


def _check_key(table: Table, rows: tuple[Row, ...], found: Findings) -> None:
    seen: dict[tuple[Value | None, ...], Row] = {}
    for row in rows if table.key else ():
        key = tuple(row.values.get(name) for name in table.key)
        if any(name not in row.values and table.column(name).required for name in table.key):
            continue
        if key in seen:
            named = " + ".join(str(k) for k in key if k is not None)
            found.refuse(row.at(table.key[-1]), "row-twice", named, seen[key].where.row or "")
        seen.setdefault(key, row)


def _check_references(table: Table, rows: Rows, found: Findings) -> None:
    for column in table.columns:
        if not column.refers:
            continue
        known = {row.text("code") for row in rows[column.refers] if row.has("code")}
        for row in rows[table.name]:
            for code in _named(row, column.name):
                if code not in known:
                    found.refuse(row.at(column.name), "unknown-code", code, listed(sorted(known)))


def _named(row: Row, column: str) -> tuple[str, ...]:
    found = row.values.get(column)
    if isinstance(found, tuple):
        return found
    return (str(found),) if found is not None else ()


def _implied(name: str, rows: Rows, found: Findings) -> tuple[Row, ...]:
    """Rows for the codes that other tables use, where the table itself is not there."""
    codes: dict[str, Where] = {}
    for table in TABLES:
        for column in table.columns:
            if column.refers == name:
                for row in rows[table.name]:
                    for code in _named(row, column.name):
                        codes.setdefault(code, row.at(column.name))
    if codes:
        found.note("implied", table=name, count=len(codes), codes=listed(codes))
    label = "name" if name == "people" else "title"
    return tuple(Row({"code": c, label: c}, where) for c, where in codes.items())

"""Reads the architects' own tables of systems, technologies and debts, in CSV or XLSX.

A sheet is either one of the interchange tables of the register, as an export writes them, or one of
the two flat tables of the template: systems with a line a technology, and debts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from data.refused import Findings, Refused, Where, listed
from data.scans.architects_labels import (
    DEPENDS_ON,
    FLAT,
    INVENTORY,
    REPAID_BY,
    Label,
    by_words,
    choice,
    folded,
)
from data.scans.days import Order, day, order_of
from data.scans.opened import Table
from data.scans.records import Grid, grids, refuse_unclear_headers
from data.scans.told import Told, nothing
from data.tables import BY_NAME, Column, Kind
from data.tables.assemble import ASSUMED
from data.tables.assembly import Assembly
from data.tables.cells import BAR
from data.tables.debts import debts, systems
from data.tables.rows import ASIDE, Row, Rows, Sheet, read_open
from portfolio.errors import Invalid
from portfolio.scan import UNNAMED, Scan, Tool

TABLES = ("systems", "technologies", "dependencies", "tool_keys", "debts", "remedies",
          "debt_evidence")
OF_SYSTEMS, OF_DEBTS = ("technologies", "dependencies", "tool_keys"), ("remedies", "debt_evidence")
FEWEST = 2  # columns by which a table is known; and they are at least half of its header
SPREAD = {DEPENDS_ON: ("on", "dependencies"), REPAID_BY: ("project", "share", "remedies")}
Cells = dict[str, str]


@dataclass(slots=True)
class _Tables:
    """The rows of each interchange table, gathered from every sheet.

    headers   (sheet, table, column) -> the header that stands there, to name it in a refusal
    """

    found: Findings
    sheets: list[Sheet] = field(default_factory=list)
    headers: dict[tuple[str, str], str] = field(default_factory=dict)
    aside: list[str] = field(default_factory=list)


def recognises(sign: object) -> bool:
    """Whether a header is that of one of the tables."""
    return isinstance(sign, tuple) and _known(sign) is not None


def read(name: str, table: Table) -> Told:
    """The systems and debts of the tables, or every reason why there are none."""
    found = Findings()
    into = _Tables(found)
    for grid in grids(name, table, found):
        _sort(into, grid)
    if found.refused:
        return nothing(_as_written(into), Tool.ARCHITECTS)
    rows = read_open(tuple(into.sheets), found)
    _refuse_orphans(rows, found)
    on = Assembly(_with_unnamed(rows), found, ASSUMED, None)
    scan = Scan(Tool.ARCHITECTS, is_whole=False, systems=systems(on), debts=debts(on))
    if not (scan.systems or scan.debts or found.refused):
        found.refuse(Where(name), "no-rows")
    if found.refused:
        return nothing(_as_written(into), Tool.ARCHITECTS)
    if into.aside:
        found.note("sheets-aside", sheets=listed(into.aside))
    return Told(
        Tool.ARCHITECTS,
        (scan,),
        noted=tuple(_as_written(into).noted),
        notes=tuple(found.notes),
        counts={table: len(rows[table]) for table in TABLES if rows[table]},
    )


def _known(header: Sequence[str]) -> str | tuple[Label, ...] | None:
    """The interchange table, or the flat one, of which the header is."""
    heads = [head for head in header if head.strip()]
    score: dict[str | tuple[Label, ...], int] = {
        table: sum(head in BY_NAME[table].names for head in heads) for table in TABLES
    }
    score |= {flat: sum(folded(head) in by_words(flat) for head in heads) for flat in FLAT}
    best = max(score, key=lambda one: (score[one], isinstance(one, str)))
    return best if score[best] >= max(FEWEST, len(heads) / 2) else None


def _sort(into: _Tables, grid: Grid) -> None:
    title = grid.title.strip().casefold()
    table = _known(grid.header)
    if title in TABLES and not isinstance(table, tuple):
        table = title
    if table is None or (title in BY_NAME and title not in TABLES):
        if not title.startswith("lisez-moi"):
            into.aside.append(grid.title)
        return
    if isinstance(table, str):
        into.sheets.append(Sheet(table, grid.file, grid.title, grid.header, grid.rows))
        return
    refuse_unclear_headers(grid, into.found)
    _spread(into, grid, table)


def _spread(into: _Tables, grid: Grid, flat: tuple[Label, ...]) -> None:
    """The rows of a flat table, to the interchange tables that hold what it says."""
    labels = [by_words(flat).get(folded(head)) for head in grid.header]
    seen: dict[Label, str] = {}
    for head, label in zip(grid.header, labels, strict=True):
        if head and label is None:
            accepted = listed(one.fr for one in flat)
            into.found.refuse(grid.where(1, head), "unknown-column", head, accepted)
        elif label is not None and label in seen:
            into.found.refuse(grid.where(1, head), "same-column", head, seen[label])
        if label is not None:
            seen.setdefault(label, head)
            for column in (label.column, *SPREAD.get(label.column, ())):
                into.headers[grid.title, column] = head
    for one in flat:
        if one.table in ("systems", "debts") and one.declared.required and one not in seen:
            into.found.refuse(grid.where(1), "missing-column", listed(grid.header), one.fr)
    lines = _Lines(into.found, grid, labels)
    tables = _of_systems(lines) if flat is INVENTORY else _of_debts(lines)
    into.sheets.extend(sheet for sheet in tables if sheet.rows)


class _Lines:
    """A flat table's lines, each cell written as the interchange tables write it."""

    def __init__(self, found: Findings, grid: Grid, labels: Sequence[Label | None]) -> None:
        self.found, self.grid, self.labels = found, grid, labels
        self.order: Order = order_of(self._dates())

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        """(row, table.column -> text) of each line that is not an explanation."""
        for place, cells in self.grid.rows:
            if not cells[0].strip().casefold().startswith(ASIDE):
                yield place, {
                    f"{label.table}.{label.column}": self._text(place, label, cell)
                    for label, cell in zip(self.labels, cells, strict=False)
                    if label is not None and cell.strip()
                }

    def sheet(self, table: str, rows: Sequence[tuple[int, Cells]]) -> Sheet:
        """The rows of one table; columns that nothing fills are left out, unless it needs them."""
        columns = [
            c.name for c in BY_NAME[table].columns
            if c.required or any(c.name in cells for _, cells in rows)
        ]
        texts = tuple((n, tuple(cells.get(c, "") for c in columns)) for n, cells in rows)
        return Sheet(table, self.grid.file, self.grid.title, tuple(columns), texts)

    def _dates(self) -> Iterator[str]:
        places = [i for i, label in enumerate(self.labels) if label is not None
                  and label.column not in (DEPENDS_ON, REPAID_BY)
                  and label.declared.kind is Kind.DATE]
        for _, cells in self.grid.rows:
            yield from (cells[i] for i in places if i < len(cells))

    def _text(self, place: int, label: Label, cell: str) -> str:
        if label.column in (DEPENDS_ON, REPAID_BY):
            return cell
        column: Column = label.declared
        if column.kind is Kind.LIST:
            return cell if BAR in cell else f" {BAR} ".join(cell.replace(";", "\n").splitlines())
        if column.kind is Kind.ONE_OF:
            return choice(column, cell)
        if column.kind is not Kind.DATE:
            return cell
        try:
            return day(cell, self.order).isoformat()
        except Invalid as refusal:
            self.found.take(self.grid.where(place, column.name), refusal)
            return ""


def _of_systems(lines: _Lines) -> Iterator[Sheet]:
    """One row a system, made of all its lines; one a technology; one a dependency."""
    whole: dict[str, tuple[int, Cells]] = {}
    technologies: list[tuple[int, Cells]] = []
    needs: dict[tuple[str, str], tuple[int, Cells]] = {}
    for place, line in lines:
        own, under = _part(line, "systems"), _part(line, "technologies")
        code = own.get("code", "")
        first, held = whole.setdefault(code or f"?{place}", (place, {}))
        for column, text in own.items():
            if held.setdefault(column, text) != text:
                where = lines.grid.where(place, column)
                lines.found.refuse(where, "not-the-same", text, f"{held[column]} ({first})")
        if under:
            technologies.append((place, {"system": code} | under))
        for other in _items(line.get(f"dependencies.{DEPENDS_ON}", "")):
            needs.setdefault((code, other), (place, {"system": code, "on": other}))
    yield lines.sheet("systems", list(whole.values()))
    yield lines.sheet("technologies", technologies)
    yield lines.sheet("dependencies", list(needs.values()))


def _of_debts(lines: _Lines) -> Iterator[Sheet]:
    items: list[tuple[int, Cells]] = []
    remedies: list[tuple[int, Cells]] = []
    for place, line in lines:
        own = _part(line, "debts")
        items.append((place, own))
        for said in _items(line.get(f"remedies.{REPAID_BY}", "")):
            project, _, share = (part.strip() for part in said.partition("="))
            cells = {"debt": own.get("code", ""), "project": project}
            remedies.append((place, cells | ({"share": share} if share else {})))
    yield lines.sheet("debts", items)
    yield lines.sheet("remedies", remedies)


def _part(line: Cells, table: str) -> Cells:
    start = f"{table}."
    return {name[len(start):]: text for name, text in line.items() if name.startswith(start)}


def _items(cell: str) -> list[str]:
    marked = cell if BAR in cell else cell.replace(";", BAR)
    return [item.strip() for item in marked.split(BAR) if item.strip()]


def _with_unnamed(rows: Rows) -> Rows:
    """The rows, with one for each system that is spoken of and not described: it is known so."""
    known = {row.text("code") for row in rows["systems"]}
    spoken = {
        row.text("system"): row.where for table in OF_SYSTEMS for row in rows[table]
        if row.has("system") and row.text("system") not in known
    }
    unnamed = tuple(Row({"code": c, "title": UNNAMED}, where) for c, where in spoken.items())
    return {**rows, "systems": (*rows["systems"], *unnamed)}


def _refuse_orphans(rows: Rows, found: Findings) -> None:
    """What stands under a debt needs the debt beside it: it would be lost otherwise."""
    known = {row.text("code") for row in rows["debts"] if row.has("code")}
    for table in OF_DEBTS:
        for row in rows[table]:
            if row.has("debt") and row.text("debt") not in known:
                found.refuse(row.at("debt"), "unknown-code", row.text("debt"),
                             listed(sorted(known)))


def _as_written(into: _Tables) -> Findings:
    """The findings, each column named by the header that stands in the file."""
    named = partial(_named, into.headers)
    return Findings(list(map(named, into.found.refused)), list(map(named, into.found.noted)),
                    into.found.notes)


def _named(headers: Mapping[tuple[str, str], str], one: Refused) -> Refused:
    head = headers.get((one.where.sheet, one.where.column))
    return replace(one, where=replace(one.where, column=head)) if head else one

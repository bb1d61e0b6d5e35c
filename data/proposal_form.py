"""The offline form of a proposal: its sheets, the same to be written, read back and compared."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.tables.cells import Value, unguarded
from data.tables.column import Kind
from data.tables.numbers import decimal, written
from portfolio import texts

IDENTITY, LISTS = "arbitrage", "listes"  # hidden sheets: whose form it is, what its cells offer
FORMAT = "1"
LETTERS = 12  # of a digest: enough to tell a row from the others
FRENCH = str.maketrans({",": "\N{NO-BREAK SPACE}", ".": ","})
BETWEEN = " · "  # a code and its title in a list


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a cell may hold, and the words that stand there for it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to fill.

    value     what it holds: the key of a choice, cents, a number, a day, a text; None = empty
    choices   of a ONE_OF
    longest   letters of a text
    """

    kind: Kind
    value: Value | None = None
    choices: tuple[Choice, ...] = ()
    longest: int = texts.LINE

    @property
    def shown(self) -> str:
        """Its text as a workbook gives it back when nobody touched it."""
        match self.value:
            case None | "":
                return ""
            case date():
                return self.value.isoformat()
            case int() | float() if self.kind is Kind.MONEY:
                return plain(Decimal(int(self.value)).scaleb(-2))
            case int() | float():
                return plain(decimal(float(self.value)))
        if self.kind is Kind.ONE_OF:
            return self.label
        return tidy(str(self.value))

    @property
    def label(self) -> str:
        """The words of the choice it holds."""
        named = (one.label for one in self.choices if one.key == self.value)
        return next(named, str(self.value or ""))

    def told(self, language: str) -> str:
        """What it holds, for people to read."""
        if self.kind is Kind.MONEY and self.shown:
            return _dollars(int(str(self.value)), language)
        if self.kind in (Kind.NUMBER, Kind.SHARE) and self.shown:
            return written(Decimal(self.shown), language)
        return self.shown


@dataclass(frozen=True, slots=True)
class Line:
    """A row: locked words, then the cells to fill, then a locked explanation.

    mark   tells the row from the others of its sheet
    """

    mark: str
    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet.

    heads      over the locked words; ``columns`` over the cells, ``noted`` over the explanations
    template   the cells of a row that is added; none = no row may be
    """

    name: str
    title: str
    heads: tuple[str, ...]
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    noted: str = ""
    template: tuple[Cell, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether rows may be added and removed."""
        return bool(self.template)

    @property
    def header(self) -> tuple[str, ...]:
        """The first row, but for the hidden mark at its end."""
        return (*self.heads, *self.columns, *((self.noted,) if self.noted else ()))


@dataclass(frozen=True, slots=True)
class Identity:
    """Which proposal the form is, and the version of it that it started from."""

    cycle: str
    project: str
    version: int
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Form:
    """A form to fill.

    title    of the first sheet, ``advice`` its lines; ``told`` = what it is of, by label
    marked   over the hidden marks; ``choose`` = what a list says of anything else
    """

    identity: Identity
    title: str
    told: tuple[tuple[str, str], ...]
    advice: tuple[str, ...]
    aside: str
    marked: str
    choose: str
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell, or one row that is added or removed, before and after."""

    sheet: str
    place: str
    before: str
    after: str


def mark_of(*key: str) -> str:
    """What tells the row of that key from the others."""
    said = "\x1f".join(key)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:LETTERS]


def tidy(text: str) -> str:
    """A text as a cell holds it and gives it back."""
    return texts.cleaned(text).strip()


def same(one: str, other: str) -> bool:
    """Whether two texts of a cell say the same."""
    return tidy(unguarded(one.strip())) == tidy(unguarded(other.strip()))


def plain(number: Decimal) -> str:
    """The number in plain digits, at most fifteen of them: what a spreadsheet keeps."""
    return format(Decimal(format(number, ".15g")).normalize(), "f")


def _dollars(cents: int, language: str) -> str:
    """« 12 500,50 $ », "$12,500.50"."""
    amount = format(Decimal(abs(cents)).scaleb(-2), ",.2f")
    sign = "-" if cents < 0 else ""
    if language == "en":
        return f"{sign}${amount}"
    return f"{sign}{amount.translate(FRENCH)}\N{NO-BREAK SPACE}$"


def changes(before: tuple[Grid, ...], after: tuple[Grid, ...], language: str) -> Iterator[Change]:
    """What differs between two fillings of the same form."""
    for old, new in zip(before, after, strict=True):
        yield from _rows(old, new, language) if old.is_free else _cells(old, new, language)


def _cells(old: Grid, new: Grid, language: str) -> Iterator[Change]:
    known = {line.mark: line for line in old.lines}
    for line in new.lines:
        was = known.get(line.mark, line)
        for at, (cell, before) in enumerate(zip(line.cells, was.cells, strict=True)):
            if cell.value != before.value:
                column = new.columns[at : at + 1] if len(new.columns) > 1 else ()
                place = BETWEEN.join(part for part in (*line.labels, *column) if part)
                yield Change(new.title, place, before.told(language), cell.told(language))


def _rows(old: Grid, new: Grid, language: str) -> Iterator[Change]:
    was, now = ([_row(line, language) for line in grid.lines] for grid in (old, new))
    yield from (Change(old.title, "", row, "") for row in was if row not in now)
    yield from (Change(new.title, "", "", row) for row in now if row not in was)


def _row(line: Line, language: str) -> str:
    return BETWEEN.join(told for cell in line.cells if (told := cell.told(language)))

"""How a noun and its rows stand for each other: each shape is written once and read both ways.

A shape names the noun, its table, and one part for every field of the noun. A part says where the
field is kept: in a column of the noun's own row, or in rows of a table beneath.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Column, Date, Double, String, Table

from portfolio.errors import Invalid

Key = tuple[Any, ...]  # the parts of a key: texts and whole numbers
Row = dict[str, Any]  # column -> what a database keeps there, of any type
Rows = dict[str, list[Row]]  # table -> rows to be written
Sheaf = Mapping[str, Mapping[Key, Sequence[Row]]]  # table -> key of the row above -> rows, in order
Value = Any  # what a field of a noun may hold
Turn = Callable[[Value], Value]  # a value of one type into one of another

WHOLE_LIMIT = 2**63


def same(value: Value) -> Value:
    """The value as it is."""
    return value


def or_none(turn: Turn) -> Turn:
    """The same turn, which leaves None ("not given") alone."""
    return lambda value: None if value is None else turn(value)


class Part:
    """Where one field of a noun is kept."""

    field: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it takes in the noun's own row."""
        return ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables beneath that it takes, an upper one before a lower one."""
        return ()

    def cells(self, value: Value) -> Row:
        """The field's value as columns of the noun's own row."""
        return {}

    def beneath(self, value: Value, key: Key, into: Rows) -> None:
        """Add the field's value as rows of tables beneath; ``key`` is the noun's own."""

    def read(self, row: Row, key: Key, sheaf: Sheaf) -> Value:
        """The field's value again."""
        raise NotImplementedError


@dataclass(frozen=True)
class Cell(Part):
    """One column, of the field's name unless told."""

    field: str
    column: str = ""
    out: Turn = same
    back: Turn = same

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column or self.field,)

    def cells(self, value: Value) -> Row:
        return {self.columns[0]: self.out(value)}

    def read(self, row: Row, key: Key, sheaf: Sheaf) -> Value:
        return self.back(row[self.columns[0]])


@dataclass(frozen=True)
class Group(Part):
    """A small noun laid out in several columns; where it may be None, its first column is NULL."""

    field: str
    noun: type
    names: Mapping[str, str]  # field of the small noun -> column
    is_optional: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.names.values())

    def cells(self, value: Value) -> Row:
        return {c: None if value is None else getattr(value, f) for f, c in self.names.items()}

    def read(self, row: Row, key: Key, sheaf: Sheaf) -> Value:
        if self.is_optional and row[self.columns[0]] is None:
            return None
        return self.noun(**{field: row[column] for field, column in self.names.items()})


@dataclass(frozen=True)
class Listed(Part):
    """Plain values in rows of one table beneath.

    names    the columns beneath the key, in the order of what ``out`` gives and ``back`` takes
    given    a column of the noun's own row that tells an empty list from one that was not given
    """

    field: str
    table: Table
    names: tuple[str, ...]
    out: Callable[[Value], Iterable[tuple[Any, ...]]]
    back: Callable[[list[tuple[Any, ...]]], Value]
    given: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.given,) if self.given else ()

    @property
    def tables(self) -> tuple[Table, ...]:
        return (self.table,)

    def cells(self, value: Value) -> Row:
        return {self.given: value is not None} if self.given else {}

    def beneath(self, value: Value, key: Key, into: Rows) -> None:
        above = dict(zip(key_columns(self.table), key, strict=False))
        for values in () if value is None else self.out(value):
            row = above | dict(zip(self.names, values, strict=True))
            into.setdefault(self.table.name, []).append(fitted(self.table, row))

    def read(self, row: Row, key: Key, sheaf: Sheaf) -> Value:
        if self.given and not row[self.given]:
            return None
        rows = sheaf[self.table.name].get(key, ())
        return self.back([tuple(r[name] for name in self.names) for r in rows])


@dataclass(frozen=True)
class Shape:
    """One kind of noun, its table, and a part for each of its fields.

    nouns   the types it is for: one, but for the union of links
    """

    name: str
    nouns: tuple[type, ...]
    table: Table
    parts: tuple[Part, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The noun's own table, then those beneath, an upper one before a lower one."""
        return (self.table, *dict.fromkeys(t for part in self.parts for t in part.tables))

    def noun_of(self, row: Row) -> type:
        """The type of noun that the row is of."""
        return self.nouns[0]

    def parts_of(self, noun: type) -> tuple[Part, ...]:
        """The parts for the fields of that type of noun."""
        return self.parts

    def own(self, noun: Value) -> Row:
        """The noun's own row, but for the key above it and its position."""
        row: Row = {}
        for part in self.parts_of(type(noun)):
            row |= part.cells(getattr(noun, part.field))
        return row

    def key(self, noun: Value, above: Key) -> Key:
        """The noun's key, which begins with the key ``above`` it."""
        wanted = key_columns(self.table)[len(above):]
        row: Row = {}
        for part in self.parts_of(type(noun)):
            row |= part.cells(getattr(noun, part.field))
            if all(name in row for name in wanted):  # mostly the first parts: others cost time
                break
        else:
            row = self.own(noun)
        return (*above, *(row[name] for name in wanted))

    def write(self, noun: Value, above: Key, position: int, into: Rows) -> None:
        """Add the noun's row, and all rows beneath it."""
        names = key_columns(self.table)
        row = dict(zip(names, above, strict=False)) | {"position": position} | self.own(noun)
        row = fitted(self.table, row)
        into.setdefault(self.table.name, []).append(row)
        key = tuple(row[name] for name in names)
        for part in self.parts_of(type(noun)):
            part.beneath(getattr(noun, part.field), key, into)

    def read(self, row: Row, sheaf: Sheaf) -> Value:
        """The noun of a row, and of all rows beneath it."""
        key = tuple(row[name] for name in key_columns(self.table))
        noun = self.noun_of(row)
        return noun(**{p.field: p.read(row, key, sheaf) for p in self.parts_of(noun)})


@dataclass(frozen=True)
class Nested(Part):
    """A tuple of nouns, each with its own shape."""

    field: str
    shape: Shape

    @property
    def tables(self) -> tuple[Table, ...]:
        return self.shape.tables

    def beneath(self, value: Value, key: Key, into: Rows) -> None:
        for position, noun in enumerate(value):
            self.shape.write(noun, key, position, into)

    def read(self, row: Row, key: Key, sheaf: Sheaf) -> Value:
        rows = sheaf[self.shape.table.name].get(key, ())
        return tuple(self.shape.read(r, sheaf) for r in rows)


@cache
def key_columns(table: Table) -> tuple[str, ...]:
    """The columns of the table's key, those of the table above first."""
    return tuple(column.name for column in table.primary_key)


def height(table: Table) -> int:
    """How many parts of the table's key belong to the table above."""
    return sum(len(list(fk.column_keys)) for fk in table.foreign_key_constraints)


def fitted(table: Table, row: Row) -> Row:
    """The row with every column of the table; Invalid where it could not be kept exactly."""
    columns = _columns(table)
    for name, value in row.items():
        if value is not None:
            _fit(columns[name], value)
    return {name: row.get(name) for name in columns}


@cache
def _columns(table: Table) -> Mapping[str, Column[Any]]:
    return dict(table.c.items())


def _fit(column: Column[Any], value: Value) -> None:
    kind = type(value)
    if issubclass(kind, str):
        _fit_text(column, value)
    elif kind is int:
        if not -WHOLE_LIMIT <= value < WHOLE_LIMIT:
            raise Invalid("too-large", field=column.name, found=value, high=WHOLE_LIMIT - 1)
    elif issubclass(kind, float):
        if not (math.isfinite(value) and isinstance(column.type, Double)):
            raise Invalid("not-a-number", field=column.name, found=value)
    elif not (kind is bool or (issubclass(kind, date) and isinstance(column.type, Date))):
        raise Invalid("not-kept", field=column.name, found=value)


def _fit_text(column: Column[Any], value: str) -> None:
    """PostgreSQL keeps no NUL character, and neither keeps half of a surrogate pair."""
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Invalid("not-a-text", field=column.name, found=value)
    if "\0" in value:
        raise Invalid("not-a-text", field=column.name, found=value)
    if isinstance(column.type, String) and column.type.length and len(value) > column.type.length:
        raise Invalid("too-long", field=column.name, found=len(value), high=column.type.length)


def parents(rows: Iterable[Row], table: Table) -> Mapping[Key, Sequence[Row]]:
    """The rows by the key of the row above them, in the order they come."""
    names = key_columns(table)[: height(table)]
    grouped: dict[Key, list[Row]] = {}
    for row in rows:
        grouped.setdefault(tuple(row[name] for name in names), []).append(row)
    return grouped


def shapes_beneath(shape: Shape) -> Iterator[Shape]:
    """The shape, and those of the nouns it holds, at any depth."""
    yield shape
    for part in shape.parts:
        if isinstance(part, Nested):
            yield from shapes_beneath(part.shape)

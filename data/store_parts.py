"""The parts that shapes are made of most often: plain cells, titles, amounts, lists of values."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from data.store_shapes import Cell, Group, Key, Listed, Row, Rows, Sheaf, Value, or_none
from portfolio.project import Estimate
from portfolio.words import Bilingual


def cells(names: str) -> tuple[Cell, ...]:
    """Fields that stand as they are in a column of the same name."""
    return tuple(Cell(name) for name in names.split())


def bilingual(field: str) -> Group:
    return Group(field, Bilingual, {"fr": field, "en": f"{field}_en"})


def estimate(field: str, prefix: str = "", likely: str = "") -> Group:
    names = {"low": f"{prefix}low_cents", "likely": likely or f"{field}_cents",
             "high": f"{prefix}high_cents"}
    return Group(field, Estimate, names)


def choice(field: str, kind: type[str], is_optional: bool = False) -> Cell:
    return Cell(field, back=or_none(kind) if is_optional else kind)


def series(field: str, table: Table, place: str, column: str, given: str = "") -> Listed:
    """A tuple of plain values, each with its place."""
    return Listed(field, table, (place, column), enumerate, last, given)


def offset(field: str) -> Cell:
    """A period of the project's own life, which people count from 1."""
    return Cell(field, "offset", lambda period: period + 1, lambda number: number - 1)


def last(rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(row[-1] for row in rows)


def in_order(values: Iterable[str]) -> Iterable[tuple[str]]:
    return ((value,) for value in sorted(values))


@dataclass(frozen=True)
class OfKind(Listed):
    """Texts that share a table with those of other fields; its first column names the field."""

    def beneath(self, value: Value, key: Key, into: Rows) -> None:
        super().beneath([(self.field, i, text) for i, text in enumerate(value)], key, into)

    def read(self, row: Row, key: Key, sheaf: Sheaf) -> Value:
        return tuple(text for kind, _, text in super().read(row, key, sheaf) if kind == self.field)


def of_kind(field: str, table: Table, column: str) -> OfKind:
    """Texts in that column, each with its kind and its position."""
    return OfKind(field, table, ("kind", "position", column), iter, list)

"""A program as arrays, the way solvers read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.program import Program, is_whole
from portfolio.choices import Column
from portfolio.rules import Row

MANY = 0.5  # amounts for each choice
Numbers = NDArray[np.float64]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows side by side: ``first[r]:first[r + 1]`` are the terms of row r (compressed rows).

    low, high   what each row's sum is kept between; -inf, inf where it is open
    factor      what each row was multiplied by, so that its largest term is near 1
    """

    first: Places
    column: Places
    number: Numbers
    low: Numbers
    high: Numbers
    factor: Numbers

    def sums(self, taken: Numbers) -> Numbers:
        """Each row's sum for the columns' numbers."""
        return np.bincount(self.row, self.number * taken[self.column], len(self.low)).astype(float)

    def priced(self, prices: Numbers, count: int) -> Numbers:
        """What each of ``count`` columns uses, at a price a row."""
        return np.bincount(self.column, self.number * prices[self.row], count).astype(float)

    @property
    def row(self) -> Places:
        """The row of each term."""
        return np.repeat(np.arange(len(self.low), dtype=np.int32), np.diff(self.first))


@dataclass(frozen=True, slots=True)
class Arrays:
    """Columns in the program's order, with the most each can be, its gain, and the rows.

    Dollars stand beside shares and choices: rows, and columns that are not whole, are measured in
    units (powers of two) that bring what they hold near 1, where solvers are exact.
    unit   of each column, in the program's own
    """

    columns: tuple[Column, ...]
    place: Mapping[Column, int]
    unit: Numbers
    most: Numbers
    gain: Numbers
    is_whole: NDArray[np.bool_]
    lines: Lines

    @classmethod
    def of(cls, program: Program) -> "Arrays":
        """The program, column by column and row by row in its own order."""
        columns = tuple(program.most)
        place = {column: at for at, column in enumerate(columns)}
        whole = np.fromiter(map(is_whole, columns), bool, len(columns))
        unit = np.ones(len(columns))
        plain = lines(program.rows, place, unit)
        unit = _units(plain, whole)
        return cls(
            columns,
            place,
            unit,
            np.fromiter(program.most.values(), float, len(columns)) / unit,
            spread(program.gain, place) * unit,
            whole,
            lines(program.rows, place, unit),
        )

    @property
    def is_mostly_amounts(self) -> bool:
        """Whether choices are few beside the amounts that follow from them, as with many debts."""
        return bool(MANY * self.is_whole.sum() < (~self.is_whole).sum())

    def plan(self, taken: Mapping[Column, float]) -> Numbers:
        """The columns' numbers, in their units."""
        return spread(taken, self.place) / self.unit

    def taken(self, numbers: Numbers) -> dict[Column, float]:
        """The columns that are not 0, in the program's own units."""
        own = numbers * self.unit
        return {self.columns[at]: float(own[at]) for at in np.flatnonzero(own)}


def spread(numbers: Mapping[Column, float], place: Mapping[Column, int]) -> Numbers:
    """One number a column; 0 where nothing is said."""
    out = np.zeros(len(place))
    for column, number in numbers.items():
        out[place[column]] = number
    return out


def lines(rows: Iterable[Row], place: Mapping[Column, int], unit: Numbers) -> Lines:
    """The rows as compressed rows, over columns in those units."""
    every = tuple(rows)
    first = np.zeros(len(every) + 1, np.int32)
    np.cumsum([len(row.terms) for row in every], out=first[1:])
    size = int(first[-1])
    column = np.fromiter((place[c] for row in every for c in row.terms), np.int32, size)
    number = np.fromiter((n for row in every for n in row.terms.values()), float, size)
    number *= unit[column]
    rhs = np.fromiter((row.rhs for row in every), float, len(every))
    factor = 1.0 / _power_of_two(_largest(first, number, len(every)))
    rhs *= factor
    number *= np.repeat(factor, np.diff(first))
    is_open_below = np.fromiter((row.sense == "<=" for row in every), bool, len(every))
    is_open_above = np.fromiter((row.sense == ">=" for row in every), bool, len(every))
    low, high = np.where(is_open_below, -np.inf, rhs), np.where(is_open_above, np.inf, rhs)
    return Lines(first, column, number, low, high, factor)


def _largest(first: Places, number: Numbers, count: int) -> Numbers:
    """The largest absolute term of each row; 0 where it has none."""
    largest = np.zeros(count)
    np.maximum.at(largest, np.repeat(np.arange(count), np.diff(first)), np.abs(number))
    return largest


def _power_of_two(sizes: Numbers) -> Numbers:
    return np.exp2(np.round(np.log2(np.where(sizes > 0, sizes, 1.0))))


def _units(plain: Lines, is_whole: NDArray[np.bool_]) -> Numbers:
    """For a column that is not whole: the size of the choices it stands beside in its rows."""
    of_whole = np.where(is_whole[plain.column], plain.number, 0.0)
    beside = _largest(plain.first, of_whole, len(plain.low))[plain.row]
    share = np.abs(plain.number)
    size = np.zeros(len(is_whole))
    np.maximum.at(size, plain.column, np.where(share > 0, beside / np.maximum(share, 1e-300), 0.0))
    return np.where(is_whole, 1.0, _power_of_two(size))

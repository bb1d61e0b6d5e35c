"""A program asked a little otherwise, in arrays; and what its linear relaxation tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from optimizer.arrays import Arrays, Lines, Numbers, lines, spread
from optimizer.search import PROVEN, SMALLEST
from portfolio.choices import Column
from portfolio.rules import Row

ROUNDS, CLEAR = 8, 1e-7  # of shutting what cannot be taken; by so much must a row be broken
KERNEL = 40  # at least so many columns are left free where a first plan is looked for


@dataclass(frozen=True, slots=True)
class Twist:
    """What is asked otherwise than the program says; what is not named stays.

    gain    replaces the whole gain           rows   more rows to keep
    least   column -> the least it may be     most   column -> the most it may be
    rhs     place of a row in the program -> its right-hand side
    free    places of rows that need not be kept
    """

    gain: Mapping[Column, float] | None = None
    least: Mapping[Column, float] = field(default_factory=dict)
    most: Mapping[Column, float] = field(default_factory=dict)
    rhs: Mapping[int, float] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    free: frozenset[int] = frozenset()


AS_IT_IS = Twist()


@dataclass(frozen=True, slots=True)
class Posed:
    """A twisted program in arrays; the gain is multiplied by ``scale`` before HiGHS sees it."""

    gain: Numbers
    scale: float
    least: Numbers
    most: Numbers
    low: Numbers
    high: Numbers
    more: Lines

    @classmethod
    def of(cls, base: Arrays, twist: Twist) -> "Posed":
        new = twist.gain
        gain = base.gain if new is None else spread(new, base.place) * base.unit
        least, most = np.zeros(len(base.most)), base.most.copy()
        for bounds, said in ((least, twist.least), (most, twist.most)):
            for column, number in said.items():
                at = base.place[column]
                bounds[at] = number / base.unit[at]
        low, high = base.lines.low.copy(), base.lines.high.copy()
        for at, rhs in twist.rhs.items():
            for side in (low, high):
                side[at] = rhs * base.lines.factor[at] if np.isfinite(side[at]) else side[at]
        freed = list(twist.free)
        low[freed], high[freed] = -np.inf, np.inf
        more = lines(twist.rows, base.place, base.unit)
        for _ in range(ROUNDS):
            shut = (most > least) & base.is_whole & _beyond(base.lines, low, high, least, most)
            if not shut.any():
                break
            most[shut] = least[shut]
        return cls(gain, scale_of(gain), least, most, low, high, more)


def _beyond(
    rows: Lines, low: Numbers, high: Numbers, least: Numbers, most: Numbers
) -> NDArray[np.bool_]:
    """The columns of which one unit more than the least breaks some row, whatever the others are.

    What costs more than a limit, what needs a project that cannot be: told in turn, along links.
    """
    number, column, row = rows.number, rows.column, rows.row
    one, other = number * least[column], number * most[column]
    under, over = np.minimum(one, other), np.maximum(one, other)
    smallest = np.bincount(row, under, len(low))
    largest = np.bincount(row, over, len(low))
    taken = number * (least[column] + 1.0)
    is_over = smallest[row] - under + taken > high[row] + CLEAR
    is_under = largest[row] - over + taken < low[row] - CLEAR
    out = np.zeros(len(least), bool)
    out[column[is_over | is_under]] = True
    return out


def scale_of(gain: Numbers) -> float:
    """The factor that brings the largest gain up to what a solver can tell apart."""
    largest = float(np.abs(gain).max(initial=0.0))
    return SMALLEST / largest if 0 < largest < SMALLEST else 1.0


@dataclass(frozen=True, slots=True)
class Relaxed:
    """best      no plan gains more; inf when the relaxation was not solved in time
    reduced   what a column gains beyond the price of what it uses
    solution  what it takes of each column

    The first two follow from the prices of rows by plain sums: whatever the solver's tolerance, a
    plan that takes a column from its better bound to the other gains |reduced| x the way less.
    """

    best: float
    reduced: Numbers
    solution: Numbers
    is_whole: NDArray[np.bool_]

    @classmethod
    def unknown(cls, arrays: Arrays) -> "Relaxed":
        nothing = np.zeros(len(arrays.columns))
        return cls(np.inf, nothing, nothing, arrays.is_whole)

    @classmethod
    def of(
        cls, posed: "Posed", arrays: Arrays, prices: Numbers, solution: Numbers
    ) -> "Relaxed":
        height, count = len(posed.low), len(posed.gain)
        low, high = np.append(posed.low, posed.more.low), np.append(posed.high, posed.more.high)
        prices = np.where((prices > 0) & np.isinf(high), 0.0, prices)
        prices = np.where((prices < 0) & np.isinf(low), 0.0, prices)
        paid = np.where(prices > 0, high, np.where(prices < 0, low, 0.0))
        used = arrays.lines.priced(prices[:height], count)
        used += posed.more.priced(prices[height:], count)
        reduced = posed.gain - used
        bound = np.where(reduced > 0, posed.most, posed.least)
        best = float(prices @ paid + reduced @ np.where(reduced == 0.0, 0.0, bound))
        return cls(best, reduced, solution, arrays.is_whole)

    def is_reached(self, worth: float) -> bool:
        """Whether a plan worth that is proved the best by the relaxation alone."""
        return bool(np.isfinite(worth)) and self.best - worth <= PROVEN * max(1.0, abs(worth))

    def kernel(self, posed: "Posed", share: float, start: Numbers | None) -> "Posed":
        """Only the columns free that the relaxation hesitates about: the smallest reduced gains.

        With a start, no column that a better plan cannot take.
        """
        doubt = np.where(self.is_whole, np.abs(self.reduced), -1.0)
        count = max(KERNEL, int(share * self.is_whole.sum())) + int((~self.is_whole).sum())
        if start is not None:
            posed = self.without(posed, float(posed.gain @ start))
        if count >= len(doubt):
            return posed
        return self._held(posed, doubt > np.partition(doubt, count)[count])

    def without(self, posed: "Posed", worth: float) -> "Posed":
        """Columns held where a plan worth at least that must have them."""
        room = 1e-9 * max(1.0, abs(self.best))
        return self._held(posed, self.best - np.abs(self.reduced) < worth - room)

    def _held(self, posed: "Posed", held: NDArray[np.bool_]) -> "Posed":
        at = np.where(self.reduced > 0, posed.most, posed.least)
        is_held = held & self.is_whole
        return replace(
            posed,
            least=np.where(is_held, at, posed.least),
            most=np.where(is_held, at, posed.most),
        )

"""A zone searched by the prices of its rows: a linear program prices, compiled code looks."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Literal

import highspy
import numpy as np

from optimizer.arrays import Arrays, Numbers, spread
from optimizer.search import EXACT
from optimizer.steps import BLUR, Steps
from portfolio.rules.row import ROUNDING

MOST = 4_000_000  # terms of the dense rows: beyond, a solver's sparse rows are the better way
ROOM = 4096  # plans that one search can give
MOST_LOOKS = 200  # into one zone, each with other columns held
PATIENCE = 4  # zones in a row that were too large to search: then they are searched no more


How = Literal["empty", "whole", "part"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a search of a zone saw.

    how      empty: no plan is in it; whole: these are all its best; part: there may be others
    places   of the plans in steps, one a row        taken   their columns, one a row
    """

    how: How
    places: Numbers
    taken: Numbers


@cache
def compiled() -> ModuleType | None:
    """The compiled search; None where numba is absent or cannot keep what it compiled."""
    try:
        return importlib.import_module("optimizer.enumeration")
    except (ImportError, RuntimeError):
        return None


def warm() -> bool:
    """Compile the search now, and keep it on disk, so that nobody waits for it; False = absent."""
    kernel = compiled()
    if kernel is None:
        return False
    one, two = np.ones((2, 2)), np.ones(2)
    kernel.search(one, two, 1e-9 * two, two, 1, False, two, 4)
    return True


class Priced:
    """The rows of a program whose columns are all 0 or 1, dense, with its objectives beneath."""

    def __init__(self, kernel: ModuleType, arrays: Arrays, steps: Steps, widths: Numbers) -> None:
        self._kernel, self._steps = kernel, steps
        count = len(arrays.columns)
        dense = np.zeros((len(arrays.lines.low), count))
        dense[arrays.lines.row, arrays.lines.column] = arrays.lines.number
        size = (abs(dense) * arrays.most).sum(axis=1)
        up, down = np.isfinite(arrays.lines.high), np.isfinite(arrays.lines.low)
        gains = np.array([spread(g, arrays.place) for g in steps.gains]) / steps.size[:, None]
        self._gains = np.where(np.array(steps.is_exact)[:, None], np.round(gains), gains)
        self._free = arrays.most > 0.5
        rows = np.vstack([dense[up], -dense[down], -self._gains])
        self._matrix = np.ascontiguousarray(rows[:, self._free])
        self._limit = np.concatenate([arrays.lines.high[up], -arrays.lines.low[down]])
        scale = np.concatenate([size[up] + abs(arrays.lines.high[up]),
                                size[down] + abs(arrays.lines.low[down])])  # fmt: skip
        blur = np.where(steps.is_exact, BLUR, 1e-6)
        self._slop = np.concatenate([ROUNDING * scale, blur])
        self._lp = _load(self._matrix, self._limit, widths)
        self._widths, self._failures, self._looks = widths, 0, 0
        self._corner, self._held = widths, widths
        self._is_over: Callable[[], bool] = bool

    @classmethod
    def of(cls, arrays: Arrays, steps: Steps, widths: Numbers) -> "Priced | None":
        """None where this way of searching is not open: amounts, many rows, no compiler."""
        kernel = compiled()
        height, count = len(arrays.lines.low), len(arrays.columns)
        is_open = bool(arrays.is_whole.all()) and 0 < count * (height + 3) <= MOST
        return cls(kernel, arrays, steps, widths) if kernel and is_open else None

    def look(
        self, corner: Numbers, is_over: Callable[[], bool], is_every: bool = False
    ) -> Seen | None:
        """The best plans of the zone, or some; None = too many to look at, and none was found.

        Where there are too many for one look, the column that the linear program hesitates about
        most is held at 0, then at 1.
        """
        if self._failures >= PATIENCE:
            return None
        self._corner, self._held = corner, np.full(self._matrix.shape[1], np.nan)
        self._is_over = is_over
        self._looks, found = 0, [np.empty((0, len(self._held)))]
        is_whole = self._branch(found, is_every)
        if not (is_whole or len(found) > 1):
            self._failures += 1
            return None
        self._failures = 0
        taken = np.vstack(found)
        numbers = np.zeros((len(taken), len(self._free)))
        numbers[:, self._free] = taken
        how: How = "part" if not is_whole else "whole" if len(taken) else "empty"
        return Seen(how, numbers @ self._gains.T, numbers)

    def _branch(self, found: list[Numbers], is_every: bool) -> bool:
        """Whether all plans that go with what is held are found; it ends at the first otherwise."""
        prices, doubt = self._prices()
        state, plans = self._search(prices, is_every)
        if len(plans):
            found.append(plans)
        if state in (self._kernel.EMPTY, self._kernel.WHOLE):
            return True
        self._looks += 1
        if len(plans) or self._looks > MOST_LOOKS or doubt < 0 or self._is_over():
            return False
        for number in (0.0, 1.0):
            self._hold(doubt, number, number)
            is_known = self._branch(found, is_every)
            self._hold(doubt, 0.0, 1.0)
            if not is_known:
                return False
        return True

    def _hold(self, at: int, least: float, most: float) -> None:
        self._held[at] = least if least == most else np.nan
        self._lp.changeColBounds(at, least, most)

    def _search(self, prices: Numbers, is_every: bool) -> tuple[int, Numbers]:
        """(what the compiled code says, the plans it found, held columns included)."""
        kernel, is_open = self._kernel, np.isnan(self._held)
        limit = np.concatenate([self._limit, -self._corner])
        matrix = self._matrix
        if not is_open.all():
            limit = limit - matrix[:, ~is_open] @ self._held[~is_open]
            matrix = np.ascontiguousarray(matrix[:, is_open])
        levels, room = np.array(kernel.LEVELS[-1:] if is_every else kernel.LEVELS), ROOM
        while True:
            state, _, taken = kernel.search(
                matrix, limit, self._slop, prices, len(self._corner), is_every, levels, room
            )
            if state != kernel.FULL or not is_every:
                break
            room *= 4
        plans = np.repeat(np.nan_to_num(self._held)[None, :], len(taken), axis=0)
        plans[:, is_open] = taken
        return state, plans

    def _prices(self) -> tuple[Numbers, int]:
        """(prices of the rows, the column that is the furthest from 0 and 1, -1 = none is).

        The prices are those at which the zone's worst objective is as far above its corner as can
        be. Whatever they are, as long as none is below 0, what follows from them is true.
        """
        first = len(self._limit)
        at = np.arange(first, first + len(self._corner), dtype=np.int32)
        open_below = np.full(len(at), -np.inf)
        self._lp.changeRowsBounds(len(at), at, open_below, -self._corner / self._widths)
        self._lp.run()
        solution = self._lp.getSolution()
        prices = -np.array(solution.row_dual)
        prices[first:] /= self._widths
        numbers = np.array(solution.col_value)[:-1]
        doubt = np.where(np.isnan(self._held), 0.5 - abs(numbers - 0.5), -1.0)
        furthest = int(np.argmax(doubt))
        return np.maximum(prices, 0.0), furthest if doubt[furthest] >= 0 else -1


def _load(matrix: Numbers, limit: Numbers, widths: Numbers) -> Any:  # noqa: ANN401 - a C++ object
    """Max t: rows kept, and each objective, in shares of its width, at least t above its corner."""
    height, count = matrix.shape
    gains = len(widths)
    new: Any = highspy.Highs
    h = new()
    h.setOptionValue("output_flag", False)
    h.setOptionValue("presolve", "off")
    h.setOptionValue("threads", 1)
    h.setOptionValue("dual_feasibility_tolerance", EXACT)
    scaled = matrix.copy()
    scaled[height - gains :] /= widths[:, None]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count + 1, height
    lp.col_cost_ = np.append(np.zeros(count), -1.0)
    lp.col_lower_ = np.append(np.zeros(count), -np.inf)
    lp.col_upper_ = np.append(np.ones(count), np.inf)
    lp.row_lower_ = np.full(height, -np.inf)
    lp.row_upper_ = np.append(limit, np.zeros(gains))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    with_t = np.hstack([scaled, (np.arange(height) >= height - gains)[:, None].astype(float)])
    where = np.nonzero(with_t)
    first = np.zeros(height + 1, np.int32)
    np.cumsum(np.bincount(where[0], minlength=height), out=first[1:])
    lp.a_matrix_.start_, lp.a_matrix_.index_ = first, where[1].astype(np.int32)
    lp.a_matrix_.value_ = with_t[where]
    h.passModel(lp)
    return h

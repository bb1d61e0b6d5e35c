"""Take a few choices out of a plan and build it up again, thousands of times a second (compiled).

Ruin and recreate (Schrimpf et al. 2000) with simulated annealing, on the rows of any program: a
choice is put in where no row is broken further by it. Amounts stay where they are.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from optimizer.arrays import Numbers
from optimizer.space import Counts, Space

ROOM = 1e-11  # rows are scaled near 1: less than that over a limit is rounding
TRIED, LEAST = 40.0, 0.05  # on average so many choices left out are tried; none much less likely
FORCED, MOST_OUT = 0.5, 6  # share of the times when a choice is forced in; else so many go out
SKIPPED = 0.05  # share of the possible places passed over, for variety
COOLED = 0.02  # of the first temperature, at the end
DEEP = 4096  # rows that may wait to be repaired at once


class Frame(NamedTuple):
    """What does not change: the matrix both ways, groups, gains, limits.

    worth    of each group: in which order the choices left out are tried
    chance   of each group: how likely it is tried at all when it was out before
    taste    of each column: which of a group's columns is put in, of those that fit
    spread   how far chance may go against taste
    """

    column_first: Counts
    column_row: Counts
    column_number: Numbers
    row_first: Counts
    row_column: Counts
    row_number: Numbers
    group: Counts
    group_first: Counts
    group_column: Counts
    gain: Numbers
    worth: Numbers
    taste: Numbers
    chance: Numbers
    spread: float
    low: Numbers
    high: Numbers
    is_open: NDArray[np.bool_]
    is_held: NDArray[np.bool_]


class State(NamedTuple):
    """chosen   column of each group, -1 = none      sums   of each row."""

    chosen: Counts
    sums: Numbers


def frame(space: Space, yields: Numbers, reduced: Numbers, doubt: Numbers) -> Frame:
    """The space as the compiled code reads it, guided by the prices of its relaxation.

    yields    of each group: gain by price of what it uses
    reduced   of each column: gain less price         doubt   of each group: the least |reduced|
    """
    by_column, by_row = space.columns, space.rows
    chance = LEAST + np.exp(-doubt / max(1e-9, float(np.median(doubt))))
    chance *= TRIED / max(1e-9, float(chance.sum()))
    return Frame(
        by_column.indptr.astype(np.int64), by_column.indices.astype(np.int64), by_column.data,
        by_row.indptr.astype(np.int64), by_row.indices.astype(np.int64), by_row.data,
        space.group, space.first, space.member, space.gain, yields, reduced, chance,
        float(np.abs(space.gain).mean()), space.low, space.high, space.most > 0.5, space.held,
    )  # fmt: skip


def rebuilt(
    space: Space, on: Frame, taken: Numbers, times: int, heat: float, seed: int
) -> tuple[Numbers, bool]:
    """(the best plan met from ``taken`` on, whether it keeps every row).

    times   how often to take out and build up      heat   loss accepted once in e at the start
    """
    chosen = np.full(len(space.held), -1, np.int64)
    own = np.flatnonzero((space.group >= 0) & (taken > 0.5))
    chosen[space.group[own]] = own
    others = np.where(space.group >= 0, 0.0, taken)
    whole = others.copy()
    whole[own] = 1.0
    state = State(chosen, np.asarray(space.rows @ whole))
    broken = search(on, state, times, heat, seed)
    others[state.chosen[state.chosen >= 0]] = 1.0
    return others, bool(broken <= ROOM * len(space.low))


@njit(nogil=True, cache=True)
def search(on: Frame, state: State, times: int, heat: float, seed: int) -> float:
    """Leave the best state met in ``state``; by how much it breaks rows, in all."""
    np.random.seed(seed)
    chosen, sums = state
    dear = 1.0 + 2.0 * np.abs(on.gain).sum()
    broken = _broken(on, sums)
    now = _gain(on, chosen) - dear * broken
    best, least = now, broken
    best_chosen, best_sums = chosen.copy(), sums.copy()
    last_chosen, last_sums = chosen.copy(), sums.copy()
    for at in range(times):
        last_chosen[:], last_sums[:] = chosen, sums
        is_done = _force(on, state) if np.random.random() < FORCED else _take_out(on, state)
        if is_done:
            _refill(on, state, last_chosen)
            broken = _broken(on, sums)
            new = _gain(on, chosen) - dear * broken
            cold = heat * COOLED ** (at / times)
            if new >= now or np.random.random() < np.exp((new - now) / cold):
                now = new
                if now > best + 1e-9:
                    best, least = now, broken
                    best_chosen[:], best_sums[:] = chosen, sums
                continue
        chosen[:], sums[:] = last_chosen, last_sums
    chosen[:], sums[:] = best_chosen, best_sums
    return float(least)


@njit(nogil=True, cache=True)
def _gain(on: Frame, chosen: Counts) -> float:
    gained = 0.0
    for column in chosen:
        if column >= 0:
            gained += on.gain[column]
    return gained


@njit(nogil=True, cache=True)
def _broken(on: Frame, sums: Numbers) -> float:
    broken = 0.0
    for row in range(len(sums)):
        over = max(sums[row] - on.high[row], on.low[row] - sums[row])
        if over > ROOM:
            broken += over
    return broken


@njit(nogil=True, cache=True)
def _put(on: Frame, sums: Numbers, column: int, sign: float) -> None:
    for k in range(on.column_first[column], on.column_first[column + 1]):
        sums[on.column_row[k]] += sign * on.column_number[k]


@njit(nogil=True, cache=True)
def _fits(on: Frame, sums: Numbers, column: int) -> bool:
    """Whether no row would be broken further, and something is gained or mended."""
    mended = 0.0
    for k in range(on.column_first[column], on.column_first[column + 1]):
        row = on.column_row[k]
        old, new = sums[row], sums[row] + on.column_number[k]
        was = max(0.0, old - on.high[row], on.low[row] - old)
        is_ = max(0.0, new - on.high[row], on.low[row] - new)
        if is_ > was + ROOM:
            return False
        mended += was - is_
    return on.gain[column] > 0.0 or mended > ROOM


@njit(nogil=True, cache=True)
def _drawn(on: Frame, state: State, row: int, only_adding: bool, spared: int) -> int:
    """A column taken in the row, each as likely; -1 = none can go."""
    seen, drawn = 0, -1
    for k in range(on.row_first[row], on.row_first[row + 1]):
        column = on.row_column[k]
        group = on.group[column]
        if group < 0 or state.chosen[group] != column or group == spared or on.is_held[group]:
            continue
        if only_adding and on.row_number[k] <= 0.0:
            continue
        seen += 1
        if np.random.random() * seen < 1.0:
            drawn = column
    return drawn


@njit(nogil=True, cache=True)
def _drop(on: Frame, state: State, column: int) -> None:
    state.chosen[on.group[column]] = -1
    _put(on, state.sums, column, -1.0)


@njit(nogil=True, cache=True)
def _mend(on: Frame, state: State, moved: int, spared: int) -> bool:
    """Take out choices until no row that ``moved`` is in exceeds its limit; whether that was done.

    Taking one out may break rows in turn (what needed it): they are mended likewise.
    """
    waiting = np.empty(DEEP, np.int64)
    count = 0
    for k in range(on.column_first[moved], on.column_first[moved + 1]):
        if count < DEEP:
            waiting[count] = on.column_row[k]
            count += 1
    while count > 0:
        count -= 1
        row = waiting[count]
        while state.sums[row] > on.high[row] + ROOM:
            column = _drawn(on, state, row, True, spared)
            if column < 0:
                return False
            _drop(on, state, column)
            for k in range(on.column_first[column], on.column_first[column + 1]):
                if on.column_number[k] < 0.0 and count < DEEP:
                    waiting[count] = on.column_row[k]
                    count += 1
    return True


@njit(nogil=True, cache=True)
def _force(on: Frame, state: State) -> bool:
    """Put some choice of some group in, and take out what is in its way."""
    group = np.random.randint(len(state.chosen))
    for _ in range(20):
        if state.chosen[group] < 0:
            break
        group = np.random.randint(len(state.chosen))
    width = on.group_first[group + 1] - on.group_first[group]
    if width == 0 or on.is_held[group]:
        return False
    column = on.group_column[on.group_first[group] + np.random.randint(width)]
    if not on.is_open[column] or column == state.chosen[group]:
        return False
    before = state.chosen[group]
    if before >= 0:
        _drop(on, state, before)
    state.chosen[group] = column
    _put(on, state.sums, column, 1.0)
    if before >= 0 and not _mend(on, state, before, group):
        return False
    return bool(_mend(on, state, column, group))


@njit(nogil=True, cache=True)
def _take_out(on: Frame, state: State) -> bool:
    """Take out one choice, and a few of those that share a row with it."""
    group = np.random.randint(len(state.chosen))
    for _ in range(50):
        if state.chosen[group] >= 0:
            break
        group = np.random.randint(len(state.chosen))
    if state.chosen[group] < 0 or on.is_held[group]:
        return False
    column = state.chosen[group]
    _drop(on, state, column)
    if not _mend(on, state, column, -1):
        return False
    first, width = on.column_first[column], on.column_first[column + 1] - on.column_first[column]
    for _ in range(1 + np.random.randint(MOST_OUT) if width else 0):
        row = on.column_row[first + np.random.randint(width)]
        other = _drawn(on, state, row, False, -1)
        if other >= 0:
            _drop(on, state, other)
            if not _mend(on, state, other, -1):
                return False
    return True


@njit(nogil=True, cache=True)
def _refill(on: Frame, state: State, last: Counts) -> None:
    """Put in, the most worthy first, what fits: what was just taken out, and some of the others."""
    count = len(state.chosen)
    tried = np.empty(count, np.int64)
    key = np.empty(count)
    many = 0
    loose = on.spread * np.random.random() ** 2
    for group in range(count):
        if state.chosen[group] >= 0 or on.group_first[group] == on.group_first[group + 1]:
            continue
        if last[group] < 0 and np.random.random() > on.chance[group]:
            continue
        tried[many], key[many] = group, -on.worth[group] * (0.5 + np.random.random())
        many += 1
    for at in np.argsort(key[:many]):
        group = tried[at]
        best, most = -1, -np.inf
        for k in range(on.group_first[group], on.group_first[group + 1]):
            column = on.group_column[k]
            if not on.is_open[column] or np.random.random() < SKIPPED:
                continue
            worth = on.taste[column] + loose * np.random.random()
            if worth > most and _fits(on, state.sums, column):
                best, most = column, worth
        if best >= 0:
            state.chosen[group] = best
            _put(on, state.sums, best, 1.0)

"""Compiled search of a zone: every 0-or-1 plan that the prices of its rows cannot rule out."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from optimizer.arrays import Numbers

EMPTY, WHOLE, PART, FULL = 0, 1, 2, 3
LEVELS = (2e3, 2e4, 2e5)  # sets of deviations looked at, until some plan is found
BUCKETS = 64  # in which the sets are counted before they are looked at
FREE = 1e-12  # a deviation that costs less is free

Bits = NDArray[np.uint8]


@njit(cache=True, nogil=True)
def search(
    matrix: Numbers, limit: Numbers, slop: Numbers, prices: Numbers,
    gains: int, is_every: bool, levels: Numbers, room: int,
) -> tuple[int, Numbers, Bits]:  # fmt: skip
    """Plans x with matrix x <= limit, none of which another one found dominates.

    matrix   rows x columns; the last ``gains`` rows are the objectives, negated, in steps
    slop     by row: what rounding may add to a sum
    prices   by row, >= 0: any will do, the best bring the fewest plans to look at
    levels   how many sets of deviations to look at; the next only when none before found a plan
    room     how many plans can be given

    Priced, a plan is worth sum(prices x (limit - row)) >= 0. The worth is greatest, ``spare``, at
    the plan that takes just the columns whose reduced price is above 0; each deviation costs
    what its reduced price is, and all together cost no more than ``spare``.
    Gives (EMPTY: there is none; WHOLE: all are there; PART: these, and perhaps others; FULL: more
    than there is room for), the objectives above their corner, the columns.
    """
    reduced = -(prices @ matrix)
    spare = _spare(limit, prices, reduced)
    columns = len(reduced)
    values, flips = np.empty((room, gains)), np.zeros((room, columns), np.uint8)
    if spare < 0:
        return EMPTY, values[:0], flips[:0]
    order = np.argsort(np.abs(reduced))
    cost = np.abs(reduced)[order]
    slack, change = _oriented(matrix, limit, reduced, order)
    sets, (mend, rate, gift) = _sets(cost, spare), _repairs(cost, change)
    found, state = 0, PART
    for level in levels:
        share = BUCKETS
        while share > 0 and sets[share - 1] > level:
            share -= 1
        budget = spare if share == BUCKETS else spare * share / BUCKETS
        found, is_full = _descend(
            cost, change, slack, slop, budget, mend, rate, gift, is_every, values, flips
        )
        if is_full or share == BUCKETS:
            state = FULL if is_full else WHOLE
            break
        if found:
            break
    for at in range(found):
        turned = flips[at].copy()
        for place in range(columns):
            column = order[place]
            flips[at, column] = turned[place] ^ np.uint8(1 if reduced[column] > 0 else 0)
    return state, values[:found], flips[:found]


@njit(cache=True, nogil=True)
def _spare(limit: Numbers, prices: Numbers, reduced: Numbers) -> float:
    """What all deviations together may cost, rounding included."""
    spare, size = 0.0, 0.0
    for row in range(len(limit)):
        spare += prices[row] * limit[row]
        size += abs(prices[row] * limit[row])
    for column in range(len(reduced)):
        spare += max(reduced[column], 0.0)
        size += abs(reduced[column])
    return spare + 1e-11 * size + 1e-12


@njit(cache=True, nogil=True)
def _oriented(
    matrix: Numbers, limit: Numbers, reduced: Numbers, order: NDArray[np.int64]
) -> tuple[Numbers, Numbers]:
    """(room in each row of the plan of greatest worth, what each deviation from it adds to it)."""
    rows, columns = matrix.shape
    change, slack = np.empty((columns, rows)), limit.copy()
    for place in range(columns):
        column = order[place]
        sign = 1.0 if reduced[column] > 0 else -1.0
        for row in range(rows):
            change[place, row] = sign * matrix[row, column]
            if sign > 0:
                slack[row] -= matrix[row, column]
    return slack, change


@njit(cache=True, nogil=True)
def _sets(cost: Numbers, spare: float) -> Numbers:
    """By bucket of cost: how many sets of deviations cost no more, or somewhat more."""
    counts = np.zeros(BUCKETS)
    counts[0] = 1.0
    for place in range(len(cost)):
        if cost[place] > spare:
            break
        shift = int(cost[place] / spare * BUCKETS) if spare > 0 else 0
        for bucket in range(BUCKETS - 1, shift - 1, -1):
            counts[bucket] += counts[bucket - shift]
    return np.cumsum(counts)


@njit(cache=True, nogil=True)
def _repairs(cost: Numbers, change: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """From each place on, by row: all that flips can add, the most they add for 1, and for 0."""
    columns, rows = change.shape
    mend = np.zeros((columns + 1, rows))
    rate = np.zeros((columns + 1, rows))
    gift = np.zeros((columns + 1, rows))
    for place in range(columns - 1, -1, -1):
        for row in range(rows):
            adds = max(change[place, row], 0.0)
            mend[place, row] = mend[place + 1, row] + adds
            rate[place, row] = rate[place + 1, row]
            gift[place, row] = gift[place + 1, row]
            if cost[place] <= FREE:
                gift[place, row] += adds
            elif adds / cost[place] > rate[place, row]:
                rate[place, row] = adds / cost[place]
    return mend, rate, gift


@njit(cache=True, nogil=True)
def _descend(
    cost: Numbers, change: Numbers, slack: Numbers, slop: Numbers, budget: float,
    mend: Numbers, rate: Numbers, gift: Numbers, is_every: bool, values: Numbers, flips: Bits,
) -> tuple[int, bool]:  # fmt: skip
    """(how many plans were found, whether there was no room for more), depth first.

    A branch ends where what is left of the budget cannot mend a row that is broken.
    """
    columns, rows = change.shape
    left = np.empty((columns + 1, rows))
    purse = np.empty(columns + 1)
    upcoming = np.zeros(columns + 1, np.int64)
    path = np.zeros(columns, np.uint8)
    turned = np.empty(columns + 1, np.int64)
    left[0], purse[0] = slack, budget
    found, depth, is_new = 0, 0, True
    while depth >= 0:
        place = upcoming[depth]
        is_kept, can_mend = True, place < columns and cost[place] <= purse[depth]
        for row in range(rows):
            lacks = -left[depth, row]
            if lacks > slop[row]:
                is_kept = False
                if can_mend:
                    by_money = gift[place, row] + purse[depth] * rate[place, row]
                    can_mend = lacks <= min(mend[place, row], by_money) * (1 + 1e-9) + slop[row]
                if not can_mend:
                    break
        if is_new and is_kept:
            found = _keep(left[depth], path, values, flips, found, is_every)
            if found > len(values):
                return len(values), True
        if not can_mend:
            depth -= 1
            if depth >= 0:
                path[turned[depth]] = 0
            is_new = False
            continue
        upcoming[depth] = place + 1
        turned[depth] = place
        path[place] = 1
        for row in range(rows):
            left[depth + 1, row] = left[depth, row] + change[place, row]
        purse[depth + 1] = purse[depth] - cost[place]
        upcoming[depth + 1] = place + 1
        depth += 1
        is_new = True
    return found, False


@njit(cache=True, nogil=True)
def _keep(
    left: Numbers, path: Bits, values: Numbers, flips: Bits, found: int, is_every: bool
) -> int:
    """How many plans are kept once this one is weighed against those kept before."""
    gains = values.shape[1]
    first = len(left) - gains
    at = 0
    while at < found:
        is_below, is_above = True, True
        for gain in range(gains):
            more = left[first + gain] - values[at, gain]
            is_below = is_below and more <= 1e-9
            is_above = is_above and more >= -1e-9
        if is_below and (not is_above or not is_every):
            return found
        if is_above and not is_below:
            found -= 1
            values[at], flips[at] = values[found], flips[found]
            continue
        at += 1
    if found == len(values):
        return found + 1
    for gain in range(gains):
        values[found, gain] = left[first + gain]
    flips[found] = path
    return found + 1

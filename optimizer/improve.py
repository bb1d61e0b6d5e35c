"""Ever better plans, found beside the proof: small programs and rebuilding, in turn."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.arrays import Arrays, Numbers
from optimizer.incumbent import Incumbent
from optimizer.neighbourhood import best_nearby
from optimizer.posed import Posed, Relaxed
from optimizer.rebuild import frame, rebuilt
from optimizer.search import Search
from optimizer.space import Space

SOON, LATE = 0.1, 0.3  # seconds before improving begins; and to wait for its end
FITS = 1e-9  # of a row's largest term: how far a plan may miss it and still be handed on
EDGE = 1e-6  # how far the relaxation may be from 0 or 1 and still be whole
FIRST_FREE, FIRST, BRIEF, ENOUGH = 150, 5.0, 0.2, 0.002  # a first plan: free, time, share, gap
FREE, FEWEST = 40.0, 10.0  # choices left free in a small program, at first and at least
SHORT, LONG = 0.3, 1.0  # seconds of a small program: under, the next is larger; over, it is ended
TIMES = 1_000_000  # a round of rebuilding, divided by the number of choices
HEATS = (1.0, 0.3, 0.1, 0.03, 0.005)  # of the mean gain: the loss rebuilding accepts at first
RECENT = 6  # plans rebuilt lately, from which it may go on instead of from the best
MOST_YIELD = 100.0  # a gain is never said to be worth more than so many times what it uses
ROWS = 3  # rows whose choices a small program frees together
DECIDED = 4  # so many choices taken whole for each hesitation: the relaxation decides most
FORGET, HOPE = 0.8, 0.2  # how fast a way's success is forgotten; the least share of time it keeps


@contextmanager
def improving(
    arrays: Arrays, posed: Posed, relaxed: Relaxed, incumbent: Incumbent, search: Search
) -> Iterator[None]:
    """While this lasts, better plans are looked for on another thread (unless only one is asked).

    What is proved soon is left alone.
    """
    if (search.threads or os.cpu_count()) == 1 or not np.isfinite(relaxed.best):
        yield
        return
    over = threading.Event()

    def improve() -> None:
        if not over.wait(SOON):
            space = Space.of(arrays, posed)
            Improver(space, relaxed, incumbent, search.seconds, search.seed, over.is_set).run()

    other = threading.Thread(target=improve, name="improver")
    other.start()
    try:
        yield
    finally:
        over.set()
        other.join(LATE)


class Improver:
    """Looks for better plans until told that it is over; the same seed tries the same things.

    Two ways in turn, the more often the more each brought: a small program around the best plan
    (large neighbourhood search), and rebuilding (ruin and recreate).
    """

    def __init__(
        self, space: Space, relaxed: Relaxed, incumbent: Incumbent, seconds: float, seed: int,
        is_over: Callable[[], bool],
    ) -> None:  # fmt: skip
        self.space, self.incumbent = space, incumbent
        self.solution, self.seconds, self.is_over = relaxed.solution, seconds, is_over
        self.dice = np.random.default_rng(seed)
        self.free = FREE
        self.recent: list[Numbers] = []
        self.doubt = self._by_group(np.abs(relaxed.reduced), np.minimum, np.inf)
        priced = np.maximum(space.gain - relaxed.reduced, 1e-9)
        yields = np.minimum(space.gain / priced, MOST_YIELD)
        by_group = self._by_group(yields, np.maximum, 0.0)
        self.frame = frame(space, by_group, relaxed.reduced, self.doubt)
        self.mean = float(np.abs(space.gain).mean()) if len(space.gain) else 0.0

    def run(self) -> None:
        """Improve until it is over."""
        if not (len(self.space.held) and self.space.gain.any()):
            return
        if self.incumbent.taken is None:
            self._begin()
        ways = (_Way(self._nearby), _Way(self._rebuild))
        while not self.is_over():
            fastest = max(way.speed for way in ways)
            hope = np.array([max(HOPE * fastest, way.speed, EDGE) / way.lasts for way in ways])
            ways[int(self.dice.choice(len(ways), p=hope / hope.sum()))].go(self.incumbent)

    def _begin(self) -> None:
        """What the relaxation takes whole, built up.

        Where it decides most of it, what it hesitates about is left free in a small program.
        """
        is_whole = self.space.is_whole
        hesitates = is_whole & (self.solution > EDGE) & (self.solution < 1 - EDGE)
        whole = np.where(is_whole & (self.solution >= 1 - EDGE), 1.0, 0.0)
        self._rebuild(whole)
        doubtful = self.space.groups_of(hesitates)
        if whole.sum() < DECIDED * doubtful.sum():
            return
        out = ~self.space.groups_of(whole > 0.5)
        near = out & (self.doubt <= _nth(self.doubt[out], FIRST_FREE))
        self._solve(whole, doubtful | near, min(FIRST, self.seconds * BRIEF), ENOUGH)

    def _nearby(self) -> bool:
        """Leave a few choices free around the best plan."""
        if self.incumbent.taken is None:
            return False
        count = min(len(self.space.held), int(self.free))
        began = time.monotonic()
        is_better, is_proved = self._solve(self.incumbent.taken, self._drawn(count), LONG, 0.0)
        if not is_proved:
            self.free = max(FEWEST, 0.85 * self.free)
        elif time.monotonic() - began < SHORT and count < len(self.space.held):
            self.free *= 1.1
        return is_better

    def _rebuild(self, start: Numbers | None = None) -> bool:
        """Take out and build up again: from the best plan, one met lately, or else ``start``."""
        space, taken = self.space, self.incumbent.taken
        if taken is None:
            taken = np.maximum(space.least, 0.0 if start is None else start)
        elif self.recent and self.dice.random() < 0.5:
            taken = self.recent[int(self.dice.integers(len(self.recent)))]
        times = 1 + TIMES // (len(space.held) + 1)
        seed, heat = int(self.dice.integers(2**31)), self.mean * float(self.dice.choice(HEATS))
        found, is_kept = rebuilt(space, self.frame, taken, times, heat, seed)
        if not is_kept:
            return False
        self.recent = [*self.recent[1 - RECENT :], found]
        return self._offer(found)

    def _solve(
        self, taken: Numbers, groups: NDArray[np.bool_], seconds: float, gap: float
    ) -> tuple[bool, bool]:
        """(whether a better plan was found with those groups free, whether the best was)."""
        is_free = (self.space.group < 0) | groups[self.space.group]
        seed = int(self.dice.integers(2**31))
        found, is_proved = best_nearby(
            self.space, taken, is_free, seconds, gap, seed, self.is_over
        )
        return found is not taken and self._offer(found), is_proved

    def _offer(self, found: Numbers) -> bool:
        return self.space.keeps(found, FITS) and self.incumbent.offer(found)

    def _drawn(self, count: int) -> NDArray[np.bool_]:
        """The groups to free: at random, of the same few rows, or those one may doubt about."""
        many = len(self.space.held)
        weight: NDArray[Any] = np.ones(many)
        way = self.dice.integers(3)
        if way == 1:
            rows = self.dice.integers(len(self.space.low), size=ROWS * 4)
            full = rows[np.argsort(-np.diff(self.space.rows.indptr)[rows])][:ROWS]
            columns = np.zeros(len(self.space.gain), bool)
            columns[self.space.rows[full].indices] = True
            weight = 0.05 + self.space.groups_of(columns)
        elif way == 2:
            middle = max(1e-9, float(np.median(self.doubt)))
            weight = 0.02 + np.exp(-self.doubt / middle)
        drawn = np.zeros(many, bool)
        share = weight / weight.sum()
        drawn[self.dice.choice(many, min(count, many), replace=False, p=share)] = True
        return drawn

    def _by_group(self, numbers: Numbers, of: np.ufunc, nothing: float) -> Numbers:
        """The least, or the most, of each group's columns."""
        out = np.full(len(self.space.held), nothing)
        of.at(out, self.space.group[self.space.member], numbers[self.space.member])
        return out


class _Way:
    """One way of improving: what it gained a second lately, and how long a try of it lasts."""

    def __init__(self, improve: Callable[[], bool]) -> None:
        self.improve, self.speed, self.lasts = improve, 0.0, 1.0

    def go(self, incumbent: Incumbent) -> None:
        """Try once, and judge."""
        before, began = incumbent.worth, time.monotonic()
        is_better = self.improve() and np.isfinite(before)
        gained = incumbent.worth - before if is_better else 0.0
        lasted = max(1e-3, time.monotonic() - began)
        self.lasts = FORGET * self.lasts + (1 - FORGET) * lasted
        self.speed = FORGET * self.speed + (1 - FORGET) * gained / lasted


def _nth(numbers: Numbers, count: int) -> float:
    """The largest of the ``count`` smallest."""
    return float(np.partition(numbers, count - 1)[count - 1] if count < len(numbers) else np.inf)

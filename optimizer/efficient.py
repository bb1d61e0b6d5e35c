"""The points of a program that nothing dominates, for two or more gains, every one of them."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer.arrays import Numbers
from optimizer.lanes import LANES, Lanes, Starts, Task
from optimizer.lean import lean
from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.priced import Priced
from optimizer.program import Program
from optimizer.search import Outcome, Search
from optimizer.steps import Steps
from optimizer.trials import not_again
from optimizer.zones import NEAR, Zone, Zones
from portfolio.choices import Column
from portfolio.plan import Status
from portfolio.rules.row import total

Taken = Mapping[Column, float]
Judge = Callable[[Taken], Sequence[float] | None]
WIDE = 1 / 8  # of the box: wider zones are cut across first, so that early answers are even


@dataclass(frozen=True, slots=True)
class Efficient:
    """A point that nothing dominates: what each gain adds up to, and the columns not 0."""

    values: tuple[float, ...]
    taken: Taken


@dataclass(frozen=True, slots=True)
class Efficients:
    """points        sorted by their values, the largest first
    is_complete   every point is there: proved
    unexplored    share of the box of possible values where one not found could still be
    tolerance     by gain: 0 = exact; else points nearer than that in it may be told by one of them
    """

    points: tuple[Efficient, ...]
    is_complete: bool
    unexplored: float
    tolerance: tuple[float, ...]
    seconds: float
    status: Status


def nondominated(
    program: Program, gains: Sequence[Mapping[Column, float]], search: Search,
    every: bool = False, steps: Sequence[float | None] = (), judge: Judge | None = None,
) -> Efficients:  # fmt: skip
    """Every combination of the gains that no plan of the program dominates.

    every   all the plans of each point, not one: they differ in a column that is 0 or 1
    steps   by gain: points nearer than that count as one; None = exact where the data allow
    judge   what a plan's gains truly add up to, by plain arithmetic; None = the plan is refused
    Stopped early, by time or by the watch, what is given is dominated by no plan either.
    """
    began = time.monotonic()
    counted = Steps.of(gains, steps)
    explorer = _Explorer(program, counted, search, judge or _sums(counted), every)
    if explorer.zones is not None:
        explorer.explore()
    if every and explorer.is_complete:
        explorer.multiply()
    return explorer.found(began)


def _sums(steps: Steps) -> Judge:
    return lambda taken: [total(gain, taken)[0] for gain in steps.gains]


@dataclass(slots=True)
class _Point:
    """A plan found: its place in steps, and whether it is known that nothing dominates it."""

    at: Numbers
    values: tuple[float, ...]
    taken: Taken
    is_proved: bool


class _Explorer:
    """The zones still to search, and the points found so far."""

    def __init__(
        self, program: Program, steps: Steps, search: Search, judge: Judge, every: bool
    ) -> None:
        self.program = lean(program, steps.gains, every)
        self.steps = steps.over(self.program.most)
        self.judge, self.every = judge, every
        self.search, self.ends = search.aside(), time.monotonic() + search.seconds
        self.model, self.lanes = Model(self.program), Lanes(self.program, self.steps)
        self.points: list[_Point] = []
        self.stubborn: set[bytes] = set()  # corners of zones that asking along did not narrow
        self.fresh: set[bytes] = set()  # corners next to a point that may be dominated from there
        self.is_sparse = False  # a zone that was halved held nothing there: no more are
        self.unit = np.where(steps.is_exact, 1.0, NEAR)
        self.main = 0 if all(steps.is_exact) else steps.is_exact.index(False)
        self.is_complete = False
        self.zones = self._box()
        self.priced = self._priced()

    def _box(self) -> Zones | None:
        """The box that the linear relaxation allows; None when there is no plan at all."""
        if not self.program.most:
            self._take_nothing()
            return None
        ends = self._ends()
        if ends is None or (ends[0] > ends[1]).any():  # no step that an objective could take
            self.is_complete = self.model.ask(self.left()).status == "infeasible"
            return None
        return Zones(*ends) if np.isfinite(ends).all() else None

    def _ends(self) -> tuple[Numbers, Numbers] | None:
        """The least and the most of each objective, in steps; None when the relaxation has none."""
        ends = []
        for weight in (*np.eye(len(self.steps.size)), *-np.eye(len(self.steps.size))):
            relaxed = self.model.relaxed(Twist(gain=self.steps.weighed(weight)))
            if relaxed is None:
                return None
            ends.append(relaxed.best)
        high, low = np.split(np.array(ends), 2)
        exact, room = self.steps.is_exact, 1e-6 * (1.0 + np.maximum(abs(high), abs(low)))
        high, low = high + room, -low - room
        return np.where(exact, np.ceil(low), low), np.where(exact, np.floor(high), high)

    def _take_nothing(self) -> None:
        """There is nothing to choose: the one plan keeps the rows or does not."""
        values = self.judge({}) if all(r.slack({}) >= 0 for r in self.program.rows) else None
        if values is not None:
            self.points.append(_Point(self.steps.count(values), tuple(values), {}, True))
        self.is_complete = True

    def _priced(self) -> Priced | None:
        if self.zones is None:
            return None
        arrays = self.model.arrays
        return Priced.of(arrays, self.steps, self.zones.high - self.zones.low + 1.0)

    def explore(self) -> None:
        """Search every zone, the largest first, until none is left or time is."""
        assert self.zones is not None
        while len(self.zones):
            if self.is_over():
                return
            if self._look(self.zones.largest()[0]):
                continue
            if self.is_over():
                return
            tasks = [self._task(zone) for zone in self.zones.largest(LANES)]
            outcomes = self.lanes.ask(tasks, self.left(), [self._starts(task) for task in tasks])
            if not all([self._hear(*said) for said in zip(tasks, outcomes, strict=True)]):
                return
        self.is_complete = True

    def _look(self, zone: Zone) -> bool:
        """Whether compiled code could search the zone; what it finds is kept."""
        assert self.zones is not None
        seen = self.priced.look(zone.corner, self.is_over) if self.priced else None
        if seen is None:
            return False
        plans = [self.model.arrays.taken(numbers) for numbers in seen.taken]
        values = [self.judge(plan) for plan in plans]
        if any(value is None for value in values):
            self.priced = None  # its arithmetic is not fine enough for these numbers
            return False
        if seen.how != "part":
            self.zones.close(zone.corner)
        for plan, value in zip(plans, values, strict=True):
            assert value is not None
            self._add(zone, value, plan, seen.how == "whole")
        return True

    def _add(self, zone: Zone, values: Sequence[float], taken: Taken, is_proved: bool) -> None:
        """Keep a plan found in the zone."""
        assert self.zones is not None
        at = self.steps.count(values)
        self.points.append(_Point(at, tuple(values), taken, is_proved))
        self.zones.split(np.maximum(at, zone.corner), is_proved)

    def _task(self, zone: Zone) -> Task:
        """A wide zone is halved, then searched from one point to the next."""
        assert self.zones is not None
        key = zone.corner.tobytes()
        if key in self.stubborn:
            return Task.inside(zone)
        shares = (zone.top - zone.corner + 1.0) / (self.zones.high - self.zones.low + 1.0)
        is_wide = len(shares) == 2 and shares[1 - self.main] > WIDE and not self.is_sparse
        is_halved = is_wide and bool(self.points) and key not in self.fresh
        task = Task.along(zone, self.main, zone.top, is_halved)
        known = self._best(task)
        return task if known is None else Task.along(zone, self.main, known.at, is_halved)

    def _best(self, task: Task) -> _Point | None:
        """The best plan known for the task."""
        if not self.points:
            return None
        places = np.array([point.at for point in self.points])
        fits = places >= task.least - NEAR
        fits[:, task.main] |= task.how == "along"
        kept = np.flatnonzero(fits.all(axis=1))
        return self.points[kept[np.argmax(places[kept] @ task.weight)]] if len(kept) else None

    def _starts(self, task: Task) -> Starts:
        """The best plan known for the task; and in the plane the nearest that just misses it."""
        known = self._best(task)
        if known is None:
            return None, None
        held = 1 - task.main
        below = [p for p in self.points if p.at[held] < task.least[held] - NEAR]
        if task.how != "along" or len(task.least) != 2 or not below:
            return known.taken, None
        return known.taken, max(below, key=lambda p: float(p.at[held])).taken

    def _hear(self, task: Task, outcome: Outcome) -> bool:
        """Whether the solver's answer brings the search forward."""
        assert self.zones is not None
        if outcome.status == "infeasible":
            least = task.least.copy()
            if task.how == "along":
                least[task.main] = self.zones.low[task.main]
            self.is_sparse |= task.is_halved
            if not self.zones.rule_out(least, self.unit):
                self.stubborn.add(task.zone.corner.tobytes())
            return True
        if not outcome.has_plan:
            return False
        values = self.judge(outcome.taken)
        if values is None:
            self.lanes.refuse(not_again(self.program, outcome))
            return True
        return self._place(task, outcome, values)

    def _place(self, task: Task, outcome: Outcome, values: Sequence[float]) -> bool:
        """Keep what was found; leave out of the zones what is above its bound."""
        assert self.zones is not None
        at, corner = self.steps.count(values), task.zone.corner
        is_new = task.how == "inside" or bool((at >= corner - NEAR).all())
        bound = np.inf if outcome.bound is None else outcome.bound
        if is_new:
            lead = bound - float(task.weight @ at)
            self._add(task.zone, values, outcome.taken, bool(lead < 0.5 * task.weight.min()))
        is_less = False
        if task.how == "along" and np.isfinite(bound):
            bound += 1e-9 * (1.0 + abs(bound))
            above = task.above(bound, self.unit, self.steps.is_exact[self.main])
            is_less = self.zones.rule_out(above, self.unit)
        if not (is_new or is_less):
            self.stubborn.add(corner.tobytes())
        self.is_sparse |= task.is_halved and not is_new
        if is_new and task.is_halved:
            self.fresh.update(self.zones.just_above(at))
        return True

    def multiply(self) -> None:
        """Find every other plan of each point."""
        self.is_complete = False
        for point in self._front():
            if self.is_over() or not (self._multiply_by_looking(point) or self._multiply(point)):
                return
        self.is_complete = True

    def _multiply_by_looking(self, point: _Point) -> bool:
        seen = self.priced.look(point.at, self.is_over, is_every=True) if self.priced else None
        if seen is None or seen.how == "part":
            return False
        for numbers in seen.taken:
            self._equal(point, self.model.arrays.taken(numbers))
        return True

    def _multiply(self, point: _Point) -> bool:
        rows = self.steps.at_least(point.at)
        outcome = Outcome("feasible", "", point.taken)
        while outcome.has_plan:
            rows = (*rows, not_again(self.program, outcome))
            outcome = self.model.ask(self.left(), Twist(gain={}, rows=rows))
            if outcome.has_plan:
                self._equal(point, outcome.taken)
        return outcome.status == "infeasible"

    def _equal(self, point: _Point, taken: Taken) -> None:
        values = self.judge(taken)
        if values is not None:
            self.points.append(_Point(point.at, tuple(values), taken, True))

    def found(self, began: float) -> Efficients:
        """What is known of the frontier by now."""
        front = self._front()
        kept = [p for p in front if self.is_complete or self._is_proved(p)]
        kept.sort(key=lambda p: p.values, reverse=True)
        found: Status = "feasible" if kept else "no-answer"
        if self.is_complete:
            found = "optimal" if kept else "infeasible"
        unexplored = 0.0 if self.is_complete else self._unexplored()
        return Efficients(
            tuple(Efficient(p.values, p.taken) for p in kept),
            self.is_complete, unexplored, self.steps.tolerance, time.monotonic() - began, found,
        )  # fmt: skip

    def _is_proved(self, point: _Point) -> bool:
        known = self.zones is not None and self.zones.holds_none_above(point.at)
        return point.is_proved or known

    def _unexplored(self) -> float:
        return 1.0 if self.zones is None else self.zones.unexplored()

    def _front(self) -> list[_Point]:
        """The points that no other dominates; unless every plan is asked for, one plan a point."""
        known: dict[object, _Point] = {}
        for point in self.points:
            known.setdefault(self._key(point), point)
        points = list(known.values())
        every = np.array([point.at for point in points])
        return [
            point
            for point in points
            if not (
                (every >= point.at - NEAR).all(axis=1) & (every > point.at + NEAR).any(axis=1)
            ).any()
        ]

    def _key(self, point: _Point) -> object:
        if not self.every:
            return tuple(np.round(point.at, 3))
        return frozenset(c for c in self.program.whole if point.taken.get(c, 0.0) > 0.5)

    def is_over(self) -> bool:
        """Whether time ran out, or the one who follows says stop."""
        watch = self.search.watch
        return time.monotonic() >= self.ends or (watch is not None and watch.is_stopped())

    def left(self) -> Search:
        """A search for the time that is left, to the proof."""
        return replace(self.search, gap=0.0, seconds=max(0.0, self.ends - time.monotonic()))

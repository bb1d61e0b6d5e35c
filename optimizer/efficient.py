"""The points of a program that nothing dominates, for two or more gains, every one of them."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer.arrays import Numbers
from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.priced import Priced
from optimizer.program import Program
from optimizer.search import Outcome, Search
from optimizer.steps import Steps
from optimizer.trials import not_again
from optimizer.zones import Zones
from portfolio.choices import Column
from portfolio.plan import Status
from portfolio.rules import Row
from portfolio.rules.row import total

Taken = Mapping[Column, float]
Judge = Callable[[Taken], Sequence[float] | None]
NEAR = 1e-3  # of a step: values nearer than that are the same


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
        self.program, self.steps, self.judge, self.every = program, steps, judge, every
        self.search, self.ends = search.aside(), time.monotonic() + search.seconds
        self.model = Model(program)
        self.points: list[_Point] = []
        self.refused: tuple[Row, ...] = ()
        self.is_complete = False
        self.zones = self._box()
        self.priced = self._priced()

    def _box(self) -> Zones | None:
        """The box that the linear relaxation allows; None when there is no plan at all."""
        ends = []
        for weight in (*np.eye(len(self.steps.size)), *-np.eye(len(self.steps.size))):
            relaxed = self.model.relaxed(Twist(gain=self.steps.weighed(weight)))
            if relaxed is None:
                self.is_complete = self.model.ask(self.left()).status == "infeasible"
                return None
            ends.append(relaxed.best)
        high, low = np.split(np.array(ends), 2)
        exact, room = self.steps.is_exact, 1e-6 * (1.0 + np.maximum(abs(high), abs(low)))
        high, low = high + room, -low - room
        return Zones(np.where(exact, np.ceil(low), low), np.where(exact, np.floor(high), high))

    def _priced(self) -> Priced | None:
        if self.zones is None:
            return None
        return Priced.of(self.model.arrays, self.steps, self.zones.high - self.zones.low + 1.0)

    def explore(self) -> None:
        """Search every zone, the largest first, until none is left or time is."""
        assert self.zones is not None
        while len(self.zones):
            if self.is_over():
                return
            at = self.zones.largest()
            corner, top = self.zones.corners[at], self.zones.tops[at]
            if self._look(at, corner):
                continue
            outcome, weights = self._ask(corner, top)
            if outcome.status == "infeasible":
                self.zones.close(at)
            elif outcome.has_plan:
                self._note(corner, outcome, weights)
            else:
                return
        self.is_complete = True

    def _look(self, at: int, corner: Numbers) -> bool:
        """Whether compiled code could search the zone; what it finds is kept."""
        assert self.zones is not None
        seen = self.priced.look(corner) if self.priced else None
        if seen is None:
            return False
        plans = [self.model.arrays.taken(numbers) for numbers in seen.taken]
        values = [self.judge(plan) for plan in plans]
        if any(value is None for value in values):
            self.priced = None  # its arithmetic is not fine enough for these numbers
            return False
        if seen.how != "part":
            self.zones.close(at)
        for plan, value in zip(plans, values, strict=True):
            assert value is not None
            place = self.steps.count(value)
            self.points.append(_Point(place, tuple(value), plan, seen.how == "whole"))
            self.zones.split(np.maximum(place, corner))
        return True

    def _ask(self, corner: Numbers, top: Numbers) -> tuple[Outcome, Numbers]:
        """The plan in the zone that gains most, each objective weighed by the zone's width."""
        weights = 1.0 / np.maximum(top - corner + 1.0, 1.0)
        rows = (*self.steps.at_least(corner), *self.refused)
        twist = Twist(gain=self.steps.weighed(weights), rows=rows)
        return self.model.ask(self.left(), twist), weights

    def _note(self, corner: Numbers, outcome: Outcome, weights: Numbers) -> None:
        """Keep the plan's point, or cut the plan off when plain arithmetic refuses it."""
        assert self.zones is not None
        values = self.judge(outcome.taken)
        if values is None:
            self.refused += (not_again(self.program, outcome),)
            return
        at = self.steps.count(values)
        lead = np.inf if outcome.bound is None else outcome.bound - float(weights @ at)
        is_proved = bool(lead < 0.5 * weights.min())
        self.points.append(_Point(at, tuple(values), outcome.taken, is_proved))
        self.zones.split(np.maximum(at, corner))

    def multiply(self) -> None:
        """Find every other plan of each point."""
        self.is_complete = False
        for point in self._front():
            rows = (*self.steps.at_least(point.at), *self.refused)
            outcome = Outcome("feasible", "", point.taken)
            while outcome.has_plan:
                rows = (*rows, not_again(self.program, outcome))
                outcome = self.model.ask(self.left(), Twist(gain={}, rows=rows))
                values = self.judge(outcome.taken) if outcome.has_plan else None
                if values is not None:
                    self.points.append(_Point(point.at, tuple(values), outcome.taken, True))
            if outcome.status != "infeasible" or self.is_over():
                return
        self.is_complete = True

    def found(self, began: float) -> Efficients:
        """What is known of the frontier by now."""
        front = self._front()
        kept = [p for p in front if p.is_proved or self.is_complete]
        kept.sort(key=lambda p: p.values, reverse=True)
        found: Status = "feasible" if kept else "no-answer"
        if self.is_complete:
            found = "optimal" if kept else "infeasible"
        unexplored = 0.0 if self.is_complete else self._unexplored()
        return Efficients(
            tuple(Efficient(p.values, p.taken) for p in kept),
            self.is_complete, unexplored, self.steps.tolerance, time.monotonic() - began, found,
        )  # fmt: skip

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

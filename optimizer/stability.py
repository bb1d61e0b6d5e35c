"""Weight stability: how far each weight can move before another set of projects is better.

One weight moves, the others keep their proportions. The worth of a plan is then a straight line,
and that of the best plan a convex broken line above it: the end of a band is found by exact solves
where lines meet (Newton's steps; Dinkelbach 1967 for the same idea on ratios).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.prices import moved
from optimizer.program import starts, write
from optimizer.search import Search
from optimizer.trials import plan_of
from optimizer.valued import Valued
from portfolio.choices import Column
from portfolio.plan import Plan, broken, taken
from portfolio.question import Question
from portfolio.rules import Row
from portfolio.rules.row import total
from portfolio.weights import weighted

Taken = Mapping[Column, float]
Parts = Mapping[str, Mapping[str, float]]  # project -> criterion -> value if it had all the weight

SAME = 1e-7  # relative difference under which two worths are the same
STEPS = 50  # of Newton's, at most; each meets another plan


@dataclass(frozen=True, slots=True)
class End:
    """Where a band ends.

    at               the set is best up to here; 0 or 1 = nothing can overtake it on that side
    sure             proved best up to here; equal to ``at`` when the end is proved
    enters, leaves   what the plan that takes over brings and drops; empty when none does
    """

    at: float
    sure: float
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    @property
    def is_proved(self) -> bool:
        return self.at == self.sure


@dataclass(frozen=True, slots=True)
class Band:
    """The weights of one criterion, all others in proportion, at which the set of projects is best.

    weight   now; 0..1
    """

    criterion: str
    weight: float
    low: End
    high: End


def bands(
    question: Question, plan: Plan, parts: Parts, weights: Mapping[str, float], search: Search
) -> tuple[Band, ...]:
    """The band of each criterion, in the order of ``weights``.

    plan      the best under ``weights``
    parts     what each criterion gives each project; its value is their weighted sum
    weights   criterion -> weight; they add up to 1
    Time is shared among the ends; where it runs out, an end lies between ``sure`` and ``at``.
    """
    walk = Walk(question, plan, search)
    ends, left = time.monotonic() + search.seconds, 2 * len(weights)
    found = []
    for criterion, weight in weights.items():
        line = _ray(walk.valued, parts, weights, criterion)
        sides = []
        for edge in (0.0, 1.0):
            seconds = max(0.0, ends - time.monotonic()) / max(1, left)
            sides.append(walk.end(line, weight, edge, replace(search, seconds=seconds)))
            left -= 1
        found.append(Band(criterion, weight, *sides))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Ray:
    """The gain as it moves in a straight line, from ``start`` at 0 to ``end`` at 1."""

    start: Mapping[Column, float]
    end: Mapping[Column, float]

    def gain(self, at: float) -> dict[Column, float]:
        """What each column adds so far along the line."""
        columns = dict.fromkeys([*self.start, *self.end])
        return {
            c: (1 - at) * self.start.get(c, 0.0) + at * self.end.get(c, 0.0) for c in columns
        }

    def ends(self, columns: Mapping[Column, float]) -> tuple[float, float]:
        """What a plan is worth at 0, and at 1."""
        return total(self.start, columns)[0], total(self.end, columns)[0]


def _ray(valued: Valued, parts: Parts, weights: Mapping[str, float], criterion: str) -> Ray:
    """As one weight moves from 0 to 1 and the others keep their proportions."""
    rest = 1.0 - weights[criterion]
    others = {c: 0.0 if c == criterion else w for c, w in weights.items()}
    if rest > 0:
        others = {c: w / rest for c, w in others.items()}
    else:  # nothing to keep in proportion: the others share alike
        alike = 1.0 / max(1, len(weights) - 1)
        others = {c: 0.0 if c == criterion else alike for c in weights}
    start = valued.gain(weighted(parts, others))
    return Ray(start, valued.gain(weighted(parts, {criterion: 1.0})))


class Walk:
    """One plan, and the model asked for better ones."""

    def __init__(self, question: Question, plan: Plan, search: Search) -> None:
        self.search = replace(search, threads=1, gap=0.0).aside()
        self.question, self.plan, self.on = question, plan, question.choices()
        self.valued = Valued.of(question, self.on)
        self.own = taken(plan, question, self.on)
        self.model = Model(write(question, self.on), [self.own])

    def end(self, ray: Ray, weight: float, edge: float, search: Search) -> End:
        """Where the set of projects stops being best, from ``weight`` on towards ``edge``.

        A plan that does the same projects otherwise goes on for the set.
        """
        ends, at, own = time.monotonic() + search.seconds, weight, self.own
        for _ in range(STEPS):
            line = self._line(ray, at, own, edge, replace(search, seconds=ends - time.monotonic()))
            if line.over is None:
                return End(edge, edge if line.is_proved else at)
            same = self._same(ray, line, replace(search, seconds=ends - time.monotonic()))
            if not line.is_proved or same is None:
                successor = Plan(starts(line.over), {})
                sure = line.at if line.is_proved else at
                return End(line.at, sure, *moved(self.plan, successor))
            at, own = line.at, same
        return End(edge, at)

    def _line(
        self, ray: Ray, weight: float, own: Taken, edge: float, search: Search
    ) -> "_Line":
        """Where the line of one plan, best at ``weight``, leaves that of the best plan."""
        ends, at, until = time.monotonic() + search.seconds, edge, edge
        over: Taken | None = None
        for _ in range(STEPS):
            other, is_proved = self._best(ray, at, (), ends - time.monotonic())
            if other is None:
                return _Line(at, until, over, False)
            if not _leads(ray, other, own, at):
                return _Line(at, until, over, is_proved)
            at, until, over = _meet(ray, own, other, at, weight), at, other
            if at == weight:
                return _Line(at, until, over, True)
        return _Line(at, until, over, False)

    def _same(self, ray: Ray, line: "_Line", search: Search) -> Taken | None:
        """What does the same projects and is as good as what took over, where there is such."""
        assert line.over is not None
        terms: dict[Column, float] = {
            start: 1.0 if start.project in self.plan.starts else -1.0 for start in self.on.starts
        }
        rows = (Row(("same",), terms, ">=", float(len(self.plan.starts))),)
        middle = (line.at + line.until) / 2
        same, _ = self._best(ray, middle, rows, search.seconds)
        return same if same and not _leads(ray, line.over, same, middle) else None

    def _best(
        self, ray: Ray, at: float, rows: tuple[Row, ...], seconds: float
    ) -> tuple[Taken | None, bool]:
        """(what the best plan takes at that weight, whether that is proved)."""
        left = replace(self.search, seconds=max(0.0, seconds))
        outcome = self.model.ask(left, Twist(gain=ray.gain(at), rows=rows))
        plan = plan_of(outcome)
        if not outcome.has_plan or broken(plan, self.question):
            return None, False
        return taken(plan, self.question, self.on), outcome.status == "optimal"


@dataclass(frozen=True, slots=True)
class _Line:
    """at      the plan is best up to there       over   what is better beyond; None = nothing
    until   what is over is the best from ``at`` to there
    """

    at: float
    until: float
    over: Taken | None
    is_proved: bool


def _leads(ray: Ray, other: Taken, own: Taken, at: float) -> bool:
    """Whether the other plan is worth more at that weight."""
    (a, b), (c, d) = ray.ends(own), ray.ends(other)
    mine, its = (1 - at) * a + at * b, (1 - at) * c + at * d
    return its - mine > SAME * max(1.0, abs(mine))


def _meet(ray: Ray, own: Taken, other: Taken, at: float, weight: float) -> float:
    """The weight between ``weight`` and ``at`` where the two plans are worth the same."""
    (a, b), (c, d) = ray.ends(own), ray.ends(other)
    lead = (c - a) + at * ((d - b) - (c - a))
    slope = (d - b) - (c - a)
    if not slope:
        return weight
    meets = at - lead / slope
    low, high = sorted((weight, at))
    return min(high, max(low, meets))

"""How far the value of one project can move, alone, before another set of projects is better.

Exact: the worth of a plan is a straight line in that value, and the best plan's a convex broken
line; the lines meet where the set changes (see optimizer.stability).
"""

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from optimizer.search import Search
from optimizer.stability import Ray, Walk
from optimizer.trials import LANES
from portfolio.plan import Plan
from portfolio.question import Question

EACH = 120.0  # most take less than one: what is left is for the few that are hard
Reach = Mapping[str, tuple[float, float]]  # project -> (least, most) value looked at


@dataclass(frozen=True, slots=True)
class Side:
    """Where the set of projects changes, on one side of a project's value.

    at               the value at which it does, if not before; None = nowhere within reach
    sure             proved not to change up to here: ``at``, where that is proved
    enters, leaves   what the set that takes over brings and drops
    """

    at: float | None
    sure: float
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Margin:
    """The values of one project, all others as they are, between which the set is the best."""

    project: str
    value: float
    below: Side
    above: Side

    @property
    def is_proved(self) -> bool:
        """Whether both ends are, or that there is none within reach."""
        return all(side.at is None or side.at == side.sure for side in (self.below, self.above))


def margins(
    question: Question, plan: Plan, reach: Reach, search: Search
) -> Iterator[Margin]:
    """The margin of each project of ``reach``, in its order, each as soon as it is known.

    plan    the best plan of the question, proved
    reach   how far down and up to look; the value now lies between
    A project has EACH seconds at most, all of them ``search.seconds``; where time runs out, an end
    lies between ``sure`` and ``at``.
    """
    ends, codes = time.monotonic() + search.seconds, list(reach)
    lanes = [_Lane(question, plan, search) for _ in range(min(LANES, len(codes)))]
    with ThreadPoolExecutor(max(1, len(lanes))) as pool:
        for at in range(0, len(codes), LANES):
            seconds = min(EACH, max(0.0, ends - time.monotonic()))
            some = codes[at : at + LANES]
            yield from pool.map(
                lambda lane, code, each=seconds: lane.margin(code, *reach[code], each), lanes, some
            )


class _Lane:
    """One model, asked project after project: the same ones on any machine."""

    def __init__(self, question: Question, plan: Plan, search: Search) -> None:
        self.walk, self.plan, self.search = Walk(question, plan, search), plan, search
        self.values = {project.code: project.value for project in question.projects}
        self.units: dict[str, list[float]] = {code: [] for code in self.values}
        for start, unit in self.walk.valued.unit.items():
            self.units[start.project].append(unit)
        own = {s.project: u for s, u in self.walk.valued.unit.items() if s in self.walk.own}
        self.own: Mapping[str, float] = {code: own.get(code, 0.0) for code in self.values}

    def margin(self, project: str, low: float, high: float, seconds: float) -> Margin:
        value, search = self.values[project], replace(self.search, seconds=seconds / 2)
        # The plan gains or loses as much as any other could: its line cannot be crossed.
        is_least = self.own[project] <= min([0.0, *self.units[project]])
        is_most = self.own[project] >= max([0.0, *self.units[project]])
        below = Side(None, low) if is_least else self._side(project, value, low, search)
        above = Side(None, high) if is_most else self._side(project, value, high, search)
        return Margin(project, value, below, above)

    def _side(self, project: str, value: float, edge: float, search: Search) -> Side:
        """From the value towards the edge, which lies at 1 of the line."""
        if edge == value:
            return Side(None, edge)
        gain, values = self.walk.valued.gain, self.values
        ray = Ray(gain(values), gain({**values, project: edge}))
        end = self.walk.end(ray, 0.0, 1.0, search)
        sure = value + end.sure * (edge - value)
        if end.at == 1.0 and end.is_proved:
            return Side(None, edge)
        at = sure if end.is_proved else value + end.at * (edge - value)
        return Side(at, sure, end.enters, end.leaves)

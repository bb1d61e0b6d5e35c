"""Zones asked of a solver, several at once, each in a lane that has a model of its own."""

import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Literal

import highspy
import numpy as np

from optimizer.arrays import Arrays, Numbers, lines, spread
from optimizer.model import FROM_A_GOOD_START, IMPOSSIBLE, NAME, PLAIN, load, options_of, until
from optimizer.program import Program
from optimizer.search import Outcome, Search, Watch
from optimizer.steps import Steps
from optimizer.zones import Zone
from portfolio.choices import Column
from portfolio.plan import Status
from portfolio.rules import Row

Taken = Mapping[Column, float]
Starts = tuple[Taken | None, Taken | None]  # one that fits the task, one that just does not
BRIEF = 2.0  # seconds, at most, to look for a better start
LARGEST = 100.0  # the gains are scaled for their largest to be this: solvers are exact there
ROOTED: dict[str, Any] = {"mip_allow_restart": False}
LANES = 4  # on any machine: the same plans are found everywhere
ASIDE = 0.5  # of a step: what the objective held is worth beside a whole one that is maximised


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked of a zone.

    how      inside: the plan that gains most of all objectives, each weighed by the zone's width;
             along: the one that gains most of the objective ``main``, whatever it is, the others
             being at ``least``: some plan known does, and starts the search
    weight   of each objective; ties in the main one are for the most of the others
    """

    zone: Zone
    how: Literal["inside", "along"]
    least: Numbers
    weight: Numbers
    main: int = 0
    is_halved: bool = False

    @classmethod
    def inside(cls, zone: Zone) -> "Task":
        return cls(zone, "inside", zone.corner, 1.0 / np.maximum(zone.top - zone.corner + 1.0, 1.0))

    @classmethod
    def along(cls, zone: Zone, main: int, high: Numbers, is_halved: bool) -> "Task":
        """From the zone's corner, or from half its height.

        high   what the others may be in the plan that the search starts from
        """
        middle = np.ceil((zone.corner + zone.top) / 2.0)
        least = middle if is_halved else zone.corner
        weight = (
            ASIDE / (len(least) - 1) / np.maximum(np.maximum(high, zone.top) - least + 1.0, 1.0)
        )
        weight[main] = 1.0
        weight /= max(1.0, float(zone.top[main] - zone.corner[main]))
        return cls(zone, "along", least, weight, main, is_halved)

    def above(self, bound: float, unit: Numbers, is_exact: bool) -> Numbers:
        """The corner at which no plan is, nor above, when none has more than that bound."""
        held = self.weight * self.least
        most = (bound - held.sum() + held[self.main]) / self.weight[self.main]
        corner = self.least.copy()
        corner[self.main] = (np.floor(most) if is_exact else most) + unit[self.main]
        return corner


class Lane:
    """One HiGHS model of a program with its objectives as rows, asked again and again.

    It works on one thread, from the start it is given, and looks for no other by itself: where the
    start is a neighbour, that takes half the time (measured).
    """

    def __init__(self, program: Program, steps: Steps) -> None:
        self.steps = steps
        self._height, count = len(program.rows), len(steps.gains)
        asked = Program(program.most, {}, (*program.rows, *steps.at_least(np.zeros(count))))
        self._arrays = Arrays.of(asked)
        self._gains = np.array([spread(g, self._arrays.place) for g in steps.gains])
        self._gains *= self._arrays.unit / steps.size[:, None]
        self._highs = load(self._arrays)

    def refuse(self, row: Row) -> None:
        """Keep that row, too, from now on."""
        more = lines((row,), self._arrays.place, self._arrays.unit)
        self._highs.addRows(
            1, more.low, more.high, len(more.number), more.first[:-1], more.column, more.number
        )

    def ask(self, task: Task, search: Search, starts: Starts) -> Outcome:
        """The best plan for the task; "infeasible" is said twice before it is believed."""
        self._pose(task)
        ends = time.monotonic() + search.seconds
        start = self._between(task, search, *starts) if all(starts) else starts[0]
        is_near = start is not None and (starts[1] is not None or not task.is_halved)
        outcome = self._run(task, search, start, FROM_A_GOOD_START if is_near else ROOTED)
        if outcome.status == "infeasible":
            left = replace(search, seconds=max(0.0, ends - time.monotonic()))
            again = self._run(task, left, None, {"presolve": "off"})
            return outcome if again.status == "infeasible" else again
        return outcome

    def _between(
        self, task: Task, search: Search, start: Taken | None, beyond: Taken | None
    ) -> Taken | None:
        """The best plan that has all that the two have in common, or the start."""
        one, other = (self._arrays.plan(taken or {}) for taken in (start, beyond))
        shared = self._arrays.is_whole & (one == other)
        every = np.arange(len(one), dtype=np.int32)
        most = self._arrays.most
        least, top = np.where(shared, one, 0.0), np.where(shared, one, most)
        self._highs.changeColsBounds(len(one), every, least, top)
        brief = replace(search, seconds=min(BRIEF, search.seconds))
        near = self._run(task, brief, start, FROM_A_GOOD_START)
        self._highs.changeColsBounds(len(one), every, np.zeros(len(one)), most)
        return near.taken if near.has_plan else start

    def _pose(self, task: Task) -> None:
        gain = task.weight @ self._gains
        count = len(gain)
        self.scale = LARGEST / max(1e-300, float(abs(gain).max(initial=0.0)))
        self._highs.changeColsCost(count, np.arange(count, dtype=np.int32), -self.scale * gain)
        places = np.arange(self._height, self._height + len(self.steps.size), dtype=np.int32)
        least = self.steps.blurred(task.least) * self._arrays.lines.factor[places]
        if task.how == "along":
            least[task.main] = -np.inf
        self._highs.changeRowsBounds(len(places), places, least, np.full(len(places), np.inf))
        self._gain = gain

    def _run(
        self, task: Task, search: Search, start: Taken | None, options: Mapping[str, Any]
    ) -> Outcome:
        h = self._highs
        h.clearSolver()
        told = {**options_of(replace(search, threads=1)), **options}
        told["time_limit"] = until(h, self._arrays, search.seconds)
        for name, option in told.items():
            h.setOptionValue(name, option)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = self._arrays.plan(start).tolist()
            h.setSolution(solution)
        if search.watch:
            _follow(h, search.watch)
        h.run()
        if search.watch:
            h.setCallback(None, None)
        for name in options:
            h.setOptionValue(name, PLAIN[name])
        return self._heard(task)

    def _heard(self, task: Task) -> Outcome:
        h = self._highs
        info = h.getInfo()
        if h.getModelStatus() in IMPOSSIBLE:
            return Outcome("infeasible", NAME)
        is_bound = np.isfinite(info.mip_dual_bound)
        bound = -info.mip_dual_bound / self.scale if is_bound else None
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Outcome("no-answer", NAME, bound=bound)
        numbers = np.array(h.getSolution().col_value)
        numbers = np.where(self._arrays.is_whole, np.round(numbers), numbers)
        worth = float(self._gain @ numbers)
        is_best = bound is not None and bound - worth <= 1e-6 * max(1.0, abs(worth))
        status: Status = "optimal" if is_best else "feasible"
        return Outcome(status, NAME, self._arrays.taken(numbers), bound)


def _follow(h: Any, watch: Watch) -> None:  # noqa: ANN401 - a C++ object
    """End the solve when the watch says so."""

    def heard(_: object, __: str, ___: object, reply: Any, ____: object) -> None:  # noqa: ANN401
        reply.user_interrupt = watch.is_stopped()

    h.setCallback(heard, None)
    h.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt)
    h.startCallback(highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt)


class Lanes:
    """As many lanes as are asked at once."""

    def __init__(self, program: Program, steps: Steps) -> None:
        self._program, self._steps = program, steps
        self._lanes: list[Lane] = []
        self._refused: list[Row] = []

    def ask(self, tasks: Sequence[Task], search: Search, starts: Sequence[Starts]) -> list[Outcome]:
        """What the solver says to each task, in order."""
        while len(self._lanes) < len(tasks):
            lane = Lane(self._program, self._steps)
            for row in self._refused:
                lane.refuse(row)
            self._lanes.append(lane)
        with ThreadPoolExecutor(min(len(tasks), os.cpu_count() or 1)) as pool:
            asked = zip(self._lanes, tasks, starts, strict=False)
            return list(pool.map(lambda one: one[0].ask(one[1], search, one[2]), asked))

    def refuse(self, row: Row) -> None:
        """Keep that row, too, from now on."""
        self._refused.append(row)
        for lane in self._lanes:
            lane.refuse(row)

"""Many weightings drawn from a weight set, and the best plan under each: shares with their error.

What is chosen in every draw is still no core: a draw can miss what a rarer weighting would show.
"""

import math
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optimizer.arrays import Numbers
from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.program import write
from optimizer.search import Search, Watch
from optimizer.trials import plan_of
from optimizer.valued import Valued, Values
from portfolio.plan import Plan, broken, taken
from portfolio.question import Question
from portfolio.rules.row import total
from portfolio.walk import walked
from portfolio.weights import WeightSet

TOGETHER = 20  # draws answered one after the other by one model: the same groups on any machine

Make = Callable[[Watch], Callable[[Any], Any]]
Run = Callable[[Make, Sequence[Any], Watch], list[Any]]


def in_turn(make: Make, things: Sequence[Any], watch: Watch) -> list[Any]:
    """The work on every thing, one after the other, until the watch says stop."""
    work, results = make(watch), list[Any]()
    for thing in things:
        if watch.is_stopped():
            break
        results.append(work(thing))
        watch.heard(float(len(results)), float(len(things)))
    return results


@dataclass(frozen=True, slots=True)
class Share:
    """In what share of the draws something holds, and the standard error of that share."""

    share: float
    error: float

    @classmethod
    def of(cls, count: int, draws: int) -> "Share":
        """``count`` of so many independent draws.

        The error is sqrt(p (1 - p) / n) with p = (count + 1) / (n + 2) (Laplace), so that a share
        of 0 or 1 is not told as certain.
        """
        p = (count + 1) / (draws + 2)
        return cls(count / draws if draws else 0.0, math.sqrt(p * (1 - p) / max(draws, 1)))


@dataclass(frozen=True, slots=True)
class Answered:
    """The best plan found for one draw: its projects, in declared order, and its objective.

    objective   None = no plan keeps the rules under this draw
    """

    projects: tuple[str, ...]
    objective: float | None
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Sampled:
    """chosen      project -> in what share of the weightings the best plan takes it
    portfolios  the sets of projects chosen, the most frequent first, with their share
    draws       weightings answered, of ``asked``; all proved but ``unproved``
    impossible  of those, the draws under which there is no plan: no project is chosen
    """

    chosen: Mapping[str, Share]
    portfolios: tuple[tuple[tuple[str, ...], Share], ...]
    draws: int
    asked: int
    unproved: int
    impossible: int
    seconds: float


def weightings(weights: WeightSet, count: int, seed: int) -> tuple[Mapping[str, float], ...]:
    """``count`` independent weightings, spread evenly over the set.

    Each is the end of its own hit-and-run walk (Smith 1984). The same seed, the same weightings.
    """
    corners = np.array([[c[name] for name in weights.criteria] for c in weights.corners()])
    drawn = _walk(corners, np.array(weights.walls()), np.random.default_rng(seed), count)
    drawn = np.maximum(drawn, 0.0)
    drawn /= drawn.sum(axis=1, keepdims=True)
    return tuple(dict(zip(weights.criteria, map(float, row), strict=True)) for row in drawn)


def sample(
    question: Question, values: Sequence[Values], search: Search,
    run: Run = in_turn, plan: Plan | None = None,
) -> Sampled:  # fmt: skip
    """What the best plan takes under each of the values drawn (one {project: value} a draw)."""
    began = time.monotonic()
    given = answers(question, values, search, run, plan)
    known = [answer for answer in given if answer is not None]
    return counted(question, known, len(values), time.monotonic() - began)


def answers(
    question: Question, values: Sequence[Values], search: Search,
    run: Run = in_turn, plan: Plan | None = None,
) -> list[Answered | None]:  # fmt: skip
    """The best plan under each of the values, in order; None where none was found in time.

    search   ``seconds`` is the time allowed for each; stopped, the first answers are given
    plan     any plan of the question, to start from
    run      who does the work; the answers are the same whoever does
    """
    make = Weighing(question, replace(search, watch=None), plan)
    groups = [values[at : at + TOGETHER] for at in range(0, len(values), TOGETHER)]
    return [answer for group in run(make, groups, search.watch or Watch()) for answer in group]


@dataclass(frozen=True, slots=True)
class Weighing:
    """Loads a question once, then answers groups of values with it."""

    question: Question
    search: Search
    plan: Plan | None = None

    def __call__(self, watch: Watch) -> Callable[[Sequence[Values]], list[Answered | None]]:
        on = self.question.choices()
        valued, program = Valued.of(self.question, on), write(self.question, on)
        begin = [taken(self.plan, self.question, on)] if self.plan else []
        loaded = Model(program, begin)
        search = replace(self.search, threads=1, watch=asking(watch))
        order = {code: at for at, code in enumerate(on.candidates)}

        def answer(group: Sequence[Values]) -> list[Answered | None]:
            model = loaded.twin()  # what one group learns must not change what another answers
            return [one(model, values) for values in group if not watch.is_stopped()]

        def one(model: Model, values: Values) -> Answered | None:
            gain = valued.gain(values)
            outcome = model.ask(search, Twist(gain=gain))
            if not outcome.has_plan:
                return None
            found = plan_of(outcome)
            if broken(found, self.question):
                return None
            chosen = tuple(sorted(found.starts, key=order.__getitem__))
            worth, _ = total(gain, outcome.taken)
            return Answered(chosen, worth, outcome.status == "optimal")

        return answer


def asking(watch: Watch) -> Watch | None:
    """Who is asked whether to stop during a solve; None where nobody ever says so.

    Asking takes an eighth of the time of short solves.
    """
    return None if type(watch) is Watch else _Asking(watch)


class _Asking(Watch):
    """Asked whether to stop; told nothing."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def is_stopped(self) -> bool:
        return self._watch.is_stopped()


def counted(
    question: Question, answers: Sequence[Answered], asked: int, seconds: float
) -> Sampled:
    """What so many answers say, of so many draws asked."""
    draws = len(answers)
    sets = Counter(a.projects for a in answers if a.objective is not None)
    chosen = Counter(code for answer in answers for code in answer.projects)
    return Sampled(
        {p.code: Share.of(chosen[p.code], draws) for p in question.projects},
        tuple((projects, Share.of(count, draws)) for projects, count in sets.most_common()),
        draws,
        asked,
        sum(not answer.is_proved for answer in answers),
        sum(answer.objective is None for answer in answers),
        seconds,
    )


def _walk(corners: Numbers, walls: Numbers, dice: np.random.Generator, count: int) -> Numbers:
    """From means of the corners, along the flat that they span."""
    _, sizes, axes = np.linalg.svd(corners - corners.mean(axis=0))
    begin: Numbers = dice.dirichlet(np.ones(len(corners)), count) @ corners
    return walked(begin, axes[: int((sizes > 1e-9).sum())], walls, dice)

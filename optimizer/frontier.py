"""The exact frontier of a question: for two or three objectives, every plan that none dominates."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from optimizer.efficient import Efficient, Efficients, Judge, Taken, nondominated
from optimizer.prices import moved
from optimizer.program import standalone, starts, write
from optimizer.search import Search
from optimizer.sweep import Rise, Sweep, sweep
from portfolio.choices import Column
from portfolio.errors import Invalid
from portfolio.plan import Plan, Proof, Status, broken, taken
from portfolio.question import Question
from portfolio.rules.row import total

__all__ = [
    "Efficient", "Efficients", "Frontier", "Point", "Rise", "Sweep", "frontier", "nondominated",
    "sweep",
]  # fmt: skip

Asked = str | Mapping[str, float]  # an objective, as in a question's ``maximize``
SEARCH = Search(300.0)


@dataclass(frozen=True, slots=True)
class Point:
    """A plan that no other dominates.

    objectives       name -> what the plan reaches of it, by plain arithmetic
    enters, leaves   projects, against the point before
    """

    objectives: Mapping[str, float]
    plan: Plan
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frontier:
    """points        sorted by the first objective, the smallest first
    is_complete   no point is missing: proved
    unexplored    share of the box of possible values where a point not found could still be
    tolerance     by objective: 0 = exact; else points nearer than that may be told by one of them
    status        optimal when complete, feasible when stopped early, infeasible, no-answer
    """

    points: tuple[Point, ...]
    is_complete: bool
    unexplored: float
    tolerance: Mapping[str, float]
    seconds: float
    status: Status


def frontier(
    question: Question, objectives: Sequence[Asked], search: Search = SEARCH,
    tolerance: Mapping[str, float] | None = None,
) -> Frontier:  # fmt: skip
    """Every combination of two or three objectives that no plan betters in one and equals in all.

    objectives   named as in ``maximize`` ("-cost"), or weights of several names
    tolerance    name -> how near two points may be in it and count as one; not named = exact where
                 the data allow
    Stopped early, by time or by the watch: fewer points, each of which no plan dominates.
    """
    began = time.monotonic()
    names = _names(question, objectives)
    question = _asking(question, objectives)
    on = question.choices()
    gains = [question.gain(on, question.objective(asked)) for asked in objectives]

    steps = [None if tolerance is None else tolerance.get(name) for name in names]
    asked = write(question, on)
    found = nondominated(asked, gains, search, steps=steps, judge=judge(question, gains))
    return Frontier(
        _points(names, found), found.is_complete, found.unexplored,
        dict(zip(names, found.tolerance, strict=True)), time.monotonic() - began, found.status,
    )  # fmt: skip


def judge(question: Question, gains: Sequence[Mapping[Column, float]]) -> Judge:
    """What a solver's columns are worth by plain arithmetic; None for a plan that breaks a rule."""
    on = question.choices()

    def worths(columns: Taken) -> list[float] | None:
        plan = Plan(starts(columns), standalone(columns))
        if broken(plan, question):
            return None
        settled = taken(plan, question, on)
        return [total(gain, settled)[0] for gain in gains]

    return worths


def _names(question: Question, objectives: Sequence[Asked]) -> list[str]:
    """One name an objective, each known to the question and asked once."""
    if not 2 <= len(objectives) <= 3:
        raise Invalid("out-of-range", field="objectives", found=len(objectives), low=2, high=3)
    for asked in objectives:
        replace(question, maximize=asked)
    return [named(asked) for asked in objectives]


def _asking(question: Question, objectives: Sequence[Asked]) -> Question:
    """The same question, stating what the objectives count even where nothing else does."""
    counted = (name for asked in objectives for name in question.objective(asked))
    return replace(question, maximize={**dict.fromkeys(counted, 0.0), **question.objective()})


def named(asked: Asked) -> str:
    """An objective in one word: value, -cost, value+0.01*interest."""
    if isinstance(asked, str):
        return asked
    return "+".join(name if weight == 1 else f"{weight:g}*{name}" for name, weight in asked.items())


def _points(names: Sequence[str], found: Efficients) -> tuple[Point, ...]:
    """The points in order, each against the one before."""
    points: list[Point] = []
    for efficient in sorted(found.points, key=lambda one: one.values):
        plan = Plan(starts(efficient.taken), standalone(efficient.taken), Proof("optimal"))
        changed = moved(points[-1].plan, plan) if points else ((), ())
        points.append(Point(dict(zip(names, efficient.values, strict=True)), plan, *changed))
    return tuple(points)

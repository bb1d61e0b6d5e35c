"""What the best plan would be if something were otherwise, re-checked by plain arithmetic."""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

from optimizer import program
from optimizer.again import Again
from optimizer.posed import Twist
from optimizer.program import Program
from optimizer.search import Outcome, Search
from portfolio.choices import Column
from portfolio.plan import Plan, Status, broken, taken, worth
from portfolio.question import Question
from portfolio.rules import Row
from portfolio.rules.row import total

T = TypeVar("T")
R = TypeVar("R")

LANES = 2  # how the work is shared out, on any machine: the same plans are found everywhere
REPAIRS = 10  # how often a plan that plain arithmetic refuses is cut off and asked again
SAME = 1e-9  # relative difference under which two worths are the same


@dataclass(frozen=True, slots=True)
class Trial:
    """The best plan under a twist.

    plan    None when there is none, or none was found
    worth   of the plan, by plain arithmetic, in the question's own objective
    bound   no plan under the twist is worth more; None = nothing known
    """

    status: Status
    plan: Plan | None = None
    worth: float | None = None
    bound: float | None = None

    @property
    def is_exact(self) -> bool:
        """Whether looking longer cannot change it."""
        return self.status in ("optimal", "infeasible")


class Trials:
    """One question, loaded once, and tried many times in ways that keep all its rules."""

    def __init__(self, question: Question, asked: Program, plan: Plan | None = None) -> None:
        self.question, self.on = question, question.choices()
        self.model = Again(asked, [taken(plan, question, self.on)] if plan else [])
        if plan and plan.proof.bound is not None:
            self.model.knows(plan.proof.bound)

    def best(self, search: Search, twist: Twist) -> Trial:
        """The best plan of the question under the twist, in the question's own objective."""
        ends = time.monotonic() + search.seconds
        for _ in range(REPAIRS):
            left = replace(search, seconds=max(0.0, ends - time.monotonic()))
            outcome = self.model.ask(left, twist)
            if not outcome.has_plan:
                return Trial(outcome.status, bound=outcome.bound)
            plan = plan_of(outcome)
            if not broken(plan, self.question):
                return self._trial(plan, outcome)
            twist = replace(twist, rows=(*twist.rows, not_again(self.model.program, outcome)))
        return Trial("no-answer", bound=outcome.bound)

    def _trial(self, plan: Plan, outcome: Outcome) -> Trial:
        reached = worth(plan, self.question)
        bound = reached if outcome.status == "optimal" else outcome.bound
        return Trial(outcome.status, plan, reached, None if bound is None else max(bound, reached))

    def twin(self) -> "Trials":
        """Another of the same, for another thread."""
        other = object.__new__(Trials)
        other.question, other.on, other.model = self.question, self.on, self.model.twin()
        return other


def side_by_side(
    trials: Trials, things: Sequence[T], work: Callable[[Trials, T], R]
) -> list[R]:
    """The work on every thing, in order; shared among lanes that each have a model of their own."""
    lanes = [trials, *(trials.twin() for _ in range(min(LANES, len(things)) - 1))]

    def lane(at: int) -> list[R]:
        return [work(lanes[at], thing) for thing in things[at :: len(lanes)]]

    with ThreadPoolExecutor(min(len(lanes), os.cpu_count() or 1)) as pool:
        done = list(pool.map(lane, range(len(lanes))))
    return [done[at % len(lanes)][at // len(lanes)] for at in range(len(things))]


def plan_of(outcome: Outcome) -> Plan:
    """The plan that a solver's columns mean."""
    return Plan(program.starts(outcome.taken), program.standalone(outcome.taken))


def not_again(asked: Program, outcome: Outcome) -> Row:
    """At least one choice differs from these."""
    terms = {column: -1.0 if column in outcome.taken else 1.0 for column in asked.whole}
    return Row(("not-again",), terms, ">=", 1.0 - sum(t < 0 for t in terms.values()))


def number(gain: dict[Column, float], outcome: Outcome) -> float:
    """What the columns taken add up to."""
    return total(gain, outcome.taken)[0]


def is_same(one: float, other: float) -> bool:
    """Whether two worths differ by no more than rounding."""
    return abs(one - other) <= SAME * max(1.0, abs(one), abs(other))

"""What a rule costs, and what more of a limit buys: each by an exact answer of its own."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from optimizer.again import Again
from optimizer.doctor import rule_of
from optimizer.posed import Twist
from optimizer.program import LOGIC, write
from optimizer.room import at_least, roomy
from optimizer.search import Search
from optimizer.trials import SAME, Trials, plan_of, side_by_side
from portfolio.choices import Column
from portfolio.plan import Plan, taken
from portfolio.question import Question
from portfolio.rules import Label
from portfolio.rules.row import total

PRICED = frozenset(
    {"force-in", "force-out", "mandatory", "deadline", "floor", "ceiling", "debt-floor",
     "debt-ceiling", "red-limit", "at-most-starts", "window", "excludes", "together", "needs",
     "needs-one-of"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Price:
    """What one rule costs the objective.

    rule             label of the rule
    cost             what the best plan gains without it, at least; 0 = the rule costs nothing
    at_most          no more than that; equal to ``cost`` when it was proved
    enters, leaves   projects of the best plan without it that are not in the plan, and the reverse
    """

    rule: Label
    cost: float
    at_most: float
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        return self.cost == self.at_most


@dataclass(frozen=True, slots=True)
class Step:
    """With ``more`` of a limit, and not with less, the objective reaches ``objective``."""

    more: float
    objective: float
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """steps         from nothing more on, in order
    is_complete   every step up to what was asked is there, each proved
    """

    limit: tuple[Label, ...]
    steps: tuple[Step, ...]
    is_complete: bool


def prices(
    question: Question, plan: Plan, search: Search, kinds: frozenset[str] = PRICED
) -> tuple[Price, ...]:
    """What each rule of those kinds costs, all others kept; the dearest first."""
    asked = write(question, question.choices())
    places: dict[Label, list[int]] = {}
    for at, row in enumerate(asked.rows):
        if row.label[0] in kinds - LOGIC:
            places.setdefault(rule_of(row.label), []).append(at)
    ends = time.monotonic() + search.seconds
    best = plan.proof.objective or 0.0

    def price(trials: Trials, label: Label) -> Price:
        left = replace(search.aside(), threads=1, seconds=max(0.0, ends - time.monotonic()))
        outcome = trials.model.ask(left, Twist(free=frozenset(places[label])))
        if not outcome.has_plan:
            return Price(label, 0.0, float("inf"))
        other = plan_of(outcome)
        amount = total(asked.gain, outcome.taken)[0] - best
        cost = amount if amount > SAME * max(1.0, abs(best)) else 0.0
        bound = float("inf") if outcome.bound is None else max(cost, outcome.bound - best)
        at_most = cost if outcome.status == "optimal" else bound
        return Price(label, cost, at_most, *(moved(plan, other) if cost else ((), ())))

    found = side_by_side(Trials(question, asked, plan), list(places), price)
    return tuple(sorted(found, key=lambda one: -one.cost))


def curve(
    question: Question, plan: Plan, limit: Sequence[Label], most: float, search: Search
) -> Curve:
    """What more of a limit buys, step by step, up to ``most`` in the limit's own unit.

    limit   its rows: one period of an envelope, or all of them, to share as is best
    Each step is two exact answers: the least more that gains anything, then the most it can gain.
    """
    on = question.choices()
    room = roomy(question, on)
    columns: dict[Column, float] = {
        room.more[label]: 1.0 for label in limit if label in room.more
    }  # a limit of what nothing uses has no row
    model = Again(room.program, [taken(plan, question, on)])
    search = replace(search.aside(), threads=1)
    ends = time.monotonic() + search.seconds
    steps = [Step(0.0, plan.proof.objective or 0.0)]
    if not columns:
        return Curve(tuple(limit), tuple(steps), True)
    open_ = {c: min(most, room.needed[c]) for c in room.more.values() if c in columns}
    found = _steps(model, plan, columns, Twist(most=dict(open_.items())), steps[0], search, ends)
    complete = False
    for step, is_last in found:
        complete = is_last
        if step is not None and step.more <= most + 1e-9 * max(1.0, most):
            steps.append(step)
        elif step is not None:
            complete = True
            break
    return Curve(tuple(limit), tuple(steps), complete)


def _steps(
    model: Again, plan: Plan, columns: Mapping[Column, float], twist: Twist,
    first: Step, search: Search, ends: float,
) -> Iterator[tuple[Step | None, bool]]:  # fmt: skip
    """(the next step, whether it is known that there is none after): ends with (None, …)."""
    gain, cheapest = model.program.gain, {column: -1.0 for column in columns}
    reached, before = first.objective, plan
    while True:
        left = replace(search, seconds=max(0.0, ends - time.monotonic()))
        better = at_least(gain, reached + 1e-6 * max(1.0, abs(reached)))
        least = model.ask(left, replace(twist, gain=cheapest, rows=(better,)))
        if not least.has_plan:
            yield None, least.status == "infeasible"
            return
        more = total(columns, least.taken)[0]
        edge = at_least({column: -1.0 for column in columns}, -more - 1e-9 * max(1.0, more))
        most = model.ask(left, replace(twist, rows=(edge,)))
        if not (most.status == least.status == "optimal"):
            yield None, False
            return
        after = plan_of(most)
        reached = total(gain, most.taken)[0]
        yield Step(more, reached, *moved(before, after)), False
        before = after


def moved(plan: Plan, other: Plan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(projects that the other plan takes besides, projects that it leaves)."""
    enters = tuple(code for code in other.starts if code not in plan.starts)
    return enters, tuple(code for code in plan.starts if code not in other.starts)

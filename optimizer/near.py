"""Plans nearly as good as the best, that differ from it and from one another the most."""

import time
from dataclasses import dataclass, replace

from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.prices import moved
from optimizer.program import Program, write
from optimizer.room import at_least
from optimizer.search import Search
from optimizer.trials import SAME, plan_of
from portfolio.choices import Amount, Choices, Column
from portfolio.plan import Plan, broken, taken, worth
from portfolio.question import Question
from portfolio.rules import Row


@dataclass(frozen=True, slots=True)
class Near:
    """A plan within reach of the best.

    objective        by plain arithmetic       lost   what it lacks of the best
    enters, leaves   projects, against the best plan
    differs          the fewest projects by which it differs from the best and from those before it
    is_furthest      no plan within reach differs by more: proved
    """

    plan: Plan
    objective: float
    lost: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    differs: int
    is_furthest: bool


def near(
    question: Question, plan: Plan, within: float, count: int, search: Search
) -> tuple[Near, ...]:
    """Up to ``count`` plans worth at least the best less ``within`` of it (0.01 = 1 %).

    Each differs in as many chosen projects as can be from the best and all before it (the least of
    these differences is the greatest); fewer are given when none differs any more.
    """
    on, best = question.choices(), plan.proof.objective or worth(plan, question)
    asked = write(question, on)
    apart = Amount("apart", "", 0)
    most = dict(asked.most)
    most[apart] = float(len(on.candidates))
    model = Model(Program(most, asked.gain, asked.rows), [taken(plan, question, on)])
    good = at_least(asked.gain, best - within * abs(best) - SAME * max(1.0, abs(best)))
    ends, known, found = time.monotonic() + search.seconds, [plan], list[Near]()
    while len(found) < count:
        left = replace(search, seconds=max(0.0, ends - time.monotonic()))
        rows = (good, *(_apart(on, apart, other) for other in known))
        outcome = model.ask(left, Twist(gain={apart: 1.0}, rows=rows))
        if not outcome.has_plan:
            break
        other = plan_of(outcome)
        differs = min(_distance(other, one) for one in known)
        if not differs or broken(other, question):
            break
        reached = worth(other, question)
        lost = max(0.0, best - reached)
        is_proved = outcome.status == "optimal"
        found.append(Near(other, reached, lost, *moved(plan, other), differs, is_proved))
        known.append(other)
    return tuple(found)


def _apart(on: Choices, apart: Amount, plan: Plan) -> Row:
    """``apart`` <= number of projects in which a plan differs from that one."""
    terms: dict[Column, float] = {
        start: 1.0 if start.project in plan.starts else -1.0 for start in on.starts
    }
    terms[apart] = 1.0
    return Row(("apart",), terms, "<=", float(len(plan.starts)))


def _distance(one: Plan, other: Plan) -> int:
    return len(set(one.starts) ^ set(other.starts))



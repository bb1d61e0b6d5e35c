"""Among plans of the same worth: the least cost, then the earliest starts, then declared order."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from optimizer import program
from optimizer.model import Model
from optimizer.program import Program
from optimizer.search import Search, Solver
from portfolio.choices import Choices, Column, Start
from portfolio.plan import Plan, broken, taken, worth
from portfolio.question import Question
from portfolio.rules import Row
from portfolio.rules.row import total

SAME = 1e-9  # relative difference under which two worths are the same
STEP = 15  # columns settled at once by powers of two in the declared order


@dataclass(frozen=True, slots=True)
class Settled:
    """plan         the one plan that the tie rules name, as far as time allowed
    ties         groups of projects that can stand for one another at the same worth
    is_settled   every tie rule was carried to its proof
    """

    plan: Plan
    ties: tuple[tuple[str, ...], ...]
    is_settled: bool


def settle(
    question: Question, on: Choices, asked: Program, plan: Plan, solver: Solver, search: Search
) -> Settled:
    """The plan that the tie rules name among those worth as much as ``plan``.

    on   the choices that ``asked`` was written for
    """
    table = _Table(question, on, asked, solver, search, plan)
    if table.is_alone():
        table.hold_starts()
        is_cheapest = table.improve(table.cheaper())
        return Settled(table.plan, (), is_cheapest)
    reached = all(table.improve(gain) for gain in table.stages())
    return Settled(table.plan, table.ties() if reached else (), reached)


class _Table:
    """The plan in hand, and the rows that say what must not get worse."""

    def __init__(
        self, question: Question, on: Choices, asked: Program, solver: Solver, search: Search,
        plan: Plan,
    ) -> None:  # fmt: skip
        self.question, self.on, self.solver = question, on, solver
        self.search, self.ends = search.aside(), time.monotonic() + search.seconds
        self.plan, self.best = plan, worth(plan, question)
        least = self.best - SAME * max(1.0, abs(self.best))
        closed = set(Model(asked).out_of_reach(least))
        self.worthy = _at_least(asked.gain, least)
        self.asked = replace(
            asked, most={c: 0.0 if c in closed else m for c, m in asked.most.items()}
        )
        self.rows: tuple[Row, ...] = (self.worthy,)

    def stages(self) -> Iterator[Mapping[Column, float]]:
        """What to maximise, in turn: less cost, earlier starts, then the declared order."""
        yield self.cheaper()
        yield {start: -float(start.period) for start in self.on.starts if start.period}
        if self.is_alone():
            return
        open_ = [s for s in self.on.starts if self.asked.most[s]]
        for first in range(0, len(open_), STEP):
            group = open_[first : first + STEP]
            yield {s: float(2 ** (len(group) - 1 - i)) for i, s in enumerate(group)}

    def improve(self, gain: Mapping[Column, float]) -> bool:
        """Move to the plan of most gain, and hold on to it; False when time ran out."""
        if not any(gain.values()):
            return True
        now = self._number(gain, self.plan)
        better, is_proved = self._ask(gain, self.rows)
        if better is not None and self._number(gain, better) > now + SAME * max(1.0, abs(now)):
            self.plan, now = better, self._number(gain, better)
        self.rows = (*self.rows, _at_least(gain, now - SAME * max(1.0, abs(now))))
        return is_proved

    def ties(self) -> tuple[tuple[str, ...], ...]:
        """Projects whose place another best plan gives to others, grouped by what replaces what."""
        differs = self._differs(lambda start: start.project in self.plan.starts)
        other, _ = self._ask(differs, (self.worthy,))
        if other is None:
            return ()
        groups = list(_swaps(self.question, self.plan, other, self.best))
        told = {code for group in groups for code in group}
        rest = set(self.plan.starts) ^ set(other.starts) - told
        rest -= told
        order = [c for c in self.on.candidates if c in rest]
        return (*groups, tuple(order)) if order else tuple(groups)

    def cheaper(self) -> Mapping[Column, float]:
        """Gains as cost falls."""
        cost = self.question.gain(self.on, {"cost": 1.0})
        return {column: -number for column, number in cost.items()}

    def is_alone(self) -> bool:
        """Whether it is proved that no other starts keep every row held so far.

        The best of the others is looked for, and found less worthy: quicker by far than to ask
        for one that is as worthy, and to be told that there is none.
        """
        chosen = self._chosen()
        terms = self._differs(lambda start: start in chosen)
        differs = Row(("differs",), terms, ">=", 1.0 - len(chosen))
        other, is_proved = self._ask(self.asked.gain, (*self.rows[1:], differs), begin=False)
        return other is None and is_proved

    def _differs(self, is_in: Callable[[Start], bool]) -> dict[Column, float]:
        """Counts what differs: each start that is in and not taken, or taken and not in."""
        return {start: -1.0 if is_in(start) else 1.0 for start in self.on.starts}

    def hold_starts(self) -> None:
        """Keep the plan's starts from here on; only debts may still be retired otherwise."""
        self.rows += tuple(Row(("held",), {start: 1.0}, ">=", 1.0) for start in self._chosen())

    def _chosen(self) -> set[Start]:
        return {Start(code, *at) for code, at in self.plan.starts.items()}

    def _ask(
        self, gain: Mapping[Column, float], rows: tuple[Row, ...], begin: bool = True
    ) -> tuple[Plan | None, bool]:
        """(the best plan that is as worthy, if any; whether that is proved).

        begin   start from the plan in hand
        """
        left = replace(self.search, gap=0.0, seconds=max(0.0, self.ends - time.monotonic()))
        now = taken(self.plan, self.question, self.on) if begin else {}
        outcome = self.solver(self.asked.asking(gain, *rows), left, now)
        if not outcome.has_plan:
            return None, outcome.status == "infeasible"
        plan = Plan(program.starts(outcome.taken), program.standalone(outcome.taken))
        if broken(plan, self.question):
            return None, False
        is_worthy = self.worthy.slack(taken(plan, self.question, self.on)) >= 0
        return (plan if is_worthy else None), outcome.status == "optimal"

    def _number(self, gain: Mapping[Column, float], plan: Plan) -> float:
        return total(gain, taken(plan, self.question, self.on))[0]


def _at_least(gain: Mapping[Column, float], least: float) -> Row:
    return Row(("as-good",), gain, ">=", least)


def _swaps(question: Question, plan: Plan, other: Plan, best: float) -> Iterator[tuple[str, ...]]:
    """Pairs (in, out) of which one alone can take the other's place at the same worth."""
    free = [code for code in other.starts if code not in plan.starts]
    for leaves in [code for code in plan.starts if code not in other.starts]:
        for enters in free:
            starts = {c: at for c, at in plan.starts.items() if c != leaves}
            swapped = replace(plan, starts={**starts, enters: other.starts[enters]})
            same = abs(worth(swapped, question) - best) <= SAME * max(1.0, abs(best))
            if same and not broken(swapped, question):
                free.remove(enters)
                yield leaves, enters
                break

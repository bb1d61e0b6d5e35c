"""Why and why not for every project of a question: ours against one PuLP + HiGHS solve each.

Both give the exact worth of the best plan in which the project's fate is the other one; the
figures are compared. The alternative states the same rows in PuLP anew for each project, as an
independent solve does, and has the same two cores; HiGHS uses them as it sees fit.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pulp
from generator import generated

from optimizer.cbc import state
from optimizer.explain import Explained, Inside, explain
from optimizer.program import write
from optimizer.search import PROVEN, Search
from optimizer.solve import solve
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.rules.row import each

T = TypeVar("T")
QUESTIONS = {  # of 80 projects, small enough in periods and limits to be proved in seconds
    "4 periods, 1 envelope, 3 teams": ("loose", 4, 1, 3),
    "2 periods, 3 envelopes, 8 teams": ("loose", 2, 3, 8),
}


@dataclass(frozen=True)
class Took:
    wall: float
    processor: float


def main() -> None:
    """Print a line a question: seconds of each, their ratio, and figures that differ."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sample", type=int, default=1, help="the alternative for one project in …")
    asked.add_argument("--only", type=int, help="which question, from 0")
    asked.add_argument("--paths", action="store_true", help="also time money and cost cuts")
    told = asked.parse_args()
    for at, (name, (kind, periods, envelopes, teams)) in enumerate(QUESTIONS.items()):
        if told.only in (None, at):
            question = generated(80, kind, 1, periods, envelopes, teams)
            compare(f"80 projects, {kind}, {name}", question, told.sample, told.paths)


def compare(name: str, question: Question, sample: int, paths: bool) -> None:
    """One question, asked both ways."""
    plan = solve(question, Search(300.0), settle=False)
    assert isinstance(plan, Plan)
    assert plan.proof.status == "optimal"
    explain(question, Search(60.0), list(plan.starts)[:1], plan, paths=False)  # compiled code read
    print(f"{name}; the best plan takes {len(plan.starts)}")
    ours, took = timed(lambda: explain(question, Search(600.0), plan=plan, paths=False))
    assert ours.is_exact
    codes = list(ours.projects)
    seen = codes[::sample]
    theirs, alone = timed(lambda: {c: best_otherwise(question, plan, c) for c in seen})
    print(f"  ours, {len(codes)} projects: {took.wall:.1f} s (processor {took.processor:.1f} s)")
    print(f"  PuLP + HiGHS, {len(seen)}: {alone.wall:.1f} s (processor {alone.processor:.1f} s)")
    share = len(codes) / len(seen)
    print(f"  ratio {took.wall / (alone.wall * share):.3f}"
          f" (processor {took.processor / (alone.processor * share):.3f})")
    wrong = [c for c in seen if not is_same(plan, ours, c, theirs[c])]
    print(f"  figures that differ: {wrong or 'none'}")
    if paths:
        whole, more = timed(lambda: explain(question, Search(900.0), plan=plan))
        print(f"  ours with money and cost cuts: {more.wall:.1f} s; exact: {whole.is_exact}")


def best_otherwise(question: Question, plan: Plan, code: str) -> float | None:
    """The best objective with the project's fate reversed, by an independent solve."""
    on = question.choices()
    asked = write(question, on)
    problem, x, scale = state(asked)
    fate = 0.0 if code in plan.starts else 1.0
    side = pulp.LpAffineExpression([(x[c], n) for c, n in each(on.starts_of(code)).items()])
    problem += pulp.LpConstraint(side, pulp.LpConstraintEQ, "fate", fate)
    problem.solve(pulp.HiGHS(msg=False, gapRel=PROVEN, gapAbs=0.0))
    if problem.sol_status != pulp.LpSolutionOptimal:
        return None
    return float(pulp.value(problem.objective)) / scale


def is_same(plan: Plan, ours: Explained, code: str, worth: float | None) -> bool:
    """Whether both say the same of the project, to a millionth of the objective."""
    reason, best = ours.projects[code], plan.proof.objective or 0.0
    lost = reason.worth if isinstance(reason, Inside) else reason.gap
    if lost is None or worth is None:
        return lost is None and worth is None
    return abs(best - lost.amount - worth) <= 1e-6 * max(1.0, abs(best))


def timed(work: Callable[[], T]) -> tuple[T, Took]:
    """What the work gives, and the seconds it took on the wall and on the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, Took(time.perf_counter() - wall, time.process_time() - processor)


if __name__ == "__main__":
    main()

"""The demo asked again after one changed budget: a loaded model against a cold PuLP + HiGHS solve.

Each change moves one period of one envelope by 5 or 10 %, up or down. The loaded model has the
plan of the unchanged question at hand, and keeps what it finds; the alternative states the same
rows in PuLP and solves them. Both prove the best, on one thread; the figures are compared.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from statistics import median
from typing import TypeVar

import pulp

from optimizer.again import Again
from optimizer.cbc import state
from optimizer.posed import Twist
from optimizer.program import Program, write
from optimizer.search import PROVEN, Search
from portfolio.question import Question
from portfolio.registry import pose
from services import imports, scores

T = TypeVar("T")
MOVES = (-0.10, -0.05, 0.05, 0.10)


def main() -> None:
    """Print a line a change, and the median ratio."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--changes", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60.0, help="time limit of each solve")
    asked.add_argument("--scenario", default="base")
    told = asked.parse_args()
    question = demo(told.scenario)
    program = write(question, question.choices())
    model, search = Again(program), Search(told.seconds, threads=1)
    Again(program).ask(Search(1.0, threads=1))  # compiled code is read from the disk before
    first, cold = timed(lambda: model.ask(search))
    print(f"{len(question.projects)} projects, {len(program.most)} columns,"
          f" {len(program.rows)} rows; first {first.status} in {cold:.2f} s")
    ratios = []
    for at, name, rhs in islice(changes(program), told.changes):
        ours, warm = timed(lambda at=at, rhs=rhs: model.ask(search, Twist(rhs={at: rhs})))
        theirs, alone = timed(lambda at=at, rhs=rhs: cold_solve(program, at, rhs, told.seconds))
        gained = sum(program.gain.get(c, 0.0) * n for c, n in ours.taken.items())
        is_same = abs(gained - theirs) <= 1e-6 * max(1.0, abs(theirs))
        said = "" if is_same and ours.status == "optimal" else f"  {ours.status}, PuLP {theirs:.6f}"
        ratios.append(warm / alone)
        print(f"{name:<16} {gained:14.4f} {warm:7.2f} s {alone:7.2f} s {ratios[-1]:6.3f}{said}")
    print(f"median ratio {median(ratios):.3f} over {len(ratios)} changes")


def demo(scenario: str) -> Question:
    """The demo's question under a scenario."""
    registry = imports.demo().registry
    assert registry is not None
    kept = next(s for s in registry.scenarios if s.code == scenario)
    return pose(registry, kept, scores.of_registry(registry).values).question


def changes(program: Program) -> Iterator[tuple[int, str, float]]:
    """(place of the row, what moves, its new right-hand side), every limit in its turn."""
    limits = [(at, r) for at, r in enumerate(program.rows) if r.label[0] == "envelope" and r.rhs]
    turns = -(-len(MOVES) * len(limits) // len(limits))
    order = [(limit, move) for turn in range(turns) for limit, move in
             zip(limits, islice(cycle(MOVES), turn, None), strict=False)]
    for (at, row), move in order:
        yield at, f"{':'.join(row.label[1:])} {move:+.0%}", row.rhs * (1 + move)


def cold_solve(program: Program, at: int, rhs: float, seconds: float) -> float:
    """The best objective by PuLP's own HiGHS, from nothing."""
    rows = list(program.rows)
    rows[at] = replace(rows[at], rhs=rhs)
    problem, _, scale = state(replace(program, rows=tuple(rows)))
    problem.solve(pulp.HiGHS(msg=False, gapRel=PROVEN, gapAbs=0.0, timeLimit=seconds, threads=1))
    return float(pulp.value(problem.objective)) / scale


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and the seconds it took."""
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


if __name__ == "__main__":
    main()

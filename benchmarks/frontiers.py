"""Exact frontiers, ours and the alternative's side by side in one run: seconds, points, ratio.

Knapsacks (2kp50, 2kp100; 3kp40 when asked: the alternative takes minutes) against pyaugmecon with
HiGHS, run by the interpreter that AUGMECON_PYTHON names. The demo's value against its cost, all its
rules kept, against epsilon-constraint by repeated PuLP + HiGHS solves, on a slice of the frontier.
"""

import argparse
import csv
import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pulp

from optimizer.cbc import state
from optimizer.efficient import nondominated
from optimizer.frontier import judge
from optimizer.priced import warm
from optimizer.program import Program, write
from optimizer.search import Search
from optimizer.steps import Steps
from portfolio.choices import Column, Start
from portfolio.registry import pose
from portfolio.rules import Row
from portfolio.rules.row import total
from services import imports, scores

DATA = Path(os.environ.get("ARBITRAGE_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
RUNS = 5  # of ours, the median is told
HEADS = ("frontier", "points", "same", "ours", "other", "ratio", "cpu", "cpu", "ratio", "against")
Gain = Mapping[Column, float]
T = TypeVar("T")


def main() -> None:
    """Print one table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", nargs="*", default=["2kp50", "2kp100", "demo"])
    asked.add_argument("--long", action="store_true", help="3kp40, too")
    asked.add_argument("--points", type=int, default=20, help="of the demo's slice")
    asked.add_argument("--cost", type=float, default=120e6, help="where the slice begins")
    asked.add_argument("--workers", type=int, default=1, help="of pyaugmecon; ours has one here")
    told = asked.parse_args()
    print("compiled code:", "ready" if warm() else "absent")
    print("seconds on the clock, then of the processor, all threads")
    print("{:<10} {:>6} {:>5} {:>8} {:>8} {:>7} {:>8} {:>8} {:>7}  {}".format(*HEADS))
    for name in told.only + (["3kp40"] if told.long else []):
        if name == "demo":
            _demo(told.points, told.cost)
        else:
            _knapsack(name, told.workers)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the clock, and of the processor by all threads."""

    clock: float
    cpu: float

    @classmethod
    def by(cls, work: Callable[[], T]) -> tuple[T, "Took"]:
        """What the work gives, and what it took."""
        clock, cpu = time.perf_counter(), time.process_time()
        done = work()
        return done, cls(time.perf_counter() - clock, time.process_time() - cpu)


def _line(name: str, points: int, same: str, ours: Took, other: Took | None, by: str) -> None:
    print(f"{name:<10} {points:>6} {same:>5}", end="")
    for mine, theirs in ((ours.clock, other and other.clock), (ours.cpu, other and other.cpu)):
        told = f"{theirs:>8.3f} {mine / theirs:>7.4f}" if theirs else f"{'–':>8} {'–':>7}"
        print(f" {mine:>8.3f} {told}", end="")
    print(f"  {by}", flush=True)


def _knapsack(name: str, workers: int) -> None:
    folder = DATA / "benchmarks" / "augmecon" / name
    if not folder.exists():
        print(f"{name:<10} absent: {folder}")
        return
    program, gains = _posed(folder)
    runs = [Took.by(lambda: nondominated(program, gains, Search(600.0))) for _ in range(RUNS)]
    found, ours = sorted(runs, key=lambda run: run[1].clock)[RUNS // 2]
    points = sorted([round(x) for x in point.values] for point in found.points)
    published = sorted([round(x) for x in line] for line in _table(folder / "pareto_sols.csv"))
    assert found.is_complete
    assert points == published, "not the published set"
    python = os.environ.get("AUGMECON_PYTHON")
    if not python:
        _line(name, len(points), "–", ours, None, "pyaugmecon absent: set AUGMECON_PYTHON")
        return
    run = Path(__file__).parent / "augmecon_run.py"
    command = [python, str(run), str(folder), str(workers)]
    heard = subprocess.run(command, capture_output=True, check=True)
    other = json.loads(heard.stdout.splitlines()[-1])
    same = "yes" if other["points"] == points else "NO"
    took = Took(other["seconds"], other["cpu"])
    _line(name, len(points), same, ours, took, f"pyaugmecon {other['version']} + HiGHS")


def _posed(folder: Path) -> tuple[Program, list[Gain]]:
    gains, weights, limits = (_table(folder / f"{name}.csv") for name in "cab")
    columns: list[Column] = [Start(f"P{i}", "base", 0) for i in range(len(gains[0]))]
    rows = tuple(
        Row(("envelope", str(k)), dict(zip(columns, weight, strict=True)), "<=", limits[k][0])
        for k, weight in enumerate(weights)
    )
    asked = [dict(zip(columns, gain, strict=True)) for gain in gains]
    return Program(dict.fromkeys(columns, 1.0), asked[0], rows), asked


def _table(file: Path) -> list[list[float]]:
    with file.open() as lines:
        return [[float(x) for x in line[1:]] for line in list(csv.reader(lines))[1:]]


def _demo(count: int, cost_from: float) -> None:
    """The same slice of the frontier, found by both; the alternative is given where it begins."""
    registry = imports.demo().registry
    assert registry is not None
    values = scores.of_registry(registry).values
    question = pose(registry, registry.scenarios[0], values).question
    on = question.choices()
    program = write(question, on)
    value, cost = (question.gain(on, question.objective(name)) for name in ("value", "cost"))
    step = float(Steps.of([cost]).size[0])
    other, taken = Took.by(lambda: _by_epsilon(program, value, cost, (count, cost_from, step)))
    slice_ = program.asking(
        value,
        Row(("slice", "cost"), cost, "<=", cost_from),
        Row(("slice", "cost"), cost, ">=", min(c for _, c in other) - step / 2),
    )
    dear = {column: -number for column, number in cost.items()}
    both = (value, dear)
    found, took = Took.by(
        lambda: nondominated(slice_, both, Search(600.0), judge=judge(question, both))
    )
    assert found.is_complete
    ours = sorted((round(v, 4), round(-c)) for v, c in (point.values for point in found.points))
    theirs = sorted({(round(v, 4), round(c)) for v, c in other})
    same = "yes" if ours == [p for p in theirs if _is_best(p, theirs)] else "NO"
    by = f"PuLP {pulp.__version__} + HiGHS, epsilon-constraint, {len(other)} solves"
    _line("demo slice", len(found.points), same, took, taken, by)


def _is_best(point: tuple[float, float], points: list[tuple[float, float]]) -> bool:
    return not any(p != point and p[0] >= point[0] and p[1] <= point[1] for p in points)


def _by_epsilon(
    program: Program, value: Gain, cost: Gain, slice_: tuple[int, float, float]
) -> list[tuple[float, float]]:
    """(value, cost) of the best plans as the cost allowed falls, one solve each."""
    count, most, step = slice_
    asked = program.asking(value, Row(("epsilon",), cost, "<=", most))
    problem, x, _ = state(asked)
    name = f"r{len(asked.rows) - 1:07d}"
    found = []
    for _ in range(count):
        problem.constraints[name].changeRHS(most)
        problem.solve(pulp.HiGHS(msg=False, gapRel=1e-9))
        taken = {c: round(v.value() or 0.0) * 1.0 for c, v in x.items() if isinstance(c, Start)}
        rest = {c: v.value() or 0.0 for c, v in x.items() if not isinstance(c, Start)}
        reached = {**taken, **rest}
        found.append((total(value, reached)[0], total(cost, reached)[0]))
        most = found[-1][1] - step
    return found


if __name__ == "__main__":
    main()

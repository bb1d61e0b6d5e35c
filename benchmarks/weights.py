"""1,000 weightings of the demo: one model asked 1,000 times against independent PuLP solves.

Both sides answer the same questions to the same proof on one core. The alternative is measured on
the first so many of the same weightings; the ratio is per solve, in the same run. Then the same
work on a Dask cluster of one worker and of two.
"""

import argparse
import math
import statistics
import time
from collections.abc import Mapping, Sequence

import pulp

from optimizer.cbc import state
from optimizer.program import write
from optimizer.sampling import answers, weightings
from optimizer.search import PROVEN, Search
from optimizer.valued import with_values
from portfolio.question import Question
from portfolio.registry import pose
from portfolio.weights import WeightSet, weighted
from services import imports
from services.cluster import Dask
from services.robustness import parts
from services.scores import of_registry

SEARCH = Search(60.0)


def main() -> None:
    """Print a table: who, solves, seconds, seconds a solve, ratio."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--draws", type=int, default=1000)
    asked.add_argument("--against", type=int, default=60, help="solves of the alternative")
    asked.add_argument("--cluster", type=int, default=200, help="draws for each Dask cluster")
    asked.add_argument("--scenario", default="base")
    options = asked.parse_args()
    question, values = drawn(options.scenario, options.draws)
    print(f"{len(question.projects)} projects, {len(values)} weightings of {options.scenario}")
    began = time.perf_counter()
    ours = answers(question, values, SEARCH)
    took = time.perf_counter() - began
    line("one model, many questions", len(ours), took)
    others, reached = independent(question, values[: options.against])
    line("PuLP + HiGHS, one by one", len(others), sum(others))
    print(f"ratio per solve {took / len(ours) / statistics.fmean(others):.3f}")
    proved = sum(one is not None and one.is_proved for one in ours)
    same = sum(
        one is not None and math.isclose(one.objective, other, rel_tol=1e-6)
        for one, other in zip(ours, reached, strict=False)
    )
    print(f"proved {proved} of {len(ours)}; same objective {same} of {len(reached)}")
    for workers in (1, 2) if options.cluster else ():
        on_cluster(question, values[: options.cluster], workers)


def drawn(scenario: str, count: int) -> tuple[Question, Sequence[Mapping[str, float]]]:
    """The demo's question, and its projects' values under so many weightings of its criteria."""
    registry = imports.demo().registry
    assert registry is not None
    scores = of_registry(registry)
    asked = next(s for s in registry.scenarios if s.code == scenario)
    question = pose(registry, asked, scores.values).question
    given = parts(scores)
    every = WeightSet(tuple(leaf.key for leaf in scores.framework.leaves))
    return question, [weighted(given, w) for w in weightings(every, count, seed=1)]


def independent(
    question: Question, values: Sequence[Mapping[str, float]]
) -> tuple[list[float], list[float]]:
    """(seconds, objective) of each solve by PuLP and HiGHS, stated anew each time."""
    took, reached = [], []
    for one in values:
        began = time.perf_counter()
        asked = with_values(question, one)
        problem, _, scale = state(write(asked, asked.choices()))
        problem.solve(pulp.HiGHS(msg=False, gapRel=PROVEN, threads=1, timeLimit=SEARCH.seconds))
        took.append(time.perf_counter() - began)
        reached.append((pulp.value(problem.objective) or 0.0) / scale)
    return took, reached


def on_cluster(question: Question, values: Sequence[Mapping[str, float]], workers: int) -> None:
    """The same work on a Dask cluster of this machine, its start left out."""
    with Dask(None, workers) as cluster:
        answers(question, values[: 10 * workers], SEARCH, cluster.run)
        began = time.perf_counter()
        done = answers(question, values, SEARCH, cluster.run)
        line(f"Dask, {workers} worker(s)", len(done), time.perf_counter() - began)


def line(who: str, count: int, seconds: float) -> None:
    """One line of the table."""
    print(f"{who:<28} {count:>6} {seconds:>9.1f} s {1000 * seconds / max(count, 1):>9.1f} ms/solve")


if __name__ == "__main__":
    main()

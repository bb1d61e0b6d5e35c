"""1,000 weightings of the demo: one model asked 1,000 times against independent PuLP solves.

Both sides answer the same questions to the same proof on one core, in turn. The alternative is
measured on the first so many of the same weightings; the ratio is per solve, in the same run.
Then the same work on a Dask cluster of one worker and of two.
"""

import argparse
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pulp

from optimizer.cbc import state
from optimizer.program import write
from optimizer.sampling import TOGETHER, Answered, Weighing, answers, weightings
from optimizer.search import PROVEN, Search, Watch
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
    if options.against:
        compare(question, values, options.against)
    if options.cluster:
        on_clusters(question, values[: options.cluster])


def compare(question: Question, values: Sequence[Mapping[str, float]], against: int) -> None:
    """Print both sides, and their ratio."""
    ours, others = side_by_side(question, values, against)
    ratios = [mine / its for mine, its in zip(ours.each(), others.each(), strict=True)]
    ours.line("one model, many questions")
    others.line("PuLP + HiGHS, one by one")
    print(f"ratio per solve: {ratios[0]:.3f} of the time, {ratios[1]:.3f} of the processor's time")
    same = sum(
        math.isclose(mine, its, rel_tol=1e-6)
        for mine, its in zip(ours.reached, others.reached, strict=False)
    )
    print(f"same objective {same} of {len(others.reached)}")


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


@dataclass
class Timed:
    """What was reached, in how many seconds, and in how many of the processor's."""

    reached: list[float] = field(default_factory=list)
    seconds: float = 0.0
    worked: float = 0.0

    def add(self, work: Callable[[], Sequence[float]]) -> None:
        """Do the work, and note what it took."""
        began, worked = time.perf_counter(), time.process_time()
        self.reached += work()
        self.seconds += time.perf_counter() - began
        self.worked += time.process_time() - worked

    def each(self) -> tuple[float, float]:
        """(seconds, processor seconds) of one solve."""
        return self.seconds / len(self.reached), self.worked / len(self.reached)

    def line(self, who: str) -> None:
        """One line of the table."""
        line(who, len(self.reached), self.seconds)


def side_by_side(
    question: Question, values: Sequence[Mapping[str, float]], against: int
) -> tuple[Timed, Timed]:
    """Group after group on one core: what else the machine does weighs on both alike."""
    ours, others = Timed(), Timed()
    groups = [values[at : at + TOGETHER] for at in range(0, len(values), TOGETHER)]
    work = Weighing(question, SEARCH)(Watch())
    for number, group in enumerate(groups, 1):
        ours.add(lambda group=group: [proved(one) for one in work(group)])
        until = min(len(ours.reached), round(against * number / len(groups)))
        for one in values[len(others.reached) : until]:
            others.add(lambda one=one: [independent(question, one)])
    return ours, others


def proved(answer: Answered | None) -> float:
    """The objective; a solve that was not proved is no answer here."""
    assert answer is not None
    assert answer.is_proved
    assert answer.objective is not None
    return answer.objective


def independent(question: Question, values: Mapping[str, float]) -> float:
    """The objective by PuLP and HiGHS, stated anew."""
    asked = with_values(question, values)
    problem, _, scale = state(write(asked, asked.choices()))
    problem.solve(pulp.HiGHS(msg=False, gapRel=PROVEN, threads=1, timeLimit=SEARCH.seconds))
    return (pulp.value(problem.objective) or 0.0) / scale


def on_clusters(question: Question, values: Sequence[Mapping[str, float]]) -> None:
    """The same work on Dask clusters of this machine, block after block, their start left out."""
    sizes = (1, 2)
    clusters, seconds = {size: Dask(None, size) for size in sizes}, dict.fromkeys(sizes, 0.0)
    for size, cluster in clusters.items():
        cluster.run(Weighing(question, SEARCH), [values[:1]] * size, Watch())
    for at in range(0, len(values), 2 * TOGETHER):
        for size, cluster in clusters.items():
            began = time.perf_counter()
            answers(question, values[at : at + 2 * TOGETHER], SEARCH, cluster.run)
            seconds[size] += time.perf_counter() - began
    for size, cluster in clusters.items():
        cluster.close()
        line(f"Dask, {size} worker(s)", len(values), seconds[size])
    print(f"two workers take {seconds[2] / seconds[1]:.2f} of the time of one")


def line(who: str, count: int, seconds: float) -> None:
    """One line of the table."""
    print(f"{who:<28} {count:>6} {seconds:>9.1f} s {1000 * seconds / max(count, 1):>9.1f} ms/solve")


if __name__ == "__main__":
    main()

"""The gap proven in the same seconds on the same cores: Arbitrage, and plain PuLP with HiGHS.

The questions are those of ``generated`` (benchmarks/generator.py), seed 1, 10 periods, 3 envelopes,
8 teams; both are given the same rows. ``BEST`` publishes what is known of them so far.
"""

import argparse
import os
import statistics
import time

import pulp
from generator import generated

from optimizer import program
from optimizer.cbc import state
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.plan import broken

CASES = tuple((count, kind) for count in (50, 200, 1000) for kind in ("tight", "loose"))
BEST = {  # (projects, kind): (objective of the best plan known, least bound proven)
    (50, "tight"): (2794.7, 2984.7),
    (50, "loose"): (4962.0, 5228.9),
    (200, "tight"): (18876.5, 20321.0),
    (200, "loose"): (30130.9, 31202.6),
    (1000, "tight"): (104528.3, 105609.8),
    (1000, "loose"): (158286.8, 159734.3),
}


def main() -> None:
    """Print a table: question, objective, bound and gap of each, ratio of the gaps."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=20.0, help="of each solve")
    asked.add_argument("--seed", type=int, default=1, help="of the questions")
    asked.add_argument("--sizes", type=int, nargs="*", default=[50, 200, 1000])
    told = asked.parse_args()
    print(f"{told.seconds:g} s a solve, {os.cpu_count()} cores, questions of seed {told.seed}")
    heads = ("question", "objective", "bound", "gap", "PuLP obj.", "PuLP bound", "gap", "ratio")
    print("{:<12} {:>10} {:>10} {:>8} {:>10} {:>10} {:>8} {:>6}".format(*heads))
    ratios = []
    for count, kind in CASES:
        if count not in told.sizes:
            continue
        question = generated(count, kind, told.seed)
        plain = _plain(question, told.seconds)
        found = solve(question, Search(told.seconds), settle=False)
        assert not broken(found, question)
        ours = (found.proof.objective, found.proof.bound)
        gaps = [(bound - worth) / worth for worth, bound in (ours, plain)]
        ratio = gaps[0] / gaps[1] if gaps[1] > 1e-9 else float(gaps[0] > 1e-9)
        ratios.append(ratio)
        print(
            f"{count:>4} {kind:<7} {ours[0]:10.1f} {ours[1]:10.1f} {gaps[0]:8.2%} "
            f"{plain[0]:10.1f} {plain[1]:10.1f} {gaps[1]:8.2%} {ratio:6.2f}", flush=True,
        )  # fmt: skip
        if told.seed == 1:
            _known(count, kind)
    print(f"ratio of the gaps: median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")


def _plain(question, seconds: float) -> tuple[float, float]:  # noqa: ANN001
    """(objective, bound) of PuLP's own HiGHS on the same rows."""
    problem, _, scale = state(program.write(question, question.choices()))
    solver = pulp.HiGHS(msg=False, timeLimit=seconds)
    began = time.perf_counter()
    problem.solve(solver)
    took = time.perf_counter() - began
    if took > seconds + 5:
        print(f"  (PuLP took {took:.0f} s)")
    info = problem.solverModel.getInfo()
    return -info.objective_function_value / scale, -info.mip_dual_bound / scale


def _known(count: int, kind: str) -> None:
    if (count, kind) in BEST:
        worth, bound = BEST[count, kind]
        print(f"{'':<12} best known {worth:.1f}, proven under {bound:.1f}")


if __name__ == "__main__":
    main()

"""How long each solver takes to prove the demo's scenarios, side by side in one run."""

import argparse
import time

from optimizer.solve import solve
from optimizer.solvers import SOLVERS, Search
from portfolio.registry import pose
from services import imports, scores


def main() -> None:
    """Print a table: scenario, solver, status, objective, gap, seconds."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60.0, help="time limit of each solve")
    seconds = asked.parse_args().seconds
    registry = imports.demo().registry
    assert registry is not None
    values = scores.of_registry(registry).values
    heads = ("scenario", "solver", "status", "objective", "gap", "seconds")
    print("{:<10} {:<7} {:<11} {:>12} {:>8} {:>8}".format(*heads))
    for scenario in registry.scenarios:
        question = pose(registry, scenario, values).question
        for name in SOLVERS:
            began = time.perf_counter()
            proof = solve(question, Search(seconds), name, settle=False).proof
            took = time.perf_counter() - began
            gap = "–" if proof.gap is None else f"{proof.gap:.2%}"
            worth = "–" if proof.objective is None else f"{proof.objective:.3f}"
            line = f"{scenario.code:<10} {name:<7} {proof.status:<11} {worth:>12} {gap:>8}"
            print(f"{line} {took:8.1f}")


if __name__ == "__main__":
    main()

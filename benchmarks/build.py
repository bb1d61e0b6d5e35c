"""Time to state a model and hand it to HiGHS, against naive PuLP on the same rows; and peak memory.

1,000 projects, 10 periods, 3 envelopes, 8 teams; memory on 5,000 projects.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import time

import pulp
from generator import generated

from optimizer import program
from optimizer.arrays import Arrays
from optimizer.model import load
from optimizer.program import Program, is_whole
from optimizer.reduce import worthwhile
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.question import Question


def main() -> None:
    """Print seconds by stage and the ratio, then the peak memory of a process of its own."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--projects", type=int, default=1000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--memory", type=int, default=5000, help="projects; 0 = not measured")
    asked.add_argument("--solve", type=int, help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.solve:
        _solve(told.solve)
        return
    question = generated(told.projects)
    ours, naive = [], []
    for _ in range(told.runs):
        ours.append(_ours(question))
        naive.append(_naive(question))
    built, plain = statistics.median(ours), statistics.median(naive)
    print(f"{told.projects} projects x 10 periods, median of {told.runs} runs, seconds of CPU")
    print(f"Arbitrage: rules -> rows -> arrays -> HiGHS      {built:6.2f}")
    print(f"PuLP: the same rows by lpSum -> its HiGHS model  {plain:6.2f}")
    print(f"ratio {built / plain:.2f} (the rows are counted on our side only)")
    if told.memory:
        command = [sys.executable, __file__, "--solve", str(told.memory)]
        subprocess.run(command, check=True)


def _ours(question: Question) -> float:
    """From the question to a loaded model, the rules' rows included."""
    began = time.process_time()
    load(Arrays.of(program.write(question, worthwhile(question))))
    return time.process_time() - began


def _naive(question: Question) -> float:
    """From rows at hand to a loaded model, the way a PuLP tutorial writes it."""
    asked = program.write(question, question.choices())
    began = time.process_time()
    solver = pulp.HiGHS(msg=False)
    problem = _stated(asked)
    solver.createAndConfigureSolver(problem)
    solver.buildSolverModel(problem)
    return time.process_time() - began


def _stated(asked: Program) -> pulp.LpProblem:
    problem = pulp.LpProblem("naive", pulp.LpMaximize)
    x = {
        column: problem.add_variable(
            f"x{index}", 0, most, pulp.LpInteger if is_whole(column) else pulp.LpContinuous
        )
        for index, (column, most) in enumerate(asked.most.items())
    }
    problem += pulp.lpSum(gain * x[column] for column, gain in asked.gain.items())
    for row in asked.rows:
        side = pulp.lpSum(number * x[column] for column, number in row.terms.items())
        match row.sense:
            case "<=":
                problem += side <= row.rhs
            case ">=":
                problem += side >= row.rhs
            case "==":
                problem += side == row.rhs
    return problem


def _solve(projects: int) -> None:
    """In a process of its own: a question of that size, solved for a minute."""
    question = generated(projects)
    began = time.perf_counter()
    found = solve(question, Search(60.0), settle=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    gap = "-" if found.proof.gap is None else f"{found.proof.gap:.2%}"
    took = time.perf_counter() - began
    print(f"{projects} projects x 10 periods, {took:.0f} s: gap {gap}, peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()

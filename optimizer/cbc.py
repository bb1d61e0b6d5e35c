"""The program in PuLP's words, and CBC, the second opinion: the only file that knows either."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pulp
from pulp.apis.coin_api import pulp_cbc_path

from optimizer.program import Program, is_whole
from optimizer.search import PROVEN, SMALLEST, Outcome, Search
from portfolio.choices import Column


def cbc(program: Program, search: Search, hint: Mapping[Column, float]) -> Outcome:
    """Solve by CBC, the second opinion; "infeasible" is asked again without presolve.

    A bug of CBC 2.10 calls some feasible models infeasible (coin-or/pulp#662).
    """
    outcome = _cbc(program, search, presolve=True)
    return _cbc(program, search, presolve=False) if outcome.status == "infeasible" else outcome


def state(program: Program) -> tuple[pulp.LpProblem, dict[Column, Any], float]:
    """The program in PuLP, its variables by column, and the factor its gain was scaled by."""
    problem = pulp.LpProblem("portfolio", pulp.LpMaximize)
    x = {
        column: problem.add_variable(
            f"c{index:07d}", 0, most, pulp.LpInteger if is_whole(column) else pulp.LpContinuous
        )
        for index, (column, most) in enumerate(program.most.items())
    }
    largest = max(map(abs, program.gain.values()), default=0.0)
    scale = SMALLEST / largest if 0 < largest < SMALLEST else 1.0
    problem.setObjective(
        pulp.LpAffineExpression([(x[c], scale * gain) for c, gain in program.gain.items()])
    )
    for index, row in enumerate(program.rows):
        side = pulp.LpAffineExpression([(x[c], number) for c, number in row.terms.items()])
        problem += pulp.LpConstraint(side, _SENSE[row.sense], f"r{index:07d}", row.rhs)
    return problem, x, scale


_SENSE = {
    "<=": pulp.LpConstraintLE,
    ">=": pulp.LpConstraintGE,
    "==": pulp.LpConstraintEQ,
}


def _cbc(program: Program, search: Search, presolve: bool) -> Outcome:
    problem, x, scale = state(program)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        solver = pulp.COIN_CMD(
            path=pulp_cbc_path, msg=False, timeLimit=max(search.seconds, 0.01),
            gapRel=max(search.gap, PROVEN), threads=search.threads, logPath=str(log),
            options=["allow 0", f"randomCbcSeed {search.seed + 1}", *([] if presolve else _PLAIN)],
        )  # fmt: skip
        problem.solve(solver)
        said = log.read_text(errors="replace")
    name, bound = f"CBC {_of(said, 'Version')}", _of(said, "Lower bound")
    if problem.sol_status == pulp.LpSolutionInfeasible or any(words in said for words in _NONE):
        return Outcome("infeasible", name)
    if problem.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        return Outcome("no-answer", name)
    numbers = {column: variable.value() or 0.0 for column, variable in x.items()}
    if problem.sol_status == pulp.LpSolutionOptimal:
        return _found(program, numbers, (pulp.value(problem.objective) or 0.0) / scale, name)
    return _found(program, numbers, -float(bound) / scale if bound else None, name)


_PLAIN = ["presolve off", "preprocess off"]
_NONE = (  # said in the log alone; no column here is without bounds
    "Pre-processing says infeasible or unbounded",
    "Result - Problem proven infeasible",
)


def _of(log: str, name: str) -> str:
    """What CBC's log prints behind a name; "" when it does not. (It minimises the negative.)"""
    said = re.search(rf"^{name}:\s+(\S+)", log, re.MULTILINE)
    return said[1] if said else ""


def _found(
    program: Program, numbers: Mapping[Column, float], bound: float | None, name: str
) -> Outcome:
    """The solver's columns with 0-or-1 choices made whole, and the status they deserve."""
    rounded = {c: float(round(n)) if is_whole(c) else n for c, n in numbers.items()}
    taken = {column: number for column, number in rounded.items() if number}
    worth = sum(program.gain.get(column, 0.0) * number for column, number in taken.items())
    is_best = bound is not None and bound - worth <= 1e-6 * max(1.0, abs(worth))
    return Outcome("optimal" if is_best else "feasible", name, taken, bound)

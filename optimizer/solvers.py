"""The port to solvers; the only file that knows PuLP, HiGHS and CBC."""

import re
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pulp
from pulp.apis.coin_api import pulp_cbc_path

from optimizer.program import Program, is_whole
from portfolio.choices import Column
from portfolio.plan import Status

PROVEN = 1e-9  # relative gap under which an answer is the best: what floating point can tell
EXACT = 1e-9  # how far a 0-or-1 choice may be from 0 or 1 while the solver works
SMALLEST = 100.0  # the largest gain is brought at least here: solvers cannot tell 1e-6 apart


class Watch:
    """Someone who follows a solve from another thread, and may stop it."""

    def heard(self, objective: float | None, bound: float | None) -> None:
        """The best plan's objective so far (None = no plan yet), and the proven bound."""

    def is_stopped(self) -> bool:
        """Whether the solve is to end now, with what it has."""
        return False


@dataclass(frozen=True, slots=True)
class Search:
    """How long and how exactly to look.

    seconds   time limit      gap   relative gap at which to stop (0 = prove the best)
    watch     told of progress, asked whether to stop; HiGHS only
    """

    seconds: float = 60.0
    gap: float = 0.0
    threads: int | None = None
    seed: int = 0
    watch: Watch | None = None

    def aside(self) -> "Search":
        """The same, for another question than the one that is followed: it can only be stopped."""
        return replace(self, watch=_Aside(self.watch)) if self.watch else self


class _Aside(Watch):
    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def is_stopped(self) -> bool:
        return self._watch.is_stopped()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver brought back; ``taken`` holds the columns that are not 0."""

    status: Status
    solver: str
    taken: Mapping[Column, float] = field(default_factory=dict)
    bound: float | None = None

    @property
    def has_plan(self) -> bool:
        return self.status in ("optimal", "feasible")


Solver = Callable[[Program, Search, Mapping[Column, float]], Outcome]


def highs(program: Program, search: Search, hint: Mapping[Column, float]) -> Outcome:
    """Solve by HiGHS; ``hint`` is a plan to start from, may be empty.

    "Infeasible" is believed only when it is said again without presolve.
    """
    ends = time.monotonic() + search.seconds
    outcome = _highs(program, search, hint, presolve=True)
    if outcome.status == "infeasible":
        left = replace(search, seconds=max(0.0, ends - time.monotonic()))
        again = _highs(program, left, hint, presolve=False)
        return again if again.has_plan else outcome
    return outcome


def cbc(program: Program, search: Search, hint: Mapping[Column, float]) -> Outcome:
    """Solve by CBC, the second opinion; "infeasible" is asked again without presolve.

    A bug of CBC 2.10 calls some feasible models infeasible (coin-or/pulp#662).
    """
    outcome = _cbc(program, search, presolve=True)
    return _cbc(program, search, presolve=False) if outcome.status == "infeasible" else outcome


SOLVERS: dict[str, Solver] = {"highs": highs, "cbc": cbc}


def out_of_reach(program: Program, least: float) -> tuple[Column, ...]:
    """The 0-or-1 columns that no plan worth at least ``least`` can take.

    A column whose reduced cost in the linear relaxation is r cannot be taken by a plan worth
    more than (relaxed optimum - |r|).
    """
    problem, x, scale = _state(program)
    model = _highs_model(problem, Search())
    for index in range(len(x)):
        model.changeColIntegrality(index, highspy.HighsVarType.kContinuous)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return ()
    relaxed = -model.getInfo().objective_function_value
    solution = model.getSolution()
    cost, value = np.array(solution.col_dual), np.array(solution.col_value)
    out = (value < EXACT) & (relaxed - cost < least * scale - 1e-6 * max(1.0, abs(relaxed)))
    return tuple(c for c, is_out in zip(x, out, strict=True) if is_out and is_whole(c))


def _state(program: Program) -> tuple[pulp.LpProblem, dict[Column, Any], float]:
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


def _highs_model(problem: pulp.LpProblem, search: Search) -> Any:  # noqa: ANN401 - a C++ object
    solver = pulp.HiGHS(
        msg=False,
        timeLimit=search.seconds,
        gapRel=max(search.gap, PROVEN),
        gapAbs=0.0,
        threads=search.threads,
        random_seed=search.seed,
        mip_feasibility_tolerance=EXACT,
    )
    solver.createAndConfigureSolver(problem)
    solver.buildSolverModel(problem)
    return problem.solverModel


def _highs(
    program: Program, search: Search, hint: Mapping[Column, float], presolve: bool
) -> Outcome:
    name = f"HiGHS {version('highspy')}"
    problem, x, scale = _state(program)
    model = _highs_model(problem, search)
    if not presolve:
        model.setOptionValue("presolve", "off")
    if search.watch:
        _let_watch(model, search.watch, scale)
    if hint:
        start = highspy.HighsSolution()
        start.col_value = [hint.get(column, 0.0) for column in x]
        model.setSolution(start)
    model.run()
    said, info = model.getModelStatus(), model.getInfo()
    if said in _IMPOSSIBLE:
        return Outcome("infeasible", name)
    bound = -info.mip_dual_bound / scale if np.isfinite(info.mip_dual_bound) else None
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Outcome("no-answer", name, bound=bound)
    numbers = dict(zip(x, model.getSolution().col_value, strict=True))
    return _found(program, numbers, bound, name)


def _let_watch(model: Any, watch: Watch, scale: float) -> None:  # noqa: ANN401 - a C++ object
    """Tell the watch of bounds and incumbents, and end the solve when it says so."""
    kinds = highspy.cb.HighsCallbackType

    def listen(kind: Any, _: str, data: Any, reply: Any, __: object) -> None:  # noqa: ANN401
        if kind == kinds.kCallbackMipInterrupt:
            found, bound = data.mip_primal_bound, data.mip_dual_bound
            watch.heard(*(-x / scale if abs(x) < UNKNOWN else None for x in (found, bound)))
        reply.user_interrupt = watch.is_stopped()

    model.setCallback(listen, None)
    model.startCallback(kinds.kCallbackMipInterrupt)
    model.startCallback(kinds.kCallbackSimplexInterrupt)


UNKNOWN = 1e30  # what HiGHS says of a bound it does not have yet is larger
_IMPOSSIBLE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,  # every column is bounded
)


def _cbc(program: Program, search: Search, presolve: bool) -> Outcome:
    problem, x, scale = _state(program)
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
    if problem.sol_status == pulp.LpSolutionInfeasible:
        return Outcome("infeasible", name)
    if problem.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        return Outcome("no-answer", name)
    numbers = {column: variable.value() or 0.0 for column, variable in x.items()}
    if problem.sol_status == pulp.LpSolutionOptimal:
        return _found(program, numbers, (pulp.value(problem.objective) or 0.0) / scale, name)
    return _found(program, numbers, -float(bound) / scale if bound else None, name)


_PLAIN = ["presolve off", "preprocess off"]


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

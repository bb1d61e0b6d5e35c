"""A program loaded into HiGHS once and asked many times, each time a little otherwise."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import highspy
import numpy as np

from optimizer.arrays import Arrays, Lines, Numbers
from optimizer.hearing import Hearing
from optimizer.improve import improving
from optimizer.incumbent import Incumbent
from optimizer.posed import AS_IT_IS, Posed, Relaxed, Twist, scale_of
from optimizer.program import Program
from optimizer.running import run
from optimizer.search import EXACT, PROVEN, Outcome, Search
from portfolio.choices import Column

NAME = f"HiGHS {version('highspy')}"
FITS = 1e-9  # of a row's largest term: how far a plan at hand may miss it and still be a start
KEPT = 200  # plans remembered to start from
COLD, WARM = (0.3, 0.6), (0.5,)  # shares of the columns among which a first plan is looked for
BRIEF, QUICKLY = 0.1, 1.5  # of the time allowed, and seconds: as long as that may take
FROM_A_GOOD_START: dict[str, Any] = {  # measured: a tenth of the time when the start is the best
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_shifting": False,
    "mip_heuristic_run_zi_round": False,
    "mip_allow_cut_separation_at_nodes": False,
    "mip_allow_restart": False,
    "mip_pscost_minreliable": 1,
}
QUICK: dict[str, Any] = {**FROM_A_GOOD_START, "mip_max_nodes": 200, "mip_rel_gap": 1e-4}
_NEW: Any = highspy.Highs
PLAIN = {name: _NEW().getOptionValue(name)[1] for name in (*QUICK, "presolve")}


class Model:
    """One HiGHS model, not to be shared by two threads; ``twin`` makes another.

    Plans found remain at hand: the best of those that a later question allows is its start.
    """

    def __init__(self, program: Program, plans: Iterable[Mapping[Column, float]] = ()) -> None:
        self.program = program
        self.arrays = Arrays.of(program)
        self._pool = _Pool(self.arrays)
        for plan in plans:
            self._pool.add(self.arrays.plan(plan))
        self._highs = load(self.arrays)
        self._lp: Any = None

    def twin(self) -> "Model":
        """Another model of the same program, for another thread, starting from the same plans."""
        other = object.__new__(Model)
        other.program, other.arrays = self.program, self.arrays
        other._pool = self._pool.copy()
        other._highs, other._lp = load(self.arrays), None
        return other

    def ask(self, search: Search, twist: Twist = AS_IT_IS) -> Outcome:
        """The best that can be taken under the twist.

        The linear relaxation; then the proof, from the best plan at hand, without the columns whose
        reduced gain shows that no better plan takes them, while another thread looks for better
        plans and hands them over. A good plan is first looked for among the few columns that the
        relaxation hesitates about, but not where hundreds of amounts follow from choices, as with
        debts: there HiGHS's own heuristics find better ones.
        "Infeasible" is said twice before it is believed.
        """
        posed = Posed.of(self.arrays, twist)
        ends = time.monotonic() + search.seconds
        self._pose(self._highs, posed)
        try:
            outcome = self._answer(posed, search, ends)
        finally:
            self._unpose(self._highs, posed)
        if outcome.has_plan:
            self._pool.add(self.arrays.plan(outcome.taken))
        return outcome

    def _answer(self, posed: Posed, search: Search, ends: float) -> Outcome:
        relaxed = self._relax(posed, search.seconds)
        if relaxed is None:
            return self._run(
                posed, _left(search, ends), Incumbent(posed.gain, None), {"presolve": "off"}
            )
        incumbent = Incumbent(posed.gain, self._pool.best(posed))
        with improving(self.arrays, posed, relaxed, incumbent, search):
            if not self.arrays.is_mostly_amounts:
                self._among_few(posed, relaxed, incumbent, search, ends)
            return self._prove(posed, relaxed, incumbent, search, ends)

    def _among_few(
        self, posed: Posed, relaxed: Relaxed, incumbent: Incumbent, search: Search, ends: float
    ) -> None:
        """A good plan among the columns that the relaxation hesitates about."""
        for share in COLD if incumbent.taken is None else WARM:
            if relaxed.is_reached(incumbent.worth):
                return
            few = relaxed.kernel(posed, share, incumbent.taken)
            quick = replace(
                _left(search.aside(), ends), seconds=min(QUICKLY, BRIEF * search.seconds)
            )
            near = self._run(few, quick, incumbent, QUICK)
            if near.has_plan:
                incumbent.offer(self.arrays.plan(near.taken))

    def _prove(
        self, posed: Posed, relaxed: Relaxed, incumbent: Incumbent, search: Search, ends: float
    ) -> Outcome:
        """The best plan, from one at hand: what is left to search is small."""
        taken, few = incumbent.taken, posed
        if taken is not None:
            worth = float(posed.gain @ taken)
            if relaxed.is_reached(worth):
                return self._taken(posed, taken, relaxed.best)
            few = relaxed.without(posed, worth)
        is_good = taken is not None and not self.arrays.is_mostly_amounts
        options = FROM_A_GOOD_START if is_good else {}
        outcome = self._run(few, _left(search, ends), incumbent, options)
        if outcome.status == "infeasible" and incumbent.taken is None:
            outcome = self._run(posed, _left(search, ends), incumbent, {"presolve": "off"})
        if outcome.has_plan:
            incumbent.offer(self.arrays.plan(outcome.taken))
        if incumbent.taken is None:
            return outcome
        return self._taken(posed, incumbent.taken, _least(relaxed.best, outcome.bound))

    def relaxed(self, twist: Twist = AS_IT_IS) -> Relaxed | None:
        """The linear relaxation; None when even that cannot keep the rows."""
        return self._relax(Posed.of(self.arrays, twist), np.inf)

    def _relax(self, posed: Posed, seconds: float) -> Relaxed | None:
        """Solved on a model of its own, from where it stood the last time."""
        if self._lp is None:
            self._lp = load(self.arrays)
            count = len(self.arrays.columns)
            as_lp = np.full(count, int(highspy.HighsVarType.kContinuous), np.uint8)
            self._lp.changeColsIntegrality(count, np.arange(count, dtype=np.int32), as_lp)
        self._pose(self._lp, posed)
        said = highspy.HighsModelStatus
        try:
            self._lp.setOptionValue("time_limit", self._lp.getRunTime() + seconds)
            self._lp.run()
            if self._lp.getModelStatus() == said.kInfeasible:
                self._lp.clearSolver()  # not from where it stood: it may have gone astray
                self._lp.run()
            status, solution = self._lp.getModelStatus(), self._lp.getSolution()
            prices = -np.array(solution.row_dual) / posed.scale
        finally:
            self._unpose(self._lp, posed)
        if status == said.kInfeasible:
            return None
        if status != said.kOptimal:
            return Relaxed.unknown(self.arrays)
        return Relaxed.of(posed, self.arrays, prices, np.array(solution.col_value))

    def out_of_reach(self, least: float) -> tuple[Column, ...]:
        """The 0-or-1 columns that no plan worth at least ``least`` can take."""
        posed = Posed.of(self.arrays, AS_IT_IS)
        relaxed = self._relax(posed, np.inf)
        if relaxed is None:
            return ()
        shut = relaxed.without(posed, least).most < 0.5
        return tuple(self.arrays.columns[at] for at in np.flatnonzero(shut & self.arrays.is_whole))

    def remember(self, taken: Mapping[Column, float]) -> None:
        """A plan to start from."""
        self._pool.add(self.arrays.plan(taken))

    def _pose(self, h: Any, posed: Posed) -> None:  # noqa: ANN401 - a C++ object
        count, height = len(posed.gain), len(posed.low)
        every = np.arange(max(count, height), dtype=np.int32)
        h.changeColsCost(count, every[:count], -posed.scale * posed.gain)
        h.changeColsBounds(count, every[:count], posed.least, posed.most)
        h.changeRowsBounds(height, every[:height], posed.low, posed.high)
        more = posed.more
        if len(more.low):
            h.addRows(
                len(more.low), more.low, more.high, len(more.number),
                more.first[:-1], more.column, more.number,
            )  # fmt: skip

    def _unpose(self, h: Any, posed: Posed) -> None:  # noqa: ANN401 - a C++ object
        height = len(posed.low)
        added = len(posed.more.low)
        if added:
            h.deleteRows(added, np.arange(height, height + added, dtype=np.int32))

    def _run(
        self, posed: Posed, search: Search, incumbent: Incumbent, options: Mapping[str, Any]
    ) -> Outcome:
        if search.is_over():
            return Outcome("no-answer", NAME)
        h, count = self._highs, len(posed.gain)
        h.clearSolver()
        h.changeColsBounds(count, np.arange(count, dtype=np.int32), posed.least, posed.most)
        told = {**options_of(search), **options}
        told["time_limit"] = until(h, self.arrays, search.seconds)
        for name, option in told.items():
            h.setOptionValue(name, option)
        hearing = Hearing(search.watch, posed.scale, incumbent)
        hearing.begin(h)
        if incumbent.taken is not None:
            solution = highspy.HighsSolution()
            solution.col_value = incumbent.taken.tolist()
            h.setSolution(solution)
        if not run(h, search.seconds, search.watch):
            self._highs = load(self.arrays)
            self._pose(self._highs, posed)
            return Outcome("no-answer", NAME)
        hearing.end(h)
        for name in options:
            h.setOptionValue(name, PLAIN[name])
        return self._heard(posed)

    def _heard(self, posed: Posed) -> Outcome:
        said, info = self._highs.getModelStatus(), self._highs.getInfo()
        if said in IMPOSSIBLE:
            return Outcome("infeasible", NAME)
        is_bound = np.isfinite(info.mip_dual_bound)
        bound = -info.mip_dual_bound / posed.scale if is_bound else None
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Outcome("no-answer", NAME, bound=bound)
        return self._taken(posed, np.array(self._highs.getSolution().col_value), bound)

    def _taken(self, posed: Posed, numbers: Numbers, bound: float | None) -> Outcome:
        numbers = np.where(self.arrays.is_whole, np.round(numbers), numbers)
        worth = float(posed.gain @ numbers)
        taken = self.arrays.taken(numbers)
        is_best = bound is not None and bound - worth <= 1e-6 * max(1.0, abs(worth))
        return Outcome("optimal" if is_best else "feasible", NAME, taken, bound)


class _Pool:
    """Plans at hand, with the sum that each makes of every row."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._plans: list[tuple[Numbers, Numbers]] = []

    def copy(self) -> "_Pool":
        other = object.__new__(_Pool)
        other._arrays = self._arrays
        other._plans = list(self._plans)
        return other

    def add(self, taken: Numbers) -> None:
        if not any(np.array_equal(taken, known) for known, _ in self._plans):
            self._plans.append((taken, self._arrays.lines.sums(taken)))
            del self._plans[:-KEPT]

    def best(self, posed: Posed) -> Numbers | None:
        """The plan of most gain among those that the question allows."""
        for taken, sums in sorted(self._plans, key=lambda known: -float(posed.gain @ known[0])):
            if (
                (taken >= posed.least - FITS).all()
                and (taken <= posed.most * (1 + FITS) + FITS).all()
                and (sums >= posed.low - FITS).all()
                and (sums <= posed.high + FITS).all()
                and _keeps(posed.more, taken)
            ):
                return taken
        return None


def _keeps(more: Lines, taken: Numbers) -> bool:
    sums = more.sums(taken)
    return bool((sums >= more.low - FITS).all() and (sums <= more.high + FITS).all())


def load(arrays: Arrays) -> Any:  # noqa: ANN401 - a C++ object
    """A HiGHS model of the arrays, silent, exact, minimising the negative of the scaled gain."""
    h = _NEW()
    h.setOptionValue("output_flag", False)
    h.setOptionValue("threads", 1)  # see options_of
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(arrays.columns), len(arrays.lines.low)
    lp.col_cost_ = -scale_of(arrays.gain) * arrays.gain
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), arrays.most
    lp.row_lower_, lp.row_upper_ = arrays.lines.low, arrays.lines.high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = arrays.lines.first
    lp.a_matrix_.index_ = arrays.lines.column
    lp.a_matrix_.value_ = arrays.lines.number
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in arrays.is_whole]
    h.passModel(lp)
    return h


def options_of(search: Search) -> dict[str, Any]:
    """What a search means to HiGHS.

    One thread a solve, always: its threads are of the whole process, and asking for another number
    than the first solve did gives no answer. Other cores improve plans, or solve other questions.
    """
    return {
        "mip_rel_gap": max(search.gap, PROVEN),
        "mip_abs_gap": 0.0,
        "mip_feasibility_tolerance": EXACT,
        "random_seed": search.seed,
        "threads": 1,
    }


def until(h: Any, arrays: Arrays, seconds: float) -> float:  # noqa: ANN401 - a C++ object
    """The time limit that leaves the model so many seconds from now.

    HiGHS's clock runs on from run to run, but its mixed-integer solver starts one anew.
    """
    return seconds if arrays.is_whole.any() else float(h.getRunTime() + seconds)


IMPOSSIBLE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,  # every column is bounded
)


def _least(best: float, bound: float | None) -> float | None:
    """The lower of two bounds, of which either may be unknown."""
    least = best if bound is None else min(best, bound)
    return least if np.isfinite(least) else None


def _left(search: Search, ends: float) -> Search:
    return replace(search, seconds=max(0.0, ends - time.monotonic()))

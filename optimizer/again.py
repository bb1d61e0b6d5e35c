"""A program asked again and again, a little otherwise each time: what is known settles much."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import highspy
import numpy as np

from optimizer.arrays import Arrays, Numbers
from optimizer.model import FROM_A_GOOD_START, IMPOSSIBLE, NAME, Model, load, options_of, until
from optimizer.posed import AS_IT_IS, Posed, Relaxed, Twist
from optimizer.program import Program
from optimizer.rebuild import Frame, frame, rebuilt
from optimizer.search import PROVEN, Outcome, Search, Watch
from optimizer.space import Space
from portfolio.choices import Column

FITS = 1e-9  # of a row's largest term: how far a plan may miss it and still be a start
KEPT, TRIED = 200, 6  # plans and bounds remembered; plans tried whose amounts may have to follow
TIMES, EACH = 400_000, 60  # a round of rebuilding: divided, at most multiplied, by the choices
HEAT = 0.1  # of the mean gain: the loss that rebuilding accepts at first
MOST_YIELD = 100.0  # a gain is never said to be worth more than so many times what it uses
NEAR = 1e-6  # relative gap under which an answer is told as the best
PROVING: Mapping[str, Any] = {  # measured: half of the time that a cold solve takes, or less
    **FROM_A_GOOD_START,
    "mip_allow_cut_separation_at_nodes": False,
    "mip_heuristic_effort": 0.02,
    "mip_heuristic_run_rins": True,
}


class Again:
    """Answers as ``Model`` does, exactly, in a fraction of the time from the second question on.

    The best plan known that fits, mended and bettered by rebuilding, is the start of a proof among
    the columns that a better plan may take. No proof is needed where the plan reaches the bound of
    the relaxation, or of a question answered before that allowed all that this one allows.
    Not to be shared by two threads; ``twin`` makes another.
    """

    def __init__(self, program: Program, plans: Iterable[Mapping[Column, float]] = ()) -> None:
        self.program, self.model = program, Model(program, ())
        self.arrays = self.model.arrays
        self._plans: list[Numbers] = []
        self._bounds: list[tuple[Posed, float]] = []
        self._highs = load(self.arrays)
        for plan in plans:
            self._keep(self.arrays.plan(plan))

    def twin(self) -> "Again":
        """Another of the same, for another thread, that knows as much."""
        other = object.__new__(Again)
        other.program, other.arrays, other.model = self.program, self.arrays, self.model.twin()
        other._plans, other._bounds = list(self._plans), list(self._bounds)
        other._highs = load(self.arrays)
        return other

    def knows(self, bound: float, twist: Twist = AS_IT_IS) -> None:
        """It was proved that no plan under the twist gains more."""
        self._bounds.append((Posed.of(self.arrays, twist), bound))
        del self._bounds[:-KEPT]

    def ask(self, search: Search, twist: Twist = AS_IT_IS) -> Outcome:
        """The best that can be taken under the twist."""
        ends = time.monotonic() + search.seconds
        posed = Posed.of(self.arrays, twist)
        relaxed = self.model.relaxed(twist)
        outcome = None if relaxed is None else self._from_known(posed, relaxed, search, ends)
        if outcome is None:
            outcome = self.model.ask(_left(search, ends), twist)
        if outcome.has_plan:
            self._keep(self.arrays.plan(outcome.taken))
        is_general = not len(posed.more.low)  # else it bounds nothing but itself
        if is_general and outcome.status == "optimal" and outcome.bound is not None:
            self._bounds.append((posed, outcome.bound))
            del self._bounds[:-KEPT]
        return outcome

    def _from_known(
        self, posed: Posed, relaxed: Relaxed, search: Search, ends: float
    ) -> Outcome | None:
        """The answer from the plans at hand; None when none of them can be made to fit."""
        ceiling = min([relaxed.best, *(b for known, b in self._bounds if _allows(known, posed))])
        start = self._fitting(posed, search)
        if start is None or ceiling - posed.gain @ start > PROVEN * max(1.0, abs(ceiling)):
            start = self._bettered(posed, relaxed, start, search)
        if start is None:
            return None
        worth = float(posed.gain @ start)
        if ceiling - worth <= PROVEN * max(1.0, abs(worth)):
            return self._taken(posed, start, max(worth, ceiling))
        few = relaxed.without(posed, worth)
        outcome = self._run(few, _left(search, ends), start)
        bound = ceiling if outcome.bound is None else min(ceiling, outcome.bound)
        best = self.arrays.plan(outcome.taken) if outcome.has_plan else start
        return self._taken(posed, best if posed.gain @ best > worth else start, bound)

    def _fitting(self, posed: Posed, search: Search) -> Numbers | None:
        """The known plan of most gain that fits, once its amounts follow the new limits."""
        whole = self.arrays.is_whole
        in_order = sorted(self._plans, key=lambda taken: -float(posed.gain @ taken))
        tried = 0
        for taken in in_order:
            if _keeps(self.arrays, posed, taken):
                return taken
            within = (taken >= posed.least - FITS) & (taken <= posed.most + FITS)
            if whole.all() or tried == TRIED or not within[whole].all():
                continue
            tried += 1
            held = replace(
                posed,
                least=np.where(whole, taken, posed.least),
                most=np.where(whole, taken, posed.most),
            )
            outcome = self._run(held, replace(search.aside(), seconds=1.0), None)
            if outcome.has_plan:
                return self.arrays.plan(outcome.taken)
        return None

    def _bettered(
        self, posed: Posed, relaxed: Relaxed, start: Numbers | None, search: Search
    ) -> Numbers | None:
        """The start, or the best plan known mended, after a round of rebuilding."""
        space = Space.of(self.arrays, posed)
        if not (len(space.held) and self._plans and posed.gain.any()):
            return start
        first = start if start is not None else max(self._plans, key=lambda p: posed.gain @ p)
        times = 1 + min(TIMES // len(space.held), EACH * len(space.held))
        heat = HEAT * float(np.abs(posed.gain).mean())
        found, is_kept = rebuilt(
            space, _frame(space, relaxed), np.clip(first, posed.least, posed.most), times, heat,
            search.seed,
        )  # fmt: skip
        is_better = start is None or posed.gain @ found > posed.gain @ start
        return found if is_kept and is_better and space.keeps(found, FITS) else start

    def _run(self, posed: Posed, search: Search, start: Numbers | None) -> Outcome:
        """HiGHS, from the start, on its own thread."""
        h = self._highs
        pose(h, posed)
        try:
            h.clearSolver()
            told = {**options_of(search), **PROVING}
            told["time_limit"] = until(h, self.arrays, search.seconds)
            for name, option in told.items():
                h.setOptionValue(name, option)
            if search.watch:
                _heed(h, search.watch)
            if start is not None:
                solution = highspy.HighsSolution()
                solution.col_value = start.tolist()
                h.setSolution(solution)
            h.run()
            if search.watch:
                h.setCallback(None, None)
            return self._heard(posed)
        finally:
            unpose(h, posed)

    def _heard(self, posed: Posed) -> Outcome:
        info = self._highs.getInfo()
        if self._highs.getModelStatus() in IMPOSSIBLE:
            return Outcome("infeasible", NAME)
        is_bound = np.isfinite(info.mip_dual_bound)
        bound = -info.mip_dual_bound / posed.scale if is_bound else None
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Outcome("no-answer", NAME, bound=bound)
        return self._taken(posed, np.array(self._highs.getSolution().col_value), bound)

    def _taken(self, posed: Posed, numbers: Numbers, bound: float | None) -> Outcome:
        numbers = np.where(self.arrays.is_whole, np.round(numbers), numbers)
        worth = float(posed.gain @ numbers)
        is_best = bound is not None and bound - worth <= NEAR * max(1.0, abs(worth))
        taken = self.arrays.taken(numbers)
        return Outcome("optimal" if is_best else "feasible", NAME, taken, bound)

    def _keep(self, taken: Numbers) -> None:
        if not any(np.array_equal(taken, known) for known in self._plans):
            self._plans.append(taken)
            del self._plans[:-KEPT]


def pose(h: Any, posed: Posed) -> None:  # noqa: ANN401 - a C++ object
    """Give a loaded model the twist's gain, bounds and rows."""
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


def unpose(h: Any, posed: Posed) -> None:  # noqa: ANN401 - a C++ object
    """Take the twist's rows out again."""
    height, added = len(posed.low), len(posed.more.low)
    if added:
        h.deleteRows(added, np.arange(height, height + added, dtype=np.int32))


def _heed(h: Any, watch: Watch) -> None:  # noqa: ANN401 - a C++ object
    """Stop when the watch says so."""
    kinds = highspy.cb.HighsCallbackType

    def heard(_: Any, __: str, ___: Any, reply: Any, ____: object) -> None:  # noqa: ANN401
        reply.user_interrupt = watch.is_stopped()

    h.setCallback(heard, None)
    h.startCallback(kinds.kCallbackMipInterrupt)
    h.startCallback(kinds.kCallbackSimplexInterrupt)


def _allows(known: Posed, posed: Posed) -> bool:
    """Whether all that ``posed`` allows, ``known`` allowed, for the same gain."""
    return bool(
        not len(known.more.low)
        and np.array_equal(known.gain, posed.gain)
        and (known.low <= posed.low).all()
        and (known.high >= posed.high).all()
        and (known.least <= posed.least).all()
        and (known.most >= posed.most).all()
    )


def _keeps(arrays: Arrays, posed: Posed, taken: Numbers) -> bool:
    if not ((taken >= posed.least - FITS).all() and (taken <= posed.most + FITS).all()):
        return False
    sums, more = arrays.lines.sums(taken), posed.more.sums(taken)
    return bool(
        (sums >= posed.low - FITS).all()
        and (sums <= posed.high + FITS).all()
        and (more >= posed.more.low - FITS).all()
        and (more <= posed.more.high + FITS).all()
    )


def _frame(space: Space, relaxed: Relaxed) -> Frame:
    """The space as rebuilding reads it, guided by the prices of the relaxation."""
    priced = np.maximum(space.gain - relaxed.reduced, 1e-9)
    yields = np.minimum(space.gain / priced, MOST_YIELD)
    by_group, doubt = np.zeros(len(space.held)), np.full(len(space.held), np.inf)
    np.maximum.at(by_group, space.group[space.member], yields[space.member])
    np.minimum.at(doubt, space.group[space.member], np.abs(relaxed.reduced)[space.member])
    return frame(space, by_group, relaxed.reduced, np.minimum(doubt, 1e12))


def _left(search: Search, ends: float) -> Search:
    return replace(search, seconds=max(0.0, ends - time.monotonic()))

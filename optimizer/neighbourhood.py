"""The best plan among those that differ from one at hand in a few choices only: a small program."""

from collections.abc import Callable
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from optimizer.arrays import Numbers
from optimizer.search import EXACT, SMALLEST
from optimizer.space import Space

_NEW: Any = highspy.Highs


def best_nearby(
    space: Space, taken: Numbers, is_free: NDArray[np.bool_], seconds: float, gap: float,
    seed: int, is_over: Callable[[], bool],
) -> tuple[Numbers, bool]:  # fmt: skip
    """(the best plan found with every other column as in ``taken``, whether it was proved).

    ``taken`` itself when none better was found in ``seconds``; it need not keep the rows.
    """
    at = np.flatnonzero(is_free)
    if not len(at):
        return taken, True
    h = _load(space, taken, at)
    told = {
        "time_limit": seconds, "mip_rel_gap": gap, "threads": 1, "random_seed": seed,
        "mip_feasibility_tolerance": EXACT, "mip_heuristic_run_feasibility_jump": False,
    }  # fmt: skip
    for name, value in told.items():
        h.setOptionValue(name, value)
    _stop_when(h, is_over)
    start = highspy.HighsSolution()
    start.col_value = taken[at].tolist()
    h.setSolution(start)
    h.run()
    h.setCallback(None, None)
    is_proved = h.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if h.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return taken, h.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    found = np.array(h.getSolution().col_value)
    found = np.where(space.is_whole[at], np.round(found), found)
    other = taken.copy()
    other[at] = found
    return other, is_proved


def _load(space: Space, taken: Numbers, at: NDArray[np.int64]) -> Any:  # noqa: ANN401 - a C++ object
    """Only these columns, and the rows they are in, with what the other columns leave of them."""
    held = taken.copy()
    held[at] = 0.0
    part = space.columns[:, at].tocsr()
    kept = np.flatnonzero(np.diff(part.indptr))
    part, used = part[kept], (space.rows @ held)[kept]
    gain = space.gain[at]
    largest = float(np.abs(gain).max(initial=0.0))
    scale = SMALLEST / largest if 0 < largest < SMALLEST else 1.0
    h = _NEW()
    h.setOptionValue("output_flag", False)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(at), len(kept)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = -scale * gain, space.least[at], space.most[at]
    lp.row_lower_, lp.row_upper_ = space.low[kept] - used, space.high[kept] - used
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = part.indptr, part.indices
    lp.a_matrix_.value_ = part.data
    kinds = highspy.HighsVarType
    whole = space.is_whole[at]
    lp.integrality_ = [kinds.kInteger if one else kinds.kContinuous for one in whole]
    h.passModel(lp)
    return h


def _stop_when(h: Any, is_over: Callable[[], bool]) -> None:  # noqa: ANN401 - a C++ object
    kinds = highspy.cb.HighsCallbackType

    def heard(_: Any, __: str, ___: Any, reply: Any, ____: object) -> None:  # noqa: ANN401
        reply.user_interrupt = is_over()

    h.setCallback(heard, None)
    h.startCallback(kinds.kCallbackMipInterrupt)
    h.startCallback(kinds.kCallbackSimplexInterrupt)

"""What a running solve tells those who follow it, and what it is told: bounds, plans, the end."""

from typing import Any

import highspy
import numpy as np

from optimizer.incumbent import Incumbent
from optimizer.search import Watch

UNKNOWN = 1e30  # what HiGHS says of a bound it does not have yet is larger
KINDS = highspy.cb.HighsCallbackType
FOLLOWED = (KINDS.kCallbackMipInterrupt, KINDS.kCallbackSimplexInterrupt)
TRADED = (KINDS.kCallbackMipImprovingSolution, KINDS.kCallbackMipUserSolution)


class Hearing:
    """Listens to one solve of a HiGHS model that minimises the negative of the scaled gain.

    watch       told of the best objective and the bound, asked whether to end
    incumbent   the best plan known beside the solve: offered what it finds, asked for better
    """

    def __init__(self, watch: Watch | None, scale: float, incumbent: Incumbent | None) -> None:
        self.watch, self.scale, self.incumbent = watch, scale, incumbent

    def begin(self, h: Any) -> None:  # noqa: ANN401 - a C++ object
        """Hear what there is to hear."""
        if self.watch is None and self.incumbent is None:
            return
        h.setCallback(self._heard, None)
        for kind in FOLLOWED if self.watch else ():
            h.startCallback(kind)
        for kind in TRADED if self.incumbent else ():
            h.startCallback(kind)

    def end(self, h: Any) -> None:  # noqa: ANN401 - a C++ object
        """Hear nothing more."""
        h.setCallback(None, None)

    def _heard(self, kind: Any, _: str, data: Any, reply: Any, __: object) -> None:  # noqa: ANN401
        if kind == TRADED[0] and self.incumbent:
            self.incumbent.offer(np.array(data.mip_solution))
        elif kind == TRADED[1] and self.incumbent:
            better = self.incumbent.better_than(self._plain(data.mip_primal_bound))
            if better is not None:
                reply.setSolution(better)
        elif self.watch:
            if kind == FOLLOWED[0]:
                self._tell(self.watch, data)
            reply.user_interrupt = self.watch.is_stopped()

    def _tell(self, watch: Watch, data: Any) -> None:  # noqa: ANN401 - a C++ object
        found, bound = self._plain(data.mip_primal_bound), self._plain(data.mip_dual_bound)
        if self.incumbent and self.incumbent.taken is not None:
            found = max(self.incumbent.worth, self.incumbent.worth if found is None else found)
        watch.heard(found, bound)

    def _plain(self, cost: float) -> float | None:
        """A gain in the question's own measure; None = not known yet."""
        return -cost / self.scale if abs(cost) < UNKNOWN else None

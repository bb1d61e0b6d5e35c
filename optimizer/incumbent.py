"""The best plan known so far, shared by the threads that look for a better one."""

import threading

import numpy as np

from optimizer.arrays import Numbers

BETTER = 1e-9  # relative gain under which a plan is not better


class Incumbent:
    """Threads offer plans and ask for better ones."""

    def __init__(self, gain: Numbers, start: Numbers | None) -> None:
        self._gain, self._lock = gain, threading.Lock()
        self.taken = start
        self.worth = -np.inf if start is None else float(gain @ start)

    def offer(self, taken: Numbers) -> bool:
        """Keep the plan if it is better; whether it was."""
        worth = float(self._gain @ taken)
        with self._lock:
            if not self._is_better(worth, self.worth):
                return False
            self.taken, self.worth = taken, worth
            return True

    def better_than(self, worth: float | None) -> Numbers | None:
        """The plan, where it is worth more than that (None = than nothing)."""
        with self._lock:
            if self.taken is None or (worth is not None and not self._is_better(self.worth, worth)):
                return None
            return self.taken

    def _is_better(self, one: float, other: float) -> bool:
        return one > other + BETTER * max(1.0, abs(other)) if np.isfinite(other) else True

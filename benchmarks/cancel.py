"""How soon a solve under way ends once it is told to stop, at several moments of it."""

import argparse
import statistics
import threading
import time

from generator import generated

from optimizer.search import Search, Watch
from optimizer.solve import solve
from portfolio.plan import Plan


class Stopped(Watch):
    """Stops when told by a clock on another thread."""

    def __init__(self, after: float) -> None:
        self.at = 0.0
        self._event = threading.Event()
        self._clock = threading.Timer(after, self._stop)
        self._clock.start()

    def _stop(self) -> None:
        self.at = time.perf_counter()
        self._event.set()

    def is_stopped(self) -> bool:
        """Whether the clock rang."""
        return self._event.is_set()


def main() -> None:
    """Print when each solve was stopped, how long it took to end, and what it had."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--projects", type=int, default=1000)
    asked.add_argument("--after", type=float, nargs="*", default=[1, 2, 4, 8, 12, 16])
    told = asked.parse_args()
    question = generated(told.projects)
    waits = []
    for after in told.after:
        watch = Stopped(after)
        found = solve(question, Search(300.0, watch=watch), settle=False)
        waits.append(time.perf_counter() - watch.at)
        has = f"gap {found.proof.gap:.2%}" if isinstance(found, Plan) else found.proof.status
        print(f"stopped after {after:4.1f} s: ended {waits[-1]:5.2f} s later, {has}", flush=True)
    print(f"median {statistics.median(waits):.2f} s, longest {max(waits):.2f} s")


if __name__ == "__main__":
    main()

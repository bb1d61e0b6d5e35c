"""A HiGHS run that can be left: it ends when told, even where HiGHS does not listen for a while."""

import threading
import time
from typing import Any

from optimizer.search import Watch

LOOK, GRACE = 0.05, 0.4  # seconds between looks at the watch; and given to HiGHS to end by itself


def run(h: Any, seconds: float, watch: Watch | None) -> bool:  # noqa: ANN401 - a C++ object
    """Run the model; whether it ended. If not it was left, to end by itself: do not touch it more.

    HiGHS looks at the clock and at callbacks between steps, of which some (presolve, the first
    factorisations) last seconds on large models.
    """
    if watch is None:
        h.run()
        return True
    done = threading.Event()

    def work() -> None:
        h.run()
        done.set()

    threading.Thread(target=work, name="solve").start()
    ends, told = time.monotonic() + seconds + GRACE, None
    while not done.wait(LOOK):
        now = time.monotonic()
        if told is None and watch.is_stopped():
            told = now
        if now > ends or (told is not None and now > told + GRACE):
            return False
    return True

"""Long work beside the pages: one thread a job, with progress, a stop and a result."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from optimizer.solvers import Watch

T = TypeVar("T")
KEPT = 64  # jobs whose results are remembered


@dataclass
class Job(Watch, Generic[T]):
    """A solve under way. HiGHS releases the interpreter, so pages stay quick beside it.

    share    0..1 of the way, where the work can tell; None = it cannot
    so_far   what is known already, to be shown while the rest is looked for
    """

    began: float = field(default_factory=time.monotonic)
    share: float | None = None
    so_far: Any = None
    objective: float | None = None
    bound: float | None = None
    future: "Future[T]" = field(default_factory=Future)
    _stop: threading.Event = field(default_factory=threading.Event)

    def heard(self, objective: float | None, bound: float | None) -> None:
        self.objective, self.bound = objective, bound

    def is_stopped(self) -> bool:
        return self._stop.is_set()

    def reached(self, share: float, so_far: Any = None) -> None:  # noqa: ANN401  the work's own
        """Tell how far the work has come, and what is known by then."""
        self.share, self.so_far = share, so_far

    def stop(self) -> None:
        """End the job soon, with what it has."""
        self._stop.set()

    @property
    def is_done(self) -> bool:
        return self.future.done()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self.began


class Jobs:
    """The jobs of this process, by name: the same work is never started twice.

    Work begun aside waits for its own kind only, so that a plan asked for meanwhile is not delayed.
    Only the last ``KEPT`` are remembered; a result that is asked again later is worked out anew.
    """

    def __init__(self, at_once: int = 2) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="job")
        self._aside = ThreadPoolExecutor(at_once, thread_name_prefix="aside")
        self._jobs: dict[str, Job[Any]] = {}
        self._lock = threading.Lock()

    def start(self, name: str, work: Callable[[Job[T]], T], aside: bool = False) -> Job[T]:
        """The job of that name, begun now unless it is there already.

        aside   long work that explains a plan, beside the search for plans
        """
        with self._lock:
            if name not in self._jobs:
                job: Job[T] = Job()
                self._jobs[name] = job
                (self._aside if aside else self._pool).submit(_run, job, work)
                self._drop_oldest()
            return self._jobs[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The jobs that are remembered, the oldest first."""
        return tuple(self._jobs)

    def get(self, name: str) -> Job[Any] | None:
        """The job of that name, if one was started."""
        return self._jobs.get(name)

    def close(self) -> None:
        """Stop everything, and start nothing more."""
        for name in self.names:
            self.forget(name)
        for pool in (self._pool, self._aside):
            pool.shutdown(wait=False, cancel_futures=True)

    def _drop_oldest(self) -> None:
        """Forget the oldest jobs that are done, beyond those that are remembered."""
        done = [name for name, job in self._jobs.items() if job.is_done]
        for name in done[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[name]

    def forget(self, name: str) -> None:
        """Stop the job and drop its result."""
        with self._lock:
            job = self._jobs.pop(name, None)
        if job:
            job.stop()


def _run(job: Job[T], work: Callable[[Job[T]], T]) -> None:
    try:
        job.future.set_result(work(job))
    except Exception as error:  # a Future carries whatever the work raised to the one who asks
        job.future.set_exception(error)

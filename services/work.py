"""The port of executors: what is worked on, who does it, and what came of it."""

import os
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from optimizer.search import Watch

T = TypeVar("T")
R = TypeVar("R")
Make = Callable[[Watch], Callable[[T], R]]  # called once a worker: loads, gives what is asked often

ROOT = Path(__file__).parent.parent
BLINK = 0.05  # seconds between two looks at whether to stop
NOBODY = Watch()


class WorkerLost(RuntimeError):
    """A thing over which every worker that was given it died."""


class Executor(ABC):
    """Who does the work. ``close`` lets the workers go."""

    @abstractmethod
    def run(self, make: Make[T, R], things: Sequence[T], watch: Watch = NOBODY) -> list[R]:
        """The work on every thing, in order; when the watch says stop, on the first ones only.

        make    called once in each worker, with whom to ask whether to stop; beyond this process
                it travels pickled, and nobody asks: the worker is dropped
        watch   told how many things are done, and how many there are
        What the work raises is raised here, for the first thing that raised.
        """

    @abstractmethod
    def close(self) -> None:
        """Let the workers go."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Board:
    """Which things are left, and what came of the others."""

    def __init__(self, things: Sequence[Any], watch: Watch) -> None:
        self.things, self.watch = things, watch
        self.results: dict[int, Any] = {}
        self.errors: dict[int, BaseException] = {}
        self._next = iter(range(len(things)))
        self._lock = threading.Lock()
        self.is_stopped = False

    def take(self) -> int | None:
        """The place of the next thing to work on; None when there is nothing more to do."""
        with self._lock:
            return None if self.is_stopped or self.errors else next(self._next, None)

    def put(self, at: int, result: Any) -> None:  # noqa: ANN401 - whatever the work gives
        """Note what came of a thing."""
        with self._lock:
            self.results[at] = result
            self.watch.heard(float(len(self.results)), float(len(self.things)))

    def fail(self, at: int, error: BaseException) -> None:
        """Note what the work raised."""
        with self._lock:
            self.errors[at] = error

    def follow(self, threads: Sequence[threading.Thread]) -> None:
        """Wait for the threads, or for the watch to say stop."""
        for thread in threads:
            while thread.is_alive():
                if self.watch.is_stopped():
                    self.is_stopped = True
                    return
                thread.join(BLINK)

    def given(self) -> list[Any]:
        """The results in order, up to the first that is missing."""
        if self.errors and not self.is_stopped:
            raise self.errors[min(self.errors)]
        got = range(len(self.things))
        missing = next((at for at in got if at not in self.results), len(self.things))
        return [self.results[at] for at in range(missing)]


def same_paths() -> dict[str, str]:
    """The environment of a process that imports from where this one does."""
    paths = [str(ROOT), *(path for path in sys.path if path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}

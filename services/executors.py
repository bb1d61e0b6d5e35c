"""Executors: the same work on many inputs, in threads here, in processes, or on a Dask cluster.

The port is one function, ``run(make, things, watch)``. Results come in the order of the things
and do not depend on who worked: a worker brings nothing from one thing to the next.
"""

import os
import threading
from collections.abc import Sequence
from typing import Any

from optimizer.search import Watch
from services.processes import Processes
from services.work import NOBODY, Board, Executor, Make, R, T


def executor(name: str = "here", workers: int | None = None) -> Executor:
    """``here``, ``processes``, ``dask`` (a cluster on this machine), or a scheduler's address."""
    if name == "here":
        return Here(workers)
    if name == "processes":
        return Processes(workers)
    from services.cluster import Dask  # a second to import, and only then

    return Dask(None if name == "dask" else name, workers)


class Here(Executor):
    """Threads of this process: HiGHS releases the interpreter while it works."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or os.cpu_count() or 1

    def run(self, make: Make[T, R], things: Sequence[T], watch: Watch = NOBODY) -> list[R]:
        board = Board(things, watch)
        asked = _Stop(board)
        threads = [
            threading.Thread(target=_work, args=(board, make, asked), daemon=True)
            for _ in range(min(self._workers, len(things)))
        ]
        for thread in threads:
            thread.start()
        board.follow(threads)
        for thread in threads:
            thread.join(0.3)  # stopped: the solve under way is told so, and ends
        return board.given()

    def close(self) -> None:
        """Nothing: the threads end with each run."""


class _Stop(Watch):
    """Tells the work here that it may end."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def is_stopped(self) -> bool:
        return self._board.is_stopped or self._board.watch.is_stopped()


def _work(board: Board, make: Make[Any, Any], watch: Watch) -> None:
    """One thread: load, then work on what is left until nothing is."""
    at = board.take()
    try:
        work = make(watch) if at is not None else None
        while at is not None and work is not None:
            result = work(board.things[at])
            if watch.is_stopped():
                return  # it may have ended early
            board.put(at, result)
            at = board.take()
    except Exception as error:  # carried to the one who asked
        board.fail(at or 0, error)

"""Work shared among the workers of a Dask cluster, on this machine or anywhere."""

import json
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import distributed

from optimizer.search import Watch
from services.work import BLINK, NOBODY, Board, Executor, Make, R, T, WorkerLost, same_paths

CLIENT: Any = distributed.Client  # it has no types
PATIENCE = 60  # seconds for a scheduler and its workers to be there
AHEAD = 64  # things given to the cluster before their turn


class Dask(Executor):
    """A Dask cluster: the scheduler at an address, or one of our own on this machine.

    The workers of an address must have this project to import. A thing whose worker dies is given
    to another one by Dask itself.
    """

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        self._own = None if address else _Cluster(workers or os.cpu_count() or 1)
        try:
            at = self._own.address() if self._own else address
            self.client = CLIENT(at, set_as_default=False, timeout=PATIENCE)
            if self._own:
                self.client.wait_for_workers(self._own.workers, timeout=PATIENCE)
        except Exception:
            if self._own:
                self._own.end()
            raise

    def run(self, make: Make[T, R], things: Sequence[T], watch: Watch = NOBODY) -> list[R]:
        board, packed = Board(things, watch), pickle.dumps(make)
        name = f"{sha256(packed).hexdigest()[:16]}-{uuid4().hex}"
        futures: dict[int, Any] = {}
        try:
            self._follow(board, futures, name, packed)
        finally:
            self.client.cancel(list(futures.values()))
        return board.given()

    def close(self) -> None:
        if self._own:
            with suppress(OSError, TimeoutError):
                self.client.shutdown()
        self.client.close()
        if self._own:
            self._own.end()

    def _follow(self, board: Board, futures: dict[int, Any], name: str, packed: bytes) -> None:
        """Give things out a little ahead and note results as they come, until all are there.

        Each brings the work with it: as a result of its own it would draw things to its worker,
        and be lost with it.
        """
        done: queue.SimpleQueue[int] = queue.SimpleQueue()
        while not (board.watch.is_stopped() or board.errors):
            while len(futures) < AHEAD and (at := board.take()) is not None:
                key = f"do-{name}-{at}"
                futures[at] = self.client.submit(
                    _on_worker, name, packed, board.things[at], key=key
                )
                futures[at].add_done_callback(lambda _, at=at: done.put(at))
            if not futures:
                return
            try:
                at = done.get(timeout=BLINK)
            except queue.Empty:
                continue
            future = futures.pop(at)
            error = future.exception()
            if error is None:
                board.put(at, future.result())
            else:
                board.fail(at, error)
        board.is_stopped = not board.errors


class _Cluster:
    """A scheduler and workers on this machine, reached from this machine only."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._folder = TemporaryDirectory(prefix="arbitrage-dask-", ignore_cleanup_errors=True)
        self.file = str(Path(self._folder.name) / "scheduler.json")
        plain = ["--scheduler-file", self.file, "--no-dashboard", "--host", "127.0.0.1"]
        self._parts = [
            self._start("dask_scheduler", *plain, "--port", "0", "--idle-timeout", "600"),
            self._start(
                "dask_worker", *plain, "--nworkers", str(workers), "--nthreads", "1",
                "--local-directory", self._folder.name, "--death-timeout", "60",
            ),
        ]  # fmt: skip

    def address(self) -> str:
        """Of the scheduler, once it is there."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends and self._parts[0].poll() is None:
            try:
                return str(json.loads(Path(self.file).read_text(encoding="utf-8"))["address"])
            except (OSError, ValueError, KeyError):
                time.sleep(BLINK)
        raise WorkerLost("the scheduler of this machine did not begin")

    def _start(self, what: str, *options: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{what}", *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=same_paths(),
        )  # fmt: skip

    def end(self) -> None:
        """Let the cluster end by itself; a little later, end it."""
        for part in reversed(self._parts):
            part.terminate()
        for part in self._parts:
            try:
                part.wait(5)
            except subprocess.TimeoutExpired:
                part.kill()
                part.wait()
        self._folder.cleanup()


_LOADED = threading.local()  # in a Dask worker: what each of its threads has loaded


def _on_worker(name: str, packed: bytes, thing: Any) -> Any:  # noqa: ANN401 - as the work says
    """In a Dask worker: the work on one thing, loaded once a thread."""
    if getattr(_LOADED, "name", None) != name:
        _LOADED.work = pickle.loads(packed)(NOBODY)
        _LOADED.name = name
    return _LOADED.work(thing)

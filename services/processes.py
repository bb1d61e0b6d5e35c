"""Work shared among processes of this machine, each replaced when it dies."""

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from optimizer.search import Watch
from services.work import BLINK, NOBODY, Board, Executor, Make, R, T, WorkerLost, same_paths

TRIES = 3  # how often a thing is given to another worker when one died over it


class Processes(Executor):
    """Processes of this machine, each an interpreter of its own; they end when this one does.

    Not multiprocessing: it would import the main module again, which may be a page.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or os.cpu_count() or 1
        self._started: list[_Process] = []
        self._idle: list[_Process] = []
        self._lock = threading.Lock()

    def run(self, make: Make[T, R], things: Sequence[T], watch: Watch = NOBODY) -> list[R]:
        board, packed, crew = Board(things, watch), pickle.dumps(make), _Crew()
        threads = [
            threading.Thread(target=self._serve, args=(board, packed, crew), daemon=True)
            for _ in range(min(self._workers, len(things)))
        ]
        for thread in threads:
            thread.start()
        board.follow(threads)
        if board.is_stopped:
            crew.end()
        for thread in threads:
            thread.join()
        return board.given()

    @property
    def ids(self) -> tuple[int, ...]:
        """The processes that were started and have not ended."""
        with self._lock:
            self._started = [process for process in self._started if not process.is_ended]
            return tuple(process.id for process in self._started)

    def close(self) -> None:
        with self._lock:
            gone, self._started, self._idle = self._started, [], []
        for process in gone:
            process.end()
            process.bury()

    def _serve(self, board: Board, make: bytes, crew: "_Crew") -> None:
        """One worker, replaced when it dies, until nothing is left to do."""
        process = self._hire(crew)
        at, tries = board.take(), 0
        while at is not None:
            try:
                board.put(at, process.ask(make, board.things[at]))
            except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
                if not process.is_dead:
                    board.fail(at, error)  # the work's own
                    break
                process.bury()
                tries += 1
                if board.is_stopped:
                    return
                if tries >= TRIES:
                    return board.fail(at, WorkerLost(f"thing {at}: {TRIES} workers died"))
                process = self._hire(crew)
                continue
            except Exception as error:  # carried to the one who asked
                board.fail(at, error)
                break
            at, tries = board.take(), 0
        self._leave(process)

    def _hire(self, crew: "_Crew") -> "_Process":
        with self._lock:
            self._idle = [process for process in self._idle if not process.is_ended]
            process = self._idle.pop() if self._idle else None
        if process is None:
            process = _Process()
            with self._lock:
                self._started.append(process)
        crew.add(process)
        return process

    def _leave(self, process: "_Process") -> None:
        if process.is_ended:
            return process.bury()
        with self._lock:
            self._idle.append(process)


class _Crew:
    """The processes that work for one run."""

    def __init__(self) -> None:
        self._processes: list[_Process] = []
        self._lock = threading.Lock()
        self._is_ended = False

    def add(self, process: "_Process") -> None:
        with self._lock:
            self._processes.append(process)
            if self._is_ended:
                process.end()

    def end(self) -> None:
        """At once; those who speak with them see it."""
        with self._lock:
            self._is_ended = True
            for process in self._processes:
                process.end()


class _Process:
    """One interpreter that works for us, spoken to through its pipes."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "services.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=same_paths(),
        )  # fmt: skip
        self.id = self._child.pid
        self.is_ended = False
        self._made = b""

    def ask(self, make: bytes, thing: Any) -> Any:  # noqa: ANN401 - whatever the work takes, gives
        """The worker's answer; raises what it raised, EOFError or OSError when it died."""
        if make != self._made:
            self._say("make", make)
            self._made = make
        return self._say("do", thing)

    def _say(self, kind: str, thing: Any) -> Any:  # noqa: ANN401 - whatever the work takes, gives
        into, out = self._child.stdin, self._child.stdout
        assert into is not None
        assert out is not None
        pickle.dump((kind, thing), into)
        into.flush()
        is_well, answer = pickle.load(out)
        if not is_well:
            raise answer
        return answer

    @property
    def is_dead(self) -> bool:
        """Whether it ended, by itself or otherwise; waits a moment for one that is about to."""
        if not self.is_ended:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(BLINK)
        return self.is_ended or self._child.poll() is not None

    def end(self) -> None:
        """At once; from any thread."""
        self.is_ended = True
        self._child.kill()

    def bury(self) -> None:
        """Let go of what an ended process held; by the one thread that spoke with it."""
        self.is_ended = True
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError, ValueError):
                    pipe.close()

"""Work that tests give to executors: importable wherever a worker runs."""

import os
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Squares:
    """Squares of numbers; each load leaves a mark in a folder, and may take its time."""

    folder: str = ""
    seconds: float = 0.0

    def __call__(self, watch):
        if self.folder:
            (Path(self.folder) / f"{os.getpid()}-{time.monotonic_ns()}").touch()
        return self.square

    def square(self, number):
        time.sleep(self.seconds)
        return number * number


@dataclass(frozen=True)
class Deadly:
    """Squares, but the process dies over the number 7 as long as it is not told otherwise."""

    folder: str
    times: int = 1

    def __call__(self, watch):
        return self.square

    def square(self, number):
        deaths = list(Path(self.folder).iterdir())
        if number == 7 and len(deaths) < self.times:
            (Path(self.folder) / f"death-{len(deaths)}").touch()
            os._exit(1)
        time.sleep(0.02)
        return number * number


@dataclass(frozen=True)
class Refusing:
    """Raises over the number 7."""

    def __call__(self, watch):
        return self.square

    def square(self, number):
        if number == 7:
            raise ValueError("seven")
        return number * number


@dataclass(frozen=True)
class Patient:
    """Waits until it is told to stop."""

    def __call__(self, watch):
        def wait(number):
            while not watch.is_stopped():
                time.sleep(0.01)
            return number

        return wait

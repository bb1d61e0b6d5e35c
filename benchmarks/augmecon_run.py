"""One knapsack of a folder solved by pyaugmecon with HiGHS; run by an interpreter that has it.

python augmecon_run.py FOLDER [WORKERS]: prints version, workers, seconds, cpu and points as JSON.
"""

import csv
import json
import multiprocessing
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyomo.environ as pyo
from pyaugmecon import PyAugmecon


def model(folder: Path) -> Any:  # noqa: ANN401 - a Pyomo model
    """Maximise each row of c.csv; each row of a.csv stays within its row of b.csv."""
    gains, weights, limits = (_table(folder / f"{name}.csv") for name in "cab")
    asked: Any = pyo.ConcreteModel()
    asked.places = pyo.RangeSet(0, len(gains[0]) - 1)
    asked.x = pyo.Var(asked.places, within=pyo.Binary)
    asked.limits = pyo.ConstraintList()
    for weight, limit in zip(weights, limits, strict=True):
        asked.limits.add(sum(w * asked.x[i] for i, w in enumerate(weight)) <= limit[0])
    asked.obj_list = pyo.ObjectiveList()
    for gain in gains:
        asked.obj_list.add(sum(g * asked.x[i] for i, g in enumerate(gain)), sense=pyo.maximize)
    for at in range(1, len(gains) + 1):
        asked.obj_list[at].deactivate()
    return asked


def _table(file: Path) -> list[list[float]]:
    with file.open() as lines:
        return [[float(x) for x in line[1:]] for line in list(csv.reader(lines))[1:]]


def main() -> None:
    """Solve, and print what was found."""
    multiprocessing.set_start_method(
        "spawn", force=True
    )  # its workers are spawned; its queues are not
    asked, workers = model(Path(sys.argv[1])), int((*sys.argv, "1")[2])
    with tempfile.TemporaryDirectory() as folder:
        options = {"mode": "exact", "workers": workers, "write_csv": False, "progress_bar": False,
                   "log_to_console": False, "artifact_folder": folder}  # fmt: skip
        began, busy = time.perf_counter(), time.process_time()
        found = PyAugmecon(asked, options).solve()
        seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    points = sorted([round(float(x)) for x in point] for point in found.points)
    said = {"version": version("pyaugmecon"), "workers": workers, "seconds": seconds}
    said |= {"cpu": cpu, "points": points}
    print(json.dumps(said))


if __name__ == "__main__":
    main()

"""Similar proposals: how many reworded ones find what they repeat, and how long it takes.

``python benchmarks/likeness.py`` prints the table. The thirty rewordings were written by hand from
the demo's texts (tests/reworded.py). The real ones are projects of Canada's two published lists,
2016 and 2022, that stand in both and were described anew in between; they are in English, which
French roots serve less well (shared data gc_it_projects; left out where it is absent).
"""

import csv
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from reworded import REWORDED  # noqa: E402

from services.likeness import Texts  # noqa: E402

DEMO = ROOT / "data" / "samples" / "demo" / "projects.csv"
SHARED = Path(os.environ.get("ARBITRAGE_SHARED_DATA") or ROOT.parent / "shared" / "data")
FIELDS = ("title", "problem", "outcome", "beneficiaries")


def main() -> None:
    """Print recall at 1 and 3, then seconds."""
    known = {row["code"]: "\n".join(row[f] for f in FIELDS) for row in rows(DEMO)}
    told("demo, 30 rewordings", list(known.values()), [
        (text, list(known).index(code)) for code, text in REWORDED.items()
    ])  # fmt: skip
    folder = SHARED / "gc_it_projects"
    if not folder.exists():
        print("real lists absent (set ARBITRAGE_SHARED_DATA)")
        return
    old, new = (list(rows(folder / f"gc-it-projects-{year}.csv")) for year in (2016, 2022))
    place = {row["uniqueId"]: at for at, row in enumerate(old)}
    again = [(text(row), place[row["uniqueId"]]) for row in new if row["uniqueId"] in place]
    timed([text(row) for row in (*old, *new)][:500])
    told("real, in both lists", [text(row) for row in old], again)


def rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened)


def text(row: dict[str, str]) -> str:
    return f"{row['projectName']}\n{row['description']}"


def told(name: str, known: Sequence[str], asked: Sequence[tuple[str, int]]) -> None:
    first = third = 0
    for said, wanted in asked:
        found = [at for at, _ in Texts([*known, said]).nearest(len(known), 3)]
        first += found[:1] == [wanted]
        third += wanted in found
    n = len(asked)
    print(f"{name:24} among {len(known):4}: recall@1 {first}/{n}, recall@3 {third}/{n}")


def timed(texts: Sequence[str]) -> None:
    print(f"{len(texts)} projects, {len(' '.join(texts).split()):,} words:")
    began = time.perf_counter()
    whole = Texts(texts)
    print(f"  made ready, first time           {time.perf_counter() - began:.3f} s")
    clock("made ready again (roots known)", lambda: Texts(texts))
    clock("nearest of one", lambda: whole.nearest(0, 5))
    clock("every pair at 0.3", lambda: whole.pairs(0.3))


def clock(name: str, act: Callable[[], object]) -> None:
    began = time.perf_counter()
    act()
    print(f"  {name:32} {time.perf_counter() - began:.3f} s")


if __name__ == "__main__":
    main()

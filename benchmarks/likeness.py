"""Similar proposals: how many reworded ones find what they repeat, and how long it takes.

``python benchmarks/likeness.py`` prints the table. The thirty rewordings were written by hand from
the demo's texts (tests/reworded.py). The real ones are projects of Canada's two published lists,
2016 and 2022, that stand in both and were described anew in between; they are in English, which
French roots serve less well (shared data gc_it_projects; left out where it is absent).
"""

import csv
import os
import re
import sys
import time
from collections import Counter
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
    """Print recall at 1 and 3 beside a plain count of words, then seconds of processor."""
    known = {row["code"]: "\n".join(row[f] for f in FIELDS) for row in rows(DEMO)}
    wanted = {code: list(known).index(code) for code in REWORDED}
    whole = [(text, wanted[code]) for code, text in REWORDED.items()]
    told("demo, 30 rewordings", list(known.values()), whole)
    titles = [(text.partition(". ")[0], at) for text, at in whole]
    told("the same, title only", list(known.values()), titles)
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
    ours, plain = Counter[str](), Counter[str]()
    for said, wanted in asked:
        near = [at for at, _ in Texts([*known, said]).nearest(len(known), 3)]
        for tally, found in ((ours, near), (plain, in_common(known, said))):
            tally["1"] += found[:1] == [wanted]
            tally["3"] += wanted in found
    for which, tally in (("ours", ours), ("words in common", plain)):
        rates = ", ".join(f"recall@{k} {tally[k]}/{len(asked)}" for k in "13")
        print(f"{name:22} among {len(known):4}, {which:16}: {rates}")


def in_common(known: Sequence[str], said: str) -> list[int]:
    """The three nearest by the plain share of words in common (Jaccard), as they are typed."""
    mine, every = words(said), [words(one) for one in known]
    shares = [len(mine & other) / max(1, len(mine | other)) for other in every]
    return sorted(range(len(known)), key=lambda at: -shares[at])[:3]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def timed(texts: Sequence[str]) -> None:
    print(f"{len(texts)} projects, {len(' '.join(texts).split()):,} words, seconds of processor:")
    began = time.process_time()
    whole = Texts(texts)
    print(f"  {'made ready, first time':32} {time.process_time() - began:.3f} s")
    clock("made ready again (roots known)", lambda: Texts(texts))
    clock("nearest of one", lambda: whole.nearest(0, 5))
    clock("every pair at 0.3", lambda: whole.pairs(0.3))


def clock(name: str, act: Callable[[], object]) -> None:
    began = time.process_time()
    act()
    print(f"  {name:32} {time.process_time() - began:.3f} s")


if __name__ == "__main__":
    main()

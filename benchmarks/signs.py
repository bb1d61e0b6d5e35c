"""Signs worth a question: how often honest committees raise one, how often a fault is seen.

``python benchmarks/signs.py [COMMITTEES]`` prints the table; ``--write`` also keeps it where the
page reads it (data/references/signs.toml).
"""

import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from committees import SIZES, Committee, faulty, honest, texts_of

from scoring.signs import Kind
from services import imports

HERE = Path(__file__).parents[1] / "data" / "references" / "signs.toml"
COMMITTEES, FEWER = 1000, 4  # the sign of splits reads texts: a fourth of the committees
FIRST = 10_000  # seed of the first one: levels were tuned on others


@dataclass(frozen=True)
class Rate:
    """In how many of so many committees; size 0 = honest."""

    kind: Kind
    size: float
    raised: int
    clear: int
    committees: int

    @property
    def share(self) -> float:
        return self.raised / self.committees

    @property
    def error(self) -> float:
        """sqrt(p (1 - p) / n), p = (k + 1) / (n + 2) (Laplace)."""
        p = (self.raised + 1) / (self.committees + 2)
        return math.sqrt(p * (1 - p) / self.committees)


def measured(
    kinds: Sequence[Kind], committees: int, first: int = 0, sizes: dict | None = None
) -> Iterator[Rate]:
    """False alarms (any sign of the kind), then detections (one about what was planted)."""
    texts = texts_of(imports.demo().registry)
    for kind in kinds:
        count = max(1, committees // FEWER) if kind is Kind.SPLIT else committees
        seeds = range(first, first + count)
        found = [honest(seed, texts).looked(kind).signs for seed in seeds]
        yield Rate(kind, 0, sum(map(bool, found)), sum(map(_clear, found)), count)
        for size in (sizes or SIZES)[kind]:
            hits = [_hits(faulty(seed, texts, kind, size), kind) for seed in seeds]
            yield Rate(kind, size, sum(map(bool, hits)), sum(map(_clear, hits)), count)


def _hits(committee: Committee, kind: Kind) -> list:
    signs = committee.looked(kind).signs
    if not committee.planted:
        return list(signs)
    return [sign for sign in signs if committee.planted & set(sign.about)]


def _clear(signs: Sequence) -> bool:
    return any(sign.strength == "clear" for sign in signs)


def written(rates: Sequence[Rate], command: str) -> str:
    """The table as the page reads it."""
    lines = [
        f"# Made by: {command}",
        "# How the committees are simulated: benchmarks/committees.py. size 0 = honest committees.",
        "# raised, clear: share of committees; error: standard error of raised.",
        "",
        f'command = "{command}"',
    ]
    for rate in rates:
        lines += [
            "", "[[rates]]", f'kind = "{rate.kind}"', f"size = {rate.size}",
            f"committees = {rate.committees}", f"raised = {rate.share:.4f}",
            f"error = {rate.error:.4f}", f"clear = {rate.clear / rate.committees:.4f}",
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Measure every kind, print, and keep when asked."""
    counts = [int(word) for word in arguments if word.isdecimal()]
    committees, began, rates = (counts or [COMMITTEES])[0], time.monotonic(), []
    print(f"{'sign':10} {'fault':>6} {'committees':>10} {'raised':>16} {'clear':>7}")
    for rate in measured(list(Kind), committees, FIRST):
        rates.append(rate)
        shown = f"{rate.share:.1%} ± {rate.error:.1%}"
        clear = rate.clear / rate.committees
        size = rate.size or "none"
        print(f"{rate.kind:10} {size:>6} {rate.committees:>10} {shown:>16} {clear:>7.1%}")
    print(f"{time.monotonic() - began:.0f} s")
    if "--write" in arguments:
        command = f"python benchmarks/signs.py {committees} --write"
        HERE.write_text(written(rates, command), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

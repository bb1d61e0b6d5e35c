"""From what a person says to weights: direct points, swings, an order; and what a group says."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from portfolio import claims
from portfolio.errors import Invalid

Shares = Mapping[str, float]  # criterion -> 0..1, adding up to 1 among siblings
TOP = 100.0  # points of the swing that matters most


@dataclass(frozen=True, slots=True)
class Spread:
    """What a group says of one criterion, as shares 0..1.

    each        in the order in which the people were given
    deviation   standard deviation; None with fewer than two people
    """

    each: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.each:
            raise Invalid("too-few", field="weights", found=0)
        claims.none_below("weights", self.each, 0)

    @property
    def mean(self) -> float:
        return fmean(self.each)

    @property
    def low(self) -> float:
        return min(self.each)

    @property
    def high(self) -> float:
        return max(self.each)

    @property
    def deviation(self) -> float | None:
        return stdev(self.each) if len(self.each) > 1 else None


def direct(points: Mapping[str, float]) -> dict[str, float]:
    """The share of each criterion, its points over their sum.

    points   any scale, >= 0; Invalid when one is negative or not finite, when all are 0 or none
             is given
    """
    if not points:
        raise Invalid("too-few", field="weights", found=0)
    claims.none_below("weights", points.values(), 0)
    most = max(points.values())
    if most <= 0:
        raise Invalid("weights-zero", field="weights")
    scaled = {name: value / most for name, value in points.items()}  # no sum can overflow
    whole = math.fsum(scaled.values())
    return {name: value / whole for name, value in scaled.items()}


def swing(points: Mapping[str, float]) -> dict[str, float]:
    """The share of each criterion from what going from its worst to its best is worth.

    points   0..100; the swing that matters most has 100, the others are said against it
    Source: von Winterfeldt & Edwards 1986; Goodwin & Wright, Decision Analysis, ch. 3.
    """
    for value in points.values():
        claims.between("weights", value, 0, TOP)
    return direct(points)


def centroid(count: int) -> tuple[float, ...]:
    """Rank-order centroid of so many criteria, the first one first: (1/n) sum of 1/k, k = i..n.

    The mean of all the weightings that keep the order.
    Source: Barron & Barrett 1996; Edwards & Barron 1994 (SMARTER).
    """
    claims.at_least("count", count, 1)
    parts = [1.0 / k for k in range(1, count + 1)]
    return tuple(math.fsum(parts[at:]) / count for at in range(count))


def by_order(order: Sequence[str]) -> dict[str, float]:
    """The share of each criterion from their order alone, the weightiest first."""
    claims.unique("order", order)
    return dict(zip(order, centroid(len(order)), strict=True))


def of_group(given: Iterable[Shares]) -> dict[str, Spread]:
    """Criterion -> what each person says of it; a criterion someone left out counts 0 for her.

    The group's own share is the mean of the members'.
    """
    each = [direct(shares) for shares in given]
    names = dict.fromkeys(name for shares in each for name in shares)
    return {name: Spread(tuple(shares.get(name, 0.0) for shares in each)) for name in names}


def common_orders(given: Sequence[Shares]) -> tuple[tuple[str, ...], ...]:
    """The orders that everybody keeps, as chains from the weightiest on.

    A criterion stands before another when nobody gives it less and somebody gives it more; what
    follows from the rest is not said again. Empty when nothing is agreed.
    """
    names = list(dict.fromkeys(name for shares in given for name in shares))
    above = {(a, b) for a in names for b in names if a != b and _is_above(a, b, given)}
    steps = {
        (a, b) for a, b in above if not any((a, c) in above and (c, b) in above for c in names)
    }
    return tuple(_chains(names, steps))


def _is_above(one: str, other: str, given: Sequence[Shares]) -> bool:
    gaps = [shares.get(one, 0.0) - shares.get(other, 0.0) for shares in given]
    return min(gaps, default=0.0) >= 0 and max(gaps, default=0.0) > 0


def _chains(names: Sequence[str], steps: set[tuple[str, str]]) -> Iterable[tuple[str, ...]]:
    """The steps joined end to end, each of them used once."""
    left = {name: [b for b in names if (name, b) in steps] for name in names}
    entered = {name: sum(b == name for _, b in steps) for name in names}
    for name in sorted(names, key=entered.__getitem__):
        while left[name]:
            chain = [name]
            while left[chain[-1]]:
                chain.append(left[chain[-1]].pop(0))
            yield tuple(chain)

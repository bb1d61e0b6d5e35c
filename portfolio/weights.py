"""Weight sets: what a committee agrees on about weights, and the corners of all that it allows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from portfolio import claims
from portfolio.candidate import Exact
from portfolio.errors import Invalid

MOST_CORNERS = 2000  # beyond so many, no question can be asked about each of them
Exactly = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class WeightSet(Exact):
    """Weights that add up to 1, each 0 or more, and that keep what is said of them.

    criteria   names, at least one
    between    criterion -> (least, most) of its weight, both included
    orders     each names criteria from the weightiest on; equal weights keep the order
    weights    criterion -> weight now, where bands of stability are asked for; need not be in the
               set
    """

    criteria: tuple[str, ...]
    between: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    orders: tuple[tuple[str, ...], ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.criteria:
            raise Invalid("too-few", field="criteria", found=0, low=1)
        claims.unique("criteria", self.criteria)
        for where, name in self._names():
            if name not in self.criteria:
                known = list(self.criteria)
                raise Invalid(
                    "unknown-code", field=where, kind="criterion", found=name, accepted=known
                )
        for name, (low, high) in self.between.items():
            claims.share(f"between.{name}", low)
            claims.share(f"between.{name}", high)
            claims.at_least(f"between.{name}", high, low)
        for name, weight in self.weights.items():
            claims.at_least(f"weights.{name}", weight, 0)
        if self.weights and sum(self.weights.values()) <= 0:
            raise Invalid("weights-zero", field="weights")

    def shares(self) -> Mapping[str, float]:
        """The weights now, as shares of their sum; equal ones where nothing is said."""
        if not self.weights:
            return dict.fromkeys(self.criteria, 1.0 / len(self.criteria))
        whole = sum(self.weights.values())
        return {name: self.weights.get(name, 0.0) / whole for name in self.criteria}

    def corners(self) -> tuple[Mapping[str, float], ...]:
        """The extreme points: every weighting of the set is a mean of them.

        Computed in fractions of the numbers as they are written. Invalid when no weighting keeps
        all that is said, or when there are more than MOST_CORNERS.
        Source: double description method (Motzkin et al. 1953), from the simplex on.
        """
        count = len(self.criteria)
        unit = [tuple(Fraction(int(i == j)) for j in range(count)) for i in range(count)]
        walls: list[Exactly] = list(unit)  # each weight is 0 or more
        found: list[Exactly] = list(unit)
        for wall in self._walls():
            found = _cut(found, walls, wall)
            walls.append(wall)
            if not found:
                raise Invalid("weights-impossible", field="weights_set")
            if len(found) > MOST_CORNERS:
                raise Invalid(
                    "too-many-corners", field="weights_set", found=len(found), high=MOST_CORNERS
                )
        ordered = sorted(found, reverse=True)
        return tuple(
            dict(zip(self.criteria, map(float, corner), strict=True)) for corner in ordered
        )

    def walls(self) -> tuple[tuple[float, ...], ...]:
        """What every weighting keeps: each of these, times the weights, is 0 or more."""
        count = range(len(self.criteria))
        unit = (tuple(float(i == j) for j in count) for i in count)
        return (*unit, *(tuple(map(float, wall)) for wall in self._walls()))

    def has(self, weights: Mapping[str, float], rounding: float = 1e-9) -> bool:
        """Whether the weighting is in the set, up to rounding."""
        point = [weights.get(name, 0.0) for name in self.criteria]
        sides = (sum(a * x for a, x in zip(w, point, strict=True)) for w in self.walls())
        return abs(sum(point) - 1.0) <= rounding and min(sides) >= -rounding

    def _walls(self) -> Iterator[Exactly]:
        """Every thing said, as "this product with the weights is 0 or more" (they add up to 1)."""
        for name, (low, high) in self.between.items():
            at = self.criteria.index(name)
            for sign, edge in ((1, _number(low)), (-1, _number(high))):
                yield tuple(sign * (int(i == at) - edge) for i in range(len(self.criteria)))
        for order in self.orders:
            for more, less in pairwise(order):
                up, down = self.criteria.index(more), self.criteria.index(less)
                yield tuple(
                    Fraction(int(i == up) - int(i == down)) for i in range(len(self.criteria))
                )

    def _names(self) -> Iterator[tuple[str, str]]:
        yield from ((f"between.{name}", name) for name in self.between)
        yield from ((f"weights.{name}", name) for name in self.weights)
        yield from ((f"orders[{i}]", n) for i, order in enumerate(self.orders) for n in order)


def weighted(
    parts: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]
) -> dict[str, float]:
    """Project -> its value under the weights: the sum of weight x what each criterion gives it.

    parts   project -> criterion -> value; a criterion that is not there gives nothing
    """
    return {
        project: sum(weights.get(name, 0.0) * value for name, value in given.items())
        for project, given in parts.items()
    }


def _number(written: float) -> Fraction:
    """The decimal number as it is written: 0.1 is one tenth."""
    return Fraction(repr(float(written)))


def _cut(found: Sequence[Exactly], walls: Sequence[Exactly], wall: Exactly) -> list[Exactly]:
    """The corners that remain on the good side of a wall, and those that it makes."""
    sides = [_product(wall, corner) for corner in found]
    if all(side >= 0 for side in sides):
        return list(found)
    touches = [frozenset(i for i, w in enumerate(walls) if not _product(w, c)) for c in found]
    kept = [corner for corner, side in zip(found, sides, strict=True) if side >= 0]
    good = [at for at, side in enumerate(sides) if side > 0]
    bad = [at for at, side in enumerate(sides) if side < 0]
    for a in good:
        for b in bad:
            if _are_neighbours(a, b, touches):
                share = sides[a] / (sides[a] - sides[b])
                kept.append(
                    tuple(x + share * (y - x) for x, y in zip(found[a], found[b], strict=True))
                )
    return kept


def _are_neighbours(a: int, b: int, touches: Sequence[frozenset[int]]) -> bool:
    """Whether an edge joins two corners: no third one touches all the walls that both touch."""
    both = touches[a] & touches[b]
    return not any(both <= t for at, t in enumerate(touches) if at not in (a, b))


def _product(one: Exactly, other: Exactly) -> Fraction:
    return sum((x * y for x, y in zip(one, other, strict=True)), Fraction(0))

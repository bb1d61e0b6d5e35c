"""What one weight, one criterion or one evaluator does to projects' points and ranks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from portfolio.criterion import Framework
from portfolio.errors import Invalid
from portfolio.registry import Registry
from scoring import matrix
from scoring.matrix import Numbers, Places
from scoring.value import POINTS, Valued, score

AROUND = 0.2  # how far a weight is moved when no ballot says: 20 % less and more of itself


@dataclass(frozen=True, slots=True)
class Tornado:
    """Every project, as each weight goes to its lowest and to its highest, one at a time.

    ends     criteria x 2: the weight at each end
    points   criteria x 2 x projects, 0..100; NaN = nothing of what weighs is scored
    ranks    the same, 1 = worth the most
    now, rank_now   projects, under the weights as they are
    """

    ends: Numbers
    points: Numbers
    ranks: Places
    now: Numbers
    rank_now: Places


def around(weights: ArrayLike, share: float = AROUND) -> Numbers:
    """Criteria x 2: each weight less and plus a share of itself, within 0..1."""
    now = np.asarray(weights, dtype=float)
    return np.clip(np.column_stack([now * (1 - share), now * (1 + share)]), 0.0, 1.0)


def moved(weights: ArrayLike, criterion: int, to: float) -> Numbers:
    """One weight at ``to``, the others rescaled in proportion so that all add up to 1.

    Where it had everything, the others share what it leaves alike.
    """
    now = np.asarray(weights, dtype=float)
    others = np.delete(np.arange(len(now)), criterion)
    found = np.full(len(now), to)
    rest = now[others].sum()
    if rest > 0:
        found[others] = now[others] * (1.0 - to) / rest
    elif len(others):
        found[others] = (1.0 - to) / len(others)
    else:
        found[criterion] = 1.0
    return found


def tornado(values: ArrayLike, weights: ArrayLike, ends: ArrayLike) -> Tornado:
    """All projects at once; see ``Tornado``.

    values    projects x criteria, 0..1, NaN = not scored
    weights   criteria, as they are now
    ends      criteria x 2: (lowest, highest) of each weight, 0..1
    """
    table = matrix.checked(values)
    now = matrix.weightings(weights, table.shape[1])[0]
    sides = matrix.complete(ends)
    if sides.shape != (len(now), 2):
        raise Invalid("not-as-many", field="ends", found=sides.size, accepted=2 * len(now))
    matrix.checked(sides)
    rows = [moved(now, at, to) for at, pair in enumerate(sides) for to in pair]
    worths = matrix.worth(table, np.array([now, *rows]))
    ranked = matrix.ranks(worths)
    shape = (len(now), 2, len(table))
    return Tornado(
        sides,
        POINTS * worths[1:].reshape(shape),
        ranked[1:].reshape(shape),
        POINTS * worths[0],
        ranked[0],
    )


def without_criterion(weights: Mapping[str, float], criterion: str) -> dict[str, float]:
    """Leaf -> weight once that leaf weighs nothing, the others rescaled in proportion."""
    names = list(weights)
    left = moved([weights[name] for name in names], names.index(criterion), 0.0)
    return dict(zip(names, map(float, left), strict=True))


def without_evaluator(
    registry: Registry, framework: Framework, points: Mapping[str, float] | None, person: str
) -> tuple[Valued, ...]:
    """Every project's value card as if that person had rated nothing."""
    said = tuple(e for e in registry.evaluations if e.evaluator != person)
    return score(replace(registry, evaluations=said), framework, points)

"""Weightings drawn evenly: over all that add up to 1, or within what a committee agreed on."""

import numpy as np
from scipy.optimize import linprog

from portfolio.errors import Invalid
from portfolio.walk import walked
from portfolio.weights import WeightSet
from scoring.matrix import Numbers

TRIED = 20_000  # weightings proposed before it is known whether enough of them are kept
KEPT = 0.02  # share of proposals that must be kept, for proposing to be the quicker way
NARROW = 1e-9  # a room no wider than that lies flat against its wall


def uniform(criteria: int, count: int, seed: int) -> Numbers:
    """Weightings x criteria, evenly spread over all that are >= 0 and add up to 1.

    Source: a flat Dirichlet; Devroye 1986, ch. V.4.
    """
    if criteria < 1:
        raise Invalid("too-few", field="criteria", found=criteria, low=1)
    drawn: Numbers = np.random.default_rng(seed).dirichlet(np.ones(criteria), count)
    return drawn


def within(weights: WeightSet, count: int, seed: int) -> Numbers:
    """Weightings x criteria, evenly spread over the set, in the order of its criteria.

    Proposed at random and kept when they are in the set, where that is quick: they are then
    independent. Elsewhere each is the end of its own hit-and-run walk. The same seed, the same
    weightings; Invalid when nothing keeps all that is said.
    """
    dice = np.random.default_rng(seed)
    walls = np.array(weights.walls())
    proposed = _proposed(weights, TRIED, dice)
    kept = proposed[_inside(proposed, walls)]
    if len(kept) < KEPT * len(proposed):
        return _walks(walls, count, dice)
    while len(kept) < count:
        more = _proposed(weights, TRIED, dice)
        kept = np.vstack([kept, more[_inside(more, walls)]])
    return kept[:count]


def _proposed(weights: WeightSet, count: int, dice: np.random.Generator) -> Numbers:
    """Evenly over a simple room around the set: above each least weight, in each order said.

    Sorting what is alike but for its order keeps it even.
    """
    names = {name: at for at, name in enumerate(weights.criteria)}
    ends = [weights.between.get(name, (0.0, 1.0)) for name in weights.criteria]
    low = np.array([end[0] for end in ends])
    is_free = np.array([end[1] > end[0] for end in ends])
    left = 1.0 - low.sum()
    drawn = np.tile(low, (count, 1))
    if left <= 0 or not is_free.any():
        return drawn
    drawn[:, is_free] += left * dice.dirichlet(np.ones(int(is_free.sum())), count)
    seen: set[int] = set()
    for order in weights.orders:
        places = [names[name] for name in order]
        alike = {(low[at], is_free[at]) for at in places}
        if len(alike) == 1 and len(set(places)) == len(places) and not seen & set(places):
            drawn[:, places] = -np.sort(-drawn[:, places], axis=1)
            seen |= set(places)
    return drawn


def _inside(drawn: Numbers, walls: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    sums = np.abs(drawn.sum(axis=1) - 1.0) <= NARROW
    inside: np.ndarray[tuple[int], np.dtype[np.bool_]] = sums & (
        (drawn @ walls.T).min(axis=1) >= -NARROW
    )
    return inside


def _walks(walls: Numbers, count: int, dice: np.random.Generator) -> Numbers:
    """The ends of as many walks, all from the middle of the room."""
    middle, axes = _room(walls)
    drawn = walked(np.tile(middle, (count, 1)), axes, walls, dice)
    drawn = np.maximum(drawn, 0.0)
    found: Numbers = drawn / drawn.sum(axis=1, keepdims=True)
    return found


def _room(walls: Numbers) -> tuple[Numbers, Numbers]:
    """(a point off every wall that one can be off, directions along which the room is open).

    The point furthest from each wall is looked for; their mean is off all of them. A wall that
    nothing is off binds the whole room: the room lies flat on it.
    """
    criteria = walls.shape[1]
    points, flat = [], [np.ones(criteria)]
    for wall in walls:
        found = linprog(
            -wall, A_ub=-walls, b_ub=np.zeros(len(walls)), A_eq=np.ones((1, criteria)), b_eq=[1.0],
            bounds=(0, 1), method="highs",
        )  # fmt: skip
        if found.x is None:
            raise Invalid("weights-impossible", field="weights_set")
        points.append(found.x)
        if wall @ found.x <= NARROW:
            flat.append(wall)
    _, sizes, axes = np.linalg.svd(np.array(flat))
    rank = int((sizes > NARROW).sum())
    return np.mean(points, axis=0), axes[rank:]

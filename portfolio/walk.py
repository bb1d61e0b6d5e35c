"""Random walks inside flat-walled rooms: points spread evenly, wherever the walk began."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

STEPS = 400  # of each walk; far more than it takes to forget where it began


def walked(
    begin: Numbers, axes: Numbers, walls: Numbers, dice: np.random.Generator, steps: int = STEPS
) -> Numbers:
    """The end of each walk, walks x dimensions: hit-and-run, each walk by itself.

    begin   walks x dimensions, every row inside
    axes    directions x dimensions that span the flat on which the room lies
    walls   each of these, times a point, is 0 or more inside; together they close the room
    Source: Smith 1984, Operations Research 32(6).
    """
    at = begin
    for _ in range(steps if len(axes) > 1 else len(axes)):
        way = dice.standard_normal((len(at), len(axes))) @ axes
        speed, room = way @ walls.T, at @ walls.T  # room + step x speed must stay 0 or more
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = -np.maximum(room, 0.0) / speed
        ahead = np.where(speed < -1e-12, reach, np.inf).min(axis=1)
        back = np.where(speed > 1e-12, reach, -np.inf).max(axis=1)
        at = at + (back + (ahead - back) * dice.random(len(at)))[:, None] * way
    return at

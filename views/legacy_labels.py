"""Where the names of marks go on the red matrix: to a side of the mark where they cover nothing."""

from collections.abc import Mapping

SIDES = {  # side -> (alignment, letters across, letters down) from the mark
    "right": ("left", 0.8, 0.0),
    "left": ("right", -0.8, 0.0),
    "above": ("center", 0.0, -1.2),
    "below": ("center", 0.0, 1.2),
}
LETTER, HEIGHT, MARK = 0.055, 0.17, 0.04  # of a level: a letter, a line, half a mark
Place = tuple[float, float]
Box = tuple[float, float, float, float]


def sides(names: Mapping[Place, str]) -> dict[Place, str]:
    """Place -> the first side on which its name meets no mark and no other name; else the right.

    names   by (likelihood, impact)
    """
    taken = [_box(at, MARK, MARK * 1.5) for at in names]
    found = {}
    for at, name in names.items():
        boxes = {side: _named(at, name, side) for side in SIDES}
        free = (side for side, box in boxes.items() if not any(_meet(box, t) for t in taken))
        found[at] = next(free, "right")
        taken.append(boxes[found[at]])
    return found


def _named(at: Place, name: str, side: str) -> Box:
    wide, high = len(name) * LETTER / 2, HEIGHT / 2
    align, across, down = SIDES[side]
    shift = {"left": wide, "right": -wide, "center": 0.0}[align] + across * LETTER * 1.6
    return _box((at[0] + shift, at[1] - down * HEIGHT), wide, high)


def _box(at: Place, wide: float, high: float) -> Box:
    return at[0] - wide, at[1] - high, at[0] + wide, at[1] + high


def _meet(one: Box, other: Box) -> bool:
    return (one[0] < other[2] and other[0] < one[2]) and (one[1] < other[3] and other[1] < one[3])

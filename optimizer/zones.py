"""What is still to be searched between the points found: zones, each known by its worst corner."""

import numpy as np
from numpy.typing import NDArray

from optimizer.arrays import Numbers

Flags = NDArray[np.bool_]


class Zones:
    """Every point not found yet, and dominated by none that is, lies in one of the open zones.

    All objectives grow to the better and are counted in steps: a zone holds what is at least its
    ``corner`` everywhere. A point y splits each zone that holds it into one zone per objective,
    which asks for at least y + 1 of it; zones inside others, or inside what is searched already,
    are dropped.
    Source: Klamroth, Lacour & Vanderpooten 2015 (local upper bounds), turned to maximise.

    low, high   of the box that holds every point
    """

    def __init__(self, low: Numbers, high: Numbers) -> None:
        self.low, self.high = low.astype(float), high.astype(float)
        self.corners = self.low[None, :].copy()
        self.tops = self.high[None, :].copy()
        self._done = np.empty((0, len(low)))

    def __len__(self) -> int:
        return len(self.corners)

    def largest(self) -> int:
        """The place of the open zone in which most may still be found."""
        return int(np.argmax(self.sizes()))

    def sizes(self) -> Numbers:
        """Of the open zones, as shares of the box."""
        widths = np.maximum(self.tops - self.corners + 1.0, 0.0) / (self.high - self.low + 1.0)
        return np.asarray(widths.prod(axis=1), float)

    def close(self, at: int) -> None:
        """All that the zone holds is known."""
        corner = self.corners[at]
        outside = (self.corners < corner).any(axis=1)
        self._done = np.vstack([self._done, corner])
        self._keep(outside)

    def split(self, point: Numbers) -> None:
        """A point was found; whoever found it."""
        hit = np.logical_and.reduce(self.corners <= point, axis=1)
        if not hit.any():
            return
        corners, tops = self._children(self.corners[hit], self.tops[hit], point)
        self._keep(~hit)
        for corner, top in zip(corners, tops, strict=True):
            if not self._is_covered(corner):
                self.corners = np.vstack([self.corners, corner])
                self.tops = np.vstack([self.tops, top])

    def unexplored(self) -> float:
        """Share of the box in which a point not found could be; at most, beyond three objectives.

        Between any two steps lies as much as between any other two.
        """
        if not len(self.corners):
            return 0.0
        widths = (self.high - self.corners + 1.0) / (self.high - self.low + 1.0)
        return float(min(1.0, _union(np.maximum(widths, 0.0))))

    def _children(self, corners: Numbers, tops: Numbers, point: Numbers) -> tuple[Numbers, Numbers]:
        """The new zones, the largest first: those inside others then come after them."""
        count = len(point)
        above, below = np.repeat(corners, count, axis=0), np.repeat(tops, count, axis=0)
        which = np.tile(np.arange(count), len(corners))
        rows = np.arange(len(which))
        above[rows, which] = point[which] + 1.0
        if count == 2:  # in the plane, what gains in one loses in the other
            below[rows, 1 - which] = np.minimum(below[rows, 1 - which], point[1 - which])
        fits = (above <= self.high).all(axis=1)
        order = np.argsort(above[fits].sum(axis=1), kind="stable")
        return above[fits][order], below[fits][order]

    def _is_covered(self, corner: Numbers) -> bool:
        return bool(
            (self.corners <= corner).all(axis=1).any() or (self._done <= corner).all(axis=1).any()
        )

    def _keep(self, kept: Flags) -> None:
        self.corners, self.tops = self.corners[kept], self.tops[kept]


def _union(widths: Numbers) -> float:
    """The volume of the union of boxes [0, widths] (one a row); beyond three sides, their sum."""
    sides = widths.shape[1]
    if sides == 1:
        return float(widths.max(initial=0.0))
    if sides == 2:
        order = np.argsort(-widths[:, 0], kind="stable")
        wide, tall = widths[order, 0], np.maximum.accumulate(widths[order, 1])
        narrower = np.append(wide[1:], 0.0)
        return float(((wide - narrower) * tall).sum())
    if sides > 3:
        return float(widths.prod(axis=1).sum())
    order = np.argsort(-widths[:, 0], kind="stable")
    thick = widths[order, 0] - np.append(widths[order][1:, 0], 0.0)
    slices = (_union(widths[order[: at + 1], 1:]) for at in range(len(order)) if thick[at] > 0)
    return float(sum(t * a for t, a in zip(thick[thick > 0], slices, strict=True)))

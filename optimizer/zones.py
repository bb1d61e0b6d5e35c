"""What is still to be searched between the points found: zones, each known by its worst corner."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.arrays import Numbers

Flags = NDArray[np.bool_]
NEAR = 1e-3  # of a step: values nearer than that are the same


@dataclass(frozen=True, slots=True)
class Zone:
    """Where something may still be found: at the corner or above, nowhere above the top."""

    corner: Numbers
    top: Numbers


class Zones:
    """Every point not found yet, and dominated by none that is, lies in one of the open zones.

    All objectives grow to the better and are counted in steps: a zone holds what is at least its
    ``corner`` everywhere. A point y splits each zone that holds it into one zone per objective,
    which asks for at least y + 1 of it; zones inside others, or inside what is searched already,
    are dropped.
    Source: Klamroth, Lacour & Vanderpooten 2015 (local upper bounds), turned to maximise.

    low, high   of the box that holds every point
    corners     one a row        tops   no point of the zone is above
    """

    def __init__(self, low: Numbers, high: Numbers) -> None:
        self.low, self.high = low.astype(float), high.astype(float)
        self.corners = self.low[None, :].copy()
        self.tops = self.high[None, :].copy()
        self._done = np.empty((0, len(low)))

    def __len__(self) -> int:
        return len(self.corners)

    def largest(self, count: int = 1) -> tuple[Zone, ...]:
        """The open zones in which most may still be found."""
        order = np.argsort(-self._sizes(), kind="stable")[:count]
        return tuple(Zone(self.corners[at], self.tops[at]) for at in order)

    def _sizes(self) -> Numbers:
        widths = np.maximum(self.tops - self.corners + 1.0, 0.0) / (self.high - self.low + 1.0)
        return np.asarray(widths.prod(axis=1), float)

    def close(self, corner: Numbers) -> None:
        """All that is at that corner or above is known."""
        outside = np.logical_or.reduce(self.corners < corner, axis=1)
        self._done = np.vstack([self._done, corner])
        self._keep(outside)

    def rule_out(self, corner: Numbers, unit: Numbers) -> bool:
        """Nothing is at that corner or above; whether any zone holds less for it.

        unit   by objective: the least by which two values differ
        """
        self.close(corner)
        before = self.tops.copy()
        reaches = self.corners >= corner
        for at in range(len(corner)):
            others = np.delete(reaches, at, axis=1).all(axis=1)
            self.tops[others, at] = np.minimum(self.tops[others, at], corner[at] - unit[at])
        is_less = len(before) != len(self.tops) or bool((self.tops < before - NEAR).any())
        self._keep(np.logical_and.reduce(self.corners <= self.tops, axis=1))
        return is_less

    def just_above(self, point: Numbers) -> list[bytes]:
        """Corners of the zones that begin where the point ends, in any objective."""
        beside = (self.corners == point + 1.0).any(axis=1)
        return [corner.tobytes() for corner in self.corners[beside]]

    def holds_none_above(self, point: Numbers) -> bool:
        """Whether it is known that nothing is better than the point in one and equals it in all."""
        return all((self._done <= above).all(axis=1).any() for above in point + np.eye(len(point)))

    def split(self, point: Numbers, is_proved: bool = False) -> bool:
        """A point was found, whoever found it; whether any zone held it.

        is_proved   nothing dominates it
        """
        hit = np.logical_and.reduce(self.corners <= point, axis=1)
        if not hit.any():
            return False
        corners, tops = self._children(self.corners[hit], self.tops[hit], point, is_proved)
        self._keep(~hit)
        for corner, top in zip(corners, tops, strict=True):
            if not self._is_covered(corner, top):
                self.corners = np.vstack([self.corners, corner])
                self.tops = np.vstack([self.tops, top])
        return True

    def unexplored(self) -> float:
        """Share of the box in which a point not found could be: at most, but for three objectives.

        Between any two steps lies as much as between any other two.
        """
        if len(self.low) != 3:
            return float(min(1.0, self._sizes().sum()))
        widths = (self.high - self.corners + 1.0) / (self.high - self.low + 1.0)
        return min(1.0, _union(widths))

    def _children(
        self, corners: Numbers, tops: Numbers, point: Numbers, is_proved: bool
    ) -> tuple[Numbers, Numbers]:
        """The new zones, the largest first: those inside others then come after them.

        In the plane, what gains in one objective loses in the other. A point that does not, as it
        dominates this one, is looked for in the zone that gains in the first.
        """
        count = len(point)
        above, below = np.repeat(corners, count, axis=0), np.repeat(tops, count, axis=0)
        which = np.tile(np.arange(count), len(corners))
        rows = np.arange(len(which))
        above[rows, which] = point[which] + 1.0
        if count == 2:
            held = rows if is_proved else rows[which == 1]
            below[held, 1 - which[held]] = np.minimum(
                below[held, 1 - which[held]], point[1 - which[held]]
            )
        fits = (above <= below).all(axis=1)
        order = np.argsort(above[fits].sum(axis=1), kind="stable")
        return above[fits][order], below[fits][order]

    def _is_covered(self, corner: Numbers, top: Numbers) -> bool:
        """Whether a zone inside which this one lies is open, or closed."""
        around = (self.corners <= corner).all(axis=1) & (self.tops >= top).all(axis=1)
        return bool(around.any() or (self._done <= corner).all(axis=1).any())

    def _keep(self, kept: Flags) -> None:
        self.corners, self.tops = self.corners[kept], self.tops[kept]


def _union(widths: Numbers) -> float:
    """The volume of the union of boxes [0, widths], of three sides each, one a row."""
    order = np.argsort(-widths[:, 0], kind="stable")
    thick = widths[order, 0] - np.append(widths[order][1:, 0], 0.0)
    areas = (_area(widths[order[: at + 1], 1:]) for at in range(len(order)))
    return float(sum(t * area for t, area in zip(thick, areas, strict=True)))


def _area(widths: Numbers) -> float:
    """The same of two sides each."""
    order = np.argsort(-widths[:, 0], kind="stable")
    wide, tall = widths[order, 0], np.maximum.accumulate(widths[order, 1])
    return float(((wide - np.append(wide[1:], 0.0)) * tall).sum())

"""Objectives counted in steps: whole numbers where the data allow, a stated tolerance otherwise."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, gcd, lcm, log10

import numpy as np

from optimizer.arrays import Numbers
from optimizer.program import is_whole
from portfolio.choices import Column
from portfolio.rules import Row

FINEST = 10**6  # denominators looked for: millionths
MANY = 1e7  # steps in one gain: beyond, a solver's tolerance would blur them
SHARE = 1e-6  # of the largest gain: the step where the gains are not whole multiples of one
BLUR = 0.1  # of a step, by which a row asks for less than it means: solvers are not exact


@dataclass(frozen=True, slots=True)
class Steps:
    """Objectives, each to be made as large as can be, and the step that each is counted in.

    is_exact   whether every value is a whole number of steps; otherwise points that differ by less
               than a step in an objective may be told by one of them
    """

    gains: tuple[Mapping[Column, float], ...]
    size: Numbers
    is_exact: tuple[bool, ...]

    @classmethod
    def of(
        cls, gains: Sequence[Mapping[Column, float]], given: Sequence[float | None] = ()
    ) -> "Steps":
        """``given`` sets the step of an objective where it is not None."""
        plain = tuple({c: n for c, n in gain.items() if n} for gain in gains)
        asked = [*given, *(None,) * (len(plain) - len(given))]
        found = [
            _step(gain) if step is None else (step, False)
            for gain, step in zip(plain, asked, strict=True)
        ]
        return cls(plain, np.array([s for s, _ in found]), tuple(exact for _, exact in found))

    def over(self, columns: Container[Column]) -> "Steps":
        """The same objectives where only those columns are not 0."""
        kept = ({c: n for c, n in gain.items() if c in columns} for gain in self.gains)
        return replace(self, gains=tuple(kept))

    @property
    def tolerance(self) -> tuple[float, ...]:
        """By objective: 0 where it is exact, the step where it is not."""
        return tuple(
            0.0 if exact else float(size)
            for exact, size in zip(self.is_exact, self.size, strict=True)
        )

    def count(self, values: Sequence[float]) -> Numbers:
        """The values in steps."""
        steps = np.asarray(values, float) / self.size
        return np.where(self.is_exact, np.round(steps), steps)

    def weighed(self, weights: Numbers) -> dict[Column, float]:
        """The objectives, in steps, added up with those weights."""
        together: dict[Column, float] = {}
        for gain, weight in zip(self.gains, weights / self.size, strict=True):
            for column, number in gain.items():
                together[column] = together.get(column, 0.0) + float(weight) * number
        return together

    def at_least(self, corner: Numbers) -> tuple[Row, ...]:
        """The rows that keep the objectives at the corner or above."""
        return tuple(
            Row(("objective", str(at)), gain, ">=", float(least))
            for at, (gain, least) in enumerate(zip(self.gains, self.blurred(corner), strict=True))
        )

    def blurred(self, corner: Numbers) -> Numbers:
        """The least values asked for at that corner, in the objectives' own units."""
        return np.asarray((corner - np.where(self.is_exact, BLUR, 0.0)) * self.size, float)


def _step(gain: Mapping[Column, float]) -> tuple[float, bool]:
    """(the largest step that every value is a multiple of, True), or (a fine one, False)."""
    if not gain:
        return 1.0, True
    largest = max(map(abs, gain.values()))
    parts = [Fraction(number).limit_denominator(FINEST) for number in gain.values()]
    are_near = all(
        abs(float(part) - number) <= 1e-12 * abs(number)
        for part, number in zip(parts, gain.values(), strict=True)
    )
    if are_near and all(map(is_whole, gain)):
        under = lcm(*(part.denominator for part in parts))
        step = Fraction(gcd(*(int(part * under) for part in parts)), under)
        if largest / step <= MANY:
            return float(step), True
    return 10.0 ** floor(log10(SHARE * largest)), False

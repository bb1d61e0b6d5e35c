"""A project is chosen at most once: one variant, one start."""

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.choices import Choices
from portfolio.rules.row import Row, Stated, each


@dataclass(frozen=True, slots=True)
class Once(Stated):
    """A project is done at most once: in one variant, from one start.

    s[i] = Σ_v Σ_t x[i,v,t] <= 1, for every project i
    """

    def rows(self, on: Choices) -> Iterator[Row]:
        for code in on.candidates:
            yield Row(("once", code), each(on.starts_of(code)), "<=", 1.0)

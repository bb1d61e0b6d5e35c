"""A project is chosen at most once: one variant, one start."""

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.choices import Choices
from portfolio.rules.row import Row, Stated, each


@dataclass(frozen=True, slots=True)
class Once(Stated):
    """Sum of the project's starts <= 1, for every project."""

    def rows(self, on: Choices) -> Iterator[Row]:
        for code in on.candidates:
            yield Row(("once", code), each(on.starts_of(code)), "<=", 1.0)

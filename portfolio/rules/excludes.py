"""Of these projects, only so many can be chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio import claims
from portfolio.choices import Choices
from portfolio.rules.row import Row, Stated, each


@dataclass(frozen=True, slots=True)
class Excludes(Stated):
    """Of these projects, at most so many are chosen.

    Σ_{i in projects} s[i] <= at_most
    """

    projects: tuple[str, ...]
    at_most: int = 1
    kind: Literal["excludes"] = "excludes"

    def __post_init__(self) -> None:
        claims.at_least("at_most", self.at_most, 0)
        claims.unique("projects", self.projects)

    def rows(self, on: Choices) -> Iterator[Row]:
        terms = each(s for code in self.projects for s in on.starts_of(code))
        yield Row(("excludes", *self.projects), terms, "<=", self.at_most)

    def refers(self) -> Iterator[tuple[str, str]]:
        yield from ((f"projects[{i}]", code) for i, code in enumerate(self.projects))

"""These projects are chosen all, or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio import claims
from portfolio.choices import Choices
from portfolio.rules.row import Row, Stated, each


@dataclass(frozen=True, slots=True)
class Together(Stated):
    """These projects are chosen all, or none.

    s[first] = s[i], for each other i
    """

    projects: tuple[str, ...]
    kind: Literal["together"] = "together"

    def __post_init__(self) -> None:
        claims.unique("projects", self.projects)

    def rows(self, on: Choices) -> Iterator[Row]:
        first, *others = self.projects or ("",)
        for other in others:
            terms = each(on.starts_of(first))
            terms |= each(on.starts_of(other), -1.0)
            yield Row(("together", first, other), terms, "==", 0.0)

    def refers(self) -> Iterator[tuple[str, str]]:
        yield from ((f"projects[{i}]", code) for i, code in enumerate(self.projects))

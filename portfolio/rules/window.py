"""A project starts, if it does, no earlier and no later than told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio import claims
from portfolio.choices import Choices
from portfolio.rules.row import Row, Stated, each


@dataclass(frozen=True, slots=True)
class Window(Stated):
    """The project starts, if it does, no earlier and no later than told.

    x[i,v,t] = 0 where t < earliest or t > latest; None = no bound
    """

    project: str
    earliest: int | None = None
    latest: int | None = None
    kind: Literal["window"] = "window"

    def __post_init__(self) -> None:
        if self.earliest is not None:
            claims.at_least("latest", self.latest, self.earliest)

    def rows(self, on: Choices) -> Iterator[Row]:
        outside = each(
            s
            for s in on.starts_of(self.project)
            if (self.earliest is not None and s.period < self.earliest)
            or (self.latest is not None and s.period > self.latest)
        )
        yield Row(("window", self.project), outside, "<=", 0.0)

    def refers(self) -> Iterator[tuple[str, str]]:
        yield ("project", self.project)

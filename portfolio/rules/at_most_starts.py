"""No more than so many projects start in any period."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio import claims
from portfolio.choices import Choices
from portfolio.rules.row import Row, Stated, each


@dataclass(frozen=True, slots=True)
class AtMostStarts(Stated):
    """No more than ``count`` projects start in any one period.

    Σ_i Σ_v x[i,v,p] <= count, for every period p
    """

    count: int
    kind: Literal["at-most-starts"] = "at-most-starts"

    def __post_init__(self) -> None:
        claims.at_least("count", self.count, 0)

    def rows(self, on: Choices) -> Iterator[Row]:
        for period in range(on.periods):
            terms = each(s for s in on.starts if s.period == period)
            yield Row(("at-most-starts", str(period)), terms, "<=", self.count)

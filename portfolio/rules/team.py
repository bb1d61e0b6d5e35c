"""A team's work in a period stays within the person-days it has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio.candidate import Capacity, at
from portfolio.choices import Choices, Column
from portfolio.rules.row import Row, Stated, total


@dataclass(frozen=True, slots=True)
class TeamCapacity(Stated):
    """A team's work in a period stays within the person-days it has; nothing is carried.

    Σ e[i,v,p-t] x[i,v,t] <= capacity[p], for every period p
    """

    code: str
    team: Capacity

    def rows(self, on: Choices) -> Iterator[Row]:
        for period, terms in enumerate(self._use(on)):
            limit = at(self.team.capacity, period)
            yield Row(("team", self.code, str(period)), terms, "<=", limit)

    def use(self, on: Choices, taken: Mapping[Column, float]) -> tuple[float, ...]:
        """Person-days used in each period by what is taken."""
        return tuple(total(terms, taken)[0] for terms in self._use(on))

    def _use(self, on: Choices) -> list[dict[Column, float]]:
        terms: list[dict[Column, float]] = [{} for _ in range(on.periods)]
        for start in on.starts:
            for life, days in enumerate(on.option(start).effort.get(self.code, ())):
                if days:
                    terms[start.period + life][start] = days
        return terms

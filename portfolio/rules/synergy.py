"""When all of these projects are chosen, they bring more value, or save money, together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from portfolio import claims
from portfolio.candidate import Series
from portfolio.choices import Amount, Choices, Column
from portfolio.errors import Invalid
from portfolio.rules.row import Row, Stated, each


@dataclass(frozen=True, slots=True)
class Synergy(Stated):
    """Chosen all together, these projects bring more value, or save money.

    z[g] <= s[i] for each i in projects, z[g] >= Σ s[i] - (number of projects - 1)

    value    added to the objective ``value`` when z = 1, undiscounted
    saving   envelope -> money by horizon period that z = 1 takes off its use
    """

    projects: tuple[str, ...]
    value: float = 0.0
    saving: Mapping[str, Series] = field(default_factory=dict)
    kind: Literal["synergy"] = "synergy"

    def __post_init__(self) -> None:
        claims.unique("projects", self.projects)
        if len(self.projects) < 2:
            raise Invalid("too-few", field="projects", found=len(self.projects), low=2)

    @property
    def amount(self) -> Amount:
        """z, the same for every synergy of the same projects."""
        return Amount("synergy", str(sorted(self.projects)), 0)

    def rows(self, on: Choices) -> Iterator[Row]:
        chosen: dict[Column, float] = {}
        for code in self.projects:
            starts = each(on.starts_of(code), -1.0)
            label = ("synergy", "+".join(self.projects), code)
            yield Row(label, each([self.amount]) | starts, "<=", 0.0)
            chosen |= starts
        least = 1.0 - len(self.projects)
        label = ("synergy", "+".join(self.projects), "all")
        yield Row(label, each([self.amount]) | chosen, ">=", least)

    def amounts(self, on: Choices) -> Mapping[Amount, float]:
        return {self.amount: 1.0}

    def settle(self, on: Choices, taken: Mapping[Column, float]) -> Mapping[Amount, float]:
        return {
            self.amount: min(
                sum(taken.get(s, 0.0) for s in on.starts_of(code)) for code in self.projects
            )
        }

    def refers(self) -> Iterator[tuple[str, str]]:
        yield from ((f"projects[{i}]", code) for i, code in enumerate(self.projects))

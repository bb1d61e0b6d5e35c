"""Which systems stay red at the end of the horizon, and how many may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from portfolio import claims
from portfolio.at_risk import Lowered
from portfolio.choices import Amount, Choices, Column, Start
from portfolio.rules.retirement import spared
from portfolio.rules.row import Row, Stated, each, total

WHOLE = 1e-9  # of a debt: less than that remains of it, and nothing remains of it


def red(system: str) -> Amount:
    """Whether the system is red at the end of the horizon."""
    return Amount("red", system, 0, True)


def lowered(system: str, criterion: int) -> Amount:
    """Whether that likelihood of the system has come down by the end of the horizon."""
    return Amount("lowered", f"{system}:{criterion}", 0, True)


@dataclass(frozen=True, slots=True)
class Exposure(Stated):
    """A system stays red unless enough of its likelihoods come down, or a project replaces it.

    r[s] + Σ_{k in K} z[s,k] + Σ_{i replaces s} s[i] >= 1, for every set K of likelihoods without
    which the others do not suffice; z[s,k] <= 1 - e[d,last] + y[d,last] for each debt d behind k
    """

    system: str

    def rows(self, on: Choices) -> Iterator[Row]:
        system = on.systems[self.system]
        replaced = each(self._replacing(on))
        for number, ways in enumerate(system.ways_out()):
            terms = each([red(self.system), *(lowered(self.system, k) for k in ways)]) | replaced
            yield Row(("red", self.system, str(number)), terms, ">=", 1.0)
        for one in self._lowered(on):
            for debt in one.debts:
                off, there = self._off(on, debt)
                terms = each([lowered(self.system, one.criterion)])
                terms |= {column: -number for column, number in off.items()}
                label = ("lowered", self.system, str(one.criterion), debt)
                yield Row(label, terms, "<=", 1.0 - there + WHOLE)

    def amounts(self, on: Choices) -> Mapping[Amount, float]:
        if not on.systems[self.system].is_red_with(frozenset()):
            return {}
        falls = (lowered(self.system, one.criterion) for one in self._lowered(on))
        return dict.fromkeys((red(self.system), *falls), 1.0)

    def settle(self, on: Choices, taken: Mapping[Column, float]) -> Mapping[Amount, float]:
        fallen = self._fallen(on, taken)
        numbers = {red(self.system): float(self.is_red(on, taken))}
        numbers |= {lowered(self.system, k): 1.0 for k in fallen}
        return {amount: number for amount, number in numbers.items() if amount in self.amounts(on)}

    def is_red(self, on: Choices, taken: Mapping[Column, float]) -> bool:
        """Whether the system is red under what is taken, debts being settled."""
        if any(taken.get(start, 0.0) for start in self._replacing(on)):
            return False
        return on.systems[self.system].is_red_with(self._fallen(on, taken))

    def _fallen(self, on: Choices, taken: Mapping[Column, float]) -> frozenset[int]:
        """The likelihoods of whose debts nothing remains."""
        return frozenset(
            one.criterion
            for one in on.systems[self.system].lowered
            if all(self._remains(on, debt, taken) <= WHOLE for debt in one.debts)
        )

    def _remains(self, on: Choices, debt: str, taken: Mapping[Column, float]) -> float:
        off, there = self._off(on, debt)
        return there - total(off, taken)[0]

    @staticmethod
    def _off(on: Choices, debt: str) -> tuple[dict[Column, float], float]:
        """(what is taken off the debt by the end, what there is of it from the start)."""
        return spared(on, debt, on.periods - 1), float(not on.stakes[debt].created_by)

    def _lowered(self, on: Choices) -> tuple[Lowered, ...]:
        """Those that can matter: none where the system is not red to begin with."""
        system = on.systems[self.system]
        return system.lowered if system.is_red_with(frozenset()) else ()

    def _replacing(self, on: Choices) -> tuple[Start, ...]:
        return tuple(s for code in on.systems[self.system].replaced_by for s in on.starts_of(code))


@dataclass(frozen=True, slots=True)
class RedLimit(Stated):
    """No more than so many systems are red at the end of the horizon.

    Σ_s r[s] <= count
    """

    count: int
    kind: Literal["red-limit"] = "red-limit"

    def __post_init__(self) -> None:
        claims.at_least("count", self.count, 0)

    def rows(self, on: Choices) -> Iterator[Row]:
        reds = (a for code in on.systems for a in Exposure(code).amounts(on) if a.kind == "red")
        yield Row(("red-limit",), each(reds), "<=", float(self.count))

"""A row: what a rule says, as a labelled inequality over starts and amounts."""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from portfolio.candidate import Exact
from portfolio.choices import Amount, Choices, Column

Label = tuple[str, ...]  # (kind of rule, subject, …): names the row in explanations
ROUNDING = 1e-12  # share of a row's own size: what floating point may lose in adding it up


@dataclass(frozen=True, slots=True)
class Row:
    """sum(terms[column] x its number)  sense  rhs; columns left out add nothing."""

    label: Label
    terms: Mapping[Column, float]
    sense: Literal["<=", ">=", "=="]
    rhs: float

    def slack(self, taken: Mapping[Column, float]) -> float:
        """Room left before the row breaks; negative = broken by that much.

        taken   the columns that are not 0, with their numbers
        """
        used, size = total(self.terms, taken)
        room = {
            "<=": self.rhs - used,
            ">=": used - self.rhs,
            "==": -abs(self.rhs - used),
        }[self.sense]
        return 0.0 if abs(room) <= ROUNDING * (abs(self.rhs) + size) else room


def each(columns: Iterable[Column], number: float = 1.0) -> dict[Column, float]:
    """Terms that give every column the same number."""
    return dict.fromkeys(columns, number)


def total(terms: Mapping[Column, float], taken: Mapping[Column, float]) -> tuple[float, float]:
    """(sum of what is taken, sum of its absolute parts)."""
    few, many = (terms, taken) if len(terms) < len(taken) else (taken, terms)
    parts = [number * many[c] for c, number in few.items() if c in many]
    return math.fsum(parts), math.fsum(map(abs, parts))


class Stated(Exact, ABC):
    """A rule: it states rows, and settles by plain arithmetic the amounts it brings along."""

    __slots__ = ()

    @abstractmethod
    def rows(self, on: Choices) -> Iterator[Row]:
        """The rows that hold when the rule is kept."""

    def amounts(self, on: Choices) -> Mapping[Amount, float]:
        """The amounts the rule brings along, each with the most it can be."""
        return {}

    def settle(self, on: Choices, taken: Mapping[Column, float]) -> Mapping[Amount, float]:
        """What the rule's amounts are, given the starts taken (and amounts settled before)."""
        return {}

    def refers(self) -> Iterator[tuple[str, str]]:
        """(field, project code) of every project the rule names."""
        return iter(())

"""How far one plan leads another, over all the values that its projects may have."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from optimizer.valued import Valued, Values
from portfolio.choices import Amount, Column, Start
from portfolio.rules import Row
from portfolio.rules.row import total

BEATS = "beats"  # columns: by which case the plan sought beats, or is as good as, a known one


@dataclass(frozen=True, slots=True)
class Case:
    """One extreme weighting: the least and the most that each project may be worth under it."""

    low: Values
    high: Values

    @property
    def middle(self) -> Values:
        return {code: (low + self.high[code]) / 2 for code, low in self.low.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """constant + sum of terms: what a plan yet unknown has beyond a known one."""

    terms: Mapping[Column, float]
    constant: float

    def of(self, taken: Mapping[Column, float]) -> float:
        """For the columns that a plan takes."""
        return self.constant + total(self.terms, taken)[0]

    def at_least(self, least: float, unless: Amount | None = None, room: float = 0.0) -> Row:
        """The row that keeps it there; slack by ``room`` while ``unless`` is not taken."""
        terms = {column: number for column, number in self.terms.items() if number}
        if unless is None:
            return Row(("lead",), terms, ">=", least - self.constant)
        terms[unless] = -room
        return Row(("lead",), terms, ">=", least - self.constant - room)

    def least(self, most: Mapping[Column, float]) -> float:
        """No plan has less."""
        by_project: dict[str, float] = {}
        lowest = self.constant
        for column, number in self.terms.items():
            if isinstance(column, Start):
                so_far = by_project.get(column.project, 0.0)
                by_project[column.project] = min(so_far, number)
            else:
                lowest += min(0.0, number * most[column])
        return lowest + sum(by_project.values())


@dataclass(frozen=True, slots=True)
class Known:
    """A plan that nothing dominates, and by how much another can lead it in each case.

    most    by case: the other's worth less this one's, at the values that favour the other most
    least   the same, at the values that favour it least
    Projects that both take in the same way cancel out.
    """

    taken: Mapping[Column, float]
    most: tuple[Line, ...]
    least: tuple[Line, ...]

    @classmethod
    def of(cls, taken: Mapping[Column, float], valued: Valued, cases: Sequence[Case]) -> "Known":
        return cls(
            taken,
            tuple(_lead(taken, valued, case, max) for case in cases),
            tuple(_lead(taken, valued, case, min) for case in cases),
        )

    def is_dominated_by(self, other: Mapping[Column, float], step: float) -> bool:
        """Whether the other is as good whatever the values, and better for some."""
        return all(line.of(other) > -step / 2 for line in self.least) and any(
            line.of(other) >= step for line in self.most
        )

    def as_good(self, step: float) -> tuple[Row, ...]:
        """Rows that hold for what is as good as this plan, whatever the values."""
        return tuple(line.at_least(-step / 2) for line in self.least)

    def unbeaten(
        self, name: int, most: Mapping[Column, float], step: float, open_: Collection[int],
        equals: bool,
    ) -> tuple[Row, ...]:  # fmt: skip
        """Rows that hold for what this plan does not dominate: better by a step in some case.

        open_    cases in which another plan may be better
        equals   what is as good in every case is let through as well
        """
        rows, ways = list[Row](), dict[Column, float]()
        for case in open_:
            line = self.most[case]
            way = Amount(BEATS, str(name), case, True)
            ways[way] = 1.0
            rows.append(line.at_least(step, way, max(0.0, step - line.least(most))))
        if equals:
            way = Amount(BEATS, str(name), len(self.most), True)
            ways[way] = 1.0
            for line in self.least:
                room = max(0.0, -step / 2 - line.least(most))
                rows.append(line.at_least(-step / 2, way, room))
        return (*rows, Row(("unbeaten",), ways, ">=", 1.0))


def ways(count: int, cases: int) -> dict[Column, float]:
    """The columns by which so many known plans can be beaten, free to be taken."""
    return {
        Amount(BEATS, str(name), case, True): 1.0
        for name in range(count)
        for case in range(cases + 1)
    }


def _lead(
    taken: Mapping[Column, float], valued: Valued, case: Case, side: Callable[..., float]
) -> Line:
    """The other's worth less this plan's, each project being worth what ``side`` (max, min) says.

    Linear in what the other takes: of a project, it takes one start at most.
    """
    own = {c.project: valued.unit[c] for c in taken if isinstance(c, Start) and c in valued.unit}

    def lead(project: str, units: float) -> float:
        return side(units * case.low.get(project, 0.0), units * case.high.get(project, 0.0))

    without = {project: lead(project, -units) for project, units in own.items()}
    terms: dict[Column, float] = dict(valued.fixed)
    for start, units in valued.unit.items():
        code = start.project
        beyond = lead(code, units - own.get(code, 0.0)) - without.get(code, 0.0)
        terms[start] = terms.get(start, 0.0) + beyond
    constant = math.fsum(without.values()) - total(valued.fixed, taken)[0]
    return Line(terms, constant)

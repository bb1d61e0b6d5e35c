"""A question's gain for other values of its projects: what follows them, and what does not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portfolio.choices import Choices, Column, Start
from portfolio.question import Question

Values = Mapping[str, float]  # project -> value; one that is not there is worth nothing


@dataclass(frozen=True, slots=True)
class Valued:
    """The objective as a function of the projects' values; rows keep the question's own.

    unit    start -> what one point of its project's value adds: factor, discount, weight of value
    fixed   column -> what it adds whatever the values: synergies, debts, costs
    """

    unit: Mapping[Start, float]
    fixed: Mapping[Column, float]

    @classmethod
    def of(cls, question: Question, on: Choices) -> "Valued":
        objective = question.objective()
        fixed, one = (_gain(question, objective, worth) for worth in (0.0, 1.0))
        unit = {s: one[s] - fixed.get(s, 0.0) for s in on.starts if s in one}
        return cls(unit, {column: number for column, number in fixed.items() if number})

    def gain(self, values: Values) -> dict[Column, float]:
        """What each column adds to the objective under those values."""
        gain: dict[Column, float] = dict(self.fixed)
        for start, unit in self.unit.items():
            gain[start] = gain.get(start, 0.0) + unit * values.get(start.project, 0.0)
        return gain


def with_values(question: Question, values: Values) -> Question:
    """The same question, its projects worth that."""
    worth = (replace(p, value=values.get(p.code, 0.0)) for p in question.projects)
    return replace(question, projects=tuple(worth))


def _gain(
    question: Question, objective: Mapping[str, float], worth: float
) -> Mapping[Column, float]:
    other = with_values(question, dict.fromkeys((p.code for p in question.projects), worth))
    return other.gain(other.choices(), objective)

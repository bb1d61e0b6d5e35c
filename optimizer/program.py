"""The mixed-integer program of a question: gain to maximise, rows to keep; and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portfolio.choices import Choices, Column, Start
from portfolio.plan import Chosen
from portfolio.question import Question
from portfolio.rules import Row

LOGIC = frozenset(
    {"once", "retired", "standalone-once", "synergy", "used", "carried", "lowered", "red"}
)  # what makes a plan a plan: never negotiable


@dataclass(frozen=True, slots=True)
class Program:
    """Maximise the gain of the columns, keeping every row.

    most   every column, in declared order, with the most it can be; the least is 0
    """

    most: Mapping[Column, float]
    gain: Mapping[Column, float]
    rows: tuple[Row, ...]

    def asking(self, gain: Mapping[Column, float], *rows: Row) -> "Program":
        """The same choices, for another gain, with more rows to keep."""
        return replace(self, gain=gain, rows=(*self.rows, *rows))

    @property
    def whole(self) -> tuple[Column, ...]:
        """The columns that are 0 or 1."""
        return tuple(column for column in self.most if is_whole(column))


def is_whole(column: Column) -> bool:
    """Whether the column is a yes or no."""
    return isinstance(column, Start) or column.is_whole


def write(question: Question, on: Choices) -> Program:
    """The program that the question states; starts first, then the amounts."""
    most: dict[Column, float] = dict.fromkeys(on.starts, 1.0)
    most.update(question.amounts(on).items())
    gain = question.gain(on, question.objective())
    return Program(most, gain, tuple(row for row in question.rows(on) if row.terms or _fails(row)))


def starts(taken: Mapping[Column, float]) -> dict[str, Chosen]:
    """The starts taken, by project."""
    chosen = (c for c, number in taken.items() if isinstance(c, Start) and number > 0.5)
    return {start.project: Chosen(start.variant, start.period) for start in chosen}


def standalone(taken: Mapping[Column, float]) -> dict[str, int]:
    """The debts retired on their own, with the period."""
    return {
        column.subject: column.period
        for column, number in taken.items()
        if not isinstance(column, Start) and column.kind == "standalone" and number > 0.5
    }


def _fails(row: Row) -> bool:
    """A row without terms is dropped when it holds by itself, kept when nothing can keep it."""
    return row.slack({}) < 0

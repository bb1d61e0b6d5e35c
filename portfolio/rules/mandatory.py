"""A project that the law or a promise makes certain, by a deadline if there is one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio.choices import Choices
from portfolio.rules.row import Row, Stated, each


@dataclass(frozen=True, slots=True)
class Mandatory(Stated):
    """The law or a promise makes the project certain, by the deadline if there is one.

    s[i] >= 1, x[i,v,t] = 0 where t + d[i,v] - 1 > deadline
    """

    project: str
    deadline: int | None = None
    kind: Literal["mandatory"] = "mandatory"

    def rows(self, on: Choices) -> Iterator[Row]:
        starts = on.starts_of(self.project)
        yield Row(("mandatory", self.project), each(starts), ">=", 1.0)
        if self.deadline is not None:
            late = each(s for s in starts if on.end(s) - 1 > self.deadline)
            yield Row(("deadline", self.project, str(self.deadline)), late, "<=", 0.0)

    def refers(self) -> Iterator[tuple[str, str]]:
        yield ("project", self.project)

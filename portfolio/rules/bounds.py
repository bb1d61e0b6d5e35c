"""A group of projects gets at least, or at most, so much of something, or such a share of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from portfolio.candidate import Candidate, Exact
from portfolio.choices import Choices, Column, Start
from portfolio.errors import Invalid
from portfolio.rules.row import Label, Row, Stated


@dataclass(frozen=True, slots=True)
class Tagged(Exact):
    """The projects that bear a tag."""

    tag: str
    key: Annotated[str, Field(alias="is")]

    @property
    def label(self) -> str:
        return f"{self.tag}={self.key}"

    def holds(self, candidate: Candidate) -> bool:
        """Whether the candidate is of the group."""
        return candidate.has_tag(self.tag, self.key)


@dataclass(frozen=True, slots=True)
class Listed(Exact):
    """The projects named one by one."""

    projects: tuple[str, ...]

    @property
    def label(self) -> str:
        return ",".join(self.projects)

    def holds(self, candidate: Candidate) -> bool:
        """Whether the candidate is of the group."""
        return candidate.code in self.projects


Group = Tagged | Listed


def quantity(of: str, start: Start, on: Choices) -> float:
    """How much of ``cost``, ``count``, ``value`` or a measure the start brings, undiscounted."""
    if of == "cost":
        return on.cost(start)
    if of == "value":
        return on.value(start)
    return 1.0 if of == "count" else on.candidates[start.project].measures.get(of, 0.0)


@dataclass(frozen=True, slots=True)
class _Bound(Stated):
    """of      cost, count, value or a measure
    where   the group; None = all projects
    share   of the plan's total of the same, 0..1       limit   absolute; exactly one of the two.
    """

    of: str
    where: Group | None = None
    share: float | None = None
    limit: float | None = None

    def __post_init__(self) -> None:
        if (self.share is None) == (self.limit is None):
            raise Invalid("share-or-limit", field="share")
        if self.share is not None and not 0 <= self.share <= 1:
            raise Invalid("not-a-share", field="share", found=self.share, low=0, high=1)

    def refers(self) -> Iterator[tuple[str, str]]:
        if isinstance(self.where, Listed):
            yield from ((f"where.projects[{i}]", c) for i, c in enumerate(self.where.projects))

    def _label(self, kind: str) -> Label:
        return (kind, self.of, self.where.label if self.where else "")

    def _terms(self, on: Choices) -> dict[Column, float]:
        """Group - share x total when a share is asked, else the group."""
        terms: dict[Column, float] = {}
        for start in on.starts:
            inside = self.where is None or self.where.holds(on.candidates[start.project])
            factor = float(inside) - (self.share or 0.0)
            terms[start] = factor * quantity(self.of, start, on)
        return {column: number for column, number in terms.items() if number}


@dataclass(frozen=True, slots=True)
class Floor(_Bound):
    """A group of projects gets at least so much of something, or such a share of the whole.

    Σ_{i in group} q[i,v] x[i,v,t] >= share × Σ_i q[i,v] x[i,v,t], or >= limit
    """

    kind: Literal["floor"] = "floor"

    def rows(self, on: Choices) -> Iterator[Row]:
        yield Row(self._label("floor"), self._terms(on), ">=", self.limit or 0.0)


@dataclass(frozen=True, slots=True)
class Ceiling(_Bound):
    """A group of projects gets at most so much of something, or such a share of the whole.

    Σ_{i in group} q[i,v] x[i,v,t] <= share × Σ_i q[i,v] x[i,v,t], or <= limit
    """

    kind: Literal["ceiling"] = "ceiling"

    def rows(self, on: Choices) -> Iterator[Row]:
        yield Row(self._label("ceiling"), self._terms(on), "<=", self.limit or 0.0)

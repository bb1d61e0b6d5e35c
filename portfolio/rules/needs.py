"""A project starts only after another, or one of several others, is finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio import claims
from portfolio.choices import Choices, Column
from portfolio.rules.row import Label, Row, Stated, each


@dataclass(frozen=True, slots=True)
class Needs(Stated):
    """A project starts only once another is finished, ``lag`` periods before.

    Σ_{t' <= t} x[project,v,t'] <= Σ_{t' + d + lag <= t} x[on,v,t'], for every period t
    """

    project: str
    on: str
    lag: int = 0
    kind: Literal["needs"] = "needs"

    def __post_init__(self) -> None:
        claims.at_least("lag", self.lag, 0)
        claims.unique("on", [self.project, self.on])

    def rows(self, on: Choices) -> Iterator[Row]:
        yield from _after(on, self.project, (self.on,), self.lag, ("needs", self.project, self.on))

    def refers(self) -> Iterator[tuple[str, str]]:
        yield from (("project", self.project), ("on", self.on))


@dataclass(frozen=True, slots=True)
class NeedsOneOf(Stated):
    """A project starts only once one of several others is finished, ``lag`` periods before.

    Σ_{t' <= t} x[project,v,t'] <= Σ_{j in any} Σ_{t' + d + lag <= t} x[j,v,t'], for every period t
    """

    project: str
    any: tuple[str, ...]
    lag: int = 0
    kind: Literal["needs-one-of"] = "needs-one-of"

    def __post_init__(self) -> None:
        claims.at_least("lag", self.lag, 0)
        claims.unique("any", [self.project, *self.any])

    def rows(self, on: Choices) -> Iterator[Row]:
        label = ("needs-one-of", self.project, *self.any)
        yield from _after(on, self.project, self.any, self.lag, label)

    def refers(self) -> Iterator[tuple[str, str]]:
        yield ("project", self.project)
        yield from ((f"any[{i}]", code) for i, code in enumerate(self.any))


def _after(
    on: Choices, project: str, before: tuple[str, ...], lag: int, label: Label
) -> Iterator[Row]:
    """For every t: starts of ``project`` up to t <= starts of ``before`` over by t - lag."""
    starts = on.starts_of(project)
    for period in sorted({s.period for s in starts}):
        terms: dict[Column, float] = each(s for s in starts if s.period <= period)
        terms |= {
            s: -1.0 for code in before for s in on.starts_of(code) if on.end(s) + lag <= period
        }
        yield Row((*label, str(period)), terms, "<=", 0.0)

"""What a portfolio question is asked about: candidates with their options, debts at stake, limits.

These are the bare numbers of the question file, in whatever unit it speaks (dollars, points);
the registry's nouns (Project, DebtItem …) are richer and become these when a scenario is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ConfigDict

from portfolio import claims
from portfolio.errors import Invalid

Series = tuple[float, ...]  # one number a period; what is not written is 0


class Exact:
    """Read from a file as it is written: no unknown field, no "12" for 12, no NaN."""

    __slots__ = ()
    __pydantic_config__ = ConfigDict(
        extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=True
    )


def at(series: Series, period: int) -> float:
    """The number of that period; 0 where nothing is written."""
    return series[period] if 0 <= period < len(series) else 0.0


@dataclass(frozen=True, slots=True)
class Limits(Exact):
    """An envelope: money available a period, and the share of it that may go over to the next."""

    limits: Series
    carry: float = 0.0
    title: str = ""

    def __post_init__(self) -> None:
        claims.none_below("limits", self.limits, 0)
        claims.share("carry", self.carry)


@dataclass(frozen=True, slots=True)
class Capacity(Exact):
    """A team: person-days available a period."""

    capacity: Series
    title: str = ""

    def __post_init__(self) -> None:
        claims.none_below("capacity", self.capacity, 0)


@dataclass(frozen=True, slots=True)
class Option(Exact):
    """One variant of a candidate; cost and effort by period of its own life."""

    code: str = "base"
    duration: int = 1
    value_factor: float = 1.0
    cost: Mapping[str, Series] = field(default_factory=dict)
    effort: Mapping[str, Series] = field(default_factory=dict)

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.at_least("duration", self.duration, 1)
        claims.at_least("value_factor", self.value_factor, 0)
        for name, uses in (("cost", self.cost), ("effort", self.effort)):
            for code, series in uses.items():
                claims.no_longer(f"{name}.{code}", series, self.duration)
                claims.none_below(f"{name}.{code}", series, 0)

    @property
    def total_cost(self) -> float:
        """Over all envelopes and periods, undiscounted."""
        return sum(sum(series) for series in self.cost.values())


@dataclass(frozen=True, slots=True)
class Candidate(Exact):
    """A project as the question sees it.

    window       [earliest, latest] start, both included; None = anywhere in the horizon
    debt_share   share of its cost that repays debt, 0..1
    variants     none = one option, ``base``, made of duration, cost and effort given here
    """

    code: str
    title: str = ""
    value: float = 0.0
    window: tuple[int, int] | None = None
    measures: Mapping[str, float] = field(default_factory=dict)
    debt_share: float = 0.0
    tags: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    variants: tuple[Option, ...] = ()
    duration: int = 1
    cost: Mapping[str, Series] = field(default_factory=dict)
    effort: Mapping[str, Series] = field(default_factory=dict)

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.share("debt_share", self.debt_share)
        claims.unique("variants", [v.code for v in self.variants])
        if self.window and not 0 <= self.window[0] <= self.window[1]:
            raise Invalid("not-a-window", field="window", found=list(self.window))
        if self.variants and (self.cost or self.effort or self.duration != 1):
            raise Invalid("two-ways-at-once", field="variants")
        Option("base", self.duration, 1.0, self.cost, self.effort)

    @property
    def options(self) -> tuple[Option, ...]:
        """The variants, or the one that the candidate itself describes."""
        return self.variants or (Option("base", self.duration, 1.0, self.cost, self.effort),)

    def has_tag(self, grid: str, key: str) -> bool:
        """Whether the candidate bears that tag; a grid may bear several."""
        borne = self.tags.get(grid, ())
        return key == borne if isinstance(borne, str) else key in borne


@dataclass(frozen=True, slots=True)
class Standalone(Exact):
    """A debt's retirement on its own, outside any project: paid at once, by one envelope."""

    envelope: str
    cost: float

    def __post_init__(self) -> None:
        claims.at_least("cost", self.cost, 0)


@dataclass(frozen=True, slots=True)
class Stake(Exact):
    """A debt as the question sees it.

    interest        by horizon period, paid as long as the debt is not retired
    retired_by      project code -> share of the debt that it retires when it finishes
    retired_after   project code -> periods of its own life after which it has retired that share,
                    when that is before it finishes
    created_by      the project without which the debt does not exist, and once finished makes it;
                    "" = it is there from the start
    terminal        what it saves beyond the horizon to have it retired at the end; like interest,
                    and discounted to the start already
    """

    code: str
    system: str = ""
    title: str = ""
    principal: float = 0.0
    interest: Series = ()
    retired_by: Mapping[str, float] = field(default_factory=dict)
    standalone: Standalone | None = None
    created_by: str = ""
    retired_after: Mapping[str, int] = field(default_factory=dict)
    terminal: float = 0.0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.at_least("principal", self.principal, 0)
        claims.none_below("interest", self.interest, 0)
        claims.at_least("terminal", self.terminal, 0)
        for project, share in self.retired_by.items():
            claims.share(f"retired_by.{project}", share)
        for project, periods in self.retired_after.items():
            where = f"retired_after.{project}"
            claims.at_least(where, periods, 1)
            if project not in self.retired_by:
                accepted = list(self.retired_by)
                raise Invalid(
                    "unknown-code", field=where, kind="project", found=project, accepted=accepted
                )

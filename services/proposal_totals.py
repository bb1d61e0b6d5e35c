"""What a variant takes of the cycle's money and people, period by period, beside their limits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portfolio.cycle import Cycle
from portfolio.project import Project, Variant


@dataclass(frozen=True, slots=True)
class Load:
    """Money of one envelope (cents), or days of one team, by period of the project's life.

    by_period   None = none given there
    shares      part of the envelope's limit, or of the team's capacity, in the period that it
                falls in; None = nothing given there, or no limit known
    """

    code: str
    by_period: tuple[float | None, ...]
    shares: tuple[float | None, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Peak:
    """Where a variant takes the most of what there is: ``share`` of it, in that period."""

    code: str
    period: int
    share: float


@dataclass(frozen=True, slots=True)
class Loads:
    """Every load of one kind, and their sums by period and in all."""

    loads: tuple[Load, ...]
    by_period: tuple[float | None, ...]
    total: float

    @property
    def peak(self) -> Peak | None:
        """The largest share; None where no limit is known."""
        peaks = [
            Peak(load.code, period, share)
            for load in self.loads
            for period, share in enumerate(load.shares)
            if share is not None
        ]
        return max(peaks, key=lambda peak: peak.share, default=None)


@dataclass(frozen=True, slots=True)
class Compared:
    """A variant beside the others; cents and person-days, None = not given.

    by_envelope, by_team   what it takes of each of the cycle's, in their order
    per_point              cents for each hundredth of the project's value that it brings
    """

    variant: Variant
    cost: int | None
    by_envelope: tuple[int | None, ...]
    by_team: tuple[float | None, ...]
    per_point: int | None


def first_period(project: Project, cycle: Cycle) -> int:
    """The period of the horizon in which it starts at the earliest."""
    return max(0, cycle.horizon.period(project.earliest)) if project.earliest else 0


def money(variant: Variant, cycle: Cycle, first: int) -> Loads:
    """Likely cents by envelope, were it to start in that period of the horizon."""
    limits = {e.code: e.limits for e in cycle.envelopes}
    given = [(s.envelope, s.period, s.amount.likely) for s in variant.spends]
    return _loads(given, limits, first)


def effort(variant: Variant, cycle: Cycle, first: int) -> Loads:
    """Person-days by team, were it to start in that period of the horizon."""
    limits = {team.code: team.capacity for team in cycle.teams}
    given = [(e.team, e.period, e.days) for e in variant.efforts]
    return _loads(given, limits, first)


def compared(project: Project, cycle: Cycle) -> tuple[Compared, ...]:
    """The project's variants side by side."""
    return tuple(_compared(variant, cycle) for variant in project.variants)


def _compared(variant: Variant, cycle: Cycle) -> Compared:
    spent = {load.code: load.total for load in money(variant, cycle, 0).loads}
    days = {load.code: load.total for load in effort(variant, cycle, 0).loads}
    cost, points = variant.cost, 100 * variant.value_factor
    return Compared(
        variant,
        cost,
        tuple(int(spent[e.code]) if e.code in spent else None for e in cycle.envelopes),
        tuple(days.get(team.code) for team in cycle.teams),
        round(cost / points) if cost is not None and points > 0 else None,
    )


def _loads(
    given: Iterable[tuple[str, int, float]],
    limits: Mapping[str, Sequence[float] | None],
    first: int,
) -> Loads:
    by_code: dict[str, dict[int, float]] = {code: {} for code in limits}
    for code, period, amount in given:
        by_code.setdefault(code, {})[period] = amount
    length = max((max(periods) + 1 for periods in by_code.values() if periods), default=0)
    loads = tuple(
        Load(
            code,
            tuple(periods.get(p) for p in range(length)),
            tuple(_share(periods.get(p), limits.get(code), first + p) for p in range(length)),
            sum(periods.values()),
        )
        for code, periods in by_code.items()
        if periods
    )
    sums = tuple(_sum(load.by_period[p] for load in loads) for p in range(length))
    return Loads(loads, sums, sum(load.total for load in loads))


def _sum(amounts: Iterable[float | None]) -> float | None:
    given = [amount for amount in amounts if amount is not None]
    return sum(given) if given else None


def _share(amount: float | None, limits: Sequence[float] | None, at: int) -> float | None:
    limit = limits[at] if limits is not None and at < len(limits) else None
    return amount / limit if amount is not None and limit else None

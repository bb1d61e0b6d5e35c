"""What proposals ask of a cycle's envelopes and teams, period by period, beside what there is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from data.store import Store
from portfolio.cycle import Cycle
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.project import Project
from portfolio.registry import ASKED
from services.permission import allowed
from services.proposals import base_of

Kind = Literal["envelope", "team"]
Uses = Iterator[tuple[Kind, str, int, float]]  # kind, code, period of the horizon, amount


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is asked of one envelope (cents) or team (person-days), beside what there is.

    asked       by period of the horizon; ``later`` past its end
    available   by period; None = no limit was given
    drawn_by    variants that draw on it, of proposals in every stage
    """

    code: str
    asked: tuple[float, ...]
    later: float
    available: tuple[float, ...] | None
    drawn_by: int

    @property
    def total_asked(self) -> float:
        return sum(self.asked) + self.later

    @property
    def total_available(self) -> float | None:
        return None if self.available is None else sum(self.available)

    @property
    def over(self) -> tuple[int, ...]:
        """The periods in which more is asked than there is."""
        there = self.available or ()
        return tuple(p for p, (a, b) in enumerate(zip(self.asked, there, strict=False)) if a > b)


@dataclass(frozen=True, slots=True)
class Balance:
    """projects   proposals that ask, by their base variant, each begun as early as it may."""

    cycle: Cycle
    envelopes: tuple[Weighed, ...]
    teams: tuple[Weighed, ...]
    projects: int


@allowed(Role.FACILITATOR, Role.ADMINISTRATOR)
def balance(store: Store, by: Person, cycle: str) -> Balance:
    """What proposals ask of each envelope and team, by period, beside what there is."""
    with store.reading() as work:
        registry = work.registry(cycle)
    home = registry.cycle
    asking = [p for p in registry.projects if p.stage in ASKED and p.variants]
    asked: dict[tuple[Kind, str], Counter[int]] = defaultdict(Counter)
    for project in asking:
        for kind, code, period, amount in _uses(project, home.horizon):
            asked[kind, code][period] += amount  # type: ignore[assignment]  # days are floats
    drawn = Counter(draws(registry.projects))

    def weighed(kind: Kind, code: str, there: Sequence[float] | None) -> Weighed:
        by_period, last = asked[kind, code], home.horizon.periods
        later = sum(amount for period, amount in by_period.items() if period >= last)
        in_time = tuple(by_period[period] for period in home.horizon)
        available = None if there is None else tuple([*there, *[0] * last][:last])
        return Weighed(code, in_time, later, available, drawn[kind, code])

    return Balance(
        home,
        tuple(weighed("envelope", e.code, e.limits) for e in home.envelopes),
        tuple(weighed("team", t.code, t.capacity) for t in home.teams),
        len(asking),
    )


def draws(projects: Iterable[Project]) -> Iterator[tuple[Kind, str]]:
    """(kind, code) once for each variant that draws on that envelope or team."""
    for project in projects:
        for variant in project.variants:
            yield from {("envelope", spend.envelope) for spend in variant.spends}
            yield from {("team", effort.team) for effort in variant.efforts}


def _uses(project: Project, horizon: Horizon) -> Uses:
    base = base_of(project)
    if base is None:
        return
    first = max(0, horizon.period(project.earliest)) if project.earliest else 0
    for spend in base.spends:
        yield "envelope", spend.envelope, first + spend.period, spend.amount.likely
    for effort in base.efforts:
        yield "team", effort.team, first + effort.period, effort.days

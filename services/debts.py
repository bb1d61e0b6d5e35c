"""Debts: where they are, what they cost, and what a year of waiting adds."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from data.store import Store
from portfolio import standing_debts, waiting
from portfolio.cycle import Cycle
from portfolio.debt import DebtItem, DebtStatus, break_even
from portfolio.errors import Missing
from portfolio.legacy_risk import RiskAssessment
from portfolio.person import Person
from portfolio.registry import Registry
from portfolio.system import System
from services.cycles import sees
from services.permission import EVERYONE, allowed

OVERLAP = 0.3  # of the run cost: beyond, the interest of a system's items does not add up
SOON = timedelta(days=730)  # what remains of support when it is time to act


class Support(StrEnum):
    """Whether someone still repairs what the system stands on."""

    ENDED = "ended"
    ENDING = "ending"
    SUPPORTED = "supported"
    UNKNOWN = "unknown"


class Light(StrEnum):
    """How much a system worries: its confirmed risk; before that, its support.

    RED     the confirmed risk reaches the red line
    AMBER   a likelihood of its risk is medium or more; not assessed: support ended or about to
    GREEN   none is; not assessed: supported             UNKNOWN   not assessed, and no date
    """

    RED = "rouge"
    AMBER = "ambre"
    GREEN = "vert"
    UNKNOWN = "inconnu"


@dataclass(frozen=True, slots=True)
class Figure:
    """One debt item in figures, in cents.

    interest     in the first year, contingent part included
    break_even   years until interest paid equals the principal; inf = never
    waiting      what one more year of waiting costs
    status       today: an acceptance that has expired leaves the item open again
    """

    item: DebtItem
    principal: float
    interest: float
    break_even: float
    waiting: float
    status: DebtStatus


@dataclass(frozen=True, slots=True)
class SystemDebt:
    """One system with what it owes, in cents; interest and waiting by year.

    interest          as set for the system, else the sum of its items' own
    interest_sum      that sum
    principal_ratio   principal / replacement value        None = value not given
    interest_ratio    sum of the interest / run cost       None = cost not given
    turnover          interest / principal                 None = no principal
    """

    system: System
    figures: tuple[Figure, ...]
    principal: float
    interest: float
    interest_sum: float
    waiting: float
    accepted: float
    principal_ratio: float | None
    interest_ratio: float | None
    turnover: float | None
    support_end: date | None
    support: Support
    light: Light

    @property
    def items(self) -> tuple[DebtItem, ...]:
        return tuple(figure.item for figure in self.figures)

    @property
    def is_overlapping(self) -> bool:
        """Whether the items' interest weighs so much of the run cost that it should not add up."""
        return self.interest_ratio is not None and self.interest_ratio > OVERLAP

    @property
    def is_set(self) -> bool:
        """Whether the architect's figure stands for the sum of the items' interest."""
        return self.system.interest_figure is not None and bool(self.figures)


@dataclass(frozen=True, slots=True)
class DebtView:
    """The whole debt of a cycle, in cents; interest and waiting by year.

    accepted   part of the principal that is accepted: it still counts, and is shown apart
    unowned    items that nobody answers for        stale   items whose review date has passed
    promised   items of projects not yet approved: they are not in any of the sums
    """

    principal: float
    interest: float
    waiting: float
    accepted: float
    systems: tuple[SystemDebt, ...]
    unowned: tuple[DebtItem, ...]
    stale: tuple[DebtItem, ...]
    promised: tuple[Figure, ...]

    @property
    def red(self) -> tuple[SystemDebt, ...]:
        """Systems whose confirmed risk reaches the red line."""
        return tuple(s for s in self.systems if s.light is Light.RED)

    @property
    def unsupported(self) -> tuple[SystemDebt, ...]:
        """Systems of which some technology is no longer supported."""
        return tuple(s for s in self.systems if s.support is Support.ENDED)

    @property
    def accepted_figures(self) -> tuple[Figure, ...]:
        """Items whose debt is accepted: still counted, shown apart."""
        figures = (figure for system in self.systems for figure in system.figures)
        return tuple(f for f in figures if f.status is DebtStatus.ACCEPTED)

    def figure(self, debt: str) -> Figure | None:
        """The item in figures, where it counts or is promised."""
        counted = (figure for system in self.systems for figure in system.figures)
        return next((f for f in (*counted, *self.promised) if f.item.code == debt), None)

    def of(self, system: str) -> SystemDebt:
        """The debt of that system; Missing when there is none."""
        for found in self.systems:
            if found.system.code == system:
                return found
        raise Missing("no-such-system", found=system)


@allowed(*EVERYONE)
def view(store: Store, by: Person, cycle: str, today: date) -> DebtView:
    """The debt of the cycle's systems, the heaviest interest first.

    What someone else's draft would create is left out for those who may not see the draft.
    """
    with store.reading() as work:
        whole = work.registry(cycle)
    found = of_registry(whole, today)
    hidden = {p.code for p in whole.projects if not sees(by, p)}
    seen = tuple(f for f in found.promised if f.item.created_by not in hidden)
    return replace(found, promised=seen)


def of_registry(registry: Registry, today: date) -> DebtView:
    """The same, of a registry in hand."""
    counted = standing_debts.counted(registry)
    systems = tuple(_of_system(system, counted, registry, today) for system in registry.systems)
    return DebtView(
        principal=sum(s.principal for s in systems),
        interest=sum(s.interest for s in systems),
        waiting=sum(s.waiting for s in systems),
        accepted=sum(s.accepted for s in systems),
        systems=tuple(sorted(systems, key=lambda s: -s.interest)),
        unowned=tuple(debt for debt in counted if not debt.owner),
        stale=tuple(d for d in counted if d.review_on is not None and d.review_on < today),
        promised=tuple(figure_of(d, registry, today) for d in standing_debts.promised(registry)),
    )


def figure_of(debt: DebtItem, registry: Registry, today: date) -> Figure:
    """Any item in figures, whether it counts or not."""
    cycle = registry.cycle
    principal, interest = debt.principal.mean, debt.interest_now(cycle.horizon)
    return Figure(
        debt,
        principal,
        interest,
        break_even(principal, interest, debt.interest_growth),
        debt.waiting(cycle.horizon, discount_of(cycle)),
        standing_debts.status_on(debt, registry.acceptances, today),
    )


def discount_of(cycle: Cycle) -> float:
    """The yearly discount rate by which waiting is priced."""
    return waiting.terms_of(cycle).discount


def support_on(system: System, today: date) -> Support:
    """Where the system's support stands on that day."""
    return support_at(system.support_end, today)


def support_at(ends: date | None, today: date) -> Support:
    """Where a support that ends then stands on that day."""
    if ends is None:
        return Support.UNKNOWN
    if ends < today:
        return Support.ENDED
    return Support.ENDING if ends <= today + SOON else Support.SUPPORTED


def _of_system(
    system: System, counted: tuple[DebtItem, ...], registry: Registry, today: date
) -> SystemDebt:
    items = tuple(debt for debt in counted if debt.system == system.code)
    figures = tuple(figure_of(debt, registry, today) for debt in items)
    principal = sum(figure.principal for figure in figures)
    added = sum(figure.interest for figure in figures)
    interest = standing_debts.interest_of(system, items, registry.cycle.horizon)
    less = (interest - added) / (1 + discount_of(registry.cycle))
    support = support_on(system, today)
    return SystemDebt(
        system,
        tuple(sorted(figures, key=lambda figure: -figure.interest)),
        principal,
        interest,
        interest_sum=added,
        waiting=sum(figure.waiting for figure in figures) + less,
        accepted=sum(f.principal for f in figures if f.status is DebtStatus.ACCEPTED),
        principal_ratio=_ratio(principal, system.replacement_value),
        interest_ratio=_ratio(added, system.run_cost),
        turnover=_ratio(interest, principal),
        support_end=system.support_end,
        support=support,
        light=_light(_assessed(registry, system.code), support),
    )


def _assessed(registry: Registry, system: str) -> RiskAssessment | None:
    own = (a for a in registry.assessments if a.system == system and a.is_confirmed)
    return next(own, None)


def _light(risk: RiskAssessment | None, support: Support) -> Light:
    if risk is not None:
        return Light.RED if risk.is_red else Light.AMBER if risk.is_legacy else Light.GREEN
    if support is Support.UNKNOWN:
        return Light.UNKNOWN
    return Light.GREEN if support is Support.SUPPORTED else Light.AMBER


def _ratio(part: float, whole: float | None) -> float | None:
    return part / whole if whole else None

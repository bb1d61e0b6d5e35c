"""Debts: where they are, what they cost, and what a year of waiting adds."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from data.store import Act, Store
from portfolio.debt import DebtItem, DebtStatus, break_even
from portfolio.errors import Missing
from portfolio.horizon import Horizon
from portfolio.person import Person, Role
from portfolio.registry import Registry
from portfolio.system import System
from services.permission import EVERYONE, allowed

DISCOUNT = 0.035  # yearly, where the cycle has none of its own
SOON = timedelta(days=730)  # what remains of support when it is time to act


class Support(StrEnum):
    """Whether someone still repairs what the system stands on."""

    ENDED = "ended"
    ENDING = "ending"
    SUPPORTED = "supported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figure:
    """One debt item in figures, in cents.

    interest     in the first year, contingent part included
    break_even   years until interest paid equals the principal; inf = never
    """

    item: DebtItem
    principal: float
    interest: float
    break_even: float


@dataclass(frozen=True, slots=True)
class SystemDebt:
    """One system with what it owes, in cents; interest and waiting by year.

    principal_ratio   principal / replacement value        None = value not given
    interest_ratio    interest / run cost                  None = cost not given
    """

    system: System
    figures: tuple[Figure, ...]
    principal: float
    interest: float
    waiting: float
    accepted: float
    principal_ratio: float | None
    interest_ratio: float | None
    support_end: date | None
    support: Support

    @property
    def items(self) -> tuple[DebtItem, ...]:
        return tuple(figure.item for figure in self.figures)


@dataclass(frozen=True, slots=True)
class DebtView:
    """The whole debt of a cycle, in cents; interest and waiting by year.

    accepted   part of the principal that is accepted: it still counts, and is shown apart
    unowned    items that nobody answers for        stale   items whose review date has passed
    """

    principal: float
    interest: float
    waiting: float
    accepted: float
    systems: tuple[SystemDebt, ...]
    unowned: tuple[DebtItem, ...]
    stale: tuple[DebtItem, ...]

    @property
    def unsupported(self) -> tuple[SystemDebt, ...]:
        """Systems of which some technology is no longer supported."""
        return tuple(s for s in self.systems if s.support is Support.ENDED)

    @property
    def accepted_figures(self) -> tuple[Figure, ...]:
        """Items whose debt is accepted: still counted, shown apart."""
        figures = (figure for system in self.systems for figure in system.figures)
        return tuple(f for f in figures if f.item.status is DebtStatus.ACCEPTED)

    def of(self, system: str) -> SystemDebt:
        """The debt of that system; Missing when there is none."""
        for found in self.systems:
            if found.system.code == system:
                return found
        raise Missing("no-such-system", found=system)


@allowed(*EVERYONE)
def view(store: Store, by: Person, cycle: str, today: date) -> DebtView:
    """The debt of the cycle's systems, the heaviest interest first."""
    with store.reading() as work:
        return of_registry(work.registry(cycle), today)


def of_registry(registry: Registry, today: date) -> DebtView:
    """The same, of a registry in hand."""
    counted = tuple(debt for debt in registry.debts if debt.is_counted)
    systems = tuple(_of_system(system, counted, registry, today) for system in registry.systems)
    return DebtView(
        principal=sum(s.principal for s in systems),
        interest=sum(s.interest for s in systems),
        waiting=sum(s.waiting for s in systems),
        accepted=sum(s.accepted for s in systems),
        systems=tuple(sorted(systems, key=lambda s: -s.interest)),
        unowned=tuple(debt for debt in counted if not debt.owner),
        stale=tuple(d for d in counted if d.review_on is not None and d.review_on < today),
    )


def support_on(system: System, today: date) -> Support:
    """Where the system's support stands on that day."""
    if system.support_end is None:
        return Support.UNKNOWN
    if system.support_end < today:
        return Support.ENDED
    return Support.ENDING if system.support_end <= today + SOON else Support.SUPPORTED


def _of_system(
    system: System, counted: tuple[DebtItem, ...], registry: Registry, today: date
) -> SystemDebt:
    horizon = registry.cycle.horizon
    discount = registry.cycle.discount or DISCOUNT
    items = tuple(debt for debt in counted if debt.system == system.code)
    figures = tuple(_figure(debt, horizon) for debt in items)
    principal = sum(figure.principal for figure in figures)
    interest = sum(figure.interest for figure in figures)
    return SystemDebt(
        system,
        tuple(sorted(figures, key=lambda figure: -figure.interest)),
        principal,
        interest,
        waiting=sum(debt.waiting(horizon, discount) for debt in items),
        accepted=sum(d.principal.mean for d in items if d.status is DebtStatus.ACCEPTED),
        principal_ratio=_ratio(principal, system.replacement_value),
        interest_ratio=_ratio(interest, system.run_cost),
        support_end=system.support_end,
        support=support_on(system, today),
    )


def _figure(debt: DebtItem, horizon: Horizon) -> Figure:
    principal, interest = debt.principal.mean, debt.interest_now(horizon)
    years = break_even(principal, interest, debt.interest_growth)
    return Figure(debt, principal, interest, years)


def _ratio(part: float, whole: int | None) -> float | None:
    return part / whole if whole else None


@allowed(Role.ARCHITECT, Role.ADMINISTRATOR)
def save(store: Store, by: Person, cycle: str, debt: DebtItem) -> DebtItem:
    """Save a debt item; Stale when someone saved it since it was read."""
    with store.writing(Act(by.code, Role.ARCHITECT, "debts.save")) as work:
        saved: DebtItem = work.save(cycle, debt)
        return saved

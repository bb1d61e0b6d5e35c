"""Waiting: what not repaying costs, year by year, by item, system and service, and in all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from data.store import Store
from portfolio.debt import DebtItem, DebtStatus
from portfolio.person import Person
from portfolio.registry import Registry
from portfolio.standing_debts import status_on
from portfolio.system import System
from portfolio.waiting import Course, Owed, Terms, counted, course, loss_within, terms_of
from services.permission import COMMITTEE, allowed


@dataclass(frozen=True, slots=True)
class ItemWait:
    """One debt item, course in cents.

    is_accepted   its acceptance holds today
    loss_within   probability that its loss happens at least once within the years looked at
    """

    item: DebtItem
    course: Course
    is_accepted: bool
    loss_within: float


@dataclass(frozen=True, slots=True)
class SystemWait:
    """One system; ``is_set`` when the architect set what its debts cost together."""

    system: System
    items: tuple[ItemWait, ...]
    course: Course
    is_set: bool


@dataclass(frozen=True, slots=True)
class ServiceWait:
    """One service and the systems it works with; ``service`` is empty for those of no service."""

    service: str
    systems: tuple[SystemWait, ...]
    course: Course


@dataclass(frozen=True, slots=True)
class WaitingView:
    """What waiting costs; systems, items and services are ordered by the first year's wait.

    years      the fiscal years looked at, 1 .. H
    whole      every counted debt, each counted once
    accepted   the part of it that is accepted
    systems    those that owe something
    shared     systems that several services work with: they stand under each of them
    """

    terms: Terms
    years: tuple[int, ...]
    whole: Course
    accepted: Course
    systems: tuple[SystemWait, ...]
    services: tuple[ServiceWait, ...]
    shared: tuple[System, ...]

    @property
    def items(self) -> tuple[ItemWait, ...]:
        """Every counted item, the dearest wait first."""
        items = (item for system in self.systems for item in system.items)
        return tuple(sorted(items, key=lambda i: -i.course.waits[0]))


@allowed(*COMMITTEE)
def view(
    store: Store, by: Person, cycle: str, today: date, on: Terms | None = None
) -> WaitingView:  # fmt: skip
    """What waiting costs on these terms, by default the cycle's own."""
    with store.reading() as work:
        return of_registry(work.registry(cycle), today, on)


def of_registry(registry: Registry, today: date, on: Terms | None = None) -> WaitingView:
    """The same, of a registry in hand."""
    horizon, terms = registry.cycle.horizon, on or terms_of(registry.cycle)
    debts = counted(registry)
    known = {system.code: system for system in registry.systems}
    accepted = frozenset(
        o.debt.code
        for o in debts
        if status_on(o.debt, registry.acceptances, today) is DebtStatus.ACCEPTED
    )

    def alone(owed: Owed) -> ItemWait:
        within = loss_within(owed.debt, horizon, terms.years)
        is_accepted = owed.debt.code in accepted
        return ItemWait(owed.debt, course([owed], horizon, terms), is_accepted, within)

    def together(some: Iterable[Owed]) -> Course:
        return course(some, horizon, terms)

    systems = _by_wait(_systems(known, debts, alone, together))
    return WaitingView(
        terms,
        tuple(range(horizon.start, horizon.start + terms.years)),
        together(debts),
        together(o for o in debts if o.debt.code in accepted),
        tuple(systems),
        tuple(_services(systems, debts, together)),
        tuple(s.system for s in systems if len(s.system.services) > 1),
    )


def _systems(
    known: Mapping[str, System],
    debts: Iterable[Owed],
    alone: Callable[[Owed], ItemWait],
    together: Callable[[Iterable[Owed]], Course],
) -> Iterable[SystemWait]:
    held: dict[str, list[Owed]] = {}
    for owed in debts:
        held.setdefault(owed.debt.system, []).append(owed)
    for code, own in held.items():
        system = known.get(code) or System(code, code)
        is_set = system.interest_figure is not None
        yield SystemWait(system, tuple(_by_wait(map(alone, own))), together(own), is_set)


def _services(
    systems: Iterable[SystemWait],
    debts: tuple[Owed, ...],
    together: Callable[[Iterable[Owed]], Course],
) -> Iterable[ServiceWait]:
    held: dict[str, list[SystemWait]] = {}
    for system in systems:
        for service in system.system.services or ("",):
            held.setdefault(service, []).append(system)
    found = []
    for service, own in held.items():
        codes = {s.system.code for s in own}
        part = together(o for o in debts if o.debt.system in codes)
        found.append(ServiceWait(service, tuple(own), part))
    return _by_wait(found)


W = TypeVar("W", ItemWait, SystemWait, ServiceWait)


def _by_wait(found: Iterable[W]) -> list[W]:
    """The one whose first year of waiting costs the most first."""
    return sorted(found, key=lambda one: -one.course.waits[0])

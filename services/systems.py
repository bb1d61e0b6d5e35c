"""Systems: describe one, change it, remove it once nothing stands on it; and who touches it."""

from dataclasses import dataclass, replace

from data.store import Act, Reading, Store
from portfolio.errors import Invalid
from portfolio.finding import Component, Finding
from portfolio.finding import Reading as Measured
from portfolio.person import Person, Role
from portfolio.project import Project
from portfolio.registry import Registry
from portfolio.scan import Tool
from portfolio.system import System
from services.debt_acts import role_of
from services.permission import COMMITTEE, allowed


@dataclass(frozen=True, slots=True)
class Touching:
    """What stands around a system.

    needs, needed_by   the systems it depends on, with why; those that depend on it
    projects           those that say they touch it, or retire some of its debt
    """

    needs: tuple[tuple[str, str], ...]
    needed_by: tuple[tuple[str, str], ...]
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What one tool found in a system: findings still there, and all it ever found."""

    tool: str
    still: int
    ever: int


def touching(registry: Registry, system: System) -> Touching:
    """What stands around the system, as far as the registry tells."""
    items = [d for d in registry.debts if d.system == system.code]
    named = {r.project for d in items for r in d.remedies} | {d.created_by for d in items}
    return Touching(
        tuple((d.on, d.reason) for d in system.dependencies),
        tuple(
            (other.code, d.reason)
            for other in registry.systems
            for d in other.dependencies
            if d.on == system.code
        ),
        tuple(
            p for p in registry.projects if system.code in p.systems or p.code in named
        ),
    )


@allowed(*COMMITTEE)
def findings(store: Store, by: Person, cycle: str, system: str) -> tuple[Found, ...]:
    """What each tool found in the system, for the tools that found anything."""
    with store.reading() as work:
        found = (_found(work, cycle, system, tool) for tool in Tool)
        return tuple(one for one in found if one.ever)


def _found(work: Reading, cycle: str, system: str, tool: Tool) -> Found:
    of = {"system": system, "source": str(tool)}
    still = work.count(Finding, cycle, **of, gone_on=None, set_aside=False)
    return Found(tool, still, work.count(Finding, cycle, **of))


@allowed(Role.ARCHITECT, Role.ADMINISTRATOR)
def add(store: Store, by: Person, cycle: str, system: System) -> System:
    """Describe a new system; Invalid("system-code-taken") when the code is another's."""
    with store.writing(Act(by.code, role_of(by), "systems.add")) as work:
        registry = work.registry(cycle)
        if system.code in {s.code for s in registry.systems}:
            raise Invalid("system-code-taken", field="code", found=system.code)
        _check(system, registry)
        return work.save(cycle, replace(system, version=0))


@allowed(Role.ARCHITECT, Role.ADMINISTRATOR)
def save(store: Store, by: Person, cycle: str, system: System, reason: str = "") -> System:
    """Save a system; Stale when someone saved it since it was read.

    Invalid("reason-needed") for what the city means to do with it, or a figure that stands for
    the sum of its interest, when nobody says why.
    """
    with store.writing(Act(by.code, role_of(by), "systems.save", reason=reason)) as work:
        work.one(System, cycle, system.code)
        _check(system, work.registry(cycle))
        return work.save(cycle, system)


@allowed(Role.ARCHITECT, Role.ADMINISTRATOR)
def remove(
    store: Store, by: Person, cycle: str, system: System, reason: str = ""
) -> System:
    """Remove a system on which nothing stands; Invalid("still-stands-on") names what does."""
    with store.writing(Act(by.code, role_of(by), "systems.remove", reason=reason)) as work:
        for kind, what in _standing_on(work, cycle, system.code):
            raise Invalid("still-stands-on", field=kind, found=what)
        work.remove(cycle, system)
        return system


def _standing_on(work: Reading, cycle: str, system: str) -> list[tuple[str, str]]:
    """(kind, what) for each kind of thing that stands on the system."""
    whole = work.registry(cycle)
    named = {
        "debts": [d.code for d in whole.debts if d.system == system],
        "systems": [s.code for s in whole.systems if system in {d.on for d in s.dependencies}],
        "projects": [p.code for p in whole.projects if system in p.systems],
        "assessments": [a.system for a in whole.assessments if a.system == system],
        "year_ends": [
            str(y.year) for y in whole.year_ends if system in {s.system for s in y.systems}
        ],
    }
    counts = {
        "findings": work.count(Finding, cycle, system=system),
        "components": work.count(Component, cycle, system=system),
        "readings": work.count(Measured, cycle, system=system),
    }
    found = [(kind, ", ".join(codes)) for kind, codes in named.items() if codes]
    return found + [(kind, str(n)) for kind, n in counts.items() if n]


def _check(system: System, registry: Registry) -> None:
    if system.disposition is not None and not system.reason.strip():
        raise Invalid("reason-needed", field="disposition")
    if system.interest_figure is not None and not system.interest_reason.strip():
        raise Invalid("reason-needed", field="interest_figure")
    for technology in system.technologies:
        if not technology.name.strip():
            raise Invalid("empty", field="technology")
    known = {s.code for s in registry.systems}
    for dependency in system.dependencies:
        if dependency.on not in known:
            raise Invalid("unknown-code", field="dependencies", found=dependency.on)


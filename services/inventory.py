"""The inventory: what the city runs, who is hit when a thing fails, and what is not known of it."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from data.exporters import inventory as files
from data.lifecycles import Catalogue
from data.store import Reading, Store
from data.store_seek import components_with
from portfolio import touching
from portfolio.finding import Component
from portfolio.person import Person, Role
from portfolio.registry import Registry
from portfolio.system import System, Technology
from portfolio.touching import Hit, Touch
from services import lifecycles
from services.cycles import sees
from services.debts import Support, support_on
from services.inventory_quality import Lack, lacks
from services.inventory_seek import Borne, among_components, among_systems, understood
from services.journal import printed
from services.lifecycle_dates import standing
from services.permission import COMMITTEE, allowed

__all__ = ["Borne", "Hit", "Lack", "Line", "Lookup", "Touch", "lookup", "quality", "view"]

MOST = 5_000  # components that one question looks at
EXAMPLES = 5
TEMPLATES = tuple(files.FLAT)


@dataclass(frozen=True, slots=True)
class Line:
    """One system; ``projects`` are those that touch it, ``components`` how many tools saw in it."""

    system: System
    support: Support
    projects: tuple[str, ...]
    components: int


@dataclass(frozen=True, slots=True)
class Lookup:
    """What answers to a question, and what it reaches.

    borne       the things that answer, in the systems that bear them
    hits        those systems, and the ones that stop with them (steps > 0)
    services    service -> the systems among the hits that work for it
    projects    projects that touch the systems which bear the thing
    is_cut      more components answer than are looked at
    """

    asked: str
    borne: tuple[Borne, ...]
    hits: tuple[Hit, ...]
    services: dict[str, tuple[str, ...]]
    projects: tuple[Touch, ...]
    is_cut: bool = False

    @property
    def bearers(self) -> tuple[System, ...]:
        """The systems that bear it."""
        return tuple(hit.system for hit in self.hits if hit.steps == 0)

    @property
    def dependents(self) -> tuple[Hit, ...]:
        """The systems that stop with them."""
        return tuple(hit for hit in self.hits if hit.steps)

    @property
    def served(self) -> tuple[str, ...]:
        """The services for which a bearer works."""
        own = {system.code for system in self.bearers}
        return tuple(name for name, codes in self.services.items() if own & set(codes))

    @property
    def names(self) -> tuple[str, ...]:
        """What answers, each name once."""
        return tuple(dict.fromkeys(one.name for one in self.borne))


@allowed(*COMMITTEE)
def view(store: Store, by: Person, cycle: str, today: date) -> tuple[Line, ...]:
    """Every system of the cycle, in declared order."""
    with store.reading() as work:
        registry = _seen(work.registry(cycle), by)
        return tuple(_line(work, registry, system, today) for system in registry.systems)


@allowed(*COMMITTEE)
def lookup(store: Store, by: Person, cycle: str, asked: str) -> Lookup:
    """Where a component, a technology or a system is, and what stops when it fails.

    asked   words of its name, its version, its product in the catalogue, or a purl
    Invalid("too-short"), Invalid("not-a-purl").
    """
    sought = understood(asked)
    with store.reading() as work:
        registry = _seen(work.registry(cycle), by)
        found = components_with(work, cycle, sought.sought, MOST + 1)
        products = _products(lifecycles.in_force(work), registry)
    borne = [
        *among_systems(sought, registry.systems, products),
        *among_components(sought, found[:MOST]),
    ]
    bearers = {one.system for one in borne}
    hits = touching.reached(registry.systems, bearers)
    return Lookup(
        asked.strip(),
        tuple(borne),
        hits,
        touching.services(hit.system for hit in hits),
        touching.projects(registry, bearers),
        len(found) > MOST,
    )


@allowed(*COMMITTEE)
def quality(store: Store, by: Person, cycle: str, today: date) -> tuple[Lack, ...]:
    """What the inventory and the register lack, the gravest kind first.

    What someone else's draft would create is left out for those who may not see the draft.
    """
    with store.reading() as work:
        registry = work.registry(cycle)
        undated = {
            system.code: work.count(
                Component, cycle, system=system.code, gone_on=None, support_end=None
            )
            for system in registry.systems
        }
    hidden = {project.code for project in registry.projects if not sees(by, project)}
    debts = tuple(debt for debt in registry.debts if debt.created_by not in hidden)
    return lacks(replace(registry, debts=debts), undated, today)


@allowed(Role.ARCHITECT, Role.FACILITATOR, Role.ADMINISTRATOR)
def export(store: Store, by: Person, cycle: str) -> bytes:
    """The systems and debts of the cycle as a workbook that can be corrected and brought back."""
    with store.reading() as work:
        return files.register(work.registry(cycle), printed(work))


def template(flat: str, language: str) -> bytes:
    """An empty table as CSV, to be filled and brought in; "" = both as one workbook."""
    return files.template_csv(flat, language) if flat else files.template(language)


def examples(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The technologies that the most systems stand on: good things to ask for."""
    borne = Counter(name for line in lines for name in {t.name for t in line.system.technologies})
    return tuple(name for name, _ in borne.most_common(EXAMPLES))


def _seen(registry: Registry, by: Person) -> Registry:
    return replace(registry, projects=tuple(p for p in registry.projects if sees(by, p)))


def _products(catalogue: Catalogue, registry: Registry) -> dict[Technology, str]:
    lines = standing(catalogue, registry.systems).lines
    known = ((line.technology, line.match.product) for line in lines if line.match is not None)
    return {technology: f"{product.code} {product.title}" for technology, product in known}


def _line(work: Reading, registry: Registry, system: System, today: date) -> Line:
    touches = touching.projects(registry, {system.code})
    return Line(
        system,
        support_on(system, today),
        tuple(touch.project.code for touch in touches),
        work.count(Component, registry.cycle.code, system=system.code, gone_on=None),
    )

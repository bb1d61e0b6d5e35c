"""Signs worth a question, for the facilitator alone: what stands out, on which rows, how surely."""

from collections.abc import Iterable
from dataclasses import dataclass

from data import references
from data.references import Rate
from data.store import Reading, Store
from portfolio import judgement
from portfolio.person import Person, Role
from portfolio.project import Project
from portfolio.registry import ASKED, Registry
from scoring import signs as told
from scoring import signs_of_ratings as of_ratings
from scoring.signs import Asked, Kind, Looked
from services.permission import allowed
from services.proposals import base_of


@dataclass(frozen=True, slots=True)
class Measured:
    """What simulated committees showed of one sign.

    alarm    honest committees in which it is raised all the same
    seen     planted faults that it shows, by size, the smallest first
    """

    alarm: Rate
    seen: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of sign: what was found, and how far to trust it."""

    looked: Looked
    measured: Measured


@dataclass(frozen=True, slots=True)
class Signs:
    """found      one a kind, in the order of the page
    previous   code of the cycle that obligations are compared with; "" = there is none
    command    what measured the rates
    """

    registry: Registry
    found: tuple[Found, ...]
    previous: str
    command: str

    @property
    def count(self) -> int:
        """Signs raised, of all kinds."""
        return sum(len(one.looked.signs) for one in self.found)


@allowed(Role.FACILITATOR)
def signs(store: Store, by: Person, cycle: str) -> Signs:
    """What is worth a question in the cycle, from what was revealed; it is about people, so no
    other role reads it, administrators included.
    """
    with store.reading() as work:
        registry = judgement.revealed(work.registry(cycle))
        previous = _previous(work, registry)
    return of_registry(registry, previous)


def of_registry(registry: Registry, previous: Registry | None = None) -> Signs:
    """The same of a registry, beside the one of the cycle before."""
    given = judgement.panel(registry)
    panel = of_ratings.ratings(given)
    own = of_ratings.by_leads(judgement.self_scores(registry), panel)
    works = {person.code: person.service for person in registry.people}
    services = {project.code: project.service for project in registry.projects}
    asked = [_asked(project) for project in _asks(registry)]
    limits = registry.cycle.thresholds
    earlier = "" if previous is None else previous.cycle.code
    looked = (
        of_ratings.self_gap(panel, own),
        of_ratings.pull(panel, works, services),
        told.under(asked, limits),
        told.split(asked, limits),
        told.mandatory(
            _obligations(registry),
            {} if previous is None else _obligations(previous),
            registry.cycle.code,
            earlier,
        ),
    )
    measured = rates()
    found = tuple(Found(one, measured[one.kind]) for one in looked)
    return Signs(registry, found, earlier, references.signs_command())


def rates() -> dict[Kind, Measured]:
    """What was measured of each sign."""
    every = references.signs()
    return {
        kind: Measured(
            next(r for r in every if r.kind == kind and r.size == 0),
            tuple(r for r in every if r.kind == kind and r.size != 0),
        )
        for kind in Kind
    }


def _previous(work: Reading, registry: Registry) -> Registry | None:
    """The cycle that begins last among those that begin before this one."""
    start = registry.cycle.horizon.start
    earlier = [cycle for cycle in work.cycles() if cycle.horizon.start < start]
    if not earlier:
        return None
    return work.registry(max(earlier, key=lambda cycle: cycle.horizon.start).code)


def _asks(registry: Registry) -> Iterable[Project]:
    return (project for project in registry.projects if project.stage in ASKED)


def _obligations(registry: Registry) -> dict[str, bool]:
    return {project.code: project.is_mandatory for project in _asks(registry)}


def _asked(project: Project) -> Asked:
    """By its base variant; text = what it is and what for."""
    base = base_of(project)
    text = f"{project.title}. {project.problem} {project.outcome}"
    amount = base.cost if base is not None and base.cost else 0
    return Asked(project.code, amount, text, project.lead, project.service)

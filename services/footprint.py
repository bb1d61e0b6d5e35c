"""Footprints: the factors of a cycle, and what a proposal's quantities come to on them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from data import ecodesign
from data import factors as shipped
from data.store import Act, Store
from portfolio.criterion import GateQuestion
from portfolio.errors import Missing, Refusal
from portfolio.footprint import Factor, Quantity, check, known_items
from portfolio.person import Person, Role
from portfolio.project import Measure, Project
from portfolio.registry import Registry
from scoring import footprint
from scoring.footprint import Footprint, Range
from scoring.measures import MEASURES
from services.cycles import sees
from services.permission import EVERYONE, allowed

__all__ = ["Footprint", "Range"]

CARBON = "carbon"


@dataclass(frozen=True, slots=True)
class Practices:
    """How much of the eco-design checklist a proposal meets.

    met, unmet   criteria answered yes, and no
    apart        criteria that do not apply to it
    asked        criteria of the checklist
    """

    met: int
    unmet: int
    apart: int
    asked: int

    @property
    def unanswered(self) -> int:
        return self.asked - self.met - self.unmet - self.apart

    @property
    def share(self) -> float | None:
        """Share 0..1 met of those that apply and are answered; None when there is none such."""
        applicable = self.met + self.unmet
        return self.met / applicable if applicable else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a proposal's durability, beside the ratings and never within them.

    footprint   None = no quantities were given, or ``refused`` says which could not be read
    declared    kgCO2e that the proposal brings by itself: then scores and plans use it
    """

    footprint: Footprint | None
    refused: Refusal | None
    declared: float | None
    practices: Practices


def in_force(registry: Registry) -> tuple[Factor, ...]:
    """The shipped factors, each replaced by the cycle's own; then the cycle's others."""
    return shipped.in_force(registry.factors)


def measured(registry: Registry) -> Registry:
    """The registry with the carbon of every project that gives quantities and declares none.

    The only place where it is computed: scores, plans, ceilings and charts all read the measure.
    """
    whole = replace(registry, factors=in_force(registry))
    return replace(registry, projects=tuple(_measured(p, whole) for p in registry.projects))


def _measured(project: Project, whole: Registry) -> Project:
    if not project.quantities or _declared(project) is not None:
        return project
    found = MEASURES[CARBON](project, whole)
    if found is None:
        return project
    return replace(project, measures=(*project.measures, Measure(CARBON, found)))


def _declared(project: Project) -> float | None:
    return next((m.number for m in project.measures if m.name == CARBON), None)


def estimate(quantities: Iterable[Quantity], factors: Iterable[Factor]) -> Footprint:
    """What the quantities come to; Invalid "unknown-item" for one that no factor knows."""
    return footprint.of(quantities, factors)


def items(factors: Iterable[Factor], language: str) -> dict[str, str]:
    """The kinds of thing that the factors know, with their names in that language."""
    every = tuple(factors)
    names = {f.item: f.title.in_(language) for f in reversed(every) if f.title.in_(language)}
    return {item: names.get(item, item) for item in known_items(every)}


def checklist() -> tuple[GateQuestion, ...]:
    """The eco-design criteria that a proposal answers, by theme."""
    return ecodesign.questions()


def practices(project: Project) -> Practices:
    """How much of the eco-design checklist the proposal meets."""
    asked = {question.key for question in checklist()}
    given = [a.answer for a in project.answers if a.question in asked]
    met, unmet, apart = (given.count(answer) for answer in ecodesign.ANSWERS)
    return Practices(met, unmet, apart, len(asked))


def evidence_of(registry: Registry, project: Project) -> Evidence:
    """What is known of that project's durability."""
    found, refused = None, None
    try:
        if project.quantities:
            found = estimate(project.quantities, in_force(registry))
    except Refusal as refusal:
        refused = refusal
    return Evidence(found, refused, _declared(project), practices(project))


@allowed(*EVERYONE)
def evidence(store: Store, by: Person, cycle: str, project: str) -> Evidence:
    """What is known of the durability of a project the person may see; Missing when not."""
    with store.reading() as work:  # not the whole cycle: a rater reads it at every keystroke
        found = work.project(cycle, project)
        held = Registry(work.cycle(cycle), (found,), factors=work.every(Factor, cycle))
    if not sees(by, found):
        raise Missing("no-such-project", found=project)
    return evidence_of(held, found)


@allowed(*EVERYONE)
def factors(store: Store, by: Person, cycle: str) -> tuple[Factor, ...]:
    """The factors in force in the cycle; version 0 = it came with the house."""
    with store.reading() as work:
        return in_force(work.registry(cycle))


@allowed(Role.ARCHITECT, Role.ADMINISTRATOR)
def keep(
    store: Store, by: Person, cycle: str, factor: Factor, request: str | None = None
) -> Factor:
    """Write a factor of the cycle's own, over a shipped one or a new one.

    Refusal("same-source") when its figures change and its source does not; Stale when it was
    saved elsewhere since it was read.
    """
    check(factor)
    role = Role.ARCHITECT if by.has(Role.ARCHITECT) else Role.ADMINISTRATOR
    with store.writing(Act(by.code, role, "footprint.keep", request)) as work:
        before = {known.code: known for known in in_force(work.registry(cycle))}.get(factor.code)
        if before and _figures(before) != _figures(factor) and before.source == factor.source:
            raise Refusal("same-source", found=factor.code)
        saved: Factor = work.save(cycle, factor)
        return saved


def _figures(factor: Factor) -> tuple[float, float, float]:
    return factor.low, factor.likely, factor.high

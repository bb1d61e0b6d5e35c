"""Scores: what each project of a cycle is worth, and what the framework asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from data import frameworks
from data.store import Store
from portfolio.criterion import Framework
from portfolio.person import Person
from portfolio.registry import Registry
from scoring.value import Valued, score
from services.permission import COMMITTEE, EVERYONE, allowed

EQUAL = 1.0  # what every project counts for when nobody scored any of them


@dataclass(frozen=True, slots=True)
class Scores:
    """is_equal   nobody scored anything: every project counts the same, and pages say so."""

    framework: Framework
    cards: tuple[Valued, ...]
    is_equal: bool

    @property
    def values(self) -> Mapping[str, float]:
        """Project -> points; a project without a score is worth 0 once others have one."""
        if self.is_equal:
            return {card.project: EQUAL for card in self.cards}
        return {card.project: card.points or 0.0 for card in self.cards}

    def card(self, project: str) -> Valued | None:
        """The value card of that project; None when the person may not see it."""
        return next((card for card in self.cards if card.project == project), None)


def of_registry(registry: Registry) -> Scores:
    """Scores by the framework that the cycle froze, with the framework's own weights."""
    framework = frameworks.load(registry.cycle.framework, registry.cycle.framework_version)
    cards = score(registry, framework)
    return Scores(framework, cards, all(card.points is None for card in cards))


@allowed(*COMMITTEE)
def scores(store: Store, by: Person, cycle: str) -> Scores:
    """The scores of every project of the cycle."""
    with store.reading() as work:
        return of_registry(work.registry(cycle))


@allowed(*EVERYONE)
def framework(store: Store, by: Person, cycle: str) -> Framework:
    """What the cycle values, on which scale, with what weight."""
    with store.reading() as work:
        found = work.cycle(cycle)
    return frameworks.load(found.framework, found.framework_version)

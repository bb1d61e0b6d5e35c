"""What the register lacks, kind by kind, and where: the list that an architect works through."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portfolio.debt import DebtItem, DebtStatus
from portfolio.folding import is_evidence_gone
from portfolio.registry import Registry
from portfolio.standing_debts import counted, status_on
from portfolio.system import System
from services.debts import OVERLAP

OLD = timedelta(days=365)


class Kind(StrEnum):
    """What is lacking, the gravest first: what is wrong, then unsure, then not known."""

    RED = "rouge-sans-suite"
    ACCEPTANCE_EXPIRED = "acceptation-expiree"
    UNKNOWN_SYSTEM = "systeme-inconnu"
    UNKNOWN_PROJECT = "projet-inconnu"
    NO_ORIGINAL = "sans-original"
    EVIDENCE_GONE = "preuve-disparue"
    OVERLAP = "interet-trop-grand"
    STALE = "estimation-perimee"
    NO_INTEREST = "sans-interet"
    ITEM_UNOWNED = "dette-sans-responsable"
    SYSTEM_UNOWNED = "systeme-sans-responsable"
    NO_CRITICALITY = "sans-criticite"
    NO_RUN_COST = "sans-cout"
    NO_VALUE = "sans-valeur"
    TECHNOLOGY_UNDATED = "technologie-sans-date"
    COMPONENT_UNDATED = "composant-sans-date"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is lacking.

    debt     the item; "" = it is of the system        what   the thing itself: a technology, a
             project, another system; "" = the item or system says enough
    since    the day since when, where there is one
    count    how many of it there are here             share  interest / run cost, for OVERLAP
    lacking  what a red system has not said: plan, funding, target
    """

    system: str
    debt: str = ""
    what: str = ""
    since: date | None = None
    count: int = 1
    share: float | None = None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """One kind of lack; ``of`` = the systems or items that were looked at."""

    kind: Kind
    places: tuple[Place, ...]
    of: int

    @property
    def count(self) -> int:
        return sum(place.count for place in self.places)


def lacks(registry: Registry, undated: Mapping[str, int], today: date) -> tuple[Lack, ...]:
    """What is lacking, the gravest kind first.

    undated   system -> components in it for which no end of support is known
    """
    seen = _Seen(registry, counted(registry), undated, today)
    found = ((kind, tuple(find(seen))) for kind, find in FIND.items())
    many = {True: len(seen.items), False: len(registry.systems)}
    return tuple(
        Lack(kind, places, many[bool(places[0].debt)]) for kind, places in found if places
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    registry: Registry
    items: tuple[DebtItem, ...]
    undated: Mapping[str, int]
    today: date

    def systems(self, is_lacking: Callable[[System], bool]) -> Iterator[Place]:
        for system in self.registry.systems:
            if is_lacking(system):
                yield Place(system.code)

    def debts(self, is_lacking: Callable[[DebtItem], bool]) -> Iterator[Place]:
        for item in self.items:
            if is_lacking(item):
                yield Place(item.system, item.code)


def _red(seen: _Seen) -> Iterator[Place]:
    """Red systems of which nobody said how it ends, who pays, or when."""
    known = {system.code for system in seen.registry.systems}
    for risk in seen.registry.assessments:
        if risk.is_red and risk.lacking and risk.system in known:
            yield Place(risk.system, lacking=risk.lacking)


def _acceptance_expired(seen: _Seen) -> Iterator[Place]:
    """Items still marked as accepted, of which the acceptance holds no more."""
    for item in seen.items:
        own = seen.registry.acceptances
        is_accepted = item.status is DebtStatus.ACCEPTED
        if is_accepted and status_on(item, own, seen.today) is DebtStatus.OPEN:
            last = max(a.expires for a in own if a.debt == item.code)
            yield Place(item.system, item.code, since=last)


def _unknown_system(seen: _Seen) -> Iterator[Place]:
    known = {system.code for system in seen.registry.systems}
    for system in seen.registry.systems:
        for need in system.dependencies:
            if need.on not in known:
                yield Place(system.code, what=need.on)
    for item in seen.items:
        if item.system not in known:
            yield Place(item.system, item.code, item.system)


def _unknown_project(seen: _Seen) -> Iterator[Place]:
    known = {project.code for project in seen.registry.projects}
    for item in seen.registry.debts:
        named = (*(remedy.project for remedy in item.remedies), item.created_by)
        for project in dict.fromkeys(filter(None, named)):
            if project not in known:
                yield Place(item.system, item.code, project)


def _no_original(seen: _Seen) -> Iterator[Place]:
    known = {item.code for item in seen.registry.debts}
    for item in seen.registry.debts:
        if item.status is DebtStatus.DUPLICATE and item.duplicate_of not in known:
            yield Place(item.system, item.code, item.duplicate_of)


def _evidence_gone(seen: _Seen) -> Iterator[Place]:
    """Items that no tool shows any more of those that did, or of which no evidence is left."""
    for item in seen.items:
        gone = [proof.gone_on for proof in item.evidence if proof.gone_on is not None]
        if gone and (len(gone) == len(item.evidence) or is_evidence_gone(item)):
            yield Place(item.system, item.code, since=max(gone))


def _overlap(seen: _Seen) -> Iterator[Place]:
    """Interest that adds up to too much of the run cost, where nobody set a figure for all."""
    horizon = seen.registry.cycle.horizon
    for system in seen.registry.systems:
        if system.run_cost and system.interest_figure is None:
            items = [item for item in seen.items if item.system == system.code]
            share = sum(item.interest_now(horizon) for item in items) / system.run_cost
            if share > OVERLAP:
                yield Place(system.code, share=share)


def _stale(seen: _Seen) -> Iterator[Place]:
    """Items whose review is past; with no review planned, those logged more than a year ago."""
    for item in seen.items:
        due = item.review_on
        if due is None and item.logged_on is not None:
            due = item.logged_on + OLD
        if due is not None and due < seen.today:
            yield Place(item.system, item.code, since=due)


def _technology_undated(seen: _Seen) -> Iterator[Place]:
    for system in seen.registry.systems:
        for one in system.technologies:
            if one.support_end is None:
                yield Place(system.code, what=f"{one.name} {one.version}".strip())


def _component_undated(seen: _Seen) -> Iterator[Place]:
    for system in seen.registry.systems:
        if seen.undated.get(system.code):
            yield Place(system.code, count=seen.undated[system.code])


def _bears_nothing(item: DebtItem) -> bool:
    return not (item.interest.likely or item.loss or item.loss_after or item.interest_given)


FIND: Mapping[Kind, Callable[[_Seen], Iterator[Place]]] = {
    Kind.RED: _red,
    Kind.ACCEPTANCE_EXPIRED: _acceptance_expired,
    Kind.UNKNOWN_SYSTEM: _unknown_system,
    Kind.UNKNOWN_PROJECT: _unknown_project,
    Kind.NO_ORIGINAL: _no_original,
    Kind.EVIDENCE_GONE: _evidence_gone,
    Kind.OVERLAP: _overlap,
    Kind.STALE: _stale,
    Kind.NO_INTEREST: lambda seen: seen.debts(_bears_nothing),
    Kind.ITEM_UNOWNED: lambda seen: seen.debts(lambda item: not item.owner),
    Kind.SYSTEM_UNOWNED: lambda seen: seen.systems(lambda system: not system.owner),
    Kind.NO_CRITICALITY: lambda seen: seen.systems(lambda system: system.criticality is None),
    Kind.NO_RUN_COST: lambda seen: seen.systems(lambda system: system.run_cost is None),
    Kind.NO_VALUE: lambda seen: seen.systems(lambda system: system.replacement_value is None),
    Kind.TECHNOLOGY_UNDATED: _technology_undated,
    Kind.COMPONENT_UNDATED: _component_undated,
}

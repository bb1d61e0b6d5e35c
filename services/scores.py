"""Scores: what each project of a cycle is worth, and what the framework asks."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from data import frameworks
from data.store import Store
from portfolio import debt_mode, judgement
from portfolio.criterion import Criterion, Framework
from portfolio.errors import Missing
from portfolio.evaluation import Adopted, Evaluation
from portfolio.person import Person, Role
from portfolio.registry import Registry
from portfolio.scenario import DebtMode
from scoring.value import POINTS, Part, Valued, score, value_of
from scoring.weights import of_leaves, without
from services.cycles import sees
from services.footprint import measured
from services.permission import COMMITTEE, EVERYONE, allowed

Corner = tuple[float, float]  # a level or a measure, and its value 0..1
EQUAL = 1.0  # what every project counts for when nobody scored any of them
READS_OPINIONS = (Role.ARCHITECT, Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of a value card.

    most      points the criterion would add at the top of its scale: part.points = most x value
    reached   the level whose sentence is met in full; None = not rated on the scale
    around    the corners of the value function on each side of the level, or the one it is on
    opinions  each evaluator's latest, for those who may read them
    own       what the project's lead says of it: it counts nowhere; None = nothing, or not for you
    """

    criterion: Criterion
    part: Part
    most: float
    reached: int | None
    around: tuple[Corner, ...] = ()
    opinions: tuple[Evaluation, ...] = ()
    own: Evaluation | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Where a project's points come from, criterion by criterion; no lines = nobody scored it.

    adopted   the weights the committee agreed on; None = the framework's own
    """

    framework: Framework
    valued: Valued
    lines: tuple[Line, ...]
    adopted: Adopted | None = None


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


def of_registry(registry: Registry, mode: DebtMode = DebtMode.SCORE) -> Scores:
    """Scores by the framework that the cycle froze, with the weights in force.

    mode   where debt counts as money, criteria that count it are left out of the framework
    """
    framework, points = framework_of(registry), points_of(registry)
    if mode is DebtMode.MONEY:
        left_out = {criterion.key for criterion in debt_mode.criteria(framework)}
        framework, points = without(framework, left_out, points), None
    cards = score(measured(registry), framework, points)
    return Scores(framework, cards, all(card.points is None for card in cards))


def framework_of(registry: Registry) -> Framework:
    """The framework that the cycle froze; Missing when there is none such."""
    cycle = registry.cycle
    return registry.framework or frameworks.load(cycle.framework, cycle.framework_version)


def points_of(registry: Registry) -> Mapping[str, float] | None:
    """Criterion -> points that the committee adopted; None = the framework's own."""
    agreed = judgement.in_force(registry)
    return agreed.points if agreed and agreed.weights else None


def weights(
    framework: Framework, points: Mapping[str, float] | None = None
) -> Mapping[str, float]:
    """Criterion -> its share 0..1 of the whole; branches too.

    points   criterion -> points among its siblings; None = the framework's own weights
    """
    leaves = of_leaves(framework, points)
    shares = dict.fromkeys((c.key for c in framework.criteria), 0.0)
    for leaf, weight in leaves.items():
        for above in framework.path(leaf):
            shares[above.key] += weight
    return shares


def curve(framework: Framework, criterion: Criterion) -> tuple[Corner, ...]:
    """The corners of the criterion's value function: (level or measure, value 0..1)."""
    low, high = framework.scale.low, framework.scale.high
    marks = [x for x, _ in criterion.references] or [float(low), float(high)]
    return tuple((x, value_of(criterion, x, low, high)) for x in marks)


def worths(framework: Framework, criterion: Criterion) -> tuple[float, ...]:
    """What each level of the rating scale is worth on that criterion, 0..1, the lowest first."""
    low, high = framework.scale.low, framework.scale.high
    return tuple(value_of(criterion, level, low, high) for level in range(low, high + 1))


@allowed(*COMMITTEE)
def scores(store: Store, by: Person, cycle: str) -> Scores:
    """The scores of every project of the cycle."""
    with store.reading() as work:
        return of_registry(work.registry(cycle))


@allowed(*COMMITTEE)
def card(store: Store, by: Person, cycle: str, project: str) -> Card:
    """Where the project's points come from; opinions only for those who may read them."""
    with store.reading() as work:
        whole = work.registry(cycle)
    return card_of(by, whole, project)


def card_of(by: Person, whole: Registry, project: str) -> Card:
    """The card of a project that the person may see; Missing when she may not."""
    seen = tuple(p for p in whole.projects if p.code == project and sees(by, p))
    shown = replace(whole, projects=seen)
    if not shown.projects:
        raise Missing("no-such-project", found=project)
    reads = by.has(*READS_OPINIONS)
    opinions = _opinions(whole, project) if reads else {}
    own = _own(whole, project) if reads or seen[0].lead == by.code else {}
    found = of_registry(shown)
    valued = found.cards[0]
    lines = tuple(
        replace(
            _line(found.framework, part, valued.coverage),
            opinions=opinions.get(part.criterion, ()),
            own=own.get(part.criterion),
        )
        for part in valued.parts
    )
    agreed = judgement.in_force(whole)
    return Card(found.framework, valued, lines, agreed if agreed and agreed.weights else None)


def _opinions(registry: Registry, project: str) -> dict[str, tuple[Evaluation, ...]]:
    """Criterion -> what each person of the panel says of the project."""
    by_criterion: dict[str, tuple[Evaluation, ...]] = {}
    for given in judgement.panel(registry):
        if given.project != project:
            continue
        by_criterion[given.criterion] = (*by_criterion.get(given.criterion, ()), given)
    return by_criterion


def _own(registry: Registry, project: str) -> dict[str, Evaluation]:
    """Criterion -> what the project's lead says of it, once that is revealed."""
    given = judgement.self_scores(registry)
    return {own.criterion: own for own in given if own.project == project}


def _line(framework: Framework, part: Part, coverage: float) -> Line:
    criterion = framework.criterion(part.criterion)
    is_known = part.value is not None and coverage > 0
    most = POINTS * part.weight / coverage if is_known else 0.0
    is_rated = part.level is not None and not criterion.measure
    reached = math.floor((part.level or 0.0) + 1e-9) if is_rated else None
    around = () if part.level is None else _around(curve(framework, criterion), part.level)
    return Line(criterion, part, most, reached, around)


def _around(corners: tuple[Corner, ...], level: float) -> tuple[Corner, ...]:
    """The corners right below and right above; one alone where the level is on it, or beyond."""
    on = tuple(corner for corner in corners if math.isclose(corner[0], level, abs_tol=1e-9))
    below = tuple(corner for corner in corners if corner[0] < level)[-1:]
    above = tuple(corner for corner in corners if corner[0] > level)[:1]
    return on or below + above


@allowed(*EVERYONE)
def framework(store: Store, by: Person, cycle: str) -> Framework:
    """What the cycle values, on which scale, with what weight."""
    with store.reading() as work:
        return framework_of(work.registry(cycle))

"""The red list: which systems are red, why, what would end it, and what the kept plan ends."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from data.store import Reading, Store
from portfolio import legacy_evidence
from portfolio.finding import Component, Finding
from portfolio.horizon import Horizon
from portfolio.legacy_risk import Level, RiskAssessment
from portfolio.person import Person
from portfolio.plan import use
from portfolio.registry import Registry
from portfolio.scenario import Scenario
from portfolio.system import System
from services import kept_plan
from services.cycles import sees
from services.legacy import WATCHED, Drift, drift, guide, repaid, seen_in
from services.permission import COMMITTEE, allowed
from services.scenarios import BASE

WHOLE = 1 - 1e-9  # the share from which nothing of a debt is left


class Standing(StrEnum):
    """Where a system stands on the red list; what nobody confirmed yet counts for nothing."""

    RED = "red"
    TO_CONFIRM = "to-confirm"
    LEGACY = "legacy"
    SOUND = "sound"
    BEGUN = "begun"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Way:
    """What would take a system out of the red: one project that replaces it, or debts retired.

    projects     that replace it or repay those debts, as the person may see them
    is_covered   each of the debts can be wholly retired, by projects or on its own
    """

    debts: tuple[str, ...]
    projects: tuple[str, ...]
    is_covered: bool = True


@dataclass(frozen=True, slots=True)
class Cleared:
    """The kept plan takes the system out of the red by the end of that period, thanks to these."""

    period: int
    projects: tuple[str, ...]
    debts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One system.

    assessment   None = nobody began one
    repaid       likelihoods kept up by debts of which none is left
    is_late      it is red, and its target date has passed
    """

    system: System
    assessment: RiskAssessment | None
    standing: Standing
    drift: tuple[Drift, ...] = ()
    repaid: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    cleared: Cleared | None = None
    is_late: bool = False

    @property
    def score(self) -> float | None:
        """1..30; None until every level is given."""
        return self.assessment.score if self.assessment else None


@dataclass(frozen=True, slots=True)
class LegacyView:
    """Every system, the highest score first, then those that are not rated.

    reference   the scenario whose kept plan is looked at       has_plan   one is kept for it
    """

    lines: tuple[Line, ...]
    reference: Scenario
    has_plan: bool
    horizon: Horizon

    def of(self, *standings: Standing) -> tuple[Line, ...]:
        """The lines that stand so."""
        return tuple(line for line in self.lines if line.standing in standings)

    @property
    def red(self) -> tuple[Line, ...]:
        return self.of(Standing.RED)

    @property
    def unfunded(self) -> tuple[Line, ...]:
        """Red systems without a plan that is wholly paid for."""
        return tuple(x for x in self.red if x.assessment and not x.assessment.is_funded)

    @property
    def cleared(self) -> tuple[Line, ...]:
        """Red systems that the kept plan takes out of the red."""
        return tuple(line for line in self.red if line.cleared is not None)

    @property
    def drifted(self) -> tuple[Line, ...]:
        """Systems of which the evidence changed since their levels were given."""
        return tuple(line for line in self.lines if line.drift or line.repaid)

    @property
    def rated(self) -> tuple[Line, ...]:
        """Systems of which every level is given, confirmed or not."""
        return tuple(line for line in self.lines if line.score is not None)


@dataclass(frozen=True, slots=True)
class _Done:
    """What a kept plan ends: debt or project -> the period by the end of which it has."""

    debts: Mapping[str, int] = field(default_factory=dict)
    projects: Mapping[str, int] = field(default_factory=dict)

    def by(self, period: int) -> tuple[set[str], set[str]]:
        """(debts retired, projects delivered) by the end of the period."""
        debts, projects = (
            {code for code, at in ended.items() if at <= period}
            for ended in (self.debts, self.projects)
        )
        return debts, projects


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lines are made from; ``shown`` are the projects that the person may see."""

    registry: Registry
    shown: frozenset[str]
    today: date
    drift: Mapping[str, tuple[Drift, ...]]
    done: _Done | None


@allowed(*COMMITTEE)
def view(store: Store, by: Person, cycle: str, today: date) -> LegacyView:
    """Where every system of the cycle stands on that day."""
    with store.reading() as work:
        registry = work.registry(cycle)
        reference = next(iter(registry.scenarios), BASE)
        done = _done(work, cycle, reference)
        drifts = _drifts(work, registry, today)
    shown = frozenset(p.code for p in registry.projects if sees(by, p))
    known = _Known(registry, shown, today, drifts, done)
    lines = sorted((_line(known, s) for s in registry.systems), key=lambda one: -(one.score or 0))
    return LegacyView(tuple(lines), reference, done is not None, registry.cycle.horizon)


def _drifts(work: Reading, registry: Registry, today: date) -> dict[str, tuple[Drift, ...]]:
    """What moved since the levels were given, of every system of which some are."""
    cycle = registry.cycle.code
    parts: dict[str, list[Component]] = defaultdict(list)
    found: dict[str, list[Finding]] = defaultdict(list)
    kept = {a.system: a for a in registry.assessments if a.levels}
    if kept:
        for part in work.every(Component, cycle):
            parts[part.system].append(part)
        for theme in WATCHED:
            for finding in work.every(Finding, cycle, theme=theme):
                found[finding.system].append(finding)
    seen = {
        s.code: seen_in(registry, s, tuple(parts[s.code]), tuple(found[s.code]))
        for s in registry.systems
        if s.code in kept
    }
    city = guide().city
    return {
        code: drift(kept[code], legacy_evidence.proposals(one, city, today))
        for code, one in seen.items()
    }


def _done(work: Reading, cycle: str, scenario: Scenario) -> _Done | None:
    """What the plan kept last for the scenario ends; None when no plan is kept."""
    found = kept_plan.of(work, cycle, scenario)
    if found is None:
        return None
    question, plan = found.question, found.plan
    on = question.choices()
    ends = {
        code: chosen.period + on.options[code, chosen.variant].duration - 1
        for code, chosen in plan.starts.items()
    }
    debts = {
        code: next(at for at, share in enumerate(shares) if share >= WHOLE)
        for code, shares in use(plan, question).debts.items()
        if shares and max(shares) >= WHOLE
    }
    return _Done(debts, ends)


def _line(known: _Known, system: System) -> Line:
    found = next((a for a in known.registry.assessments if a.system == system.code), None)
    if found is None:
        return Line(system, None, Standing.NONE)
    line = Line(
        system,
        found,
        _standing(found),
        known.drift.get(system.code, ()),
        repaid(found, known.registry.debts),
    )
    if not found.reaches_red:
        return line
    return replace(
        line,
        ways=_ways(known, found),
        cleared=_cleared(known, found),
        is_late=found.is_red and found.target is not None and found.target < known.today,
    )


def _standing(found: RiskAssessment) -> Standing:
    if found.is_red:
        return Standing.RED
    if found.reaches_red:
        return Standing.TO_CONFIRM
    if not found.is_confirmed:
        return Standing.BEGUN
    return Standing.LEGACY if found.is_legacy else Standing.SOUND


def _ways(known: _Known, found: RiskAssessment) -> tuple[Way, ...]:
    """One project that replaces it, then the smallest sets of debts that would do."""
    replacing = (Way((), (p,)) for p in found.replaced_by if p in known.shown)
    return (*replacing, *(_repaid(known, debts) for debts in _left(known, found).ways_out))


def _repaid(known: _Known, codes: tuple[str, ...]) -> Way:
    own = [debt for debt in known.registry.debts if debt.code in codes]
    seen = [r.project for d in own for r in d.remedies if r.project in known.shown]
    is_covered = all(
        d.standalone_envelope or sum(r.share for r in d.remedies) >= WHOLE for d in own
    )
    return Way(tuple(d.code for d in own), tuple(dict.fromkeys(seen)), is_covered)


def _cleared(known: _Known, found: RiskAssessment) -> Cleared | None:
    """When the kept plan takes it out of the red, if it does."""
    if known.done is None:
        return None
    left = _left(known, found)
    for period in known.registry.cycle.horizon:
        debts, projects = known.done.by(period)
        if not left.once(debts).reaches_red:
            fallen = [one for one in left.levels if one.once(debts) < one.level]
            codes = tuple(dict.fromkeys(debt for one in fallen for debt in one.debts))
            return Cleared(period, _repaying(known, codes), codes)
        if replacing := [p for p in found.replaced_by if p in projects]:
            return Cleared(period, tuple(p for p in replacing if p in known.shown))
    return None


def _left(known: _Known, found: RiskAssessment) -> RiskAssessment:
    """The assessment with only the debts that still count; a level that lost all of its own stands.

    It falls once an architect has looked at it again, as it does in the optimizer.
    """
    counted = {debt.code for debt in known.registry.debts if debt.is_counted}

    def left(level: Level) -> Level:
        return replace(level, debts=tuple(debt for debt in level.debts if debt in counted))

    return replace(found, levels=tuple(map(left, found.levels)))


def _repaying(known: _Known, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The kept plan's projects that repay those debts."""
    chosen = known.done.projects if known.done else {}
    own = (d for d in known.registry.debts if d.code in codes)
    seen = (r.project for d in own for r in d.remedies if r.project in known.shown)
    return tuple(dict.fromkeys(p for p in seen if p in chosen))

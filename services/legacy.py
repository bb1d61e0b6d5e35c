"""Legacy risk: what evidence proposes, what an architect confirms, and which systems are red."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from data import references
from data.store import Act, Reading, Store, Work
from portfolio import legacy_evidence
from portfolio.debt import DebtItem
from portfolio.errors import Invalid, Missing, Refusal, Stale
from portfolio.finding import Component, Finding, Theme
from portfolio.legacy_evidence import Proposal, Seen
from portfolio.legacy_guide import Guide
from portfolio.legacy_risk import CRITERIA, Level, RiskAssessment
from portfolio.person import Person, Role
from portfolio.project import Project
from portfolio.registry import Registry
from portfolio.system import System
from services.cycles import sees
from services.permission import COMMITTEE, allowed

EDITS = (Role.ARCHITECT, Role.ADMINISTRATOR)
WATCHED = (Theme.SECURITY, Theme.VULNERABILITY)


@dataclass(frozen=True, slots=True)
class Drift:
    """The evidence changed since the level was given, and now proposes another: then, and now."""

    criterion: str
    level: int
    then: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One system in the wizard.

    assessment   as kept; version 0 = nothing is kept yet
    debts        counted items of the system       projects   that may replace it, as seen
    signer       the name of whoever confirmed it; "" = nobody has
    """

    system: System
    assessment: RiskAssessment
    proposals: dict[str, Proposal]
    debts: tuple[DebtItem, ...]
    projects: tuple[Project, ...]
    signer: str = ""

    @property
    def drift(self) -> tuple[Drift, ...]:
        """The levels of which the evidence now says something else than when they were given."""
        return drift(self.assessment, self.proposals)

    @property
    def repaid(self) -> tuple[str, ...]:
        """The likelihoods kept up by debts of which none is left: to be looked at again."""
        return repaid(self.assessment, self.debts)


def guide() -> Guide:
    """The criteria, with a sentence for each level."""
    return references.legacy_risk()


def drift(assessment: RiskAssessment, proposals: dict[str, Proposal]) -> tuple[Drift, ...]:
    """Criterion by criterion, in order, where the proposal moved since, away from the level."""
    return tuple(
        Drift(code, level.level, level.proposed, now)
        for code in CRITERIA
        if (level := assessment.of(code))
        and (now := proposals[code].level) not in (level.proposed, level.level)
    )


def repaid(assessment: RiskAssessment, debts: Iterable[DebtItem]) -> tuple[str, ...]:
    """The likelihoods kept up by debts of which none is left in the register."""
    left = {debt.code for debt in debts if debt.is_counted}
    return tuple(
        level.criterion
        for level in _ordered(assessment.levels)
        if level.debts and left.isdisjoint(level.debts)
    )


@allowed(*COMMITTEE)
def sheet(store: Store, by: Person, cycle: str, system: str, today: date) -> Sheet:
    """The system in the wizard, with what the evidence proposes on that day."""
    with store.reading() as work:
        return _sheet(work, by, cycle, system, today)


@allowed(*EDITS)
def save(
    store: Store, by: Person, cycle: str, said: RiskAssessment, today: date,
    request: str | None = None,
) -> RiskAssessment:  # fmt: skip
    """Keep an assessment as it is typed; saving the same again changes nothing.

    Who confirmed it, and when, never comes from the page. Refusal("risk-confirmed") when a level
    would change that is confirmed: ``revise`` it first. A level given anew is kept with what the
    evidence proposes on that day. Stale when it was saved elsewhere since it was read.
    """
    with store.writing(Act(by.code, _role(by), "legacy.save", request)) as work:
        found = _sheet(work, by, cycle, said.system, today)
        wanted = _checked(work, found, cycle, said)
        return _kept(work, cycle, found.assessment, wanted)


@allowed(*EDITS)
def confirm(
    store: Store, by: Person, cycle: str, said: RiskAssessment, today: date,
    request: str | None = None,
) -> RiskAssessment:  # fmt: skip
    """Confirm all thirteen levels, in one's own name, on that day.

    Invalid("risk-levels-missing"), ("level-unexplained") where a level departs from the evidence
    without a reason, ("level-open-ended") where debts keep one up and nothing says what it becomes;
    Refusal("evidence-changed") where the evidence moved since the level was given.
    """
    with store.writing(Act(by.code, _role(by), "legacy.confirm", request)) as work:
        found = _sheet(work, by, cycle, said.system, today)
        wanted = _checked(work, found, cycle, said)
        if wanted.is_confirmed:
            return _kept(work, cycle, found.assessment, wanted)
        _refuse_unready(wanted, found.proposals)
        signed = replace(wanted, confirmed_by=by.code, confirmed_on=today)
        return _kept(work, cycle, found.assessment, signed)


@allowed(*EDITS)
def revise(
    store: Store, by: Person, cycle: str, said: RiskAssessment, request: str | None = None
) -> RiskAssessment:
    """Make a confirmed assessment a draft again: its levels may change, it counts no more."""
    with store.writing(Act(by.code, _role(by), "legacy.revise", request)) as work:
        kept = work.one(RiskAssessment, cycle, said.system)
        if not kept.is_confirmed:
            return kept
        return work.save(
            cycle, replace(kept, confirmed_by="", confirmed_on=None, version=said.version)
        )


def seen_of(work: Reading, registry: Registry, system: System) -> Seen:
    """What the register knows of one system, its tools' findings included."""
    cycle, code = registry.cycle.code, system.code
    found = tuple(
        f for theme in WATCHED for f in work.every(Finding, cycle, system=code, theme=theme)
    )
    parts = work.every(Component, cycle, system=code)
    return seen_in(registry, system, parts, found)


def seen_in(
    registry: Registry,
    system: System,
    components: tuple[Component, ...],
    findings: tuple[Finding, ...],
) -> Seen:
    """The same, of what was already read."""
    debts = tuple(d for d in registry.debts if d.system == system.code and d.is_counted)
    needing = legacy_evidence.dependents(registry.systems, system.code)
    return Seen(system, registry.cycle.horizon, debts, components, findings, needing)


def _sheet(work: Reading, by: Person, cycle: str, code: str, today: date) -> Sheet:
    registry = work.registry(cycle)
    system = next((s for s in registry.systems if s.code == code), None)
    if system is None:
        raise Missing("no-such-system", found=code)
    kept = next((a for a in registry.assessments if a.system == code), RiskAssessment(code))
    seen = seen_of(work, registry, system)
    projects = tuple(p for p in registry.projects if sees(by, p))
    proposals = legacy_evidence.proposals(seen, guide().city, today)
    names = {p.code: p.name for p in registry.people}
    signer = names.get(kept.confirmed_by, kept.confirmed_by)
    return Sheet(system, kept, proposals, seen.debts, projects, signer)


def _checked(work: Reading, found: Sheet, cycle: str, said: RiskAssessment) -> RiskAssessment:
    """What is to be kept; refused when it names what is not there, or changes what is confirmed."""
    kept = found.assessment
    if said.version != kept.version:
        raise Stale("stale", yours=said, theirs=kept if kept.version else None)
    own = {d.code for d in work.registry(cycle).debts if d.system == said.system}
    known = {p.code for p in work.registry(cycle).projects}
    for level in said.levels:
        _refuse_unknown("debts", level.debts, own)
    _refuse_unknown("replaced_by", said.replaced_by, known)
    levels = tuple(
        _grounded(level, kept.of(level.criterion), found.proposals[level.criterion])
        for level in _ordered(said.levels)
    )
    if kept.is_confirmed and levels != _ordered(kept.levels):
        raise Refusal("risk-confirmed", found=said.system)
    return replace(
        said, levels=levels, confirmed_by=kept.confirmed_by, confirmed_on=kept.confirmed_on
    )


def _ordered(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    return tuple(sorted(levels, key=lambda level: CRITERIA.index(level.criterion)))


def _refuse_unknown(field: str, codes: tuple[str, ...], known: set[str]) -> None:
    for code in codes:
        if code not in known:
            accepted = ", ".join(sorted(known))
            raise Invalid("unknown-code", field=field, found=code, accepted=accepted)


def _grounded(level: Level, kept: Level | None, proposal: Proposal) -> Level:
    """The level with what the evidence proposes now, unless it stands as it was kept."""
    if kept and (level.level, level.proposed) == (kept.level, kept.proposed):
        return level
    return replace(level, proposed=proposal.level)


def _refuse_unready(wanted: RiskAssessment, proposals: dict[str, Proposal]) -> None:
    if wanted.missing:
        raise Invalid("risk-levels-missing", found=", ".join(wanted.missing))
    if moved := [one.criterion for one in drift(wanted, proposals)]:
        raise Refusal("evidence-changed", found=", ".join(moved))
    if unsaid := [level.criterion for level in wanted.levels if level.is_unexplained]:
        raise Invalid("level-unexplained", found=", ".join(unsaid))
    if open_ := [level.criterion for level in wanted.levels if level.is_open_ended]:
        raise Invalid("level-open-ended", found=", ".join(open_))


def _kept(work: Work, cycle: str, kept: RiskAssessment, wanted: RiskAssessment) -> RiskAssessment:
    return kept if wanted == kept else work.save(cycle, wanted)


def _role(by: Person) -> Role:
    return Role.ARCHITECT if by.has(Role.ARCHITECT) else Role.ADMINISTRATOR

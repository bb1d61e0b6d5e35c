"""The registry: everything known in one cycle, and the question a scenario asks of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from portfolio import debt_mode, links, posing_debts
from portfolio.acceptance import Acceptance
from portfolio.candidate import Candidate, Capacity, Limits, Option, Series
from portfolio.criterion import Framework
from portfolio.cycle import Cycle
from portfolio.debt import DebtItem
from portfolio.evaluation import Adopted, Ballot, Conflict, Evaluation, Round
from portfolio.footprint import Factor
from portfolio.legacy_risk import RiskAssessment
from portfolio.person import Person
from portfolio.project import Project, Stage, Variant
from portfolio.question import Question
from portfolio.rules import (
    Ceiling,
    Excludes,
    Floor,
    Link,
    Listed,
    Mandatory,
    Needs,
    NeedsOneOf,
    Rule,
    Together,
)
from portfolio.scenario import Scenario
from portfolio.system import System
from portfolio.year_end import YearEnd

ASKED = frozenset(
    {Stage.SUBMITTED, Stage.ADMISSIBLE, Stage.APPROVED, Stage.DEFERRED, Stage.PAUSED}
)


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything of one cycle, as it stands.

    framework   what the cycle values; None = it was not read with the rest
    """

    cycle: Cycle
    projects: tuple[Project, ...] = ()
    links: tuple[Link, ...] = ()
    systems: tuple[System, ...] = ()
    debts: tuple[DebtItem, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    people: tuple[Person, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    rounds: tuple[Round, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    adopted: tuple[Adopted, ...] = ()
    factors: tuple[Factor, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    assessments: tuple[RiskAssessment, ...] = ()
    year_ends: tuple[YearEnd, ...] = ()
    framework: Framework | None = None


class LeftOut(NamedTuple):
    """A project that cannot be a candidate, and why (stage, no-amount, no-duration)."""

    project: str
    reason: str


@dataclass(frozen=True, slots=True)
class Posed:
    """The question of a scenario; ``left_out`` and ``dropped`` say what could not be asked.

    dropped   rules that only speak of projects which are not candidates
    """

    question: Question
    left_out: tuple[LeftOut, ...] = ()
    dropped: tuple[Rule, ...] = field(default=())


def pose(registry: Registry, scenario: Scenario, values: Mapping[str, float]) -> Posed:
    """The question the scenario asks, in dollars and person-days.

    values   points per project code; a project that is not there is worth 0. Where debt counts as
             money, they are to be without the framework's criteria that count debt
    """
    left_out = tuple(_left_out(registry))
    absent = {out.project for out in left_out}
    projects = tuple(p for p in registry.projects if p.code not in absent)
    codes = {p.code for p in projects}
    owed = posing_debts.owed(registry, codes)
    repaid = posing_debts.repaid(owed)
    debts = {one.debt.code for one in owed}
    rules = (*_said(registry), *_mandates(projects, registry.cycle), *scenario.rules)
    kept = tuple(rule for rule in rules if rule.kind not in scenario.ignored)
    asked = tuple(_without(absent, rule) for rule in kept)
    dropped = tuple(rule for rule, left in zip(kept, asked, strict=True) if left is None)
    question = Question(
        horizon=registry.cycle.horizon,
        discount=registry.cycle.period_discount,
        envelopes=_envelopes(registry, projects, scenario),
        teams={t.code: Capacity(t.capacity, t.title.fr) for t in registry.cycle.teams},
        projects=tuple(
            _candidate(p, registry.cycle, values.get(p.code, 0.0), repaid.get(p.code, 0.0))
            for p in projects
        ),
        debts=tuple(
            posing_debts.stake(one, registry.cycle, codes, scenario.terminal_years) for one in owed
        ),
        systems=tuple(posing_debts.at_risk(registry, codes, debts)),
        rules=tuple(rule for rule in asked if rule is not None),
        maximize=debt_mode.objective(registry, scenario),
    )
    return Posed(question, left_out, dropped)


def _said(registry: Registry) -> Iterator[Link]:
    """The links that count: what a draft declares is not said before it is submitted."""
    drafts = {project.code for project in registry.projects if project.stage is Stage.DRAFT}
    return (link for link in registry.links if links.owner(link) not in drafts)


def dollars(cents: float) -> float:
    """Whole dollars where the cents are 00."""
    return cents / 100 if cents % 100 else float(cents // 100)


def _left_out(registry: Registry) -> Iterator[LeftOut]:
    for project in registry.projects:
        if project.stage not in ASKED:
            yield LeftOut(project.code, "stage")
        elif all(v.cost is None for v in project.variants):
            yield LeftOut(project.code, "no-amount")
        elif not any(_is_complete(v) for v in project.variants):
            yield LeftOut(project.code, "no-duration")


def _is_complete(variant: Variant) -> bool:
    return variant.cost is not None and variant.duration is not None


def _candidate(project: Project, cycle: Cycle, value: float, repaid: float) -> Candidate:
    complete = tuple(v for v in project.variants if _is_complete(v))
    dearest = max((v.cost or 0 for v in complete), default=0)
    tags: dict[str, list[str]] = {"category": [project.category], "service": [project.service]}
    for tag in project.tags:
        tags.setdefault(tag.grid, []).append(tag.key)
    return Candidate(
        code=project.code,
        title=project.title,
        value=value,
        window=_window(project, cycle),
        measures={m.name: m.number for m in project.measures},
        debt_share=_debt_share(project, repaid, dearest),
        tags={grid: tuple(keys) for grid, keys in tags.items()},
        variants=tuple(_option(v) for v in complete),
    )


def _debt_share(project: Project, repaid: float, cost: int) -> float:
    if project.debt_share is not None:
        return project.debt_share
    return min(1.0, repaid / cost) if cost else 0.0


def _option(variant: Variant) -> Option:
    duration = variant.duration or 1
    cost: dict[str, list[float]] = {}
    for spend in variant.spends:
        series = cost.setdefault(spend.envelope, [0.0] * duration)
        series[spend.period] = dollars(spend.amount.likely)
    effort: dict[str, list[float]] = {}
    for work in variant.efforts:
        effort.setdefault(work.team, [0.0] * duration)[work.period] = work.days
    return Option(variant.code, duration, variant.value_factor, _frozen(cost), _frozen(effort))


def _frozen(uses: Mapping[str, list[float]]) -> dict[str, Series]:
    return {code: tuple(series) for code, series in uses.items()}


def _window(project: Project, cycle: Cycle) -> tuple[int, int] | None:
    if not (project.earliest or project.latest):
        return None
    last = cycle.horizon.periods - 1
    first = max(0, cycle.horizon.period(project.earliest)) if project.earliest else 0
    return first, max(first, cycle.horizon.period(project.latest) if project.latest else last)


def _mandates(projects: tuple[Project, ...], cycle: Cycle) -> Iterator[Mandatory]:
    for project in projects:
        if project.is_mandatory:
            deadline = cycle.horizon.period(project.deadline) if project.deadline else None
            yield Mandatory(project.code, deadline)


def _envelopes(
    registry: Registry, projects: tuple[Project, ...], scenario: Scenario
) -> dict[str, Limits]:
    envelopes = {}
    for envelope in registry.cycle.envelopes:
        lever = scenario.levers.get(envelope.code, 1.0)
        cents = envelope.limits
        if cents is None:
            cents = _shared(envelope.code, projects, registry.cycle, scenario.budget_share)
        limits = tuple(round(lever * c) / 100 for c in cents)
        envelopes[envelope.code] = Limits(limits, envelope.carry, envelope.title.fr)
    return envelopes


def _shared(
    code: str, projects: tuple[Project, ...], cycle: Cycle, share: float | None
) -> tuple[int, ...]:
    """Cents a period: that share of what every project would take of the envelope at most."""
    most = sum(
        max(
            (sum(s.amount.likely for s in v.spends if s.envelope == code) for v in p.variants),
            default=0,
        )
        for p in projects
    )
    each = int((1.0 if share is None else share) * most) // cycle.horizon.periods
    return (each,) * cycle.horizon.periods


def _without(absent: set[str], rule: Rule) -> Rule | None:
    """The rule without the projects that are absent; None when nothing of it is left to say.

    What needs an absent project cannot be done; what goes together with one cannot either.
    """
    gone = {code for _, code in rule.refers()} & absent
    if not gone:
        return rule
    match rule:
        case Needs(project=project) if project not in gone:
            return NeedsOneOf(project, ())
        case NeedsOneOf(project=project, any=some, lag=lag) if project not in gone:
            return NeedsOneOf(project, tuple(c for c in some if c not in gone), lag)
        case Excludes(projects=projects, at_most=at_most):
            return Excludes(tuple(c for c in projects if c not in gone), at_most)
        case Together(projects=projects):
            return Excludes(tuple(c for c in projects if c not in gone), 0)
        case Floor(where=Listed(projects=projects)) | Ceiling(where=Listed(projects=projects)):
            return replace(rule, where=Listed(tuple(c for c in projects if c not in gone)))
        case _:
            return None

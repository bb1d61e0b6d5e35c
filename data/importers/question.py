"""A question file as a registry: projects, debts, limits in cents; its rules in scenario base."""

from collections.abc import Iterator
from dataclasses import replace

from data import frameworks, question_file
from data.importers.brought import Brought, nothing
from data.refused import Findings, Where
from data.tables.assemble import GENERIC
from data.tables.numbers import decimal, whole_cents
from portfolio.at_risk import AtRisk
from portfolio.candidate import Candidate, Option, Series, Stake
from portfolio.cycle import Cycle, Envelope, Team
from portfolio.debt import DebtItem, Remedy
from portfolio.errors import Invalid
from portfolio.legacy_risk import IMPACTS, LIKELIHOODS, Level, RiskAssessment
from portfolio.project import (
    Category,
    Effort,
    Estimate,
    Measure,
    Project,
    Spend,
    Tag,
    Variant,
)
from portfolio.question import Question
from portfolio.registry import Registry
from portfolio.rules import (
    Ceiling,
    Excludes,
    Floor,
    Listed,
    Mandatory,
    Needs,
    NeedsOneOf,
    Rule,
    Synergy,
    Tagged,
    Together,
)
from portfolio.scenario import Scenario
from portfolio.system import System
from portfolio.words import Bilingual

LINKED = (Needs, NeedsOneOf, Excludes, Together, Synergy)
BASE = Bilingual("Question importée", "Imported question")
NO_SYSTEM = "SANS-SYSTEME"
FREE = Envelope("SANS-COUT", Bilingual("Sans coût", "No cost"), ())  # where a question has no money
NAMED = frozenset(c.value for c in Category if c is not Category.MANDATORY)


def bring(name: str, content: bytes, into: Cycle | None) -> Brought:
    """The registry that poses the same question again, under the scenario ``base``."""
    found = Findings()
    try:
        question = question_file.read(content)
    except Invalid as refusal:
        _gather(refusal, name, found)
        return nothing(found, "question")
    cents = _Cents(name, found)
    registry = _registry(question, cents)
    read = len(question.projects) + len(question.debts) + len(question.rules)
    found.note("question-as-scenario", scenario="base")
    free = sum(not any(o.cost for o in p.options) for p in question.projects)
    if free:
        found.note("question-free-projects", count=free)
    return Brought(
        None if found.refused else registry,
        "question",
        read,
        cents.count,
        cents.total,
        tuple(found.refused),
        notes=tuple(found.notes),
        counts={"projects": len(question.projects), "debts": len(question.debts),
                "rules": len(question.rules)},
    )


def _gather(refusal: Invalid, name: str, found: Findings) -> None:
    problems = refusal.facts.get("problems", ())
    for problem in problems if isinstance(problems, tuple) else ():
        where = Where(name, column=str(problem.facts["path"]))
        found.refuse(where, problem.code, problem.facts["found"], problem.facts["accepted"])


class _Cents:
    """Dollars to whole cents, refusing what has smaller parts; costs of projects are counted."""

    def __init__(self, name: str, found: Findings) -> None:
        self.name, self.found = name, found
        self.count = self.total = 0

    def of(self, dollars: float, path: str) -> int:
        try:
            return whole_cents(decimal(dollars))
        except Invalid as refusal:
            self.found.take(Where(self.name, column=path), refusal)
            return 0

    def spent(self, dollars: float, path: str) -> int:
        cents = self.of(dollars, path)
        self.count, self.total = self.count + 1, self.total + cents
        return cents

    def series(self, dollars: Series, path: str) -> tuple[int, ...]:
        return tuple(self.of(d, f"{path}[{p}]") for p, d in enumerate(dollars))


def _registry(question: Question, cents: _Cents) -> Registry:
    mandates = _mandates(question)
    projects = tuple(
        _project(question, i, candidate, mandates, cents)
        for i, candidate in enumerate(question.projects)
    )
    rules = tuple(r for r in question.rules if not _is_mandate(r, mandates))
    own = tuple(_told(r, question, projects) for r in rules if not isinstance(r, LINKED))
    debts = tuple(_debt(i, stake, cents) for i, stake in enumerate(question.debts))
    named = dict.fromkeys(d.system for d in debts) | {s.code: s.title for s in question.systems}
    return Registry(
        cycle=_cycle(question, cents),
        projects=projects,
        links=tuple(r for r in rules if isinstance(r, LINKED)),
        systems=tuple(System(code, title or code) for code, title in named.items()),
        debts=debts,
        assessments=tuple(_assessment(system) for system in question.systems),
        scenarios=(Scenario("base", BASE, own, question.maximize),),
    )


def _cycle(question: Question, cents: _Cents) -> Cycle:
    framework = frameworks.load(GENERIC)
    envelopes = tuple(
        Envelope(code, Bilingual(e.title), limits, e.carry)
        for code, e in question.envelopes.items()
        for limits in (cents.series(e.limits, f"envelopes.{code}.limits"),)
    )
    return Cycle(
        "question",
        Bilingual("Question importée", "Imported question"),
        question.horizon,
        framework.code,
        framework.version,
        envelopes or (FREE,),
        tuple(Team(code, Bilingual(t.title), "", t.capacity) for code, t in question.teams.items()),
        question.discount,
    )


def _mandates(question: Question) -> dict[str, Mandatory]:
    """The mandates that a project's category can say: one a project, of a project so tagged."""
    asked = [r for r in question.rules if isinstance(r, Mandatory)]
    tagged = {p.code for p in question.projects if p.tags.get("category") == Category.MANDATORY}
    once = {r.project: r for r in asked if sum(o.project == r.project for o in asked) == 1}
    return {code: rule for code, rule in once.items() if code in tagged}


def _is_mandate(rule: Rule, mandates: dict[str, Mandatory]) -> bool:
    return isinstance(rule, Mandatory) and mandates.get(rule.project) is rule


def _project(
    question: Question, i: int, candidate: Candidate, mandates: dict[str, Mandatory], cents: _Cents
) -> Project:
    window, label = candidate.window, question.horizon.label
    mandate = mandates.get(candidate.code)
    named = candidate.tags.get("category")
    category = Category(named) if isinstance(named, str) and named in NAMED else Category.NEW
    deadline = mandate.deadline if mandate else None
    service = candidate.tags.get("service", "")
    own = f"projects[{i}]"
    paths = [f"{own}.variants[{k}]" for k in range(len(candidate.variants))] or [own]
    return Project(
        code=candidate.code,
        title=candidate.title or candidate.code,
        service=service if isinstance(service, str) else "",
        category=Category.MANDATORY if mandate else category,
        earliest=label(window[0]) if window else "",
        latest=label(window[1]) if window else "",
        deadline=label(deadline) if deadline is not None else "",
        given_value=candidate.value,
        debt_share=candidate.debt_share,
        tags=tuple(_tags(candidate, is_mandate=mandate is not None)),
        measures=tuple(Measure(name, number) for name, number in candidate.measures.items()),
        variants=tuple(
            _variant(option, path, question, cents)
            for option, path in zip(candidate.options, paths, strict=True)
        ),
    )


def _tags(candidate: Candidate, is_mandate: bool) -> Iterator[Tag]:
    """Every tag that is not already said by the category or the service."""
    for grid, keys in candidate.tags.items():
        said = isinstance(keys, str) and (
            grid == "service" or (grid == "category" and (is_mandate or keys in NAMED))
        )
        for key in dict.fromkeys((keys,) if isinstance(keys, str) else keys):
            if not said:
                yield Tag(grid, key)


def _variant(option: Option, path: str, question: Question, cents: _Cents) -> Variant:
    spends = tuple(
        Spend(code, period, Estimate(cents.spent(cost, f"{path}.cost.{code}[{period}]")))
        for code, series in option.cost.items()
        for period, cost in enumerate(series)
        if cost
    )
    free = next(iter(question.envelopes), FREE.code)
    efforts = (
        Effort(code, period, days)
        for code, series in option.effort.items()
        for period, days in enumerate(series)
        if days
    )
    return Variant(
        option.code, "", option.duration, option.value_factor,
        spends or (Spend(free, 0, Estimate(0)),), tuple(efforts),
    )


def _debt(i: int, stake: Stake, cents: _Cents) -> DebtItem:
    alone = stake.standalone
    if stake.terminal:
        where = Where(cents.name, column=f"debts[{i}].terminal")
        cents.found.remark(where, "not-kept", found=stake.terminal)
    return DebtItem(
        code=stake.code,
        title=stake.title or stake.code,
        system=stake.system or NO_SYSTEM,
        principal=Estimate(cents.of(stake.principal, f"debts[{i}].principal")),
        interest=Estimate(0),
        interest_given=cents.series(stake.interest, f"debts[{i}].interest"),
        standalone_envelope=alone.envelope if alone else "",
        standalone_cost=cents.of(alone.cost, f"debts[{i}].standalone.cost") if alone else None,
        remedies=tuple(
            Remedy(project, share, stake.retired_after.get(project))
            for project, share in stake.retired_by.items()
        ),
        created_by=stake.created_by,
    )


def _assessment(system: AtRisk) -> RiskAssessment:
    """The system's levels, as confirmed by whoever wrote the question."""
    falls = {LIKELIHOODS[one.criterion]: one for one in system.lowered}
    levels = zip((*LIKELIHOODS, *IMPACTS), (*system.likelihood, *system.impact), strict=True)
    return RiskAssessment(
        system.code,
        tuple(
            Level(name, level, debts=one.debts if one else (), after=one.to if one else None)
            for name, level in levels
            for one in (falls.get(name),)
        ),
        confirmed_by="question",
        replaced_by=system.replaced_by,
    )


def _told(rule: Rule, question: Question, projects: tuple[Project, ...]) -> Rule:
    """The rule; its group named one by one where tags alone would no longer say the same."""
    if not isinstance(rule, Floor | Ceiling) or not isinstance(rule.where, Tagged):
        return rule
    where = rule.where
    meant = tuple(p.code for p in question.projects if where.holds(p))
    return rule if meant == tuple(p.code for p in projects if _bears(p, where)) else replace(
        rule, where=Listed(meant))


def _bears(project: Project, where: Tagged) -> bool:
    if (where.tag, where.key) in (("category", project.category), ("service", project.service)):
        return True
    return Tag(where.tag, where.key) in project.tags

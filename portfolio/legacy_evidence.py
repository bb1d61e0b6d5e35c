"""Levels of legacy risk that the register's evidence proposes; an architect decides.

A proposal is the highest level among its clues; where nothing is known, nothing is proposed. The
rules and steps are the house's own. Years are counted from today; the framework looks three ahead.

L1  support of a technology: over 6 · less than 1 year 5 · 2 years 4 · 3 years 3 · 5 years 2 · 1
    support of a component inside: one level less, for it can be replaced alone
L2  paid extension bought for a technology: the same steps      debt of type fournisseur: 4
L3  debt of type documentation: 3 · competences: 4 · both: 5
L4  disposition: eliminate 5 · migrate 4 · tolerate 3 · invest 2
    debt of architecture, process, data or accessibility: 3 · 4 from 10 % of the run cost a year
L5  nothing in the register: none
L6  worst open finding on security: blocker 6 · high 5 · medium 3 · low 2 · info 1 · all gone 2
    debt of type securite: 4
L7  none; the losses that debts foresee are told, and propose nothing
C1  criticality 5: 5 · 4: 3 · 3: 2 · less: 1
C2  criticality 5: 4 · 4: 3 · 3: 2 · less: 1      users from 100 000: 3 · from 1 000 000: 4
C3  replacement value, and the worst loss that debts foresee: the guide's bounds in money
C4  users from 100: 2 · 1 000: 3 · 10 000: 4 · 100 000: 5 · fewer: 1
C5  users x one working day: the guide's bounds in hours; none when there are more users than
    staff, for they are then the public
C6  systems that need it, however far: none 1 · from 1: 2 · 3: 3 · 6: 4 · 11: 5; none proposed
    when no dependency is written of any system
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import networkx as nx

from portfolio.debt import DebtItem, DebtType
from portfolio.finding import Component, Finding, Severity, Theme
from portfolio.horizon import Horizon
from portfolio.legacy_guide import City, level_of
from portfolio.legacy_risk import CRITERIA
from portfolio.system import Disposition, System, Technology

WITHIN = ((1, 5), (2, 4), (3, 3), (5, 2))  # years left -> level
OVER = 6
OF_DISPOSITION = {
    Disposition.ELIMINATE: 5, Disposition.MIGRATE: 4,
    Disposition.TOLERATE: 3, Disposition.INVEST: 2,
}  # fmt: skip
OF_SEVERITY = {
    Severity.BLOCKER: 6, Severity.HIGH: 5, Severity.MEDIUM: 3, Severity.LOW: 2, Severity.INFO: 1,
}  # fmt: skip
SECURITY = frozenset({Theme.SECURITY, Theme.VULNERABILITY})
BUSINESS = frozenset(
    {DebtType.ARCHITECTURE, DebtType.PROCESS, DebtType.DATA, DebtType.ACCESSIBILITY}
)
HEAVY = 0.1  # of the run cost: from there, what business debts cost is no small matter
KEPT_UP_BY: Mapping[str, frozenset[DebtType]] = {
    "L1": frozenset({DebtType.OBSOLESCENCE}),
    "L2": frozenset({DebtType.VENDOR}),
    "L3": frozenset({DebtType.SKILLS, DebtType.DOCUMENTATION}),
    "L4": BUSINESS,
    "L6": frozenset({DebtType.SECURITY}),
}
SERVED = (100, 1_000, 10_000, 100_000)
DEPENDENTS = (1, 3, 6, 11)
KNOWN_BY = ((100_000, 3), (1_000_000, 4))  # users -> level of C2

Fact = str | int | float | date


@dataclass(frozen=True, slots=True)
class Clue:
    """One piece of evidence: ``kind`` names its sentence, ``facts`` fill it.

    level   what it proposes; None = it only informs
    """

    kind: str
    level: int | None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the evidence says of one criterion.

    debts   counted items of the system whose type keeps such a likelihood up
    """

    criterion: str
    clues: tuple[Clue, ...] = ()
    debts: tuple[str, ...] = ()

    @property
    def level(self) -> int | None:
        """The highest level among the clues; None = nothing is proposed."""
        return max((clue.level for clue in self.clues if clue.level is not None), default=None)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the register knows of one system.

    debts        counted items of the system
    findings     of tools, on security, gone ones too
    dependents   systems that need it, directly or not; None = no dependency is written anywhere
    """

    system: System
    horizon: Horizon
    debts: tuple[DebtItem, ...] = ()
    components: tuple[Component, ...] = ()
    findings: tuple[Finding, ...] = ()
    dependents: tuple[str, ...] | None = None


def proposals(seen: Seen, city: City, today: date) -> dict[str, Proposal]:
    """Criterion -> what the evidence says of it on that day; all thirteen."""
    return {
        code: Proposal(
            code,
            tuple(RULES[code](seen, city, today)) if code in RULES else (),
            tuple(d.code for d in seen.debts if d.type in KEPT_UP_BY.get(code, ())),
        )
        for code in CRITERIA
    }


def dependents(systems: Iterable[System], code: str) -> tuple[str, ...] | None:
    """The systems that need that one, directly or through others; None when none needs any."""
    needs: nx.DiGraph[str] = nx.DiGraph()
    needs.add_edges_from((s.code, d.on) for s in systems for d in s.dependencies)
    if not needs:
        return None
    return tuple(sorted(nx.ancestors(needs, code))) if code in needs else ()


def within(day: date, today: date) -> int:
    """The level of something that ends on that day: its last day is still covered."""
    if day < today:
        return OVER
    return next((level for years, level in WITHIN if day < _later(today, years)), 1)


def _later(today: date, years: int) -> date:
    try:
        return today.replace(year=today.year + years)
    except ValueError:  # 29 February
        return date(today.year + years, 3, 1)


def _support(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    for technology, day in _ending(seen.system, "support_end"):
        kind = "support-ended" if day < today else "support-ends"
        yield Clue(kind, within(day, today), {"name": _named(technology), "day": day})
    dated = [(c.support_end, c) for c in seen.components if c.support_end and not c.gone_on]
    if dated:
        day, first = min(dated, key=lambda pair: pair[0])
        over = sum(end < today for end, _ in dated)
        facts: dict[str, Fact] = {"name": f"{first.name} {first.number}".strip(), "day": day}
        kind = "component-ended" if over else "component-ends"
        yield Clue(kind, max(1, within(day, today) - 1), facts | ({"n": over} if over else {}))


def _contracts(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    for technology, day in _ending(seen.system, "contract_until"):
        kind = "contract-ended" if day < today else "contract-ends"
        yield Clue(kind, within(day, today), {"name": _named(technology), "day": day})
    yield from _debts(seen, {DebtType.VENDOR}, "vendor-debt", 4)


def _skills(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    told, written = (list(_of_type(seen, {t})) for t in (DebtType.SKILLS, DebtType.DOCUMENTATION))
    yield from _debts(seen, {DebtType.DOCUMENTATION}, "documentation-debt", 3)
    yield from _debts(seen, {DebtType.SKILLS}, "skills-debt", 5 if told and written else 4)


def _needs(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    system = seen.system
    if system.disposition is not None:
        level = OF_DISPOSITION[system.disposition]
        yield Clue("disposition", level, {"disposition": system.disposition})
    some = _of_type(seen, BUSINESS)
    cost = sum(debt.interest_now(seen.horizon) for debt in some)
    is_heavy = bool(system.run_cost) and cost >= HEAVY * (system.run_cost or 0)
    for clue in _debts(seen, BUSINESS, "business-debt", 4 if is_heavy else 3):
        yield Clue(clue.kind, clue.level, {**clue.facts, "cost": round(cost)})


def _vulnerabilities(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    found = [f for f in seen.findings if f.theme in SECURITY]
    open_ = [f for f in found if f.is_open]
    if open_:
        worst = max((f.severity for f in open_), key=OF_SEVERITY.__getitem__)
        of_worst = sum(f.severity is worst for f in open_)
        facts: dict[str, Fact] = {"n": len(open_), "severity": worst, "worst": of_worst}
        yield Clue("findings", OF_SEVERITY[worst], facts)
    elif found:
        yield Clue("findings-gone", 2, {"n": len(found)})
    yield from _debts(seen, {DebtType.SECURITY}, "security-debt", 4)


def _incidents(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    foreseen = [d for d in seen.debts if _loss(d)]
    if foreseen:
        worst = max(foreseen, key=_loss)
        p = max(worst.p_before, worst.p_after)
        yield Clue("contingent", None, {"title": _titled(worst), "loss": _loss(worst), "p": p})


def _safety(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    yield from _criticality(seen, {5: 5, 4: 3, 3: 2})


def _reputation(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    yield from _criticality(seen, {5: 4, 4: 3, 3: 2})
    users = seen.system.users
    level = max((level for least, level in KNOWN_BY if (users or 0) >= least), default=None)
    if users is not None and level is not None:
        yield Clue("known-by", level, {"n": users})


def _money(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    value = seen.system.replacement_value
    if value is not None:
        yield Clue("replacement", level_of(value, city.money), {"cost": value})
    if losses := [d for d in seen.debts if _loss(d)]:
        worst = max(losses, key=_loss)
        level = level_of(_loss(worst), city.money)
        yield Clue("loss", level, {"title": _titled(worst), "loss": _loss(worst)})


def _public(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    if seen.system.users is not None:
        users = seen.system.users
        yield Clue("serves", 1 + bisect_right(SERVED, users), {"n": users})


def _hours(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    users = seen.system.users
    if users is None:
        return
    if users > city.staff:
        yield Clue("users-public", None, {"n": users, "staff": city.staff})
    else:
        hours = users * city.day
        yield Clue("a-day", level_of(hours, city.hours), {"n": users, "hours": hours})


def _needed(seen: Seen, city: City, today: date) -> Iterator[Clue]:
    if seen.dependents is not None:
        count = len(seen.dependents)
        facts: dict[str, Fact] = {"n": count, "systems": ", ".join(seen.dependents)}
        kind = "needed-by" if count else "needed-by-none"
        yield Clue(kind, 1 + bisect_right(DEPENDENTS, count), facts)


def _criticality(seen: Seen, levels: Mapping[int, int]) -> Iterator[Clue]:
    if seen.system.criticality is not None:
        level = levels.get(seen.system.criticality, 1)
        yield Clue("criticality", level, {"n": seen.system.criticality})


def _debts(seen: Seen, types: Iterable[DebtType], kind: str, level: int) -> Iterator[Clue]:
    some = _of_type(seen, types)
    if some:
        yield Clue(kind, level, {"n": len(some), "titles": " · ".join(map(_titled, some))})


def _of_type(seen: Seen, types: Iterable[DebtType]) -> list[DebtItem]:
    return [debt for debt in seen.debts if debt.type in types]


def _titled(debt: DebtItem) -> str:
    return f"{debt.code} {debt.title}"


def _loss(debt: DebtItem) -> int:
    return max(debt.loss, debt.loss_after or 0)


def _ending(system: System, name: str) -> list[tuple[Technology, date]]:
    """The technologies that have such a date, the first to end first."""
    dated = [(t, day) for t in system.technologies if (day := getattr(t, name)) is not None]
    return sorted(dated, key=lambda pair: pair[1])


def _named(technology: Technology) -> str:
    return f"{technology.name} {technology.version}".strip()


Rule = Callable[[Seen, City, date], Iterator[Clue]]
RULES: Mapping[str, Rule] = {
    "L1": _support, "L2": _contracts, "L3": _skills, "L4": _needs, "L6": _vulnerabilities,
    "L7": _incidents, "C1": _safety, "C2": _reputation, "C3": _money, "C4": _public,
    "C5": _hours, "C6": _needed,
}  # fmt: skip

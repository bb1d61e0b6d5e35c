"""How thousands of findings become one debt item: one system, one theme, each tool as evidence."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from portfolio import claims
from portfolio.debt import DebtItem, DebtStatus, DebtType, Evidence, Priced
from portfolio.finding import Component, Finding, Severity, Theme
from portfolio.project import Estimate
from portfolio.system import System

TYPES: Mapping[Theme, DebtType] = {
    Theme.MAINTAINABILITY: DebtType.CODE,
    Theme.RELIABILITY: DebtType.CODE,
    Theme.SECURITY: DebtType.SECURITY,
    Theme.VULNERABILITY: DebtType.SECURITY,
    Theme.OBSOLESCENCE: DebtType.OBSOLESCENCE,
    Theme.LICENCE: DebtType.VENDOR,
}
INVENTORY = "inventaire"  # the source of technologies, which no scanner tells
HOURS: Mapping[Severity, float] = {
    Severity.BLOCKER: 16.0, Severity.HIGH: 8.0, Severity.MEDIUM: 4.0, Severity.LOW: 2.0,
    Severity.INFO: 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terms:
    """How evidence becomes money; where a tool gives no effort, these are assumptions to be set.

    rate        cents an hour
    hours       to mend one component, by the gravest of its vulnerabilities: one newer version
                mends them all
    component_hours, technology_hours   to replace one library, or one product under the system,
                past the end of its support
    low, high   the two other points of the principal, as shares of the likely one
    """

    rate: int = 10_000
    hours: Mapping[Severity, float] = field(default_factory=lambda: dict(HOURS))
    component_hours: float = 8.0
    technology_hours: float = 80.0
    low: float = 0.5
    high: float = 2.0

    def __post_init__(self) -> None:
        claims.at_least("rate", self.rate, 0)
        for severity, hours in self.hours.items():
            claims.at_least(f"hours {severity}", hours, 0)
        claims.at_least("component_hours", self.component_hours, 0)
        claims.at_least("technology_hours", self.technology_hours, 0)
        claims.share("low", self.low)
        claims.at_least("high", self.high, 1)


@dataclass(frozen=True, slots=True)
class Fold:
    """What the evidence of one system and one theme comes to.

    count       findings that are open                minutes    effort that the tools say
    places      components (or findings) priced by ``Terms.hours``
    unpriced    open findings without any effort: they add nothing to the principal
    components, technologies   past the end of their support
    """

    system: str
    theme: Theme
    priced: Priced
    principal: Estimate
    evidence: tuple[Evidence, ...]
    count: int = 0
    minutes: int = 0
    places: int = 0
    unpriced: int = 0
    components: int = 0
    technologies: int = 0
    support_end: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything of it is still there."""
        return bool(self.count or self.components or self.technologies)


def fold(system: System, findings: Sequence[Finding], terms: Terms) -> tuple[Fold, ...]:
    """One fold for each theme that findings of the system speak of; those set aside never count."""
    by_theme: dict[Theme, list[Finding]] = {}
    for finding in findings:
        if not finding.is_set_aside:
            by_theme.setdefault(finding.theme, []).append(finding)
    return tuple(_fold(system.code, t, by_theme[t], terms) for t in Theme if t in by_theme)


def _fold(system: str, theme: Theme, findings: Sequence[Finding], terms: Terms) -> Fold:
    here = [finding for finding in findings if finding.gone_on is None]
    minutes = sum(finding.minutes or 0 for finding in here)
    bare = [finding for finding in here if finding.minutes is None]
    worst: dict[str, float] = {}
    for finding in bare if theme is Theme.VULNERABILITY else ():
        place = finding.place or finding.key
        worst[place] = max(worst.get(place, 0.0), terms.hours.get(finding.severity, 0.0))
    priced = Priced(minutes / 60 + math.fsum(worst.values()), terms.rate)
    return Fold(
        system, theme, priced, _points(priced, terms), _evidence(findings), len(here), minutes,
        len(worst), 0 if worst else len(bare),
    )  # fmt: skip


def _points(priced: Priced, terms: Terms) -> Estimate:
    likely = priced.amount
    return Estimate(likely, math.floor(terms.low * likely), math.ceil(terms.high * likely))


def _evidence(findings: Iterable[Finding]) -> tuple[Evidence, ...]:
    """One row a source: how many are open, when it was seen last, when the last one went."""
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        by_source.setdefault(finding.source, []).append(finding)
    return tuple(_of_source(source, own) for source, own in by_source.items())


def _of_source(source: str, own: Sequence[Finding]) -> Evidence:
    count = sum(finding.gone_on is None for finding in own)
    seen = max((f.last_seen for f in own if f.last_seen is not None), default=None)
    gone = max((f.gone_on for f in own if f.gone_on is not None), default=None)
    scopes = sorted({finding.scope for finding in own if finding.scope})
    return Evidence(
        source, ", ".join(scopes), findings=count, seen_on=seen, gone_on=None if count else gone
    )


def fold_obsolete(
    system: System, components: Iterable[Component], terms: Terms, today: date
) -> Fold | None:
    """The components and technologies past the end of their support; None when none ever was."""
    past = [c for c in components if c.support_end is not None and c.support_end < today]
    here = [component for component in past if component.gone_on is None]
    ends = [t.support_end for t in system.technologies if t.support_end is not None]
    ended = [end for end in ends if end < today]
    if not (past or ended):
        return None
    hours = terms.component_hours * len(here) + terms.technology_hours * len(ended)
    priced = Priced(hours, terms.rate)
    first = min([*ended, *(c.support_end for c in here if c.support_end)], default=None)
    evidence = _of_components(past)
    if ended:
        evidence = (*evidence, Evidence(INVENTORY, findings=len(ended)))
    return Fold(
        system.code, Theme.OBSOLESCENCE, priced, _points(priced, terms), evidence,
        components=len(here), technologies=len(ended), support_end=first,
    )  # fmt: skip


def _of_components(past: Iterable[Component]) -> tuple[Evidence, ...]:
    by_source: dict[str, list[Component]] = {}
    for component in past:
        by_source.setdefault(component.source, []).append(component)
    found = []
    for source, own in by_source.items():
        count = sum(component.gone_on is None for component in own)
        gone = max((c.gone_on for c in own if c.gone_on is not None), default=None)
        scopes = sorted({c.scope for c in own if c.scope})
        left = None if count else gone
        found.append(Evidence(source, ", ".join(scopes), findings=count, gone_on=left))
    return tuple(found)


def home_of(fold: Fold, debts: Iterable[DebtItem]) -> DebtItem | None:
    """The item that gathers that system's findings of that theme; None = there is none yet.

    One that was retired is history: what tools find afterwards is a new item. An obsolescence that
    someone wrote before any tool is the same debt: it is not counted twice.
    """
    own = [d for d in debts if d.system == fold.system and _theme_of(d) == fold.theme]
    still = [d for d in own if d.status is not DebtStatus.RETIRED]
    counted = [d for d in still if d.is_counted]
    return next(iter([*counted, *still]), None)


def _theme_of(debt: DebtItem) -> str:
    is_obsolescence = not debt.theme and debt.type is DebtType.OBSOLESCENCE
    return Theme.OBSOLESCENCE if is_obsolescence else debt.theme


def code_of(fold: Fold, taken: Iterable[str]) -> str:
    """``PAIE-SECURITE``, or ``PAIE-SECURITE-2`` where that code is taken."""
    known, base = set(taken), f"{fold.system}-{fold.theme.upper()}"
    codes = [base, *(f"{base}-{n}" for n in range(2, len(known) + 3))]
    return next(code for code in codes if code not in known)


def with_evidence(item: DebtItem, evidence: Iterable[Evidence]) -> DebtItem:
    """The item with one row of evidence for each of those sources, and all that it had beside.

    A row that stands as it was, but for the day it was seen, keeps what people wrote in it.
    """
    rows = list(item.evidence)
    places = {row.source: at for at, row in enumerate(rows) if row.findings is not None}
    for new in evidence:
        at = places.get(new.source)
        if at is None:
            rows.append(new)
        else:
            old = rows[at]
            seen = new.seen_on or old.seen_on
            rows[at] = replace(new, url=old.url, note=old.note, seen_on=seen)
    return replace(item, evidence=tuple(rows))


def is_evidence_gone(item: DebtItem) -> bool:
    """Whether tools once showed the debt and none of them shows it any more: is it over?"""
    told = [row for row in item.evidence if row.findings is not None]
    return item.is_counted and bool(told) and all(row.gone_on is not None for row in told)

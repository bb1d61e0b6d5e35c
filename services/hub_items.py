"""One debt item for each system and theme: made of what tools find, or joined to the city's own."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from datetime import date

from portfolio.debt import DebtItem
from portfolio.finding import Component, Finding, Theme
from portfolio.folding import TYPES, Fold, code_of, fold, fold_obsolete, home_of, with_evidence
from portfolio.merging import Key
from portfolio.project import Estimate
from portfolio.system import System
from portfolio.three_way import joined
from services.hub_inventory import Inventory
from services.hub_runs import LOOKED, Seen
from services.hub_source import Order

LEAST_SURE = 1  # the confidence of a figure that no person looked at
Hands = Callable[[DebtItem], Container[str]]


def gather(kept: Inventory, seen: Seen, systems: Iterable[str], order: Order, hands: Hands) -> None:
    """Fold what the tools show of these systems into items, and tie each finding to its own."""
    findings = _by_system(seen.findings.values())
    components = _by_system(seen.components.values())
    homes: dict[tuple[str, Theme], str] = {}
    for code in systems:
        for found in _folds(kept.systems[code], findings, components, order):
            item = _item(kept, _dated(found, seen), order, hands)
            if item is not None:
                kept.debts[item.code] = item
                kept.shown_debts.add(item.code)
                homes[code, found.theme] = item.code
    _tie(seen.findings, homes)


def _by_system(nouns: Iterable[Finding | Component]) -> Mapping[str, list[Finding | Component]]:
    found: dict[str, list[Finding | Component]] = {}
    for noun in nouns:
        found.setdefault(noun.system, []).append(noun)
    return found


def _folds(
    system: System,
    findings: Mapping[str, list[Finding | Component]],
    components: Mapping[str, list[Finding | Component]],
    order: Order,
) -> Iterable[Fold]:
    own = [f for f in findings.get(system.code, ()) if isinstance(f, Finding)]
    yield from fold(system, own, order.terms)
    listed = (c for c in components.get(system.code, ()) if isinstance(c, Component))
    past = fold_obsolete(system, listed, order.terms, order.today)
    if past is not None:
        yield past


def _dated(found: Fold, seen: Seen) -> Fold:
    """Components do not say when they were seen: the last look of their tool does."""
    days: dict[str, date] = {}
    for reading in seen.readings.values():
        if reading.system == found.system and reading.metric.startswith(LOOKED):
            days[reading.source] = max(reading.on, days.get(reading.source, reading.on))
    rows = (replace(row, seen_on=row.seen_on or days.get(row.source)) for row in found.evidence)
    return replace(found, evidence=tuple(rows))


def _item(kept: Inventory, found: Fold, order: Order, hands: Hands) -> DebtItem | None:
    held = home_of(found, kept.debts.values())
    if held is None:
        return _made(kept, found, order) if found.is_open else None
    offered = _priced(held, found, order) if found.is_open else held
    offered = replace(offered, theme=found.theme)
    touched = hands(held) if held.version else ()
    own, differences = joined(held, offered, touched, order.take)
    kept.differences.extend(differences)
    return with_evidence(own, found.evidence)


def _priced(held: DebtItem, found: Fold, order: Order) -> DebtItem:
    """The item as its evidence prices it; with none left, its last figures stand."""
    return replace(
        held,
        principal=found.principal,
        principal_priced=found.priced,
        basis=order.wording.basis(found, order.terms),
        support_end=found.support_end or held.support_end,
    )


def _made(kept: Inventory, found: Fold, order: Order) -> DebtItem:
    """A new item; its interest is for the architect to give."""
    return DebtItem(
        code_of(found, kept.debts),
        order.wording.title(found.theme, kept.systems[found.system]),
        found.system,
        found.principal,
        Estimate(0),
        TYPES[found.theme],
        basis=order.wording.basis(found, order.terms),
        confidence=LEAST_SURE,
        principal_priced=found.priced,
        support_end=found.support_end,
        description=order.wording.remark(),
        evidence=found.evidence,
        theme=found.theme,
        logged_on=order.today,
    )


def _tie(findings: dict[Key, Finding], homes: Mapping[tuple[str, Theme], str]) -> None:
    for key, finding in findings.items():
        item = "" if finding.is_set_aside else homes.get((finding.system, finding.theme), "")
        if item != finding.debt and (finding.system, finding.theme) in homes:
            findings[key] = replace(finding, debt=item)

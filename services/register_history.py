"""The history of what the register or a dossier holds, from the journal: who, when, what, why."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.journal import Line, canonical
from data.store import Store
from portfolio import acceptance
from portfolio.acceptance import Acceptance
from portfolio.debt import DebtItem
from portfolio.finding import Finding
from portfolio.person import Person
from portfolio.system import System
from services.permission import COMMITTEE, allowed

PAGE = 50  # findings shown at a time
QUIET = ("version", "debt", "number")  # what a reader does not need to be told of


@dataclass(frozen=True, slots=True)
class Changed:
    """One field: what it was and what it became, as plain JSON values; None = nothing."""

    field: str
    before: Any  # whatever JSON can say
    after: Any


@dataclass(frozen=True, slots=True)
class Past:
    """One act on the object.

    kind      of the object: debt, system, acceptance, project …
    key       the object's own, within its cycle
    role      in which the person acted
    is_first  it was not there before       is_last   it is no longer there
    """

    at: datetime
    who: str
    act: str
    kind: str
    reason: str
    changes: tuple[Changed, ...]
    is_first: bool = False
    is_last: bool = False
    key: str = ""
    role: str = ""


@allowed(*COMMITTEE)
def of_debt(store: Store, by: Person, cycle: str, debt: str) -> tuple[Past, ...]:
    """What was done to the item and to its acceptances, the latest first."""
    with store.reading() as work:
        own = acceptance.of(work.every(Acceptance, cycle, debt), debt)
        lines = [*work.history(DebtItem, cycle, debt)]
        for one in own:
            lines += work.history(Acceptance, cycle, debt, one.number)
        names = {person.code: person.name for person in work.people()}
    return told(lines, names)


@allowed(*COMMITTEE)
def of_system(store: Store, by: Person, cycle: str, system: str) -> tuple[Past, ...]:
    """What was done to the system's description, the latest first."""
    with store.reading() as work:
        lines = [*work.history(System, cycle, system)]
        names = {person.code: person.name for person in work.people()}
    return told(lines, names)


@allowed(*COMMITTEE)
def findings(
    store: Store, by: Person, cycle: str, debt: str, page: int = 0
) -> tuple[tuple[Finding, ...], int, int]:
    """(one page of the item's findings, how many are still there, how many in all).

    Those still there come first, the gravest first.
    """
    with store.reading() as work:
        every = work.every(Finding, cycle, debt=debt)
    grave = {severity: at for at, severity in enumerate(type(every[0].severity))} if every else {}
    ranked = sorted(every, key=lambda f: (not f.is_open, grave[f.severity]))
    still = sum(finding.is_open for finding in every)
    return tuple(ranked[page * PAGE : (page + 1) * PAGE]), still, len(every)


@allowed(*COMMITTEE)
def count_findings(store: Store, by: Person, cycle: str, debt: str) -> tuple[int, int]:
    """(how many of the item's findings are still there, how many there ever were)."""
    with store.reading() as work:
        still = work.count(Finding, cycle, debt=debt, gone_on=None, set_aside=False)
        return still, work.count(Finding, cycle, debt=debt)


def differences(mine: object, theirs: object) -> tuple[Changed, ...]:
    """The fields in which two versions of a noun differ."""
    before, after = (json.loads(canonical(noun)) for noun in (mine, theirs))
    return tuple(between(before, after))


def told(lines: Iterable[Line], names: Mapping[str, str]) -> tuple[Past, ...]:
    """The lines as people read them, the latest first; ``names`` of people by their codes."""
    latest = sorted(lines, key=lambda line: -line.sequence)
    return tuple(
        Past(
            datetime.fromisoformat(line.at),
            names.get(line.actor, line.actor),
            line.act,
            line.kind,
            line.reason,
            changes(line),
            is_first=line.before is None,
            is_last=line.after is None,
            key=line.key.partition("/")[2],
            role=line.role,
        )
        for line in latest
    )


def changes(line: Line) -> tuple[Changed, ...]:
    """What differs; of an object that appears or goes, nothing: the act says it all."""
    if line.before is None or line.after is None:
        return ()
    return tuple(between(json.loads(line.before), json.loads(line.after)))


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Changed]:
    """The fields that differ between two versions told as JSON."""
    for field in after:
        if field not in QUIET and before.get(field) != after[field]:
            yield Changed(field, before.get(field), after[field])

"""What stands in the way of taking a batch back, and what earlier batches must know of it."""

import json
from collections.abc import Iterator, Sequence

from data import store
from data.store import Reading, Work
from portfolio.acceptance import Acceptance
from portfolio.batch import Undo
from portfolio.debt import DebtItem
from portfolio.errors import Invalid
from portfolio.finding import Component, Finding
from portfolio.legacy_risk import RiskAssessment
from portfolio.merging import seen_key
from portfolio.project import Project
from portfolio.system import System


def refuse_leaned_on(work: Reading, cycle: str, undone: Sequence[Undo]) -> None:
    """Invalid when a system or an item that the batch made now bears what the batch did not make.

    Taking it away would leave an item without its system, or an acceptance without its debt.
    """
    made = {(one.kind, one.key) for one in undone if one.before is None}
    systems = {key for kind, key in made if kind == "system"}
    debts = {key for kind, key in made if kind == "debt"}
    if not (systems or debts):
        return
    for kind, key, on_system, on_debt in _leaning(work, cycle):
        leans = on_system in systems or on_debt in debts
        if leans and (kind, key) not in made:
            raise Invalid("used-since", field=kind, found=key, accepted=on_system or on_debt)


def _leaning(work: Reading, cycle: str) -> Iterator[tuple[str, str, str, str]]:
    """(kind, key, the system it leans on, the debt it leans on)."""
    for debt in work.every(DebtItem, cycle):
        yield "debt", store.object_key((debt.code,)), debt.system, debt.duplicate_of
    for system in work.every(System, cycle):
        for needed in system.dependencies:
            yield "system", store.object_key((system.code,)), needed.on, ""
    for project in work.every(Project, cycle):
        for code in project.systems:
            yield "project", store.object_key((project.code,)), code, ""
    for acceptance in work.every(Acceptance, cycle):
        key = store.object_key((acceptance.debt, acceptance.number))
        yield "acceptance", key, "", acceptance.debt
    for assessment in work.every(RiskAssessment, cycle):
        yield "assessment", store.object_key((assessment.system,)), assessment.system, ""
    for finding in work.every(Finding, cycle):
        yield "finding", store.object_key(seen_key(finding)), finding.system, ""
    for component in work.every(Component, cycle):
        yield "component", store.object_key(seen_key(component)), component.system, ""


def follow(work: Work, cycle: str, undone: Sequence[Undo]) -> None:
    """Let the earlier batches be taken back in their turn: their nouns have a later version now."""
    restored = ((one, json.loads(one.before)["version"]) for one in undone if one.before)
    moved = {(one.kind, one.key, version): one.version + 1 for one, version in restored}
    store.follow(work, cycle, moved)

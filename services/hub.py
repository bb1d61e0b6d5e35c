"""The import hub of the register: try a file, bring it in whole or not at all, take it back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.store import (
    Act,
    Reading,
    Repeated,
    Store,
    Work,
    changes_of,
    forget_changes,
    keep_changes,
    save_many,
    take_back,
    undo_of,
)
from portfolio.batch import Batch, Undo
from portfolio.debt import DebtItem
from portfolio.errors import Invalid
from portfolio.finding import Severity
from portfolio.folding import Terms
from portfolio.person import Person, Role
from portfolio.system import System
from services.hub_changes import Changes, Steps, changes
from services.hub_source import Order, Source, read
from services.hub_undo import follow, refuse_leaned_on
from services.permission import allowed

__all__ = ["Brought", "Changes", "Order", "Source", "Terms", "read"]

KEEPERS = (Role.ARCHITECT, Role.ADMINISTRATOR)
ORDER = ("systems", "debts", "findings", "components", "readings")


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought in; ``batch`` None = the register already said all of it.

    changes   None when this very request had been done before
    """

    batch: Batch | None
    changes: Changes | None = None


@allowed(*KEEPERS)
def preview(store: Store, by: Person, cycle: str, source: Source, order: Order) -> Changes:
    """What the source would change in the register; nothing is written."""
    with store.reading() as work:
        return changes(work, cycle, source, order)


@allowed(*KEEPERS)
def bring_in(
    store: Store, by: Person, cycle: str, source: Source, order: Order, request: str | None = None
) -> Brought:
    """Write all that the source says, in one transaction, as one batch that can be taken back.

    Worked out anew once nobody else can write: what was shown before may be stale. Invalid when a
    file was refused, or when a system is still to be chosen. The same request, and a file that
    changes nothing, write nothing.
    """
    act = Act(by.code, Role.ARCHITECT, "hub.bring_in", request, _written(order.terms))
    try:
        with store.writing(act) as work:
            found = changes(work, cycle, source, order)
            _refuse(found)
            if found.is_nothing:
                return Brought(None, found)
            return Brought(_kept(work, cycle, source, order, found), found)
    except Repeated as repeated:
        return Brought(_batch_of(store, cycle, repeated))


def _refuse(found: Changes) -> None:
    if found.refused:
        raise Invalid("rows-refused", found=len(found.refused))
    if found.unplaced:
        raise Invalid("system-not-chosen", field="system", found=found.unplaced[0].scan.subject)


def _kept(work: Work, cycle: str, source: Source, order: Order, found: Changes) -> Batch:
    undone = [one for kind in ORDER for one in _saved(work, cycle, found.steps[kind])]
    number = max((batch.number for batch in work.every(Batch, cycle)), default=0) + 1
    tools = dict.fromkeys(told.format for told in source.told)
    batch = Batch(
        number, order.today, work.act.actor, ", ".join(tools), ", ".join(source.files),
        " ".join(source.sha256), ", ".join(found.systems), found.total,
        found.mapped, found.unmapped, found.undated,
    )  # fmt: skip
    saved: Batch = work.save(cycle, batch)
    keep_changes(work, cycle, number, undone)
    return saved


def _saved(work: Work, cycle: str, steps: Steps) -> Iterator[Undo]:
    changed = [step for step in steps if step.before != step.after]
    after = [step.after for step in changed]
    is_few = bool(after) and isinstance(after[0], System | DebtItem)
    saved = [work.save(cycle, n) for n in after] if is_few else save_many(work, cycle, after)
    for step, noun in zip(changed, saved, strict=True):
        yield undo_of(cycle, step.before, noun)


def _batch_of(store: Store, cycle: str, repeated: Repeated) -> Batch | None:
    """The batch that the request made, when it was done the first time."""
    lines = repeated.facts["lines"]
    assert isinstance(lines, tuple)
    numbers = [json.loads(line.after)["number"] for line in lines if line.kind == "batch"]
    with store.reading() as work:
        return work.one(Batch, cycle, numbers[-1]) if numbers else None


@allowed(*KEEPERS)
def undo(store: Store, by: Person, cycle: str, batch: Batch) -> Batch:
    """Make the register what it was before the batch; it stays listed, as undone.

    Invalid, naming what, when something that it made or changed was changed or used since.
    """
    with store.writing(Act(by.code, Role.ARCHITECT, "hub.undo")) as work:
        if work.one(Batch, cycle, batch.number).is_undone:
            raise Invalid("already-undone", found=batch.number)
        undone = changes_of(work, cycle, batch.number)
        refuse_leaned_on(work, cycle, undone)
        take_back(work, cycle, undone)
        forget_changes(work, cycle, batch.number)
        follow(work, cycle, undone)
        saved: Batch = work.save(cycle, replace(batch, is_undone=True))
        return saved


@allowed(*KEEPERS)
def batches(store: Store, by: Person, cycle: str) -> tuple[Batch, ...]:
    """The imports into the register, the newest first."""
    with store.reading() as work:
        return tuple(sorted(work.every(Batch, cycle), key=lambda batch: -batch.number))


@allowed(*KEEPERS)
def terms(store: Store, by: Person, cycle: str) -> Terms:
    """How evidence was priced the last time; the shipped assumptions before that."""
    with store.reading() as work:
        return _last_terms(work, cycle)


def _last_terms(work: Reading, cycle: str) -> Terms:
    numbers = [batch.number for batch in work.every(Batch, cycle)]
    lines = list(work.history(Batch, cycle, max(numbers))) if numbers else []
    if not lines:
        return Terms()
    said = json.loads(lines[0].reason)
    hours = {Severity(name): number for name, number in said.pop("hours").items()}
    return Terms(**said, hours=hours)


def _written(terms: Terms) -> str:
    """The terms as the journal keeps them, beside what they gave."""
    names = ("rate", "component_hours", "technology_hours", "low", "high")
    said: dict[str, object] = {name: getattr(terms, name) for name in names}
    said["hours"] = {severity.value: number for severity, number in terms.hours.items()}
    return json.dumps(said, sort_keys=True)

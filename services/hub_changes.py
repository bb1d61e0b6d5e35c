"""Everything that a source would change in the register, worked out before anything is written."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from data.refused import Note, Refused, Where
from data.store import Reading as Reads
from portfolio import merging
from portfolio.batch import Batch, Counts
from portfolio.debt import DebtItem
from portfolio.finding import Component, Finding, Reading
from portfolio.merging import Deed, Step
from portfolio.scan import Scan
from portfolio.system import System
from portfolio.three_way import Difference
from services import hub_items, hub_runs
from services.hub_hands import by_hand
from services.hub_inventory import Inventory, take_in
from services.hub_place import Placed, place, remembered
from services.hub_runs import Seen
from services.hub_source import Order, Source
from services.lifecycles import in_force

Steps = tuple[Step[Finding] | Step[Component] | Step[Reading] | Step[System] | Step[DebtItem], ...]


N = TypeVar("N", System, DebtItem)


@dataclass(frozen=True, slots=True)
class Changes:
    """What would become of each noun, by kind: systems, debts, findings, components, readings.

    placed        what each tool looked at, with its system ("" = to be chosen)
    differences   figures written by hand, for which the source says something else: kept
    refused, noted, notes   of the files
    mapped, unmapped, undated   components found in the lifecycle catalogue with a date, not found
                  in it, and found without a date
    """

    steps: Mapping[str, Steps]
    placed: tuple[Placed, ...] = ()
    older: tuple[tuple[Placed, date], ...] = ()
    differences: tuple[Difference, ...] = ()
    refused: tuple[Refused, ...] = ()
    noted: tuple[Refused, ...] = ()
    notes: tuple[Note, ...] = ()
    mapped: int = 0
    unmapped: int = 0
    undated: int = 0

    @property
    def unplaced(self) -> tuple[Placed, ...]:
        """What the architect has to say the system of."""
        return tuple(one for one in self.placed if not one.system)

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems that tools looked at."""
        return tuple(dict.fromkeys(one.system for one in self.placed if one.system))

    def counts(self, kind: str) -> Counts:
        """How many of that kind would be made, changed, left alone or closed."""
        deeds = [step.deed for step in self.steps.get(kind, ())]
        return Counts(**{deed.value: deeds.count(deed) for deed in Deed})

    @property
    def total(self) -> Counts:
        """The same of all kinds together."""
        every = [self.counts(kind) for kind in self.steps]
        return Counts(**{d.value: sum(getattr(c, d.value) for c in every) for d in Deed})

    @property
    def is_nothing(self) -> bool:
        """Whether the register already says all of it."""
        return all(step.before == step.after for steps in self.steps.values() for step in steps)


def changes(work: Reads, cycle: str, source: Source, order: Order) -> Changes:
    """What the source would change in the cycle's register as it stands."""
    systems = {system.code: system for system in work.every(System, cycle)}
    debts = {debt.code: debt for debt in work.every(DebtItem, cycle)}
    kept = Inventory(dict(systems), dict(debts))
    told = [(one, scan) for one in _files(source) for scan in one[2]]
    take_in(work, cycle, kept, [(file, scan) for (file, _, _), scan in told],
            (order.take, order.into, order.today))  # fmt: skip
    days = _days(work, cycle)
    scans = [(s, s.taken_on or days.get(digest, order.today)) for (_, digest, _), s in told]
    placed = place(scans, kept.systems, order.into)
    here = [one for one in placed if one.system]
    looked = dict.fromkeys(one.system for one in here)
    for code in looked:
        own = remembered(kept.systems[code], (one for one in here if one.system == code))
        if own != kept.systems[code]:
            kept.systems[code] = own
            kept.shown_systems.add(code)
    touched = dict.fromkeys([*looked, *sorted(kept.shown_systems)])
    was = hub_runs.held(work, cycle, touched)
    seen = was.copied()
    hub_runs.run(seen, here, in_force(work))

    def hands(noun: DebtItem) -> Container[str]:
        return by_hand(work, cycle, noun)

    hub_items.gather(kept, seen, touched, order, hands)
    steps: dict[str, Steps] = {
        "systems": tuple(merging.steps(_keyed(systems), _keyed(kept.systems),
                                       _codes(kept.shown_systems))),
        "debts": tuple(merging.steps(_keyed(debts), _keyed(kept.debts), _codes(kept.shown_debts))),
        "findings": tuple(merging.steps(was.findings, seen.findings, seen.shown_findings)),
        "components": tuple(merging.steps(was.components, seen.components, seen.shown_components)),
        "readings": tuple(merging.steps(was.readings, seen.readings, seen.shown_readings)),
    }  # fmt: skip
    mapped, unmapped, undated = _known(seen)
    return _told(source, Changes(
        steps, placed, tuple(seen.older), tuple(kept.differences), tuple(kept.refused),
        mapped=mapped, unmapped=unmapped, undated=undated,
    ))  # fmt: skip


def _files(source: Source) -> Iterator[tuple[str, str, tuple[Scan, ...]]]:
    """(file, SHA-256, scans): what is told by several pages together is dated by none of them."""
    is_each = len(source.told) == len(source.files)
    for at, told in enumerate(source.told):
        at_file = (source.files[at], source.sha256[at]) if is_each else (source.files[0], "")
        yield *at_file, told.scans


def _days(work: Reads, cycle: str) -> dict[str, date]:
    """The day on which each file came in for the first time: it was true at the latest then."""
    days: dict[str, date] = {}
    for batch in work.every(Batch, cycle):
        for digest in () if batch.is_undone else batch.sha256.split():
            days.setdefault(digest, batch.on)
    return days


def _keyed(nouns: Mapping[str, N]) -> dict[tuple[str, ...], N]:
    return {(code,): noun for code, noun in nouns.items()}


def _codes(codes: Iterable[str]) -> set[tuple[str, ...]]:
    return {(code,) for code in codes}


def _known(seen: Seen) -> tuple[int, int, int]:
    """How many components are mapped with a date, unmapped, and mapped without a date."""
    shown = [seen.components[key] for key in seen.shown_components]
    mapped = sum(c.support_end is not None for c in shown)
    found = sum(bool(c.product or c.support_end) for c in shown)
    return mapped, sum(not (c.product or c.support_end) for c in shown), found - mapped


def _told(source: Source, found: Changes) -> Changes:
    """With what the readers of the files refused, remarked and chose."""
    refused = [one for told in source.told for one in told.refused]
    refused += [
        Refused(Where(file), "catalogue-elsewhere", str(len(told.products)))
        for file, told in zip(source.files, source.told, strict=False)
        if told.products
    ]
    return replace(
        found,
        refused=(*refused, *found.refused),
        noted=tuple(one for told in source.told for one in told.noted),
        notes=tuple(one for told in source.told for one in told.notes),
    )

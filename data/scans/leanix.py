"""Reads a LeanIX full snapshot (XLSX): applications, what they stand on, who works with them.

Row 1 holds the field keys, row 2 their labels. Relations name their ends by display name and type;
a sheet's own name may be cut, so that only the column ``type`` says what a relation is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from data.refused import Findings, Where, listed
from data.scans.days import Order, day, order_of
from data.scans.opened import Table
from data.scans.records import (
    Grid,
    Record,
    code_of,
    codes,
    grids,
    parted,
    refuse_unclear_headers,
    spaced,
    whole,
)
from data.scans.told import Told, nothing
from portfolio.errors import Invalid
from portfolio.scan import Scan, Tool
from portfolio.system import Dependency, Disposition, System, Technology, ToolKey

FACT_SHEET = frozenset({"id", "type", "name", "displayName"})
RELATION = frozenset({"type", "fromRelatedFactSheetDisplayName", "toRelatedFactSheetDisplayName"})
APPLICATION, COMPONENT, INTERFACE, GROUP = "Application", "ITComponent", "Interface", "UserGroup"
CRITICALITIES = {
    "missioncritical": 5, "businesscritical": 4, "businessoperational": 3,
    "administrativeservice": 2, "critical": 5, "critique": 5, "high": 4, "elevee": 4,
    "medium": 3, "moyenne": 3, "low": 2, "faible": 2,
}
DISPOSITIONS = {
    "tolerate": Disposition.TOLERATE, "tolerer": Disposition.TOLERATE,
    "invest": Disposition.INVEST, "investir": Disposition.INVEST,
    "migrate": Disposition.MIGRATE, "migrer": Disposition.MIGRATE,
    "eliminate": Disposition.ELIMINATE, "eliminer": Disposition.ELIMINATE,
}
SAYS_ELSE = ("successor", "childparent", "predecessor")  # true, and no dependency
FORWARD = ("requires", "dependson", "uses", "consumes", "calls")  # the first needs the second
BACKWARD = ("requiredby", "usedby", "consumedby", "calledby")
ACCENTS = str.maketrans("éèêàç", "eeeac")
Pairs = dict[str, list[tuple["FactSheet", Record]]]  # id of the first -> the second, its relation


@dataclass(frozen=True, slots=True)
class FactSheet:
    """One line of a sheet of fact sheets."""

    id: str
    type: str
    title: str
    record: Record

    @property
    def is_archived(self) -> bool:
        return self.record.get("status").upper() == "ARCHIVED"


@dataclass(slots=True)
class Workspace:
    """The fact sheets by type and display name, and the relations between those in use."""

    found: Findings
    order: Order
    by_name: dict[tuple[str, str], list[FactSheet]] = field(default_factory=dict)
    aside: Counter[str] = field(default_factory=Counter)

    def of(self, type_: str) -> list[FactSheet]:
        """The fact sheets of that type which are in use."""
        every = (f for (kind, _), sheets in self.by_name.items() if kind == type_ for f in sheets)
        return [sheet for sheet in every if not sheet.is_archived]

    def end(self, row: Record, which: str) -> FactSheet | None:
        """The fact sheet at one end of a relation; None, and a remark, when it is not just one."""
        column = f"{which}RelatedFactSheetDisplayName"
        name, type_ = spaced(row.get(column)), row.get(f"{which}RelatedFactSheetType")
        named = self.by_name.get((type_, name), [])
        alive = [sheet for sheet in named if not sheet.is_archived]
        if len(alive) > 1:
            rows = listed(sheet.record.where.row for sheet in alive)
            self.found.remark(row.at(column), "name-of-several", name, rows)
        elif not named:
            self.found.remark(row.at(column), "name-of-nothing", name, type_)
        return alive[0] if len(alive) == 1 else None

    def day(self, record: Record, column: str) -> date | None:
        """A date of the record; a text that is not one is refused."""
        text = record.get(column)
        try:
            return day(text, self.order) if text else None
        except Invalid as refusal:
            self.found.take(record.at(column), refusal)
            return None


def recognises(sign: object) -> bool:
    """Whether a sheet's header is one of a full snapshot."""
    return isinstance(sign, tuple) and (set(sign) >= FACT_SHEET or set(sign) >= RELATION)


def read(name: str, table: Table) -> Told:
    """The systems of the snapshot, or every reason why there are none."""
    found = Findings()
    sheets = grids(name, table, found)
    if found.refused:
        return nothing(found, Tool.LEANIX)
    facts = [grid for grid in sheets if set(grid.header) >= FACT_SHEET]
    relations = [grid for grid in sheets if set(grid.header) >= RELATION]
    for grid in (*facts, *relations):
        refuse_unclear_headers(grid, found)
    space = Workspace(found, order_of(_dates(facts)))
    for grid in facts:
        _gather(space, grid)
    rows = [row for grid in relations for row in _records(grid) if _is_in_use(row)]
    if not space.of(APPLICATION):
        found.refuse(Where(name), "no-application", listed(g.title for g in sheets), APPLICATION)
    systems = _systems(space, _Relations(space, rows)) if not found.refused else ()
    return _told(space, systems, len(rows))


def _told(space: Workspace, systems: tuple[System, ...], relations: int) -> Told:
    found = space.found
    if found.refused:
        return nothing(found, Tool.LEANIX)
    archived = sum(f.is_archived for sheets in space.by_name.values() for f in sheets)
    if archived:
        found.note("leanix-archived", count=archived)
    if space.aside:
        found.note("relations-aside", count=space.aside.total(), kinds=listed(space.aside))
    if any(system.criticality for system in systems):
        found.note("leanix-criticality")
    return Told(
        Tool.LEANIX,
        (Scan(Tool.LEANIX, is_whole=False, systems=systems),),
        refused=(),
        noted=tuple(found.noted),
        notes=tuple(found.notes),
        counts={"applications": len(systems), "components": len(space.of(COMPONENT)),
                "relations": relations, "archived": archived},
    )


def _records(grid: Grid) -> tuple[Record, ...]:
    """The rows without that of the labels, which stands under the keys."""
    rows = grid.records()
    is_labels = rows and rows[0].get("status").upper() not in ("ACTIVE", "ARCHIVED")
    return rows[1:] if is_labels and rows[0].where.row == 2 else rows


def _dates(grids_: Iterable[Grid]) -> Iterator[str]:
    for grid in grids_:
        for row in _records(grid):
            yield from (v for k, v in row.values.items() if k.startswith("lifecycle:"))


def _gather(space: Workspace, grid: Grid) -> None:
    known = {sheet.id: sheet for sheets in space.by_name.values() for sheet in sheets}
    for row in _records(grid):
        for column in ("id", "type", "name"):
            if not row.get(column):
                space.found.refuse(row.at(column), "missing-value")
        sheet = FactSheet(row.get("id"), row.get("type"), row.get("displayName", "name"), row)
        if sheet.id in known:
            twin = known[sheet.id].record.where
            space.found.refuse(row.at("id"), "row-twice", sheet.id, twin.row)
        known[sheet.id] = sheet
        space.by_name.setdefault((sheet.type, spaced(sheet.title)), []).append(sheet)


def _is_in_use(relation: Record) -> bool:
    return relation.get("status").upper() != "ARCHIVED"


class _Relations:
    """The relations whose two ends are known, sorted by what they say."""

    def __init__(self, space: Workspace, rows: Iterable[Record]) -> None:
        self.stands_on: Pairs = {}
        self.serves: Pairs = {}
        self.needs: Pairs = {}
        self.provides: Pairs = {}  # from the interface
        self.consumes: Pairs = {}
        for row in rows:
            self._sort(space, row)

    def _sort(self, space: Workspace, row: Record) -> None:
        kinds = {row.get("fromRelatedFactSheetType"), row.get("toRelatedFactSheetType")}
        if APPLICATION not in kinds or not kinds <= {APPLICATION, COMPONENT, INTERFACE, GROUP}:
            return
        word = _folded(row.get("type"))
        into, is_turned = self._place(kinds - {APPLICATION}, word)
        if into is None:
            if not any(other in word for other in SAYS_ELSE):
                space.aside[row.get("type")] += 1
            return
        one, other = space.end(row, "from"), space.end(row, "to")
        if one is not None and other is not None:
            first = INTERFACE if into is self.provides else APPLICATION
            one, other = (other, one) if is_turned or one.type != first else (one, other)
            into.setdefault(one.id, []).append((other, row))

    def _place(self, other: set[str], word: str) -> tuple[Pairs | None, bool]:
        """(where it goes, whether its second end comes first)."""
        if other == {COMPONENT}:
            return self.stands_on, False
        if other == {GROUP}:
            return self.serves, False
        if other == {INTERFACE}:
            if "provider" in word or "consumer" in word:
                return (self.provides if "provider" in word else self.consumes), False
            return None, False
        if any(says in word for says in BACKWARD):
            return self.needs, True
        return (self.needs, False) if any(says in word for says in FORWARD) else (None, False)


def _systems(space: Workspace, on: _Relations) -> tuple[System, ...]:
    applications = space.of(APPLICATION)
    code = codes((a.id, _wished(a)) for a in applications)
    needs = _needs(on)
    built = []
    for one in applications:
        try:
            built.append(_system(space, one, on, code, needs.get(one.id, {})))
        except Invalid as refusal:
            space.found.take(one.record.where, refusal)
    return tuple(built)


def _wished(application: FactSheet) -> str:
    return code_of(application.record.get("externalId", "alias") or application.title)


def _system(
    space: Workspace,
    one: FactSheet,
    on: _Relations,
    code: dict[str, str],
    needs: dict[str, list[str]],
) -> System:
    groups = on.serves.get(one.id, [])
    owning = [group.title for group, row in groups if "owning" in _folded(row.get("type"))]
    return System(
        code=code[one.id],
        title=one.record.get("name"),
        owner=_owner(one.record) or ", ".join(dict.fromkeys(owning)),
        criticality=_criticality(space, one.record),
        users=_users(space, [row for _, row in groups]),
        disposition=_disposition(one.record),
        technologies=_technologies(space, one, on),
        services=tuple(dict.fromkeys(group.title for group, _ in groups)),
        dependencies=tuple(
            Dependency(code[other], ", ".join(dict.fromkeys(filter(None, why))))
            for other, why in needs.items()
        ),
        tool_keys=(ToolKey(Tool.LEANIX, one.id),),
    )


def _needs(on: _Relations) -> dict[str, dict[str, list[str]]]:
    """Application -> what it needs -> why: relations of need, and interfaces that it consumes."""
    needs: dict[str, dict[str, list[str]]] = {}
    for one, wanted in on.needs.items():
        for other, row in wanted:
            if other.id != one:
                needs.setdefault(one, {}).setdefault(other.id, []).append(row.get("description"))
    for consumer, wanted in on.consumes.items():
        for interface, _ in wanted:
            for provider, _ in on.provides.get(interface.id, []):
                if provider.id != consumer:
                    of = needs.setdefault(consumer, {})
                    of.setdefault(provider.id, []).append(interface.title)
    return needs


def _technologies(space: Workspace, one: FactSheet, on: _Relations) -> tuple[Technology, ...]:
    """The application's own life where it has dates, then the components it stands on."""
    under = {part.id: (part, row) for part, row in on.stands_on.get(one.id, [])}
    own = [_technology(space, one)] if _has_end(one.record) else []
    every: dict[tuple[str, str], Technology] = {(t.name, t.version): t for t in own}
    for part, row in under.values():
        made = _technology(space, part)
        if (made.name, made.version) in every:
            made = replace(made, name=part.title)
        if (made.name, made.version) in every:
            space.found.remark(row.at("toRelatedFactSheetDisplayName"), "twice", part.title)
            continue
        every[made.name, made.version] = made
    return tuple(every.values())


def _has_end(record: Record) -> bool:
    return bool(record.get("lifecycle:phaseOut", "lifecycle:endOfLife"))


def _technology(space: Workspace, sheet: FactSheet) -> Technology:
    release = sheet.record.get("release", "version")
    name, version = (sheet.record.get("name"), release) if release else parted(
        sheet.record.get("name"))
    active = space.day(sheet.record, "lifecycle:phaseOut")
    standard = space.day(sheet.record, "lifecycle:endOfLife")
    return Technology(
        name, version, active_end=active, standard_end=standard,
        active_word="phaseOut" if active else "",
        standard_word="endOfLife" if standard else "",
        source="LeanIX",
    )


def _owner(record: Record) -> str:
    """The people of the subscription that says best who answers for it."""
    ranked = sorted(
        (rank, people)
        for head, people in record.values.items()
        if head.startswith("subscriptions:") and (rank := _rank(head)) is not None
    )
    if not ranked:
        return ""
    return ", ".join(dict.fromkeys(filter(None, map(str.strip, re.split("[;,]", ranked[0][1])))))


def _rank(head: str) -> int | None:
    _, kind, *role = head.split(":")
    word = _folded(" ".join(role))
    if "applicationowner" in word:
        return 0
    if any(says in word for says in ("owner", "responsable", "proprietaire")):
        return 1
    return {"ACCOUNTABLE": 2, "RESPONSIBLE": 3}.get(kind.strip().upper())


def _criticality(space: Workspace, record: Record) -> int | None:
    heads = [h for h in record.values if "critic" in _folded(h) and "descri" not in _folded(h)]
    for head in sorted(heads, key=lambda h: h.startswith("tags:")):
        level = CRITICALITIES.get(_folded(record.get(head)))
        if level is not None:
            return level
        space.found.remark(record.at(head), "criticality-unknown", record.get(head),
                           listed(CRITICALITIES))
    return None


def _disposition(record: Record) -> Disposition | None:
    """The TIME classification, be it a field or a tag; another word there says something else."""
    heads = [h for h in record.values if _folded(h).removeprefix("tags").removeprefix("lx") in
             ("time", "timemodel", "timeclassification", "disposition")]
    known = (DISPOSITIONS.get(_folded(record.get(head))) for head in heads)
    return next((disposition for disposition in known if disposition), None)


def _users(space: Workspace, rows: list[Record]) -> int | None:
    """The users of all groups together; None when no relation counts them."""
    counted = [row for row in rows if row.get("numberOfUsers")]
    total = 0
    for row in counted:
        try:
            total += whole(row.get("numberOfUsers"))
        except Invalid as refusal:
            space.found.take(row.at("numberOfUsers"), refusal)
    return total if counted else None


def _folded(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.casefold().translate(ACCENTS))

"""Reads a list of ServiceNow's business applications, as CSV, XLSX or JSON, with their relations.

A list exports labels and shown values; its tables give field names, each value alone or as
{display_value, value, link}.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

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

LABELS = {  # label of the column, in English and in French -> field
    "name": "name", "nom": "name",
    "number": "number", "numéro": "number",
    "sys id": "sys_id",
    "application type": "application_type", "type d'application": "application_type",
    "architecture type": "architecture_type", "type d'architecture": "architecture_type",
    "install type": "install_type", "type d'installation": "install_type",
    "platform": "platform", "plateforme": "platform",
    "business unit": "business_unit", "unité d'affaires": "business_unit",
    "department": "department", "service": "department", "département": "department",
    "install status": "install_status", "état de l'installation": "install_status",
    "life cycle stage": "life_cycle_stage", "étape du cycle de vie": "life_cycle_stage",
    "life cycle stage status": "life_cycle_stage_status",
    "état de l'étape du cycle de vie": "life_cycle_stage_status",
    "application category": "application_category",
    "catégorie d'application": "application_category",
    "technology stack": "technology_stack", "pile technologique": "technology_stack",
    "user base": "user_base", "base d'utilisateurs": "user_base",
    "active user count": "active_user_count",
    "nombre d'utilisateurs actifs": "active_user_count",
    "contract end date": "contract_end_date", "date de fin du contrat": "contract_end_date",
    "date de fin de contrat": "contract_end_date",
    "planned disposition": "planned_disposition", "disposition prévue": "planned_disposition",
    "reasoning": "reasoning", "raisonnement": "reasoning",
    "it application owner": "it_application_owner",
    "propriétaire de l'application informatique": "it_application_owner",
    "business owner": "owned_by", "owned by": "owned_by", "propriétaire métier": "owned_by",
    "managed by group": "managed_by_group", "support group": "support_group",
    "business criticality": "business_criticality", "criticité métier": "business_criticality",
    "emergency tier": "emergency_tier", "data classification": "data_classification",
    "certified": "certified",
    "parent": "parent", "child": "child", "enfant": "child", "type": "type",
}
FIELDS = {field: field for field in LABELS.values()} | {"busines_criticality":
                                                        "business_criticality"}
TELLING = frozenset(FIELDS.values()) - {
    "name", "number", "sys_id", "platform", "department", "install_status", "parent", "child",
    "type", "business_unit", "certified", "support_group",
}  # what no other list has
USED = frozenset({
    "name", "number", "sys_id", "department", "business_unit", "install_status",
    "life_cycle_stage_status", "technology_stack", "active_user_count", "contract_end_date",
    "planned_disposition", "reasoning", "it_application_owner", "owned_by", "managed_by_group",
    "business_criticality", "parent", "child", "type",
})
RELATION = frozenset({"parent", "child", "type"})
OWNERS = ("it_application_owner", "owned_by", "managed_by_group")
ENDS = ("parent", "child")
KEPT = frozenset({"active_user_count", "contract_end_date"})  # read as kept, not as shown
REFERENCES = frozenset({*OWNERS, "department", "business_unit"})
DISPOSITIONS = {
    "invest": Disposition.INVEST, "investir": Disposition.INVEST,
    "sustain": Disposition.TOLERATE, "maintenir": Disposition.TOLERATE,
    "migrate": Disposition.MIGRATE, "migrer": Disposition.MIGRATE,
    "retire": Disposition.ELIMINATE, "retirer": Disposition.ELIMINATE,
}
NEEDS = ("depends on", "uses", "consumes", "runs on", "receives data from")  # of its child
NEEDED = ("used by", "consumed by", "sends data to", "provides")  # by its child
RETIRED = ("retired", "7", "retiré", "retirée")
LEVEL = re.compile(r"\s*([1-5])(?:\s*[-–].*)?")
PARTS = re.compile(r"[,;|\r\n]+")
SYS_ID = re.compile(r"[0-9a-f]{32}")
LISTS = ("result", "records")  # of the REST API, and of a list exported as JSON


@dataclass(frozen=True, slots=True)
class _Written:
    """How the list writes its dates; a date or a number that cannot be read is refused."""

    order: Order
    found: Findings

    def day(self, row: Record, field: str) -> date | None:
        try:
            return day(row.get(field), self.order) if row.get(field) else None
        except Invalid as refusal:
            self.found.take(row.at(field), refusal)
            return None

    def whole(self, row: Record, field: str) -> int | None:
        try:
            return whole(row.get(field)) if row.get(field) else None
        except Invalid as refusal:
            self.found.take(row.at(field), refusal)
            return None


def recognises(sign: object) -> bool:
    """Whether a header, or a document, is of business applications or of relations of theirs."""
    if isinstance(sign, tuple):
        return _is_list({_field(head) for head in sign})
    rows = _rows(sign)
    return rows is not None and (not rows or _is_list({_field(k) for row in rows for k in row}))


def read(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value, or a Table
    """The systems of the list, or every reason why there are none."""
    found = Findings()
    if isinstance(document, Table):
        sheets = grids(name, document, found)
        for grid in sheets:
            refuse_unclear_headers(grid, found)
        tables = [_of_grid(grid) for grid in sheets]
        aside = [h for grid in sheets for h in grid.header if h and _field(h) not in USED]
    else:
        rows = _rows(document) or []
        tables = [tuple(_of_object(name, n, row, found) for n, row in enumerate(rows, 1))]
        aside = []
    if found.refused:
        return nothing(found, Tool.SERVICENOW)
    relations = [row for table in tables for row in table if "parent" in row.values]
    applications = [row for table in tables for row in table if "parent" not in row.values]
    if not applications:
        code = "relations-alone" if relations else "no-rows"
        found.refuse(Where(name), code, "", "cmdb_ci_business_app")
    if aside:
        found.note("columns-aside", columns=listed(dict.fromkeys(aside)))
    kept = [row for row in applications if not _is_retired(row)]
    if len(kept) < len(applications):
        found.note("retired-aside", count=len(applications) - len(kept))
    systems = _systems(kept, applications, relations, found)
    return _told(systems, len(relations), found)


def _told(systems: tuple[System, ...], relations: int, found: Findings) -> Told:
    if found.refused:
        return nothing(found, Tool.SERVICENOW)
    if any(system.criticality for system in systems):
        found.note("servicenow-criticality")
    return Told(
        Tool.SERVICENOW,
        (Scan(Tool.SERVICENOW, is_whole=False, systems=systems),),
        noted=tuple(found.noted),
        notes=tuple(found.notes),
        counts={"applications": len(systems), "relations": relations},
    )


def _field(head: object) -> str:
    word = spaced(str(head)).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return FIELDS.get(word) or LABELS.get(word, "")


def _is_list(fields: set[str]) -> bool:
    is_applications = "name" in fields and len(fields & TELLING) >= 2
    return is_applications or fields >= RELATION


def _rows(document: object) -> list[dict[str, Any]] | None:
    """The objects of a document of ServiceNow; None when it is not one."""
    if not isinstance(document, dict):
        return None
    rows = next((document[key] for key in LISTS if key in document), None)
    if isinstance(rows, dict):
        rows = [rows]
    is_list = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    return rows if is_list and set(document) <= {*LISTS, "__status"} else None


def _of_grid(grid: Grid) -> tuple[Record, ...]:
    return grid.records({head: _field(head) for head in grid.header})


def _of_object(name: str, place: int, row: Mapping[str, Any], found: Findings) -> Record:
    """One object of the list; a reference of which only the identifier is told is not given."""
    values: dict[str, str] = {}
    for key, told in row.items():
        field = _field(key)
        text = _text(field, told)
        if text is None:
            found.refuse(Where(name, row=place, column=key), "wrong-shape", told, "display_value")
        elif field and text.strip():
            values[field] = text.strip()
        if field in ENDS and isinstance(told, dict) and told.get("value"):
            values[f"{field}_id"] = str(told["value"])
    record = Record(values, Where(name, row=place))
    for field in sorted(REFERENCES & set(values)):
        if SYS_ID.fullmatch(values[field]):
            found.remark(record.at(field), "only-an-id", values.pop(field),
                         "sysparm_display_value=all")
    return record


def _text(field: str, told: object) -> str | None:
    """The text of a JSON value; None when it has no shape that ServiceNow gives."""
    if isinstance(told, dict):
        if not told or not set(told) <= {"display_value", "value", "link"}:
            return None
        shown, kept = told.get("display_value"), told.get("value")
        told = (kept or shown) if field in KEPT else (shown or kept)
    if isinstance(told, bool):
        return "true" if told else "false"
    if told is None:
        return ""
    return str(told) if isinstance(told, str | int | float) else None


def _is_retired(row: Record) -> bool:
    said = (row.get("install_status"), row.get("life_cycle_stage_status"))
    return any(word.casefold() in RETIRED for word in said)


def _systems(
    kept: list[Record], every: list[Record], relations: list[Record], found: Findings
) -> tuple[System, ...]:
    ids = _ids(every, found)
    read_ = _Written(order_of(row.get("contract_end_date") for row in kept), found)
    code = codes((ids[row.where], row.get("number") or code_of(row.get("name"))) for row in kept)
    ends = _Ends({ids[row.where]: row for row in kept}, every, found)
    needs = _needs(relations, ends, found)
    built = []
    for row in kept:
        id_ = ids[row.where]
        try:
            of = {code[other]: words for other, words in needs[id_].items()}
            built.append(_system(row, code[id_], read_, of))
        except Invalid as refusal:
            found.take(row.at(str(refusal.facts.get("field", ""))), refusal)
    return tuple(built)


def _ids(rows: list[Record], found: Findings) -> dict[Where, str]:
    """What names each application: its number, its sys_id, else its name; never two alike."""
    ids: dict[Where, str] = {}
    seen: dict[str, int | None] = {}
    for row in rows:
        id_ = row.get("number", "sys_id", "name")
        if not row.get("name"):
            found.refuse(row.at("name"), "missing-value")
        if id_ in seen:
            column = next((f for f in ("number", "sys_id", "name") if f in row.values), "name")
            found.refuse(row.at(column), "row-twice", id_, seen[id_] or "")
        seen.setdefault(id_, row.where.row)
        ids[row.where] = id_
    return ids


def _system(
    row: Record, code: str, read_: _Written, needs: Mapping[str, tuple[str, ...]]
) -> System:
    title = row.get("name")
    until = read_.day(row, "contract_end_date")
    own = (Technology(title, contract_until=until, source="ServiceNow"),) if until else ()
    stack = (parted(part) for part in PARTS.split(row.get("technology_stack")) if part.strip())
    keys = dict.fromkeys(filter(None, (row.get("number"), row.get("sys_id"))))
    return System(
        code=code,
        title=title,
        owner=row.get(*OWNERS),
        criticality=_criticality(row, read_.found),
        users=read_.whole(row, "active_user_count"),
        disposition=_disposition(row, read_.found),
        reason=row.get("reasoning"),
        technologies=(*own, *(
            Technology(name, version, source="ServiceNow")
            for name, version in dict.fromkeys(stack) if not own or (name, version) != (title, "")
        )),
        services=tuple(dict.fromkeys(filter(None, (row.get("department", "business_unit"),)))),
        dependencies=tuple(
            Dependency(other, ", ".join(words)) for other, words in needs.items() if other != code
        ),
        tool_keys=tuple(ToolKey(Tool.SERVICENOW, key) for key in keys),
    )


def _criticality(row: Record, found: Findings) -> int | None:
    """Ours, 5 being the gravest, of theirs, "1 - most critical" being the gravest."""
    text = row.get("business_criticality")
    match = LEVEL.fullmatch(text)
    if match is None and text:
        found.remark(row.at("business_criticality"), "criticality-unknown", text,
                     "1 - most critical … 4 - not critical")
    return 6 - int(match[1]) if match else None


def _disposition(row: Record, found: Findings) -> Disposition | None:
    text = row.get("planned_disposition")
    known = DISPOSITIONS.get(text.casefold())
    if known is None and text:
        found.remark(row.at("planned_disposition"), "disposition-unknown", text,
                     "Invest, Sustain, Migrate, Retire")
    return known


class _Ends:
    """The applications by what a relation may call them: sys_id, number, name."""

    def __init__(self, kept: Mapping[str, Record], every: list[Record], found: Findings) -> None:
        self.found, self.kept = found, kept
        self.by_key: dict[str, str] = {}
        self.by_name: dict[str, list[str]] = {}
        for id_, row in kept.items():
            self.by_key |= {key: id_ for key in (row.get("sys_id"), row.get("number")) if key}
            self.by_name.setdefault(spaced(row.get("name")), []).append(id_)
        self.names = {spaced(row.get("name")) for row in every}

    def of(self, row: Record, field: str) -> str | None:
        """The application at that end; a name of several is remarked upon, and none of them."""
        shown = spaced(row.get(field))
        for key in (row.get(f"{field}_id"), shown):
            if key in self.by_key:
                return self.by_key[key]
        named = self.by_name.get(shown, [])
        if len(named) > 1:
            rows = listed(self.kept[id_].where.row for id_ in named)
            self.found.remark(row.at(field), "name-of-several", shown, rows)
        return named[0] if len(named) == 1 else None

    def are_listed(self, row: Record) -> bool:
        """Whether both ends are in the list: it is then said elsewhere why the relation is out."""
        return all(spaced(row.get(field)) in self.names for field in ENDS)


def _needs(
    relations: list[Record], ends: _Ends, found: Findings
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Application -> the applications it needs, each with the relations that say so."""
    needs: dict[str, dict[str, tuple[str, ...]]] = {id_: {} for id_ in ends.kept}
    aside: Counter[str] = Counter()
    for row in relations:
        word = spaced(row.get("type"))
        one, other = (ends.of(row, field) for field in ENDS)
        first = word.casefold().split("::")[0]
        if one is None or other is None or one == other:
            aside[word] += not ends.are_listed(row)
        elif first in NEEDS or first in NEEDED:
            who, what = (one, other) if first in NEEDS else (other, one)
            needs[who][what] = tuple(dict.fromkeys((*needs[who].get(what, ()), word)))
        else:
            aside[word] += 1
    aside += Counter()  # without those that count nothing
    if aside:
        found.note("relations-aside", count=aside.total(), kinds=listed(aside))
    return needs

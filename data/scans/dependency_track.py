"""Dependency-Track's findings: its export (FPF), and the list that its API gives."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from data.refused import Findings, Where
from data.scans import purls
from data.scans.severities import OF_WEAKNESSES, of_score
from data.scans.told import Told, nothing
from data.scans.values import (
    JsonObject,
    day,
    inside,
    items,
    key,
    line,
    link,
    number,
    objects,
)  # fmt: skip
from portfolio.finding import Component, Finding, Severity, Theme
from portfolio.scan import NOWHERE, Scan, Tool

ASIDE = {"NOT_AFFECTED", "FALSE_POSITIVE", "RESOLVED"}
SCORES = ("cvssV4Score", "cvssV4BaseScore", "cvssV3BaseScore", "cvssV2BaseScore")


@dataclass(slots=True)
class _Export:
    """An export as it is read; ``findings`` and ``components`` by project."""

    file: str
    document: JsonObject
    found: Findings = field(default_factory=Findings)
    tally: Counter[str] = field(default_factory=Counter)
    findings: dict[str, dict[str, Finding]] = field(default_factory=dict)
    components: dict[str, dict[str, Component]] = field(default_factory=dict)

    @property
    def project(self) -> str:
        """The project of an export; an answer of the API names it at each component."""
        project = inside(self.document.get("project"))
        return line(project.get("uuid")) or line(project.get("name"))


def recognises(document: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether it is an export of Dependency-Track, or a list of its findings."""
    if isinstance(document, list):
        first = inside(document[0]) if document else {}
        return {"component", "vulnerability"} <= set(first)
    if not isinstance(document, dict) or "findings" not in document:
        return False
    maker = line(inside(document.get("meta")).get("application"))
    first = inside(next(iter(items(document["findings"])), None))
    return maker == "Dependency-Track" or {"component", "vulnerability"} <= set(first)


def read(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """The findings, null being none; a finding twice there is counted once."""
    whole: JsonObject = document if isinstance(document, dict) else {"findings": document}
    export = _Export(name, whole)
    if export.project:
        export.findings[export.project], export.components[export.project] = {}, {}
    for place, one in enumerate(objects(export.found, name, "findings", whole.get("findings"))):
        _take(export, place, one)
    if export.found.refused:
        return nothing(export.found, Tool.DEPENDENCY_TRACK)
    return _told(export)


def _take(export: _Export, place: int, one: JsonObject) -> None:
    export.tally["findings"] += 1
    component = inside(one.get("component"))
    flaw = inside(one.get("vulnerability"))
    project = export.project or line(component.get("project"))
    project = project or line(one.get("matrix")).partition(":")[0]
    purl, bare = purls.read(component.get("purl"))
    name, own = line(component.get("name")), line(flaw.get("vulnId"))
    for value, path in ((name or bare, "component.name"), (own, "vulnerability.vulnId")):
        if not value:
            where = Where(export.file, column=f"findings[{place}].{path}")
            export.found.refuse(where, "missing-field")
            return
    written = line(component.get("version"))
    address = bare or f"{_full(component)}@{written}"
    export.components.setdefault(project, {}).setdefault(address, Component(
        NOWHERE, Tool.DEPENDENCY_TRACK, key(project, address), _full(component) or bare, written,
        project, purl, line(component.get("cpe")),
    ))  # fmt: skip
    finding = _finding(export, project, address, one)
    known = export.findings.setdefault(project, {})
    is_twice = known.setdefault(finding.key, finding) is not finding
    export.tally["twice"] += is_twice
    export.tally["set_aside"] += finding.is_set_aside and not is_twice


def _full(component: JsonObject) -> str:
    parts = (line(component.get(part)) for part in ("group", "name"))
    return "/".join(part for part in parts if part)


def _finding(export: _Export, project: str, address: str, one: JsonObject) -> Finding:
    component, flaw = inside(one.get("component")), inside(one.get("vulnerability"))
    analysis, attribution = inside(one.get("analysis")), inside(one.get("attribution"))
    own = line(flaw.get("vulnId"))
    said = line(flaw.get("title")) or line(flaw.get("description"))
    word, severity = _severity(flaw)
    state = line(analysis.get("state") or analysis.get("analysisState")).upper()
    is_aside = analysis.get("isSuppressed") is True or state in ASIDE
    return Finding(
        NOWHERE, Tool.DEPENDENCY_TRACK, key(project, address, line(flaw.get("source")), own),
        Theme.VULNERABILITY, line(f"{own}: {said}" if said else own), project, severity, word, own,
        line(f"{_full(component) or address} {line(component.get('version'))}"),
        url=link(attribution.get("referenceUrl")), is_set_aside=is_aside,
        first_seen=day(attribution.get("attributedOn")),
    )  # fmt: skip


def _severity(flaw: JsonObject) -> tuple[str, Severity]:
    """(the tool's word, the step); by the score when the word is UNASSIGNED."""
    word = line(flaw.get("severity")).upper()
    scores = (of_score(number(flaw.get(name))) for name in SCORES)
    known = OF_WEAKNESSES.get(word) or next((s for s in scores if s is not None), None)
    return word, known or Severity.MEDIUM


def _told(export: _Export) -> Told:
    project = inside(export.document.get("project"))
    title = f"{line(project.get('name'))} {line(project.get('version'))}".strip()
    on = day(inside(export.document.get("meta")).get("timestamp"))
    scans = tuple(
        Scan(Tool.DEPENDENCY_TRACK, own, title or own, bool(own), on, tuple(read.values()),
             tuple(export.components.get(own, {}).values()))
        for own, read in export.findings.items()
    )
    found = export.found
    if not export.tally["findings"]:
        found.note("no-findings")
    export.tally["components"] = sum(len(scan.components) for scan in scans)
    counts = {"findings": 0} | {name: n for name, n in export.tally.items() if n}
    return Told(Tool.DEPENDENCY_TRACK, scans, noted=tuple(found.noted), notes=tuple(found.notes),
                counts=counts)

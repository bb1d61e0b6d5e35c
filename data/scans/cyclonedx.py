"""CycloneDX bills of materials in JSON: components at any depth, services, vulnerabilities."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from data.refused import Findings, Where
from data.scans import cyclonedx_flaws, licences, purls
from data.scans.told import Told, nothing
from data.scans.values import JsonObject, day, inside, key, line, objects
from portfolio.finding import Component
from portfolio.scan import NOWHERE, Scan, Tool

KNOWN = {f"1.{minor}" for minor in range(2, 8)}
Listed = tuple[str, int, JsonObject]  # the path, the depth, the component or service


@dataclass(slots=True)
class _Bill:
    """A bill of materials as it is read; ``named`` gives each reference its component."""

    file: str
    document: JsonObject
    subject: str
    found: Findings = field(default_factory=Findings)
    tally: Counter[str] = field(default_factory=Counter)
    named: dict[str, Component] = field(default_factory=dict)
    components: dict[str, Component] = field(default_factory=dict)


def recognises(document: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether it says that it is a CycloneDX bill of materials."""
    if not isinstance(document, dict):
        return False
    is_named = line(document.get("bomFormat")).casefold() == Tool.CYCLONEDX
    return is_named or "cyclonedx" in line(document.get("$schema")).casefold()


def read(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """The components and services at any depth, counted once each, and the vulnerabilities."""
    subject, title = _subject(inside(inside(document.get("metadata")).get("component")))
    bill = _Bill(name, document, subject)
    _check_version(bill)
    for path, depth, one in _walk(bill):
        _take(bill, path, depth, one)
    findings = cyclonedx_flaws.read(
        bill.file, document, subject, bill.named, bill.found, bill.tally
    )
    if bill.found.refused:
        return nothing(bill.found, Tool.CYCLONEDX)
    has_components = any(n in document for n in ("components", "services"))
    scan = Scan(
        Tool.CYCLONEDX, subject, title, is_whole=has_components or bool(subject),
        taken_on=day(inside(document.get("metadata")).get("timestamp")), findings=findings,
        components=tuple(bill.components.values()),
        shows_findings=isinstance(document.get("vulnerabilities"), list),
        shows_components=has_components,
    )  # fmt: skip
    return _told(bill, scan)


def _subject(component: JsonObject) -> tuple[str, str]:
    """(what names the subject from one version to the next, its title)."""
    name = line(component.get("name"))
    if line(component.get("type")) == "container":
        path, mark, tag = name.rpartition(":")
        name = path if mark and "/" not in tag else name
    group, number = line(component.get("group")), line(component.get("version"))
    purl = purls.without_version(component.get("purl"))
    subject = purl or "/".join(part for part in (group, name) if part)
    return key(subject), " ".join(part for part in (line(component.get("name")), number) if part)


def _check_version(bill: _Bill) -> None:
    version = line(bill.document.get("specVersion"))
    if version not in KNOWN:
        where = Where(bill.file, column="specVersion")
        bill.found.remark(where, "spec-version-unknown", version, "1.2 – 1.7")


def _walk(bill: _Bill) -> Iterator[Listed]:
    """Every component and service, nested ones after the one that holds them."""
    whole = bill.document
    main = inside(inside(whole.get("metadata")).get("component"))
    waiting = [
        *_under(bill, "", 0, whole),
        *_under(bill, "metadata.component.", 1, {"components": main.get("components")}),
    ][::-1]
    while waiting:
        path, depth, one = waiting.pop()
        yield path, depth, one
        waiting.extend(reversed([*_under(bill, f"{path}.", depth + 1, one)]))


def _under(bill: _Bill, path: str, depth: int, holder: JsonObject) -> Iterator[Listed]:
    for kind in ("components", "services"):
        listed = objects(bill.found, bill.file, f"{path}{kind}", holder.get(kind))
        yield from ((f"{path}{kind}[{n}]", depth, one) for n, one in enumerate(listed))


def _take(bill: _Bill, path: str, depth: int, one: JsonObject) -> None:
    """Count a component, and keep it unless it is one that was already read."""
    is_service = path.rpartition(".")[2].startswith("services")
    bill.tally["services" if is_service else "components"] += 1
    bill.tally["nested"] += depth > 0
    reference = line(one.get("bom-ref"), 2000)
    component = _component(bill, path, one, is_service)
    if component is None:
        return
    kept = bill.components.setdefault(component.key, component)
    if kept is not component:
        bill.tally["twice"] += 1
    if reference and bill.named.setdefault(reference, kept) is not kept:
        bill.found.remark(Where(bill.file, column=f"{path}.bom-ref"), "reference-twice", reference)


def _component(bill: _Bill, path: str, one: JsonObject, is_service: bool) -> Component | None:
    purl, bare = purls.read(one.get("purl"))
    if one.get("purl") and not bare:
        where = Where(bill.file, column=f"{path}.purl")
        bill.found.remark(where, "purl-unreadable", one["purl"], "pkg:type/name@version")
    name, group = line(one.get("name")), line(one.get("group"))
    number = line(one.get("version"))
    kind = "service" if is_service else line(one.get("type"))
    if not (name or bare):
        bill.found.refuse(Where(bill.file, column=f"{path}.name"), "missing-field")
        return None
    full = "/".join(part for part in (group, name) if part)
    own = bare or f"{'service:' if is_service else ''}{full}@{number}"
    return Component(
        NOWHERE, Tool.CYCLONEDX, key(bill.subject, own), full or bare, number, bill.subject, purl,
        line(one.get("cpe")), kind, licences.told(one.get("licenses")),
    )  # fmt: skip


def _told(bill: _Bill, scan: Scan) -> Told:
    found = bill.found
    if scan.shows_components and not scan.components:
        found.note("no-components")
    if not scan.subject:
        found.note("no-subject")
    always: Iterable[str] = ("components",) if scan.shows_components else ("vulnerabilities",)
    counts = {name: 0 for name in always} | {k: n for k, n in bill.tally.items() if n}
    return Told(Tool.CYCLONEDX, (scan,), noted=tuple(found.noted), notes=tuple(found.notes),
                counts=counts)

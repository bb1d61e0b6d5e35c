"""SonarQube's issues and hotspots: one finding each, in a scan for each project."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from data.importers import messy_dates
from data.refused import Findings, Where
from data.scans import efforts
from data.scans.severities import WORDS, gravest
from data.scans.told import Told, nothing
from data.scans.values import JsonObject, count, day, inside, items, key, line, link, objects
from portfolio.finding import Finding, Severity, Theme
from portfolio.scan import NOWHERE, Scan, Tool

THEMES = {
    "CODE_SMELL": Theme.MAINTAINABILITY, "BUG": Theme.RELIABILITY,
    "VULNERABILITY": Theme.SECURITY, "SECURITY_HOTSPOT": Theme.SECURITY,
}  # fmt: skip
QUALITIES = {
    "MAINTAINABILITY": Theme.MAINTAINABILITY, "RELIABILITY": Theme.RELIABILITY,
    "SECURITY": Theme.SECURITY,
}  # fmt: skip
ASIDE = {"FALSE-POSITIVE", "FALSE_POSITIVE", "WONTFIX", "ACCEPTED", "SAFE", "IN_SANDBOX"}
GONE = {"FIXED", "REMOVED", "CLOSED"}
HOTSPOT_STATES = {"TO_REVIEW", "IN_REVIEW", "REVIEWED"}
HOTSPOTS = "#hotspots"  # a project's hotspots are searched apart: neither search closes the other's


@dataclass(slots=True)
class _Search:
    """One search as it is read: what holds for all of its issues, and what is counted."""

    file: str
    document: JsonObject
    kind: str
    found: Findings = field(default_factory=Findings)
    tally: Counter[str] = field(default_factory=Counter)
    titles: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    @property
    def project(self) -> str:
        """The project of a report, whose issues do not name it."""
        return line(self.document.get("sonarComponent"))


def total(document: JsonObject) -> int | None:
    """How many issues the search found, of which a page shows some; None = it does not say."""
    paging = inside(document.get("paging"))
    return count(paging.get("total", document.get("total")))


def kind_of(document: JsonObject) -> str:
    """The name of the list in which a search gives what it found."""
    return "hotspots" if "hotspots" in document else "issues"


def project_of(document: JsonObject, issue: JsonObject) -> str:
    """The project of an issue: the one it names, that of the whole report, or its component's."""
    named = line(inside(issue.get("project")).get("key") or issue.get("project"))
    report = line(document.get("sonarComponent"))
    return named or report or line(issue.get("component")).partition(":")[0]


def read(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """The findings of a page of api/issues/search or api/hotspots/search, or of a list of issues.

    Issues that are fixed or closed are counted, and not brought.
    """
    whole: JsonObject = document if isinstance(document, dict) else {"issues": document}
    search = _Search(name, whole, kind_of(whole))
    issues = objects(search.found, name, search.kind, whole.get(search.kind))
    _learn(search)
    by_project: dict[str, list[Finding]] = {}
    for place, issue in enumerate(issues):
        project, finding = _finding(search, place, issue)
        own = by_project.setdefault(project, [])
        if finding is not None:
            own.append(finding)
    if search.found.refused:
        return nothing(search.found, Tool.SONARQUBE)
    return _told(search, by_project, len(issues))


def _learn(search: _Search) -> None:
    """The names and paths of the components that a search lists beside its issues."""
    for component in items(search.document.get("components")):
        component = inside(component)
        own = line(component.get("key"))
        search.places[own] = line(component.get("path") or component.get("longName"))
        if line(component.get("qualifier")) in ("TRK", ""):
            search.titles[own] = line(component.get("name"))


def _finding(search: _Search, place: int, issue: JsonObject) -> tuple[str, Finding | None]:
    """(the project, the finding); no finding when it is fixed, closed, twice there or refused."""
    own = line(issue.get("key"), 1000)
    project = project_of(search.document, issue)
    if not own:
        where = Where(search.file, column=f"{search.kind}[{place}].key")
        search.found.refuse(where, "missing-field")
        return project, None
    states = {line(issue.get(n)) for n in ("status", "resolution", "issueStatus")}
    is_twice = own in search.seen
    search.seen.add(own)
    if is_twice or states & GONE:
        search.tally["twice" if is_twice else "closed"] += 1
        return project, None
    is_aside = bool(states & ASIDE)
    search.tally["set_aside"] += is_aside
    word, severity = _severity(issue)
    rule = line(issue.get("rule") or issue.get("ruleKey"))
    return project, Finding(
        NOWHERE, Tool.SONARQUBE, key(own), _theme(search, issue, states),
        line(issue.get("message")) or rule or own, _scope(search, project), severity, word, rule,
        _place(search, project, issue), _minutes(search, place, issue), is_set_aside=is_aside,
        first_seen=day(issue.get("creationDate")),
    )  # fmt: skip


def _scope(search: _Search, project: str) -> str:
    return project + HOTSPOTS if search.kind == "hotspots" and project else project


def _severity(issue: JsonObject) -> tuple[str, Severity]:
    """(the tool's word, the step); the gravest impact where there is no severity."""
    word = line(issue.get("severity") or issue.get("vulnerabilityProbability")).upper()
    if word in WORDS:
        return word, WORDS[word]
    impacts = [line(inside(i).get("severity")).upper() for i in items(issue.get("impacts"))]
    step = gravest(WORDS.get(impact) for impact in impacts)
    told = next((impact for impact in impacts if WORDS.get(impact) == step), word)
    return told, step or Severity.MEDIUM


def _theme(search: _Search, issue: JsonObject, states: set[str]) -> Theme:
    theme = THEMES.get(line(issue.get("type")).upper())
    if theme is not None:
        return theme
    impacts = [inside(impact) for impact in items(issue.get("impacts"))]
    step = gravest(WORDS.get(line(i.get("severity")).upper()) for i in impacts)
    for impact in impacts:
        quality = QUALITIES.get(line(impact.get("softwareQuality")).upper())
        if quality is not None and WORDS.get(line(impact.get("severity")).upper()) == step:
            return quality
    is_security = search.kind == "hotspots" or states & HOTSPOT_STATES or search.project
    return Theme.SECURITY if is_security else Theme.MAINTAINABILITY


def _place(search: _Search, project: str, issue: JsonObject) -> str:
    component = line(issue.get("component"))
    path = search.places.get(component) or component.removeprefix(f"{project}:")
    at = count(issue.get("line") or inside(issue.get("textRange")).get("startLine"))
    return f"{path}:{at}" if at else path


def _minutes(search: _Search, place: int, issue: JsonObject) -> int | None:
    written = issue.get("effort", issue.get("debt"))
    if written is None:
        return None
    read = efforts.minutes(written)
    if read is None:
        where = Where(search.file, column=f"{search.kind}[{place}].effort")
        search.found.remark(where, "effort-unreadable", written, "5d 3h 20min")
    return read


def _told(search: _Search, by_project: dict[str, list[Finding]], shown: int) -> Told:
    whole = _is_whole(search, len(search.seen))
    on = _taken_on(search.document)
    scans = tuple(_scan(search, p, f, whole, on) for p, f in sorted(by_project.items()))
    if not shown:
        search.found.note("sonar-no-issues")
        scans = (_scan(search, search.project, [], whole, on),)
    minutes = sum(f.minutes or 0 for s in scans for f in s.findings)
    counts = {search.kind: shown, "projects": len(by_project), **search.tally, "minutes": minutes}
    found = search.found
    return Told(Tool.SONARQUBE, scans, noted=tuple(found.noted), notes=tuple(found.notes),
                counts={name: n for name, n in counts.items() if n or name == search.kind})


def _scan(
    search: _Search, project: str, findings: list[Finding], whole: bool, on: date | None
) -> Scan:
    base = link(search.document.get("sonarBaseURL"))
    told = search.titles.get(project) or line(search.document.get("projectName")) or project
    if base:
        findings = [*_with_links(base, findings)]
    return Scan(
        Tool.SONARQUBE, _scope(search, project), told, whole and bool(project), on,
        tuple(findings), shows_components=False,
    )  # fmt: skip


def _with_links(base: str, findings: list[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield replace(finding, url=f"{base.rstrip('/')}/project/issues?open={finding.key}")


def _is_whole(search: _Search, shown: int) -> bool:
    """Whether all issues of the search are shown: its total says so. It is said when they are not.

    A report of the tool sonar-report may hold vulnerabilities only: it never is.
    """
    all_of_them = total(search.document)
    if search.project or all_of_them is None:
        search.found.note("sonar-total-not-given", shown=shown)
        return False
    if all_of_them > shown:
        search.found.note("sonar-one-page", shown=shown, total=all_of_them)
    return all_of_them <= shown


def _taken_on(document: JsonObject) -> date | None:
    """The day of a report: "Thursday, Jan 18, 2024"."""
    written = line(document.get("date"), 60)
    return messy_dates.completion(written.partition(",")[2]) if "," in written else day(written)

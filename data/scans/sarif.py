"""SARIF 2.1.0: the results of analysers, suppressions honoured; a scan for each tool."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.refused import Findings, Where
from data.scans import sarif_rules
from data.scans.sarif_rules import Rules
from data.scans.told import Told, nothing
from data.scans.values import (
    JsonObject,
    count,
    day,
    digest,
    inside,
    items,
    key,
    line,
    link,
    objects,
)
from portfolio.finding import Finding
from portfolio.scan import NOWHERE, Scan, Tool

READ = "2.1.0"
NOT_FOUND = ("pass", "notApplicable", "informational", "open")
REFUSED = ("underReview", "rejected")  # a suppression that was asked for, and not granted
UNSTEADY = ("filehash", "column")  # of a fingerprint that changes with the rest of the file


@dataclass(slots=True)
class _Subject:
    """What one tool found, in one or several runs of the file."""

    title: str
    is_whole: bool = True
    taken_on: date | None = None
    findings: dict[str, Finding] = field(default_factory=dict)


@dataclass(slots=True)
class _Log:
    """A file as it is read."""

    file: str
    found: Findings = field(default_factory=Findings)
    tally: Counter[str] = field(default_factory=Counter)
    subjects: dict[str, _Subject] = field(default_factory=dict)


def recognises(document: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether it is a SARIF log, of any version."""
    if not isinstance(document, dict) or "runs" not in document:
        return False
    return "sarif" in line(document.get("$schema")).lower() or "version" in document


def read(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """The findings of its runs; results that are no problem, or no longer there, are counted."""
    log = _Log(name)
    version = line(document.get("version"))
    if version != READ and not version.startswith("2.1.0-"):
        log.found.refuse(Where(name, column="version"), "sarif-version", version, READ)
        return nothing(log.found, Tool.SARIF)
    for place, run in enumerate(objects(log.found, name, "runs", document.get("runs"))):
        _run(log, f"runs[{place}]", run)
    if log.found.refused:
        return nothing(log.found, Tool.SARIF)
    return _told(log)


def _run(log: _Log, path: str, run: JsonObject) -> None:
    rules = Rules(run)
    tool = line(rules.driver.get("name"))
    if not tool:
        log.found.refuse(Where(log.file, column=f"{path}.tool.driver.name"), "missing-field")
        return
    scope = _scope(tool, run)
    subject = log.subjects.setdefault(scope, _Subject(scope))
    log.tally["runs"] += 1
    results = objects(log.found, log.file, f"{path}.results", run.get("results"))
    twins = Counter[str]()
    for result in results:
        _take(log, subject, twins, rules, run, result)
    if not _is_whole(log, tool, run):
        subject.is_whole = False
    days = [on for i in items(run.get("invocations")) if (on := _ended(inside(i)))]
    subject.taken_on = max([*days, *filter(None, [subject.taken_on])], default=None)


def _scope(tool: str, run: JsonObject) -> str:
    """The tool and the category of the run, without what names this run alone.

    An id "backend/2026-04-30" is of the category "backend"; one without "/" names only the run.
    """
    own = line(inside(run.get("automationDetails")).get("id"))
    category = own.rpartition("/")[0].strip("/")
    if not category or category == tool:
        return key(tool)
    return key(category if category.startswith(f"{tool}/") else f"{tool}/{category}")


def _is_whole(log: _Log, tool: str, run: JsonObject) -> bool:
    """Whether the run tells of all that its tool finds; it is said when it does not."""
    if not isinstance(run.get("results"), list):
        log.found.note("sarif-no-results", tool=tool)
        return False
    if "results" in inside(run.get("externalPropertyFileReferences")):
        log.found.note("sarif-results-elsewhere", tool=tool)
        return False
    runs = [inside(invocation) for invocation in items(run.get("invocations"))]
    if any(invocation.get("executionSuccessful") is False for invocation in runs):
        log.found.note("sarif-run-failed", tool=tool)
        return False
    return True


def _ended(invocation: JsonObject) -> date | None:
    return day(invocation.get("endTimeUtc") or invocation.get("startTimeUtc"))


def _take(
    log: _Log, subject: _Subject, twins: Counter[str], rules: Rules, run: JsonObject,
    result: JsonObject,
) -> None:  # fmt: skip
    log.tally["results"] += 1
    if line(result.get("baselineState")) == "absent":
        log.tally["closed"] += 1
    elif line(result.get("kind")) in NOT_FOUND:
        log.tally["not_counted"] += 1
    else:
        finding = _finding(subject.title, twins, rules, run, result)
        is_twice = subject.findings.setdefault(finding.key, finding) is not finding
        log.tally["twice"] += is_twice
        log.tally["set_aside"] += finding.is_set_aside and not is_twice


def _finding(
    scope: str, twins: Counter[str], rules: Rules, run: JsonObject, result: JsonObject
) -> Finding:
    """The finding; the second of those that nothing but their line tells apart is ``…:2``."""
    rule, name = rules.of(result), rules.name_of(result)
    said = rules.message(result, rule)
    title = said or line(inside(rule.get("shortDescription")).get("text")) or name or scope
    uri, place = _place(run, result)
    own = _key(scope, name, uri, said, result)
    twins[own] += 1
    word, severity = sarif_rules.severity(rules.level(result, rule), result, rule)
    return Finding(
        NOWHERE, Tool.SARIF, own if twins[own] == 1 else f"{own}:{twins[own]}",
        sarif_rules.theme(line(rules.driver.get("name")), name, rule), title, scope, severity,
        word, name, place, url=link(rule.get("helpUri")), is_set_aside=_is_suppressed(result),
        first_seen=_first_seen(result),
    )  # fmt: skip


def _key(scope: str, rule: str, uri: str, said: str, result: JsonObject) -> str:
    """What names the result from one run to the next; its line does not, for lines move.

    The maker's own identity first, then its fingerprints, then the rule, file, text and snippet.
    """
    steady = line(result.get("correlationGuid"))
    for name in () if steady else ("fingerprints", "partialFingerprints"):
        prints = {line(k): line(v) for k, v in inside(result.get(name)).items()}
        kept = {k: v for k, v in prints.items() if not any(u in k.lower() for u in UNSTEADY)}
        steady = "|".join(f"{k}={v}" for k, v in sorted((kept or prints).items()))
        if steady:
            steady = steady if name == "fingerprints" else f"{uri}|{steady}"
            break
    if not steady:
        snippet = line(inside(_region(result).get("snippet")).get("text"), 2000)
        logical = line(inside(next(iter(_logical(result)), None)).get("fullyQualifiedName"))
        steady = "|".join((uri, said, snippet, logical))
    return digest(f"{scope}|{rule}|{steady}", line(rule, 60))


def _first(result: JsonObject) -> JsonObject:
    return inside(next(iter(items(result.get("locations"))), None))


def _region(result: JsonObject) -> JsonObject:
    return inside(inside(_first(result).get("physicalLocation")).get("region"))


def _logical(result: JsonObject) -> list[Any]:
    return items(_first(result).get("logicalLocations"))


def _place(run: JsonObject, result: JsonObject) -> tuple[str, str]:
    """(the file, the file and line); the name of the code's part where there is no file."""
    artifact = inside(inside(_first(result).get("physicalLocation")).get("artifactLocation"))
    uri = line(artifact.get("uri"))
    at = count(artifact.get("index"))
    artifacts = items(run.get("artifacts"))
    if not uri and at is not None and at < len(artifacts):
        uri = line(inside(inside(artifacts[at]).get("location")).get("uri"))
    if not uri:
        part = inside(next(iter(_logical(result)), None))
        uri = line(part.get("fullyQualifiedName") or part.get("name"))
    start = count(_region(result).get("startLine"))
    return uri, f"{uri}:{start}" if uri and start else uri


def _is_suppressed(result: JsonObject) -> bool:
    """Whether there are suppressions, and none of them is still to be granted, or was refused."""
    states = [line(inside(s).get("status")) for s in items(result.get("suppressions"))]
    return bool(states) and not any(state in REFUSED for state in states)


def _first_seen(result: JsonObject) -> date | None:
    return day(inside(result.get("provenance")).get("firstDetectionTimeUtc"))


def _scans(log: _Log) -> Iterator[Scan]:
    for scope, subject in log.subjects.items():
        yield Scan(
            Tool.SARIF, scope, subject.title, subject.is_whole, subject.taken_on,
            tuple(subject.findings.values()), shows_components=False,
        )  # fmt: skip


def _told(log: _Log) -> Told:
    found = log.found
    if not log.tally["runs"]:
        found.note("sarif-no-runs")
    counts = {"runs": 0, "results": 0} | {name: n for name, n in log.tally.items() if n}
    return Told(Tool.SARIF, tuple(_scans(log)), noted=tuple(found.noted),
                notes=tuple(found.notes), counts=counts)

"""The vulnerabilities of a CycloneDX bill of materials, and what was decided of them (VEX)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.refused import Findings, Where
from data.scans.severities import OF_WEAKNESSES, gravest, of_score
from data.scans.values import JsonObject, day, inside, items, key, line, link, number, objects
from portfolio.finding import Component, Finding, Severity, Theme
from portfolio.scan import NOWHERE, Tool

ASIDE = {"not_affected", "false_positive", "resolved", "resolved_with_pedigree"}


@dataclass(frozen=True, slots=True)
class _Flaw:
    """What is said of a vulnerability, whatever it affects."""

    own: str
    title: str
    word: str
    severity: Severity
    url: str
    is_aside: bool
    rated: JsonObject


def read(
    file: str, document: JsonObject, subject: str, named: Mapping[str, Component],
    found: Findings, tally: Counter[str],
) -> tuple[Finding, ...]:  # fmt: skip
    """A finding for each component that a vulnerability affects; one alone when none is named."""
    read: dict[str, Finding] = {}
    flaws = objects(found, file, "vulnerabilities", document.get("vulnerabilities"))
    for place, one in enumerate(flaws):
        tally["vulnerabilities"] += 1
        flaw = _flaw(one)
        if not flaw.own:
            found.refuse(Where(file, column=f"vulnerabilities[{place}].id"), "missing-field")
            continue
        for address, where in _affected(one, named, tally):
            finding = _finding(flaw, subject, address, where)
            is_twice = read.setdefault(finding.key, finding) is not finding
            tally["twice"] += is_twice
            tally["set_aside"] += finding.is_set_aside and not is_twice
    return tuple(read.values())


def _flaw(one: JsonObject) -> _Flaw:
    own = line(one.get("id")) or line(one.get("bom-ref"))
    word, severity = _severity(one)
    source = inside(one.get("source"))
    said = line(one.get("description")) or line(one.get("detail"))
    state = line(inside(one.get("analysis")).get("state")).lower()
    return _Flaw(own, line(f"{own}: {said}" if said else own), word, severity,
                 link(source.get("url")), state in ASIDE, one)


def _severity(one: JsonObject) -> tuple[str, Severity]:
    """(the word, the step) of the gravest rating; a score counts where there is no word."""
    ratings = [inside(rating) for rating in items(one.get("ratings"))]
    steps = [_step(rating) for rating in ratings]
    step = gravest(steps)
    words = (line(r.get("severity")) or line(r.get("score")) for r, s in zip(ratings, steps,
             strict=True) if s == step)
    return next((word for word in words if word), ""), step or Severity.MEDIUM


def _step(rating: JsonObject) -> Severity | None:
    word = OF_WEAKNESSES.get(line(rating.get("severity")).upper())
    return word if word is not None else of_score(number(rating.get("score")))


def _affected(
    one: JsonObject, named: Mapping[str, Component], tally: Counter[str]
) -> Iterator[tuple[str, str]]:
    """(what names the component from one run to the next, where it is told); those affected."""
    every = [inside(affect) for affect in items(one.get("affects"))]
    if not every:
        yield "", ""
    for affect in every:
        reference = line(affect.get("ref"), 2000)
        local = reference.partition("#")[2] if reference.startswith("urn:cdx:") else reference
        component = named.get(reference) or named.get(local)
        if _is_unaffected(affect):
            tally["not_counted"] += 1
        elif component is None:
            tally["elsewhere"] += 1
            yield local, line(local)
        else:
            yield component.key, line(f"{component.name} {component.number}")


def _is_unaffected(affect: JsonObject) -> bool:
    """Whether every version that is told of is said not to be affected."""
    versions = [inside(version) for version in items(affect.get("versions"))]
    return bool(versions) and all(line(v.get("status")) == "unaffected" for v in versions)


def _finding(flaw: _Flaw, subject: str, address: str, where: str) -> Finding:
    scope = "" if address.startswith(subject) else subject
    return Finding(
        NOWHERE, Tool.CYCLONEDX, key(scope, address, flaw.own), Theme.VULNERABILITY, flaw.title,
        subject, flaw.severity, flaw.word, flaw.own, where, url=flaw.url,
        is_set_aside=flaw.is_aside, first_seen=day(flaw.rated.get("created")),
    )  # fmt: skip

"""What the runs of tools make of the findings, components and figures of their systems."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from data.lifecycles import Catalogue
from data.store import Reading as Reads
from portfolio import merging
from portfolio.finding import Component, Finding, Reading
from portfolio.merging import Key, Run
from portfolio.scan import Scan
from services.hub_place import Placed
from services.lifecycle_dates import recognised

LOOKED = "releve"  # the figure that every run leaves: how much it showed, and that it looked


@dataclass(slots=True)
class Seen:
    """What the register has of the systems that are looked at.

    shown   the keys of what the runs showed, by kind
    older   runs that were left aside, each with the day of the last one known
    """

    findings: dict[Key, Finding] = field(default_factory=dict)
    components: dict[Key, Component] = field(default_factory=dict)
    readings: dict[Key, Reading] = field(default_factory=dict)
    shown_findings: set[Key] = field(default_factory=set)
    shown_components: set[Key] = field(default_factory=set)
    shown_readings: set[Key] = field(default_factory=set)
    older: list[tuple[Placed, date]] = field(default_factory=list)

    def copied(self) -> "Seen":
        """The same, to be changed."""
        return Seen(dict(self.findings), dict(self.components), dict(self.readings))


def held(work: Reads, cycle: str, systems: Iterable[str]) -> Seen:
    """What the register has of these systems."""
    seen = Seen()
    for code in systems:
        for finding in work.every(Finding, cycle, code):
            seen.findings[merging.seen_key(finding)] = finding
        for component in work.every(Component, cycle, code):
            seen.components[merging.seen_key(component)] = component
        for reading in work.every(Reading, cycle, code):
            seen.readings[merging.reading_key(reading)] = reading
    return seen


def run(seen: Seen, placed: Iterable[Placed], catalogue: Catalogue) -> None:
    """Let the tools look, in the order of the days on which they did.

    A run older than the last one known of its scope changes nothing but figures of its own day.
    """
    for one in sorted(_together(placed), key=lambda one: one.day):
        _measure(seen, one, _figures(one))
        if not (one.scan.shows_findings or one.scan.shows_components):
            continue
        last = _last(seen, one)
        if last is not None and last > one.day:
            seen.older.append((one, last))
        else:
            _look(seen, one, catalogue)


def _figures(one: Placed) -> Iterator[Reading]:
    """The figures of the scan; those that it does not date are of the day of the scan."""
    yield from one.scan.readings
    dated = {reading.metric for reading in one.scan.readings}
    for metric, number in one.scan.facts.items():
        if metric not in dated:
            yield Reading(one.system, one.scan.tool, metric, one.day, number)


def _together(placed: Iterable[Placed]) -> Iterable[Placed]:
    """Scans of one tool, system, scope and day are one look: none closes what another shows."""
    whole: dict[tuple[object, ...], Placed] = {}
    for one in placed:
        key = (one.scan.tool, one.system, one.scan.subject, one.day)
        other = whole.get(key)
        whole[key] = one if other is None else replace(one, scan=_added(other.scan, one.scan))
    return whole.values()


def _added(one: Scan, other: Scan) -> Scan:
    return replace(
        one,
        is_whole=one.is_whole and other.is_whole,
        findings=one.findings + other.findings,
        components=one.components + other.components,
        readings=one.readings + other.readings,
        facts={**one.facts, **other.facts},
        shows_findings=one.shows_findings or other.shows_findings,
        shows_components=one.shows_components or other.shows_components,
    )


def _look(seen: Seen, one: Placed, catalogue: Catalogue) -> None:
    scan, day = one.scan, one.day
    found = Run(one.system, scan.tool, scan.subject, day, scan.is_whole and scan.shows_findings)
    seen.shown_findings |= merging.met(seen.findings, found, scan.findings, merging.meet_finding)
    listed = replace(found, closes=scan.is_whole and scan.shows_components)
    components = (recognised(catalogue, component) for component in scan.components)
    seen.shown_components |= merging.met(
        seen.components, listed, components, merging.meet_component
    )
    shown = len(scan.findings) + len(scan.components)
    _measure(seen, one, [Reading(one.system, scan.tool, LOOKED, day, shown)])


def _measure(seen: Seen, one: Placed, readings: Iterable[Reading]) -> None:
    """Put the figures of the scan's own project, in its system, into what is seen."""
    scope = _scope(one.scan)
    own = (replace(reading, system=one.system, scope=scope) for reading in readings)
    seen.shown_readings |= merging.measured(seen.readings, own)


def _scope(scan: Scan) -> str:
    return merging.fitted(scan.subject)


def _last(seen: Seen, one: Placed) -> date | None:
    """The day of the last run of that scope."""
    of = (one.system, one.scan.tool, _scope(one.scan), LOOKED)
    every = seen.readings.values()
    days = (r.on for r in every if (r.system, r.source, r.scope, r.metric) == of)
    return max(days, default=None)

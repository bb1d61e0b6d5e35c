"""SonarQube's measures: figures of a project, and their history."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from data.importers import messy_dates
from data.refused import Findings, Where, listed
from data.scans.told import Told, nothing
from data.scans.values import JsonObject, count, day, inside, items, line, number, objects
from portfolio.finding import Reading
from portfolio.scan import NOWHERE, Scan, Tool

IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d|\d\d-\d\d-\d{4})(?!\d)", re.ASCII)
DEFINED = ("metrics", "rules", "components", "analyses")
Said = dict[str, float]


def of_component(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """The figures of api/measures/component, or of the project of api/measures/component_tree."""
    found, tally = Findings(), Counter[str]()
    is_tree = "baseComponent" in document
    base = inside(document.get("baseComponent" if is_tree else "component"))
    path = f"{'baseComponent' if is_tree else 'component'}.measures"
    facts = _figures(objects(found, name, path, base.get("measures")), tally)
    if is_tree:
        _count_files(name, document, found, tally)
    if found.refused:
        return nothing(found, Tool.SONARQUBE)
    on = _taken_on(name, base, found)
    scan = _scan(line(base.get("key")), line(base.get("name")), facts, on)
    return _told(found, (scan,), tally)


def of_components(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """The figures of the projects of api/measures/search."""
    found, tally = Findings(), Counter[str]()
    by_project: dict[str, list[JsonObject]] = {}
    for measure in objects(found, name, "measures", document.get("measures")):
        by_project.setdefault(line(measure.get("component")), []).append(measure)
    if found.refused:
        return nothing(found, Tool.SONARQUBE)
    on = _taken_on(name, {}, found)
    scans = tuple(_scan(p, p, _figures(m, tally), on) for p, m in sorted(by_project.items()))
    return _told(found, scans, tally)


def of_history(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """The figures over time of api/measures/search_history, which does not name its project."""
    found, tally = Findings(), Counter[str]()
    read: dict[tuple[str, date], float] = {}
    for place, measure in enumerate(objects(found, name, "measures", document.get("measures"))):
        metric = line(measure.get("metric"))
        tally["metrics"] += 1
        for at, moment in enumerate(
            objects(found, name, f"measures[{place}].history", measure.get("history"))
        ):
            on, figure = day(moment.get("date")), number(moment.get("value"))
            if on is None:
                where = Where(name, column=f"measures[{place}].history[{at}].date")
                found.refuse(where, "not-a-date", moment.get("date"), "2026-04-30T12:00:00+0000")
            elif figure is None or not metric:
                tally["without_value"] += 1
            else:
                read[metric, on] = figure
    if found.refused:
        return nothing(found, Tool.SONARQUBE)
    _say_page(document, found)
    return _told(found, (_history(read),), tally)


def _history(read: dict[tuple[str, date], float]) -> Scan:
    """The last figure of each day, for a day may have several analyses."""
    readings = (Reading(NOWHERE, Tool.SONARQUBE, m, on, f) for (m, on), f in read.items())
    last = max((on for _, on in read), default=None)
    facts = {metric: figure for (metric, on), figure in read.items() if on == last}
    return Scan(Tool.SONARQUBE, is_whole=False, taken_on=last, facts=facts, shows_findings=False,
                shows_components=False, readings=tuple(sorted(readings, key=_when)))


def _when(reading: Reading) -> tuple[str, date]:
    return reading.metric, reading.on


def _scan(project: str, title: str, facts: Said, on: date | None) -> Scan:
    readings = (Reading(NOWHERE, Tool.SONARQUBE, m, on, f) for m, f in facts.items() if on)
    return Scan(Tool.SONARQUBE, project, title or project, is_whole=False, taken_on=on, facts=facts,
                shows_findings=False, shows_components=False, readings=tuple(readings))


def _figures(measures: Iterable[JsonObject], tally: Counter[str]) -> Said:
    """The figures by metric; a measure without a figure (a word, nothing) is only counted."""
    figures: Said = {}
    for measure in measures:
        metric, written = line(measure.get("metric")), _value(measure)
        figure = number(written)
        tally["metrics"] += 1
        if metric and figure is not None:
            figures[metric] = figure
        else:
            tally["without_value" if written is None else "words"] += 1
    return figures


def _value(measure: JsonObject) -> object:
    """Its value; of a measure of the new code, that of the period."""
    if measure.get("value") is not None:
        return measure["value"]
    periods = [measure.get("period"), *items(measure.get("periods"))]
    return next((v for p in periods if (v := inside(p).get("value")) is not None), None)


def _count_files(file: str, document: JsonObject, found: Findings, tally: Counter[str]) -> None:
    listed = objects(found, file, "components", document.get("components"))
    tally["files"] = len(listed)
    all_of_them = count(inside(document.get("paging")).get("total"))
    if all_of_them is not None and all_of_them > len(listed):
        found.note("sonar-one-page", shown=len(listed), total=all_of_them)


def _say_page(document: JsonObject, found: Findings) -> None:
    """A page of a history shows the oldest analyses first."""
    paging = inside(document.get("paging"))
    size, analyses = count(paging.get("pageSize")), count(paging.get("total"))
    if size is not None and analyses is not None and analyses > size:
        found.note("sonar-one-page", shown=size, total=analyses)


def _taken_on(name: str, base: JsonObject, found: Findings) -> date | None:
    """The day of the analysis, or that of the file's name: the measures do not say theirs."""
    told = day(base.get("lastAnalysisDate") or base.get("analysisDate"))
    if told is not None:
        return told
    for written in IN_NAME.findall(name):
        if named := messy_dates.completion(written):
            found.note("day-in-name", day=named.isoformat())
            return named
    found.note("sonar-day-unknown")
    return None


def _told(found: Findings, scans: tuple[Scan, ...], tally: Counter[str]) -> Told:
    counts = {**tally, "readings": sum(len(s.readings) for s in scans),
              "figures": sum(len(s.facts) for s in scans)}
    return Told(Tool.SONARQUBE, scans, noted=tuple(found.noted), notes=tuple(found.notes),
                counts={name: n for name, n in counts.items() if n or name == "metrics"})


def nothing_to_bring(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """An answer of SonarQube that says nothing of any debt: definitions, a list of projects."""
    found = Findings()
    found.note("sonar-nothing", keys=listed((line(key, 40) for key in document), 10))
    sized = {k: len(v) for k, v in document.items() if k in DEFINED and isinstance(v, list)}
    return Told(Tool.SONARQUBE, notes=tuple(found.notes), counts=sized)


def error(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """An answer in which SonarQube says why it gives nothing."""
    found = Findings()
    said = [line(inside(e).get("msg")) for e in items(document.get("errors"))]
    found.refuse(Where(name), "tool-refused", listed(said))
    return nothing(found, Tool.SONARQUBE)

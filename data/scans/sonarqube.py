"""SonarQube's web API: which of its answers a file holds, and who reads it."""

from collections.abc import Callable
from typing import Any

from data.scans import sonarqube_issues, sonarqube_measures
from data.scans.told import Told
from data.scans.values import JsonObject, inside, items

Reads = Callable[[str, Any], Told]  # Any: a JSON value of any kind


def recognises(document: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether it is an answer of SonarQube's (or SonarCloud's) web API, or a list of its issues."""
    return _reader(document) is not None


def read(name: str, document: Any) -> Told:  # noqa: ANN401 - any JSON value
    """What the answer says; it must be one of SonarQube's."""
    reader = _reader(document)
    assert reader is not None
    return reader(name, document)


def _reader(document: Any) -> Reads | None:  # noqa: ANN401 - any JSON value
    if isinstance(document, list):
        return sonarqube_issues.read if _has_issues(document) else None
    if not isinstance(document, dict):
        return None
    return next((reads for is_one, reads in SHAPES if is_one(document)), None)


def has_issues(document: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether it is an answer to a search of issues or hotspots."""
    return _reader(document) is sonarqube_issues.read


def _is_search(document: JsonObject) -> bool:
    """Other tools have "issues" too (Jira's have startAt): those of Sonar name a rule."""
    issues = document.get("issues", document.get("hotspots"))
    if issues:
        return _has_issues(items(issues))
    is_paged = "paging" in document or "effortTotal" in document or {"p", "ps"} <= set(document)
    return ("issues" in document or "hotspots" in document) and is_paged


def _has_issues(issues: list[Any]) -> bool:
    first: JsonObject = inside(issues[0]) if issues else {}
    is_issue = "rule" in first and ("component" in first or "project" in first)
    return is_issue or ("vulnerabilityProbability" in first and "component" in first)


def _is_tree(document: JsonObject) -> bool:
    return "baseComponent" in document


def _is_component(document: JsonObject) -> bool:
    return "measures" in inside(document.get("component"))


def _is_history(document: JsonObject) -> bool:
    measures = items(document.get("measures"))
    return bool(measures) and "history" in inside(measures[0])


def _is_measures(document: JsonObject) -> bool:
    measures = document.get("measures")
    if not measures:
        return isinstance(measures, list) and "paging" in document
    first = inside(items(measures)[0]) if items(measures) else {}
    return "metric" in first and "component" in first


def _says_nothing(document: JsonObject) -> bool:
    """Definitions, projects, analyses, quality gates: true answers, in which there is no debt."""
    if "conditions" in inside(document.get("projectStatus")):
        return True
    if {"key", "qualifier"} <= set(inside(document.get("component")) or document):
        return True
    return any(signs <= set(_first(document, name)) for name, signs in DEFINITIONS.items())


def _is_error(document: JsonObject) -> bool:
    return set(document) == {"errors"} and "msg" in _first(document, "errors")


def _first(document: JsonObject, name: str) -> JsonObject:
    return next(iter(inside(item) for item in items(document.get(name))), {})


DEFINITIONS = {
    "metrics": {"key", "type", "domain"},
    "components": {"key", "qualifier"},
    "rules": {"key", "langName"},
    "analyses": {"key", "date"},
}
SHAPES: tuple[tuple[Callable[[JsonObject], bool], Reads], ...] = (
    (_is_search, sonarqube_issues.read),
    (_is_tree, sonarqube_measures.of_component),
    (_is_component, sonarqube_measures.of_component),
    (_is_history, sonarqube_measures.of_history),
    (_is_measures, sonarqube_measures.of_components),
    (_says_nothing, sonarqube_measures.nothing_to_bring),
    (_is_error, sonarqube_measures.error),
)

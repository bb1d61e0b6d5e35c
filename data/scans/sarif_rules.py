"""The rules of a SARIF run: which rule a result breaks, how grave it is, what it is about."""

import re
from collections.abc import Iterator
from typing import Any

from data.scans.severities import LEVELS, of_score
from data.scans.values import JsonObject, inside, items, line, number
from portfolio.finding import Severity, Theme

KNOWN_FLAW = re.compile(r"\b(CVE-\d{4}-\d+|GHSA(-[0-9a-z]{4}){3})", re.ASCII | re.IGNORECASE)
ABOUT = (  # the first theme of which a tag holds a word
    (Theme.SECURITY, ("security", "cwe", "owasp", "malicious", "injection", "crypto", "secret")),
    (Theme.RELIABILITY, ("reliability", "correctness", "bug", "error-prone", "robustness")),
    (Theme.LICENCE, ("license", "licence")),
)
SECURITY_TOOLS = (
    "bandit", "brakeman", "checkov", "flawfinder", "gitleaks", "gosec", "kics", "njsscan",
    "semgrep", "snyk", "tfsec", "trufflehog",
)  # fmt: skip
PLACEHOLDER = re.compile(r"\{(\d{1,3})\}", re.ASCII)


class Rules:
    """The rules of a tool and of its extensions, found by place or by name."""

    def __init__(self, run: JsonObject) -> None:
        tool = inside(run.get("tool"))
        self.driver = inside(tool.get("driver"))
        self.extensions = [inside(extension) for extension in items(tool.get("extensions"))]
        self.named: dict[str, JsonObject] = {}
        for maker in (self.driver, *self.extensions):
            for rule in items(maker.get("rules")):
                self.named.setdefault(line(inside(rule).get("id")), inside(rule))
        self.overrides = dict(_overrides(run))

    def name_of(self, result: JsonObject) -> str:
        """The identifier of the result's rule; "" when it has none."""
        own = line(result.get("ruleId")) or line(inside(result.get("rule")).get("id"))
        return own or line(self._placed(result).get("id"))

    def of(self, result: JsonObject) -> JsonObject:
        """The result's rule, or an empty one; a rule "CA1000/1" is also "CA1000"."""
        own = self.name_of(result)
        placed = self._placed(result)
        if placed and line(placed.get("id")) in ("", own, own.rpartition("/")[0]):
            return placed
        return self.named.get(own) or self.named.get(own.rpartition("/")[0]) or {}

    def level(self, result: JsonObject, rule: JsonObject) -> str:
        """The level: the result's, that of a setting of the run, the rule's, or "warning"."""
        default = inside(rule.get("defaultConfiguration")).get("level")
        override = self.overrides.get(self.name_of(result))
        told = line(result.get("level") or override or default)
        return told if told in LEVELS else "warning"

    def message(self, result: JsonObject, rule: JsonObject) -> str:
        """The result's sentence, its arguments put in their places."""
        said = inside(result.get("message"))
        text = line(said.get("text") or said.get("markdown"))
        if not text:
            own = line(said.get("id"))
            known = inside(rule.get("messageStrings")), inside(
                self.driver.get("globalMessageStrings")
            )
            text = next((t for k in known if (t := line(inside(k.get(own)).get("text")))), "")
        return line(_filled(text, items(said.get("arguments"))))

    def _placed(self, result: JsonObject) -> JsonObject:
        asked = inside(result.get("rule"))
        at = result.get("ruleIndex", asked.get("index"))
        component = inside(asked.get("toolComponent")).get("index")
        makers: list[JsonObject] = [self.driver]
        if component is not None:
            makers = _at(self.extensions, component)
        return next(iter(_at(items(makers[0].get("rules")), at)), {}) if makers else {}


def _at(listed: list[Any], place: object) -> list[JsonObject]:
    is_place = isinstance(place, int) and not isinstance(place, bool)
    if is_place and isinstance(place, int) and 0 <= place < len(listed):
        return [inside(listed[place])]
    return []


def _overrides(run: JsonObject) -> Iterator[tuple[str, str]]:
    for invocation in items(run.get("invocations")):
        for override in items(inside(invocation).get("ruleConfigurationOverrides")):
            override = inside(override)
            own = line(inside(override.get("descriptor")).get("id"))
            level = line(inside(override.get("configuration")).get("level"))
            if own and level:
                yield own, level


def _filled(text: str, arguments: list[Any]) -> str:
    def put(place: re.Match[str]) -> str:
        at = int(place[1])
        return line(arguments[at]) if at < len(arguments) else place[0]

    return PLACEHOLDER.sub(put, text) if arguments else text


def severity(level: str, result: JsonObject, rule: JsonObject) -> tuple[str, Severity]:
    """(the tool's word, the step); a score of security says more than a level."""
    for holder in (result, rule):
        score = number(inside(holder.get("properties")).get("security-severity"))
        step = of_score(score)
        if step is not None and score is not None:
            return f"{score:g}", step
    return level, LEVELS[level]


def theme(tool: str, name: str, rule: JsonObject) -> Theme:
    """What a rule is about: by its name, its tags, the weaknesses it points to, its tool."""
    if KNOWN_FLAW.search(name):
        return Theme.VULNERABILITY
    properties = inside(rule.get("properties"))
    tags = [line(tag).lower() for tag in items(properties.get("tags"))]
    if "security-severity" in properties:
        tags.append("security")
    for about, words in ABOUT:
        if any(word in tag for tag in tags for word in words):
            return about
    targets = (inside(inside(r).get("target")) for r in items(rule.get("relationships")))
    points_to_cwe = any(line(target.get("id")).upper().startswith("CWE") for target in targets)
    is_guard = any(known in tool.lower() for known in SECURITY_TOOLS)
    return Theme.SECURITY if points_to_cwe or is_guard else Theme.MAINTAINABILITY

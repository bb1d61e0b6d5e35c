"""SonarQube's web API: a project's figures, and all of its open issues page by page.

A search gives its first 10,000 results only. Beyond, it is split by the day on which issues were
created, then by severity; what no split brings below the limit is left out, and said.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portfolio.errors import Invalid
from services.hub_server import Server

METRICS = (
    "ncloc,sqale_index,sqale_debt_ratio,sqale_rating,reliability_rating,security_rating,bugs,"
    "vulnerabilities,code_smells,coverage,duplicated_lines_density"
)
PAGE, LIMIT = 500, 10_000
MOST_ISSUES = 200_000
SEVERITIES = ("BLOCKER", "CRITICAL", "MAJOR", "MINOR", "INFO")
Json = dict[str, Any]  # any JSON object


def fetch(server: Server, project: str) -> list[tuple[str, bytes]]:
    """The project's figures and its open issues, as the files that the readers know."""
    shown = server.json("api/components/show", component=project)
    measures = server.json("api/measures/component", component=project, metricKeys=METRICS)
    component = measures.get("component") if isinstance(measures, dict) else None
    analysed = shown.get("component", {}).get("analysisDate") if isinstance(shown, dict) else None
    if not isinstance(component, dict):
        raise Invalid("live-not-json", url=server.url, found="api/measures/component")
    component.setdefault("analysisDate", analysed)
    search = _Search(server, project)
    issues = search.whole()
    return [_file(project, "measures", measures), _file(project, "issues", issues)]


def _file(project: str, kind: str, document: Json) -> tuple[str, bytes]:
    return f"{project} ({kind}).json", json.dumps(document, ensure_ascii=False).encode()


@dataclass(slots=True)
class _Search:
    """What was found so far: issues and components by key."""

    server: Server
    project: str
    total: int = 0
    issues: dict[str, Json] = field(default_factory=dict)
    components: dict[str, Json] = field(default_factory=dict)

    def whole(self) -> Json:
        """All the pages as one answer: its total tells whether something is missing."""
        first = self._page(1)
        self.total = _total(first, self.server)
        if self.total > MOST_ISSUES:
            raise Invalid(
                "live-too-many", project=self.project, found=self.total, accepted=MOST_ISSUES
            )
        if self.total <= LIMIT:
            self._pages(first)
        else:
            self._between(_oldest(first), date.today() + timedelta(days=2))
        paging = {"pageIndex": 1, "pageSize": len(self.issues), "total": self.total}
        return {"paging": paging, "issues": list(self.issues.values()),
                "components": list(self.components.values())}  # fmt: skip

    def _between(self, first: date, end: date) -> None:
        """Issues created from ``first`` on, before ``end``."""
        asked = {"createdAfter": first.isoformat(), "createdBefore": end.isoformat()}
        page = self._page(1, **asked)
        if _total(page, self.server) <= LIMIT:
            return self._pages(page, **asked)
        days = (end - first).days
        if days > 1:
            middle = first + timedelta(days=days // 2)
            self._between(first, middle)
            return self._between(middle, end)
        for severity in SEVERITIES:
            asked["severities"] = severity
            self._pages(self._page(1, **asked), **asked)
        return None

    def _pages(self, page: Json, **asked: str) -> None:
        """Keep that first page, and ask for those that follow it, as far as the limit."""
        last = -(-min(_total(page, self.server), LIMIT) // PAGE)
        self._keep(page)
        for number in range(2, last + 1):
            self._keep(self._page(number, **asked))

    def _page(self, number: int, **asked: str) -> Json:
        page = self.server.json(
            "api/issues/search", componentKeys=self.project, components=self.project,
            resolved="false", s="CREATION_DATE", asc="true", p=number, ps=PAGE, **asked,
        )  # fmt: skip
        if not isinstance(page, dict) or not isinstance(page.get("issues"), list):
            raise Invalid("live-not-json", url=self.server.url, found="api/issues/search")
        return page

    def _keep(self, page: Json) -> None:
        self.issues |= dict(_by_key(page["issues"]))
        self.components |= dict(_by_key(page.get("components") or []))
        if self.total:
            self.server.heard.reached(min(1.0, len(self.issues) / self.total))


def _by_key(nouns: list[Any]) -> Iterator[tuple[str, Json]]:
    return ((str(noun["key"]), noun) for noun in nouns if isinstance(noun, dict) and "key" in noun)


def _total(page: Json, server: Server) -> int:
    paging = page.get("paging")
    total = paging.get("total") if isinstance(paging, dict) else page.get("total")
    if not isinstance(total, int):
        raise Invalid("live-not-json", url=server.url, found="paging.total")
    return total


def _oldest(page: Json) -> date:
    """The day of the oldest issue: the search gives it first."""
    written = next((str(i.get("creationDate", "")) for i in page["issues"]), "")
    try:
        return date.fromisoformat(written[:10]) - timedelta(days=1)
    except ValueError:
        return date(2000, 1, 1)

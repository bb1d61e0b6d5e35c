"""SonarQube and Dependency-Track asked live, on a real HTTP server of this machine."""

import json
from base64 import b64encode
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hubs import ANNE, FRIDAY, MONDAY, Plain, every, welcome
from loopback import answering

from data import journal
from portfolio.batch import Batch
from portfolio.errors import Invalid
from portfolio.finding import Component, Finding, Reading
from portfolio.scan import Tool
from services import hub, hub_live
from services.hub import Order
from services.hub_live import Asked
from services.hub_source import name_of

UUID = "ca4f2da9-0fad-4a13-92d7-f627f3168a56"
TOKEN = "squ_jeton-tres-secret"


@pytest.fixture
def store(store):
    return welcome(store)


def ok(document):
    return 200, {"Content-Type": "application/json"}, json.dumps(document).encode()


def an_issue(number, on="2024-03-05", severity="MAJOR"):
    return {
        "key": f"AX{number}", "rule": "java:S1", "severity": severity, "component": "paie:A.java",
        "project": "paie", "status": "OPEN", "message": f"Constat {number}", "effort": "30min",
        "type": "CODE_SMELL", "creationDate": f"{on}T10:11:12+0000",
    }  # fmt: skip


class Sonar:
    """Answers as the web API documents it: paged, and never beyond its 10,000th result."""

    def __init__(self, issues, accepts=(f"Bearer {TOKEN}",), **more):
        self.issues, self.accepts, self.asked = issues, accepts, []
        self.total = more.get("total")

    def __call__(self, request):
        parts = urlsplit(request.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked.append((parts.path, asked))
        if request.headers["Authorization"] not in self.accepts:
            return 401, {}, b""
        if asked.get("component", asked.get("components")) != "paie":
            return 404, {}, b'{"errors":[{"msg":"Component key not found"}]}'
        if parts.path == "/api/components/show":
            return ok({"component": {"key": "paie", "analysisDate": "2026-05-30T08:00:00+0000"}})
        if parts.path == "/api/measures/component":
            figures = {"sqale_index": "240", "ncloc": "12306"}
            measures = [{"metric": m, "value": value} for m, value in figures.items()]
            return ok({"component": {"key": "paie", "name": "Paie", "measures": measures}})
        return self.search(asked)

    def search(self, asked):
        page, size = int(asked["p"]), int(asked["ps"])
        if page * size > 10_000:
            return 400, {}, b'{"errors":[{"msg":"Can return only the first 10000 results."}]}'
        found = [i for i in self.issues if self.is_asked(i, asked)]
        shown = found[(page - 1) * size : page * size]
        total = len(found) if self.total is None else self.total
        paging = {"pageIndex": page, "pageSize": size, "total": total}
        return ok({"paging": paging, "issues": shown, "components": []})

    @staticmethod
    def is_asked(issue, asked):
        day = issue["creationDate"][:10]
        after, before = asked.get("createdAfter", ""), asked.get("createdBefore", "9999")
        is_as_severe = asked.get("severities", issue["severity"]) == issue["severity"]
        return after <= day < before and is_as_severe


def fetched(store, url, tool=Tool.SONARQUBE, project="paie", token=TOKEN, **more):
    return hub_live.fetch(store, ANNE, Asked(tool, url, project, token), **more)


def bring(store, source, today=MONDAY):
    into = {name_of(scan): "PAIE" for told in source.told for scan in told.scans}
    return hub.bring_in(store, ANNE, "c", source, Order(Plain(), today, into=into))


def test_all_pages_of_a_search_come_in_with_the_figures(store):
    sonar = Sonar([an_issue(n) for n in range(1_234)])
    with answering(sonar) as url:
        source = fetched(store, url)

    brought = bring(store, source)

    assert brought.changes.counts("findings").created == 1_234
    figures = {(r.metric, str(r.on)): r.number for r in every(store, Reading)}
    assert figures["sqale_index", "2026-05-30"] == 240
    pages = [asked["p"] for path, asked in sonar.asked if path == "/api/issues/search"]
    assert pages == ["1", "2", "3"]


def test_what_is_no_longer_found_live_is_gone_even_when_nothing_is_found(store):
    with answering(Sonar([an_issue(1), an_issue(2)])) as url:
        bring(store, fetched(store, url))
    with answering(Sonar([])) as url:
        later = bring(store, fetched(store, url), FRIDAY)

    assert later.changes.counts("findings").gone == 2


def test_beyond_ten_thousand_results_the_search_is_split_by_day_and_severity(store):
    days = [(date(2024, 3, 1) + timedelta(days=n % 3)).isoformat() for n in range(9_000)]
    spread = [an_issue(n, day) for n, day in enumerate(days)]
    severities = ("MAJOR", "MINOR", "INFO")
    one_day = [an_issue(n, "2024-05-01", severities[n % 3]) for n in range(9_000, 24_000)]
    with answering(Sonar(sorted(spread + one_day, key=lambda i: i["creationDate"]))) as url:
        source = fetched(store, url)

    (scan,) = [s for told in source.told for s in told.scans if s.shows_findings]
    assert len(scan.findings) == 24_000
    assert scan.is_whole


def test_what_no_split_brings_below_the_limit_is_not_taken_for_the_whole(store):
    with answering(Sonar([an_issue(n) for n in range(10_600)])) as url:
        source = fetched(store, url)

    (scan,) = [s for told in source.told for s in told.scans if s.shows_findings]
    assert (len(scan.findings), scan.is_whole) == (10_000, False)


def test_an_older_sonarqube_takes_the_token_as_a_user(store):
    basic = "Basic " + b64encode(f"{TOKEN}:".encode()).decode()
    with answering(Sonar([an_issue(1)], accepts=(basic,))) as url:
        source = fetched(store, url)

    assert sum(len(scan.findings) for told in source.told for scan in told.scans) == 1


def test_the_token_is_kept_nowhere(store):
    with answering(Sonar([an_issue(1)])) as url:
        asked = Asked(Tool.SONARQUBE, url, "paie", TOKEN)
        bring(store, hub_live.fetch(store, ANNE, asked))
        assert TOKEN not in repr(asked)

    with store.reading() as work:
        lines = list(journal.lines(work))
    assert TOKEN not in repr(lines)
    assert TOKEN not in repr(every(store, Batch)) + repr(every(store, Finding))


class Track:
    """Dependency-Track's API; ``pages`` False: a version that gives everything at once."""

    def __init__(self, count, pages=True):
        self.pages = pages
        self.findings = [
            {"component": {"name": f"lib{n}", "version": "1", "project": UUID},
             "vulnerability": {"vulnId": f"CVE-{n}", "source": "NVD", "severity": "HIGH"},
             "analysis": {"isSuppressed": n == 0}, "matrix": f"{UUID}:{n}"}
            for n in range(count)
        ]  # fmt: skip

    def __call__(self, request):
        parts = urlsplit(request.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if request.headers["X-Api-Key"] != TOKEN:
            return 401, {}, b""
        if parts.path in ("/api/v1/project/lookup", f"/api/v1/project/{UUID}"):
            if asked.get("name", "Acme") != "Acme" or asked.get("version", "1.0") != "1.0":
                return 404, {}, b"The project could not be found."
            return ok({"uuid": UUID, "name": "Acme", "version": "1.0"})
        assert parts.path == f"/api/v1/finding/project/{UUID}"
        at, size = int(asked["pageNumber"]), int(asked["pageSize"])
        page = self.findings[(at - 1) * size : at * size] if self.pages else self.findings
        return ok(page)


@pytest.mark.parametrize("pages", [True, False])
@pytest.mark.parametrize("project", [UUID, "Acme@1.0", "Acme"])
def test_every_finding_of_a_dependency_track_project_comes_once(store, project, pages):
    with answering(Track(250, pages)) as url:
        source = fetched(store, url, Tool.DEPENDENCY_TRACK, project)

    brought = bring(store, source)

    assert brought.changes.counts("findings").created == 250
    assert len(every(store, Component)) == 250
    assert sum(f.is_set_aside for f in every(store, Finding)) == 1


def refusal(store, url, tool=Tool.SONARQUBE, project="paie", token=TOKEN, **more):
    with pytest.raises(Invalid) as refused:
        fetched(store, url, tool, project, token, **more)
    assert TOKEN not in str(refused.value)
    return refused.value


@pytest.mark.parametrize("tool", [Tool.SONARQUBE, Tool.DEPENDENCY_TRACK])
@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "live-unauthorised"), (403, "live-forbidden"), (404, "live-not-found"),
     (429, "live-too-often"), (500, "answer-status")],
)  # fmt: skip
def test_a_server_that_refuses_is_told_in_its_own_words(store, tool, status, code):
    with answering(lambda _: (status, {}, b"")) as url:
        refused = refusal(store, url, tool)

    assert (refused.code, refused.facts["url"]) == (code, url)


@pytest.mark.parametrize("tool", [Tool.SONARQUBE, Tool.DEPENDENCY_TRACK])
@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b'{"component":', b"[1, 2]", b"{}"])
def test_an_answer_that_is_not_the_tool_s_is_refused(store, tool, body):
    with answering(lambda _: (200, {}, body)) as url:
        assert refusal(store, url, tool).code == "live-not-json"


def test_an_answer_that_sends_elsewhere_is_not_followed(store):
    with answering(lambda _: (302, {"Location": "https://ailleurs.invalid/"}, b"")) as url:
        assert refusal(store, url).code == "redirected"


def test_a_server_without_tls_is_told(store):
    with answering(lambda _: (200, {}, b"")) as url:
        secure = url.replace("http:", "https:")
        assert refusal(store, secure).code == "live-tls"


def test_only_safe_addresses_and_named_projects_are_asked(store):
    assert refusal(store, "http://sonar.invalid").code == "not-a-safe-address"
    assert refusal(store, "https://sonar.invalid", project=" ").code == "empty"
    assert refusal(store, "https://sonar.invalid", tool=Tool.SARIF).code == "not-one-of"


def test_more_issues_than_a_register_takes_are_refused_at_once(store):
    sonar = Sonar([an_issue(1)], total=300_000)
    with answering(sonar) as url:
        refused = refusal(store, url)

    assert (refused.code, refused.facts["found"]) == ("live-too-many", 300_000)
    assert len(sonar.asked) == 3


def test_a_fetch_can_be_stopped_and_tells_how_far_it_is(store):
    class Halfway:
        shares = ()

        def reached(self, share):
            self.shares = (*self.shares, share)

        def is_stopped(self):
            return len(self.shares) >= 2

    heard = Halfway()
    with answering(Sonar([an_issue(n) for n in range(2_000)])) as url:
        refused = refusal(store, url, heard=heard)

    assert refused.code == "live-stopped"
    assert heard.shares == (0.25, 0.5)

"""SonarQube's answers in every shape that its versions write: issues, hotspots, measures."""

import json
from datetime import date

import pytest

from data import scans
from data.scans import efforts
from portfolio.finding import Reading, Severity, Theme
from portfolio.scan import NOWHERE


def told(document, name="sonar.json"):
    return scans.read(name, json.dumps(document).encode())


def issue(key="A", **more):
    whole = {"key": key, "rule": "java:S1", "component": "paie:src/A.java", "project": "paie",
             "message": f"Constat {key}", "type": "CODE_SMELL", "severity": "MAJOR",
             "status": "OPEN"}  # fmt: skip
    return whole | more


def page(*issues, total=None, at=1, size=500, **more):
    count = len(issues) if total is None else total
    return {"paging": {"pageIndex": at, "pageSize": size, "total": count}, "issues": list(issues),
            **more}  # fmt: skip


def only(document):
    """The one finding of a document."""
    (scan,) = told(document).scans
    (finding,) = scan.findings
    return finding


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("2h1min", 121), ("5d 3h", 2580), ("5d3h", 2580), ("1d", 480), ("10min", 10),
        ("1h", 60), ("0min", 0), ("15", 15), (15, 15), ("2H1MIN", 121), (" 2h 1min ", 121),
        ("1d2h3min", 603), ("", None), ("long", None), ("2h 1h", None), ("-5min", None),
        ("1.5h", None), (True, None), ([], None), ("9" * 60 + "min", None), (1.5, None),
    ],
)  # fmt: skip
def test_an_effort_is_minutes_of_days_of_eight_hours(written, minutes):
    assert efforts.minutes(written) == minutes


@pytest.mark.parametrize(
    ("more", "severity", "word", "theme"),
    [
        ({"severity": "BLOCKER"}, Severity.BLOCKER, "BLOCKER", Theme.MAINTAINABILITY),
        ({"severity": "CRITICAL", "type": "BUG"}, Severity.HIGH, "CRITICAL", Theme.RELIABILITY),
        ({"severity": "MINOR", "type": "VULNERABILITY"}, Severity.LOW, "MINOR", Theme.SECURITY),
        ({"severity": "INFO", "type": "SECURITY_HOTSPOT"}, Severity.INFO, "INFO", Theme.SECURITY),
        ({"severity": "DRÔLE"}, Severity.MEDIUM, "DRÔLE", Theme.MAINTAINABILITY),
        ({"severity": None, "type": None, "impacts": [
            {"softwareQuality": "MAINTAINABILITY", "severity": "LOW"},
            {"softwareQuality": "RELIABILITY", "severity": "HIGH"}]},
         Severity.HIGH, "HIGH", Theme.RELIABILITY),
        ({"severity": None, "type": None, "impacts": [
            {"softwareQuality": "SECURITY", "severity": "BLOCKER"}]},
         Severity.BLOCKER, "BLOCKER", Theme.SECURITY),
    ],
)  # fmt: skip
def test_old_severities_and_new_impacts_are_both_understood(more, severity, word, theme):
    found = only(page(issue(**more)))

    assert (found.severity, found.word, found.theme) == (severity, word, theme)


@pytest.mark.parametrize(
    "state",
    [
        {"status": "RESOLVED", "resolution": "FALSE-POSITIVE"},
        {"status": "RESOLVED", "resolution": "WONTFIX"},
        {"issueStatus": "FALSE_POSITIVE"},
        {"issueStatus": "ACCEPTED"},
    ],
)
def test_what_its_people_set_aside_is_kept_and_does_not_count(state):
    assert only(page(issue(**state))).is_set_aside


@pytest.mark.parametrize("state", [{"status": "CONFIRMED"}, {"status": "REOPENED"},
                                   {"issueStatus": "CONFIRMED"}])  # fmt: skip
def test_what_is_confirmed_or_reopened_counts(state):
    assert not only(page(issue(**state))).is_set_aside


@pytest.mark.parametrize(
    "state",
    [
        {"status": "CLOSED"},
        {"status": "RESOLVED", "resolution": "FIXED"},
        {"status": "CLOSED", "resolution": "REMOVED"},
        {"issueStatus": "FIXED"},
    ],
)
def test_what_is_fixed_or_closed_is_counted_and_not_brought(state):
    read = told(page(issue("A", **state), issue("B")))

    (scan,) = read.scans
    assert [f.key for f in scan.findings] == ["B"]
    assert read.counts["closed"] == 1
    assert scan.is_whole


def test_a_search_over_several_projects_makes_a_scan_of_each():
    other = issue("B", project="taxe", component="taxe:b.py")
    read = told(page(issue(), other, components=[
        {"key": "paie", "name": "La paie", "qualifier": "TRK"},
        {"key": "paie:src/A.java", "path": "src/A.java", "qualifier": "FIL"}]))  # fmt: skip

    assert [(s.subject, s.subject_title, len(s.findings)) for s in read.scans] == [
        ("paie", "La paie", 1), ("taxe", "taxe", 1),
    ]  # fmt: skip


def test_the_place_is_the_file_and_the_line():
    assert only(page(issue(line=12))).place == "src/A.java:12"
    assert only(page(issue(textRange={"startLine": 7}))).place == "src/A.java:7"
    assert only(page(issue(component="org:paie:src/B.java", project="org:paie"))).place == (
        "src/B.java"
    )


def test_issues_without_a_project_are_of_the_project_of_their_component():
    bare = issue()
    del bare["project"]

    (scan,) = told({"issues": [bare]}).scans

    assert (scan.subject, scan.is_whole) == ("paie", False)


def test_an_unreadable_effort_is_remarked_and_the_finding_is_kept():
    read = told(page(issue(effort="longtemps")))

    assert read.scans[0].findings[0].minutes is None
    (remark,) = read.noted
    assert (remark.code, remark.where.column) == ("effort-unreadable", "issues[0].effort")


def test_string_numbers_are_numbers():
    (scan,) = told({"total": "1", "p": "1", "ps": "100", "issues": [issue(line="9")]}).scans

    assert scan.is_whole
    assert scan.findings[0].place == "src/A.java:9"


def test_an_issue_without_a_key_refuses_the_whole_file():
    read = told(page(issue(), issue(key=None)))

    assert read.scans == ()
    assert [(r.code, r.where.column) for r in read.refused] == [("missing-field", "issues[1].key")]


def test_one_page_of_several_closes_nothing_and_says_so():
    read = told(page(issue(), total=700))

    assert not read.scans[0].is_whole
    assert [(n.code, dict(n.facts)) for n in read.notes] == [
        ("sonar-one-page", {"shown": 1, "total": 700})
    ]


def pages(*documents):
    return scans.read_all([(f"{n}.json", json.dumps(d).encode())
                           for n, d in enumerate(documents)])  # fmt: skip


def test_all_the_pages_of_a_search_are_one_whole_scan():
    (read,) = pages(page(issue("A"), issue("B"), total=3, size=2), page(issue("C"), total=3, at=2))

    (scan,) = read.scans
    assert [f.key for f in scan.findings] == ["A", "B", "C"]
    assert scan.is_whole
    assert read.notes == ()


def test_a_page_given_twice_does_not_stand_for_the_one_that_is_missing():
    first = page(issue("A"), issue("B"), total=4, size=2)

    (read,) = pages(first, first)

    assert len(read.scans[0].findings) == 2
    assert not read.scans[0].is_whole


def test_pages_of_two_projects_are_not_mixed_up_although_their_totals_agree():
    other = issue("B", project="taxe", component="taxe:b")

    pay, tax = pages(page(issue("A"), total=2), page(other, total=2, at=2))

    assert [s.subject for s in (*pay.scans, *tax.scans)] == ["paie", "taxe"]
    assert [s.is_whole for s in (*pay.scans, *tax.scans)] == [False, False]


def test_a_search_that_found_nothing_closes_nothing_for_it_names_no_project():
    read = told(page())

    (scan,) = read.scans
    assert (scan.subject, scan.is_whole, scan.findings) == ("", False, ())
    assert read.counts["issues"] == 0
    assert [n.code for n in read.notes] == ["sonar-no-issues"]


def test_hotspots_are_kept_apart_from_the_issues_of_their_project():
    spot = {"key": "H", "component": "paie:src/A.java", "project": "paie", "line": 3,
            "securityCategory": "csrf", "vulnerabilityProbability": "HIGH", "message": "Vérifier",
            "status": "TO_REVIEW", "ruleKey": "java:S4502"}  # fmt: skip
    safe = spot | {"key": "S", "status": "REVIEWED", "resolution": "SAFE"}
    fixed = spot | {"key": "F", "status": "REVIEWED", "resolution": "FIXED"}

    read = told({"paging": {"total": 3}, "hotspots": [spot, safe, fixed]})

    (scan,) = read.scans
    assert scan.subject == "paie#hotspots"
    assert [(f.key, f.is_set_aside) for f in scan.findings] == [("H", False), ("S", True)]
    first = scan.findings[0]
    assert (first.theme, first.severity, first.rule) == (Theme.SECURITY, Severity.HIGH,
                                                         "java:S4502")  # fmt: skip


def test_a_history_gives_figures_by_day_and_an_absent_value_is_not_zero():
    (scan,) = told({"paging": {"pageIndex": 1, "pageSize": 100, "total": 3}, "measures": [
        {"metric": "ncloc", "history": [
            {"date": "2026-01-05T08:00:00+0000", "value": "100"},
            {"date": "2026-01-05T18:00:00+0000", "value": "110"},
            {"date": "2026-02-05T08:00:00+0000"}]},
        {"metric": "sqale_index", "history": [
            {"date": "2026-02-05T08:00:00+0000", "value": "240"}]},
    ]}).scans  # fmt: skip

    assert scan.readings == (
        Reading(NOWHERE, "sonarqube", "ncloc", date(2026, 1, 5), 110.0),
        Reading(NOWHERE, "sonarqube", "sqale_index", date(2026, 2, 5), 240.0),
    )
    assert (scan.taken_on, dict(scan.facts)) == (date(2026, 2, 5), {"sqale_index": 240.0})


def test_a_history_with_an_unreadable_day_is_refused():
    read = told({"measures": [{"metric": "ncloc", "history": [{"date": "hier", "value": "1"}]}]})

    assert [(r.code, r.where.column) for r in read.refused] == [
        ("not-a-date", "measures[0].history[0].date")
    ]


def test_the_figure_of_the_new_code_is_that_of_its_period():
    (scan,) = told({"component": {"key": "paie", "measures": [
        {"metric": "new_bugs", "period": {"index": 1, "value": "4"}},
        {"metric": "new_ncloc", "periods": [{"index": 1, "value": "12"}]},
        {"metric": "ncloc", "value": "12306"},
        {"metric": "coverage"},
        {"metric": "alert_status", "value": "ERROR"},
        {"metric": "odd", "value": "NaN"},
    ]}}).scans  # fmt: skip

    assert scan.facts == {"new_bugs": 4.0, "new_ncloc": 12.0, "ncloc": 12306.0}


def test_the_measures_of_several_projects_are_a_scan_of_each():
    read = told({"measures": [
        {"metric": "ncloc", "value": "1", "component": "paie"},
        {"metric": "ncloc", "value": "2", "component": "taxe"},
    ]}, "mesures-2026-04-30.json")  # fmt: skip

    assert [(s.subject, dict(s.facts)) for s in read.scans] == [
        ("paie", {"ncloc": 1.0}), ("taxe", {"ncloc": 2.0}),
    ]  # fmt: skip
    assert read.scans[0].readings[0].on == date(2026, 4, 30)


@pytest.mark.parametrize(
    "document",
    [
        {"paging": {}, "components": [{"key": "paie", "name": "Paie", "qualifier": "TRK"}]},
        {"component": {"key": "paie", "qualifier": "TRK"}, "ancestors": []},
        {"total": 1, "rules": [{"key": "java:S1", "langName": "Java", "name": "n"}]},
        {"paging": {}, "analyses": [{"key": "A", "date": "2026-01-05T08:00:00+0000"}]},
        {"projectStatus": {"status": "OK", "conditions": []}},
    ],
)
def test_true_answers_without_any_debt_bring_nothing(document):
    read = told(document)

    assert (read.format, read.scans, read.refused) == ("sonarqube", (), ())
    assert [n.code for n in read.notes] == ["sonar-nothing"]


def test_an_error_of_sonarqube_is_told_in_its_words():
    (why,) = told({"errors": [{"msg": "Insufficient privileges"}]}).refused

    assert (why.code, why.found) == ("tool-refused", "Insufficient privileges")

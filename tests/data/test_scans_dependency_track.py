"""Dependency-Track's findings: its export of any version, and the answers of its API."""

import json
from datetime import date

import pytest

from data import scans
from portfolio.finding import Severity, Theme


def told(document):
    return scans.read("fpf.json", json.dumps(document).encode())


def row(own="CVE-1", name="a", **more):
    parts = {
        "component": {"uuid": f"u-{name}", "name": name, "version": "1.0",
                      "purl": f"pkg:npm/{name}@1.0?x=y"},
        "vulnerability": {"vulnId": own, "source": "NVD", "severity": "HIGH"},
        "analysis": {"isSuppressed": False},
        "matrix": f"p:u-{name}:v",
    }  # fmt: skip
    return {part: value | more.get(part, {}) if isinstance(value, dict) else value
            for part, value in parts.items()}  # fmt: skip


def export(*rows, **more):
    return {
        "version": "1.3", "meta": {"application": "Dependency-Track", "version": "4.14.0",
                                   "timestamp": "2026-01-01T00:00:00Z"},
        "project": {"uuid": "p", "name": "paie", "version": "2"}, "findings": list(rows),
    } | more  # fmt: skip


def only(document):
    (scan,) = told(document).scans
    (finding,) = scan.findings
    return finding


def test_a_finding_is_named_by_its_project_component_and_vulnerability():
    finding = only(export(row(vulnerability={"title": "Débordement"})))

    assert finding.key == "p|pkg:npm/a@1.0|NVD|CVE-1"
    assert (finding.title, finding.place, finding.rule) == ("CVE-1: Débordement", "a 1.0", "CVE-1")
    assert (finding.theme, finding.severity) == (Theme.VULNERABILITY, Severity.HIGH)


def test_the_name_is_the_same_when_the_tool_gives_new_identifiers():
    again = row() | {"matrix": "p:autre:autre"}
    again["component"] |= {"uuid": "autre"}
    again["vulnerability"] |= {"uuid": "autre"}

    assert only(export(row())).key == only(export(again)).key


@pytest.mark.parametrize(
    ("word", "scores", "severity"),
    [
        ("CRITICAL", {}, Severity.BLOCKER), ("HIGH", {}, Severity.HIGH),
        ("MEDIUM", {}, Severity.MEDIUM), ("LOW", {}, Severity.LOW), ("INFO", {}, Severity.INFO),
        ("UNASSIGNED", {}, Severity.MEDIUM),
        ("UNASSIGNED", {"cvssV3BaseScore": 9.8}, Severity.BLOCKER),
        ("UNASSIGNED", {"cvssV2BaseScore": "4.3"}, Severity.MEDIUM),
        ("UNASSIGNED", {"cvssV4Score": 2.0, "cvssV3BaseScore": 9.8}, Severity.LOW),
    ],
)  # fmt: skip
def test_the_tools_word_is_kept_beside_the_step(word, scores, severity):
    finding = only(export(row(vulnerability={"severity": word, **scores})))

    assert (finding.word, finding.severity) == (word, severity)


@pytest.mark.parametrize(
    ("analysis", "is_aside"),
    [
        ({"isSuppressed": True}, True), ({"state": "NOT_AFFECTED"}, True),
        ({"state": "FALSE_POSITIVE"}, True), ({"state": "RESOLVED"}, True),
        ({"analysisState": "FALSE_POSITIVE"}, True), ({"state": "EXPLOITABLE"}, False),
        ({"state": "IN_TRIAGE"}, False), ({"state": "NOT_SET"}, False), ({}, False),
    ],
)  # fmt: skip
def test_what_was_decided_in_the_tool_is_honoured(analysis, is_aside):
    assert only(export(row(analysis=analysis))).is_set_aside is is_aside


def test_null_findings_are_none_and_close_what_there_was():
    read = told(export(findings=None))

    (scan,) = read.scans
    assert (scan.subject, scan.findings, scan.is_whole) == ("p", (), True)
    assert (read.counts, [n.code for n in read.notes]) == ({"findings": 0}, ["no-findings"])


def test_the_list_of_the_api_makes_a_scan_of_each_project():
    read = told([row(component={"project": "p"}), row(component={"project": "q"})])

    assert [(s.subject, len(s.findings), len(s.components)) for s in read.scans] == [
        ("p", 1, 1), ("q", 1, 1),
    ]  # fmt: skip


def test_an_older_list_tells_its_project_in_the_matrix_only():
    (scan,) = told([row()]).scans

    assert (scan.subject, scan.is_whole, scan.taken_on) == ("p", True, None)


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-04-07 23:55:09.748", date(2026, 4, 7)), (1775606109748, date(2026, 4, 7)),
     ("2026-04-07T23:55:09Z", date(2026, 4, 7)), (None, None), ("hier", None), (True, None)],
)  # fmt: skip
def test_the_first_day_is_that_of_the_attribution(written, day):
    one = row() | {"attribution": {"attributedOn": written}}

    assert only(export(one)).first_seen == day


def test_a_finding_told_by_two_analysers_counts_once():
    read = told(export(row(), row()))

    assert (len(read.scans[0].findings), read.counts["twice"]) == (1, 1)


def test_a_component_without_an_address_is_named_by_group_name_and_version():
    bare = row(component={"purl": None, "group": "org.x"})

    (scan,) = told(export(bare)).scans

    assert scan.components[0].key == "p|org.x/a@1.0"
    assert scan.findings[0].place == "org.x/a 1.0"


@pytest.mark.parametrize(
    ("part", "name"), [("component", "name"), ("vulnerability", "vulnId")]
)
def test_a_finding_without_its_component_or_vulnerability_refuses_the_file(part, name):
    broken = row()
    broken[part] = {}

    read = told(export(row(), broken))

    assert read.scans == ()
    assert [(r.code, r.where.column) for r in read.refused] == [
        ("missing-field", f"findings[1].{part}.{name}")
    ]

"""SARIF 2.1.0 as analysers write it: rules, levels, suppressions, baselines, identities."""

import json
from datetime import date

import pytest

from data import scans
from portfolio.finding import Severity, Theme


def told(*runs, version="2.1.0", **more):
    document = {"version": version, "runs": list(runs)} | more
    return scans.read("f.sarif", json.dumps(document).encode())


def run(*results, name="Outil", rules=(), **more):
    driver = {"name": name, "rules": list(rules)}
    return {"tool": {"driver": driver}, "results": list(results)} | more


def result(rule="R1", uri="src/a.c", line=3, text="Constat", **more):
    place = {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}
    locations = [{"physicalLocation": place}]
    return {"ruleId": rule, "message": {"text": text}, "locations": locations} | more


def only(*results, **more):
    """The findings of a file of one run."""
    (scan,) = told(run(*results, **more)).scans
    return scan.findings


@pytest.mark.parametrize(
    ("suppressions", "is_aside"),
    [
        ([{"kind": "inSource"}], True),
        ([{"kind": "external", "status": "accepted"}], True),
        ([{"kind": "external", "status": "underReview"}], False),
        ([{"kind": "external", "status": "rejected"}], False),
        ([{"kind": "inSource"}, {"kind": "external", "status": "rejected"}], False),
        ([], False),
        (None, False),
    ],
)
def test_a_suppression_counts_unless_it_was_refused_or_is_still_to_be_granted(
    suppressions, is_aside
):
    (finding,) = only(result(suppressions=suppressions))

    assert finding.is_set_aside is is_aside


@pytest.mark.parametrize(
    ("kind", "count"),
    [("fail", 1), ("review", 1), (None, 1), ("pass", 0), ("notApplicable", 0), ("open", 0),
     ("informational", 0)],
)  # fmt: skip
def test_only_problems_are_findings(kind, count):
    read = told(run(result(kind=kind)))

    assert len(read.scans[0].findings) == count
    assert read.counts.get("not_counted", 0) == 1 - count


@pytest.mark.parametrize(
    ("state", "count"), [("new", 1), ("unchanged", 1), ("updated", 1), ("absent", 0)]
)
def test_what_the_baseline_says_is_absent_is_gone(state, count):
    read = told(run(result(baselineState=state)))

    assert len(read.scans[0].findings) == count
    assert read.counts.get("closed", 0) == 1 - count


@pytest.mark.parametrize(
    ("own", "default", "severity", "word"),
    [
        ("error", None, Severity.HIGH, "error"), ("note", "error", Severity.LOW, "note"),
        (None, "error", Severity.HIGH, "error"), (None, None, Severity.MEDIUM, "warning"),
        ("none", None, Severity.INFO, "none"), ("grave", None, Severity.MEDIUM, "warning"),
    ],
)  # fmt: skip
def test_the_level_is_the_results_then_the_rules_then_warning(own, default, severity, word):
    rule = {"id": "R1", "defaultConfiguration": {"level": default}}

    (finding,) = only(result(level=own), rules=[rule])

    assert (finding.severity, finding.word) == (severity, word)


def test_a_setting_of_the_run_changes_the_level_of_a_rule():
    changed = {"ruleConfigurationOverrides": [
        {"descriptor": {"id": "R1"}, "configuration": {"level": "error"}}]}  # fmt: skip

    (finding,) = only(result(), invocations=[changed])

    assert finding.word == "error"


def test_a_score_of_security_says_more_than_a_level():
    rule = {"id": "R1", "properties": {"security-severity": "9.1"}}

    (finding,) = only(result(level="note"), rules=[rule])

    assert (finding.severity, finding.word, finding.theme) == (
        Severity.BLOCKER, "9.1", Theme.SECURITY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "own", "rule", "theme"),
    [
        ("ESLint", "no-var", {}, Theme.MAINTAINABILITY),
        ("CodeQL", "js/xss", {"properties": {"tags": ["security", "external/cwe/cwe-079"]}},
         Theme.SECURITY),
        ("SpotBugs", "NP", {"properties": {"tags": ["CORRECTNESS"]}}, Theme.RELIABILITY),
        ("Trivy", "CVE-2021-44228", {"properties": {"tags": ["vulnerability", "security"]}},
         Theme.VULNERABILITY),
        ("Grype", "GHSA-jfh8-c2jp-5v3q-log4j-core", {}, Theme.VULNERABILITY),
        ("Flawfinder", "FF1", {"relationships": [{"target": {"id": "CWE-327"}}]}, Theme.SECURITY),
        ("gitleaks", "generic-api-key", {}, Theme.SECURITY),
    ],
)  # fmt: skip
def test_the_theme_is_told_by_the_rule_its_tags_or_its_tool(tool, own, rule, theme):
    (finding,) = only(result(rule=own), name=tool, rules=[{"id": own, **rule}])

    assert finding.theme is theme


def test_rules_are_found_by_place_by_name_in_extensions_and_by_their_parent():
    one = {
        "tool": {
            "driver": {"name": "T", "rules": [{"id": "A", "helpUri": "https://a.org"}]},
            "extensions": [{"name": "E", "rules": [{"id": "B", "helpUri": "https://b.org"}]}],
        },
        "results": [
            {"ruleIndex": 0, "message": {"text": "1"}},
            {"rule": {"index": 0, "toolComponent": {"index": 0}}, "message": {"text": "2"}},
            {"ruleId": "A/1", "message": {"text": "3"}},
            {"ruleId": "B", "message": {"text": "4"}},
            {"ruleId": "C", "ruleIndex": 99, "message": {"text": "5"}},
        ],
    }

    found = told(one).scans[0].findings

    assert [(f.rule, f.url) for f in found] == [
        ("A", "https://a.org"), ("B", "https://b.org"), ("A/1", "https://a.org"),
        ("B", "https://b.org"), ("C", ""),
    ]  # fmt: skip


def test_a_message_is_filled_with_its_arguments():
    rule = {"id": "R1", "messageStrings": {"defaut": {"text": "Chemin {0} dans {1}"}}}
    said = {"id": "defaut", "arguments": ["/tmp", "A.java"]}

    (finding,) = only({"ruleId": "R1", "message": said}, rules=[rule])

    assert finding.title == "Chemin /tmp dans A.java"


def test_a_place_may_be_an_artifact_or_a_part_of_the_code():
    by_index = {"physicalLocation": {"artifactLocation": {"index": 0}, "region": {"startLine": 8}}}
    by_name = {"logicalLocations": [{"fullyQualifiedName": "Paie.calcule()"}]}

    first, second = only(
        {"ruleId": "R1", "message": {"text": "a"}, "locations": [by_index]},
        {"ruleId": "R1", "message": {"text": "b"}, "locations": [by_name]},
        artifacts=[{"location": {"uri": "src/b.c"}}],
    )

    assert (first.place, second.place) == ("src/b.c:8", "Paie.calcule()")


def test_a_finding_keeps_its_name_when_its_line_moves():
    (before,) = only(result(line=3))
    (after,) = only(result(line=30))

    assert before.key == after.key
    assert (before.place, after.place) == ("src/a.c:3", "src/a.c:30")


@pytest.mark.parametrize(
    "change",
    [{"rule": "R2"}, {"uri": "src/b.c"}, {"text": "Autre"}, {"fingerprints": {"v1": "abc"}}],
)
def test_another_rule_file_text_or_fingerprint_is_another_finding(change):
    assert only(result())[0].key != only(result(**change))[0].key


def test_a_fingerprint_names_the_finding_whatever_its_file_and_text():
    same = {"fingerprints": {"contextHash/v1": "abc"}}

    (before,), (after,) = only(result(**same)), only(result(uri="b.c", text="Autre", **same))

    assert before.key == after.key


def test_the_print_of_the_whole_file_does_not_name_a_finding():
    (before,), (after,) = (
        only(result(partialFingerprints={"scanPrimaryLocationHash": "a", "scanFileHash": whole}))
        for whole in ("1", "2")
    )

    assert before.key == after.key


def test_findings_that_only_their_line_tells_apart_are_all_counted():
    findings = only(result(line=3), result(line=9), result(line=9))

    assert len({f.key for f in findings}) == 3
    assert [f.key.rpartition(":")[2] for f in findings[1:]] == ["2", "3"]


def test_runs_of_several_tools_are_a_scan_of_each_and_of_one_tool_one_scan():
    read = told(run(result(), name="A"), run(result(), name="B"), run(result(uri="c"), name="A"),
                run(result(), name="A"))  # fmt: skip

    assert [(s.subject, len(s.findings)) for s in read.scans] == [("A", 2), ("B", 1)]
    assert read.counts == {"runs": 4, "results": 4, "twice": 1}


@pytest.mark.parametrize(
    ("own", "subject"),
    [
        ("backend/2026-04-30", "Outil/backend"), ("backend/", "Outil/backend"),
        ("2026-04-30", "Outil"), ("Outil/java/12", "Outil/java"), (None, "Outil"),
        ("a/b/c", "Outil/a/b"), ("/", "Outil"),
    ],
)  # fmt: skip
def test_the_subject_is_the_tool_and_the_category_not_the_run(own, subject):
    (scan,) = told(run(automationDetails={"id": own})).scans

    assert scan.subject == subject


def test_no_results_is_not_the_same_as_an_empty_list():
    looked = told(run())
    silent = [told(run() | {"results": None}), told({"tool": {"driver": {"name": "T"}}})]

    assert (looked.scans[0].is_whole, looked.notes) == (True, ())
    for read in silent:
        assert (read.scans[0].is_whole, read.refused) == (False, ())
        assert [n.code for n in read.notes] == ["sarif-no-results"]


def test_a_run_that_failed_or_keeps_results_elsewhere_closes_nothing():
    failed = told(run(result(), invocations=[{"executionSuccessful": False}]))
    apart = told(run(externalPropertyFileReferences={"results": [{"guid": "g"}]}))

    for read, code in ((failed, "sarif-run-failed"), (apart, "sarif-results-elsewhere")):
        assert not read.scans[0].is_whole
        assert [n.code for n in read.notes] == [code]


def test_the_day_is_that_on_which_the_last_run_ended():
    (scan,) = told(
        run(invocations=[{"startTimeUtc": "2026-04-01T10:00:00Z"}]),
        run(invocations=[{"startTimeUtc": "2026-04-02T23:00:00Z",
                          "endTimeUtc": "2026-04-03T01:00:00.5Z"}]),
    ).scans  # fmt: skip

    assert scan.taken_on == date(2026, 4, 3)


@pytest.mark.parametrize("version", ["1.0.0", "2.0.0", "2.0.0-csd.2.beta.2019-01-24", None, "3"])
def test_another_version_of_the_format_is_refused_by_its_name(version):
    read = told(run(result()), version=version, **{"$schema": "https://exemple.org/sarif.json"})

    (why,) = read.refused
    assert (why.code, why.where.column, why.accepted) == ("sarif-version", "version", "2.1.0")
    assert why.found == (version or "")


def test_a_run_without_a_tool_is_refused():
    read = told({"results": []})

    assert [(r.code, r.where.column) for r in read.refused] == [
        ("missing-field", "runs[0].tool.driver.name")
    ]

"""Every real file of SonarQube, CycloneDX, SARIF and Dependency-Track at hand, with its counts.

Each count is asserted twice: as a figure, and as a plain walk of the JSON gives it.
"""

import json
from datetime import date

import pytest
from shared_data import shared

from data import scans
from portfolio.finding import Severity, Theme

HISTORY = "sonarqube/component_tree_history/fga-eps-mds-2022-"
SBOMS = {  # file: components, nested, day
    "SBOM__cern-lhc-vdm-editor-e564943__bom.json": (43, 0, date(2020, 8, 3)),
    "SBOM__dropwizard-1.3.15__bom.json": (167, 0, date(2020, 8, 2)),
    "SBOM__juice-shop__v11.1.2__bom.json": (840, 0, date(2020, 8, 3)),
    "SBOM__laravel-7.12.0__bom.1.2.json": (62, 0, None),
    "dtrack__dtrack-apiserver-4.5.0.bom.json": (132, 0, date(2022, 5, 18)),
    "dtrack__valid-bom-1.3.json": (2, 0, date(2020, 4, 13)),
    "dtrack__valid-bom-1.5.json": (2, 0, date(2020, 4, 13)),
    "dtrack__valid-bom-1.6.json": (2, 0, date(2020, 4, 13)),
    "defectdojo__nested-component-log4j.json": (2, 1, date(2022, 7, 22)),
}
TREES = {  # file: project, files, figures, day in the file's name
    "1-MeasureSoftGram-CLI-07-18-2022-15-12-55-develop.json": ("1-MeasureSoftGram-CLI", 44, 12),
    "1-MeasureSoftGram-CLI-09-19-2022-21-50-40-v3.4.6.json": ("1-MeasureSoftGram-CLI", 93, 12),
    "1-MeasureSoftGram-Core-08-09-2022-14-48-25-develop.json": ("1-MeasureSoftGram-Core", 53, 12),
    "1-MeasureSoftGram-Front-08-03-2022-12-45-49-stage.json": ("1-MeasureSoftGram-Front", 82, 14),
    "1-MeasureSoftGram-Front-09-21-2022-03-19-59-stage.json": ("1-MeasureSoftGram-Front", 232, 14),
    "1-MeasureSoftGram-Service-08-03-2022-14-47-48-develop.json":
        ("1-MeasureSoftGram-Service", 81, 9),
    "2-MeasureSoftGram-CLI-01-27-2023-03-31-51-develop.json": ("2-MeasureSoftGram-CLI", 110, 12),
    "2-MeasureSoftGram-CLI-11-26-2022-17-47-19-develop.json": ("2-MeasureSoftGram-CLI", 93, 12),
    "2-MeasureSoftGram-Core-02-13-2023-03-32-14-v1.1.2.json": ("2-MeasureSoftGram-Core", 56, 12),
    "2-MeasureSoftGram-Front-01-27-2023-13-26-37-v0.2.1.json": ("2-MeasureSoftGram-Front", 232, 14),
    "2-MeasureSoftGram-Front-11-28-2022-20-04-26-stage.json": ("2-MeasureSoftGram-Front", 0, 0),
    "2-MeasureSoftGram-Service-12-07-2022-00-56-12-develop.json":
        ("2-MeasureSoftGram-Service", 0, 0),
}  # fmt: skip
SARIF = {  # file: results, findings, suppressed, tool, whole
    "SuppressionTestCurrent.sarif": (4, 4, 3, "CodeScanner", True),
    "bash-report.sarif": (27, 27, 0, "Shell Script Analysis", True),
    "flawfinder.sarif": (54, 53, 0, "Flawfinder", True),
    "spotbugs.sarif": (56, 56, 0, "SpotBugs", False),
}
FINDINGS = {  # file: rows, findings, components
    "dependency_track_3.8.0_2021-01-18.json": (9, 9, 2),
    "deptrack_npm_4.14.1.json": (22, 21, 10),
    "no_findings_because_findings_key_is_null.json": (0, 0, 0),
    "one_finding_with_analysis_detail.json": (1, 1, 1),
}


def opened(path):
    """(what the register reads in the file, the plain JSON)."""
    file = shared(*path.split("/"))
    content = file.read_bytes()
    told = scans.read(file.name, content)
    assert told == scans.read(file.name, content)
    assert told.refused == ()
    return told, json.loads(content)


def under(node):
    """Every component beneath, at any depth."""
    for one in node.get("components", []):
        yield one
        yield from under(one)


@pytest.mark.parametrize("name", SBOMS)
def test_every_component_of_a_bill_of_materials_is_read(name):
    told, plain = opened(f"cyclonedx/{name}")
    components, nested, day = SBOMS[name]
    walked = list(under(plain))

    (scan,) = told.scans
    assert len(scan.components) == told.counts["components"] == len(walked) == components
    assert told.counts.get("nested", 0) == len(walked) - len(plain["components"]) == nested
    assert scan.taken_on == day
    assert {(c.number, c.kind) for c in scan.components} == {
        (w.get("version", ""), w["type"]) for w in walked
    }
    assert (scan.is_whole, scan.shows_components) == (True, True)
    assert scan.shows_findings == ("vulnerabilities" in plain)


def test_a_nested_component_carries_its_vulnerabilities():
    told, plain = opened("cyclonedx/defectdojo__nested-component-log4j.json")

    (scan,) = told.scans
    assert len(scan.findings) == len(plain["vulnerabilities"]) == 8
    assert {f.place for f in scan.findings} == {"log4j-core 2.13.2"}
    assert sum(f.severity is Severity.BLOCKER for f in scan.findings) == 4
    assert {f.theme for f in scan.findings} == {Theme.VULNERABILITY}


def test_the_services_of_a_saasbom_are_components():
    told, _ = opened("cyclonedx/SaaSBOM__apigateway-microservices-datastores__bom.json")

    (scan,) = told.scans
    assert [c.kind for c in scan.components] == ["service"] * 6
    assert told.counts == {"components": 0, "services": 6, "nested": 5}
    assert (scan.subject, scan.subject_title) == ("Acme Cloud Example", "Acme Cloud Example 2022-1")


def test_a_vex_sets_aside_what_does_not_affect():
    told, plain = opened("cyclonedx/VEX__vex.json")

    (finding,) = told.scans[0].findings
    assert plain["vulnerabilities"][0]["analysis"]["state"] == "not_affected"
    assert (finding.is_set_aside, finding.severity) == (True, Severity.HIGH)
    assert finding.place.startswith("pkg:maven/com.fasterxml.jackson.core/jackson-databind@2.10.0")
    assert (told.scans[0].is_whole, told.scans[0].shows_components) == (False, False)


def test_licences_and_addresses_of_a_real_bill_are_kept_as_written():
    told, plain = opened("cyclonedx/SBOM__laravel-7.12.0__bom.1.2.json")

    (scan,) = told.scans
    assert [c.purl for c in scan.components] == [c["purl"] for c in plain["components"]]
    assert sum(c.licences == "MIT" for c in scan.components) == 57
    assert all(c.key == f"{scan.subject}|{c.purl}" for c in scan.components)


@pytest.mark.parametrize("name", TREES)
def test_the_figures_of_a_project_enter_its_history(name):
    told, plain = opened(f"{HISTORY}{name}")
    project, files, figures = TREES[name]
    parts = name.split("-")
    month, day, year = parts[parts.index("2022" if "2022" in parts else "2023") - 2 :][:3]

    (scan,) = told.scans
    assert scan.subject == f"fga-eps-mds_2022-{project}"
    assert told.counts.get("files", 0) == len(plain["components"]) == files
    assert len(scan.readings) == len(plain["baseComponent"]["measures"]) == figures
    assert scan.taken_on == date(int(year), int(month), int(day))
    assert dict(scan.facts) == {
        m["metric"]: float(m["value"]) for m in plain["baseComponent"]["measures"]
    }
    assert (scan.shows_findings, scan.shows_components, scan.is_whole) == (False, False, False)


def test_the_measures_of_one_component_are_figures_and_words_are_left():
    told, plain = opened("sonarqube/tamp__measures_component.json")

    (scan,) = told.scans
    assert scan.facts == {
        "bugs": 2, "code_smells": 45, "ncloc": 12306, "vulnerabilities": 11,
        "security_hotspots": 0, "sqale_index": 240,
    }  # fmt: skip
    assert told.counts == {"metrics": 8, "words": 2, "figures": 6}
    assert len(plain["component"]["measures"]) == 8
    assert scan.readings == ()  # the day of the analysis is not told
    assert [n.code for n in told.notes] == ["sonar-day-unknown"]


def test_the_measures_of_files_are_only_counted():
    told, plain = opened("sonarqube/codecharta__sonarqube_measures.json")

    assert told.counts == {"metrics": 1, "files": 49, "figures": 1}
    assert len(plain["components"]) == 49
    assert told.scans[0].facts == {"coverage": 85.1}


@pytest.mark.parametrize(
    ("name", "counts"),
    [("codecharta__metrics.json", {"metrics": 5}), ("defectdojo__product.json", {})],
)
def test_answers_without_any_debt_bring_nothing_and_say_so(name, counts):
    told, _ = opened(f"sonarqube/{name}")

    assert (told.format, told.scans, dict(told.counts)) == ("sonarqube", (), counts)
    assert [n.code for n in told.notes] == ["sonar-nothing"]


def test_a_list_of_issues_tells_efforts_and_what_was_set_aside():
    told, plain = opened("sonarqube/defectdojo__issues.json")

    (scan,) = told.scans
    assert told.counts == {"issues": 3, "projects": 1, "set_aside": 1, "minutes": 40}
    assert [f.minutes for f in scan.findings] == [15, 15, 10]
    assert [f.is_set_aside for f in scan.findings] == [
        i.get("resolution") == "FALSE-POSITIVE" for i in plain
    ]
    assert [f.theme for f in scan.findings] == [
        Theme.MAINTAINABILITY, Theme.MAINTAINABILITY, Theme.RELIABILITY,
    ]  # fmt: skip
    assert (scan.subject, scan.is_whole) == ("internal.dummy.project", False)
    assert scan.findings[0].place == "src/main/javascript/TranslateDirective.ts:242"
    assert scan.findings[0].first_seen == date(2017, 10, 18)


def test_a_report_of_hotspots_is_dated_and_linked():
    told, plain = opened("sonarqube/defectdojo__sonar-6-findings.json")

    (scan,) = told.scans
    assert len(scan.findings) == len(plain["issues"]) == 6
    assert (scan.subject, scan.taken_on) == ("vulnerable-flask-app", date(2024, 1, 18))
    assert {f.theme for f in scan.findings} == {Theme.SECURITY}
    assert [f.severity for f in scan.findings].count(Severity.LOW) == plain["summary"]["minor"] == 5
    assert all(f.url.startswith(plain["sonarBaseURL"]) for f in scan.findings)


@pytest.mark.parametrize("name", SARIF)
def test_the_results_of_an_analyser_are_findings(name):
    told, plain = opened(f"sarif/{name}")
    results, findings, suppressed, tool, is_whole = SARIF[name]
    written = [r for run in plain["runs"] for r in run["results"]]

    (scan,) = told.scans
    assert told.counts["results"] == len(written) == results
    assert len(scan.findings) == sum(r.get("kind") != "pass" for r in written) == findings
    assert sum(f.is_set_aside for f in scan.findings) == suppressed
    assert sum("suppressions" in r for r in written) == suppressed
    assert (scan.subject, scan.is_whole, scan.shows_components) == (tool, is_whole, False)


def test_levels_places_and_texts_of_real_results():
    flawfinder = opened("sarif/flawfinder.sarif")[0].scans[0].findings
    spotbugs = opened("sarif/spotbugs.sarif")[0].scans[0].findings

    first = flawfinder[0]
    assert (first.place, first.rule, first.word) == ("src/tree/param.cc:29", "FF1048", "error")
    assert {f.theme for f in flawfinder} == {Theme.SECURITY}
    assert spotbugs[0].title == (
        "Hard coded reference to an absolute pathname in Boot.main(String[])."
    )
    assert not any("{0}" in f.title for f in spotbugs)
    assert spotbugs[0].severity is Severity.LOW


def test_a_file_without_any_run_brings_nothing_and_says_so():
    told, plain = opened("sarif/no_runs.sarif")

    assert plain["runs"] == []
    assert (told.scans, [n.code for n in told.notes]) == ((), ["sarif-no-runs"])


@pytest.mark.parametrize("name", FINDINGS)
def test_the_findings_of_dependency_track_are_read_once_each(name):
    told, plain = opened(f"dependency_track/{name}")
    rows, findings, components = FINDINGS[name]
    written = plain["findings"] or []

    (scan,) = told.scans
    assert told.counts["findings"] == len(written) == rows
    named = {(f["component"]["purl"], f["vulnerability"]["vulnId"]) for f in written}
    assert len(scan.findings) == len(named) == findings
    assert len(scan.components) == len({f["component"]["purl"] for f in written}) == components
    assert scan.subject == plain["project"]["uuid"]
    assert (scan.is_whole, scan.taken_on) == (
        True, date.fromisoformat(plain["meta"]["timestamp"][:10]),
    )  # fmt: skip


def test_pages_of_a_real_tree_are_not_mixed_up_when_brought_together():
    names = [f"{HISTORY}{name}" for name in TREES]
    files = [shared(*name.split("/")) for name in names]

    each = scans.read_all([(file.name, file.read_bytes()) for file in files])

    subjects = [told.scans[0].subject for told in each]
    assert subjects == [f"fga-eps-mds_2022-{project}" for project, *_ in TREES.values()]

"""Files that real tools wrote: each comes in with its counts, and nothing changes afterwards."""

import shutil

import pytest
from hubs import ANNE, FRIDAY, MONDAY, Plain, every, one, welcome
from shared_data import shared

from data.store import open_store
from portfolio.debt import DebtItem
from portfolio.finding import Component, Finding, Reading
from services import hub
from services.hub import Order
from services.hub_source import name_of

FILES = [  # findings, components, figures (a run's own included)
    ("cyclonedx/SBOM__cern-lhc-vdm-editor-e564943__bom.json", 0, 43, 1),
    ("cyclonedx/SBOM__dropwizard-1.3.15__bom.json", 0, 167, 1),
    ("cyclonedx/SBOM__juice-shop__v11.1.2__bom.json", 0, 840, 1),
    ("cyclonedx/SBOM__laravel-7.12.0__bom.1.2.json", 0, 62, 1),
    ("cyclonedx/SaaSBOM__apigateway-microservices-datastores__bom.json", 0, 6, 1),
    ("cyclonedx/VEX__vex.json", 1, 0, 1),
    ("cyclonedx/defectdojo__nested-component-log4j.json", 8, 2, 1),
    ("cyclonedx/dtrack__dtrack-apiserver-4.5.0.bom.json", 0, 132, 1),
    ("cyclonedx/dtrack__valid-bom-1.6.json", 0, 2, 1),
    ("sonarqube/defectdojo__issues.json", 3, 0, 1),
    ("sonarqube/defectdojo__sonar-6-findings.json", 6, 0, 1),
    ("sonarqube/tamp__measures_component.json", 0, 0, 6),
    ("sarif/SuppressionTestCurrent.sarif", 4, 0, 1),
    ("sarif/bash-report.sarif", 27, 0, 1),
    ("sarif/flawfinder.sarif", 53, 0, 1),
    ("sarif/spotbugs.sarif", 56, 0, 1),
    ("dependency_track/dependency_track_3.8.0_2021-01-18.json", 9, 2, 1),
    ("dependency_track/deptrack_npm_4.14.1.json", 21, 10, 1),
    ("dependency_track/no_findings_because_findings_key_is_null.json", 0, 0, 1),
    ("dependency_track/one_finding_with_analysis_detail.json", 1, 1, 1),
]

HISTORY = "sonarqube/component_tree_history/fga-eps-mds-2022-2-MeasureSoftGram-"
NOTHING_NEW = [
    "cyclonedx/dtrack__valid-bom-1.5.json",  # says what 1.3 said
    "cyclonedx/dtrack__valid-bom-1.6.json",  # and so does it, of the same day
    "sonarqube/codecharta__metrics.json",  # definitions of metrics
    "sonarqube/defectdojo__product.json",  # a project's name
    f"{HISTORY}Front-11-28-2022-20-04-26-stage.json",  # no measure
    f"{HISTORY}Service-12-07-2022-00-56-12-develop.json",  # no measure
    "sarif/no_runs.sarif",
    "dependency_track/no_findings_because_findings_key_is_null.json",  # older than the one before
]


@pytest.fixture
def store(migrated_file, tmp_path):
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    yield welcome(opened)
    opened.close()


def bring(store, *names, today=MONDAY, system="PAIE"):
    """The shared files of these names, each thing in them into that system."""
    files = [shared(name) for name in names]
    source = hub.read([(file.name, file.read_bytes()) for file in files])
    into = {name_of(scan): system for told in source.told for scan in told.scans}
    return hub.bring_in(store, ANNE, "c", source, Order(Plain(), today, into=into))


@pytest.mark.parametrize(("name", "findings", "components", "figures"), FILES)
def test_a_file_comes_in_with_its_counts_and_is_unchanged_the_second_time(
    store, name, findings, components, figures
):
    first = bring(store, name)
    counts = [first.changes.counts(kind).created for kind in ("findings", "components", "readings")]
    held = [len(every(store, kind)) for kind in (Finding, Component, Reading)]
    again = bring(store, name, today=FRIDAY)

    assert counts == held == [findings, components, figures]
    assert again.batch is None
    total = again.changes.total
    assert (total.created, total.updated, total.gone, total.reopened) == (0, 0, 0, 0)
    assert total.unchanged >= findings + components + figures


def test_the_history_of_a_project_comes_in_at_once_in_any_order(store):
    folder = "sonarqube/component_tree_history"
    names = [f"{folder}/{file.name}" for file in shared(folder).glob("*MeasureSoftGram-CLI*")]

    bring(store, *sorted(names, reverse=True))

    days = {str(r.on): r.number for r in every(store, Reading) if r.metric == "ncloc"}
    assert list(days) == sorted(days)
    assert len(days) == 4
    assert bring(store, *names, today=FRIDAY).batch is None


def test_every_file_of_every_tool_in_one_system_changes_nothing_the_second_time(store):
    folders = ("cyclonedx", "sonarqube", "sonarqube/component_tree_history", "sarif",
               "dependency_track")
    names = [
        f"{folder}/{file.name}"
        for folder in folders
        for file in sorted(shared(folder).iterdir())
        if file.suffix in (".json", ".sarif")
    ]
    assert len(names) == 38
    first = {name: bring(store, name) for name in names}
    again = {name: bring(store, name, today=FRIDAY) for name in names}

    assert [name for name in names if first[name].batch is None] == NOTHING_NEW
    assert {name: brought.changes.total for name, brought in again.items() if brought.batch} == {}


def test_a_file_without_runs_brings_nothing(store):
    assert bring(store, "sarif/no_runs.sarif").batch is None


def test_an_export_without_findings_that_is_older_closes_nothing(store):
    bring(store, "dependency_track/deptrack_npm_4.14.1.json")

    old = bring(store, "dependency_track/no_findings_because_findings_key_is_null.json")

    assert old.batch is None
    assert len(old.changes.older) == 1
    assert {f.gone_on for f in every(store, Finding)} == {None}


def test_minutes_of_sonarqube_make_the_principal(store):
    bring(store, "sonarqube/defectdojo__issues.json")

    items = every(store, DebtItem)

    assert sum(item.principal_priced.hours for item in items) * 60 <= 40  # one is set aside
    assert all(item.evidence[0].source == "sonarqube" for item in items)


def test_vulnerabilities_of_two_tools_are_one_item_with_two_sources(store):
    bring(store, "dependency_track/dependency_track_3.8.0_2021-01-18.json")
    bring(store, "cyclonedx/defectdojo__nested-component-log4j.json")

    item = one(store, DebtItem, "PAIE-VULNERABILITES")

    assert {(e.source, e.findings) for e in item.evidence} == {
        ("dependency-track", 9), ("cyclonedx", 8),
    }  # fmt: skip

"""CycloneDX bills of materials of any version, their vulnerabilities and what was decided."""

import json

import pytest

from data import scans
from portfolio.finding import Severity, Theme


def told(**document):
    whole = {"bomFormat": "CycloneDX", "specVersion": "1.6"} | document
    return scans.read("bom.json", json.dumps(whole).encode())


def library(name, version="1.0", **more):
    return {"type": "library", "name": name, "version": version} | more


def only(**document):
    read = told(**document)
    (scan,) = read.scans
    return scan


def flaw(own="CVE-1", ref="r", **more):
    return {"id": own, "affects": [{"ref": ref}]} | more


@pytest.mark.parametrize("version", ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7", 1.5])
def test_every_version_of_the_format_is_read_without_a_remark(version):
    read = told(specVersion=version, components=[library("a")])

    assert (len(read.scans[0].components), read.noted) == (1, ())


@pytest.mark.parametrize("version", ["1.8", "2.0", None])
def test_an_unknown_version_is_read_with_a_remark(version):
    read = told(specVersion=version, components=[library("a")])

    assert len(read.scans[0].components) == 1
    assert [(r.code, r.where.column) for r in read.noted] == [
        ("spec-version-unknown", "specVersion")
    ]


def test_components_are_walked_at_any_depth_and_services_too():
    deep = library("fond")
    for at in range(40):
        deep = library(f"n{at}", components=[deep])
    main = {"name": "paie", "type": "application", "components": [library("dedans")]}

    read = told(metadata={"component": main}, components=[deep],
                services=[{"name": "s", "services": [{"name": "t"}]}])  # fmt: skip

    assert read.counts == {"components": 42, "nested": 42, "services": 2}
    assert len(read.scans[0].components) == 44


def test_a_version_is_kept_as_it_is_written():
    component = only(components=[library("a", "v7.30.6", purl="pkg:npm/a@v7.30.6")]).components[0]

    assert (component.number, component.purl) == ("v7.30.6", "pkg:npm/a@v7.30.6")


def test_a_component_is_named_by_its_address_without_qualifiers():
    (component,) = only(components=[
        library("a", purl="pkg:maven/org.x/a@1.0?type=jar", group="org.x", cpe="cpe:2.3:a:x:a:1.0"),
    ]).components  # fmt: skip

    assert component.key == "pkg:maven/org.x/a@1.0"
    assert (component.name, component.cpe) == ("org.x/a", "cpe:2.3:a:x:a:1.0")


def test_a_component_without_an_address_is_named_by_its_group_name_and_version():
    (component,) = only(components=[library("a", "2", group="org.x")]).components

    assert component.key == "org.x/a@2"


def test_a_component_listed_twice_counts_once_and_a_reference_that_names_two_is_remarked():
    read = told(components=[library("a", **{"bom-ref": "r"}), library("a", **{"bom-ref": "r"}),
                            library("b", **{"bom-ref": "r"})])  # fmt: skip

    assert [c.name for c in read.scans[0].components] == ["a", "b"]
    assert read.counts == {"components": 3, "twice": 1}
    assert [(r.code, r.where.column) for r in read.noted] == [
        ("reference-twice", "components[2].bom-ref")
    ]


def test_an_unreadable_address_is_remarked_and_the_component_is_kept_by_name():
    read = told(components=[library("a", "1", purl="npm:a@1")])

    assert read.scans[0].components[0].key == "a@1"
    assert [r.code for r in read.noted] == ["purl-unreadable"]


@pytest.mark.parametrize(
    ("licences", "told_as"),
    [
        ([{"license": {"id": "MIT"}}], "MIT"),
        ([{"license": {"name": "Licence maison"}}], "Licence maison"),
        ([{"expression": "MIT OR Apache-2.0"}], "MIT OR Apache-2.0"),
        ([{"license": {"id": "MIT"}}, {"license": {"id": "EPL-2.0"}}, {"license": {"id": "MIT"}}],
         "MIT, EPL-2.0"),
        ([], ""),
        (None, ""),
    ],
)  # fmt: skip
def test_licences_are_identifiers_names_or_expressions(licences, told_as):
    assert only(components=[library("a", licenses=licences)]).components[0].licences == told_as


def test_a_bill_of_no_component_is_a_right_answer_that_says_so():
    read = told(metadata={"component": {"name": "paie", "type": "application"}}, components=[])

    assert (read.refused, read.scans[0].components) == ((), ())
    assert (read.scans[0].is_whole, read.counts) == (True, {"components": 0})
    assert [n.code for n in read.notes] == ["no-components"]


@pytest.mark.parametrize(
    ("component", "subject"),
    [
        ({"name": "paie", "version": "1"}, "paie"),
        ({"name": "paie", "group": "ville", "version": "1"}, "ville/paie"),
        ({"name": "paie", "purl": "pkg:npm/paie@1.2"}, "pkg:npm/paie"),
        ({"name": "registre:5000/paie:4.2", "type": "container"}, "registre:5000/paie"),
        ({"name": "registre:5000/paie", "type": "container"}, "registre:5000/paie"),
    ],
)
def test_the_subject_is_the_same_from_one_version_to_the_next(component, subject):
    assert only(metadata={"component": component}, components=[]).subject == subject


def test_two_subjects_of_one_system_keep_their_components_apart():
    front, back = (
        only(metadata={"component": {"name": name}}, components=[library("a", purl="pkg:npm/a@1")])
        for name in ("devant", "derriere")
    )

    assert front.components[0].key == "devant|pkg:npm/a@1"
    assert back.components[0].key == "derriere|pkg:npm/a@1"


def test_a_component_without_a_name_refuses_the_file():
    read = told(components=[library("a"), {"type": "library"}])

    assert read.scans == ()
    assert [(r.code, r.where.column) for r in read.refused] == [
        ("missing-field", "components[1].name")
    ]


def test_a_vulnerability_is_a_finding_for_each_component_that_it_affects():
    scan = only(
        components=[library("a", **{"bom-ref": "r"}), library("b", **{"bom-ref": "s"})],
        vulnerabilities=[{
            "id": "CVE-1", "affects": [{"ref": "r"}, {"ref": "s"}], "description": "Débordement",
            "ratings": [{"severity": "medium"}, {"severity": "critical", "score": 9.8}],
            "source": {"url": "https://exemple.org/CVE-1"},
        }],
    )  # fmt: skip

    assert [(f.key, f.place) for f in scan.findings] == [
        ("a@1.0|CVE-1", "a 1.0"), ("b@1.0|CVE-1", "b 1.0"),
    ]  # fmt: skip
    first = scan.findings[0]
    assert (first.severity, first.word, first.theme) == (
        Severity.BLOCKER, "critical", Theme.VULNERABILITY,
    )  # fmt: skip
    assert (first.title, first.url) == ("CVE-1: Débordement", "https://exemple.org/CVE-1")


@pytest.mark.parametrize(
    ("score", "severity"),
    [(10, Severity.BLOCKER), (9.0, Severity.BLOCKER), (8.9, Severity.HIGH), (7, Severity.HIGH),
     (6.9, Severity.MEDIUM), (3.9, Severity.LOW), (0, Severity.INFO), ("7.5", Severity.HIGH),
     (11, Severity.MEDIUM), (None, Severity.MEDIUM)],
)  # fmt: skip
def test_a_score_stands_where_there_is_no_word(score, severity):
    rated = flaw(ratings=[{"score": score, "severity": "unknown"}])

    assert only(vulnerabilities=[rated]).findings[0].severity is severity


@pytest.mark.parametrize(
    ("state", "is_aside"),
    [("not_affected", True), ("false_positive", True), ("resolved", True),
     ("resolved_with_pedigree", True), ("exploitable", False), ("in_triage", False), ("", False)],
)  # fmt: skip
def test_what_was_decided_of_a_vulnerability_is_honoured(state, is_aside):
    (finding,) = only(vulnerabilities=[flaw(analysis={"state": state})]).findings

    assert finding.is_set_aside is is_aside


def test_a_component_of_which_no_version_is_affected_has_no_finding():
    one = {"id": "CVE-1", "affects": [
        {"ref": "r", "versions": [{"version": "1.0", "status": "unaffected"}]}]}  # fmt: skip

    read = told(components=[library("a", **{"bom-ref": "r"})], vulnerabilities=[one])

    assert read.scans[0].findings == ()
    assert read.counts["not_counted"] == 1


def test_a_vulnerability_may_point_into_another_bill():
    read = told(vulnerabilities=[flaw(ref="urn:cdx:3e671687/1#pkg:npm/a@1")])

    assert read.scans[0].findings[0].place == "pkg:npm/a@1"
    assert read.counts["elsewhere"] == 1


def test_a_vulnerability_that_affects_nothing_named_is_one_finding():
    (finding,) = only(vulnerabilities=[{"id": "CVE-1"}]).findings

    assert (finding.key, finding.place) == ("CVE-1", "")


def test_a_bill_without_vulnerabilities_says_nothing_of_them():
    assert not only(components=[library("a")]).shows_findings
    assert only(components=[library("a")], vulnerabilities=[]).shows_findings


def test_only_addresses_of_the_web_are_kept():
    odd = flaw(source={"url": "javascript:alert(1)"})

    assert only(vulnerabilities=[odd]).findings[0].url == ""


def test_a_long_key_is_hashed_and_stays_the_same():
    long = library("a" * 400, "1")

    first, again = (only(components=[long]).components[0].key for _ in range(2))

    assert len(first) <= 160
    assert first == again
    assert first != only(components=[library("a" * 400, "2")]).components[0].key

"""Files of tools that are cut, mixed up or made to harm: a reason or a right answer, never more."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared_data import SHARED

from data import scans
from data.scans import sonarqube_pages

ISSUE = {
    "key": "A1", "rule": "java:S1", "severity": "MAJOR", "component": "paie:src/A.java",
    "project": "paie", "line": 3, "effort": "2h1min", "message": "Simplifier.",
    "type": "CODE_SMELL", "status": "OPEN", "creationDate": "2026-01-05T10:00:00+0000",
    "textRange": {"startLine": 3}, "impacts": [{"softwareQuality": "SECURITY", "severity": "LOW"}],
}  # fmt: skip
DOCUMENTS = {
    "issues": {"total": 1, "paging": {"total": 1}, "issues": [ISSUE],
               "components": [{"key": "paie:src/A.java", "path": "src/A.java"}]},
    "hotspots": {"paging": {"total": 1}, "hotspots": [
        {"key": "H1", "component": "paie:a", "project": "paie", "status": "TO_REVIEW",
         "vulnerabilityProbability": "HIGH", "message": "m", "line": 2}]},
    "component": {"component": {"key": "paie", "name": "Paie", "measures": [
        {"metric": "ncloc", "value": "240"}, {"metric": "new_bugs", "period": {"value": "1"}}]}},
    "history": {"paging": {"total": 1, "pageSize": 100}, "measures": [
        {"metric": "ncloc", "history": [{"date": "2026-01-05T10:00:00+0000", "value": "7"}]}]},
    "sbom": {"bomFormat": "CycloneDX", "specVersion": "1.5",
             "metadata": {"timestamp": "2026-01-05T10:00:00Z",
                          "component": {"name": "paie", "type": "application", "version": "1"}},
             "components": [{"type": "library", "name": "a", "version": "v7.30.6", "bom-ref": "r",
                             "purl": "pkg:npm/a@v7.30.6", "licenses": [{"license": {"id": "MIT"}}],
                             "components": [{"type": "library", "name": "b"}]}],
             "services": [{"name": "s"}],
             "vulnerabilities": [{"id": "CVE-1", "ratings": [{"severity": "high", "score": 7}],
                                  "affects": [{"ref": "r", "versions": [{"version": "1"}]}],
                                  "analysis": {"state": "in_triage"}}]},
    "sarif": {"version": "2.1.0", "$schema": "sarif", "runs": [{
        "tool": {"driver": {"name": "T", "rules": [{"id": "R", "defaultConfiguration": {
            "level": "error"}, "properties": {"tags": ["security"], "security-severity": "7.5"}}]},
            "extensions": [{"name": "E", "rules": [{"id": "X"}]}]},
        "invocations": [{"executionSuccessful": True, "endTimeUtc": "2026-01-05T10:00:00Z"}],
        "artifacts": [{"location": {"uri": "a.c"}}],
        "results": [{"ruleId": "R", "ruleIndex": 0, "message": {
            "text": "m {0}", "arguments": ["x"]},
                     "locations": [{"physicalLocation": {"artifactLocation": {"index": 0},
                                                         "region": {"startLine": 4}}}],
                     "suppressions": [{"kind": "external"}], "partialFingerprints": {"a": "b"}}]}]},
    "findings": {"meta": {"application": "Dependency-Track", "timestamp": "2026-01-05T10:00:00Z"},
                 "project": {"uuid": "u", "name": "paie"}, "version": "1.3", "findings": [{
                     "component": {"name": "a", "version": "1", "purl": "pkg:npm/a@1"},
                     "vulnerability": {"vulnId": "CVE-1", "severity": "HIGH", "source": "NVD"},
                     "analysis": {"state": "IN_TRIAGE", "isSuppressed": False}}]},
}  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**15) + 1, 10**15 - 1), st.text(max_size=4),
    st.floats(allow_nan=False, allow_infinity=False), st.just("9" * 400), st.just("\x00\n"),
    st.just("2026-02-30T00:00:00Z"), st.just("pkg:"), st.just("pkg:npm/%"), st.just(-1),
)  # fmt: skip
VALUES = st.recursive(LEAVES, lambda inner: st.one_of(
    st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
), max_leaves=5)  # fmt: skip


def places(node, path=()):
    """Every place of a document, the whole included."""
    yield path
    if isinstance(node, dict | list):
        for step, item in node.items() if isinstance(node, dict) else enumerate(node):
            yield from places(item, (*path, step))


def changed(node, path, value):
    """The document with another value at that place."""
    if not path:
        return value
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = changed(node[path[0]], path[1:], value)
    return copy


def read(document, name="f.json"):
    return scans.read(name, json.dumps(document).encode(), "PAIE")


def is_all_or_nothing(told):
    """Something, or the reasons why nothing; what was read is of the system, with short keys."""
    nouns = [n for s in told.scans for n in (*s.findings, *s.components, *s.readings)]
    keys = [(type(n), n.key) for n in nouns if hasattr(n, "key")]
    assert not (told.refused and told.scans)
    assert all(n.system == "PAIE" for n in nouns)
    assert all(0 < len(key) <= 160 and key.isprintable() for _, key in keys)
    assert len(set(keys)) == len(keys)
    return True


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_each_document_is_read_before_it_is_spoilt(kind):
    told = read(DOCUMENTS[kind])

    assert told.refused == ()
    assert len(told.scans) == 1
    assert is_all_or_nothing(told)


@pytest.mark.parametrize("kind", DOCUMENTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_value_of_any_kind_at_any_place_is_refused_or_read(kind, data):
    document = DOCUMENTS[kind]
    path = data.draw(st.sampled_from(list(places(document))))
    spoilt = changed(document, path, data.draw(VALUES))

    assert is_all_or_nothing(read(spoilt))


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_file_cut_anywhere_is_refused_with_its_place(kind):
    whole = json.dumps(DOCUMENTS[kind], indent=1).encode()
    for end in range(1, len(whole), 7):
        told = scans.read("f.json", whole[:end])

        assert told.scans == ()
        assert told.refused[0].code == "json-cut"
        assert told.refused[0].where.column


@pytest.mark.parametrize("folder", ["cyclonedx", "sonarqube", "sarif", "dependency_track"])
def test_real_files_cut_at_many_points_are_refused(folder):
    files = [f for f in sorted((SHARED / folder).rglob("*")) if f.suffix in (".json", ".sarif")]
    if not files:
        pytest.skip(f"real data absent: {folder} (set ARBITRAGE_SHARED_DATA)")
    for file in files:
        content = file.read_bytes().rstrip()
        for end in range(1, len(content), max(1, len(content) // 9)):
            told = scans.read(file.name, content[:end])
            assert (told.scans, bool(told.refused)) == ((), True), (file.name, end)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"   \n", "file-empty"),
        (b'{"bomFormat": "CycloneDX", "bomFormat": "CycloneDX"}', "key-twice"),
        (b'{"issues": [{"rule": NaN}]}', "not-finite"),
        (b'{"issues": 1e999}', "not-finite"),
        (b'{"total": 123456789012345678901}', "too-high"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too-high"),
        (b'{"a": "\\ud800"}', "broken-text"),
        (b'{"a": "\\\\ud800\\udc00"}', "broken-text"),
        (b'{"a": ' * 200 + b"1" + b"}" * 200, "too-deep"),
        (b"[" * 200_000, "too-deep"),
        ('{"nom": "é"}'.encode("latin-1"), "not-utf-8"),
        ('{"a": 1}'.encode("utf-16"), "not-utf-8"),
        (b'{"a": 1}200', "not-json"),
        (b'{"a" 1}', "not-json"),
        (b"<?xml version='1.0'?><bom xmlns='http://cyclonedx.org/schema/bom/1.4'/>",
         "xml-not-read"),
        (b"PK\x03\x04 cut", "zip-unreadable"),
        (b'{"a": 1}', "format-unknown"),
        (b"[]", "format-unknown"),
        (b"{}", "format-unknown"),
        (b"null", "format-unknown"),
        (b"a;b\n1;2\n", "format-unknown"),
    ],
)  # fmt: skip
def test_what_no_reader_can_read_says_why(content, code):
    told = scans.read("f.json", content)

    assert told.refused[0].code == code
    assert told.scans == ()


def test_a_document_of_no_known_tool_is_told_by_its_keys_and_the_known_tools_are_listed():
    (why,) = scans.read("f.json", b'{"alpha": 1, "beta": 2}').refused

    assert why.found == "alpha, beta"
    for name in ("sonarqube", "cyclonedx", "sarif", "dependency-track", "endoflife.date"):
        assert name in why.accepted


@pytest.mark.parametrize(
    ("document", "tool"),
    [
        ({"spdxVersion": "SPDX-2.3", "packages": []}, "SPDX"),
        ({"sbom": {"spdxVersion": "SPDX-2.3"}}, "SPDX"),
        ({"SchemaVersion": 2, "Results": []}, "Trivy"),
        ({"matches": [], "descriptor": {}}, "Grype"),
        ({"issues": [], "startAt": 0, "maxResults": 50, "total": 0}, "Jira"),
        ({"document": {"csaf_version": "2.0"}}, "CSAF"),
        ({"lockfileVersion": 3, "packages": {}}, "package-lock.json"),
    ],
)
def test_a_known_file_that_is_not_read_is_named_with_what_to_bring_instead(document, tool):
    (why,) = read(document).refused

    assert (why.code, why.found) == ("tool-not-read", tool)
    assert why.accepted


def test_a_wrong_list_is_refused_with_its_place():
    told = read({**DOCUMENTS["issues"], "issues": [ISSUE, "texte"]})

    (why,) = told.refused
    assert (why.code, why.where.column, why.found) == ("not-an-object", "issues[1]", "texte")


def test_many_oddities_are_counted_not_all_listed():
    issues = [{**ISSUE, "key": f"A{at}", "effort": "long"} for at in range(3000)]

    told = read({"total": 3000, "issues": issues})

    assert len(told.scans[0].findings) == 3000
    assert len(told.noted) == 1001
    assert told.noted[-1].code == "and-more"


def test_several_files_are_each_told_one_spoilt_does_not_hide_the_others():
    spoilt, sound = scans.read_all([
        ("a.json", b"{"), ("b.json", json.dumps(DOCUMENTS["sbom"]).encode()),
    ])  # fmt: skip

    assert (len(spoilt.refused), len(spoilt.scans)) == (1, 0)
    assert (len(sound.refused), len(sound.scans)) == (0, 1)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_pages_with_values_of_any_kind_are_refused_or_read(data):
    document = DOCUMENTS["issues"]
    pages = []
    for number in (1, 2):
        path = data.draw(st.sampled_from(list(places(document))))
        spoilt = changed(document, path, data.draw(VALUES))
        pages.append((f"{number}.json", json.dumps(spoilt).encode()))

    for told in scans.read_all(pages, "PAIE"):
        assert is_all_or_nothing(told)


def test_what_is_not_a_search_is_left_as_it_is():
    files = [("a", {"x": 1}), ("b", 3), ("c", None)]

    assert list(sonarqube_pages.joined(files)) == files

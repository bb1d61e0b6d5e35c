"""endoflife.date is read in both its shapes: the right products, or the one reason why not."""

import json
from datetime import date

import pytest
from shared_data import shared

from data import scans
from data.scans import endoflife
from portfolio.errors import Invalid

# As the site's API v1 answered for one product on 18 May 2026 (two releases of it).
ORACLE = {
    "schema_version": "1.2.1",
    "generated_at": "2026-05-18T00:09:48+00:00",
    "last_modified": "2026-05-05T06:42:43+00:00",
    "result": {
        "name": "oracle-database", "aliases": [], "label": "Oracle Database",
        "category": "database", "tags": ["database", "oracle"], "identifiers": [],
        "versionCommand": "SELECT BANNER_FULL FROM V$VERSION;",
        "labels": {"eoas": None, "discontinued": None, "eol": "Premier Support",
                   "eoes": "Extended Support"},
        "links": {"icon": None, "html": "https://endoflife.date/oracle-database"},
        "releases": [
            {"name": "23", "codename": None, "label": "26ai (LTR)", "isEol": False,
             "eolFrom": "2031-12-31", "isEoes": False, "eoesFrom": None},
            {"name": "19", "codename": None, "label": "19c (LTR)", "isEol": False,
             "eolFrom": "2029-12-31", "isEoes": False, "eoesFrom": "2032-12-31"},
        ],
    },
}  # fmt: skip
# As its API v0 answered for apache-airflow and bamboo, and with every form that its schema allows.
CYCLES = [
    {"cycle": "3", "releaseDate": "2025-04-22", "eol": False, "latest": "3.3.0", "lts": False,
     "support": True},
    {"cycle": "2", "releaseDate": "2020-12-17", "eol": "2026-04-22", "support": "2025-10-22",
     "extendedSupport": "2027-04-22", "discontinued": "2024-01-01"},
    {"cycle": 1, "releaseDate": "2018-08-27", "eol": True, "support": False, "codename": "Un"},
    {"cycle": "0.9", "releaseDate": "2017-08-27"},
]  # fmt: skip


def written(document):
    return json.dumps(document).encode()


def changed(**differently):
    """The v1 document, its first release different."""
    document = json.loads(json.dumps(ORACLE))
    document["result"]["releases"][0] |= differently
    return written(document)


def test_v1_gives_each_date_with_the_words_of_its_source():
    told = endoflife.read(written(ORACLE))

    (oracle,) = told.products
    release = oracle.releases[1]
    assert (oracle.code, oracle.title, oracle.category) == (
        "oracle-database", "Oracle Database", "database",
    )  # fmt: skip
    assert oracle.source == "https://endoflife.date/oracle-database"
    assert (release.version, release.label) == ("19", "19c (LTR)")
    assert (release.standard_end, release.standard_word) == (date(2029, 12, 31), "Premier Support")
    assert (release.extended_end, release.extended_word) == (date(2032, 12, 31), "Extended Support")
    assert (release.active_end, release.active_word) == (None, "")
    assert release.read_on == told.taken == date(2026, 5, 18)


def test_v0_gives_the_dates_that_are_dates_and_keeps_apart_ended_and_going_on():
    three, two, one, unsaid = endoflife.read(written(CYCLES), "apache-airflow.json").products[
        0
    ].releases

    assert two.dates == (
        date(2024, 1, 1), date(2025, 10, 22), date(2026, 4, 22), date(2027, 4, 22),
    )  # fmt: skip
    assert two.has_ended is None
    assert (three.has_ended, three.is_dated) == (False, False)
    assert (one.version, one.has_ended, one.label) == ("1", True, "1 (Un)")
    assert (unsaid.has_ended, unsaid.is_dated) == (None, False)


def test_v0_has_its_name_from_the_file():
    (product,) = endoflife.read(written(CYCLES), "C:/dl/Apache-Airflow.JSON").products

    assert product.code == product.title == "apache-airflow"
    assert product.source == "https://endoflife.date/apache-airflow"


def test_a_boolean_end_of_life_is_no_date():
    (oracle,) = endoflife.read(changed(isEol=True, eolFrom=None)).products

    assert (oracle.releases[0].has_ended, oracle.releases[0].standard_end) == (True, None)
    assert oracle.releases[0].standard_word == "Premier Support"


def test_the_counts_say_how_many_releases_have_no_date():
    told = endoflife.read(written(CYCLES), "x.json")

    assert (told.releases, told.undated) == (4, 3)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (written(ORACLE)[:-40], "", "not-json"),
        (b"", "", "not-json"),
        (b"<!doctype html>", "php.json", "not-json"),
        (b'{"schema_version": "1", "result": [], "result": []}', "", "key-twice"),
        (written({"schema_version": "1.2.1", "total": 0, "result": []}), "", "no-products"),
        (b"[]", "php.json", "no-products"),
        (b"{}", "", "not-endoflife"),
        (b"42", "", "not-endoflife"),
        (b"null", "", "not-endoflife"),
        (written({"bomFormat": "CycloneDX", "components": []}), "", "not-endoflife"),
        (written([{"kind": "OPEN", "ruleId": "x"}]), "issues.json", "not-endoflife"),
        (written(["php", "python"]), "all.json", "not-endoflife"),
        (written({"result": ["php"]}), "", "not-endoflife"),
        (written({"result": [{"name": "php", "label": "PHP", "uri": "…"}]}), "",
         "endoflife-summary"),
        (written({"result": {"name": "8.1", "label": "8.1", "isEol": True}}), "",
         "endoflife-summary"),
        (written({"result": {"label": "PHP", "releases": []}}), "", "missing-in-file"),
        (written({"result": {"name": "a b", "label": "PHP", "releases": []}}), "",
         "not-a-product"),
        (written({"result": {"name": "php", "label": "PHP", "releases": {}}}), "",
         "not-endoflife"),
        (written({"result": [ORACLE["result"], ORACLE["result"]]}), "", "twice-in-file"),
        (written([*CYCLES, CYCLES[0]]), "php.json", "twice-in-file"),
        (written(CYCLES), "../../etc/passwd ?.json", "not-a-product"),
        (written(CYCLES), "", "not-a-product"),
        (written([{"cycle": 3.10, "eol": True}]), "php.json", "version-as-number"),
        (written([{"cycle": "", "eol": True}]), "php.json", "missing-in-file"),
        (written([{"cycle": None, "eol": True}]), "php.json", "missing-in-file"),
        (written([{"cycle": "1", "eol": "soon"}]), "php.json", "not-an-end"),
        (written([{"cycle": "1", "eol": "2026-02-30"}]), "php.json", "not-an-end"),
        (written([{"cycle": "1", "eol": 20260101}]), "php.json", "not-an-end"),
        (changed(eolFrom="31/12/2031"), "", "not-an-end"),
        (changed(eolFrom=2031), "", "not-an-end"),
        (changed(eolFrom=None, isEol="yes"), "", "not-an-end"),
        (changed(name=None), "", "missing-in-file"),
        (b'{"result": {"name": "php", "label": NaN, "releases": []}}', "", "not-finite"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_whole(content, name, code):
    with pytest.raises(Invalid) as refused:
        endoflife.read(content, name)

    assert refused.value.code == code


def test_a_refusal_names_the_place():
    with pytest.raises(Invalid) as refused:
        endoflife.read(changed(eolFrom="soon"))

    assert refused.value.facts["path"] == "result.releases[0].eolFrom"


@pytest.mark.parametrize("part", ["result", "releases", "labels", "identifiers", "aliases"])
@pytest.mark.parametrize("wrong", [None, 3, "text", [], {}, [1], [None], {"a": 1}, True])
def test_a_part_of_another_kind_is_read_or_refused_but_never_breaks(part, wrong):
    document = json.loads(json.dumps(ORACLE))
    (document if part == "result" else document["result"])[part] = wrong

    told = endoflife.tell("", document)

    assert len(told.products) + len(told.refused) == 1


def test_the_sites_own_marks_and_tags_do_not_reach_a_reader():
    (oracle,) = endoflife.read(
        changed(label="Core __RELEASE_CYCLE__ '__CODENAME__'", codename="Ariel")
    ).products

    assert oracle.releases[0].label == "Core 23 'Ariel'"


def test_a_reader_of_tools_is_told_why_and_never_raised_at():
    told = endoflife.tell("php.json", [{"cycle": "1", "eol": "soon"}])

    assert told.products == ()
    assert [(r.where.column, r.code, r.found) for r in told.refused] == [
        ("[0].eol", "not-an-end", "soon")
    ]
    assert endoflife.tell("php.json", CYCLES).counts == {
        "products": 1, "releases": 4, "undated": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("document", "is_ours"),
    [(ORACLE, True), (CYCLES, True), ({"schema_version": "1", "result": []}, True), ([], False),
     ({"bomFormat": "CycloneDX"}, False), ([{"component": {}}], False), ("x", False)],
)  # fmt: skip
def test_the_sites_documents_are_known_by_what_they_hold(document, is_ours):
    assert endoflife.recognises(document) is is_ours


def test_the_whole_site_is_read():
    told = endoflife.read(shared("endoflife", "products_full.json").read_bytes())

    assert (len(told.products), told.releases, told.undated) == (464, 8351, 989)
    assert told.taken == date(2026, 8, 22)
    assert all(r.is_in_order for product in told.products for r in product.releases)
    assert not any("__" in r.label or "<" in r.standard_word
                   for product in told.products for r in product.releases)  # fmt: skip


def test_the_readers_of_tools_know_the_site():
    (told,) = scans.read_all([("bamboo.json", written(CYCLES))])

    assert (told.format, [product.code for product in told.products]) == (
        "endoflife.date", ["bamboo"],
    )  # fmt: skip

"""The public pages and files, asked for by anyone: nothing confidential in any byte of them."""

import itertools
import re
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from io import BytesIO
from itertools import islice

import feedparser
import httpx
import pytest
from public_server import answering
from published import ADDRESS, LEAD, SECRET, hold
from seated import FACILITATOR, MEMBERS

from data.store import open_store
from services import publication
from views.gate import is_open
from views.public_pages import WAITING

PAGES = (
    "/public/", "/public/c", "/public/c?q=projet", "/public/c/projet/P1", "/public/c/projet/P2",
    "/public/c/projet/P3", "/public/c/projet/P4", "/public/c/methode", "/public/c/donnees",
    "/public/c/essai", "/public/c/essai?w.service=0&w.climat=100",
    "/public/c/essai?detail=1&w.service=0&w.climat=100", "/public/c/essai?w.service=12,5",
)  # fmt: skip
FILES = ("/public/c/data.zip", "/public/c/datapackage.json", "/public/c/decisions.atom")
NOWHERE = ("/public/x", "/public/c/x", "/public/c/projet/P5", "/public/c/projet/P6",
           "/public/c/projet/P99", "/public/c/data/people.csv", "/public/d/data.zip",
           "/public/_stcore/host-config")  # fmt: skip
SECRETS = (SECRET, ADDRESS, "temoin.secret", LEAD, *(m.name for m in MEMBERS[:4]),
           FACILITATOR.name, "97.53")  # fmt: skip


@pytest.fixture(scope="module")
def house(migrated_file, tmp_path_factory):
    """The cycle whose every secret is planted, published."""
    file = tmp_path_factory.mktemp("public") / "house.db"
    file.write_bytes(migrated_file.read_bytes())
    with closing(open_store(f"sqlite:///{file}")) as store:
        hold(store)
        seen = publication.preview(store, FACILITATOR, "c")
        publication.publish(store, FACILITATOR, "c", seen.sha256)
        yield store


@pytest.fixture(scope="module")
def visitor(house):
    with answering(house) as where, httpx.Client(base_url=where) as client:
        yield client


def in_both(way):
    joint = "&" if "?" in way else "?"
    return (way, f"{way}{joint}lang=en")


def opened(content):
    """The bytes, and those of each member when they are a zip's."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def test_no_byte_that_the_public_may_ask_for_holds_a_secret(visitor):
    package = zipfile.ZipFile(BytesIO(visitor.get("/public/c/data.zip").content))
    tables = [f"/public/c/{n}" for n in package.namelist() if n.endswith(".csv")]
    assert len(tables) == 9
    ways = [way for one in (*PAGES, *FILES, *tables, *NOWHERE) for way in in_both(one)]
    for way in ways:
        answer = visitor.get(way)
        told = str(answer.headers).encode()
        for content in (*opened(answer.content), told):
            said = content.decode(errors="ignore").casefold()
            assert [one for one in SECRETS if one.casefold() in said] == [], way


def test_what_is_public_is_there_to_be_read(visitor):
    """Else the search for secrets would find none on empty pages."""
    page = visitor.get("/public/c/projet/P1").text
    for said in ("Problème public", "Résultat public", "Motif public de P1", "Direction ouverte"):
        assert said in page
    out = visitor.get("/public/c/projet/P3").text
    assert "50&nbsp;%" in out or "50\u00a0%" in out
    assert "Open project" in visitor.get("/public/c?lang=en").text


@pytest.mark.parametrize("way", PAGES)
def test_a_page_has_one_title_headings_in_order_and_no_script(visitor, way):
    for address in in_both(way):
        page = visitor.get(address).text
        levels = [int(n) for n in re.findall(r"<h([1-6])[ >]", page)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
        assert page.count("<table") == page.count("<caption")
        assert "<script" not in page
        assert " style=" not in page
        assert "onclick" not in page
        language = "en" if "lang=en" in address else "fr"
        assert f'<html lang="{language}">' in page
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids))


def test_what_is_not_published_is_told_of_in_the_same_words_whatever_was_asked(visitor):
    answers = [visitor.get(way) for way in NOWHERE]
    assert {a.status_code for a in answers} == {404}
    assert len({a.content for a in answers}) == 1


def test_a_page_whose_bytes_are_known_is_not_sent_again(visitor):
    first = visitor.get("/public/c")
    again = visitor.get("/public/c", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "public, no-cache"
    head = visitor.head("/public/c")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == first.headers["etag"]


def test_the_front_address_leads_to_the_cycles(visitor):
    assert visitor.get("/public", follow_redirects=False).headers["location"] == "/public/"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written_there(visitor, method):
    assert visitor.request(method, "/public/c").status_code == 404


@pytest.mark.parametrize(("path", "is_so"), [
    ("/public", True), ("/public/", True), ("/public/c/essai", True), ("/publication", False),
    ("/publicx", False), ("/x/public", False), ("/Public/c", False),
])  # fmt: skip
def test_the_gate_opens_to_public_addresses_only(path, is_so):
    assert is_open(path) is is_so


def test_projects_are_chosen_by_words_and_by_decision(visitor):
    def shown(query):
        return re.findall(r"/projet/(P\d)\"", visitor.get(f"/public/c?{query}").text)

    assert shown("") == ["P1", "P2", "P3", "P4"]
    assert shown("verb=refuse") == ["P4"]
    assert shown("q=formule") == ["P1"]
    assert shown("q=rien") == []


def test_the_trial_says_what_would_change_and_whose_the_decision_is(visitor):
    page = visitor.get("/public/c/essai?w.service=0&w.climat=100").text
    assert "1 projet entrerait et 1 projet sortirait" in page
    assert "La décision est celle du comité" in page
    bad = visitor.get("/public/c/essai?w.service=12,5&w.climat=1")
    assert bad.status_code == 422
    assert "« 12,5 »".replace(" ", "\u00a0") in bad.text
    assert 'aria-invalid="true"' in bad.text
    assert visitor.get("/public/c/essai?w.service=0&w.climat=0").status_code == 422


def test_who_comes_when_too_many_try_is_told_to_come_back_and_the_others_are_answered(house):
    free = threading.Event()

    def opened():
        free.wait(20)
        return house

    def tries(where, at):
        way = f"{where}/public/c/essai?w.service={at}&w.climat=1"
        return httpx.get(way, timeout=30)

    with answering(house, opened) as where, ThreadPoolExecutor(WAITING + 3) as crowd:
        waiting = [crowd.submit(tries, where, at) for at in range(1, WAITING + 4)]
        turned = [one.result() for one in islice(as_completed(waiting), 3)]
        free.set()
        answers = [one.result() for one in waiting]

    assert {(a.status_code, a.headers["retry-after"]) for a in turned} == {(503, "60")}
    assert sorted(a.status_code for a in answers) == [200] * WAITING + [503] * 3


def test_the_data_package_is_valid_and_a_formula_is_none(visitor, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    with zipfile.ZipFile(BytesIO(visitor.get("/public/c/data.zip").content)) as archive:
        archive.extractall(tmp_path)

    report = frictionless.validate(tmp_path / "datapackage.json")
    assert report.valid
    assert report.stats["errors"] == 0
    assert len(report.tasks) == 9
    read = frictionless.Package(tmp_path / "datapackage.json")
    assert read.licenses[0]["name"] == "CC-BY-4.0"
    projects = read.get_resource("projects")
    assert projects.schema.get_field("title").title == "Titre"
    assert projects.schema.get_field("title").custom["title_en"] == "Title"
    assert projects.read_rows()[0]["title"].startswith("'=SOMME")
    assert all(
        visitor.get(f"/public/c/{one.path}").content == (tmp_path / one.path).read_bytes()
        for one in read.resources
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_feed_is_atom_with_ids_that_stay(visitor, language):
    way = f"/public/c/decisions.atom?lang={language}"
    answer = visitor.get(way)
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert feed.entries[0].id == "tag:127.0.0.1,2026:decisions/c/P1/1"
    assert len({e.id for e in feed.entries}) == 4
    assert all(e.updated and e.link for e in feed.entries)
    verb = {"fr": "Approuvé\u00a0: P1", "en": "Approved: P1"}[language]
    assert feed.entries[0].title.startswith(verb)


def test_what_is_withdrawn_is_gone_at_once(migrated_file, tmp_path):
    file = tmp_path / "own.db"
    file.write_bytes(migrated_file.read_bytes())
    with closing(open_store(f"sqlite:///{file}")) as store:
        hold(store)
        seen = publication.preview(store, FACILITATOR, "c")
        kept = publication.publish(store, FACILITATOR, "c", seen.sha256)
        ways = ("/public/c", "/public/c/data.zip", "/public/c/essai", "/public/c/decisions.atom")
        with answering(store) as where, httpx.Client(base_url=where) as client:
            assert [client.get(way).status_code for way in ways] == [200] * 4
            assert "Cycle d" in client.get("/public/").text
            publication.withdraw(store, FACILITATOR, "c", kept, "une erreur")
            assert [client.get(way).status_code for way in ways] == [404] * 4
            assert "Cycle d" not in client.get("/public/").text

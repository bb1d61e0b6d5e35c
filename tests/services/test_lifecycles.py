"""The catalogue is corrected, filled from a file or a server, and put beside the city's systems."""

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest
from benches import a_registry
from loopback import answering
from shared_data import shared

from data.journal import Repeated
from data.lifecycles import Catalogue, shipped
from data.store import Act, open_store
from portfolio.errors import Invalid, Stale
from portfolio.finding import Component
from portfolio.lifecycle import Product, Release
from portfolio.person import Person, Role
from portfolio.system import System, Technology
from services import lifecycles
from services.lifecycle_dates import State, recognised
from services.lifecycle_merge import Change

TODAY = date(2026, 11, 27)
ARCHITECT = Person("archi", "Archi", frozenset({Role.ARCHITECT}))
# PHP 7.4 and SQL Server 2016 SP3, as endoflife.date has them.
PHP_74 = {"active_end": date(2021, 11, 28), "standard_end": date(2022, 11, 28)}
SQL_16 = date(2026, 7, 14)
OURS = date(2023, 6, 30)


@pytest.fixture
def store(migrated_file, tmp_path):
    """A house with an architect, and a cycle without systems."""
    with_own = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with with_own.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, ARCHITECT)
        work.bring_in(a_registry())
    yield with_own
    with_own.close()


def run_on(store, *technologies, code="S1"):
    """Keep a system that stands on these technologies; what the catalogue says of them."""
    with store.writing(Act("test", "architecte", "test")) as work:
        work.save("c", System(code, "Système", technologies=technologies))
    return beside(store)


def beside(store):
    return lifecycles.beside(store, ARCHITECT, "c")


def product(store, code):
    every = lifecycles.catalogue(store, ARCHITECT).products
    return next((one for one in every if one.code == code), None)


def kept_technology(store, system="S1"):
    with store.reading() as work:
        return work.one(System, "c", system).technologies[0]


def corrected(store, code, version, **differently):
    """The product as the catalogue has it, one of its releases different."""
    whole = product(store, code)
    releases = tuple(
        replace(r, **differently) if r.version == version else r for r in whole.releases
    )
    return replace(whole, releases=releases)


class TestTheCity:
    """What the city keeps stands in the place of what was shipped."""

    def test_a_corrected_product_stands_for_the_shipped_one(self, store):
        changed = corrected(store, "php", "7.4", standard_end=OURS, source="Contrat 2023-11")

        saved = lifecycles.save(store, ARCHITECT, changed, TODAY)

        (release,) = [r for r in saved.releases if r.version == "7.4"]
        assert (release.standard_end, release.read_on) == (OURS, TODAY)
        assert product(store, "php") == saved
        assert len(lifecycles.catalogue(store, ARCHITECT).products) == len(shipped())

    def test_a_reset_brings_the_shipped_one_back(self, store):
        before = product(store, "php")
        changed = corrected(store, "php", "7.4", standard_end=OURS, source="Contrat 2023-11")
        saved = lifecycles.save(store, ARCHITECT, changed, TODAY)

        assert lifecycles.reset(store, ARCHITECT, saved) == before
        assert product(store, "php") == before

    def test_a_product_of_the_city_alone_is_added_and_removed(self, store):
        release = Release("3", standard_end=OURS, source="Contrat 2023-11")
        own = Product("maison", "Progiciel maison", releases=(release,))
        saved = lifecycles.save(store, ARCHITECT, own, TODAY)
        assert run_on(store, Technology("Progiciel maison", "3.2")).mapped == 1

        assert lifecycles.reset(store, ARCHITECT, saved) is None
        assert beside(store).mapped == 0

    @pytest.mark.parametrize(
        ("differently", "code"),
        [
            ({"standard_end": OURS}, "no-source"),
            ({"standard_end": OURS, "source": " "}, "no-source"),
            ({"standard_end": None, "has_ended": False}, "no-source"),
            ({"active_end": date(2099, 1, 1), "source": "x"}, "ends-not-in-order"),
        ],
    )
    def test_a_date_without_its_source_or_out_of_order_is_refused(self, store, differently, code):
        with pytest.raises(Invalid, match=code):
            lifecycles.save(
                store, ARCHITECT, corrected(store, "php", "7.4", **differently), TODAY
            )
        assert product(store, "php").version == 0

    def test_two_who_correct_the_same_product_do_not_overwrite_each_other(self, store):
        one = corrected(store, "php", "7.4", standard_end=OURS, source="un")
        two = corrected(store, "php", "8.0", standard_end=date(2024, 6, 30), source="deux")
        lifecycles.save(store, ARCHITECT, one, TODAY)

        with pytest.raises(Stale):
            lifecycles.save(store, ARCHITECT, two, TODAY)
        with pytest.raises(Stale):
            lifecycles.reset(
                store, ARCHITECT, replace(product(store, "php"), version=7)
            )


class TestTheSystems:
    """A technology gets the catalogue's dates; nothing that someone typed is lost."""

    def test_what_nobody_typed_is_filled_with_its_words_and_source(self, store):
        lines = run_on(store, Technology("PHP", "7.4.33")).lines
        assert [line.state for line in lines] == [State.FILLED]

        lifecycles.apply(store, ARCHITECT, "c", lines)

        told = kept_technology(store)
        assert (told.active_end, told.standard_end) == tuple(PHP_74.values())
        assert told.standard_word == "Security Support"
        assert told.source == "https://endoflife.date/php"
        assert [line.state for line in beside(store).lines] == [State.SAME]

    def test_a_typed_date_moves_only_when_it_is_confirmed(self, store):
        typed = Technology("PHP", "7.4", standard_end=OURS, source="Contrat")
        (line,) = run_on(store, typed).lines
        assert line.state is State.DIFFERS
        assert [(d.end, d.typed, d.given) for d in line.differences] == [
            ("standard", OURS, PHP_74["standard_end"])
        ]

        lifecycles.apply(store, ARCHITECT, "c", (line,))
        told = kept_technology(store)
        assert (told.active_end, told.standard_end) == (PHP_74["active_end"], OURS)
        assert told.source == "Contrat"

        lifecycles.apply(store, ARCHITECT, "c", beside(store).lines, frozenset({line.key}))
        assert kept_technology(store).standard_end == PHP_74["standard_end"]

    def test_a_contract_never_moves(self, store):
        bought = Technology("SQL Server", "2016", contract_until=OURS)
        lines = run_on(store, bought).lines

        lifecycles.apply(store, ARCHITECT, "c", lines, frozenset(line.key for line in lines))

        told = kept_technology(store)
        assert (told.contract_until, told.standard_end) == (OURS, SQL_16)
        assert told.support_end == OURS

    def test_the_counts_are_honest(self, store):
        found = run_on(
            store,
            Technology("PHP", "7.4"),
            Technology("PHP", "8.1", standard_end=OURS),
            Technology("Windows Server", "2019", standard_end=date(2029, 1, 9),
                       active_end=date(2024, 1, 9)),
            Technology("jQuery", "3.7.1"),
            Technology("RabbitMQ"),
            Technology("Progiciel maison", "3"),
        )  # fmt: skip

        assert found.counts == {
            State.FILLED: 1, State.DIFFERS: 1, State.SAME: 1, State.UNDATED: 2, State.UNMAPPED: 1,
        }  # fmt: skip
        assert (found.mapped, found.dated, len(found.fills)) == (3, 2, 2)
        assert found.products == len(shipped())

    def test_a_system_that_changed_since_is_not_overwritten(self, store):
        lines = run_on(store, Technology("PHP", "7.4")).lines
        with store.writing(Act("test", "architecte", "test")) as work:
            work.save("c", replace(work.one(System, "c", "S1"), owner="Autre"))

        with pytest.raises(Stale):
            lifecycles.apply(store, ARCHITECT, "c", lines)
        assert kept_technology(store).standard_end is None

    def test_one_system_that_changed_keeps_all_as_they_were(self, store):
        run_on(store, Technology("PHP", "7.4"), code="S1")
        lines = run_on(store, Technology("PHP", "7.4"), code="S2").lines
        with store.writing(Act("test", "architecte", "test")) as work:
            work.save("c", replace(work.one(System, "c", "S2"), owner="Autre"))

        with pytest.raises(Stale):
            lifecycles.apply(store, ARCHITECT, "c", lines)
        assert kept_technology(store, "S1").standard_end is None

    def test_two_technologies_of_one_system_are_both_filled(self, store):
        lines = run_on(store, Technology("PHP", "7.4"), Technology("MySQL", "5.7")).lines

        (system,) = lifecycles.apply(store, ARCHITECT, "c", lines)

        assert all(technology.standard_end for technology in system.technologies)


def php(*releases, **more):
    return Product("php", "PHP", releases=releases, source="https://endoflife.date/php", **more)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"purl": "pkg:npm/%40angular/core@12.2.0", "kind": "framework"},
         ("angular", "12", date(2022, 11, 12))),
        ({"cpe": "cpe:2.3:a:php:php:7.4.33:*:*:*:*:*:*:*"}, ("php", "7.4", date(2022, 11, 28))),
        ({"name": "Ubuntu", "number": "18.04", "kind": "operating-system"},
         ("ubuntu", "18.04", date(2023, 5, 31))),
        ({"name": "jquery", "purl": "pkg:npm/jquery@3.5.0"}, ("jquery", "3", None)),
        ({"name": "redis", "number": "7.0", "kind": "library"}, ("", "", None)),
        ({"name": "redis", "purl": "pkg:npm/redis@7.0"}, ("", "", None)),
        ({"name": "php", "number": "1.0", "kind": "application"}, ("php", "", None)),
    ],
)  # fmt: skip
def test_a_component_is_recognised_by_what_tools_say_of_it(given, known):
    component = Component("S1", "sbom", "k", **{"name": "x", **given})

    found = recognised(Catalogue(shipped()), component)

    assert (found.product, found.release, found.support_end) == known


class TestAFile:
    """A file says what it would change, then changes that and no more."""

    def test_a_release_that_is_the_same_changes_nothing(self, store):
        same = [r for r in product(store, "php").releases if r.version in ("7.4", "8.0")]

        done = lifecycles.preview(store, ARCHITECT, (php(*same),))

        assert done.products == {Change.UNCHANGED: 1}
        assert done.releases[Change.UNCHANGED] == 2
        assert done.releases[Change.GONE] == len(product(store, "php").releases) - 2

    def test_new_and_moved_dates_are_kept_and_the_rest_stays(self, store):
        before = product(store, "php")
        moved = Release("7.4", standard_end=OURS)
        new = Release("9.0", standard_end=date(2031, 12, 31), standard_word="eol")

        done = lifecycles.bring_in(store, ARCHITECT, (php(new, moved),))

        after = {r.version: r for r in product(store, "php").releases}
        assert (done.releases[Change.CREATED], done.releases[Change.UPDATED]) == (1, 1)
        assert after["7.4"].standard_end == OURS
        assert after["9.0"] == new
        assert set(after) == {r.version for r in before.releases} | {"9.0"}
        again = lifecycles.preview(store, ARCHITECT, (php(new, moved),))
        assert again.products == {Change.UNCHANGED: 1}

    def test_a_date_that_a_person_typed_is_held_until_it_is_confirmed(self, store):
        typed = corrected(store, "php", "7.4", standard_end=OURS, source="Contrat 2023-11")
        lifecycles.save(store, ARCHITECT, typed, TODAY)
        site = php(Release("7.4", **PHP_74))

        held = lifecycles.bring_in(store, ARCHITECT, (site,))
        assert [(f.before.standard_end, f.after.standard_end) for f in held.merged[0].held] == [
            (OURS, PHP_74["standard_end"])
        ]
        assert {r.version: r for r in product(store, "php").releases}["7.4"].standard_end == OURS

        lifecycles.bring_in(store, ARCHITECT, (site,), over=frozenset({("php", "7.4")}))
        told = {r.version: r for r in product(store, "php").releases}["7.4"]
        assert told.standard_end == PHP_74["standard_end"]

    def test_products_that_the_catalogue_does_not_have_come_in_only_when_asked(self, store):
        bamboo = Product("bamboo", "Bamboo", releases=(Release("12", standard_end=OURS),))

        without = lifecycles.bring_in(store, ARCHITECT, (bamboo,), with_unknown=False)
        assert (without.merged, without.unknown) == ((), (bamboo,))
        assert product(store, "bamboo") is None

        with_it = lifecycles.bring_in(store, ARCHITECT, (bamboo,))
        assert with_it.products == {Change.CREATED: 1}
        assert product(store, "bamboo").version == 1

    def test_a_file_changes_everything_or_nothing(self, store):
        good, bad = php(Release("9.0", standard_end=OURS)), Product("a\0b", "Bad")

        with pytest.raises(Invalid):
            lifecycles.bring_in(store, ARCHITECT, (good, bad))
        assert product(store, "php").version == 0

    def test_the_same_request_twice_is_done_once(self, store):
        lifecycles.bring_in(store, ARCHITECT, (php(Release("9.0")),), request="r1")

        with pytest.raises(Repeated):
            lifecycles.bring_in(store, ARCHITECT, (php(Release("9.1")),), request="r1")

    def test_the_site_that_was_shipped_is_unchanged_and_the_whole_of_it_is_the_same_twice(
        self, store
    ):
        content = shared("endoflife", "products_full.json").read_bytes()
        brought = lifecycles.read("products_full.json", content, TODAY).products

        known = lifecycles.preview(store, ARCHITECT, brought, with_unknown=False)
        assert known.products == {Change.UNCHANGED: 168}
        assert (len(known.unknown), known.releases[Change.GONE]) == (296, 0)

        first = lifecycles.bring_in(store, ARCHITECT, brought)
        assert first.products == {Change.UNCHANGED: 168, Change.CREATED: 296}
        again = lifecycles.bring_in(store, ARCHITECT, brought)
        assert again.products == {Change.UNCHANGED: 464}


class TestAServer:
    """A refresh reads another server in the documented shapes, and refuses the rest."""

    def test_the_whole_list_is_read_from_the_v1_shape(self, store):
        body = json.dumps(
            {"schema_version": "1.2.1", "generated_at": "2026-11-20T00:00:00+00:00", "total": 1,
             "result": [{"name": "php", "label": "PHP", "category": "lang", "aliases": [],
                         "identifiers": [], "labels": {"eol": "Security Support"},
                         "links": {"html": "https://endoflife.date/php"},
                         "releases": [{"name": "9.0", "label": "9.0", "isEol": False,
                                       "eolFrom": "2031-12-31"}]}]}
        ).encode()  # fmt: skip

        def answer(request):
            is_asked = (request.path, request.headers["Accept"]) == (
                "/api/v1/products/full", "application/json",
            )  # fmt: skip
            return (200, {"Content-Type": "application/json"}, body) if is_asked else (404, {}, b"")

        with answering(answer) as server:
            told = lifecycles.fetch(store, ARCHITECT, f"{server}/api/v1/products/full", TODAY)

        assert told.taken == date(2026, 11, 20)
        assert told.products[0].releases[0].standard_end == date(2031, 12, 31)

    def test_one_product_of_the_v0_shape_has_its_name_from_the_address(self, store):
        with answering(lambda _: (200, {}, b'[{"cycle": "9", "eol": "2031-12-31"}]')) as server:
            told = lifecycles.fetch(store, ARCHITECT, f"{server}/api/bamboo.json", TODAY)

        assert [(p.code, p.releases[0].read_on) for p in told.products] == [("bamboo", TODAY)]

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            ((200, {}, b"<html>Maintenance</html>"), "not-json"),
            ((200, {}, b'{"result": []}'), "no-products"),
            ((200, {}, b'{"message": "hello"}'), "not-endoflife"),
            ((429, {}, b"Too many requests"), "answer-status"),
            ((301, {"Location": "https://exemple.invalid/"}, b""), "redirected"),
            ((200, {}, b"[" + b" " * 20_000_001 + b"]"), "answer-too-big"),
        ],
    )
    def test_what_is_no_catalogue_is_refused(self, store, answer, code):
        with answering(lambda _: answer) as server, pytest.raises(Invalid) as refused:
            lifecycles.fetch(store, ARCHITECT, f"{server}/api/php.json", TODAY)

        assert refused.value.code == code

    def test_only_a_safe_address_is_asked(self, store):
        with pytest.raises(Invalid, match="not-a-safe-address"):
            lifecycles.fetch(store, ARCHITECT, "http://endoflife.date/api/php.json", TODAY)

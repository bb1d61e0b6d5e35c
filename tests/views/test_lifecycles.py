"""Cycles de vie: what has a date, what the catalogue completes, a product corrected, a refresh."""

import json
from datetime import date

import pytest

from portfolio.person import Person, Role
from portfolio.system import System
from services import lifecycles
from services.lifecycle_dates import State
from views.pages import pages_for

ARCHITECT = Person("test-architecte", "Test architecte", frozenset({Role.ARCHITECT}))
FILE = json.dumps([
    {"cycle": "9.0", "eol": "2031-12-31", "support": "2029-12-31"},
    {"cycle": "7.4", "eol": "2022-12-25"},
]).encode()  # fmt: skip


def product(store, code="php"):
    every = lifecycles.catalogue(store, ARCHITECT).products
    return next((one for one in every if one.code == code), None)


def release(store, version, code="php"):
    return next(r for r in product(store, code).releases if r.version == version)


def part(at, name):
    at.segmented_control(key="lifecycles_part").set_value(name)
    return at.run()


def press(at, label):
    return next(b for b in at.button if b.label.startswith(label)).click().run()


def test_the_page_is_for_architects_administrators_and_facilitators():
    finds = {
        role
        for role in Role
        if "lifecycles" in {page.key for page in pages_for(Person("x", "x", frozenset({role})))}
    }

    assert finds == {Role.ARCHITECT, Role.ADMINISTRATOR, Role.FACILITATOR}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["beside", "catalogue", "refresh"])
def test_every_part_shows_in_both_languages(show, demo, read, language, name):
    at = part(show("lifecycles", demo, Role.ARCHITECT, language), name)

    assert not at.exception
    told = lifecycles.beside(demo, ARCHITECT, "demo")
    of = f"{told.dated} des {len(told.lines)}" if language == "fr" else f"{told.dated} of the City"
    assert of in read(at)


def test_an_empty_house_says_what_the_catalogue_is_for(show, empty, read):
    at = show("lifecycles", empty, Role.ARCHITECT)

    assert not at.exception
    assert "connaît 184 produits" in read(at)


def test_a_facilitator_reads_and_changes_nothing(seen):
    at = seen("lifecycles", Role.FACILITATOR)

    assert not at.exception
    assert list(at.segmented_control(key="lifecycles_part").options) == [
        "Technologies de la Ville", "Catalogue",
    ]  # fmt: skip
    assert not [b for b in at.button if b.label.startswith(("Compléter", "Enregistrer"))]


def test_a_contract_stands_beside_the_typed_date_and_not_in_its_place(seen):
    at = seen("lifecycles", Role.ARCHITECT)

    (row,) = at.dataframe[0].value.query("Technologie == 'IBM z/OS'").to_dict("records")
    assert (row["À la Ville"], row["Contrat jusqu'au"]) == (date(2024, 9, 30), date(2027, 9, 30))
    assert row["Reconnu comme"] == "IBM z/OS 2.4"


def test_the_demo_has_technologies_of_every_state_or_says_none(seen, demo, read):
    at = seen("lifecycles", Role.ARCHITECT)

    counts = lifecycles.beside(demo, ARCHITECT, "demo").counts
    shown = {metric.label: metric.value for metric in at.metric}
    assert shown["Hors catalogue"] == str(counts[State.UNMAPPED])
    assert shown["Date différente"] == str(counts[State.DIFFERS])
    assert sum(counts.values()) == len(lifecycles.beside(demo, ARCHITECT, "demo").lines)


def test_technologies_are_completed_and_typed_dates_stay(show, own_demo):
    before = lifecycles.beside(own_demo, ARCHITECT, "demo")
    assert before.fills
    at = press(show("lifecycles", own_demo, Role.ARCHITECT), "Compléter")

    assert not at.exception
    after = lifecycles.beside(own_demo, ARCHITECT, "demo")
    assert after.fills == ()
    assert [line.key for line in after.differing] == [line.key for line in before.differing]


def test_a_typed_date_that_is_chosen_is_replaced(show, own_demo):
    line = lifecycles.beside(own_demo, ARCHITECT, "demo").differing[0]
    at = show("lifecycles", own_demo, Role.ARCHITECT)

    at.multiselect(key="lifecycles_over").set_value([line.key])
    at = press(at, "Compléter")

    assert not at.exception
    keys = {one.key for one in lifecycles.beside(own_demo, ARCHITECT, "demo").differing}
    assert line.key not in keys
    with own_demo.reading() as work:
        system = work.one(System, "demo", line.system.code)
    kept = next(t for t in system.technologies if t.name == line.technology.name)
    assert kept.contract_until == line.technology.contract_until


def opened(show, store, version="7.4"):
    at = part(show("lifecycles", store, Role.ARCHITECT), "catalogue")
    at = at.selectbox(key="lifecycles_pick").select("php").run()
    return at.selectbox(key="lifecycles_release_php").select(version).run()


def test_a_release_is_corrected_with_its_source_and_reset(show, own_demo, read):
    shipped = product(own_demo)
    at = opened(show, own_demo)

    at.date_input(key="lifecycles_php_0_7.4_standard").set_value(date(2023, 6, 30))
    at.text_input(key="lifecycles_php_0_7.4_source").input("Contrat 2023-11")
    at = press(at, "Enregistrer la version")

    assert not at.exception
    assert release(own_demo, "7.4").standard_end == date(2023, 6, 30)
    assert "de la Ville, à la place" in read(at)

    at = press(at, "Reprendre le produit livré")
    at = at.button(key="lifecycles_reset_yes").click().run()
    assert product(own_demo) == shipped


def test_a_correction_without_a_source_is_refused(show, own_demo):
    at = opened(show, own_demo)

    at.date_input(key="lifecycles_php_0_7.4_standard").set_value(date(2023, 6, 30))
    at = press(at, "Enregistrer la version")

    assert "dites d'où elles viennent" in at.error[0].value
    assert product(own_demo).version == 0


def test_a_release_may_be_said_to_have_ended_without_a_date(show, own_demo):
    at = opened(show, own_demo)

    at.date_input(key="lifecycles_php_0_7.4_standard").set_value(None)
    at.radio(key="lifecycles_php_0_7.4_said").set_value("ended")
    at.text_input(key="lifecycles_php_0_7.4_source").input("Courriel du fabricant")
    at = press(at, "Enregistrer la version")

    assert not at.exception
    told = release(own_demo, "7.4")
    assert (told.standard_end, told.has_ended) == (None, True)


def test_a_new_release_and_new_names_are_kept(show, own_demo):
    at = opened(show, own_demo, "")
    at.text_input(key="lifecycles_php_0_new_version").input("9.9")
    at.date_input(key="lifecycles_php_0_new_standard").set_value(date(2033, 12, 31))
    at.text_input(key="lifecycles_php_0_new_source").input("https://exemple.invalid")
    at = press(at, "Enregistrer la version")
    assert release(own_demo, "9.9").standard_end == date(2033, 12, 31)

    at.text_area(key="lifecycles_names_php_1_aliases").input("Pré-processeur\n\n  HTTP \n")
    at = press(at, "Enregistrer les noms")
    assert not at.exception
    assert product(own_demo).aliases == ("Pré-processeur", "HTTP")


def test_a_product_of_the_city_is_added(show, own_demo):
    at = part(show("lifecycles", own_demo, Role.ARCHITECT), "catalogue")
    for name, typed in (("title", "Progiciel maison"), ("code", "maison"), ("version", "3"),
                        ("source", "Contrat")):  # fmt: skip
        at.text_input(key=f"lifecycles_new_{name}").input(typed)
    at.date_input(key="lifecycles_new_end").set_value(date(2028, 6, 30))
    at = press(at, "Ajouter ce produit")

    assert not at.exception
    assert release(own_demo, "3", "maison").standard_end == date(2028, 6, 30)


@pytest.mark.parametrize("missing", ["title", "code", "version", "source"])
def test_a_product_without_what_it_needs_is_refused(show, own_demo, missing):
    at = part(show("lifecycles", own_demo, Role.ARCHITECT), "catalogue")
    for name in {"title", "code", "version", "source"} - {missing}:
        at.text_input(key=f"lifecycles_new_{name}").input("maison")
    at.date_input(key="lifecycles_new_end").set_value(date(2028, 6, 30))
    at = press(at, "Ajouter ce produit")

    assert len(at.error) == 1
    assert product(own_demo, "maison") is None


def given(show, store, name="php.json", content=FILE):
    at = part(show("lifecycles", store, Role.ARCHITECT), "refresh")
    at.file_uploader(key="lifecycles_file_0").upload(name, content, "application/json")
    return at.run()


def test_a_file_is_shown_then_kept(show, own_demo, read):
    at = given(show, own_demo)

    told = read(at)
    assert "Ce que changerait php.json" in told
    assert "1 créée, 1 modifiée" in told
    assert product(own_demo).version == 0

    at = press(at, "Enregistrer 1 produit")
    assert not at.exception
    assert release(own_demo, "7.4").standard_end == date(2022, 12, 25)
    assert release(own_demo, "9.0").active_end == date(2029, 12, 31)


def test_a_file_that_changes_nothing_says_so(show, own_demo, read):
    press(given(show, own_demo), "Enregistrer 1 produit")

    assert "Rien ne change" in read(given(show, own_demo))


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(show, demo):
    at = given(show, demo, "php.json", FILE[:-5])

    assert not at.exception
    assert len(at.error) == 1


def test_an_address_that_is_not_safe_is_refused(show, demo):
    at = part(show("lifecycles", demo, Role.ARCHITECT), "refresh")
    at.text_input(key="lifecycles_url").input("http://endoflife.date/api/php.json")
    at = press(at, "Interroger")

    assert "n'est pas une adresse sûre" in at.error[0].value

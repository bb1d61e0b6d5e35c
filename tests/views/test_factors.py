"""Facteurs: each figure with its source, in French decimals; a change says where it comes from."""

import pytest

from data.store import Act
from portfolio.person import Person, Role
from services import footprint
from views.pages import pages_for

ARCHITECT = Person("test-architecte", "Test architecte", frozenset({Role.ARCHITECT}))
PLACE = "factors_laptop.made_0"


def kept(store, code):
    every = footprint.factors(store, ARCHITECT, "demo")
    return next((f for f in every if f.code == code), None)


def picked(show, store, code="laptop.made"):
    at = show("factors", store, Role.ARCHITECT)
    return at.selectbox(key="factors_pick").select(code).run()


def press(at, label):
    return next(b for b in at.button if b.label == label).click().run()


def test_the_page_is_for_those_who_may_write_factors():
    finds = {
        role
        for role in Role
        if "factors" in {page.key for page in pages_for(Person("x", "x", frozenset({role})))}
    }

    assert finds == {Role.ARCHITECT, Role.ADMINISTRATOR}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_factor_stands_with_its_source_and_all_its_decimals(seen, demo, language):
    at = seen("factors", Role.ARCHITECT, language)

    assert not at.exception
    frame = at.dataframe[0].value
    assert len(frame) == len(footprint.factors(demo, ARCHITECT, "demo"))
    told = frame.to_string()
    assert ("0,054" if language == "fr" else "0.054") in told
    assert "Hydro-Québec" in told


def test_a_change_with_its_source_is_saved_in_french_decimals(show, own_demo, read):
    at = picked(show, own_demo)

    at.text_input(key=f"{PLACE}_low").input("180,5")
    at.text_area(key=f"{PLACE}_source").input("Déclaration du fabricant, 2026")
    at = press(at, "Enregistrer le facteur")

    assert not at.exception
    assert "Enregistré" in read(at)
    saved = kept(own_demo, "laptop.made")
    assert (saved.low, saved.version) == (180.5, 1)


def test_a_change_without_another_source_is_refused(show, own_demo):
    at = picked(show, own_demo)

    at.text_input(key=f"{PLACE}_low").input("180,5")
    at = press(at, "Enregistrer le facteur")

    assert "la source reste la même" in at.error[0].value
    assert kept(own_demo, "laptop.made").version == 0


@pytest.mark.parametrize("typed", ["", "12.5", "abc", "1e3"])
def test_what_is_not_a_french_number_is_refused(show, own_demo, typed):
    at = picked(show, own_demo)

    at.text_input(key=f"{PLACE}_high").input(typed)
    at.text_area(key=f"{PLACE}_source").input("Déclaration du fabricant, 2026")
    at = press(at, "Enregistrer le facteur")

    assert len(at.error) == 1
    assert kept(own_demo, "laptop.made").version == 0


def test_a_range_out_of_order_is_refused(show, own_demo):
    at = picked(show, own_demo)

    at.text_input(key=f"{PLACE}_low").input("9000")
    at.text_area(key=f"{PLACE}_source").input("Déclaration du fabricant, 2026")
    at = press(at, "Enregistrer le facteur")

    assert len(at.error) == 1
    assert kept(own_demo, "laptop.made").version == 0


def test_someone_else_s_change_is_told_and_not_written_over(show, own_demo, read):
    at = picked(show, own_demo)
    at.text_input(key=f"{PLACE}_low").input("180")
    at.text_area(key=f"{PLACE}_source").input("Déclaration du fabricant, 2026")
    with own_demo.writing(Act("autre", "architecte", "test")) as work:
        mine = next(f for f in footprint.in_force(work.registry("demo")) if f.item == "laptop")
        work.save("demo", mine)

    at = press(at, "Enregistrer le facteur")

    assert "Quelqu'un a changé ce facteur" in read(at)
    assert kept(own_demo, "laptop.made").low == 195


def test_a_new_kind_is_known_once_it_lasts_and_is_made(show, own_demo):
    at = show("factors", own_demo, Role.ADMINISTRATOR)

    for tells, likely in (("made", "900"), ("years", "8")):
        at.text_input(key="factors_new_item").input("kiosque")
        at.text_input(key="factors_new_fr").input("Kiosque")
        at.selectbox(key="factors_new_tells").select(tells)
        for name in ("low", "likely", "high"):
            at.text_input(key=f"factors_new_{name}").input(likely)
        at.text_area(key="factors_new_source").input("Contrat 2027")
        at = press(at, "Ajouter ce facteur")
        assert not at.error

    every = footprint.factors(own_demo, ARCHITECT, "demo")
    assert footprint.items(every, "fr")["kiosque"] == "Kiosque"


def test_without_a_portfolio_the_page_says_so(show, empty, read):
    assert "Aucun portefeuille" in read(show("factors", empty, Role.ARCHITECT))

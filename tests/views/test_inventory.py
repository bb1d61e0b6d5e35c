"""Inventaire: every system, who is touched by a component, and what the register lacks."""

import pytest
from benches import a_registry

from portfolio.person import Person, Role
from portfolio.system import Dependency, System, Technology
from services import inventory
from views.pages import pages_for
from views.parts import today
from views.text import Text

MEMBER = Person("test-membre", "Test membre", frozenset({Role.MEMBER}))
COMMITTEE = [role for role in Role if role is not Role.LEAD]
LANGUAGES = ("fr", "en")


def section(at, name):
    at.segmented_control(key="inventory_section").set_value(name)
    return at.run()


def ask(at, words):
    section(at, "lookup")
    at.text_input(key="inventory_asked").input(words)
    return at.run()


def plainly(told):
    return told.replace("\\", "").replace("\u00a0", " ")


def two_systems():
    oracle = (Technology("Oracle Database", "12.1"),)
    return a_registry(systems=(
        System("PAIE", "Paie", technologies=oracle, services=("Finances", "Greffe")),
        System("TAXE", "Taxe", dependencies=(Dependency("PAIE"),), services=("Eau",)),
    ))  # fmt: skip


def test_everyone_but_a_mere_lead_finds_the_page():
    finds = {
        role
        for role in Role
        if "inventory" in {page.key for page in pages_for(Person("x", "x", frozenset({role})))}
    }

    assert finds == set(COMMITTEE)


def test_a_lead_is_told_that_the_page_is_not_for_her(seen, read):
    at = seen("inventory", Role.LEAD)

    assert not at.exception
    assert "réservée au comité" in read(at)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["systems", "lookup", "quality"])
def test_every_section_shows_under_the_gravest_gap(show, demo, read, name, language):
    worst = inventory.quality(demo, MEMBER, "demo", today())[0]

    at = section(show("inventory", demo, language=language), name)

    assert not at.exception
    sentence = Text(language)(f"inventory.counted.{worst.kind}", n=worst.count)
    assert plainly(sentence) in plainly(read(at))


def test_every_system_is_in_the_table(seen, demo):
    at = seen("inventory")

    with demo.reading() as work:
        systems = work.registry("demo").systems
    assert list(at.dataframe[0].value["Code"]) == [system.code for system in systems]


@pytest.mark.parametrize(
    ("language", "told", "beyond"),
    [
        ("fr", "Oracle Database 12.1 est dans 1 système, qui sert 2 services ; "
               "0 projet y touche.", "1 autre système, qui en dépend,"),
        ("en", "Oracle Database 12.1 is in 1 system, which serves 2 services; "
               "0 projects touch it.", "1 other system that depends on it"),
    ],
)  # fmt: skip
def test_a_product_is_answered_in_a_sentence_and_a_table(show, house, read, language, told, beyond):
    at = ask(show("inventory", house(two_systems()), language=language), "ORACLE 12")

    assert not at.exception
    assert told in plainly(read(at))
    assert beyond in plainly(read(at))
    assert list(at.dataframe[0].value.iloc[:, 0]) == ["PAIE", "TAXE"]


def test_what_is_nowhere_is_said_to_be_nowhere(show, house, read):
    at = ask(show("inventory", house(two_systems())), "sap *hana*")

    assert not at.exception
    assert "Aucun système ne contient « sap *hana* »" in plainly(read(at))


def test_what_the_whole_demo_rests_on_can_be_asked(show, demo, read):
    found = inventory.lookup(demo, MEMBER, "demo", "oracle")

    at = ask(show("inventory", demo), "oracle")

    assert not at.exception
    assert len(at.dataframe[0].value) == len(found.hits) > len(found.bearers)


def test_a_question_of_one_letter_is_refused_in_words(show, demo):
    at = ask(show("inventory", demo), "a")

    assert "trop court" in at.error[0].value


def test_an_example_asks_for_itself(show, demo, read):
    at = section(show("inventory", demo), "lookup")
    example = at.button_group(key="inventory_example").options[0]

    at.button_group(key="inventory_example").set_value(example).run()

    assert at.text_input(key="inventory_asked").value == example
    assert example in plainly(read(at))


def test_a_system_is_asked_for_by_its_name(show, house, read):
    at = ask(show("inventory", house(two_systems())), "paie")

    assert "Paie sert 2 services" in plainly(read(at))
    assert list(at.dataframe[0].value.iloc[:, 2]) == ["porte ce nom", "dépend de PAIE"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_gap_has_its_count_and_its_files(show, demo, language):
    lacks = inventory.quality(demo, MEMBER, "demo", today())

    at = section(show("inventory", demo, language=language), "quality")

    assert len(at.expander) == len(lacks)
    assert list(at.table[0].value.iloc[:, 1]) == [str(lack.count) for lack in lacks]


def test_an_empty_house_says_what_to_do(show, empty, read):
    at = show("inventory", empty)

    assert not at.exception
    assert "Aucun portefeuille" in read(at)


def test_a_cycle_without_systems_says_so(show, house, read):
    at = show("inventory", house(a_registry()))
    for name in ("systems", "lookup", "quality"):
        assert not section(at, name).exception
    assert "Aucun système n'est encore décrit" in read(at)

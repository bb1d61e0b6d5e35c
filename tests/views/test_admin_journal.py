"""The journal section of Administration, as an administrator uses it."""

from dataclasses import fields, replace
from datetime import date

import pytest
from benches import a_project, a_registry
from forged import changed, unguarded
from nouns import told

from data.store import Act
from data.store_nouns import BY_NOUN
from portfolio.errors import Forbidden
from portfolio.person import Person, Role
from portfolio.project import Stage
from services import journal, proposals, waiting

CHIEF = Person("test-administrateur", "Test administrateur", frozenset({Role.ADMINISTRATOR}))
LEAD = Person("test-responsable", "Test responsable", frozenset({Role.LEAD}))


@pytest.fixture
def lived(house):
    """A lead wrote a problem into her draft, and asked for what is not hers to see."""
    store = house(a_registry(a_project("P1", lead=LEAD.code, stage=Stage.DRAFT)))
    with store.reading() as work:
        draft = work.project("c", "P1")
    proposals.save(store, LEAD, "c", replace(draft, problem="Les files d'attente"))
    with pytest.raises(Forbidden):
        waiting.view(store, LEAD, "c", date(2027, 1, 1))
    return store


@pytest.fixture
def section(show, lived):
    def shown(language="fr"):
        return show("admin", lived, Role.ADMINISTRATOR, language, section="journal")

    return shown


def rows(at):
    return at.dataframe[0].value.to_dict("records")


def test_the_lines_are_told_in_words_the_latest_first(section, lived, read):
    at = section()

    refused, saved, *_ = rows(at)
    assert (refused["Qui"], refused["Acte"]) == ("Test responsable", "Voir le coût de l'attente")
    assert refused["Ce que dit la ligne"].startswith("Votre rôle ne permet pas cet acte")
    assert "Architecte" in refused["Ce que dit la ligne"]
    assert saved["Objet"] == "Proposition · c/P1"
    assert saved["Ce que dit la ligne"].startswith("Problème")
    assert saved["Ce que dit la ligne"].endswith(" → Les files d'attente")
    assert f"{len(told(lived))} lignes au journal" in read(at)


def test_the_filter_keeps_the_lines_asked_for(section, read):
    at = section("en")
    at.selectbox(key="admin_journal_kind").select("refusal").run()
    assert [row["Act"] for row in rows(at)] == ["See the cost of waiting"]
    assert "1 line answers the search" in read(at)

    at.text_input(key="admin_journal_key").input("nothing of the kind").run()
    assert "No line answers the search." in read(at)


def test_older_lines_are_a_click_away_and_a_new_search_begins_at_the_first_page(section, lived):
    with lived.writing(Act("test", "administrateur", "test")) as work:
        for number in range(journal.PAGE):
            work.note("test", f"{number}")
    at = section()
    first = rows(at)[0]["Ligne"]

    at.button(key="admin_journal_older").click().run()
    assert int(rows(at)[0]["Ligne"]) == int(first) - journal.PAGE
    at.selectbox(key="admin_journal_kind").select("refusal").run()
    assert len(rows(at)) == 1
    assert not [button for button in at.button if button.key == "admin_journal_newer"]


def test_a_line_chosen_is_read_in_full(section, lived, read):
    at = section()
    at.session_state["admin_journal_lines_grid"] = {
        "selection": {"rows": [1], "columns": [], "cells": []}}
    at.run()

    line = told(lived)[-2]
    assert f"La ligne {line.sequence}" in read(at)
    assert line.hash in read(at)
    assert "Les files d'attente" in at.table[0].value.to_string()


def test_the_verification_says_that_the_journal_is_whole(section, read):
    at = section()
    at.button(key="admin_journal_check").click().run()

    assert "Le journal est intact" in read(at)
    assert "gardez le repère hors de cette machine" in read(at)


def test_the_verification_names_the_first_bad_line(section, lived, read):
    unguarded(lived, changed(3, reason="autre"))
    at = section("en")
    at.button(key="admin_journal_check").click().run()

    assert "Line 3 was edited." in read(at)
    assert not at.success


@pytest.mark.parametrize("language", ["fr", "en"])
def test_whatever_a_line_says_of_any_noun_the_page_stands(language, lived, show):
    """A forged line may say of a field what it cannot be."""
    with lived.writing(Act("test", "administrateur", "test")) as work:
        for noun, shape in BY_NOUN.items():
            names = {field.name: "x" for field in fields(noun)}
            work.note(shape.name, "k", names, dict.fromkeys(names, "y"))

    at = show("admin", lived, Role.ADMINISTRATOR, language, section="journal")

    assert not at.exception
    said = {row[at.dataframe[0].value.columns[-1]] for row in rows(at)}
    assert len(said) > 20


def test_lines_forged_beyond_sense_are_still_shown(section, lived):
    unguarded(
        lived, changed(2, after="{not json", at="hier"), changed(3, before="[1]", after='"x"'),
        changed(len(told(lived)), after='{"code": 3, "facts": 4, "standing": {}}'),
    )  # fmt: skip

    at = section()

    assert not at.exception
    assert "hier" in [row["Quand"] for row in rows(at)]

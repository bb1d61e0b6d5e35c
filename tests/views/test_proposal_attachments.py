"""Attachments on the page: listed by section, given, refused in words, taken away."""

import pytest
from attached import EXE, PDF
from streamlit.testing.v1 import AppTest

from portfolio.person import Person, Role
from services import attachments, proposals
from services.attachments import Offered

LEAD = Person("test-responsable", "Test responsable", frozenset({Role.LEAD}))
KEY = "proposals_attachments"


@pytest.fixture
def draft(own_demo):
    return proposals.begin(own_demo, LEAD, "demo", "Paie")


def _shown(store, person, language, code, can_edit):
    from services import cycles
    from views import proposal_attachments
    from views.desk import Desk
    from views.text import Text

    desk = Desk(store, person, Text(language), cycle="demo")
    known = cycles.registry(store, person, "demo")
    project = next(p for p in known.projects if p.code == code)
    proposal_attachments.show(desk, project, can_edit)


def page(store, draft, can_edit=True, language="fr", person=LEAD):
    given = {"store": store, "person": person, "language": language, "code": draft.code,
             "can_edit": can_edit}
    return AppTest.from_function(_shown, kwargs=given, default_timeout=30).run()


def give(at, name, content):
    at.file_uploader[0].set_value((name, content, "application/octet-stream"))
    at.selectbox[0].set_value("need")
    at.text_input[0].set_value("Avis juridique")
    return at.button[-1].click().run()


def test_a_file_is_given_then_stands_under_its_section_with_who_and_when(own_demo, draft, read):
    at = give(page(own_demo, draft), "avis.pdf", PDF)

    assert not at.exception
    words = read(at)
    for told in ("**avis.pdf**", "Test responsable, le 20", "**Besoin et résultat**", "juridique"):
        assert told in words
    assert at.file_uploader[0].value is None


def test_a_file_that_lies_is_refused_in_words_and_the_list_stays(own_demo, draft, read):
    at = give(page(own_demo, draft), "avis.pdf", EXE)

    assert "Le nom dit PDF, mais le contenu lu est autre chose \\(EXE\\)" in at.error[0].value
    assert "Aucune pièce n'est jointe" in read(at)


def test_one_is_taken_away_once_confirmed(own_demo, draft, read):
    attachments.add(own_demo, LEAD, "demo", draft.code, Offered("a_b_.pdf", PDF))
    at = page(own_demo, draft)

    at.button(key=f"{KEY}_remove_1").click().run()
    at.button(key=f"{KEY}_remove_1_yes").click().run()

    assert "Aucune pièce n'est jointe" in read(at)
    assert attachments.of_project(own_demo, LEAD, "demo", draft.code) == ()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_only_reads_finds_the_list_and_no_button_that_changes_it(
    own_demo, draft, language, read
):
    attachments.add(own_demo, LEAD, "demo", draft.code, Offered("avis.pdf", PDF))
    at = page(own_demo, draft, can_edit=False, language=language)

    assert "avis.pdf" in read(at)
    assert not at.button
    assert not at.file_uploader

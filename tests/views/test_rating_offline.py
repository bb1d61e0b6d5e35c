"""The offline ballot on the page: taken, brought back, told, then kept whole or not at all."""

import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from portfolio.evaluation import Evaluation, Subject
from portfolio.person import Person, Role
from services import offline_ballot, rounds

CHAIR = Person("test-animateur", "Test animateur", frozenset({Role.FACILITATOR}))
MEMBER = Person("test-membre", "Test membre", frozenset({Role.MEMBER}))
WHY = "Le contrat prévoit la sortie."


@pytest.fixture
def opened(own_demo):
    """The demo, its second round of scores open on one project."""
    rounds.begin(own_demo, CHAIR, "demo", Subject.SCORES, ("P02",))
    return own_demo


def _offline(store, person, language):
    from views import rating_offline
    from views.desk import Desk
    from views.text import Text

    rating_offline.show(Desk(store, person, Text(language), cycle="demo"))


def page(store, person=MEMBER, language="fr"):
    given = {"store": store, "person": person, "language": language}
    return AppTest.from_function(_offline, kwargs=given, default_timeout=30).run()


def filled(store, *answers):
    """The member's ballot, its first rows answered; one answer a row, cell after cell."""
    content = offline_ballot.write(store, MEMBER, "demo")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row, answer in enumerate(answers, 2):
        for column, typed in enumerate(answer, 7):
            book["Cotes"].cell(row, column).value = typed
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def bring(at, content):
    return at.file_uploader[0].set_value(("b.xlsx", content, "application/octet-stream")).run()


def said(store):
    with store.reading() as work:
        return work.every(Evaluation, "demo", evaluator="test-membre", round=2)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_ballot_is_offered_while_a_round_is_open_to_who_rates(demo, opened, language):
    assert page(opened, language=language).file_uploader
    assert not page(opened, CHAIR, language).expander
    assert not page(demo, language=language).expander


def test_a_filled_ballot_is_told_first_then_kept(opened, read):
    at = bring(page(opened), filled(opened, (2, WHY), (1,)))

    assert "1 cote devient donnée, 1 reste en brouillon" in read(at).replace("\u00a0", " ")
    assert "la justification est trop courte" in read(at)
    assert said(opened) == ()

    at.button(key="rating_offline_accept").click().run()

    assert not at.exception
    assert "Le bulletin est repris" in read(at)
    assert [e.is_given for e in said(opened)] == [True, False]
    assert at.file_uploader[0].value is None


def test_a_refused_ballot_shows_its_places_and_offers_nothing(opened, read):
    at = bring(page(opened), filled(opened, (2, WHY), (7, WHY)))

    assert "Rien n'est enregistré" in read(at)
    assert [tuple(row)[:4] for _, row in at.table[0].value.iterrows()] == [
        ("Cotes", "3", "Cote", "7")
    ]
    assert not at.button
    assert said(opened) == ()


def test_what_changed_while_the_ballot_stood_on_the_page_is_refused_and_shown(opened, read):
    at = bring(page(opened), filled(opened, (2, WHY)))
    offline_ballot.read(opened, MEMBER, "demo", filled(opened, (0, WHY)), "b.xlsx", dry_run=False)

    at.button(key="rating_offline_accept").click().run()

    assert not at.exception
    assert "a changé en ligne depuis" in read(at)
    assert [e.rating for e in said(opened)] == [0]

"""The offline form on the page: taken, brought back, told cell by cell, then saved or refused."""

import io
from dataclasses import replace

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from portfolio.person import Person, Role
from services import offline_proposal, proposals
from views.text import Text

LEAD = Person("test-responsable", "Test responsable", frozenset({Role.LEAD}))
KEY = "proposals_offline"


@pytest.fixture
def draft(own_demo):
    return proposals.begin(own_demo, LEAD, "demo", "Paie")


def _part(store, person, language, code):
    from services import cycles
    from views import proposal_offline
    from views.desk import Desk
    from views.text import Text

    desk = Desk(store, person, Text(language), cycle="demo")
    known = cycles.registry(store, person, "demo")
    proposal_offline.show(desk, next(p for p in known.projects if p.code == code))


def page(store, draft, language="fr"):
    given = {"store": store, "person": LEAD, "language": language, "code": draft.code}
    return AppTest.from_function(_part, kwargs=given, default_timeout=60).run()


def filled(store, draft, problem, language="fr"):
    content = offline_proposal.write(store, LEAD, "demo", draft.code, Text, language)
    text = Text(language)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[text("proposal_offline.sheet.fields")]
    told = {sheet.cell(row, 1).value: sheet.cell(row, 2) for row in range(2, sheet.max_row + 1)}
    told[text("proposals.problem")].value = problem
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def bring(at, content):
    return at.file_uploader[0].set_value(("p.xlsx", content, "application/octet-stream")).run()


def kept(store, draft):
    with store.reading() as work:
        return work.project("demo", draft.code)


def test_a_filled_form_is_told_first_then_saved(own_demo, draft, read):
    at = bring(page(own_demo, draft), filled(own_demo, draft, "Trop vieille"))

    assert "Ce classeur change 1 case" in read(at)
    assert list(at.table[0].value.iloc[0]) == ["Proposition", "Problème", "", "Trop vieille"]
    assert kept(own_demo, draft).problem == ""

    at.button(key=f"{KEY}_accept").click().run()

    assert not at.exception
    assert "Le classeur est repris" in at.success[0].value
    assert kept(own_demo, draft).problem == "Trop vieille"
    assert at.file_uploader[0].value is None


def test_the_fields_of_the_form_show_what_was_brought_back(own_demo, draft, show):
    at = show("proposals", own_demo, LEAD, project=draft.code, section="need")
    content = filled(own_demo, draft, "Trop vieille")

    at.file_uploader[-1].set_value(("p.xlsx", content, "application/octet-stream")).run()
    at.button(key=f"{KEY}_accept").click().run()

    assert not at.exception
    assert "Trop vieille" in [area.value for area in at.text_area]
    assert kept(own_demo, draft).version == draft.version + 1


def test_a_refused_form_names_its_cells_and_offers_nothing(own_demo, draft):
    at = bring(page(own_demo, draft, "en"), filled(own_demo, draft, "=1+1", "en"))

    assert "Nothing is saved" in at.error[0].value
    assert list(at.table[0].value.iloc[0])[:3] == ["Proposal", "12", "Answer"]
    assert not at.button


def test_a_form_of_an_older_version_shows_both_and_asks(own_demo, draft):
    content = filled(own_demo, draft, "Le mien")
    theirs = proposals.save(own_demo, LEAD, "demo", replace(draft, problem="Le leur"))

    at = bring(page(own_demo, draft), content)

    assert "les deux" in at.warning[0].value
    assert list(at.table[0].value.iloc[0])[2:] == ["Le leur", "Le mien"]
    assert kept(own_demo, draft) == theirs

    at.button(key=f"{KEY}_accept").click().run()

    assert kept(own_demo, draft).problem == "Le mien"

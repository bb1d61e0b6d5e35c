"""Similar proposals on the page: looked for once asked, told in one sentence and a table."""

from dataclasses import replace

import pytest
from reworded import REWORDED
from streamlit.testing.v1 import AppTest

from portfolio.person import Person, Role
from services import proposals

LEAD = Person("test-responsable", "Test responsable", frozenset({Role.LEAD}))
KEY = "proposals_similar"


@pytest.fixture
def draft(own_demo):
    """The demo's P41 (payroll) told again in a draft of the lead's."""
    begun = proposals.begin(own_demo, LEAD, "demo", "Refaire la paie")
    return proposals.save(own_demo, LEAD, "demo", replace(begun, problem=REWORDED["P41"]))


def _part(store, person, language, code):
    from services import cycles
    from views import proposal_similar
    from views.desk import Desk
    from views.text import Text

    desk = Desk(store, person, Text(language), cycle="demo")
    if not code:
        proposal_similar.screen(desk)
        return
    known = cycles.registry(store, person, "demo")
    proposal_similar.show(desk, next(p for p in known.projects if p.code == code))


def part(store, person, code="", language="fr"):
    """The part, opened."""
    given = {"store": store, "person": person, "language": language, "code": code}
    at = AppTest.from_function(_part, kwargs=given, default_timeout=30)
    at.session_state[f"{KEY}_{code}" if code else KEY] = True
    return at.run()


def test_a_lead_finds_the_proposal_that_hers_repeats(own_demo, draft, read):
    at = part(own_demo, LEAD, draft.code)

    assert not at.exception
    assert at.expander[0].label == "Propositions qui ressemblent à la vôtre"
    assert "système intégré de RH et de paie\u00a0» ressemble beaucoup" in read(at)
    first = at.table[0].value.iloc[0]
    assert "paie" in first.iloc[2]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_screen_lists_the_pairs_for_who_looks_for_duplicates(demo, language, read):
    chair = Person("test-animateur", "Test animateur", frozenset({Role.FACILITATOR}))
    at = part(demo, chair, language=language)

    assert not at.exception
    assert "P39" in read(at)
    assert len(at.dataframe[0].value) == 2


def test_the_screen_is_not_for_a_lead(demo):
    assert not part(demo, LEAD).expander

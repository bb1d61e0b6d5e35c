"""Accueil: what is expected of each person, and where to go; how a portfolio comes in."""

from dataclasses import replace
from datetime import date

import pytest

from data.store import Act
from portfolio.acceptance import Acceptance
from portfolio.debt import DebtItem
from portfolio.person import Person, Role
from services import proposals

LEAD = Person("test-responsable", "Test responsable", frozenset({Role.LEAD}))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_everyone_finds_what_is_expected_and_the_cycle_at_a_glance(seen, role, language):
    at = seen("home", role, language)

    assert not at.exception
    assert len(at.title) == 1
    asked = {"fr": "Projets à l'étude", "en": "Projects under study"}[language]
    assert {metric.label: metric.value for metric in at.metric}[asked] == "57"


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Importer un portefeuille"), ("en", "Import a portfolio")],
)
def test_an_empty_house_says_how_a_portfolio_comes_in(show, empty, read, language, said):
    at = show("home", empty, Role.ADMINISTRATOR, language)

    assert said in read(at)
    assert [block.value for block in at.code] == ["python3 start.py"]


def test_a_lead_is_told_what_each_draft_still_lacks(show, own_demo, read):
    draft = proposals.begin(own_demo, LEAD, "demo", "Bancs de parc connectés")
    proposals.save(own_demo, LEAD, "demo", replace(draft, problem="Aucun banc ne mesure rien."))

    told = read(show("home", own_demo, Role.LEAD))

    assert "On attend de vous : 1 proposition à terminer." in told.replace("\u00a0", " ")
    assert f"{draft.code} · Bancs de parc connectés" in told
    assert "le résultat attendu" in told
    assert "le problème" not in told


def test_an_architect_is_told_of_debts_without_an_owner_or_past_their_review(show, own_demo, read):
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        first, second = work.every(DebtItem, "demo")[:2]
        work.save("demo", replace(first, owner=""))
        work.save("demo", replace(second, review_on=date(2020, 1, 1)))

    told = read(show("home", own_demo, Role.ARCHITECT))

    assert "4 éléments de dette sans responsable, 3 estimations de dette à revoir" in told


def test_members_are_told_where_ratings_diverge_and_leads_are_not(seen, read):
    assert "P22 · Jumeau numérique" in read(seen("home", Role.MEMBER))
    assert "divergent" not in read(seen("home", Role.LEAD))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_member_is_told_of_debts_to_accept_or_not(show, own_demo, read, language):
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        asked = Acceptance("D02", 1, "r", "c", date(2099, 1, 1), "anne", date(2026, 11, 1))
        work.save("demo", asked)

    told = read(show("home", own_demo, Role.MEMBER, language))

    assert "D02" in told
    assert "2099-01-01" in told

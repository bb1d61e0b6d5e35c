"""Systèmes et dette: what waiting costs, which systems are unsupported, what is to be reviewed."""

from dataclasses import replace
from datetime import date

import pytest

from data.store import Act
from portfolio.debt import DebtItem
from portfolio.person import Person, Role
from portfolio.project import Stage
from services import debts
from views import format as written
from views.parts import today

MEMBER = Person("test-membre", "Test membre", frozenset({Role.MEMBER}))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_everyone_sees_where_the_debt_is(show, demo, role, language):
    at = show("debts", demo, role, language)

    assert not at.exception
    assert len(at.title) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_line_says_what_the_debt_is_what_it_costs_and_what_waiting_costs(
    show, demo, read, language
):
    found = debts.view(demo, MEMBER, "demo", today())

    told = read(show("debts", demo, language=language)).replace("\\", "")

    for cents in (found.principal, found.interest, found.waiting):
        assert written.money(round(cents), language, compact=True) in told


def test_the_systems_are_listed_with_their_support_in_words(show, demo):
    at = show("debts", demo)
    systems = next(f.value for f in at.dataframe if "Soutien" in f.value and "Code" in f.value)

    assert len(systems) == 25
    assert set(systems["Soutien"]) <= {
        "■ terminé", "▲ finit d'ici deux ans", "● assuré", "○ inconnu"
    }


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", [Role.LEAD, Role.ARCHITECT, Role.MEMBER])
def test_a_system_s_file_shows_its_technologies_its_items_and_who_repays_them(
    show, demo, read, role, language
):
    at = show("debts", demo, role, language, system="TAXFON")
    told = read(at)

    assert not at.exception
    assert "TAXFON" in at.title[0].value
    assert "IBM Enterprise COBOL" in told
    assert "D01 · Six millions de lignes de COBOL" in told
    assert "P48" in told
    assert {"fr": "Seuil de rentabilité", "en": "Break-even"}[language] in told


def test_a_lead_does_not_learn_of_another_s_draft_by_what_it_repays(show, own_demo, read):
    with own_demo.writing(Act("test", "administrateur", "test")) as work:
        draft = replace(work.project("demo", "P48"), stage=Stage.DRAFT)
        work.save("demo", draft)

    assert "P48" not in read(show("debts", own_demo, Role.LEAD, system="TAXFON"))


def test_an_unknown_system_leads_to_the_whole(show, demo, read):
    assert "Dette acceptée" in read(show("debts", demo, system="RIEN"))


def test_what_is_to_be_reviewed_is_listed(show, own_demo, read):
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        first, second = work.every(DebtItem, "demo")[:2]
        work.save("demo", replace(first, owner=""))
        work.save("demo", replace(second, review_on=date(2020, 1, 1)))

    told = read(show("debts", own_demo))

    assert "4 éléments sans responsable · 3 estimations dont la date de révision est passée" in told


def test_accepted_debt_is_shown_apart(show, demo):
    at = show("debts", demo)

    accepted = at.dataframe[-1].value
    assert dict(zip(accepted["Code"], accepted["État"], strict=True)) == {
        "D33": "expirée\u00a0: ouverte de nouveau", "D30": "en vigueur", "D74": "à décider"
    }


def test_choosing_a_system_opens_its_file(show, demo):
    at = show("debts", demo)

    at.selectbox(key="debts_open").select("PAIE").run()

    assert at.title[0].value.startswith("PAIE · ")
    assert at.button(key="debts_back").click().run().title[0].value == "Systèmes et dette"

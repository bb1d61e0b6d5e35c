"""Systèmes et dette: what waiting costs, which systems are unsupported, what is to be reviewed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.store import Act
from portfolio.acceptance import Acceptance, Ruling
from portfolio.debt import DebtItem, DebtStatus
from portfolio.person import Person, Role
from portfolio.project import Stage
from portfolio.system import System, Technology
from services import debts
from views import format as written
from views.parts import today

MEMBER = Person("test-membre", "Test membre", frozenset({Role.MEMBER}))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_everyone_sees_where_the_debt_is(seen, role, language):
    at = seen("debts", role, language)

    assert not at.exception
    assert len(at.title) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_line_says_what_the_debt_is_what_it_costs_and_what_waiting_costs(
    seen, demo, read, language
):
    found = debts.view(demo, MEMBER, "demo", today())

    told = read(seen("debts", language=language)).replace("\\", "")

    for cents in (found.principal, found.interest, found.waiting):
        assert written.money(round(cents), language, compact=True) in told


def test_the_systems_are_listed_with_their_support_in_words(seen):
    at = seen("debts")
    systems = next(f.value for f in at.dataframe if "Soutien" in f.value and "Code" in f.value)

    assert len(systems) == 25
    assert set(systems["Soutien"]) <= {
        "■ terminé", "▲ finit d'ici deux ans", "● assuré", "○ inconnu"
    }


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", [Role.LEAD, Role.ARCHITECT, Role.MEMBER])
def test_a_system_s_file_shows_its_technologies_its_items_and_who_repays_them(
    seen, read, role, language
):
    at = seen("debts", role, language, system="TAXFON")
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


def test_an_unknown_system_leads_to_the_whole(seen, read):
    assert "Dette acceptée" in read(seen("debts", system="RIEN"))


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


def test_what_is_to_be_reviewed_is_counted_in_one_line_near_the_top(show, own_demo, read):
    day = today()
    asked = Acceptance("D01", 1, "r", "c", day + timedelta(days=90), "anne", day)
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        for one in work.every(Acceptance, "demo"):
            work.remove("demo", one)
        accepted = replace(work.one(DebtItem, "demo", "D02"), status=DebtStatus.ACCEPTED)
        work.save("demo", accepted)
        soon = replace(asked, debt="D02", expires=day + timedelta(days=30))
        work.save("demo", replace(soon, ruling=Ruling.GRANTED, ruled_by="bruno", ruled_on=day))
        work.save("demo", asked)

    told = read(show("debts", own_demo)).replace("\u00a0", " ")

    assert "1 acceptation qui expire d'ici 30 jours ou a expiré" in told
    assert "1 demande d'acceptation à décider" in told


def test_the_timeline_keeps_the_day_of_the_source_where_an_extension_was_bought(show, own_demo):
    until = date(2031, 1, 1)
    bought = Technology("Z/OS", "1", standard_end=date(2024, 9, 30), contract_until=until)
    later = Technology("Autre", "2", standard_end=date(2033, 1, 1))
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        system = work.one(System, "demo", "PAIE")
        work.save("demo", replace(system, technologies=(bought, later)))

    table = next(f.value for f in show("debts", own_demo).dataframe
                 if "Prolongation achetée" in f.value)  # fmt: skip
    own = table[table["Technologie"].isin(["Z/OS 1", "Autre 2"])]

    assert [str(day)[:10] for day in own["Fin du soutien"]] == ["2031-01-01", "2033-01-01"]
    assert [str(day)[:10] for day in own["Fin donnée par la source"]] == [
        "2024-09-30", "2033-01-01"
    ]


def test_a_promised_debt_is_shown_apart_and_is_in_no_sum(show, own_demo, read):
    before = debts.view(own_demo, MEMBER, "demo", today())
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        item = work.one(DebtItem, "demo", "D01")
        work.save("demo", replace(item, created_by="P01"))

    after = debts.view(own_demo, MEMBER, "demo", today())
    assert before.principal - after.principal == pytest.approx(item.principal.mean)
    told = read(show("debts", own_demo, system="TAXFON"))
    assert "D01" in told
    assert "que des projets créeraient" in told


def test_the_figure_set_for_a_system_is_said_beside_the_totals(show, own_demo, read):
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        system = work.one(System, "demo", "PAIE")
        own = replace(system, interest_figure=500_000_00, interest_reason="Les mêmes heures")
        work.save("demo", own)

    told = read(show("debts", own_demo)).replace("\u00a0", " ")
    (line,) = (line for line in told.splitlines() if "l'intérêt est un montant fixé" in line)
    assert "PAIE" in line
    assert "Les mêmes heures" in read(show("debts", own_demo, system="PAIE"))


def test_a_member_revokes_what_is_in_force(show, own_demo):
    day = today()
    with own_demo.writing(Act("test", "architecte", "test")) as work:
        accepted = replace(work.one(DebtItem, "demo", "D02"), status=DebtStatus.ACCEPTED)
        work.save("demo", accepted)
        work.save("demo", Acceptance(
            "D02", 1, "r", "c", day + timedelta(days=90), "anne", day, Ruling.GRANTED, "bruno", day
        ))

    at = show("debts", own_demo, debt="D02")
    next(t for t in at.text_area if t.label == "Pourquoi").set_value("Le pare-feu est retiré")
    [b for b in at.button if b.label == "Révoquer l'acceptation"][-1].click().run()

    with own_demo.reading() as work:
        assert work.one(DebtItem, "demo", "D02").status is DebtStatus.OPEN
        assert work.one(Acceptance, "demo", "D02", 1).ruled_by == "test-membre"

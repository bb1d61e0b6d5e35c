"""Architects keep the register on its pages: log, edit, move, accept; two at once lose nothing."""

from dataclasses import replace

import pytest

from data.store import Act
from portfolio.acceptance import Acceptance, Ruling
from portfolio.debt import DebtItem, DebtStatus, Priced
from portfolio.person import Role
from portfolio.system import System


def field(at, label, kind="text_input"):
    return next(w for w in getattr(at, kind) if w.label == label)


def click(at, label):
    next(b for b in at.button if b.label == label).click()
    return at.run()


def one(store, kind, *key):
    with store.reading() as work:
        return work.one(kind, "demo", *key)


def edited(show, store, code="D69"):
    at = show("debts", store, Role.ARCHITECT, debt=code)
    return click(at, "Modifier")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("code", ["D69", "D30", "D81", "D85"])
def test_everyone_reads_the_file_of_an_item(seen, role, language, code):
    at = seen("debts", role, language, debt=code)

    assert not at.exception
    assert code in at.title[0].value


def test_a_price_in_hours_gives_the_likely_amount(show, own_demo):
    at = edited(show, own_demo)
    field(at, "Heures pour rembourser").set_value("2 000,5")
    field(at, "Taux horaire pour rembourser").set_value("100 $")
    field(at, "Dépenses externes pour rembourser").set_value("12,50")
    field(at, "Capital, bas").set_value("")
    field(at, "Capital, haut").set_value("1,2 M$")
    field(at, "Pourquoi").set_value("Nouvelle offre")
    at = click(at, "Enregistrer")

    item = one(own_demo, DebtItem, "D69")
    assert item.principal_priced == Priced(2000.5, 100_00, 12_50)
    assert (item.principal.likely, item.principal.high) == (20_006_250, 120_000_000)
    assert not at.exception


def test_an_item_saved_as_it_was_read_does_not_change(show, own_demo):
    before = one(own_demo, DebtItem, "D26")
    at = edited(show, own_demo, "D26")
    click(at, "Enregistrer")

    after = one(own_demo, DebtItem, "D26")
    assert after == replace(before, version=after.version)


def test_figures_do_not_change_without_a_reason(show, own_demo, read):
    at = edited(show, own_demo)
    field(at, "Croissance du capital par an").set_value("12,5 %")
    at = click(at, "Enregistrer")

    assert at.error
    assert one(own_demo, DebtItem, "D69").principal_growth != 0.125


def test_an_amount_that_cannot_be_read_names_its_field_and_keeps_what_was_typed(show, own_demo):
    at = edited(show, own_demo)
    field(at, "Titre").set_value("Un autre titre")
    field(at, "Perte possible").set_value("beaucoup")
    at = click(at, "Enregistrer")

    assert "Perte possible" in at.error[0].value
    assert field(at, "Titre").value == "Un autre titre"


def test_two_people_saving_at_once_see_both_versions_and_lose_neither(show, own_demo, read):
    at = edited(show, own_demo)
    field(at, "Titre").set_value("Le mien")
    with own_demo.writing(Act("autre", "architecte", "test")) as work:
        kept = work.one(DebtItem, "demo", "D69")
        work.save("demo", replace(kept, title="Le sien"))
    at = click(at, "Enregistrer")

    told = read(at)
    assert "Le mien" in told
    assert "Le sien" in told
    click(at, "Garder la mienne")
    assert one(own_demo, DebtItem, "D69").title == "Le mien"


def test_a_debt_is_logged_on_a_system(show, own_demo):
    at = show("debts", own_demo, Role.ARCHITECT)
    at = click(at, "Inscrire une dette")
    field(at, "Titre").set_value("Sauvegardes jamais restaurées")
    field(at, "Capital, probable").set_value("45 000 $")
    field(at, "Intérêt, probable").set_value("12 500,00")
    at = click(at, "Inscrire au registre")

    item = one(own_demo, DebtItem, "D86")
    assert (item.title, item.principal.likely) == ("Sauvegardes jamais restaurées", 45_000_00)
    assert item.status is DebtStatus.OPEN
    assert item.logged_on is not None
    assert "D86" in at.title[0].value


def test_an_item_is_marked_as_retired_by_a_project(show, own_demo):
    at = show("debts", own_demo, Role.ARCHITECT, debt="D50")
    field(at, "Nouvel état", "radio").set_value(DebtStatus.RETIRED)
    at.run()
    field(at, "Par quel projet", "selectbox").set_value("P11")
    at = click(at, "Marquer remboursée")

    item = one(own_demo, DebtItem, "D50")
    assert item.status is DebtStatus.RETIRED
    assert item.closed_on is not None


def test_an_acceptance_is_asked_by_one_and_granted_by_another(show, own_demo, read):
    at = show("debts", own_demo, Role.ARCHITECT, debt="D49")
    field(at, "Raison", "text_area").set_value("Remplacée en 2028")
    field(at, "Contrôle compensatoire", "text_area").set_value("Facture suivie")
    at = click(at, "Demander l'acceptation")
    assert "une autre personne doit la décider" in read(at)

    at = show("debts", own_demo, Role.MEMBER, debt="D49")
    click(at, "Accepter la dette")

    assert one(own_demo, Acceptance, "D49", 1).ruling is Ruling.GRANTED
    assert one(own_demo, DebtItem, "D49").status is DebtStatus.ACCEPTED
    at = show("debts", own_demo, Role.ARCHITECT, debt="D49")
    assert "Demander une prolongation" in {button.label for button in at.button}


def test_a_request_without_a_compensating_control_is_refused(show, own_demo):
    at = show("debts", own_demo, Role.ARCHITECT, debt="D49")
    field(at, "Raison", "text_area").set_value("Remplacée en 2028")
    at = click(at, "Demander l'acceptation")

    assert at.error


def test_a_system_is_edited_with_its_technologies_and_what_it_needs(show, own_demo):
    before = one(own_demo, System, "GEO")
    at = click(show("debts", own_demo, Role.ARCHITECT, system="GEO"), "Modifier")
    field(at, "Exploitation par an").set_value("1,05 M$")
    field(at, "Services et arrondissements, un par ligne", "text_area").set_value("Eau\nIncendie")
    at = click(at, "Enregistrer")

    after = one(own_demo, System, "GEO")
    assert (after.run_cost, after.services) == (105_000_000, ("Eau", "Incendie"))
    assert after.technologies == before.technologies
    assert after.dependencies == before.dependencies
    assert not at.exception


def test_an_intent_without_a_reason_is_refused(show, own_demo):
    at = click(show("debts", own_demo, Role.ARCHITECT, system="GEO"), "Modifier")
    field(at, "Raison de l'intention").set_value(" ")
    at = click(at, "Enregistrer")

    assert at.error
    assert one(own_demo, System, "GEO").reason


def test_a_system_on_which_something_stands_is_not_removed(show, own_demo):
    at = show("debts", own_demo, Role.ARCHITECT, system="GEO")
    at = click(at, "Retirer le système")
    next(b for b in at.button if b.key == "debts_remove_system_yes").click()
    at.run()

    assert at.error
    assert one(own_demo, System, "GEO")


def test_a_house_without_systems_takes_its_first_one(show, own_demo):
    at = click(show("debts", own_demo, Role.ARCHITECT), "Inscrire un système")
    field(at, "Code").set_value("NEUF")
    field(at, "Titre en français").set_value("Système neuf")
    click(at, "Enregistrer")

    assert one(own_demo, System, "NEUF").title == "Système neuf"


def test_nobody_but_architects_and_administrators_edits(seen):
    for role in (Role.MEMBER, Role.LEAD, Role.OBSERVER):
        at = seen("debts", role, debt="D69")
        assert "Modifier" not in {button.label for button in at.button}


def test_the_figures_follow_what_is_typed_before_anything_is_saved(show, own_demo):
    at = edited(show, own_demo, "D02")
    for name, typed in {
        "Capital, bas": "", "Capital, probable": "200 000 $", "Capital, haut": "",
        "Intérêt, bas": "", "Intérêt, probable": "40 000,00", "Intérêt, haut": "",
        "Croissance de l'intérêt par an": "10", "Croissance du capital par an": "5 %",
        "Perte possible": "0",
    }.items():
        field(at, name).set_value(typed)
    field(at, "Perte après la fin du soutien").set_value("")
    at.run()

    shown = {metric.label: metric.value.replace("\u00a0", " ") for metric in at.metric}
    assert shown["Capital"] == "200 k$"
    assert shown["Intérêt par an"] == "40 k$"
    assert shown["Seuil de rentabilité"] == "4,3 ans"  # ln(1 + 0.1 x 5) / ln(1.1) = 4.25
    assert one(own_demo, DebtItem, "D02").principal.likely == 1_350_000_00


def test_a_number_is_read_back_and_what_cannot_be_read_is_said_at_once(show, own_demo):
    at = edited(show, own_demo)
    field(at, "Perte possible").set_value("12,5")
    field(at, "Capital, haut").set_value("cher")
    at.run()

    assert "Lu : 12,50 \\$" in [c.value.replace("\u00a0", " ") for c in at.caption]
    assert "Capital, haut" in at.error[0].value


def test_several_projects_are_added_one_after_another(show, own_demo):
    at = edited(show, own_demo, "D80")
    before = len(one(own_demo, DebtItem, "D80").remedies)
    for code in ("P10", "P11"):
        last = [box for box in at.selectbox if box.label == "Projet"][-1]
        last.set_value(code)
        at.run()
    click(at, "Enregistrer")

    after = one(own_demo, DebtItem, "D80").remedies
    assert [r.project for r in after[before:]] == ["P10", "P11"]


def test_interest_known_by_year_stands_for_the_interest_of_the_fields(show, own_demo):
    at = edited(show, own_demo)
    field(at, "2027").set_value("1 000 $")
    field(at, "2029").set_value("3 000 $")
    field(at, "Pourquoi").set_value("Contrat")
    click(at, "Enregistrer")

    given = one(own_demo, DebtItem, "D69").interest_given
    assert given == (100_000, 0, 300_000, *[0] * 7)


def test_what_was_typed_stays_when_someone_else_saves_meanwhile(show, own_demo):
    at = edited(show, own_demo)
    field(at, "Titre").set_value("Le mien")
    at.run()
    with own_demo.writing(Act("autre", "architecte", "test")) as work:
        kept = work.one(DebtItem, "demo", "D69")
        work.save("demo", replace(kept, title="Le sien"))
    at.run()

    assert field(at, "Titre").value == "Le mien"
    at = click(at, "Enregistrer")
    assert field(at, "Titre").value == "Le mien"
    at = click(at, "Prendre l'autre")
    assert field(at, "Titre").value == "Le sien"


def test_the_history_tells_what_changed_in_words(show, own_demo, read):
    at = edited(show, own_demo)
    for name in ("Heures pour rembourser", "Capital, bas", "Capital, haut"):
        field(at, name).set_value("")
    field(at, "Capital, probable").set_value("100 000 $")
    field(at, "Pourquoi").set_value("Offre reçue en novembre")
    click(at, "Enregistrer")

    told = read(show("debts", own_demo, debt="D69")).replace("\u00a0", " ")
    assert "Offre reçue en novembre" in told
    assert "→ 100 k" in told
    assert "Test architecte" in told


def test_the_formulas_show_the_figures_put_in(seen, read):
    told = read(seen("debts", debt="D02")).replace("\u00a0", " ").replace("\\", "")

    assert "4 % × 2 400 k$" in told  # the probability and the loss, before the end of support
    assert "12 % × 2 400 k$" in told
    assert "Perte possible après 2029" in told
    assert "ln(1 + 12 % ×" in told


def test_a_move_that_is_refused_says_the_statuses_in_words(show, own_demo, read):
    at = show("debts", own_demo, Role.ARCHITECT, debt="D50")
    field(at, "Nouvel état", "radio").set_value(DebtStatus.IN_REMEDIATION)
    at.run()
    with own_demo.writing(Act("autre", "architecte", "test")) as work:
        kept = work.one(DebtItem, "demo", "D50")
        work.save("demo", replace(kept, status=DebtStatus.FALSE_POSITIVE))
    at = click(at, "Commencer la correction")

    told = read(at).replace("\u00a0", " ")
    assert "« Faux positif » ne peut pas devenir « En correction »" in told


def test_a_likely_amount_typed_beside_hours_that_give_another_is_refused(show, own_demo):
    at = edited(show, own_demo)
    assert field(at, "Heures pour rembourser").value
    field(at, "Capital, probable").set_value("100 000 $")
    field(at, "Capital, bas").set_value("")
    at = click(at, "Enregistrer")

    assert "heures × taux" in at.error[0].value
    assert one(own_demo, DebtItem, "D69").version == 1

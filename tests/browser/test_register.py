"""A year in the life of the register, by clicking: log, import, accept, expire, plan, retire."""

import json
import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from desks import act_as, turn_to
from serving import served

from data.store import Act, open_store
from portfolio.acceptance import Acceptance
from portfolio.debt import DebtItem, DebtStatus
from views.text import Text

WORDS = Text("fr")
ISSUES = {
    "paging": {"pageIndex": 1, "pageSize": 100, "total": 2},
    "issues": [
        {
            "key": f"constat-{n}", "rule": "java:S1192", "severity": "MAJOR", "type": "CODE_SMELL",
            "component": "demo.cartes:Carte.java", "project": "demo.cartes", "line": n,
            "message": "Texte répété", "effort": "2h1min", "status": "OPEN",
            "creationDate": "2026-02-01T10:00:00+0000",
        }
        for n in (1, 2)
    ],
    "components": [{"key": "demo.cartes", "name": "Cartes", "qualifier": "TRK"}],
}


@pytest.fixture
def address(url, tmp_path_factory):
    with served(url, tmp_path_factory.mktemp("log")) as where:
        yield where


def kept(url, kind, *key):
    with closing(open_store(url)) as store, store.reading() as work:
        return work.one(kind, "demo", *key)


def a_year_passes(url, debt):
    """What was asked today was asked a year ago and has just ended: everything else stands."""
    past = timedelta(days=400)
    with closing(open_store(url)) as store, store.writing(Act("temps", "test", "test")) as work:
        one = work.one(Acceptance, "demo", debt, 1)
        work.save("demo", replace(
            one, asked_on=one.asked_on - past, ruled_on=one.ruled_on - past,
            expires=one.expires - past,
        ))


def open_item(page, code):
    page.goto(f"/dette?debt={code}")
    page.get_by_role("heading", name=re.compile(f"^{code} · ")).wait_for(timeout=60_000)


def test_a_year_in_the_life_of_the_register(page, url, settled, axe, tmp_path):
    page.set_default_timeout(60_000)
    page.goto("/")
    act_as(page, "Architecte")

    log(page)
    assert axe(page) == []
    item = kept(url, DebtItem, "D86")
    assert (item.title, item.principal.likely) == ("Sauvegardes jamais restaurées", 45_000_50)

    bring_in(page, tmp_path)
    gathered = kept(url, DebtItem, "GEO-MAINTENABILITE")
    assert gathered.principal_priced.hours == pytest.approx(242 / 60)
    assert [(e.source, e.findings) for e in gathered.evidence] == [("sonarqube", 2)]

    accept(page)
    assert kept(url, DebtItem, "D86").status is DebtStatus.ACCEPTED

    a_year_passes(url, "D86")
    open_item(page, "D86")
    page.get_by_text("L'acceptation a expiré").wait_for()

    act_as(page, "Architecte")
    move(page, settled, "planifiee", "Un projet est proposé")
    assert kept(url, DebtItem, "D86").status is DebtStatus.PLANNED
    move(page, settled, "remboursee", "Restauration essayée")
    retired = kept(url, DebtItem, "D86")
    assert (retired.status, retired.closed_on is None) == (DebtStatus.RETIRED, False)

    page.get_by_text("Elle a été acceptée un temps").wait_for()
    settled(page).get_by_text(re.compile(r"^Historique")).first.click()
    past = page.get_by_role("table").filter(has_text="Remboursement")
    past.wait_for()
    for act in ("Inscription", "Demande d'acceptation", "Acceptation accordée", "Planification"):
        assert act in past.inner_text()
    assert axe(page) == []


def log(page):
    page.get_by_role("link", name=WORDS("debts.menu"), exact=True).click()
    page.get_by_role("button", name=WORDS("debt_item.new")).first.click()
    page.get_by_label("Titre", exact=True).fill("Sauvegardes jamais restaurées")
    page.get_by_role("tab", name=WORDS("debt_item.part.cost")).click()
    page.get_by_label("Capital, probable").fill("45 000,50 $")
    page.get_by_label("Intérêt, probable").fill("12 500")
    page.get_by_role("button", name=WORDS("debt_item.log")).click()
    page.get_by_role("heading", name=re.compile("^D86 · ")).wait_for()


def bring_in(page, folder):
    file = folder / "issues.json"
    file.write_text(json.dumps(ISSUES), encoding="utf-8")
    page.get_by_role("link", name=WORDS("imports.menu"), exact=True).click()
    turn_to(page.get_by_role("radio", name=WORDS("imports.part.registre")))
    page.get_by_text(WORDS("hub.files"), exact=True).wait_for()
    page.locator("input[type=file][multiple]").set_input_files(file)
    page.get_by_text("va dans le système").wait_for()
    page.get_by_role("button", name=WORDS("hub.accept"), exact=True).click()
    page.get_by_text("Lot 1 importé").first.wait_for()


def accept(page):
    open_item(page, "D86")
    act_as(page, "Architecte")
    page.get_by_role("button", name=WORDS("acceptances.ask")).first.click()
    page.get_by_label(WORDS("acceptances.reason")).fill("Remplacement prévu")
    page.get_by_label(WORDS("acceptances.control")).fill("Copie mensuelle hors ligne")
    page.get_by_role("button", name=WORDS("acceptances.ask")).last.click()
    page.get_by_text("une autre personne doit la décider").wait_for()
    act_as(page, "Membre 1")
    page.get_by_role("button", name=WORDS("acceptances.decide")).click()
    page.get_by_role("button", name=WORDS("acceptances.do.accordee")).click()
    page.get_by_text("La dette est acceptée jusqu'au").wait_for()


def move(page, settled, to, why):
    settled(page)
    choice = WORDS(f"debt_item.move_is.{to}")
    radio = page.get_by_role("radio", name=choice)
    if not radio.count():  # it stays open after a move
        page.get_by_role("button", name=WORDS("debt_item.move"), exact=True).click()
    radio.check(force=True)
    page.get_by_text(WORDS(f"debt_item.move_about.{to}")).wait_for()
    if to == "planifiee":
        by = page.get_by_role("group", name=WORDS("debt_item.planned_on"))
        by.get_by_role("spinbutton").first.click()
        page.keyboard.type("20300131")
    page.get_by_label(WORDS("debt_item.why"), exact=True).last.fill(why)
    page.get_by_role("button", name=choice).last.click()
    page.get_by_text(WORDS(f"debt_item.moved.{to}", code="D86")).first.wait_for()

"""The main job, by clicking: bring a portfolio in, read its plan, lower an envelope."""

import re
import zipfile
from contextlib import closing

import pytest
from desks import act_as, pick
from serving import served

from services import house, imports
from services.people import console
from views.text import Text

WORDS = Text("fr")
PROOF = re.compile(r"prouvé|à .+\s%\sprès")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the application answers with the demo portfolio."""
    folder = tmp_path_factory.mktemp("main_job")
    url = f"sqlite:///{folder / 'demo.db'}"
    with closing(house.open_house(url)) as store:
        imports.bring_in(store, console(store), imports.demo())
    with served(url, folder) as where:
        yield where


def test_the_main_job_is_done_by_clicking(page, axe):
    page.goto("/")
    act_as(page, "Animation")

    page.get_by_role("link", name="Scénarios").click()
    page.get_by_role("button", name="Garder ce plan").wait_for(timeout=60_000)
    answer = page.locator(".st-key-answer")
    answer.get_by_text("Le meilleur portefeuille retient").wait_for(timeout=60_000)
    assert re.search(r"projets sur 57", answer.inner_text())
    page.locator(".st-key-scenarios_bar").get_by_text(PROOF).first.wait_for()
    wait_for_pictures(page)
    wait_for_the_proof(page)
    assert axe(page) == []

    lower(page, "PDI, volet ville-centre")
    page.get_by_role("heading", name="Ce qui change par rapport à la référence").wait_for(
        timeout=60_000
    )
    changes = page.locator(".st-key-scenarios_changes")
    assert re.search(r"Sort(ent)? \([1-9]", changes.inner_text())
    wait_for_the_proof(page)
    assert axe(page) == []

    page.get_by_role("link", name="Feuille de route").click()
    page.get_by_role("heading", name=re.compile("en 2027$")).wait_for(timeout=60_000)
    assert page.get_by_role("radio", name="Leviers déplacés").is_checked()
    wait_for_pictures(page)
    page.locator(".st-key-roadmap_graph g.node").first.wait_for()
    assert axe(page) == []


TABLES = {
    "cycle": "code,title,start,periods,per_year,framework,framework_version\n"
    "essai,Cycle d'essai,2027,2,1,montreal_2030,2026.1\n",
    "envelopes": "code,title\nPDI,Programme\n",
    "envelope_limits": "envelope,period,limit\nPDI,2027,100000\nPDI,2028,100000\n",
    "projects": "code,title,stage,given_value\n"
    "A,Identifiant,soumis,8\nB,Bornes,soumis,6\nC,Capteurs,soumis,1\n",
    "variants": "project,code,duration\nA,base,1\nB,base,1\nC,base,1\n",
    "costs": "project,variant,envelope,offset,likely\n"
    "A,base,PDI,1,90000\nB,base,PDI,1,80000\nC,base,PDI,1,70000\n",
}


def test_a_portfolio_comes_in_and_is_optimized_by_clicking(page, axe, tmp_path):
    file = tmp_path / "essai.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in TABLES.items():
            archive.writestr(f"{name}.csv", content)
    page.goto("/")
    act_as(page, "Animation")
    page.get_by_role("link", name="Importations").click()
    page.locator("input[type=file]").set_input_files(file)

    page.get_by_role("button", name=WORDS("imports.accept")).click(timeout=60_000)
    page.get_by_text("Cycle d'essai").first.wait_for(timeout=60_000)
    assert axe(page) == []

    pick(page, page.locator(".st-key-shell_cycle").get_by_role("combobox"), "Cycle d'essai")
    page.get_by_role("link", name="Scénarios").click()
    answer = page.locator(".st-key-answer")
    answer.get_by_text("retient 2 projets sur 3 et rapporte 14 points").wait_for(timeout=60_000)


def lower(page, envelope):
    """Bring an envelope's lever as low as it goes, by keyboard."""
    lever = page.get_by_role("slider", name=envelope)
    lever.focus()
    lever.press("Home")


def wait_for_the_proof(page):
    """Nothing is being looked for any more."""
    stop = page.get_by_role("button", name=WORDS("scenarios.stop"))
    stop.wait_for(state="detached", timeout=90_000)


def wait_for_pictures(page):
    page.locator("[data-testid=stVegaLiteChart] canvas").nth(1).wait_for(timeout=60_000)

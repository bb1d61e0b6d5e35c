"""A lead types and pastes money in a real grid: French decimals in a browser set to English."""

import re
from contextlib import closing

import pytest
from desks import act_as, pick, turn_to
from serving import served

from data.store import open_store
from services import house, imports
from services.people import console

BLOCK = "100,5\t200\n1 234,5\t250 k$\n1\u00a0500\t12.5\n"
HEAD, LIKELY = 35, 1  # pixels of the head; the row of the first envelope's likely amount
FIRST = 400  # pixels from the right edge into the first of two years


@pytest.fixture
def url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("form")
    at = f"sqlite:///{folder / 'demo.db'}"
    with closing(house.open_house(at)) as store:
        imports.bring_in(store, console(store), imports.demo())
    return at


@pytest.fixture
def address(url, tmp_path_factory):
    """Where the application answers with the demo portfolio."""
    with served(url, tmp_path_factory.mktemp("served")) as where:
        yield where


def test_a_block_from_a_spreadsheet_is_pasted_and_kept_as_it_is_meant(page, url, settled, axe):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin(page, settled, "Bancs connectés")
    turn_to(page.get_by_role("radio", name=re.compile("Variantes et argent")))
    page.get_by_role("heading", name="Variante de base").wait_for()
    settled(page)
    duration = page.locator("[class*=base_duration]").get_by_role("combobox")
    pick(page, duration, re.compile("2 exercices"), "2 ex")
    settled(page)
    page.locator("[data-testid=glide-cell-3-0]").first.wait_for(state="attached")
    settled(page)

    paste(page, settled, BLOCK)

    page.get_by_text("ne se lit pas sans équivoque").wait_for()  # 12.5, in the second year
    assert kept(url) == [("PDI-VC", 0, 1_234_500_00, 100_500_00, 1_500_000_00)]
    page.get_by_text("prend 9,1 % de l'enveloppe").wait_for()
    assert axe(page) == []


def begin(page, settled, title):
    page.goto("/propositions")
    act_as(page, "Responsable")
    page.get_by_text("Commencer une proposition").click()
    page.get_by_label("Titre de la proposition").fill(title)
    page.get_by_role("button", name="Créer le brouillon").click()
    page.get_by_role("heading", name=title).wait_for()
    settled(page)


def paste(page, settled, block):
    """Paste from the first envelope's low amount in the first year."""
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    canvas = page.locator("[data-testid=stDataFrame] canvas").first
    canvas.scroll_into_view_if_needed()
    settled(page)
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + box["width"] - FIRST, box["y"] + HEAD + 10)
    page.wait_for_timeout(200)  # the grid takes the choice of a cell a moment later
    page.keyboard.press("Control+v")


def kept(url):
    with closing(open_store(url)) as store, store.reading() as work:
        (base,) = work.project("demo", "P61").variants
    return [
        (s.envelope, s.period, s.amount.likely, s.amount.low, s.amount.high) for s in base.spends
    ]

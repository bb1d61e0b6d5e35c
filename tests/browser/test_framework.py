"""The framework editor, by clicking: a draft is written, checked, published and used."""

from contextlib import closing

import pytest
from desks import act_as, comes
from serving import served

from portfolio.criterion import FrameworkEdition
from services import house, imports
from services.people import console


@pytest.fixture
def url(tmp_path_factory):
    """The demo portfolio, in a database of its own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('framework') / 'demo.db'}"
    with closing(house.open_house(url)) as store:
        imports.bring_in(store, console(store), imports.demo())
    return url


@pytest.fixture
def address(url, tmp_path_factory):
    with served(url, tmp_path_factory.mktemp("served")) as where:
        yield where


def test_an_edition_is_drafted_published_and_used_by_clicking(page, settled, axe, url):
    page.goto("/criteres")
    act_as(page, "Administration")
    edit = settled(page).get_by_role("radio", name="Modifier le cadre")
    begin = page.get_by_role("button", name="Commencer le brouillon")
    tree = page.get_by_role("radiogroup", name="Arbre des critères")

    def is_drafted():
        """A click on what is drawn again under it is lost: people click again."""
        if not edit.is_checked():
            edit.click(force=True)
        elif begin.is_visible():
            begin.click()
        elif not tree.count():
            page.get_by_text("Commencer un brouillon, ou apporter un fichier").click()
        return settled(page) and tree.count()

    comes(is_drafted)
    tree.get_by_text("1.1 Autonomie").click()
    page.get_by_role("heading", name="1.1 Autonomie et souveraineté numérique").wait_for()
    assert axe(settled(page)) == []

    type_in(settled, page, "Points de poids", "12,5", "Enter")
    type_in(settled, page, "Repères", "0 ; 0\n2,5 ; 60\n4 ; 100", "Control+Enter")
    page.get_by_text("enregistrement 3.").wait_for()
    page.get_by_text("Ce qui change", exact=True).click()
    page.get_by_text("poids : de 40 à 12,5 points").wait_for()
    assert axe(settled(page)) == []

    for label in ("Publier", "Utiliser dans ce cycle"):
        settled(page).get_by_role("button", name=label).click()
        page.get_by_role("dialog").get_by_role("button", name=label).click()
        page.get_by_role("dialog").wait_for(state="detached")
    page.get_by_text("En usage dans ce cycle").wait_for()

    with closing(house.open_house(url)) as store, store.reading() as work:
        edition = work.one(FrameworkEdition, "montreal_2030", "2026.2")
        assert work.cycle("demo").framework_version == "2026.2"
    criterion = edition.framework.criterion("1.1")
    assert (criterion.weight, criterion.references[1]) == (12.5, (2.5, 0.6))
    assert not edition.is_draft


def type_in(settled, page, label, typed, end):
    field = settled(page).get_by_role("textbox", name=label)
    field.fill(typed)
    field.press(end)
    settled(page)

"""Choosing by clicking: what a limit is worth, why a project is out, what else is as good."""

import re
from contextlib import closing
from dataclasses import replace

import pytest
from benches import a_project, a_registry
from desks import act_as, pick, turn_to
from serving import served

from data.store import Act
from portfolio.rules import Force
from services import house, imports
from views.text import Text

WORDS = Text("fr")
PATIENCE = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the application answers with a small portfolio and the people of the demo."""
    folder = tmp_path_factory.mktemp("choices")
    url = f"sqlite:///{folder / 'choices.db'}"
    with (
        closing(house.open_house(url)) as store,
        store.writing(Act("test", "administrateur", "test")) as work,
    ):
        work.bring_in(a_choice())
    with served(url, folder) as where:
        yield where


def a_choice():
    """120 k$ for A (9), the imposed E (1), and B (5) or C (4.95); D (3) is the lead's: it lacks."""
    whole = a_registry(
        a_project("A", 9, (70,), (10,)),
        a_project("B", 5, (20,), (5,)),
        a_project("C", 4.95, (20,), (5,)),
        a_project("D", 3, (40,), (5,), lead="demo-responsable"),
        a_project("E", 1, (20,), (5,)),
        limits=(120,),
        capacity=(40,),
        rules=(Force("E", True, "promis en 2025"),),
    )
    return replace(whole, people=imports.demo().registry.people)


def test_the_committee_chooses_by_clicking(page, axe, settled):
    page.goto("/")
    act_as(page, "Animation")

    page.get_by_role("link", name="Scénarios").click()
    ask = page.get_by_role("button", name=re.compile(r"Et 100\sk\$ de plus"))
    ask.click(timeout=PATIENCE)
    page.get_by_text(re.compile(r"rapporteraient \+\d")).wait_for(timeout=PATIENCE)
    assert axe(settled(page)) == []

    picked = page.locator(".st-key-scenarios_why").get_by_role("combobox")
    pick(page, picked, re.compile("Projet D"), "Projet D")
    page.locator(".st-key-scenarios_to_why").get_by_role("link").click()
    page.get_by_role("heading", name=re.compile("D · Projet D – ○ écarté")).wait_for(
        timeout=PATIENCE
    )
    answer = page.locator(".st-key-answer")
    money = re.compile(r"\d\sk\$ de plus à l'enveloppe Programme")
    answer.get_by_text(money).wait_for(timeout=PATIENCE)
    assert "Il lui manque" in answer.inner_text()
    assert page.url.endswith("project=D")
    assert axe(page) == []
    with page.expect_download() as sent:
        page.get_by_role("button", name=WORDS("why.card.download")).click()
    assert sent.value.suggested_filename == "D.html"

    turn_to(page.get_by_role("radio", name=WORDS("why.view_all")))
    answer.get_by_text("5 projets expliqués sur 5").wait_for(timeout=PATIENCE)
    assert axe(page) == []


def test_the_trade_offs_are_read_by_clicking(page, axe):
    page.goto("/")
    act_as(page, "Membre 1")
    page.get_by_role("link", name="Arbitrages").click()

    page.get_by_role("heading", name=re.compile("on garde .* de la valeur")).wait_for(
        timeout=2 * PATIENCE
    )
    page.locator("[data-testid=stVegaLiteChart] canvas").first.wait_for(timeout=PATIENCE)
    assert axe(page) == []

    turn_to(page.get_by_role("radio", name=WORDS("tradeoffs.section_prices")))
    page.get_by_text("Raison : promis en 2025").wait_for(timeout=PATIENCE)
    page.get_by_role("heading", name=re.compile(r"règle la plus chère\s: E imposé")).wait_for(
        timeout=PATIENCE
    )
    assert axe(page) == []

    turn_to(page.get_by_role("radio", name=WORDS("tradeoffs.section_near")))
    page.get_by_role("heading", name=re.compile(r"moins de 1\s% de la valeur")).wait_for(
        timeout=PATIENCE
    )
    assert axe(page) == []

    page.get_by_role("button", name="Projection").click()
    page.locator("[data-testid=stTopNavSection]", has_text="autres").wait_for()


def test_a_lead_reads_why_her_project_is_out_and_no_other(page, axe, settled):
    page.goto("/pourquoi?project=A")
    act_as(page, "Responsable")
    page.get_by_role("link", name="Arbitrages").wait_for(state="detached", timeout=PATIENCE)
    page.get_by_role("link", name="Pourquoi").click()
    settled(page)

    page.locator(".st-key-why_project").get_by_role("combobox").click(timeout=PATIENCE)
    foreign = page.get_by_role("option", name="A · Projet A")
    foreign.wait_for(state="detached", timeout=PATIENCE)
    assert page.get_by_role("option").all_inner_texts() == ["D · Projet D"]
    page.get_by_role("option", name="D · Projet D").click()
    page.get_by_role("heading", name=re.compile("D · Projet D – ○ écarté")).wait_for(
        timeout=PATIENCE
    )
    assert axe(page) == []


def test_the_card_is_read_on_a_wall_and_in_english(page, axe):
    page.goto("/?lang=en")
    act_as(page, "Facilitation|Facilitator|Animation")
    page.get_by_role("link", name="Why?").click()
    pick(page, page.locator(".st-key-why_project").get_by_role("combobox"), "D · Projet D")
    page.get_by_role("heading", name=re.compile("D · Projet D – ○ left out")).wait_for(
        timeout=PATIENCE
    )

    page.get_by_role("button", name="Projection").click()
    page.locator(".st-key-projection_exit").wait_for(timeout=PATIENCE)
    page.get_by_role("heading", name=re.compile("D · Projet D – ○ left out")).wait_for(
        timeout=PATIENCE
    )
    assert axe(page) == []

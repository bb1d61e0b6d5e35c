"""Rating by keyboard alone, in a real browser: three projects, without touching the mouse."""

import re
from contextlib import closing

import pytest
from serving import served

from data.store import open_store
from portfolio.evaluation import Evaluation, Subject
from portfolio.person import Person, Role
from services import house, imports, rounds
from services.people import console
from views.text import Text

WORDS = Text("fr")
CHAIR = Person("demo-animateur", "Animation", frozenset({Role.FACILITATOR}))
THREE = ("P01", "P02", "P03")


@pytest.fixture
def url(tmp_path_factory):
    """The demo portfolio, its second round of scores open."""
    url = f"sqlite:///{tmp_path_factory.mktemp('rating') / 'demo.db'}"
    with closing(house.open_house(url)) as store:
        imports.bring_in(store, console(store), imports.demo())
        rounds.begin(store, CHAIR, "demo", Subject.SCORES, THREE)
    return url


@pytest.fixture
def address(url, tmp_path_factory):
    with served(url, tmp_path_factory.mktemp("log")) as where:
        yield where


def test_three_projects_are_rated_by_keyboard_alone(page, url, settled, axe):
    page.goto("/notation?person=demo-membre-1")
    in_hand(page, "P01")
    settled(page)
    page.get_by_role("radio", name=WORDS("rating.way_criterion")).focus()
    page.keyboard.press("Enter")
    settled(page)
    assert axe(page) == []

    rate(page, settled, "P01", "2", "Le contrat prévoit la sortie.")
    rate(page, settled, "P02", "3", "Un essai de sortie est daté.", "Plan de sortie, mai 2026")
    rate(page, settled, "P03", "n")
    in_hand(page, "P01")  # on to the next criterion

    with closing(open_store(url)) as store, store.reading() as work:
        every = work.every(Evaluation, "demo", evaluator="demo-membre-1", round=2)
    told = {(e.project, e.rating, e.justification, e.evidence) for e in every if e.is_given}
    assert told == {
        ("P01", 2, "Le contrat prévoit la sortie.", ""),
        ("P02", 3, "Un essai de sortie est daté.", "Plan de sortie, mai 2026"),
        ("P03", None, "", ""),
    }
    assert len({e.criterion for e in every}) == 1


def in_hand(page, code):
    page.get_by_role("heading", name=re.compile(f"^{code} · ")).wait_for(timeout=60_000)


def rate(page, settled, code, level, why="", proof=""):
    """A digit, J and the reasons, Tab and the evidence, Ctrl+Enter: and the next is there."""
    in_hand(page, code)
    settled(page)
    page.keyboard.press(level)
    page.locator(f".st-key-rating_level_{level.upper()} button[kind=primary]").wait_for()
    settled(page)
    if why:
        page.keyboard.press("j")
        page.keyboard.type(why)
    if proof:
        page.keyboard.press("Tab")
        page.keyboard.type(proof)
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name=re.compile(f"^{code} · ")).wait_for(state="detached")

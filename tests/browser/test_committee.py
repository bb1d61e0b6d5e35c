"""A whole committee, played: five people weigh and score blind, reveal, and score twice anew."""

import re
from contextlib import ExitStack, closing, contextmanager

import pytest
from desks import act_as, confirm, score, turn_to, weigh
from seated import FACILITATOR, MEMBERS, seat
from serving import served

from services import house
from views.text import Text

WORDS = Text("fr")
POINTS = {"m1": (70, 30), "m2": (60, 40), "m3": (50, 50), "m4": (60, 40), "m5": (55, 45)}

LEVELS = {  # of P1 to P4, each on the service and on the climate
    "m1": (4, 4, 4, 3, 1, 1, 0, 1),
    "m2": (4, 3, 0, 1, 3, 3, 1, 0),
    "m3": (3, 4, 4, 3, 1, 0, 0, 0),
    "m4": (4, 4, 1, 0, 3, 3, 0, 1),
    "m5": (4, 3, 3, 3, 2, 3, 1, 1),
}

AGAIN = (1, 1, 3, 3)  # of P2 and P3, once they were discussed


@pytest.fixture
def address(tmp_path_factory):
    """Where the application answers for the small committee."""
    folder = tmp_path_factory.mktemp("committee")
    url = f"sqlite:///{folder / 'committee.db'}"
    with closing(house.open_house(url)) as store:
        seat(store)
    with served(url, folder) as where:
        yield where


SCREEN = {"width": 1440, "height": 1200}  # the whole menu in sight, and the person beneath it


@contextmanager
def seated(browser, address, *people):
    """A page for each person, each in a browser of her own."""
    with ExitStack() as stack:
        pages = {}
        for person in people:
            context = browser.new_context(base_url=address, locale="fr-CA", viewport=SCREEN)
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.goto("/")
            act_as(page, person.name)
            pages[person.code] = page
        yield pages


def test_a_committee_weighs_and_scores_blind_and_scores_again_what_matters(
    browser, address, settled
):
    with seated(browser, address, FACILITATOR, *MEMBERS) as pages:
        lead = pages[FACILITATOR.code]
        lead.get_by_role("link", name=WORDS("weighting.menu"), exact=True).click()
        lead.get_by_role("button", name=WORDS("weighting.open")).click()
        lead.get_by_text(WORDS("weighting.is_awaited")).first.wait_for()
        for code, points in POINTS.items():
            weigh(pages[code], points, settled)
            for other in points:
                assert f"{other} %" not in lead.inner_text("body")
        confirm(lead, "weighting_reveal")
        lead.get_by_role("link", name=WORDS("rating.menu"), exact=True).click()
        lead.get_by_role("button", name=WORDS("rating.open")).click()
        lead.get_by_text(WORDS("rating.lead_blind")).wait_for()
        for code, levels in LEVELS.items():
            score(pages[code], levels, settled)
        confirm(lead, "rating_reveal")
        lead.get_by_role("link", name=WORDS("agreement.menu"), exact=True).click()
        lead.get_by_text(re.compile(r"2 peuvent changer le résultat.+P2 et P3")).wait_for()
        confirm(lead, "agreement_begin")
        for code in POINTS:
            score(pages[code], AGAIN, settled)
        lead.get_by_role("link", name=WORDS("rating.menu"), exact=True).click()
        confirm(lead, "rating_reveal")
        reader = pages["m1"]
        reader.get_by_role("link", name=WORDS("agreement.menu"), exact=True).click()
        turn_to(reader.get_by_role("radio", name=WORDS("agreement.section_minutes")))
        reader.get_by_text(re.compile("Cette ronde a changé les projets retenus")).wait_for()
        told = " ".join(reader.locator("[data-testid=stMain]").inner_text().split())

    assert "5 personnes ont répondu, sur 5 membres ; 40 cotes" in told
    assert "Elle portait sur P2 · Projet P2 et P3 · Projet P3" in told
    assert re.search(r"P2 · Projet P2 : de 55 \(± 12,9\) à 25 points", told)
    assert re.search(r"P3 · Projet P3 : de 50 \(± 9,7\) à 75 points", told)
    assert "entre P3 · Projet P3 ; sort P2 · Projet P2" in told
    assert "On peut s'arrêter : après la ronde 2" in told

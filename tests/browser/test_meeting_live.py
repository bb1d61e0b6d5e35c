"""A meeting on two devices: the member's follows the chair's, and never from under her fingers."""

import os
import re
from contextlib import closing
from datetime import date

import pytest
from desks import pick
from seated import FACILITATOR, MEMBERS, seat
from serving import served

from services import house, meetings
from views.text import Text

pytestmark = pytest.mark.skipif(
    not os.environ.get("ARBITRAGE_LONG"), reason="needs a machine of its own: make play"
)
WORDS = Text("fr")
PATIENCE, SCREEN = 60_000, {"width": 1440, "height": 900}


@pytest.fixture
def address(tmp_path_factory):
    """Where the application answers for a small committee whose meeting is open."""
    folder = tmp_path_factory.mktemp("meeting")
    url = f"sqlite:///{folder / 'meeting.db'}"
    with closing(house.open_house(url)) as store:
        seat(store)
        meetings.prepare(store, FACILITATOR, "c", date(2027, 6, 1), "base")
        meetings.begin(store, FACILITATOR, "c", 1)
    with served(url, folder) as where:
        yield where


def sit(browser, address, person):
    """The meeting on a device of the person's own."""
    context = browser.new_context(base_url=address, locale="fr-CA", viewport=SCREEN)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"/seance?person={person.code}")
    return page


def lead_to(chair, member, step, settled):
    """The chair chooses a step, and the member's device comes to it."""
    name = WORDS(f"meeting.step.{step}")
    chair.get_by_role("radio", name=name, exact=True).click()
    for page in (chair, member):
        shown(page, step, settled)


def shown(page, step, settled):
    """Wait until the device shows the step, whole: what is still redrawn takes no click."""
    name = WORDS(f"meeting.step.{step}")
    page.get_by_role("radio", name=name, exact=True, checked=True).wait_for()
    settled(page)


def go_on(field, typed):
    """Type at the end of what stands there already."""
    field.press("End")
    field.press_sequentially(typed)


def test_a_device_follows_the_chair_and_leaves_a_text_that_is_being_typed(
    browser, address, settled
):
    chair, member = (sit(browser, address, who) for who in (FACILITATOR, MEMBERS[0]))
    for page in (chair, member):
        shown(page, "presences", settled)
    member.get_by_role("button", name=WORDS("meeting_attendance.come")).click()
    chair.get_by_text(re.compile("dans la salle depuis")).first.wait_for()
    lead_to(chair, member, "charte", settled)
    lead_to(chair, member, "presences", settled)

    field = member.locator(".st-key-meeting_conflict_0_project").get_by_role("combobox")
    pick(member, field, re.compile("P2"), "P2")
    words = member.get_by_label(WORDS("meeting_recusals.reason"))
    words.press_sequentially("Ma so")
    chair.locator(".st-key-meeting_seat_1_m2 button").first.click()
    member.get_by_text(re.compile("2.membres présents sur 5")).first.wait_for()
    go_on(words, "eur y tra")
    settled(chair).get_by_role("radio", name=WORDS("meeting.step.charte"), exact=True).click()
    member.get_by_text(re.compile("Votre texte reste ici")).wait_for()
    go_on(words, "vaille")
    assert words.input_value() == "Ma soeur y travaille"
    settled(member).get_by_role("button", name=WORDS("meeting_recusals.declare")).click()

    shown(member, "charte", settled)  # what she typed is sent: she follows again
    lead_to(chair, member, "presences", settled)
    chair.get_by_text("Ma soeur y travaille").wait_for()
    for page in (chair, member):
        page.context.close()

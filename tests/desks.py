"""People at their own browser windows, and what they do there as people do it."""

import re
import time
from contextlib import contextmanager

from playwright.sync_api import TimeoutError as NotThere

from views.text import Text

WORDS = Text("fr")


@contextmanager
def window(browser, address):
    size = {"width": 1440, "height": 1200}
    context = browser.new_context(base_url=address, viewport=size, locale="en-US")
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


class Desk:
    """One person's own browser window."""

    def __init__(self, page, who, settled):
        self.page, self.who, self.settled = page, who, settled

    def open(self, code, **more):
        query = "".join(f"&{name}={value}" for name, value in more.items())
        self.page.goto(f"/propositions?project={code}&person={self.who}{query}")
        self.page.get_by_role("heading", name=re.compile(f"^{code} · ")).wait_for()
        self.settled(self.page)

    def press(self, name, exact=True):
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.settled(self.page)

    def fill(self, name, typed):
        field = self.page.get_by_label(name, exact=True).first
        field.fill(typed)
        field.blur()
        self.settled(self.page)

    def choose(self, label, option):
        pick(self.page, self.page.get_by_role("combobox", name=label), option, option)
        self.settled(self.page)

    def part(self, name):
        turn_to(self.page.get_by_role("radio", name=re.compile(name)).first)
        self.settled(self.page)

    def confirm(self, key):
        self.page.locator(f".st-key-{key} button").first.click()
        self.page.locator(f".st-key-{key}_yes button").first.click()
        self.page.locator(f".st-key-{key}_yes").first.wait_for(state="detached")
        self.settled(self.page)

    def sees(self, words):
        self.page.get_by_text(words).first.wait_for()


def comes(is_so):
    """What a page saves as it is typed is in the store a moment later."""
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def pick(page, box, option, typed=""):
    """Choose in a list; one that the page closed by being drawn again is opened again.

    What is typed narrows the list, which draws no more options than are seen.
    """

    def is_chosen():
        try:
            box.first.click(timeout=10_000)
            if typed:
                box.first.fill(typed)
            page.get_by_role("option", name=option).first.click(timeout=5_000)
        except NotThere:
            return False
        return True

    comes(is_chosen)


def turn_to(radio):
    """A click on what is being drawn again is lost: people click again."""
    radio = radio.first  # while it is drawn again, the old one may stand beside the new

    def is_turned():
        if not radio.is_checked():
            radio.click(force=True)
            radio.page.wait_for_timeout(300)
        return radio.is_checked()

    comes(is_turned)


def act_as(page, person):
    """The demo lets one choose whom to act as."""
    box = page.locator(".st-key-shell_person").get_by_role("combobox")
    pick(page, box, re.compile(person))


def weigh(page, points, settled):
    """Type the points of both criteria, then cast the ballot."""
    page.get_by_role("link", name=WORDS("weighting.menu"), exact=True).click()
    fields = page.locator("[data-testid=stTextInput] input[placeholder]")
    fields.nth(1).wait_for()
    cast = page.get_by_role("button", name=WORDS("weighting.cast"))

    def is_ready():
        """What is typed while the page is drawn again may be lost: people type it again."""
        for at, number in enumerate(points):
            for typed in ("", str(number)):
                fields.nth(at).fill(typed)
                fields.nth(at).press("Enter")
                settled(page)
        page.wait_for_timeout(300)
        return settled(page) and cast.is_enabled()

    comes(is_ready)
    cast.click()
    page.get_by_text(WORDS("weighting.cast_done")).first.wait_for()


def confirm(page, key):
    """Do what the button does, and say yes to its question."""
    page.locator(f".st-key-{key}").get_by_role("button").first.click()
    page.locator(f".st-key-{key}_yes").get_by_role("button").first.click()
    page.locator(f".st-key-{key}").first.wait_for(state="detached")


def score(page, levels, settled):
    """Give every rating that is asked for, in order, each with its reasons."""
    page.get_by_role("link", name=WORDS("rating.menu"), exact=True).click()
    for at, level in enumerate(levels):
        page.get_by_text(WORDS("rating.progress", given=at, asked=len(levels))).wait_for()
        settled(page)
        page.locator(f".st-key-rating_level_{level} button").click()
        page.locator(f".st-key-rating_level_{level} button[kind=primary]").wait_for()
        page.locator(".st-key-rating_justify textarea").fill(f"Raison du niveau {level}.")
        if level >= 3:
            page.locator(".st-key-rating_prove input").fill("Un essai mesuré")
        page.locator(".st-key-rating_give button").click()
    page.get_by_text(
        WORDS("rating.progress", given=len(levels), asked=len(levels))
    ).wait_for()


def draft(lead, title):
    lead.page.goto(f"/propositions?person={lead.who}")
    lead.page.get_by_text(WORDS("proposals.begin")).first.click()
    lead.fill(WORDS("proposals.begin_title"), title)
    lead.press(WORDS("proposals.begin_act"))
    lead.page.get_by_role("heading", name=re.compile(f" · {title}$")).wait_for()
    return re.search(r"project=([^&]+)", lead.page.url)[1]


def submit(lead, code):
    lead.open(code)
    lead.confirm("proposals_submit")
    lead.sees(re.compile("Proposition déposée"))

"""A whole cycle by seven people, each at her own browser window: from the call to publication.

Some minutes long: `make play` runs it, and an ordinary run of the tests does not.
"""

import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest
from benches import a_project, a_registry
from desks import Desk, comes, confirm, draft, score, submit, weigh, window
from pdf_text import pdf_text
from seated import ACT, FACILITATOR, MEMBERS, a_framework
from serving import ROOT, served

from data.store import open_store
from portfolio.criterion import FrameworkEdition
from portfolio.dossier import Opinion
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from services import house
from views.text import Text

pytestmark = pytest.mark.skipif(
    not os.environ.get("ARBITRAGE_LONG"), reason="some minutes long: make play"
)
WORDS = Text("fr")
PEOPLE = (
    *MEMBERS[:3], FACILITATOR,
    Person("lee", "Démo – Responsable", frozenset({Role.LEAD}), is_demo=True),
    Person("ada", "Démo – Architecte", frozenset({Role.ARCHITECT}), is_demo=True),
    Person("kim", "Démo – Administration", frozenset({Role.ADMINISTRATOR}), is_demo=True),
)  # fmt: skip
CHAIR = FACILITATOR.code
POINTS = {"m1": (70, 30), "m2": (60, 40), "m3": (50, 50)}
CALL = "Des projets qui rendent la ville plus fraîche, pour 20 k$ en tout."
TITLE = "Cartes des îlots de chaleur"
LEVELS = {  # of P1 to P4 and of the lead's own, each on the service and on the climate
    "m1": (4, 4, 4, 3, 1, 1, 0, 1, 2, 2),
    "m2": (4, 3, 0, 1, 3, 3, 1, 0, 2, 2),
    "m3": (3, 4, 4, 3, 1, 0, 0, 0, 2, 2),
}


@pytest.fixture
def url(tmp_path_factory):
    """Seven people, two criteria, four projects of 10 k$ each, and 20 k$."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cycle') / 'cycle.db'}"
    held = a_registry(*(a_project(f"P{n}", None, lead="lee") for n in range(1, 5)), limits=(20,))
    cycle = replace(held.cycle, framework="essai", framework_version="1", is_illustrative=True)
    with closing(house.open_house(url)) as store, store.writing(ACT) as work:
        for person in PEOPLE:
            work.save(None, person)
        work.save(None, FrameworkEdition(a_framework(), is_draft=False))
        work.bring_in(replace(held, cycle=cycle))
    return url


@pytest.fixture
def address(url, tmp_path_factory):
    with served(url, tmp_path_factory.mktemp("log")) as where:
        yield where


@pytest.fixture
def desks(browser, address, settled):
    """A window of her own for each of the seven."""
    with ExitStack() as stack:
        made = {p.code: Desk(stack.enter_context(window(browser, address)), p.code, settled)
                for p in PEOPLE}
        for desk in made.values():
            desk.page.goto(f"/?person={desk.who}")
            desk.page.get_by_role("heading", name=WORDS("home.title")).wait_for()
            settled(desk.page)
        yield made


def every(url, kind, *above):
    with closing(open_store(url)) as store, store.reading() as work:
        return work.every(kind, "c", *above)


def test_a_cycle_from_the_call_to_publication(desks, url, browser, address, tmp_path):
    call(desks["kim"], desks["lee"])
    code = propose(desks["lee"], url)
    advise(desks["ada"], url, code)
    admit(desks["kim"], url, code)
    judge(desks)
    gather(desks)
    reveal_weights(desks)
    speak(desks)
    freeze(desks)
    override(desks)
    vote(desks)
    close(desks)
    pack = take_papers(desks, tmp_path)
    replay(pack, url)
    read_letter(desks["lee"], tmp_path)
    publish(desks)
    read_in_public(browser, address)


def call(chief, lead):
    """What the call asks is written; leads read it at the head of the proposals."""
    chief.page.goto(f"/administration?section=cycle&person={chief.who}")
    chief.settled(chief.page)
    chief.fill(WORDS("cycle.call"), CALL)
    chief.press(WORDS("cycle.save_days"))
    chief.sees(WORDS("cycle.days_saved"))
    lead.page.get_by_role("link", name=WORDS("proposals.menu"), exact=True).click()
    lead.page.get_by_text(WORDS("cycle.what_is_asked")).click()
    lead.sees(CALL)


def propose(lead, url):
    code = draft(lead, TITLE)
    submit(lead, code)
    comes(lambda: every(url, Project, code)[0].stage is Stage.SUBMITTED)
    return code


def advise(architect, url, code):
    architect.open(code)
    architect.part(WORDS("dossier.part.opinion"))
    architect.page.get_by_text(WORDS("dossier.verdict.favorable"), exact=True).click()
    architect.fill(WORDS("dossier.reason"), "Rien ne s'y oppose.")
    architect.press(WORDS("dossier.give_act"))
    comes(lambda: every(url, Opinion, code))


def admit(chief, url, code):
    chief.open(code)
    chief.confirm("proposals_admit")
    comes(lambda: every(url, Project, code)[0].stage is Stage.ADMISSIBLE)


def judge(desks):
    """Weigh and score blind, then reveal."""
    lead = desks[FACILITATOR.code].page
    lead.get_by_role("link", name=WORDS("weighting.menu"), exact=True).click()
    lead.get_by_role("button", name=WORDS("weighting.open")).click()
    lead.get_by_text(WORDS("weighting.is_awaited")).first.wait_for()
    for code, points in POINTS.items():
        weigh(desks[code].page, points, desks[code].settled)
    lead.get_by_role("link", name=WORDS("rating.menu"), exact=True).click()
    lead.get_by_role("button", name=WORDS("rating.open")).click()
    lead.get_by_text(WORDS("rating.lead_blind")).wait_for()
    for code, levels in LEVELS.items():
        score(desks[code].page, levels, desks[code].settled)
    confirm(lead, "rating_reveal")


def at_once(what, desks, act, sign):
    """Do the act, and see on every device what it leads to: seconds each took are printed."""
    act()
    began, took = time.monotonic(), {}
    for desk in desks:
        sign(desk.page).first.wait_for()
        took[desk.who] = time.monotonic() - began
    told = ", ".join(f"{who} {seconds:.1f} s" for who, seconds in took.items())
    sys.stderr.write(f"\n{what}: {told}\n")


def step(chair, name):
    """A click on what is being drawn again is lost: people click again."""
    radio = chair.page.get_by_role("radio", name=WORDS(f"meeting.step.{name}"), exact=True)

    def is_shown():
        if not radio.is_checked():
            radio.click()
            chair.settled(chair.page)
        return radio.is_checked()

    comes(is_shown)


def gather(desks):
    """The meeting is prepared and opened; members say that they are there; one keeps away."""
    chair = desks[CHAIR]
    chair.page.get_by_role("link", name=WORDS("meeting.menu"), exact=True).click()
    chair.press(WORDS("meeting.prepare"))
    chair.sees(re.compile("est préparée pour le"))
    for code in (*POINTS, "ada", "kim"):
        desk = desks[code]
        desk.page.get_by_role("link", name=WORDS("meeting.menu"), exact=True).click()
        desk.sees(re.compile("est préparée pour le"))
    chair.confirm("meeting_begin")
    for code in POINTS:
        desks[code].press(WORDS("meeting_attendance.come"))
        desks[code].sees(WORDS("meeting_attendance.leave"))
    chair.sees(re.compile("3 membres présents sur 3"))
    away = desks["m3"]
    away.choose(WORDS("meeting_recusals.project"), "P4 · ")
    away.fill(WORDS("meeting_recusals.reason"), "J'y ai travaillé.")
    away.press(WORDS("meeting_recusals.declare"))
    away.sees(WORDS("meeting_recusals.declared"))


def reveal_weights(desks):
    chair = desks[CHAIR]
    step(chair, "poids")
    watching = [desks[code] for code in (*POINTS, "kim", CHAIR)]  # those who may read the weights
    for desk in watching:
        desk.sees(re.compile(r"^3 .*bulletins? .*sur 3"))
    at_once(
        "Weights revealed", watching, lambda: chair.confirm("weighting_reveal"),
        lambda page: page.locator(".st-key-weighting_choices"),
    )


def speak(desks):
    """The chair brings a project before everyone, with its time."""
    chair = desks[CHAIR]
    step(chair, "ecarts")
    chair.page.locator(".st-key-meeting_agenda_speak button").click()
    for code in POINTS:
        desks[code].page.locator(".st-key-meeting_project_answer").wait_for()
    chair.page.locator(".st-key-meeting_agenda_back button").click()


def freeze(desks):
    chair = desks[CHAIR]
    step(chair, "gel")
    chair.confirm("meeting_freeze")
    chair.page.locator(".st-key-meeting_freeze_plan").wait_for()


def vote(desks):
    """The portfolio as a whole: two are for, one against; all devices see the result."""
    chair = desks[CHAIR]
    step(chair, "vote")
    chair.choose(WORDS("meeting_vote.what"), WORDS("meeting_vote.whole"))
    chair.press(WORDS("meeting_vote.put"))
    for code, choice in zip(POINTS, ("pour", "pour", "contre"), strict=True):
        desks[code].page.locator(f".st-key-meeting_vote_choice_1_{choice} button").click()
        desks[code].sees(re.compile(r"Votre vote\s: "))
    chair.sees(WORDS("meeting_vote.all_in"))
    at_once(
        "Vote settled", [desks[code] for code in (*POINTS, "ada", "kim", CHAIR)],
        lambda: chair.confirm("meeting_vote_settle_1"),
        lambda page: page.get_by_text(re.compile(r"Adopté\s: 2 pour et 1 contre")),
    )


def override(desks):
    """P3 is imposed, at its price, with a reason, and signed."""
    chair = desks[CHAIR]
    step(chair, "choix-imposes")
    chair.choose(WORDS("meeting_overrides.project"), "P3 · ")
    chair.fill(WORDS("meeting_overrides.reason"), "Une entente signée l'exige.")
    chair.press(WORDS("meeting_overrides.propose"))
    chair.page.locator(".st-key-meeting_overrides_sign_P3").wait_for()
    chair.confirm("meeting_overrides_sign_P3")
    chair.sees(re.compile("Signé par "))
    for code in POINTS:
        desks[code].sees(re.compile("Ce choix coûte "))


def close(desks):
    """What the plan says is decided, read back, and closed: each device says so."""
    chair = desks[CHAIR]
    step(chair, "relecture")
    chair.part(f"^{WORDS('decisions.verb.refuse')}$")
    chair.press(WORDS("meeting_decide.adopt"))
    chair.sees(re.compile("décisions sont écrites, "))
    chair.page.locator(".st-key-meeting_readback_close").wait_for()
    chair.confirm("meeting_readback_close")
    for code in (*POINTS, CHAIR):
        desks[code].sees(re.compile(r"est close\s; "))


def take(desk, button, folder):
    with desk.page.expect_download() as taken:
        desk.page.locator(f".st-key-decisions_papers_{button} button").click()
    file = folder / taken.value.suggested_filename
    taken.value.save_as(file)
    return file


def to_papers(desk):
    desk.page.get_by_role("link", name=WORDS("decisions.menu"), exact=True).click()
    desk.part(WORDS("decisions.section_papers"))


def take_papers(desks, folder):
    """The minutes say who voted and what it cost; the pack is the whole decision."""
    chair = desks[CHAIR]
    to_papers(chair)
    told = pdf_text(take(chair, "minutes_pdf", folder).read_bytes())
    assert "Une entente signée l'exige." in told
    assert "Démo – Membre 3" in told  # who voted against
    chair.confirm("decisions_papers_send")
    return take(chair, "pack", folder)


def replay(pack, url):
    """The pack alone, then with the house's journal, which vouches for it."""
    for more in ((), ("--database", url)):
        ran = subprocess.run(
            [sys.executable, "cli.py", "replay", str(pack), *more],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        sys.stderr.write(ran.stdout)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def read_letter(lead, folder):
    """She is told, and her letter says what would bring her project in."""
    lead.page.goto(f"/decisions?person={lead.who}")
    to_papers(lead)
    lead.sees(WORDS("papers.mine"))
    for n, reply in enumerate(("P1", "P2")):
        told = pdf_text(take(lead, f"letter_pdf_mine_{n}", folder).read_bytes())
        assert f"Projet {reply}" in told
    assert WORDS("reply.answer.refuse") in told
    assert "Il lui manque" in told


def publish(desks):
    chair = desks[CHAIR]
    chair.page.get_by_role("link", name=WORDS("publication.menu"), exact=True).click()
    chair.confirm("publication_publish")
    chair.sees(re.compile("Le public lit la publication 1"))


def read_in_public(browser, address):
    """Someone who never signed in reads what was decided, and nothing of who thought what."""
    context = browser.new_context(base_url=address, locale="fr-CA")
    page = context.new_page()
    page.goto("/public")
    page.get_by_role("link", name=re.compile("Cycle d'essai")).first.click()
    body = page.inner_text("body")
    assert "P3" in body
    assert "J'y ai travaillé" not in page.content()
    context.close()

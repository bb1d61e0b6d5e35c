"""The life of a proposal, by clicking: a lead, an architect and an administrator, each at a desk.

Written with French decimals in an English browser, a circle of links refused, submitted, advised
on, sent back with a question, filled in offline, compared, submitted again, declared admissible.
"""

import re
from contextlib import ExitStack, closing

import openpyxl
import pytest
from desks import Desk, comes, draft, submit, window
from serving import served

from data.store import open_store
from portfolio.dossier import Inquiry, Opinion, Submission, Verdict
from portfolio.project import Estimate, Project, Spend, Stage
from portfolio.rules import Needs
from views.text import Text

WORDS = Text("fr")
LEAD, ARCHITECT, ADMINISTRATOR = "demo-responsable", "demo-architecte", "demo-admin"
TITLE, OTHER = "Cartes des îlots de chaleur", "Capteurs de chaleur"


@pytest.fixture
def address(url, tmp_path_factory):
    with served(url, tmp_path_factory.mktemp("log")) as where:
        yield where


@pytest.fixture
def desks(browser, address, settled):
    """A window of its own for each: in an English browser, since cities have those too."""
    with ExitStack() as stack:
        yield tuple(
            Desk(stack.enter_context(window(browser, address)), who, settled)
            for who in (LEAD, ARCHITECT, ADMINISTRATOR)
        )


def kept(url, kind, *key):
    with closing(open_store(url)) as store, store.reading() as work:
        return work.one(kind, "demo", *key)


def every(url, kind, *above):
    with closing(open_store(url)) as store, store.reading() as work:
        return work.every(kind, "demo", *above)


def test_the_life_of_a_proposal(desks, url, axe, tmp_path):
    lead, architect, administrator = desks

    code = draft(lead, TITLE)
    price(lead, url, code)
    refuse_a_circle(lead, url, code)
    submit(lead, code)
    comes(lambda: kept(url, Project, code).stage is Stage.SUBMITTED)
    assert axe(lead.page) == []

    advise(architect, url, code)
    assert axe(architect.page) == []
    send_back(administrator, url, code)

    answer(lead, url, code)
    fill_in_offline(lead, url, code, tmp_path)
    submit(lead, code)
    comes(lambda: len(every(url, Submission, code)) == 2)
    assert [s.number for s in every(url, Submission, code)] == [1, 2]

    compare(administrator)
    assert axe(administrator.page) == []
    administrator.confirm("proposals_admit")
    administrator.sees(re.compile("Recevable", re.IGNORECASE))
    comes(lambda: kept(url, Project, code).stage is Stage.ADMISSIBLE)
    remember(lead, code)


def price(lead, url, code):
    """« 12,5 » thousand dollars, in a cell of a browser that writes 12.5."""
    lead.open(code, section="variants")
    cells = lead.page.locator("[data-testid=stDataFrame] canvas").first
    cells.scroll_into_view_if_needed()
    lead.page.get_by_test_id("glide-cell-2-1").first.wait_for(state="attached")
    over = lead.page.locator("#portal :is(input, textarea)")

    def is_open():
        """The grid forgets a click while the page is drawn again under it."""
        box = cells.bounding_box()
        lead.page.mouse.click(box["x"] + box["width"] - 40, box["y"] + 35 * 2.5)  # the second row
        lead.page.keyboard.press("Enter")
        lead.page.wait_for_timeout(500)
        return over.count()

    comes(is_open)
    over.fill("12,5")
    lead.page.wait_for_timeout(200)  # the editor takes what was typed a moment later
    lead.page.keyboard.press("Enter")
    over.wait_for(state="detached")
    lead.sees(re.compile(r"Coût probable de cette variante\s*: 12,5\sk\$"))
    comes(lambda: kept(url, Project, code).variants[0].spends)
    (spend,) = kept(url, Project, code).variants[0].spends
    assert spend == Spend(spend.envelope, 0, Estimate(12_500_00))


def refuse_a_circle(lead, url, code):
    """One of the lead's drafts waits for another, which may not wait for it in its turn."""
    other = draft(lead, OTHER)
    link(lead, code, other)
    lead.press(WORDS("proposals.add_link"), exact=False)
    lead.page.locator(".st-key-proposals_link_0_remove").wait_for()
    comes(lambda: Needs(code, other) in every(url, Needs))

    link(lead, other, code)
    lead.sees(re.compile("s'attendraient les uns les autres"))
    lead.sees(re.compile(f"{other} · {OTHER} → {code} · {TITLE}|{code} · {TITLE} → {other}"))
    assert not lead.page.locator(".st-key-proposals_link_add").count()
    assert every(url, Needs).count(Needs(other, code)) == 0


def link(lead, code, other):
    lead.open(code, section="links")
    kind = WORDS("proposals.link.needs", code=code)
    lead.choose(WORDS("proposals.link_kind"), kind)
    lead.choose(WORDS("proposals.link_with.needs"), f"{other} · ")


def advise(architect, url, code):
    architect.open(code)
    architect.part(WORDS("dossier.part.opinion"))
    architect.page.get_by_text(WORDS("dossier.verdict.avec-modifications"), exact=True).click()
    architect.fill(WORDS("dossier.reason"), "Deux entrepôts de cartes existent déjà.")
    architect.fill(WORDS("dossier.conditions"), "Réutiliser celui du SIM.")
    architect.press(WORDS("dossier.give_act"))
    comes(lambda: every(url, Opinion, code))
    architect.page.get_by_test_id("stMarkdown").get_by_text("Réutiliser celui du SIM.").wait_for()
    (one,) = every(url, Opinion, code)
    assert (one.number, one.verdict, one.by) == (1, Verdict.WITH_CHANGES, ARCHITECT)


def send_back(administrator, url, code):
    administrator.open(code)
    administrator.sees(WORDS("dossier.ask_first"))
    administrator.part(WORDS("dossier.part.questions"))
    administrator.fill(WORDS("dossier.question"), "Qui mettra les cartes à jour ?")
    administrator.press(WORDS("dossier.ask"))
    comes(lambda: every(url, Inquiry, code))
    administrator.confirm("proposals_send_back")
    comes(lambda: kept(url, Project, code).stage is Stage.SENT_BACK)


def answer(lead, url, code):
    lead.open(code, section="need")
    lead.sees("Qui mettra les cartes à jour ?")
    lead.fill(WORDS("dossier.answer"), "Le service de l'eau, chaque printemps.")
    lead.fill(WORDS("proposals.problem"), "Les îlots de chaleur changent plus vite que les cartes.")
    comes(lambda: kept(url, Project, code).problem.startswith("Les îlots"))
    (one,) = every(url, Inquiry, code)
    assert one.answer == "Le service de l'eau, chaque printemps."


def fill_in_offline(lead, url, code, folder):
    """The form goes out as a workbook, is filled in by hand, and comes back."""
    lead.page.get_by_text(WORDS("proposal_offline.title"), exact=True).first.click()
    with lead.page.expect_download() as taken:
        lead.page.locator(".st-key-proposals_offline_take button").click()
    file = folder / taken.value.suggested_filename
    taken.value.save_as(file)
    book = openpyxl.load_workbook(file)
    put(book["Proposition"], "Résultat attendu", "Des cartes tenues à jour, ouvertes à tous.")
    book.save(file)

    lead.page.locator(".st-key-proposals_offline input[type=file]").set_input_files(file)
    lead.page.locator(".st-key-proposals_offline_accept button").click()
    lead.settled(lead.page)
    lead.sees(re.compile(WORDS("proposal_offline.done", n=1)[:20]))
    comes(lambda: kept(url, Project, code).outcome)
    assert kept(url, Project, code).outcome == "Des cartes tenues à jour, ouvertes à tous."


def put(sheet, label, value):
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == label)
    row[1].value = value


def compare(administrator):
    administrator.page.reload()
    administrator.settled(administrator.page)
    administrator.part(WORDS("dossier.part.changes"))
    administrator.sees(re.compile(r"\d différences entre ces deux versions"))
    came = administrator.page.locator(".arbitrage-diff ins")
    came.first.wait_for()
    assert "Des cartes tenues à jour" in " ".join(came.all_inner_texts())


def remember(lead, code):
    """Everything that happened to it stands in its history."""
    lead.open(code)
    lead.part(WORDS("dossier.part.timeline"))
    for happened in (
        "a déclaré la proposition recevable", "a répondu à la question 1",
        "a retourné la proposition", "a posé la question 1", "a donné son avis sur le dépôt 1",
    ):  # fmt: skip
        lead.sees(happened)
    assert "Des cartes tenues à jour" in lead.page.get_by_role("table").first.inner_text()

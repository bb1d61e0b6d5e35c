"""Home shows one's own notices, each with the page where one acts on it."""

import pytest

from data.store import Act
from portfolio.evaluation import Subject
from portfolio.notice import Notice, NoticeKind
from portfolio.person import Person, Role
from services import notices
from views import notice_words
from views.text import LANGUAGES, Text

LEAD = Person("test-responsable", "Test responsable", frozenset({Role.LEAD}))
FACTS = {
    "title": "Éclairage", "n": 2, "day": "2026-11-30", "number": 1, "subject": "weights",
    "ruling": "accordee", "verdict": "favorable", "roles": "membre", "place": " (salle 3)",
    "verb": "approuve", "left": 1,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_its_sentence_and_its_page(kind, language):
    notice = Notice("anne", kind, "2027", "P1", FACTS)

    said = notice_words.sentence(Text(language), notice)
    page, query = notice_words.place(notice)

    assert said
    assert "{" not in said
    assert "2026-11-30" not in said
    assert page
    assert query["cycle"] == "2027"


@pytest.mark.parametrize("subject", Subject)
def test_a_round_leads_to_the_page_of_its_subject(subject):
    pages = {
        kind: notice_words.place(Notice("a", kind, "c", facts={"subject": subject}))[0]
        for kind in notice_words.BALLOTS
    }

    assert set(pages.values()) <= {"weighting", "rating", "agreement"}
    assert pages[NoticeKind.ROUND_OPENED] != "agreement"


def test_home_shows_what_is_not_read_and_marks_it(show, own_demo, read):
    with own_demo.writing(Act("zoe", Role.FACILITATOR, "test")) as work:
        for about in ("P1", "P2"):
            notices.tell(work, NoticeKind.ADMISSIBLE, (LEAD.code,), "demo", about, title="Quai")

    at = show("home", own_demo, Role.LEAD)
    assert "2 avis que vous n'avez pas lus" in read(at)
    assert "P2 · Quai est recevable" in read(at)

    at.button(key="notices_read_all").click().run()

    assert notices.unread(own_demo, LEAD) == 0
    assert "Vous avez tout lu" in read(at)

"""Procès-verbaux et lettres on the page: every paper for the committee, her own for a lead."""

import contextlib

import pytest
from acts.house import build
from acts.papers import closed
from acts.said import PEOPLE, STRANGERS

from data.store import open_store
from portfolio.notice import NoticeKind
from portfolio.person import Role
from services import notices

LEAD = PEOPLE[Role.LEAD]


@pytest.fixture(scope="module")
def house(migrated_file, tmp_path_factory):
    """P2 and P3 are the lead's; the meeting of the record is closed."""
    file = build(migrated_file, tmp_path_factory.mktemp("papers"), with_strangers=True)
    with contextlib.closing(open_store(f"sqlite:///{file}")) as opened:
        closed(opened)
        yield opened


def section(show, store, person, language="fr", **query):
    at = show("decisions", store, person, language, **query)
    at.session_state["decisions_section"] = "papers"
    return at.run()


def files(at):
    return {one.proto.label for one in at.get("download_button")}


def plain(words):
    return words.replace("\u00a0", " ").replace("\\", "")


@pytest.mark.parametrize(
    ("language", "answer", "offered"),
    [
        ("fr", "Le comité a donné suite à 3 projets sur 8",
         {"Procès-verbal (PDF)", "Procès-verbal à modifier (DOCX)", "Classeur des décisions (XLSX)",
          "Toutes les lettres (ZIP)", "Lettre (PDF)", "Lettre à modifier (DOCX)",
          "Dossier de décision (ZIP)"}),
        ("en", "The committee goes ahead with 3 projects of 8",
         {"Minutes (PDF)", "Minutes to edit (DOCX)", "Workbook of decisions (XLSX)",
          "All letters (ZIP)", "Letter (PDF)", "Letter to edit (DOCX)", "Decision pack (ZIP)"}),
    ],
)  # fmt: skip
def test_a_member_takes_the_minutes_the_workbook_the_pack_and_the_letters(
    house, show, read, language, answer, offered
):
    at = section(show, house, PEOPLE[Role.MEMBER], language)

    assert not at.exception
    assert answer in plain(read(at))
    assert files(at) == offered
    assert not [one for one in at.button if one.key == "decisions_papers_send"]


def test_a_lead_finds_her_own_letters_only_the_one_asked_for_first(house, show, read):
    at = show("decisions", house, LEAD, letter="P3")

    told = plain(read(at))
    assert not at.exception
    assert told.index("P3 · Réfection P3") < told.index("P2 · Réfection P2")
    assert "P1 · Réfection P1" not in told
    assert "donné suite" not in told
    assert files(at) == {"Lettre (PDF)", "Lettre à modifier (DOCX)"}


def test_a_lead_to_whom_nothing_was_answered_is_told_so(house, show, read):
    at = section(show, house, STRANGERS[Role.LEAD])

    assert "Le comité n'a encore rien décidé de vos propositions" in read(at)
    assert not files(at)


def test_whoever_runs_the_cycle_tells_the_leads_and_hears_who_could_not_be(house, show, read):
    at = section(show, house, PEOPLE[Role.FACILITATOR])

    at.button(key="decisions_papers_send").click().run()
    at.button(key="decisions_papers_send_yes").click().run()

    assert not at.exception
    assert "aucun responsable actif à prévenir : P1" in plain(read(at))
    told = [one for one in notices.mine(house, LEAD) if one.kind is NoticeKind.LETTER]
    assert {one.about for one in told} == {"P2", "P3"}


def test_before_any_meeting_is_closed_the_page_says_when_papers_are_made(own_demo, show, read):
    at = section(show, own_demo, PEOPLE[Role.MEMBER])

    assert "Aucune séance n'est close" in read(at)
    assert not files(at)

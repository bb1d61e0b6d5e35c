"""Papers of a meeting: the committee reads its record, a lead the reply on her own and no other."""

from dataclasses import replace

import pytest
from acts.house import build
from acts.papers import closed
from acts.said import CHIEF, FACILITATOR, PEOPLE, STRANGERS
from proceedings import WHOLE, a_decided

from data.store import open_store
from portfolio.decision import Verb
from portfolio.errors import Forbidden, Missing
from portfolio.notice import NoticeKind
from portfolio.person import Role
from portfolio.record import WhyNot
from portfolio.reply import reply
from services import notices, papers

LEAD, MEMBER = PEOPLE[Role.LEAD], PEOPLE[Role.MEMBER]


@pytest.fixture
def store(migrated_file, tmp_path):
    """P2 and P3 are the lead's; the meeting of WHOLE is closed."""
    opened = open_store(f"sqlite:///{build(migrated_file, tmp_path, with_strangers=True)}")
    closed(opened)
    yield opened
    opened.close()


def told(store, person):
    return [one for one in notices.mine(store, person) if one.kind is NoticeKind.LETTER]


def test_the_committee_reads_the_record_as_it_was_last_corrected(store):
    assert papers.proceedings(store, MEMBER, "c", 3) == WHOLE

    corrected = replace(WHOLE, number=2, reason="Le lieu était mal nommé.", place="Édifice Lucien")
    closed(store, corrected)

    assert papers.proceedings(store, MEMBER, "c", 3).place == "Édifice Lucien"
    assert [one.number for one in papers.closed(store, MEMBER, "c")] == [3]


def test_a_meeting_that_is_not_closed_has_no_papers_yet(store):
    for act in (papers.proceedings, papers.replies):
        with pytest.raises(Missing, match="no-such-record"):
            act(store, FACILITATOR, "c", 4)
    with pytest.raises(Missing, match="no-such-record"):
        papers.send(store, FACILITATOR, "c", 4)


def test_a_lead_reads_the_replies_on_her_own_projects_and_nothing_of_the_meeting(store):
    mine = papers.mine(store, LEAD, "c")

    assert [one.decided.project for one in mine] == ["P2", "P3"]
    assert papers.mine(store, STRANGERS[Role.LEAD], "c") == ()
    assert len(papers.replies(store, MEMBER, "c", 3)) == len(WHOLE.decisions)
    for act in (papers.proceedings, papers.replies):
        with pytest.raises(Forbidden, match="not-allowed"):
            act(store, LEAD, "c", 3)


def test_a_reply_speaks_of_no_other_project_but_those_in_its_place():
    told = reply(WHOLE, "P3", "a" * 64)

    assert set(told.titles) == {"P3", "P1", "P2"}
    assert told.decided == WHOLE.decided("P3")
    with pytest.raises(Missing, match="not-decided"):
        reply(WHOLE, "P99", "a" * 64)


def test_letters_are_told_once_of_a_record_and_once_more_when_it_is_corrected(store):
    sent = papers.send(store, FACILITATOR, "c", 3)

    assert sent.told == 2
    assert "P1" in sent.alone  # nobody leads it
    assert {one.about for one in told(store, LEAD)} == {"P2", "P3"}
    assert papers.send(store, FACILITATOR, "c", 3).told == 0
    closed(store, replace(WHOLE, number=2, reason="Un fait était inexact."))
    assert papers.send(store, FACILITATOR, "c", 3).told == 2
    assert told(store, CHIEF) == []


def test_a_correction_of_the_record_is_what_the_lead_reads(store):
    again = a_decided("P3", Verb.DEFERRED, why_not=WhyNot(1.0, 1.0), service="Voirie")
    others = [one for one in WHOLE.decisions if one.project != "P3"]
    closed(store, replace(WHOLE, number=2, reason="Service.", decisions=(*others, again)))

    mine = {one.decided.project: one for one in papers.mine(store, LEAD, "c")}

    assert mine["P3"].decided.service == "Voirie"
    assert mine["P3"].record == 2

"""A proposal is handed in once, in time, whole; what it held is kept."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from dossier_house import (
    ANNE,
    BRUNO,
    FACI,
    TODAY,
    a_house_of_dossiers,
    change,
    project,
    put,
    submitted,
)

from data.store import Act
from portfolio.charter import Charter, Extension
from portfolio.dossier import Inquiry
from portfolio.errors import Forbidden, Invalid, Refusal, Stale
from portfolio.notice import NoticeKind
from portfolio.project import Category, LegalBasis, Stage
from portfolio.rules import Needs
from services import dossiers, notices, proposals, submissions
from services.dossiers import Asked

AT = "2026-11-27T09:00:00+00:00"
LAST = date(2026, 12, 18)


@pytest.fixture
def store(migrated_file, tmp_path):
    with a_house_of_dossiers(migrated_file, tmp_path / "own.db") as opened:
        yield opened


def every(store):
    with store.reading() as work:
        return submissions.every(work, "c", "P1")


def close_on(store, day):
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, replace(work.cycle("c"), submit_by=day))


def test_what_was_handed_in_is_kept_whole_with_its_links(store):
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", Needs("P1", "P2"))

    sent = submitted(store)

    held = submissions.read(sent.submission)
    assert (sent.project.stage, sent.submission.number, sent.submission.by) == (
        Stage.SUBMITTED, 1, "anne")
    assert held.project == sent.project == project(store)
    assert held.links == (Needs("P1", "P2"),)


def test_a_double_click_hands_it_in_once_and_says_so(store):
    draft = project(store)
    first, again = (
        submissions.submit(store, ANNE, "c", draft, TODAY, request="click-1") for _ in range(2)
    )

    assert (first.was_in, again.was_in) == (False, True)
    assert again.submission == first.submission
    assert len(every(store)) == 1


def test_a_second_tab_hands_it_in_once_and_says_so(store):
    draft = project(store)
    submissions.submit(store, ANNE, "c", draft, TODAY, request="tab-1")
    again = submissions.submit(store, ANNE, "c", draft, TODAY, request="tab-2")

    assert again.was_in
    assert len(every(store)) == 1


def test_tabs_that_submit_at_the_same_time_hand_it_in_once(store):
    draft = project(store)

    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(
            lambda n: submissions.submit(store, ANNE, "c", draft, TODAY, f"tab-{n}"), range(8)))

    assert sorted(one.was_in for one in sent) == [False] + [True] * 7
    assert len(every(store)) == 1


def test_what_was_saved_elsewhere_since_it_was_read_is_not_handed_in_unread(store):
    read = project(store)
    change(store, problem="Écrit dans un autre onglet")

    with pytest.raises(Stale):
        submissions.submit(store, ANNE, "c", read, TODAY)
    assert every(store) == ()


def test_a_lead_does_not_hand_in_another_s(store):
    with pytest.raises(Forbidden, match="not-yours"):
        submissions.submit(store, BRUNO, "c", project(store), TODAY)


def test_the_last_day_is_included_and_the_next_is_refused_with_the_day(store):
    close_on(store, LAST)

    with pytest.raises(Refusal, match="call-closed") as refused:
        submitted(store, date(2026, 12, 19))
    assert refused.value.facts["found"] == LAST
    assert project(store).stage is Stage.DRAFT

    assert submitted(store, LAST).project.stage is Stage.SUBMITTED


def test_after_the_last_day_a_draft_is_still_saved(store):
    close_on(store, LAST)
    with pytest.raises(Refusal, match="call-closed"):
        submitted(store, date(2026, 12, 19))

    proposals.save(store, ANNE, "c", replace(project(store), problem="Fini trop tard"))

    assert project(store).problem == "Fini trop tard"


def test_more_time_for_one_proposal_lets_it_in_and_no_other(store):
    close_on(store, LAST)
    put(store, Extension("P2", date(2027, 1, 8), "panne", "admin"))
    with pytest.raises(Refusal, match="call-closed"):
        submitted(store, date(2027, 1, 8))

    put(store, Extension("P1", date(2027, 1, 8), "panne", "admin"))

    assert submitted(store, date(2027, 1, 8)).submission.number == 1


def test_nothing_is_handed_in_before_the_call_opens(store):
    put(store, Charter(opens=date(2026, 12, 1)))

    with pytest.raises(Refusal, match="call-not-open") as refused:
        submitted(store)
    assert refused.value.facts["found"] == date(2026, 12, 1)


@pytest.mark.parametrize("basis", [None, LegalBasis("Loi 25"), LegalBasis("Loi 25", proof=" ")])
def test_a_mandatory_project_without_proof_is_refused(store, basis):
    change(store, category=Category.MANDATORY, legal_basis=basis)

    with pytest.raises(Invalid, match="proof-needed"):
        submitted(store)
    assert every(store) == ()

    change(store, legal_basis=LegalBasis("Loi 25", proof="avis du contentieux"))
    assert submitted(store).submission.number == 1


def test_it_comes_back_in_only_once_each_question_has_an_answer_or_a_reason_for_none(store):
    submitted(store)
    dossiers.send_back(
        store, FACI, "c", project(store), (Asked("need", "Combien ?"), Asked("", "Qui ?")))
    with store.reading() as work:
        first, second = work.every(Inquiry, "c", "P1")
    dossiers.answer(store, ANNE, "c", replace(first, answer="Douze."))

    with pytest.raises(Refusal, match="questions-open") as refused:
        submitted(store)
    assert refused.value.facts["n"] == 1

    dossiers.answer(store, ANNE, "c", replace(second, answer="Pas encore su", is_declined=True))
    assert submitted(store).submission.number == 2


def test_what_is_decided_is_not_handed_in_again(store):
    change(store, stage=Stage.APPROVED)

    with pytest.raises(Refusal, match="stage-order"):
        submitted(store)


def test_those_who_screen_are_told_of_it_and_told_again_when_it_comes_back(store):
    submitted(store)
    dossiers.send_back(store, FACI, "c", project(store), (Asked("", "Qui ?"),))
    with store.reading() as work:
        (asked,) = work.every(Inquiry, "c", "P1")
    dossiers.answer(store, ANNE, "c", replace(asked, answer="Nous"))
    submitted(store)

    told = {notice.kind for notice in notices.mine(store, FACI)}
    assert told == {NoticeKind.SUBMITTED, NoticeKind.RESUBMITTED}
    assert {n.kind for n in notices.mine(store, ANNE)} == {NoticeKind.SENT_BACK}


def test_one_that_was_withdrawn_and_taken_up_again_gets_the_next_number(store):
    sent = submitted(store).project
    gone = proposals.move(store, ANNE, "c", sent, Stage.WITHDRAWN)
    proposals.move(store, ANNE, "c", gone, Stage.DRAFT)

    assert submitted(store).submission.number == 2
    assert [one.number for one in every(store)] == [1, 2]

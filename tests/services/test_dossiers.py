"""Screening: questions and their answers, back to the lead or admissible; what changed since."""

from dataclasses import replace

import pytest
from dossier_house import (
    ADMIN,
    ANNE,
    ARCHI,
    BRUNO,
    FACI,
    MEMBER,
    OBSERVER,
    a_house_of_dossiers,
    change,
    kept,
    project,
    put,
    submitted,
)

from portfolio.dossier import Inquiry
from portfolio.errors import Forbidden, Invalid, Missing, Refusal, Stale
from portfolio.project import Stage
from portfolio.project_changes import Reworded
from services import dossiers, proposals
from services.dossiers import Asked

ASKED = Asked("need", "Combien de personnes ?")


@pytest.fixture
def store(migrated_file, tmp_path):
    with a_house_of_dossiers(migrated_file, tmp_path / "own.db") as opened:
        yield opened


def test_it_goes_back_with_its_questions_and_may_be_written_again(store):
    submitted(store)

    back = dossiers.send_back(store, FACI, "c", project(store), (ASKED, Asked("", "Qui ?")))

    assert back.stage is Stage.SENT_BACK
    found = dossiers.view(store, ANNE, "c", "P1")
    assert [(i.number, i.section, i.asked_by) for i in found.waiting] == [
        (1, "need", "faci"), (2, "", "faci")]
    proposals.save(store, ANNE, "c", replace(back, problem="Il tombe 12 fois par an."))


def test_nothing_goes_back_without_a_question(store):
    submitted(store)

    with pytest.raises(Invalid, match="question-needed"):
        dossiers.send_back(store, FACI, "c", project(store))
    assert project(store).stage is Stage.SUBMITTED


def test_an_empty_question_sends_nothing_back(store):
    submitted(store)

    with pytest.raises(Invalid, match="empty"):
        dossiers.send_back(store, FACI, "c", project(store), (Asked("need", "  "),))
    assert project(store).stage is Stage.SUBMITTED
    assert dossiers.view(store, FACI, "c", "P1").inquiries == ()


def test_a_question_of_the_architect_goes_back_with_the_others(store):
    submitted(store)
    dossiers.ask(store, ARCHI, "c", "P1", ASKED)

    dossiers.send_back(store, FACI, "c", project(store))

    assert project(store).stage is Stage.SENT_BACK


def test_a_question_is_about_a_section_that_there_is(store):
    submitted(store)

    with pytest.raises(Invalid, match="not-one-of"):
        dossiers.ask(store, ARCHI, "c", "P1", Asked("ailleurs", "Quoi ?"))


def test_an_answer_is_saved_as_it_is_typed_and_may_be_taken_back(store):
    submitted(store)
    asked = dossiers.ask(store, ARCHI, "c", "P1", ASKED)

    given = dossiers.answer(store, ANNE, "c", replace(asked, answer=" Douze. "))
    assert (given.answer, given.answered_by) == ("Douze.", "anne")
    assert given.answered_at

    none = dossiers.answer(store, ANNE, "c", replace(given, answer=""))
    assert (none.is_answered, none.answered_by, none.answered_at) == (False, "", "")


def test_two_tabs_that_answer_lose_neither_answer(store):
    submitted(store)
    asked = dossiers.ask(store, ARCHI, "c", "P1", ASKED)
    dossiers.answer(store, ANNE, "c", replace(asked, answer="Douze."))

    with pytest.raises(Stale) as stale:
        dossiers.answer(store, ANNE, "c", replace(asked, answer="Treize."))

    said = [stale.value.facts[whose].answer for whose in ("yours", "theirs")]
    assert said == ["Treize.", "Douze."]


def test_an_answer_does_not_rewrite_the_question(store):
    submitted(store)
    asked = dossiers.ask(store, ARCHI, "c", "P1", ASKED)

    dossiers.answer(
        store, ANNE, "c", replace(asked, question="Rien ?", asked_by="anne", answer="Si."))

    assert kept(store, Inquiry, "P1", 1).question == ASKED.question
    assert kept(store, Inquiry, "P1", 1).asked_by == "archi"


def test_two_who_screen_at_once_do_not_undo_each_other(store):
    submitted(store)
    read = project(store)
    dossiers.admit(store, FACI, "c", read)

    with pytest.raises(Stale):
        dossiers.send_back(store, ADMIN, "c", read, (ASKED,))
    assert project(store).stage is Stage.ADMISSIBLE
    assert dossiers.view(store, ADMIN, "c", "P1").inquiries == ()


def test_what_came_in_by_import_is_filed_when_it_is_first_screened(store):
    dossiers.send_back(store, FACI, "c", project(store, "P2"), (ASKED,))

    (filed,) = dossiers.handed_in(store, OBSERVER, "c", "P2")
    assert (filed.number, filed.by, filed.document) == (1, "bruno", "")


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.WITHDRAWN, Stage.APPROVED])
def test_only_what_is_in_and_not_decided_is_screened(store, stage):
    change(store, stage=stage)

    for act in (
        lambda: dossiers.admit(store, ADMIN, "c", project(store)),
        lambda: dossiers.send_back(store, ADMIN, "c", project(store), (ASKED,)),
        lambda: dossiers.ask(store, ADMIN, "c", "P1", ASKED),
    ):
        with pytest.raises(Refusal, match="not-under-review"):
            act()


def test_someone_s_draft_is_not_there_for_those_who_screen(store):
    with pytest.raises(Missing):
        dossiers.ask(store, FACI, "c", "P1", ASKED)
    with pytest.raises(Missing):
        dossiers.view(store, MEMBER, "c", "P1")
    with pytest.raises(Missing):
        dossiers.compared(store, OBSERVER, "c", "P1")


def test_the_dossier_is_for_its_lead_and_those_who_judge(store):
    submitted(store)

    with pytest.raises(Forbidden, match="not-yours"):
        dossiers.view(store, BRUNO, "c", "P1")
    with pytest.raises(Forbidden, match="not-allowed"):
        dossiers.view(store, OBSERVER, "c", "P1")
    assert dossiers.view(store, MEMBER, "c", "P1").submissions[0].by == "anne"


def resubmitted(store, **changes):
    """Handed in, sent back, changed, answered, handed in again."""
    submitted(store)
    dossiers.send_back(store, FACI, "c", project(store), (ASKED,))
    change(store, **changes)
    dossiers.answer(store, ANNE, "c", replace(kept(store, Inquiry, "P1", 1), answer="Douze."))
    return submitted(store)


def test_what_changed_between_two_submissions_and_since_the_last(store):
    resubmitted(store, problem="Le système tombe trop souvent.")
    change(store, risks="Un retard")

    between = dossiers.compared(store, FACI, "c", "P1", 1, 2)
    since = dossiers.compared(store, FACI, "c", "P1")

    (problem,) = between.differences
    assert [(p.kind, p.text) for p in problem.pieces if p.kind != "same"] == [("in", "trop ")]
    assert ([d.field for d in since.differences], since.before.number, since.after) == (
        ["risks"], 2, None)


def test_there_is_nothing_to_compare_with_before_the_first_submission(store):
    assert dossiers.compared(store, ANNE, "c", "P1") is None
    submitted(store)
    assert dossiers.compared(store, ANNE, "c", "P1", after=1) is None
    assert dossiers.compared(store, ANNE, "c", "P1", 1, 7) is None


@pytest.mark.parametrize("is_first", [True, False])
def test_what_one_of_the_two_keeps_back_is_told_of_neither(store, is_first):
    """A field that is confidential now was not then, or the other way round."""
    hidden, shown = frozenset({"problem"}), frozenset[str]()
    change(store, confidential=hidden if is_first else shown)
    resubmitted(store, problem="Autre", confidential=shown if is_first else hidden)

    def fields(by):
        found = dossiers.compared(store, by, "c", "P1", 1, 2).differences
        return [one.field for one in found if isinstance(one, Reworded)]

    assert fields(MEMBER) == fields(ANNE) == ["problem"]
    assert fields(OBSERVER) == fields(BRUNO) == []


def test_no_one_screens_what_they_lead(store):
    put(store, replace(project(store, "P2"), lead="faci"))

    with pytest.raises(Forbidden, match="own-proposal"):
        dossiers.admit(store, FACI, "c", project(store, "P2"))

"""The architect's opinion is about one submission; debts enter the register by her hand."""

from dataclasses import replace

import pytest
from dossier_house import (
    ANNE,
    ARCHI,
    FACI,
    TODAY,
    a_house_of_dossiers,
    change,
    kept,
    project,
    submitted,
)

from portfolio import standing_debts
from portfolio.debt import DebtItem
from portfolio.dossier import Inquiry, Opinion, Verdict
from portfolio.errors import Invalid, Missing, Refusal, Stale
from portfolio.project import DebtEffect, Stage
from services import dossiers, opinions
from services.dossiers import Asked
from services.opinions import Priced

RETIRES = DebtEffect("D1", 0.5)
CREATES = DebtEffect(system="S1", title="Passerelle provisoire", principal=50_00)
OPINION = Opinion("P1", 1, Verdict.WITH_CHANGES, "raison", "whoever", "", "réduire la portée")


@pytest.fixture
def store(migrated_file, tmp_path):
    with a_house_of_dossiers(migrated_file, tmp_path / "own.db") as opened:
        change(opened, debt_effects=(RETIRES, CREATES))
        submitted(opened)
        yield opened


def view(store, by=ANNE):
    return dossiers.view(store, by, "c", "P1")


def send_round(store):
    """Back to the lead, answered, in again."""
    dossiers.send_back(store, FACI, "c", project(store), (Asked("", "Qui ?"),))
    dossiers.answer(store, ANNE, "c", replace(kept(store, Inquiry, "P1", 1), answer="Nous"))
    submitted(store)


def test_an_opinion_is_read_by_the_lead_in_the_architect_s_name(store):
    opinions.advise(store, ARCHI, "c", OPINION)

    read = view(store).opinion
    assert (read.verdict, read.by, read.conditions) == (
        Verdict.WITH_CHANGES, "archi", "réduire la portée")
    assert not view(store).is_opinion_old


def test_a_later_submission_makes_it_old_until_it_is_renewed(store):
    opinions.advise(store, ARCHI, "c", OPINION)
    send_round(store)
    assert view(store).is_opinion_old

    with pytest.raises(Refusal, match="submission-newer"):
        opinions.advise(store, ARCHI, "c", replace(OPINION, reason="sans avoir relu"))
    opinions.advise(store, ARCHI, "c", replace(OPINION, number=2))

    assert [one.number for one in view(store).opinions] == [1, 2]
    assert not view(store).is_opinion_old


def test_two_architects_do_not_write_over_each_other(store):
    opinions.advise(store, ARCHI, "c", OPINION)

    with pytest.raises(Stale):
        opinions.advise(store, ARCHI, "c", replace(OPINION, reason="une autre"))


@pytest.mark.parametrize("verdict", [Verdict.WITH_CHANGES, Verdict.CHANGE_DIRECTION])
def test_what_is_not_a_plain_yes_says_what_would_have_to_change(verdict):
    with pytest.raises(Invalid, match="empty"):
        replace(OPINION, verdict=verdict, conditions=" ")


def test_what_it_retires_becomes_a_remedy_for_its_share(store):
    opinions.take_in(store, ARCHI, "c", "P1", RETIRES, TODAY)

    (remedy,) = kept(store, DebtItem, "D1").remedies
    assert (remedy.project, remedy.share) == ("P1", 0.5)
    (intake,) = view(store).intakes
    assert (intake.is_taken, intake.debt, intake.is_of(RETIRES)) == (True, "D1", True)


def test_another_share_is_judged_anew_and_replaces_the_first(store):
    opinions.take_in(store, ARCHI, "c", "P1", RETIRES, TODAY)
    more = replace(RETIRES, share=0.8)
    change(store, debt_effects=(more, CREATES))

    (before,) = view(store).intakes
    assert not before.is_of(more)
    with pytest.raises(Refusal, match="effect-changed"):
        opinions.take_in(store, ARCHI, "c", "P1", RETIRES, TODAY)
    opinions.take_in(store, ARCHI, "c", "P1", more, TODAY)

    assert [r.share for r in kept(store, DebtItem, "D1").remedies] == [0.8]
    assert len(view(store).intakes) == 1


def test_what_it_would_create_is_promised_and_counts_once_it_is_approved(store):
    intake = opinions.take_in(store, ARCHI, "c", "P1", CREATES, TODAY, Priced(60_00, 6_00))

    made = kept(store, DebtItem, intake.debt)
    assert (made.created_by, made.title, made.principal.likely, made.interest.likely) == (
        "P1", "Passerelle provisoire", 60_00, 6_00)
    with store.reading() as work:
        assert made in standing_debts.promised(work.registry("c"))
    change(store, stage=Stage.APPROVED)
    with store.reading() as work:
        assert made in standing_debts.counted(work.registry("c"))


def test_taking_it_in_twice_makes_one_item(store):
    for interest in (6_00, 7_00):
        opinions.take_in(store, ARCHI, "c", "P1", CREATES, TODAY, Priced(60_00, interest))

    with store.reading() as work:
        made = [d for d in work.every(DebtItem, "c") if d.created_by == "P1"]
    assert [item.interest.likely for item in made] == [7_00]


def test_a_debt_to_come_is_not_taken_in_without_its_cost(store):
    with pytest.raises(Invalid, match="empty"):
        opinions.take_in(store, ARCHI, "c", "P1", CREATES, TODAY)


def test_what_names_nothing_that_is_there_is_refused_and_nothing_is_kept(store):
    gone, lost = DebtEffect("D9"), DebtEffect(system="S9", title="Ailleurs")
    change(store, debt_effects=(gone, lost))

    with pytest.raises(Missing):
        opinions.take_in(store, ARCHI, "c", "P1", gone, TODAY)
    with pytest.raises(Missing, match="no-such-system"):
        opinions.take_in(store, ARCHI, "c", "P1", lost, TODAY, Priced(1, 1))
    assert view(store).intakes == ()


def test_what_is_left_out_says_why_and_may_be_taken_in_later(store):
    with pytest.raises(Invalid, match="reason-needed"):
        opinions.decline(store, ARCHI, "c", "P1", RETIRES, " ")
    left = opinions.decline(store, ARCHI, "c", "P1", RETIRES, "le serveur sera remplacé avant")
    assert (left.is_taken, left.reason) == (False, "le serveur sera remplacé avant")

    opinions.take_in(store, ARCHI, "c", "P1", RETIRES, TODAY)

    assert [one.is_taken for one in view(store).intakes] == [True]
    with pytest.raises(Refusal, match="taken-in"):
        opinions.decline(store, ARCHI, "c", "P1", RETIRES, "finalement non")

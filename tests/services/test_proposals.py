"""A proposal belongs to its lead: they alone write it, and what it would take is added up here."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from benches import a_registry

from data.store import Act, open_store
from portfolio.errors import Forbidden, Invalid, Refusal, Stale
from portfolio.person import Person, Role
from portfolio.project import Effort, Estimate, Project, Spend, Stage, Variant
from portfolio.rules import Synergy
from services import proposals
from services.proposals import base_of, saved_by, taken_by
from services.submissions import submit

TODAY = date(2026, 11, 27)
ANNE = Person("anne", "Anne", frozenset({Role.LEAD}))
BRUNO = Person("bruno", "Bruno", frozenset({Role.LEAD}))


@pytest.fixture
def store(migrated_file, tmp_path):
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in (ANNE, BRUNO):
            work.save(None, person)
        work.bring_in(a_registry(Project("P07", "Éclairage", lead="bruno")))
    yield opened
    opened.close()


def kept(store, code):
    with store.reading() as work:
        return work.project("c", code)


def test_a_draft_starts_under_the_next_code_with_a_base_variant_to_fill_in(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")

    assert (draft.code, draft.lead, draft.stage, draft.version) == ("P08", "anne", "brouillon", 1)
    assert [(v.code, v.cost, v.duration) for v in draft.variants] == [("base", None, None)]


def test_the_code_after_p99_is_p100(store):
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save("c", Project("P99", "Dernier"))
        work.save("c", Project("Annexe 500", "Autre"))

    assert proposals.begin(store, ANNE, "c", "Paie").code == "P100"


def test_a_draft_without_a_title_is_not_begun(store):
    with pytest.raises(Invalid, match="empty"):
        proposals.begin(store, ANNE, "c", "  ")


def test_a_lead_writes_their_own_draft(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")

    saved = proposals.save(store, ANNE, "c", replace(draft, problem="Trop vieux"))

    assert saved.version == draft.version + 1
    assert kept(store, draft.code).problem == "Trop vieux"


def test_a_lead_does_not_write_another_s_draft(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")

    with pytest.raises(Forbidden, match="not-yours"):
        proposals.save(store, BRUNO, "c", replace(draft, problem="Autre chose"))


def test_a_lead_does_not_take_a_draft_by_signing_it(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")

    with pytest.raises(Forbidden, match="not-yours"):
        proposals.save(store, BRUNO, "c", replace(draft, lead="bruno"))
    assert kept(store, draft.code).lead == "anne"


def test_a_lead_does_not_move_another_s_proposal_by_signing_it(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")

    with pytest.raises(Forbidden, match="not-yours"):
        proposals.move(store, BRUNO, "c", replace(draft, lead="bruno"), Stage.WITHDRAWN)
    assert kept(store, draft.code).stage is Stage.DRAFT


def test_what_was_saved_meanwhile_is_never_written_over(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")
    theirs = proposals.save(store, ANNE, "c", replace(draft, problem="D'un autre onglet"))

    with pytest.raises(Stale) as stale:
        proposals.save(store, ANNE, "c", replace(draft, problem="D'ici"))

    assert stale.value.facts["theirs"] == theirs
    assert stale.value.facts["yours"].problem == "D'ici"
    assert kept(store, draft.code) == theirs


def test_a_proposal_goes_its_way_and_back(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")

    sent = submit(store, ANNE, "c", draft, TODAY).project
    gone = proposals.move(store, ANNE, "c", sent, Stage.WITHDRAWN)
    back = proposals.move(store, ANNE, "c", gone, Stage.DRAFT)

    assert [p.stage for p in (sent, gone, back)] == ["soumis", "retire", "brouillon"]


@pytest.mark.parametrize("to", [
    Stage.SUBMITTED, Stage.APPROVED, Stage.ADMISSIBLE, Stage.REFUSED, Stage.DEFERRED])
def test_a_lead_does_not_decide_in_the_committee_s_place(store, to):
    draft = proposals.begin(store, ANNE, "c", "Paie")

    with pytest.raises(Refusal, match="stage-order"):
        proposals.move(store, ANNE, "c", draft, to)


def test_a_submitted_proposal_is_no_longer_written(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")
    sent = submit(store, ANNE, "c", draft, TODAY).project

    with pytest.raises(Refusal, match="not-a-draft"):
        proposals.save(store, ANNE, "c", replace(sent, problem="Après coup"))


def test_what_is_typed_while_it_is_submitted_elsewhere_is_shown_beside_what_is_in(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")
    sent = submit(store, ANNE, "c", draft, TODAY).project

    with pytest.raises(Stale) as stale:
        proposals.save(store, ANNE, "c", replace(draft, problem="Tapé trop tard"))

    assert stale.value.facts["yours"].problem == "Tapé trop tard"
    assert stale.value.facts["theirs"] == sent


def test_saving_does_not_change_the_stage_behind_the_committee_s_back(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")

    with pytest.raises(Refusal):
        proposals.save(store, ANNE, "c", replace(draft, stage=Stage.APPROVED))
    assert kept(store, draft.code).stage is Stage.DRAFT


def test_a_new_proposal_begins_as_a_draft_whatever_it_says(store):
    with pytest.raises(Refusal):
        proposals.save(store, ANNE, "c", Project("P50", "Déjà approuvé", stage=Stage.APPROVED))


def test_a_code_that_is_taken_shows_nothing_of_the_other_s_draft(store):
    draft = proposals.begin(store, ANNE, "c", "Paie")

    with pytest.raises(Forbidden, match="not-yours"):
        proposals.save(store, BRUNO, "c", Project(draft.code, "Curieux", stage=Stage.DRAFT))


def test_the_base_variant_is_the_one_of_that_name_else_the_first():
    assert base_of(Project("P", "P")) is None
    assert base_of(Project("P", "P", variants=(Variant("b"), Variant("base")))).code == "base"
    assert base_of(Project("P", "P", variants=(Variant("b"), Variant("c")))).code == "b"


def test_a_variant_adds_up_its_money_and_its_days():
    spends = (
        Spend("PDI", 0, Estimate(100, 80, 150)),
        Spend("PDI", 2, Estimate(50)),
        Spend("FON", 1, Estimate(30, None, 60)),
    )
    efforts = (Effort("DEV", 0, 12.5), Effort("DEV", 1, 7.5))
    project = Project("P", "P", variants=(Variant("base", "", 3, 1.0, spends, efforts),))

    (taken,) = taken_by(project)

    assert (taken.low, taken.likely, taken.high, taken.days) == (160, 180, 260, 20.0)
    assert [(s.code, s.by_period, s.total) for s in taken.money] == [
        ("PDI", (100, None, 50), 150),
        ("FON", (None, 30, None), 30),
    ]
    assert [(s.code, s.by_period, s.total) for s in taken.effort] == [("DEV", (12.5, 7.5), 20.0)]


def test_what_is_not_given_is_not_zero():
    (taken,) = taken_by(Project("P", "P", variants=(Variant("base"),)))

    assert (taken.low, taken.likely, taken.high, taken.days) == (None, None, None, None)


def test_a_synergy_saves_in_every_envelope():
    assert saved_by(Synergy(("A", "B"), 2.0, {"PDI": (10.5, 0.0), "FON": (4.5,)})) == 15_00

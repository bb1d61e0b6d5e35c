"""The timeline tells all that happened to a proposal, to those who may read it."""

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
    kept,
    project,
    submitted,
)

from portfolio.dossier import Inquiry, Opinion, Verdict
from portfolio.errors import Forbidden
from portfolio.evaluation import Evaluation, Subject
from services import dossiers, opinions, proposals, rating, rounds, timeline
from services.dossiers import Asked


@pytest.fixture
def store(migrated_file, tmp_path):
    with a_house_of_dossiers(migrated_file, tmp_path / "own.db") as opened:
        yield opened


def type_in(store, *texts):
    for text in texts:
        proposals.save(store, ANNE, "c", replace(project(store), problem=text))


def acts(store, by=ANNE):
    return [(h.past.act, h.past.who, h.count) for h in timeline.of_project(store, by, "c", "P1")]


def test_everything_is_told_the_latest_first_by_name(store):
    type_in(store, "L", "Le", "Le s")
    submitted(store)
    opinions.advise(store, ARCHI, "c", Opinion("P1", 1, Verdict.PROCEED, "bien", "x", ""))
    dossiers.send_back(store, FACI, "c", project(store), (Asked("", "Qui ?"),))
    for said in ("N", "No", "Nous"):
        asked = kept(store, Inquiry, "P1", 1)
        dossiers.answer(store, ANNE, "c", replace(asked, answer=said))
    submitted(store)

    assert acts(store) == [
        ("submissions.submit", "Anne", 1), ("submissions.submit", "Anne", 1),
        ("dossiers.answer", "Anne", 3),
        ("dossiers.send_back", "Faci", 1), ("dossiers.send_back", "Faci", 1),
        ("opinions.advise", "Archi", 1),
        ("submissions.submit", "Anne", 1), ("submissions.submit", "Anne", 1),
        ("proposals.save", "Anne", 3),
    ]  # fmt: skip


def test_keystrokes_are_told_together_from_the_first_to_the_last(store):
    type_in(store, "L", "Le", "Le s")

    (saved,) = timeline.of_project(store, ANNE, "c", "P1")
    (change,) = saved.past.changes

    assert (change.before, change.after) == ("Le système tombe souvent.", "Le s")
    assert saved.since <= saved.past.at


def test_what_was_typed_before_it_was_handed_in_is_its_lead_s_own(store):
    type_in(store, "Ce que je pense vraiment", "Le système tombe.")
    submitted(store)

    def typed(by):
        told = timeline.of_project(store, by, "c", "P1")
        return next(h.past.changes for h in told if h.past.act == "proposals.save")

    assert typed(ANNE)[0].after == typed(ADMIN)[0].after == "Le système tombe."
    assert typed(FACI) == typed(MEMBER) == ()


def test_a_round_that_is_revealed_is_told_and_not_what_was_said_in_it(store):
    submitted(store)
    rounds.begin(store, FACI, "c", Subject.SCORES)
    assert "rounds" not in str(acts(store))
    said = Evaluation("P1", "1.1", "membre", 2, justification="Une justification assez longue.")
    rating.give(store, MEMBER, "c", said)
    rounds.reveal(store, FACI, "c", Subject.SCORES)

    told = timeline.of_project(store, ANNE, "c", "P1")

    assert told[0].past.act.startswith("rounds.reveal")
    assert "evaluation" not in {h.past.kind for h in told}


def test_it_is_for_its_lead_and_those_who_judge(store):
    submitted(store)

    with pytest.raises(Forbidden, match="not-yours"):
        acts(store, BRUNO)
    with pytest.raises(Forbidden, match="not-allowed"):
        acts(store, OBSERVER)
    assert acts(store, MEMBER)

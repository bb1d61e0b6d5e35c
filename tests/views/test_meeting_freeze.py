"""The freeze on its screen: what it would keep, what lacks, its hash, what was edited since."""

from dataclasses import replace

import pytest
from a_meeting import CYCLE, LEAD, NUMBER, OBSERVER, ON, a_committee, an_open_meeting, edited
from seated import ACT, FACILITATOR

from data.store import open_store
from portfolio.meeting import Freeze, Step
from services import meetings


@pytest.fixture
def store(migrated_file, tmp_path):
    path = tmp_path / "own.db"
    path.write_bytes(migrated_file.read_bytes())
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


def told(at):
    """Everything that is read on the page, tables included."""
    shown = [*at.header, *at.subheader, *at.markdown, *at.caption, *at.warning, *at.error]
    lines = "\n".join([*(one.value for one in shown), *(one.value.to_string() for one in at.table)])
    return lines.replace("\xa0", " ").replace("\\", "")


def test_the_chair_is_warned_then_freezes_and_everyone_reads_the_hash(store, show):
    a_committee(store)
    with store.writing(ACT) as work:
        work.save(CYCLE, replace(work.project(CYCLE, "P8"), legal_basis=None))
    meetings.prepare(store, FACILITATOR, CYCLE, ON, "base")
    meetings.go(store, FACILITATOR, CYCLE, NUMBER, Step.FREEZE)

    waiting = told(show("meeting", store, OBSERVER))
    assert "Le gel fixerait 8 projets, 2 critères, 62 cotes et 4 bulletins de poids." in waiting
    assert "1 projet obligatoire est sans preuve : P8 (Projet P8)." in waiting
    assert "L'animation gèle les données" in waiting

    at = show("meeting", store, FACILITATOR)
    at.button(key="meeting_freeze").click().run()
    at.button(key="meeting_freeze_yes").click().run()

    assert not at.exception
    with store.reading() as work:
        freeze = work.one(Freeze, CYCLE, NUMBER, 1)
    read = told(show("meeting", store, OBSERVER, "en"))
    assert "Freeze 1: 8 projects fixed on" in read
    assert f"Hash of the inputs: {freeze.sha256[:4]} {freeze.sha256[4:8]}" in read


def test_what_was_edited_since_is_told_and_the_plan_stays(store, show):
    an_open_meeting(store)
    edited(store)

    read = told(show("meeting", store, OBSERVER))
    assert "5 projets retenus sur 8" in read
    assert "Modifié depuis le gel : 1 enveloppe et 3 projets." in read
    assert "Le comité continue de décider sur ce qui est gelé." in read
    assert "PDI – Programme" in read
    assert "changement : limites" in read

    at = show("meeting", store, FACILITATOR)
    at.button(key="FormSubmitter:meeting_freeze_again-Geler de nouveau").click().run()
    assert "raison" in told(at)
    assert LEAD.name not in read

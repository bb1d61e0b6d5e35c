"""Attachments are their proposal's: who gives one, who reads one, and what is left of one."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from attached import EXE, GOOD, PDF
from benches import a_project, a_registry
from nouns import told

from data.schema_people import attachment_bytes
from data.store import Act, open_store
from portfolio.dossier import Attachment
from portfolio.errors import Forbidden, Invalid, Missing, Refusal, Stale
from portfolio.person import Person, Role
from portfolio.project import Stage
from services import attachments, submissions
from services.attachments import MEGABYTE, Offered

TODAY = date(2026, 11, 27)
ANNE, BRUNO = (Person(c, c.title(), frozenset({Role.LEAD})) for c in ("anne", "bruno"))
PEOPLE = {role: Person(f"p-{role}", role, frozenset({role})) for role in Role}
ARCHITECT = PEOPLE[Role.ARCHITECT]


@pytest.fixture
def store(migrated_file, tmp_path):
    """P1 is Anne's draft, P2 hers and sent back, P3 hers and submitted."""
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        for person in (ANNE, BRUNO, *PEOPLE.values()):
            work.save(None, person)
        stages = {"P1": Stage.DRAFT, "P2": Stage.SENT_BACK, "P3": Stage.SUBMITTED}
        work.bring_in(a_registry(*(a_project(c, lead="anne", stage=s) for c, s in stages.items())))
    yield opened
    opened.close()


def give(store, by=ANNE, project="P1", content=PDF, name="avis.pdf", **more):
    return attachments.add(store, by, "c", project, Offered(name, content, **more))


def bytes_kept(store):
    with store.reading() as work:
        asked = sa.select(sa.func.count()).select_from(attachment_bytes)
        return work.connection.execute(asked).scalar_one()


def names(store, by, project="P1"):
    return [one.name for one in attachments.of_project(store, by, "c", project)]


def test_what_a_lead_gives_is_read_back_to_the_letter(store):
    given = give(store, section="need", note=" Avis de 2025 ")

    (found,) = attachments.of_project(store, ANNE, "c", "P1")
    assert found == given
    assert (found.number, found.by, found.section) == (1, "anne", "need")
    assert found.note == "Avis de 2025"
    assert (found.media, found.size) == ("application/pdf", len(PDF))
    assert attachments.read(store, ANNE, "c", "P1", 1) == PDF


def test_another_lead_neither_adds_nor_reads_nor_removes(store):
    given = give(store)

    for act in (
        lambda: give(store, BRUNO),
        lambda: give(store, BRUNO, "P3"),
        lambda: attachments.of_project(store, BRUNO, "c", "P1"),
        lambda: attachments.read(store, BRUNO, "c", "P1", 1),
        lambda: attachments.remove(store, BRUNO, "c", given),
        lambda: attachments.take_back(store, ARCHITECT, "c", given),
    ):
        with pytest.raises(Forbidden, match="not-yours"):
            act()
    assert names(store, ANNE) == ["avis.pdf"]


def test_a_lead_adds_and_removes_only_while_she_may_write(store):
    given = give(store)
    with store.reading() as work:
        project = work.project("c", "P1")
    submissions.submit(store, ANNE, "c", project, TODAY)

    with pytest.raises(Refusal, match="not-a-draft"):
        give(store, content=GOOD["notes.txt"], name="notes.txt")
    with pytest.raises(Refusal, match="not-a-draft"):
        attachments.remove(store, ANNE, "c", given)
    assert give(store, project="P2").number == 1


def test_an_architect_adds_to_her_opinion_and_takes_away_her_own_only(store):
    hers = give(store, ARCHITECT, "P3", section="need")
    other = Person("arc", "Arc", frozenset({Role.ARCHITECT}))
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, other)

    assert hers.section == attachments.OPINION
    with pytest.raises(Forbidden, match="not-yours"):
        attachments.take_back(store, other, "c", hers)
    with pytest.raises(Forbidden, match="not-yours"):
        attachments.remove(store, ANNE, "c", replace(hers, section="need"))
    assert attachments.take_back(store, ARCHITECT, "c", hers).removed_at


def test_a_draft_is_not_for_the_architect_yet(store):
    with pytest.raises(Forbidden, match="not-yours"):
        give(store, ARCHITECT, "P1")


@pytest.mark.parametrize("role", list(Role))
def test_a_confidential_one_is_for_its_lead_and_those_who_judge(store, role):
    give(store, project="P2", is_confidential=True)
    person, may = PEOPLE[role], role in attachments.READS_CONFIDENTIAL

    assert names(store, person, "P2") == (["avis.pdf"] if may else [])
    if may:
        assert attachments.read(store, person, "c", "P2", 1) == PDF
        return
    with pytest.raises(Forbidden, match="attachment-confidential"):
        attachments.read(store, person, "c", "P2", 1)


def test_a_confidential_one_is_its_lead_s_to_read(store):
    give(store, project="P2", is_confidential=True)

    assert attachments.read(store, ANNE, "c", "P2", 1) == PDF


def test_what_is_not_confidential_is_for_whoever_may_read_the_proposal(store):
    give(store, project="P2")

    assert {tuple(names(store, person, "P2")) for person in PEOPLE.values()} == {("avis.pdf",)}


def test_the_same_bytes_are_kept_once_and_go_with_the_last_that_refers_to_them(store):
    one, other = give(store), give(store, project="P2", name="copie.pdf")
    assert bytes_kept(store) == 1

    attachments.remove(store, ANNE, "c", one)
    assert attachments.read(store, ANNE, "c", "P2", 1) == PDF
    with pytest.raises(Missing, match="no-such-attachment"):
        attachments.read(store, ANNE, "c", "P1", 1)

    attachments.remove(store, ANNE, "c", other)
    assert bytes_kept(store) == 0


def test_one_that_is_removed_leaves_its_name_and_date_and_its_number_is_not_given_again(store):
    attachments.remove(store, ANNE, "c", give(store))

    assert names(store, ANNE) == []
    assert give(store).number == 2
    with store.reading() as work:
        first, _ = work.every(Attachment, "c", "P1")
    assert (first.name, bool(first.removed_at)) == ("avis.pdf", True)


def test_one_removed_twice_or_changed_since_is_refused(store):
    given = give(store)
    with pytest.raises(Stale):
        attachments.remove(store, ANNE, "c", replace(given, version=5))
    attachments.remove(store, ANNE, "c", given)

    with pytest.raises(Missing, match="no-such-attachment"):
        attachments.remove(store, ANNE, "c", given)


def test_the_same_file_twice_is_refused_by_the_name_it_has(store):
    give(store)

    with pytest.raises(Invalid) as refused:
        give(store, name="autre.pdf")
    assert (refused.value.code, refused.value.facts["found"]) == ("attachment-twice", "avis.pdf")


def test_a_refused_file_leaves_nothing(store):
    with pytest.raises(Invalid, match="attachment-lies"):
        give(store, content=EXE)
    with pytest.raises(Invalid, match="text-too-long"):
        give(store, note="x" * 501)
    with pytest.raises(Invalid, match="not-one-of"):
        give(store, section="ailleurs")

    assert (names(store, ANNE), bytes_kept(store)) == ([], 0)


def test_a_file_above_15_megabytes_is_refused(store):
    whole = b"a" * (15 * MEGABYTE)
    give(store, content=whole, name="a.txt")

    with pytest.raises(Invalid, match="attachment-too-big"):
        give(store, content=whole + b"a", name="b.txt")


def test_the_files_of_a_proposal_are_60_megabytes_at_most(store):
    for n in range(4):
        give(store, content=bytes([97 + n]) * (15 * MEGABYTE), name=f"{n}.txt")

    with pytest.raises(Invalid, match="attachments-too-big"):
        give(store)
    assert give(store, project="P2").number == 1


def test_the_same_call_twice_keeps_one(store):
    offered = Offered("avis.pdf", PDF)
    attachments.add(store, ANNE, "c", "P1", offered, "once")

    with pytest.raises(Refusal):
        attachments.add(store, ANNE, "c", "P1", offered, "once")
    assert names(store, ANNE) == ["avis.pdf"]


def test_the_journal_tells_of_each_and_keeps_none_of_the_bytes(store):
    attachments.remove(store, ANNE, "c", give(store))

    lines = [line for line in told(store) if line.kind == "attachment"]
    assert [line.act for line in lines] == ["attachments.add", "attachments.remove"]
    assert "%PDF" not in str(lines)

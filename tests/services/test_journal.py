"""The journal read by an administrator: found, verified, anchored; its anchor leaves with files."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from benches import a_project, a_registry
from forged import changed, rechained, rewritten, unguarded
from nouns import told

from data import anchors
from data.importers import bring
from data.store import Act, Store
from portfolio.errors import Forbidden, Invalid
from portfolio.evaluation import Evaluation, Round, Subject
from portfolio.person import Person, Role
from portfolio.project import Stage
from portfolio.system import System
from services import debt_report, exports, inventory, journal, minutes, proposals, waiting
from services.journal import PAGE, Asked, Checked

CHIEF = Person("chef", "Chantal", frozenset({Role.ADMINISTRATOR}))
ANNE = Person("anne", "Anne", frozenset({Role.LEAD}))
MOMENTS = ("2027-03-01T04:59:59", "2027-03-01T05:00:00", "2027-03-02T04:59:59")
ACT = Act("test", "administrateur", "test")


@pytest.fixture
def house(store):
    """An administrator, a lead, her draft P1, a system."""
    with store.writing(ACT) as work:
        work.save(None, CHIEF)
        work.save(None, ANNE)
        draft = a_project("P1", lead="anne", stage=Stage.DRAFT)
        work.bring_in(a_registry(draft, systems=(System("S1", "Paie"),)))
    return store


def sequences(house, **asked):
    return [e.line.sequence for e in journal.page(house, CHIEF, Asked(**asked)).entries]


def test_the_lines_come_latest_first_with_who_and_what(house):
    found = journal.page(house, CHIEF, Asked())
    lines = told(house)

    assert [entry.line for entry in found.entries] == lines[::-1]
    assert (found.total, found.count) == (len(lines), len(lines))
    assert found.actors == {"test": "test"}
    assert {"person", "cycle"} <= set(found.kinds)
    assert found.acts == ("test",)


def test_a_change_tells_what_it_was_and_is(house):
    with house.reading() as work:
        draft = work.project("c", "P1")
    proposals.save(house, ANNE, "c", replace(draft, problem="Un problème"))

    (entry,) = journal.page(house, CHIEF, Asked(actor="anne")).entries
    assert (entry.who, entry.line.act) == ("Anne", "proposals.save")
    assert [(c.field, c.before, c.after) for c in entry.changes] == [
        ("problem", "", "Un problème")]


def test_lines_are_asked_for_by_actor_kind_act_and_a_part_of_the_key(house):
    with pytest.raises(Forbidden):
        waiting.view(house, ANNE, "c", date(2027, 3, 1))
    last = len(told(house))

    assert sequences(house, actor="anne") == [last]
    assert sequences(house, act="waiting.view") == [last]
    assert sequences(house, kind="refusal", key=" waiting ") == [last]
    assert sequences(house, kind="person", key="ann") == [2]
    assert sequences(house, key="%") == sequences(house, key="_x") == []
    assert sequences(house, actor="nobody") == []
    assert journal.page(house, CHIEF, Asked(actor="anne")).entries[0].is_refusal


def test_days_are_those_of_the_city_both_included(store):
    with store.writing(ACT) as work:
        work.save(None, CHIEF)
    for moment in MOMENTS:
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        with Store(store.engine, clock=lambda at=at: at).writing(ACT) as work:
            work.note("test", moment)
    day = date(2027, 3, 1)

    def keys(**asked):
        found = journal.page(store, CHIEF, Asked(kind="test", **asked)).entries
        return [entry.line.key for entry in found]

    assert keys(since=day, until=day) == [MOMENTS[2], MOMENTS[1]]
    assert keys(until=date(2027, 2, 28)) == [MOMENTS[0]]
    assert keys(since=date(2027, 3, 2)) == []


def test_the_lines_come_by_pages_that_neither_skip_nor_repeat(house):
    with house.writing(ACT) as work:
        for number in range(PAGE + 3):
            work.note("test", f"{number}")

    pages = [journal.page(house, CHIEF, Asked(kind="test"), at) for at in range(3)]

    assert [len(page.entries) for page in pages] == [PAGE, 3, 0]
    assert {page.total for page in pages} == {PAGE + 3}
    keys = [entry.line.key for page in pages for entry in page.entries]
    assert keys == [str(number) for number in reversed(range(PAGE + 3))]


def test_a_line_that_says_a_text_or_a_number_is_read_too(house):
    with house.writing(ACT) as work:
        work.note("test", "x", 1, "deux")

    entry = journal.page(house, CHIEF, Asked(kind="test")).entries[0]
    assert (entry.before, entry.after) == ({"": 1}, {"": "deux"})
    assert [(c.before, c.after) for c in entry.changes] == [(1, "deux")]


def test_what_is_said_in_a_round_that_is_open_is_not_read_in_the_journal(house):
    """Not even by administrators: the line stands, with its hash, and is read once revealed."""
    held = Round(Subject.SCORES, 1, opened=date(2027, 1, 1))
    with house.writing(ACT) as work:
        held = work.save("c", held)
        work.save("c", Evaluation("P1", "1.1", "anne", 2.0, justification="secret"))

    (entry,) = journal.page(house, CHIEF, Asked(kind="evaluation")).entries
    assert (entry.is_blind, entry.before, entry.after, entry.line.after) == (True, *[None] * 3)
    assert entry.line.hash == told(house)[-1].hash

    with house.writing(ACT) as work:
        work.save("c", replace(held, revealed=date(2027, 2, 1)))
    (entry,) = journal.page(house, CHIEF, Asked(kind="evaluation")).entries
    assert (entry.is_blind, entry.after["justification"]) == (False, "secret")


def test_verifying_holds_the_journal_against_the_anchors_of_a_file(house):
    taken = journal.anchor(house, CHIEF)
    content = journal.as_file(taken)
    checked = journal.verify(house, CHIEF, content)
    assert (checked.verdict.is_sound, checked.newest) == (True, taken)
    assert journal.verify(house, CHIEF, b"") == Checked(checked.verdict)

    unguarded(house, *rewritten(*rechained(told(house), 2, after="{}")))

    assert journal.verify(house, CHIEF, b"").verdict.is_sound
    assert journal.verify(house, CHIEF, content).verdict.fault == "anchor"


def test_verifying_names_the_first_bad_line(house):
    unguarded(house, changed(2, after="{}"))

    verdict = journal.verify(house, CHIEF, b"").verdict
    assert (verdict.bad, verdict.fault) == (2, "edited")


def test_a_file_that_holds_no_anchors_is_refused(house):
    with pytest.raises(Invalid, match="anchors-unreadable"):
        journal.verify(house, CHIEF, b"PK\x03\x04")


def test_each_export_carries_the_anchor_and_still_comes_back(house):
    taken = journal.anchor(house, CHIEF)

    with zipfile.ZipFile(io.BytesIO(exports.write(house, CHIEF, "c", ".zip"))) as archive:
        assert anchors.read(archive.read("anchors.jsonl")) == (taken,)
    for content in (exports.write(house, CHIEF, "c", ".xlsx"), inventory.export(house, CHIEF, "c")):
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Lisez-moi - Read me"]
        said = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
        assert json.loads(said[-1]) == {"at": taken.at, "count": taken.count, "head": taken.head}
    for kind in (".xlsx", ".zip"):
        brought = bring(f"c{kind}", exports.write(house, CHIEF, "c", kind))
        assert (brought.refused, [p.code for p in brought.registry.projects]) == ((), ["P1"])


def test_the_minutes_and_the_report_to_the_council_carry_the_anchor(house):
    taken = journal.anchor(house, CHIEF)

    assert minutes.minutes(house, CHIEF, "c").anchor == taken
    assert debt_report.council(house, CHIEF, "c", date(2027, 3, 1)).anchor == taken

"""The offline ballot as a file: made to be printed and filled, and read back without trust."""

import io
import zipfile

import openpyxl
import pytest

from data.ballot_form import Answer, Form, Identity, Interest, Question
from data.exporters.ballot import ballot
from data.importers.ballot import read

LEVELS = tuple(f"{level} : phrase {level}" for level in range(5))
SAID = Answer("3", "= une égalité\nsur deux lignes", "@Devis & plan", "2")
ASKED = Form(
    Identity("c", 2, "ann", "fr"),
    "Ann & Cie",
    "Cycle d'essai",
    (0, 4),
    (
        Question("P1", "Un", "1.1", "Sortie", "Peut-on sortir?", LEVELS, SAID, 4),
        Question("P2", "=Deux", "1.1", "Sortie", "Peut-on sortir?", LEVELS),
    ),
    (Interest("P1", "Un"), Interest("P2", "=Deux", "Parenté", 1)),
)


@pytest.fixture(params=["fr", "en"])
def asked(request):
    return Form(Identity("c", 2, "ann", request.param), *_rest())


def _rest():
    return ASKED.name, ASKED.cycle, ASKED.scale, ASKED.questions, ASKED.interests


def book(form=ASKED):
    return openpyxl.load_workbook(io.BytesIO(ballot(form)))


def saved(changed):
    page = io.BytesIO()
    changed.save(page)
    return page.getvalue()


def refused(changed):
    found = read("b.xlsx", saved(changed))
    return [(r.where.sheet, r.where.row, r.where.column, r.code) for r in found.refused]


def test_what_is_written_is_read_back_to_the_letter(asked):
    back = read("b.xlsx", ballot(asked))

    assert back.refused == ()
    assert back.identity == asked.identity
    assert [(s.project, s.criterion, s.answer, s.version) for s in back.said] == [
        ("P1", "1.1", SAID, 4), ("P2", "1.1", Answer(), 0)]
    assert [s.was == s.answer.print for s in back.said] == [True, True]
    assert [(d.project, d.reason, d.version) for d in back.declared] == [
        ("P1", "", 0), ("P2", "Parenté", 1)]


def test_the_first_sheet_says_who_which_cycle_which_round_and_how(asked):
    first = book(asked).worksheets[0]
    told = " ".join(str(c) for row in first.iter_rows(values_only=True) for c in row if c)

    assert first.title == ("À lire" if asked.identity.language == "fr" else "Read me")
    for wanted in ("Ann & Cie (ann)", "Cycle d'essai (c)", "2"):
        assert wanted in told
    assert "{" not in told


def test_only_the_cells_to_fill_are_unlocked():
    _, ratings, conflicts, hidden = book().worksheets
    unlocked = {ratings.cell(1, c.column).value for row in ratings.iter_rows() for c in row
                if not c.protection.locked}

    assert unlocked == {"Cote", "Justification", "Preuve", "Confiance"}
    assert [c.column for c in conflicts[2] if not c.protection.locked] == [3]
    for sheet in (ratings, conflicts, hidden):
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    assert hidden.sheet_state == "veryHidden"
    assert ratings.column_dimensions["K"].hidden


def test_the_tables_are_made_to_be_printed():
    for sheet in book().worksheets[1:3]:
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_levels_stand_one_per_line_and_ratings_are_chosen_from_a_list():
    ratings = book().worksheets[1]
    lists = {str(v.sqref): v.formula1 for v in ratings.data_validations.dataValidation}

    assert ratings["F2"].value.split("\n") == list(LEVELS)
    assert ratings["F2"].alignment.wrap_text
    assert lists == {"G2:G3": '"0,1,2,3,4,S"', "J2:J3": '"1,2,3"'}


def test_nothing_typed_becomes_a_formula():
    kinds = {c.data_type for sheet in book() for row in sheet.iter_rows() for c in row}

    assert "f" not in kinds


def test_a_missing_sheet_is_named():
    for name in ("Cotes", "Conflits"):
        changed = book()
        del changed[name]
        assert refused(changed) == [(name, None, "", "missing-sheet")]


def test_a_workbook_without_its_hidden_sheet_is_no_ballot():
    changed = book()
    del changed["arbitrage"]

    assert refused(changed) == [("arbitrage", None, "", "not-a-ballot")]


@pytest.mark.parametrize("cell", ["B1", "B2", "B3", "B4"])
def test_a_hidden_sheet_that_does_not_say_all_is_no_ballot(cell):
    changed = book()
    changed["arbitrage"][cell] = None

    assert [code for *_, code in refused(changed)] == ["not-a-ballot"]


def test_a_row_given_twice_is_refused_at_the_second():
    changed = book()
    changed["Cotes"]["A3"] = "P1"
    changed["Conflits"]["A3"] = "P1"

    assert refused(changed) == [("Cotes", 3, "", "row-twice"), ("Conflits", 3, "", "row-twice")]


def test_a_header_that_changed_is_refused():
    changed = book()
    changed["Cotes"]["G1"] = "Note"

    assert refused(changed) == [
        ("Cotes", 1, "Note", "unknown-column"), ("Cotes", 1, "", "missing-column")]


def test_a_formula_is_refused_even_with_its_result_kept():
    """A spreadsheet keeps the result beside the formula; another program may leave it out."""
    changed = book()
    changed["Cotes"]["G3"] = "=1+1"
    part = "xl/worksheets/sheet2.xml"
    kept = _rewritten(saved(changed), part, b"<f>1+1</f><v", b"<f>1+1</f><v>2</v><v")
    kept = _rewritten(kept, part, b"<v /></c>", b"</c>")

    found = read("b.xlsx", kept)

    assert [(r.where.sheet, r.where.row, r.where.column, r.code, r.found) for r in found.refused
            ] == [("Cotes", 3, "Cote", "formula", "=1+1")]


def test_a_formula_without_a_result_is_refused_once():
    changed = book()
    changed["Cotes"]["H2"] = "=A1"

    assert refused(changed) == [("Cotes", 2, "Justification", "formula")]


def _rewritten(content, part, old, new):
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(page, "w") as after:
        for name in before.namelist():
            held = before.read(name)
            after.writestr(name, held.replace(old, new) if name == part else held)
    return page.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK", b"code;titre\n", b"PK\x03\x04" + b"x" * 99])
def test_what_is_no_workbook_is_refused(content):
    found = read("b.xlsx", content)

    assert found.identity is None
    assert [r.where.file for r in found.refused] == ["b.xlsx"]

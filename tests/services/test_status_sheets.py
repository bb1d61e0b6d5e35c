"""Status reports as a sheet: filled, brought in whole, or refused with every place."""

import contextlib
import io
import shutil
from datetime import date

import openpyxl
import pytest
import tracked
from tracked import DATES

from data.store import open_store
from portfolio.person import Person, Role
from portfolio.promise import StatusReport
from services import promises, status_sheets

LEAD, OTHER = (Person(code, code.title(), frozenset({Role.LEAD})) for code in ("anne", "bob"))
CHAIR = Person("anim", "Animation", frozenset({Role.FACILITATOR}))
HEAD = "Projet;Date du rapport;Commencé le;Livré le;Livraison prévue;Coût prévu;Dépensé;Note"


@pytest.fixture
def house(migrated_file, tmp_path):
    file = shutil.copy(migrated_file, tmp_path / "house.db")
    with contextlib.closing(open_store(f"sqlite:///{file}")) as house:
        tracked.settle(house, CHAIR)
        yield house


def bring(house, *rows, by=LEAD, on=DATES[1], dry_run=False):
    content = "\n".join((HEAD, *rows)).encode("cp1252")
    return status_sheets.bring(house, by, "c", content, "suivi.csv", on, dry_run)


def kept(house):
    with house.reading() as work:
        return work.every(StatusReport, "c")


def places(outcome):
    return {(r.where.row, r.where.column, r.code) for r in outcome.refused}


def test_a_sheet_brings_many_reports_at_once(house):
    rows = (
        "Q01;2027-03-31;2027-01-05;;2027-12-31;1 000 000,50;;à l'heure",
        "Q07;2027-03-31;2027-01-05;;;;;", "Q07;2027-06-30;;2027-06-20;;95000;95 000 $;",
    )
    tried = bring(house, *rows, dry_run=True)

    assert (tried.new, tried.is_saved, kept(house)) == (3, False, ())
    assert bring(house, *rows).is_saved
    first, _, last = kept(house)
    assert (first.forecast_cost, first.note, first.by) == (1_000_000_50, "à l'heure", "anne")
    assert (last.started, last.ended) == (date(2027, 1, 5), date(2027, 6, 20))
    assert last.spent == 95_000_00
    assert bring(house, *rows).unchanged == 3


def test_a_row_of_a_date_that_has_its_report_corrects_it(house):
    bring(house, "Q01;2027-03-31;2027-01-05;;;;;")

    assert bring(house, "Q01;2027-03-31;2027-01-06;;;;;").changed == 1
    assert [(r.started, r.version) for r in kept(house)] == [(date(2027, 1, 6), 2)]


def test_every_error_is_told_at_its_row_and_column_and_nothing_is_kept(house):
    outcome = bring(
        house,
        "Q01;2027-03-31;2027-01-05;;;;;",
        "Q02;31/03/2027;;;;;;",
        "Q03;2027-03-31;;;;1,000;;",
        "Q08;2027-12-31;2027-01-05;;;;;",
        "Q04;2027-03-31;;;;;;",
        "Q99;2027-03-31;;;;;;",
        "Q10;2027-03-31;;2027-03-01;;;;",
        "Q11;;2027-03-01;;;;;",
        "Q15;2027-03-31;2027-04-02;;;;;",
        "Q01;2027-03-31;2027-01-05;;;;;",
    )

    assert places(outcome) == {
        (3, "Date du rapport", "not-a-date"), (4, "Coût prévu", "ambiguous-number"),
        (5, "Date du rapport", "not-yet"), (6, "Projet", "report-not-yours"),
        (7, "Projet", "no-promise"), (8, "Commencé le", "start-missing"),
        (9, "Date du rapport", "missing-value"), (10, "Commencé le", "not-yet"),
        (11, "", "row-twice"),
    }
    assert kept(house) == ()


def test_a_file_that_is_no_such_sheet_is_refused(house):
    def codes(content):
        found = status_sheets.bring(house, LEAD, "c", content, "x", DATES[0])
        return {refused.code for refused in found.refused}

    assert codes(b"Projet;Couleur\nQ01;vert\n") == {"unknown-column", "missing-column"}
    assert codes(b"") == {"file-empty"}
    assert codes(b"PK rien") == {"zip-unreadable"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_workbook_to_fill_comes_back(house, language):
    book = openpyxl.load_workbook(io.BytesIO(status_sheets.write(house, OTHER, "c", language)))
    sheet = book.worksheets[0]
    codes = [row[0].value for row in sheet.iter_rows(min_row=2)]
    at = codes.index("Q04") + 2
    for column, typed in enumerate(
        (date(2027, 3, 31), date(2027, 1, 5), None, date(2028, 12, 31), 1_900_000.5), 3
    ):
        sheet.cell(at, column).value = typed
    page = io.BytesIO()
    book.save(page)

    outcome = status_sheets.bring(house, OTHER, "c", page.getvalue(), "s.xlsx", DATES[0], False)

    assert set(codes) == {c for c, row in tracked.PLANS.items() if row[0] == tracked.STI}
    assert (outcome.new, outcome.refused) == (1, ())
    assert [(r.project, r.forecast_cost) for r in kept(house)] == [("Q04", 1_900_000_50)]
    assert promises.tracking(house, OTHER, "c", DATES[0]).line("Q04").standing.report.by == "bob"

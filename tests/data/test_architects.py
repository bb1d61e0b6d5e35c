"""The architects' own tables become systems and debts, as they type them; or every reason why not.

The interchange tables are those of data/tables; the flat ones are those of the template.
"""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from nouns import a_full_registry

from data import exporters, scans
from data.exporters import inventory
from portfolio.debt import DebtStatus, DebtType, Remedy
from portfolio.scan import UNNAMED
from portfolio.system import Dependency, Disposition, Technology

HEAD = ("Code du système;Système;Responsable;Criticité (1 à 5);Exploitation par an;Intention;"
        "Services;Technologie;Version;Fin du soutien;Dépend de")
PAY = "PAIE;Paie;RH;5;450 000,50;Migrer;Finances | RH;Oracle Database;12.2;2022-03-31;IDENT | GRH"
DEBT_HEAD = ("Code de la dette,Dette,Code du système,Sorte,Capital,Intérêt par an,"
             "Croissance de l'intérêt,État,À revoir le,Projets qui remboursent")
DEBT = 'D1,Base hors soutien,PAIE,obsolescence,"120000,50","30000,00","12,5 %",planifiée,'
DEBT += "2027-06-30,P1 = 0.5 | P2"


def told(*lines, encoding="utf-8-sig"):
    return scans.read("architectes.csv", "\r\n".join(lines).encode(encoding))


def one(found):
    assert found.refused == ()
    return found.scans[0]


def places(found):
    assert found.scans == ()
    return [(r.code, r.where.row, r.where.column) for r in found.refused]


def a_workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_a_line_is_a_system_with_a_technology(encoding):
    (pay,) = one(told(HEAD, PAY, encoding=encoding)).systems

    assert (pay.code, pay.title, pay.owner, pay.criticality) == ("PAIE", "Paie", "RH", 5)
    assert (pay.run_cost, pay.disposition) == (45_000_050, Disposition.MIGRATE)
    assert pay.services == ("Finances", "RH")
    assert pay.technologies == (
        Technology("Oracle Database", "12.2", standard_end=date(2022, 3, 31)),
    )
    assert pay.dependencies == (Dependency("IDENT"), Dependency("GRH"))


def test_a_second_line_of_a_system_adds_a_technology_and_need_not_repeat():
    (pay,) = one(told(HEAD, PAY, "PAIE;;;;;;;COBOL;6;;")).systems

    assert [t.name for t in pay.technologies] == ["Oracle Database", "COBOL"]
    assert pay.owner == "RH"


def test_two_lines_that_disagree_on_a_system_are_refused_at_the_cell():
    assert places(told(HEAD, PAY, "PAIE;Paie;Finances;;;;;COBOL;6;;")) == [
        ("not-the-same", 3, "Responsable")
    ]


def test_headers_are_read_in_english_and_without_their_accents_too():
    english = ("System code,SYSTEM,Owner,Criticality (1 to 5),Run cost a year,Intent,Services,"
               "Technology,Version,End of support,Depends on")
    bare = HEAD.replace("é", "e").replace("è", "e").upper()
    line = 'PAIE,Paie,RH,5,450000.50,Migrate,Finances | RH,Oracle Database,12.2,2022-03-31,'
    line += "IDENT | GRH"

    assert one(told(english, line)).systems == one(told(HEAD, PAY)).systems
    assert one(told(bare, PAY)).systems == one(told(HEAD, PAY)).systems


def test_a_debt_is_read_with_its_money_its_share_and_who_repays_it():
    (debt,) = one(told(DEBT_HEAD, DEBT)).debts

    assert (debt.code, debt.system, debt.type) == ("D1", "PAIE", DebtType.OBSOLESCENCE)
    assert (debt.principal.likely, debt.interest.likely) == (12_000_050, 3_000_000)
    assert debt.interest_growth == 0.125
    assert debt.status is DebtStatus.PLANNED
    assert debt.remedies == (Remedy("P1", 0.5), Remedy("P2"))


def test_dates_are_read_as_spreadsheets_show_them_when_only_one_reading_is_possible():
    other = PAY.replace("PAIE", "GRH").replace("IDENT | GRH", "")
    other = other.replace("2022-03-31", "31/12/2027")

    found = one(told(HEAD, PAY.replace("2022-03-31", "03/04/2022"), other))

    assert found.systems[0].technologies[0].standard_end == date(2022, 4, 3)


def test_a_workbook_holds_systems_and_debts_and_other_sheets_are_left_aside_and_said():
    content = a_workbook(
        Systèmes=[HEAD.split(";"), PAY.split(";")],
        Dettes=[["Code", "Titre", "Système", "Capital", "Intérêt"], ["D1", "Dette", "PAIE", 5, 1]],
        Notes=[["Rien", "à lire"], ["ici", "non plus"]],
    )
    found = scans.read("x.xlsx", content)

    assert (len(one(found).systems), one(found).debts[0].principal.likely) == (1, 500)
    assert [(n.code, n.facts) for n in found.notes] == [("sheets-aside", {"sheets": "Notes"})]


def test_technologies_alone_are_of_systems_that_must_be_known():
    (pay,) = one(told("system,name,version,standard_end", "PAIE,COBOL,6,2030-01-01")).systems

    assert (pay.code, pay.title) == ("PAIE", UNNAMED)
    assert pay.technologies == (Technology("COBOL", "6", standard_end=date(2030, 1, 1)),)


def test_the_register_goes_out_and_comes_back_without_any_project():
    registry = a_full_registry()

    found = one(scans.read("registre.xlsx", inventory.register(registry)))

    assert found.systems == registry.systems
    assert found.debts == tuple(replace(d, interest_given=()) for d in registry.debts)


def test_a_whole_cycle_is_read_for_its_systems_and_debts_and_the_rest_is_said():
    found = scans.read("cycle.xlsx", exporters.workbook(a_full_registry()))

    assert len(one(found).systems) == 2
    (note,) = found.notes
    assert note.code == "sheets-aside"
    assert "projects" in str(note.facts["sheets"])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_template_explains_itself_and_its_example_is_left_aside(language):
    empty = scans.read("x.xlsx", inventory.template(language))
    assert [r.code for r in empty.refused] == ["no-rows"]

    for flat in inventory.FLAT:
        content = inventory.template_csv(flat, language)
        assert [r.code for r in scans.read("x.csv", content).refused] == ["no-rows"]
        mark = ";" if language == "fr" else ","
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=mark))
        assert {len(line) for line in lines} == {len(inventory.FLAT[flat])}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("flat", ["inventory", "debts"])
def test_the_example_of_the_template_is_itself_a_good_line(flat, language):
    lines = inventory.template_csv(flat, language).decode("utf-8-sig").splitlines()
    example = lines[-1].replace("# exemple : ", "").replace("# exemple: ", "")

    found = one(told(lines[0], example))

    assert len(found.systems) + len(found.debts) == 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((HEAD, PAY.replace(";", ",")), ("missing-value", 2, "Système")),
        ((HEAD, PAY.replace("450 000,50", "1,234")),
         ("ambiguous-number", 2, "Exploitation par an")),
        ((HEAD, PAY.replace(";5;", ";9;")), ("out-of-range", 2, "Criticité (1 à 5)")),
        ((HEAD, PAY.replace("Migrer", "Bouger")), ("not-one-of", 2, "Intention")),
        ((HEAD, PAY.replace("2022-03-31", "03/04/2022")), ("ambiguous-date", 2, "Fin du soutien")),
        ((HEAD, PAY, "PAIE;;;;;;;Oracle Database;12.2;;"), ("row-twice", 3, "Version")),
        ((HEAD, PAY.replace("Oracle Database", "")), ("missing-value", 2, "Technologie")),
        ((HEAD, PAY.replace("IDENT", "PAIE")), ("needs-itself", 2, "Dépend de")),
        ((HEAD, PAY + ";de trop"), ("cell-without-header", 2, "")),
        ((HEAD.replace("Responsable", "Système"), PAY), ("twice", 1, "Système")),
        ((HEAD.replace("Responsable", "Nom du système"), PAY),
         ("same-column", 1, "Nom du système")),
        ((HEAD.replace("Responsable", "Humeur"), PAY), ("unknown-column", 1, "Humeur")),
        ((HEAD.replace("Système;", "Humeur;", 1), PAY), ("missing-column", 1, "")),
        ((HEAD, "=1+1" + PAY[4:]), ("formula", 2, "Code du système")),
        ((HEAD,), ("no-rows", None, "")),
        ((DEBT_HEAD, DEBT, DEBT), ("row-twice", 3, "Code de la dette")),
        ((DEBT_HEAD, DEBT.replace('"120000,50"', "")), ("missing-value", 2, "Capital")),
        ((DEBT_HEAD, DEBT.replace('"30000,00"', "-5")), ("too-low", 2, "Intérêt par an")),
        ((DEBT_HEAD, DEBT.replace("P1 = 0.5", "P2")), ("row-twice", 2, "Projets qui remboursent")),
        (("debt,project,share", "D1,P1,1"), ("unknown-code", 2, "debt")),
    ],
)
def test_what_cannot_be_is_refused_at_its_place_and_nothing_is_brought(lines, expected):
    assert expected in places(told(*lines))


@pytest.mark.parametrize(
    "header", ["code,title,service,category,stage,lead,problem,outcome,risks", "Humeur;Météo"]
)
def test_another_table_is_not_taken_for_one_of_the_architects(header):
    assert [r.code for r in told(header, "a,b").refused] == ["format-unknown"]

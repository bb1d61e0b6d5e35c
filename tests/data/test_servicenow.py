"""Lists of ServiceNow's business applications become systems, whatever they were exported as.

No real export is at hand: the files are made here after the table cmdb_ci_business_app as its
documentation describes it (eaw-business-application-form, eaw-tpm), summed up in
shared/data/frameworks/servicenow_cmdb_fields.json; relations are those of cmdb_rel_ci, read from
parent to child ("Depends on::Used by").
"""

import io
import json
from datetime import date

import openpyxl
import pytest

from data import scans
from portfolio.system import Dependency, Disposition, Technology, ToolKey

HEAD = ("Name", "Number", "Business criticality", "Planned disposition", "Active user count",
        "Contract end date", "Technology stack", "IT application owner", "Department",
        "Application type")
PAY = ("Paie", "APM0001001", "1 - most critical", "Sustain", "1200", "31/12/2027",
       "Oracle Database 19c; COBOL", "Anne Roy", "Finances", "COTS")
HR = ("SIRH", "APM0001002", "4 - not critical", "Retire", "", "", "", "", "", "")
DEPENDS = "Depends on::Used by"


def a_csv(*rows, head=HEAD, mark=",", encoding="utf-8-sig"):
    lines = [mark.join(f'"{cell}"' for cell in row) for row in (head, *rows)]
    return "\r\n".join(lines).encode(encoding)


def a_workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Page {n}")
        for row in rows:
            sheet.append(row)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def systems(content):
    found = scans.read("cmdb_ci_business_app", content)
    assert found.refused == ()
    return {system.title: system for system in found.scans[0].systems}


def places(content):
    found = scans.read("cmdb_ci_business_app", content)
    assert bool(found.refused) == (found.scans == ())
    return [(r.code, r.where.row, r.where.column) for r in (*found.refused, *found.noted)]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_a_list_as_csv_becomes_systems(mark, encoding):
    accented = (*PAY[:7], "Anne Léger", *PAY[8:])
    pay = systems(a_csv(accented, HR, mark=mark, encoding=encoding))["Paie"]

    assert pay.code == "APM0001001"
    assert pay.tool_keys == (ToolKey("servicenow", "APM0001001"),)
    assert (pay.owner, pay.services, pay.users) == ("Anne Léger", ("Finances",), 1200)
    assert (pay.criticality, pay.disposition) == (5, Disposition.TOLERATE)
    assert pay.technologies == (
        Technology("Paie", contract_until=date(2027, 12, 31), source="ServiceNow"),
        Technology("Oracle Database", "19c", source="ServiceNow"),
        Technology("COBOL", source="ServiceNow"),
    )


def test_a_list_as_a_workbook_says_the_same():
    assert systems(a_workbook((HEAD, PAY, HR))) == systems(a_csv(PAY, HR))


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("Invest", Disposition.INVEST), ("Sustain", Disposition.TOLERATE),
     ("Migrate", Disposition.MIGRATE), ("Retire", Disposition.ELIMINATE)],
)
def test_each_planned_disposition_is_one_of_ours(theirs, ours):
    assert systems(a_csv((*PAY[:3], theirs, *PAY[4:])))["Paie"].disposition is ours


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("1 - most critical", 5), ("2 - somewhat critical", 4), ("3 - less critical", 3),
     ("4 - not critical", 2), ("5", 1), ("", None)],
)
def test_their_first_criticality_is_our_fifth(theirs, ours):
    assert systems(a_csv((*PAY[:2], theirs, *PAY[3:])))["Paie"].criticality == ours


OBJECT = {
    "name": ("Paie", "Paie"), "number": ("APM0001001", "APM0001001"),
    "business_criticality": ("1 - most critical", "1 - most critical"),
    "planned_disposition": ("Sustain", "sustain"), "active_user_count": ("1,200", "1200"),
    "contract_end_date": ("31/12/2027", "2027-12-31"),
    "technology_stack": ("Oracle Database 19c; COBOL", "Oracle Database 19c; COBOL"),
    "it_application_owner": ("Anne Roy", "46d44a2ea9fe198100a1f0d9b8b1b6a1"),
    "department": ("Finances", "221f79b7c6112284005d646b76ab978c"),
    "application_type": ("COTS", "cots"),
}  # field -> (display value, value)
REFERENCES = ("it_application_owner", "department")


def as_all(key, shown, kept):
    link = {"link": f"https://ville.service-now.com/api/now/table/x/{kept}"}
    return {"display_value": shown, "value": kept} | (link if key in REFERENCES else {})


def as_shown(key, shown, kept):
    return {"display_value": shown, "link": "https://…"} if key in REFERENCES else shown


def as_kept(key, shown, kept):
    return {"link": "https://…", "value": kept} if key in REFERENCES else kept


@pytest.mark.parametrize("key", ["result", "records"])
@pytest.mark.parametrize("shape", [as_all, as_shown])
def test_a_table_as_json_says_the_same(shape, key):
    row = {field: shape(field, *both) for field, both in OBJECT.items()}

    assert systems(json.dumps({key: [row]}).encode()) == systems(a_csv(PAY))


def test_a_reference_told_by_its_identifier_alone_is_remarked_and_not_given():
    row = {field: as_kept(field, *both) for field, both in OBJECT.items()}
    content = json.dumps({"result": [row]}).encode()

    pay = systems(content)["Paie"]
    assert (pay.owner, pay.services, pay.users) == ("", (), 1200)
    assert pay.disposition is Disposition.TOLERATE
    assert places(content) == [("only-an-id", 1, "department"),
                               ("only-an-id", 1, "it_application_owner")]


def relations(*rows):
    return (("Parent", "Type", "Child"), *rows)


@pytest.mark.parametrize(
    ("row", "needing"),
    [(("Paie", DEPENDS, "SIRH"), "Paie"), (("Paie", "Used by::Depends on", "SIRH"), "SIRH"),
     (("Paie", "Sends data to::Receives data from", "SIRH"), "SIRH")],
)
def test_relations_beside_the_list_are_dependencies(row, needing):
    found = systems(a_workbook((HEAD, PAY, HR), relations(row)))

    other = {"Paie": "APM0001002", "SIRH": "APM0001001"}[needing]
    assert found[needing].dependencies == (Dependency(other, row[1]),)
    assert sum(len(system.dependencies) for system in found.values()) == 1


def test_a_relation_with_a_server_or_of_another_kind_is_left_out_and_said():
    content = a_workbook((HEAD, PAY, HR), relations(
        ("Paie", DEPENDS, "srv-01"), ("Paie", "Exchanges data with::Exchanges data with", "SIRH"),
    ))

    note = next(n for n in scans.read("x", content).notes if n.code == "relations-aside")
    assert note.facts["count"] == 2


def test_a_relation_by_a_name_of_two_applications_is_remarked_and_never_guessed():
    twin = ("SIRH", "APM0001003", *HR[2:])
    content = a_workbook((HEAD, PAY, HR, twin), relations(("Paie", DEPENDS, "SIRH")))

    assert places(content) == [("name-of-several", 2, "child")]
    assert all(not s.dependencies for s in scans.read("x", content).scans[0].systems)


def test_what_is_retired_is_left_out_and_said():
    content = a_csv((*PAY, "Installed"), (*HR, "Retired"), head=(*HEAD, "Install status"))

    assert set(systems(content)) == {"Paie"}
    assert [n.code for n in scans.read("x", content).notes if "retired" in n.code] == [
        "retired-aside"
    ]


def test_columns_that_are_not_read_are_said():
    note = next(n for n in scans.read("x", a_csv(PAY)).notes if n.code == "columns-aside")

    assert note.facts == {"columns": "Application type"}


def dated(*texts):
    return a_csv(*((f"S{n}", f"APM{n}", *PAY[2:5], text, *PAY[6:])
                   for n, text in enumerate(texts)))


@pytest.mark.parametrize(
    ("texts", "first"),
    [(("03/04/2027", "31/12/2027"), date(2027, 4, 3)),
     (("03/04/2027", "12/31/2027"), date(2027, 3, 4)),
     (("2027-04-03 00:00:00",), date(2027, 4, 3)), (("03.04.2027", "31.12.2027"),
                                                    date(2027, 4, 3)),
     (("3-Apr-2027",), date(2027, 4, 3)), (("04/04/2027",), date(2027, 4, 4))],
)
def test_dates_are_read_in_the_format_that_the_list_shows(texts, first):
    assert systems(dated(*texts))["S0"].technologies[0].contract_until == first


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (dated("03/04/2027"), ("ambiguous-date", 2, "contract_end_date")),
        (dated("03/04/2027", "31/12/2027", "12/31/2027"),
         ("ambiguous-date", 2, "contract_end_date")),
        (dated("31/02/2027"), ("not-a-date", 2, "contract_end_date")),
        (a_csv((*PAY[:4], "beaucoup", *PAY[5:])), ("not-a-whole-number", 2, "active_user_count")),
        (a_csv((*PAY[:4], "12,5", *PAY[5:])), ("not-a-whole-number", 2, "active_user_count")),
        (a_csv(PAY, PAY), ("row-twice", 3, "number")),
        (a_csv(("", *PAY[1:])), ("missing-value", 2, "name")),
        (a_csv(PAY, head=(*HEAD[:-1], "Name")), ("twice", 1, "Name")),
        (a_csv((*PAY, "x")), ("cell-without-header", 2, "")),
        (a_csv(), ("no-rows", None, "")),
        (b'{"result": []}', ("no-rows", None, "")),
        (a_csv(("Paie", DEPENDS, "SIRH"), head=("Parent", "Type", "Child")),
         ("relations-alone", None, "")),
        (json.dumps({"result": [{"name": "Paie", "number": ["x"], "user_base": "",
                                 "technology_stack": ""}]}).encode(),
         ("wrong-shape", 1, "number")),
        (b'{"result": [{"name": "P", "name": "Q"}]}', ("key-twice", None, "result[0].name")),
        (b'{"result": [{"name": "P"', ("json-cut", None, "1:25")),
        (a_csv((*PAY[:2], "very", *PAY[3:])), ("criticality-unknown", 2, "business_criticality")),
        (a_csv((*PAY[:3], "Keep", *PAY[4:])), ("disposition-unknown", 2, "planned_disposition")),
    ],
)
def test_what_cannot_be_is_said_at_its_place(content, expected):
    assert expected in places(content)


@pytest.mark.parametrize(
    "content",
    [a_csv(("Paie", "x"), head=("Name", "Number")), b'{"result": [{"incident": "INC1"}]}',
     b'{"result": "no"}'],
)
def test_another_list_is_not_taken_for_one_of_applications(content):
    assert [r.code for r in scans.read("x", content).refused] == ["format-unknown"]

"""A LeanIX snapshot becomes systems, technologies, services and dependencies; nothing is guessed.

No real export is at hand: the workbooks are made here after the layout that is published in
vincentmakes/turbo-ea (backend/app/services/migration/sources/leanix, xlsx_parser and
xlsx_exporter) and summed up in shared/data/frameworks/leanix_full_snapshot_format.json: keys in row
1, labels in row 2, a sheet a type, relations by display name and type.
"""

import io
from datetime import date, datetime

import openpyxl
import pytest

from data import scans
from portfolio.system import Dependency, Disposition, Technology, ToolKey

CORE = ("id", "type", "name", "displayName", "status", "description")
OWNER = "subscriptions:RESPONSIBLE:Application Owner"
APPS = (*CORE, "businessCriticality", "lxTimeClassification", "lifecycle:active",
        "lifecycle:endOfLife", "tags:Region", OWNER, "subscriptions:OBSERVER")
ENDS = ("id", "type", "fromRelatedFactSheetDisplayName", "fromRelatedFactSheetType",
        "toRelatedFactSheetDisplayName", "toRelatedFactSheetType", "status", "numberOfUsers")
PAY = ("a1", "Application", "Paie", "RH / Paie", "ACTIVE", "", "missionCritical", "migrate", None,
       datetime(2029, 12, 31), "Centre", "anne@ville.ca; bruno@ville.ca", "x@ville.ca")
HR = ("a2", "Application", "SIRH", "RH / SIRH", "ACTIVE")
OLD = ("a3", "Application", "Vieux", "Vieux", "ARCHIVED")
ORACLE = ("c1", "ITComponent", "Oracle Database 19c", "Oracle Database 19c", "ACTIVE", "",
          datetime(2027, 4, 30), datetime(2032, 4, 30), "")
COMPONENTS = (*CORE, "lifecycle:phaseOut", "lifecycle:endOfLife", "release")


def a_workbook(labels=True, **sheets):
    """sheets: title -> (header, row, row …)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, (header, *rows) in sheets.items():
        sheet = book.create_sheet(title[:31])
        sheet.append(header)
        if labels:
            sheet.append([f"Label of {key}" for key in header])
        for row in rows:
            sheet.append(row)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def relation(kind, one, other, from_="Application", to="Application", **more):
    return (f"r-{kind}-{one}-{other}", kind, one, from_, other, to, more.get("status", "ACTIVE"),
            more.get("users"))


def told(*relations, apps=(PAY, HR, OLD), components=(ORACLE,), **more):
    sheets = {"ReadMe": (("LeanIX full export",),), "Application": (APPS, *apps),
              "ITComponent": (COMPONENTS, *components),
              "UserGroup": (CORE, ("g1", "UserGroup", "Paie", "Finances / Paie", "ACTIVE")),
              "Interface": (CORE, ("i1", "Interface", "Employés", "Employés", "ACTIVE")), **more}
    if relations:
        sheets["applicationSomethingVeryLongRelation"] = (ENDS, *relations)
    return scans.read("leanix.xlsx", a_workbook(**sheets))


def systems(found):
    assert [r for r in found.refused] == []
    return {system.title: system for system in found.scans[0].systems}


def places(found):
    return [(r.code, r.where.row, r.where.column) for r in (*found.refused, *found.noted)]


def test_an_application_becomes_a_system_with_what_the_snapshot_says_of_it():
    pay = systems(told())["Paie"]

    assert pay.owner == "anne@ville.ca, bruno@ville.ca"
    assert pay.criticality == 5
    assert pay.disposition is Disposition.MIGRATE
    assert pay.tool_keys == (ToolKey("leanix", "a1"),)
    assert pay.code == "RH-Paie"
    assert pay.technologies == (
        Technology("Paie", standard_end=date(2029, 12, 31), standard_word="endOfLife",
                   source="LeanIX"),
    )
    assert (pay.run_cost, pay.users) == (None, None)


def test_its_components_are_its_technologies_with_the_dates_words():
    found = told(relation("applicationITComponentRelation", "RH / SIRH", "Oracle Database 19c",
                          to="ITComponent"))

    assert systems(found)["SIRH"].technologies == (
        Technology("Oracle Database", "19c", active_end=date(2027, 4, 30),
                   standard_end=date(2032, 4, 30), active_word="phaseOut",
                   standard_word="endOfLife", source="LeanIX"),
    )


def test_a_release_that_the_snapshot_names_is_the_version():
    part = (*ORACLE[:2], "WebLogic", "WebLogic", "ACTIVE", "", None, None, "14.1.1")
    found = told(relation("applicationITComponentRelation", "RH / SIRH", "WebLogic",
                          to="ITComponent"), components=(part,))

    assert [(t.name, t.version) for t in systems(found)["SIRH"].technologies] == [
        ("WebLogic", "14.1.1")
    ]


def test_user_groups_are_services_and_their_users_are_counted():
    found = told(
        relation("applicationUserGroupRelation", "RH / Paie", "Finances / Paie", to="UserGroup",
                 users=120),
        relation("applicationOwningUserGroupRelation", "Finances / Paie", "RH / SIRH",
                 from_="UserGroup"),
    )

    pay, hr = systems(found)["Paie"], systems(found)["SIRH"]
    assert (pay.services, pay.users) == (("Finances / Paie",), 120)
    assert (hr.services, hr.owner) == (("Finances / Paie",), "Finances / Paie")


def test_a_relation_of_need_and_an_interface_are_dependencies():
    found = told(
        relation("applicationRequiresRelation", "RH / Paie", "RH / SIRH"),
        relation("interfaceProviderApplicationRelation", "Employés", "RH / SIRH",
                 from_="Interface"),
        relation("applicationInterfaceConsumerRelation", "RH / Paie", "Employés", to="Interface"),
    )

    assert systems(found)["Paie"].dependencies == (Dependency("RH-SIRH", "Employés"),)
    assert systems(found)["SIRH"].dependencies == ()


def test_a_successor_is_no_dependency_and_an_unknown_relation_is_said():
    found = told(
        relation("applicationSuccessorRelation", "RH / Paie", "RH / SIRH"),
        relation("applicationFeedsRelation", "RH / Paie", "RH / SIRH"),
    )

    assert systems(found)["Paie"].dependencies == ()
    aside = next(note for note in found.notes if note.code == "relations-aside")
    assert aside.facts == {"count": 1, "kinds": "applicationFeedsRelation"}


def test_what_is_archived_is_left_out_and_said():
    gone = relation("applicationRequiresRelation", "RH / Paie", "RH / SIRH", status="ARCHIVED")
    found = told(gone, relation("applicationRequiresRelation", "RH / Paie", "Vieux"))

    assert set(systems(found)) == {"Paie", "SIRH"}
    assert systems(found)["Paie"].dependencies == ()
    assert next(n for n in found.notes if n.code == "leanix-archived").facts == {"count": 1}


def test_a_name_of_two_fact_sheets_is_remarked_at_its_place_and_never_guessed():
    twin = ("a9", "Application", "SIRH", "RH / SIRH", "ACTIVE")
    found = told(relation("applicationRequiresRelation", "RH / Paie", "RH / SIRH"),
                 apps=(PAY, HR, twin))

    assert places(found) == [("name-of-several", 3, "toRelatedFactSheetDisplayName")]
    assert [s.dependencies for s in found.scans[0].systems] == [(), (), ()]
    assert sorted(s.code for s in found.scans[0].systems) == ["RH-Paie", "a2", "a9"]


def test_a_name_of_nothing_is_remarked_at_its_place():
    found = told(relation("applicationRequiresRelation", "RH / Paie", "Inconnu"))

    assert places(found) == [("name-of-nothing", 3, "toRelatedFactSheetDisplayName")]


def test_the_same_name_of_two_types_is_not_confused():
    part = ("c9", "ITComponent", "SIRH", "RH / SIRH", "ACTIVE", "", None, None, "")
    found = told(relation("applicationRequiresRelation", "RH / Paie", "RH / SIRH"),
                 components=(part,))

    assert found.noted == ()
    assert [d.on for d in systems(found)["Paie"].dependencies] == ["RH-SIRH"]


def test_a_criticality_that_is_not_known_is_remarked_and_not_given():
    found = told(apps=((*PAY[:6], "galactic", *PAY[7:]), HR))

    assert places(found) == [("criticality-unknown", 3, "businessCriticality")]
    assert systems(found)["Paie"].criticality is None


def test_labels_that_someone_removed_cost_no_application():
    content = a_workbook(labels=False, Application=(APPS, PAY, HR))

    assert len(scans.read("x.xlsx", content).scans[0].systems) == 2


@pytest.mark.parametrize(
    ("apps", "expected"),
    [
        ((PAY, HR, (*PAY[:2], "Autre", "Autre", "ACTIVE")), ("row-twice", 5, "id")),
        (((None, *PAY[1:]),), ("missing-value", 3, "id")),
        (((*PAY[:9], "bientôt", *PAY[10:]),), ("not-a-date", 3, "lifecycle:endOfLife")),
        (((*PAY[:9], "03/04/2027", *PAY[10:]),), ("ambiguous-date", 3, "lifecycle:endOfLife")),
        ((OLD,), ("no-application", None, "")),
        ((), ("no-application", None, "")),
    ],
)
def test_what_cannot_be_is_refused_at_its_place_and_nothing_is_brought(apps, expected):
    found = told(apps=apps)

    assert expected in places(found)
    assert found.scans == ()


def test_cells_beyond_the_header_and_headers_twice_are_refused():
    found = told(apps=((*PAY, "of no column"),), Interface=((*CORE, "name"),))

    assert {r.code for r in found.refused} == {"cell-without-header", "twice"}


def test_a_cell_far_away_is_refused_without_reading_a_million_rows():
    book = openpyxl.Workbook()
    book.active.title = "Application"
    for row in (APPS, APPS, PAY):
        book.active.append(row)
    book.active["A1048576"] = "x"
    page = io.BytesIO()
    book.save(page)

    assert scans.read("x.xlsx", page.getvalue()).refused[0].code == "too-many-rows"


def test_an_external_id_is_the_code_where_it_names_one():
    header = (*APPS, "externalId")
    hr = (*HR, *[None] * (len(APPS) - len(HR)), "SIRH-1")
    content = a_workbook(Application=(header, (*PAY, "SECI"), hr))

    assert [s.code for s in scans.read("x", content).scans[0].systems] == ["SECI", "SIRH-1"]

"""The inventory answers where a thing is and who is hit, and says what is not known."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_house, a_project, a_registry

from data import scans
from data.store import Act, save_many
from portfolio.acceptance import Acceptance, Ruling
from portfolio.debt import DebtItem, DebtStatus, Evidence, Remedy
from portfolio.errors import Invalid
from portfolio.finding import Component
from portfolio.folding import Terms
from portfolio.legacy_risk import CRITERIA, Level, RiskAssessment
from portfolio.person import Person, Role
from portfolio.project import Estimate, Stage
from portfolio.system import Dependency, System, Technology
from services import hub, inventory, lifecycles
from services.inventory_quality import Kind

TODAY = date(2026, 11, 22)
ARCHITECT = Person("test-architecte", "Test architecte", frozenset({Role.ARCHITECT}))
CHIEF = Person("test-administrateur", "Test administrateur", frozenset({Role.ADMINISTRATOR}))
MAVEN = "pkg:maven/org.apache.logging.log4j/log4j-core"
WHOLE = {"owner": "anne", "criticality": 3, "run_cost": 100_00, "replacement_value": 900_00}
SYSTEMS = (
    System("PAIE", "Paie", services=("Finances",), dependencies=(Dependency("BD"),), **WHOLE),
    System("WEB", "Portail", services=("SPVM", "Finances"), dependencies=(Dependency("PAIE"),),
           technologies=(Technology("Oracle Database", "12.2", standard_end=date(2022, 3, 31)),),
           **WHOLE),
    System("BD", "Base commune", **WHOLE),
)  # fmt: skip
COMPONENTS = (
    Component("PAIE", "cyclonedx", "k1", "log4j-core", "2.14.1", purl=f"{MAVEN}@2.14.1",
              support_end=date(2030, 1, 1)),
    Component("BD", "cyclonedx", "k1", "log4j-core", "2.17.0", purl=f"{MAVEN}@2.17.0",
              product="log4j", support_end=date(2030, 1, 1)),
    Component("WEB", "cyclonedx", "k2", "100%_pure", "12.14.1", support_end=date(2030, 1, 1)),
    Component("WEB", "cyclonedx", "k3", "log4j-core", "2.14.1", gone_on=TODAY),
)  # fmt: skip


def an_item(code="D1", system="PAIE", interest=1_00, **more):
    given = {"owner": "anne", "review_on": date(2027, 1, 1), **more}
    return DebtItem(code, f"Dette {code}", system, Estimate(100_00), Estimate(interest), **given)


@pytest.fixture
def house(migrated_file, tmp_path):
    """house(debts, projects, systems): a store that holds them, with the components."""
    with a_house(migrated_file, tmp_path / "house.db") as bring:

        def opened(*projects, components=COMPONENTS, systems=SYSTEMS, **more):
            store = bring(a_registry(*projects, systems=systems, **more))
            with store.writing(Act("test", "architecte", "test")) as work:
                save_many(work, "c", components)
            return store

        yield opened


def asked(store, words):
    return inventory.lookup(store, ARCHITECT, "c", words)


def where(found):
    return sorted((one.system, one.name, one.number) for one in found.borne)


def test_a_component_leads_to_its_systems_those_that_need_them_services_and_projects(house):
    store = house(
        a_project("P1", systems=("PAIE",)), a_project("P2"), a_project("P3", systems=("WEB",)),
        debts=(an_item(remedies=(Remedy("P2"),)),),
    )

    found = asked(store, "log4j-core 2.14.1")

    assert where(found) == [("PAIE", "log4j-core", "2.14.1")]
    assert [system.code for system in found.bearers] == ["PAIE"]
    assert [(hit.system.code, hit.steps) for hit in found.dependents] == [("WEB", 1)]
    assert found.services == {"Finances": ("PAIE", "WEB"), "SPVM": ("WEB",)}
    assert found.served == ("Finances",)
    assert [touch.project.code for touch in found.projects] == ["P1", "P2"]


@pytest.mark.parametrize(
    ("words", "systems"),
    [
        ("log4j-core", ["BD", "PAIE"]), ("LOG4J", ["BD", "PAIE"]), (MAVEN, ["BD", "PAIE"]),
        (f"{MAVEN}@2.14.1", ["PAIE"]), ("2.14", ["PAIE"]), ("v2.14.1", ["PAIE"]),
        ("2.1", []), ("14.1", []), ("core 2.17", ["BD"]),
        ("oracle", ["WEB"]), ("Oracle Database 12", ["WEB"]), ("oracle 2.2", []),
        ("paie", ["PAIE"]), ("base commune", ["BD"]), ("%_", ["WEB"]), ("zzz", []),
    ],
)  # fmt: skip
def test_things_are_found_by_name_version_product_or_purl(house, words, systems):
    found = asked(house(), words)

    assert sorted({one.system for one in found.borne}) == systems
    assert sorted(system.code for system in found.bearers) == systems


@pytest.mark.parametrize(
    ("words", "code"), [("", "too-short"), (" a ", "too-short"), ("pkg:", "not-a-purl")]
)
def test_a_question_that_finds_everything_or_nothing_is_refused(house, words, code):
    with pytest.raises(Invalid, match=code):
        asked(house(), words)


def test_another_person_s_draft_is_not_told(house):
    store = house(a_project("P1", systems=("PAIE",), stage=Stage.DRAFT, lead="paul"))

    assert asked(store, "log4j").projects == ()
    assert inventory.view(store, ARCHITECT, "c", TODAY)[0].projects == ()


def test_each_system_is_listed_with_what_tools_saw_and_who_touches_it(house):
    lines = inventory.view(house(a_project("P1", systems=("PAIE",))), ARCHITECT, "c", TODAY)

    assert [(line.system.code, line.projects, line.components) for line in lines] == [
        ("PAIE", ("P1",), 1), ("WEB", (), 1), ("BD", (), 1)
    ]
    assert inventory.examples(lines) == ("Oracle Database",)


def lacking(store):
    return {
        lack.kind: [(p.system, p.debt, p.what) for p in lack.places]
        for lack in inventory.quality(store, ARCHITECT, "c", TODAY)
    }


def test_a_register_that_lacks_nothing_has_an_empty_list(house):
    assert lacking(house(debts=(an_item(),))) == {}


GONE = Evidence("audit", gone_on=date(2026, 5, 1))
HELD = Evidence("sonarqube")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"owner": ""}, Kind.ITEM_UNOWNED),
        ({"interest": 0}, Kind.NO_INTEREST),
        ({"review_on": date(2026, 11, 21)}, Kind.STALE),
        ({"review_on": None, "logged_on": date(2025, 11, 21)}, Kind.STALE),
        ({"evidence": (GONE, GONE)}, Kind.EVIDENCE_GONE),
        ({"interest": 31_00}, Kind.OVERLAP),
    ],
)
def test_what_an_item_lacks_is_told_once(house, change, kind):
    store = house(debts=(an_item(**change),))

    assert lacking(store) == {
        kind: [("PAIE", "" if kind is Kind.OVERLAP else "D1", "")]
    }


@pytest.mark.parametrize(
    "change",
    [
        {"interest": 0, "loss": 5, "p_before": 0.1},
        {"review_on": TODAY},
        {"review_on": None, "logged_on": date(2025, 11, 22)},
        {"evidence": (GONE, HELD)},
        {"interest": 30_00},
        {"owner": "", "status": DebtStatus.RETIRED},
    ],
)
def test_what_is_in_order_is_not_told(house, change):
    assert lacking(house(debts=(an_item(**change),))) == {}


def test_a_figure_set_for_the_whole_system_answers_for_interest_that_overlaps(house):
    set_ = replace(SYSTEMS[0], interest_figure=20_00, interest_reason="recoupement")

    assert lacking(house(systems=(set_, *SYSTEMS[1:]), debts=(an_item(interest=31_00),))) == {}


def test_what_a_system_lacks_is_told(house):
    bare = System("NU", "Nu", technologies=(Technology("COBOL", "6"),),
                  dependencies=(Dependency("ABSENT"),))  # fmt: skip
    undated = Component("NU", "cyclonedx", "k", "left-pad", "1.3.0")
    store = house(systems=(bare,), components=(undated,))

    assert lacking(store) == {
        Kind.UNKNOWN_SYSTEM: [("NU", "", "ABSENT")],
        Kind.SYSTEM_UNOWNED: [("NU", "", "")],
        Kind.NO_CRITICALITY: [("NU", "", "")],
        Kind.NO_RUN_COST: [("NU", "", "")],
        Kind.NO_VALUE: [("NU", "", "")],
        Kind.TECHNOLOGY_UNDATED: [("NU", "", "COBOL 6")],
        Kind.COMPONENT_UNDATED: [("NU", "", "")],
    }


def test_links_to_what_is_not_there_are_told(house):
    items = (
        an_item("D1", remedies=(Remedy("P9"),)),
        an_item("D2", status=DebtStatus.DUPLICATE, duplicate_of="D9"),
        an_item("D3", status=DebtStatus.DUPLICATE, duplicate_of="D1"),
    )

    assert lacking(house(debts=items)) == {
        Kind.UNKNOWN_PROJECT: [("PAIE", "D1", "P9")],
        Kind.NO_ORIGINAL: [("PAIE", "D2", "D9")],
    }


def test_an_acceptance_that_holds_no_more_is_told_first(house):
    item = an_item(status=DebtStatus.ACCEPTED, owner="")
    held = Acceptance("D1", 1, "coûteux", "surveillance", date(2026, 11, 21), "anne",
                      date(2026, 1, 1), Ruling.GRANTED, "bruno")  # fmt: skip
    store = house(debts=(item,), acceptances=(held,))

    first = inventory.quality(store, ARCHITECT, "c", TODAY)[0]

    assert first.kind is Kind.ACCEPTANCE_EXPIRED
    assert (first.places[0].debt, first.places[0].since) == ("D1", date(2026, 11, 21))


def test_a_technology_answers_to_its_name_in_the_lifecycle_catalogue(house):
    own = Technology("Serveur", "2016", cpe="cpe:2.3:o:microsoft:windows_server:2016")
    store = house(systems=(replace(SYSTEMS[2], technologies=(own,)),), components=())

    assert lifecycles.beside(store, CHIEF, "c").lines[0].match.product.code == "windows-server"
    for asked in ("windows-server", "windows server 2016"):
        assert inventory.lookup(store, ARCHITECT, "c", asked).names == ("Serveur",)


def test_a_red_system_is_told_before_all_with_what_nobody_has_said_of_its_end(house):
    levels = tuple(Level(criterion, 5) for criterion in CRITERIA)
    red = RiskAssessment("PAIE", levels, "anne", TODAY, plan="Remplacer")
    store = house(debts=(an_item(owner=""),), assessments=(red,))

    first = inventory.quality(store, ARCHITECT, "c", TODAY)[0]

    assert (first.kind, first.places[0].system) == (Kind.RED, "PAIE")
    assert first.places[0].lacking == ("funding", "target")


def test_a_red_system_that_is_not_confirmed_is_not_told(house):
    levels = tuple(Level(criterion, 5) for criterion in CRITERIA)

    assert lacking(house(assessments=(RiskAssessment("PAIE", levels),))) == {}


def test_what_a_draft_would_create_is_told_to_those_alone_who_may_see_the_draft(house):
    twin = an_item(status=DebtStatus.DUPLICATE, created_by="P1")
    store = house(a_project("P1", stage=Stage.DRAFT, lead="lea"), debts=(twin,))

    assert inventory.quality(store, ARCHITECT, "c", TODAY) == ()
    assert [lack.kind for lack in inventory.quality(store, CHIEF, "c", TODAY)] == [Kind.NO_ORIGINAL]


class Words:
    """What a batch writes of its own: nothing that these tests look at."""

    def title(self, theme, system):
        return f"{theme} {system.title}"

    def basis(self, fold, terms):
        return ""


def bring(store, name, content):
    source = hub.read([(name, content)])
    return hub.bring_in(store, ARCHITECT, "c", source, hub.Order(Words(), TODAY, Terms()))


def test_a_corrected_export_comes_back_without_touching_the_projects(house):
    supported = Technology("PostgreSQL", "15", standard_end=date(2032, 11, 11))
    systems = (*SYSTEMS[:2], replace(SYSTEMS[2], technologies=(supported,)))
    systems = tuple(s if s.code != "WEB" else replace(s, technologies=()) for s in systems)
    items = (an_item(remedies=(Remedy("P1"),)),)
    store = house(a_project("P1"), systems=systems, debts=items)

    content = inventory.export(store, ARCHITECT, "c")

    assert bring(store, "registre.xlsx", content).batch is None
    assert [one.code for one in scans.read("x", content).scans[0].systems] == ["PAIE", "WEB", "BD"]


def test_technologies_alone_are_added_to_the_system_that_bears_their_code(house):
    store = house()

    bring(store, "t.csv", b"system,name,version,standard_end\nBD,PostgreSQL,15,2027-11-11\n")

    with store.reading() as work:
        kept = work.one(System, "c", "BD")
    assert (kept.title, kept.owner) == ("Base commune", "anne")
    assert kept.technologies == (Technology("PostgreSQL", "15", standard_end=date(2027, 11, 11)),)


def test_technologies_of_a_system_that_nobody_knows_are_refused_whole(house):
    store = house()

    with pytest.raises(Invalid, match="rows-refused"):
        bring(store, "t.csv", b"system,name,version\nBD,PostgreSQL,15\nRIEN,COBOL,6\n")

    with store.reading() as work:
        assert work.one(System, "c", "BD").technologies == ()

"""The inventory: describing a system, what stands around it, and when it may go."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_house, a_project, a_registry

from data.store import Act
from portfolio.debt import DebtItem, Remedy
from portfolio.errors import Invalid, Missing, Stale
from portfolio.finding import Finding, Theme
from portfolio.person import Person, Role
from portfolio.project import Estimate
from portfolio.system import Dependency, Disposition, System, Technology, ToolKey
from services import debts, register_history, systems

TODAY = date(2026, 11, 22)
ARCHITECT = Person("test-architecte", "Test architecte", frozenset({Role.ARCHITECT}))
PAYROLL = System("PAIE", "Paie", run_cost=100_00, dependencies=(Dependency("BD", "données"),))


@pytest.fixture
def store(migrated_file, tmp_path):
    item = DebtItem(
        "D1", "Dette", "PAIE", Estimate(100_00), Estimate(40_00), remedies=(Remedy("P2"),)
    )
    registry = a_registry(
        a_project("P1", systems=("PAIE",)),
        a_project("P2"),
        systems=(PAYROLL, System("BD", "Base"), System("SEUL", "Seul")),
        debts=(item,),
    )
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring(registry)


def kept(store, code="PAIE"):
    with store.reading() as work:
        return work.one(System, "c", code)


def test_every_field_of_a_system_comes_back(store):
    technology = Technology(
        "Oracle Database", "12.1", date(2016, 1, 1), date(2018, 7, 31), date(2018, 7, 31),
        date(2022, 7, 31), "End of sale", "Premier Support", "Premier Support", "Extended Support",
        date(2027, 7, 31), "pkg:generic/oracle@12.1", "cpe:2.3:a:oracle:database:12.1",
        "endoflife.date",
    )
    full = System(
        "NEUF", "Neuf", "New", "anne", 5, 1200, 100_00, 900_00, Disposition.MIGRATE, "Trop vieux",
        (technology,), ("Service A",), (Dependency("PAIE", "fichier"),),
        (ToolKey("sonarqube", "neuf"),), 50_00, "recoupement",
    )

    systems.add(store, ARCHITECT, "c", full)

    assert kept(store, "NEUF") == replace(full, version=1)


def test_a_code_that_is_taken_is_refused(store):
    with pytest.raises(Invalid, match="system-code-taken"):
        systems.add(store, ARCHITECT, "c", System("BD", "Autre"))

    assert kept(store, "BD").title == "Base"


@pytest.mark.parametrize(
    "change",
    [{"disposition": Disposition.ELIMINATE}, {"interest_figure": 30_00}],
)
def test_an_intention_and_a_figure_for_the_whole_say_why(store, change):
    with pytest.raises(Invalid, match="reason-needed"):
        systems.save(store, ARCHITECT, "c", replace(kept(store), **change))

    assert kept(store).version == 1


def test_a_system_depends_on_systems_that_are_there(store):
    with pytest.raises(Invalid, match="unknown-code"):
        systems.save(store, ARCHITECT, "c", replace(kept(store), dependencies=(Dependency("X"),)))


def test_a_system_saved_meanwhile_is_not_written_over(store):
    read = kept(store)
    systems.save(store, ARCHITECT, "c", replace(read, owner="anne"))

    with pytest.raises(Stale) as refused:
        systems.save(store, ARCHITECT, "c", replace(read, owner="bruno"))

    assert (refused.value.facts["yours"].owner, refused.value.facts["theirs"].owner) == (
        "bruno", "anne"
    )


def test_the_figure_set_for_a_system_stands_for_the_sum_in_every_total(store):
    before = debts.view(store, ARCHITECT, "c", TODAY)
    assert (before.interest, before.of("PAIE").is_overlapping) == (40_00, True)

    figure = replace(kept(store), interest_figure=25_00, interest_reason="Les mêmes heures")
    systems.save(store, ARCHITECT, "c", figure)

    after = debts.view(store, ARCHITECT, "c", TODAY)
    assert (after.interest, after.of("PAIE").interest, after.of("PAIE").interest_sum) == (
        25_00, 25_00, 40_00
    )
    assert before.waiting - after.waiting == pytest.approx(15_00 / 1.035)


@pytest.mark.parametrize(
    ("code", "field", "found"), [("PAIE", "debts", "D1"), ("BD", "systems", "PAIE")]
)
def test_a_system_on_which_something_stands_is_not_removed(store, code, field, found):
    with pytest.raises(Invalid) as refused:
        systems.remove(store, ARCHITECT, "c", kept(store, code))

    facts = refused.value.facts
    assert (refused.value.code, facts["field"], facts["found"]) == ("still-stands-on", field, found)
    assert kept(store, code)


def test_what_a_tool_found_holds_a_system_too_and_is_counted_by_tool(store):
    gone = Finding("SEUL", "sarif", "k2", Theme.SECURITY, "Autre", gone_on=TODAY)
    with store.writing(Act("test", "architecte", "test")) as work:
        work.save("c", Finding("SEUL", "sarif", "k1", Theme.SECURITY, "Faille"))
        work.save("c", gone)

    (found,) = systems.findings(store, ARCHITECT, "c", "SEUL")

    assert (found.tool, found.still, found.ever) == ("sarif", 1, 2)
    with pytest.raises(Invalid, match="still-stands-on"):
        systems.remove(store, ARCHITECT, "c", kept(store, "SEUL"))


def test_a_system_on_which_nothing_stands_is_removed_and_the_journal_keeps_it(store):
    systems.remove(store, ARCHITECT, "c", kept(store, "SEUL"), "Jamais servi")

    with pytest.raises(Missing):
        kept(store, "SEUL")
    (past,) = register_history.of_system(store, ARCHITECT, "c", "SEUL")
    assert (past.is_last, past.reason) == (True, "Jamais servi")


def test_a_system_knows_what_it_needs_what_needs_it_and_who_touches_it(store):
    with store.reading() as work:
        registry = work.registry("c")

    around = systems.touching(registry, registry.systems[0])

    assert around.needs == (("BD", "données"),)
    assert systems.touching(registry, registry.systems[1]).needed_by == (("PAIE", "données"),)
    assert [p.code for p in around.projects] == ["P1", "P2"]

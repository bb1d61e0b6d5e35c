"""Who is hit when a system fails: along dependencies, circles too, to services and projects."""

from nouns import a_cycle, a_project

from portfolio import touching
from portfolio.debt import DebtItem, Remedy
from portfolio.project import Estimate
from portfolio.registry import Registry
from portfolio.system import Dependency, System


def a_system(code, *needs, services=()):
    return System(code, code, services=services, dependencies=tuple(map(Dependency, needs)))


def hits(systems, *failing):
    return [(h.system.code, h.steps, h.needs) for h in touching.reached(systems, failing)]


def test_what_needs_a_failing_system_stops_and_what_it_needs_does_not():
    systems = (a_system("WEB", "APP"), a_system("APP", "BD"), a_system("BD"), a_system("SEUL"))

    assert hits(systems, "APP") == [("APP", 0, ()), ("WEB", 1, ("APP",))]
    assert hits(systems, "BD") == [("BD", 0, ()), ("APP", 1, ("BD",)), ("WEB", 2, ("APP",))]
    assert hits(systems, "SEUL") == [("SEUL", 0, ())]


def test_a_circle_is_walked_once():
    systems = (a_system("A", "B"), a_system("B", "C"), a_system("C", "A"))

    assert hits(systems, "A") == [("A", 0, ()), ("C", 1, ("A",)), ("B", 2, ("C",))]


def test_the_nearest_of_several_failing_systems_counts():
    systems = (a_system("A", "B", "C"), a_system("B", "C"), a_system("C"))

    assert hits(systems, "B", "C") == [("B", 0, ()), ("C", 0, ()), ("A", 1, ("B", "C"))]


def test_a_system_that_nobody_describes_hits_nothing_and_is_not_drawn():
    systems = (a_system("A", "ABSENT"),)

    assert hits(systems, "ABSENT") == []
    assert list(touching.graph(systems).edges) == []


def test_services_stand_with_the_systems_that_work_for_them():
    systems = (a_system("A", services=("RH", "SPVM")), a_system("B", services=("RH",)))

    assert touching.services(systems) == {"RH": ("A", "B"), "SPVM": ("A",)}


def test_a_project_touches_a_system_that_it_names_repays_or_burdens():
    debts = (
        DebtItem("D1", "Dette", "A", Estimate(1), Estimate(1), remedies=(Remedy("P2"),)),
        DebtItem("D2", "Dette", "A", Estimate(1), Estimate(1), created_by="P3"),
        DebtItem("D3", "Dette", "B", Estimate(1), Estimate(1), remedies=(Remedy("P4"),)),
    )
    projects = (a_project("P1", systems=("A", "B")), *map(a_project, ("P2", "P3", "P4", "P5")))
    registry = Registry(a_cycle(), projects, systems=(a_system("A"), a_system("B")), debts=debts)

    touches = touching.projects(registry, {"A"})

    assert [(t.project.code, t.systems) for t in touches] == [
        ("P1", ("A",)), ("P2", ("A",)), ("P3", ("A",))
    ]

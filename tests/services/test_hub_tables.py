"""The architects' tables, brought into the register: they add to what is known, and never guess."""

from datetime import date

import pytest
from benches import a_house, a_project, a_registry

from data.exporters import inventory
from portfolio.debt import DebtItem, Remedy
from portfolio.errors import Invalid
from portfolio.folding import Terms
from portfolio.person import Person, Role
from portfolio.project import Estimate
from portfolio.system import Dependency, System, Technology
from services import hub

TODAY = date(2026, 11, 22)
ARCHITECT = Person("test-architecte", "Test architecte", frozenset({Role.ARCHITECT}))
ITEM = DebtItem("D1", "Dette", "PAIE", Estimate(100_00), Estimate(1_00), remedies=(Remedy("P1"),))
SYSTEMS = (
    System("PAIE", "Paie", owner="anne", dependencies=(Dependency("BD", "données"),)),
    System("BD", "Base commune", owner="anne"),
)


class Words:
    """What a batch writes of its own: nothing that these tests look at."""

    def title(self, theme, system):
        return f"{theme} {system.title}"

    def basis(self, fold, terms):
        return ""


@pytest.fixture
def registry():
    return a_registry(a_project("P1"), systems=SYSTEMS, debts=(ITEM,))


@pytest.fixture
def store(migrated_file, tmp_path, registry):
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring(registry)


def bring_in(store, name, content):
    source = hub.read([(name, content)])
    return hub.bring_in(store, ARCHITECT, "c", source, hub.Order(Words(), TODAY, Terms()))


def kept(store, code):
    with store.reading() as work:
        return work.one(System, "c", code)


def test_an_export_of_the_register_that_nobody_changed_changes_nothing(store, registry):
    assert bring_in(store, "registre.xlsx", inventory.register(registry)).batch is None


def test_technologies_alone_are_added_to_the_system_that_bears_their_code(store):
    bring_in(store, "t.csv", b"system,name,version,standard_end\nBD,PostgreSQL,15,2027-11-11\n")

    own = kept(store, "BD")
    assert (own.title, own.owner) == ("Base commune", "anne")
    assert own.technologies == (Technology("PostgreSQL", "15", standard_end=date(2027, 11, 11)),)


def test_technologies_of_a_system_that_nobody_knows_are_refused_whole(store):
    with pytest.raises(Invalid, match="rows-refused"):
        bring_in(store, "t.csv", b"system,name,version\nBD,PostgreSQL,15\nRIEN,COBOL,6\n")

    assert kept(store, "BD").technologies == ()


def test_what_a_table_leaves_empty_takes_nothing_away(store):
    table = "Code du système;Système;Criticité;Responsable\nPAIE;Paie;4;\n"
    bring_in(store, "s.csv", table.encode())

    own = kept(store, "PAIE")
    assert (own.criticality, own.owner) == (4, "anne")
    assert own.dependencies == (Dependency("BD", "données"),)


def test_debts_of_a_system_that_nobody_knows_are_refused(store):
    with pytest.raises(Invalid, match="rows-refused"):
        bring_in(store, "d.csv", b"code,title,system,principal,interest\nD2,Dette,RIEN,5,1\n")

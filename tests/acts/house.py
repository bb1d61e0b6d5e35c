"""The house in which acts are tried: one person a role, three projects, two systems, one debt."""

import shutil

from benches import a_project, a_registry

from acts.said import PEOPLE, STRANGERS
from data.store import Act, open_store
from portfolio.debt import DebtItem
from portfolio.person import Role
from portfolio.project import Estimate, Stage
from portfolio.system import System


def a_debt(code, **more):
    return DebtItem(code, "Dette", "S1", Estimate(100), Estimate(10), **more)


def build(empty, folder, *, with_strangers=False):
    """The file of a house made from an empty one: P2 is the lead's draft, P3 hers, submitted."""
    file = shutil.copy(empty, folder / "kept.db")
    store = open_store(f"sqlite:///{file}")
    people = [*PEOPLE.values(), *(STRANGERS.values() if with_strangers else ())]
    with store.writing(Act("test", "administrateur", "test")) as work:
        for person in people:
            work.save(None, person)
        lead = PEOPLE[Role.LEAD].code
        draft = a_project("P2", lead=lead, stage=Stage.DRAFT)
        hers = a_project("P3", lead=lead)
        systems = (System("S1", "Paie"), System("S2", "Taxe"))
        registry = a_registry(
            a_project("P1"), draft, hers, systems=systems, debts=(a_debt("D0"),)
        )
        work.bring_in(registry)
    store.close()
    return file

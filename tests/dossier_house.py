"""A house in which proposals go their way: two leads, an architect, a member, a facilitator."""

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from benches import a_project, a_registry

from data.store import Act, open_store
from portfolio.debt import DebtItem
from portfolio.person import Person, Role
from portfolio.project import Estimate, Stage
from portfolio.system import System
from services import submissions

TODAY = date(2026, 11, 27)
ANNE, BRUNO = (Person(c, c.title(), frozenset({Role.LEAD})) for c in ("anne", "bruno"))
ARCHI = Person("archi", "Archi", frozenset({Role.ARCHITECT}))
MEMBER = Person("membre", "Membre", frozenset({Role.MEMBER}))
FACI = Person("faci", "Faci", frozenset({Role.FACILITATOR}))
ADMIN = Person("admin", "Admin", frozenset({Role.ADMINISTRATOR}))
OBSERVER = Person("obs", "Obs", frozenset({Role.OBSERVER}))
EVERYBODY = (ANNE, BRUNO, ARCHI, MEMBER, FACI, ADMIN, OBSERVER)


@contextmanager
def a_house_of_dossiers(migrated, path):
    """P1 is Anne's draft, P2 came in by import; D1 is a debt of the system S1."""
    store = open_store(f"sqlite:///{shutil.copy(migrated, path)}")
    debt = DebtItem("D1", "Vieux serveur", "S1", Estimate(100_00), Estimate(10_00))
    draft = a_project("P1", lead="anne", stage=Stage.DRAFT, problem="Le système tombe souvent.")
    with store.writing(Act("test", "administrateur", "test")) as work:
        for person in EVERYBODY:
            work.save(None, person)
        work.bring_in(a_registry(
            draft, a_project("P2", lead="bruno"), systems=(System("S1", "Paie"),), debts=(debt,)))
    yield store
    store.close()


def kept(store, kind, *key):
    with store.reading() as work:
        return work.one(kind, "c", *key)


def project(store, code="P1"):
    with store.reading() as work:
        return work.project("c", code)


def put(store, *nouns):
    with store.writing(Act("test", "administrateur", "test")) as work:
        return [work.save("c", noun) for noun in nouns][-1]


def change(store, code="P1", **fields):
    """As its lead would have typed it, whatever the stage."""
    return put(store, replace(project(store, code), **fields))


def submitted(store, today=TODAY):
    return submissions.submit(store, ANNE, "c", project(store), today)

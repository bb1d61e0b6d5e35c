"""Two people, one object, the time to fill in a form between: nothing is ever lost.

Twenty saves on each database; a thousand (two to five minutes each) when ARBITRAGE_LONG is set.
"""

import os
import threading
from dataclasses import replace

import pytest
from benches import a_registry
from nouns import told

from data.journal import verify
from data.store import Act
from portfolio.errors import Stale
from portfolio.person import Person, Role
from portfolio.system import System
from services import systems

SAVES = 1_000 if os.environ.get("ARBITRAGE_LONG") else 20
PEOPLE = [Person(code, code, frozenset({Role.ARCHITECT})) for code in ("anne", "zoe")]


@pytest.fixture
def house(store):
    with store.writing(Act("test", "administrateur", "test")) as work:
        for person in PEOPLE:
            work.save(None, person)
        work.bring_in(a_registry(systems=(System("S1", "Paie", users=0),)))
    return store


def read(store):
    with store.reading() as work:
        return work.one(System, "c", "S1")


class Desk(threading.Thread):
    """Someone who adds one user a round to what she last read, at the same time as another."""

    def __init__(self, store, person, together):
        super().__init__()
        self.store, self.person, self.together = store, person, together
        self.accepted, self.refused, self.fault = [], [], None

    def run(self):
        try:
            for _ in range(SAVES // 2):
                self._round()
        except BaseException as fault:
            self.fault = fault
            self.together.abort()

    def _round(self):
        """Both have read before either saves; whoever is refused starts from the other's."""
        form = read(self.store)
        self.together.wait(30)
        try:
            self._save(form)
        except Stale as refused:
            yours, theirs = refused.facts["yours"], refused.facts["theirs"]
            self.refused.append((yours.users, theirs.users, yours.owner, theirs.owner))
            self._save(theirs)
        self.together.wait(30)

    def _save(self, form):
        mine = replace(form, users=form.users + 1, owner=self.person.code)
        systems.save(self.store, self.person, "c", mine)
        self.accepted.append(mine.users)


def test_saves_by_two_people_lose_nothing_and_each_refusal_names_both_values(
    house, record_property
):  # fmt: skip
    """Each round, both fill in the same version: one is refused, sees both, and saves on top."""
    together = threading.Barrier(2)
    desks = [Desk(house, person, together) for person in PEOPLE]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()

    record_property("saves", SAVES)
    assert [desk.fault for desk in desks] == [None, None]
    accepted = sorted(users for desk in desks for users in desk.accepted)
    refused = [one for desk in desks for one in desk.refused]
    assert accepted == list(range(1, SAVES + 1))  # every value was built on the one before it
    assert read(house).users == SAVES
    assert len(refused) == SAVES // 2
    for yours, theirs, mine, other in refused:
        assert yours == theirs
        assert {mine, other} == {"anne", "zoe"}
    lines = [line for line in told(house) if line.act == "systems.save"]
    assert len(lines) == SAVES
    with house.reading() as work:
        assert verify(work).is_sound

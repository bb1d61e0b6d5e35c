"""The state of the house: its database, its journal, its door, and who is in."""

from dataclasses import dataclass
from datetime import datetime

from data import engine, journal, store_doors, store_migrations
from data.engine import Running
from data.journal import Anchor
from data.store import Store
from portfolio.person import CONSOLE, Person, Role
from services import doors
from services.doors import Door
from services.permission import allowed


@dataclass(frozen=True, slots=True)
class State:
    """tables      the version of the tables that the database has
    journal     its length, its last hash and the time of its last line
    signed_in   people with a session that lasts
    active      people who are not disabled, the console apart
    """

    running: Running
    tables: str
    version: str
    journal: Anchor
    door: Door
    signed_in: int
    active: int


@allowed(Role.ADMINISTRATOR)
def view(store: Store, by: Person, at: datetime) -> State:
    """The house as it is at that moment."""
    running, tables = engine.describe(store.engine), store_migrations.current(store.engine)
    with store.reading() as work:
        return State(
            running,
            tables or "",
            journal.APP_VERSION,
            journal.anchor(work),
            doors.door_of(work),
            len(store_doors.lasting(work, *doors.hours().before(at))),
            sum(p.is_active and p.code != CONSOLE.code for p in work.people()),
        )

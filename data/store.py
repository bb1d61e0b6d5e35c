"""The store: everything the city keeps, read and written in whole transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import sqlalchemy as sa
from sqlalchemy import Engine

from data import journal, store_migrations
from data.engine import WAIT_SECONDS, in_our_words, open_engine, reader, shown, writer
from data.journal import Act, Repeated
from data.store_batches import changes_of, follow, forget_changes, keep_changes
from data.store_many import save_many, take_back, undo_of
from data.store_migrations import LOCK
from data.store_work import KeptPlan, Memory, Reading, Work, object_key
from data.veil import Veil
from portfolio import confidential
from portfolio.errors import Refusal
from portfolio.person import Person

__all__ = [
    "Act", "KeptPlan", "Reading", "Repeated", "Store", "Work", "changes_of", "follow",
    "forget_changes", "keep_changes", "object_key", "open_store", "save_many", "take_back",
    "undo_of",
]


def now() -> datetime:
    return datetime.now(UTC)


LINE_SECONDS = 30  # for the writers of this process that came before


class Store:
    """One database; may be used from several threads at once.

    clock   gives the time that the journal tells
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now) -> None:
        self.engine = engine
        self._clock = clock
        self._memory: Memory = {}
        self._veil: Veil | None = None
        self._views: dict[Person, Store] = {}
        self._turn = Lock()

    def seen_by(self, person: Person) -> "Store":
        """The same store, whose readings give her no confidential field that is not for her."""
        if person.has(*confidential.JUDGES):
            return self
        if person not in self._views:
            view = copy(self)
            view._veil = Veil(person)
            self._views[person] = view
        return self._views[person]

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A transaction that sees the store as it is at one instant."""
        with in_our_words(self.engine), reader(self.engine).connect() as connection:
            yield Reading(connection, self._memory, self._veil)

    @contextmanager
    def writing(self, act: Act) -> Iterator[Work]:
        """A transaction that keeps all of the act, or nothing when it ends in an exception.

        One act is written at a time; Refusal "busy" after waiting for another one too long. Those
        of one process wait in line for each other, and only the first of them at the database.
        Repeated when the act was done before under its request key: ``facts["lines"]`` are then
        the journal's lines of it. Nothing is written a second time.
        """
        with self._in_turn(), in_our_words(self.engine), writer(self.engine).begin() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            work = Work(connection, act, self._clock())
            journal.refuse_repeat(work, act)
            yield work

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Hundreds may write in the same second: none of them waits longer for being last."""
        if not self._turn.acquire(timeout=LINE_SECONDS):
            raise Refusal("busy", url=shown(self.engine.url), why="line")
        try:
            yield
        finally:
            self._turn.release()

    def migrate(self) -> Path | None:
        """Bring the tables up to date; the copy made of an SQLite file that was behind, if any."""
        return store_migrations.migrate(self.engine)

    def is_ready(self) -> bool:
        """Whether the database answers, with the tables of this version."""
        return store_migrations.is_current(self.engine)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """The store of a database URL; Refusal "no-database" when it does not answer."""
    return Store(open_engine(url))

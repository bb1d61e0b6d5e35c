"""Brings a database to the tables of this version, all of the way or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from data.engine import in_our_words, writer
from portfolio.errors import Refusal

LOCK = 7_264_839_001  # any number, the same in every process: who holds it migrates alone


def migrate(engine: Engine) -> Path | None:
    """Bring the tables up to date; the copy made of an SQLite file that was behind, if any.

    Refusal "database-newer" when a later version of the program has been at work there.
    """
    with in_our_words(engine):
        found, newest = current(engine), _newest()
        if found == newest:
            return None
        if found is not None and found not in _known():
            raise Refusal("database-newer", found=found, accepted=newest)
        backup = _copied(engine, found) if engine.dialect.name == "sqlite" else None
        with migrating(engine) as connection:
            command.upgrade(config(connection), "head")
        return backup


def is_current(engine: Engine) -> bool:
    """Whether the database answers, with the tables of this version."""
    try:
        return current(engine) == _newest()
    except SQLAlchemyError:
        return False


def current(engine: Engine) -> str | None:
    """The version of the tables that the database has; None before its first."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file; it works in the transaction of the connection."""
    settings = Config()
    place = str(Path(__file__).parent / "migrations")
    settings.set_main_option("script_location", place.replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction in which nobody else migrates.

    SQLite changes a table by making it anew: rows beneath must not go when the old one does, so
    foreign keys rest meanwhile and are all checked at the end.
    """
    with writer(engine).connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.detach()
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            yield connection
            if engine.dialect.name == "sqlite":
                _refuse_orphans(connection)


def _refuse_orphans(connection: Connection) -> None:
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan is not None:
        raise Refusal("migration-lost-rows", table=orphan[0], above=orphan[2])


def _copied(engine: Engine, found: str | None) -> Path | None:
    """A copy of the whole file beside it; None where there is nothing to keep."""
    if not sa.inspect(engine).get_table_names():
        return None
    place = Path(engine.url.database or "")
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    copy = place.with_name(f"{place.stem}.before-{found or 'first'}-{now}{place.suffix}")
    with engine.connect() as connection:
        connection.connection.cursor().execute("VACUUM INTO ?", (str(copy),))
    return copy


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def _newest() -> str | None:
    return _scripts().get_current_head()


def _known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}

"""Opens the database that a URL names, with the settings under which nothing is lost."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from portfolio.errors import Refusal

DriverConnection = Any  # of pysqlite3 or sqlite3, which share no type
WAIT_SECONDS = 5  # for another writer, or for a server that does not answer
WAL_RESET_FIXED = (3, 51, 3)  # SQLite before it may corrupt a WAL file while it is reset
PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
)
SQLITE_CODES = {5: "busy", 6: "busy", 8: "read-only", 10: "disk-failed", 13: "disk-full",
                11: "database-damaged", 14: "no-database", 26: "no-database"}
SQLSTATES = {"55P03": "busy", "40P01": "busy", "40001": "busy", "53100": "disk-full",
             "25006": "read-only", "57P03": "no-database", "53300": "no-database"}


@dataclass(frozen=True, slots=True)
class Running:
    """The database that answers; ``is_safe`` = no known way to lose what it keeps."""

    database: str
    version: str
    driver: str
    is_safe: bool = True


def open_engine(url: str) -> Engine:
    """The database of the URL, reached once; the folder of an SQLite file is made.

    Refusal "no-database" (url, why) when it cannot be understood or does not answer.
    """
    where = _read(url)
    if where.get_backend_name() == "sqlite":
        engine = _open_sqlite(where)
    else:
        wait = {"connect_timeout": WAIT_SECONDS, "application_name": "arbitrage"}
        engine = sa.create_engine(where, pool_pre_ping=True, connect_args=wait)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except SQLAlchemyError as error:
        engine.dispose()
        why = str(error.orig if isinstance(error, DBAPIError) else error)
        raise Refusal("no-database", url=shown(where), why=why) from error
    return engine


def writer(engine: Engine) -> Engine:
    """The face of the engine that writers use: on SQLite it locks before it reads."""
    return engine.execution_options(writes=True)


def reader(engine: Engine) -> Engine:
    """The face of the engine that readers use: everything they see is of one instant."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def describe(engine: Engine) -> Running:
    """Which database runs, in which version, through which driver."""
    driver = engine.dialect.dbapi.__name__ if engine.dialect.dbapi else engine.dialect.driver
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            version = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar_one())
            numbers = tuple(int(part) for part in version.split("."))
            return Running("SQLite", version, driver, numbers >= WAL_RESET_FIXED)
        version = str(connection.exec_driver_sql("SHOW server_version").scalar_one())
        return Running("PostgreSQL", version, driver)


@contextmanager
def in_our_words(engine: Engine) -> Iterator[None]:
    """Turn what a database refuses for reasons of its own into a Refusal; bugs stay as they are.

    busy, disk-full, disk-failed, read-only, database-damaged, no-database
    """
    try:
        yield
    except DBAPIError as error:
        code = _code(error)
        if code is None:
            raise
        raise Refusal(code, url=shown(engine.url), why=str(error.orig)) from error


def _read(url: str) -> URL:
    try:
        where = sa.make_url(url)
    except ArgumentError:
        raise Refusal("no-database", url="", why="not-a-url") from None
    if where.drivername in ("postgresql", "postgres"):
        where = where.set(drivername="postgresql+psycopg")
    if where.drivername not in ("sqlite", "postgresql+psycopg"):
        accepted = "sqlite, postgresql"
        raise Refusal("no-database", url=shown(where), why="unknown-kind", accepted=accepted)
    if where.drivername == "sqlite" and where.database in (None, "", ":memory:"):
        raise Refusal("no-database", url=shown(where), why="no-file")
    return where


def _open_sqlite(where: URL) -> Engine:
    folder = Path(where.database or "").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal("no-database", url=shown(where), why=str(error)) from error
    engine = sa.create_engine(where, module=_sqlite_module())
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _sqlite_module() -> ModuleType:
    """pysqlite3 where it installs, for its newer SQLite; else the one of the standard library."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    module: ModuleType = dbapi2
    return module


def _settle(connection: DriverConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin, not by the driver
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    _keep_a_log(cursor)
    cursor.close()


def _keep_a_log(cursor: DriverConnection) -> None:
    """Set WAL, which a file keeps; two that set it at once are not made to wait by busy_timeout."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except _sqlite_module().OperationalError as error:
            busy = SQLITE_CODES.get(error.sqlite_errorcode & 0xFF) == "busy"
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    """A writer that begins as a reader may be refused the lock later, with its work half done."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _code(error: DBAPIError) -> str | None:
    if error.connection_invalidated:
        return "no-database"
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return SQLITE_CODES.get(number & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the server was not there to give one
        return "no-database" if isinstance(error, OperationalError) else None
    return "no-database" if state.startswith(("08", "57P")) else SQLSTATES.get(state)


def shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)

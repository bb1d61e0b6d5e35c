"""Databases for tests: an SQLite file, and a PostgreSQL server of our own where it is installed."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.util import LRUCache

from data.engine import describe, open_engine
from data.store import open_store

NUMBERS = count(1)
MEMORY = Path("/dev/shm")
ENOUGH_MEMORY = 4 * 1024**3
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
HOW_TO_GET_IT = "no PostgreSQL server here: install postgresql (15 or newer) to run these tests"


class Cluster:
    """A PostgreSQL server on this machine only, in a folder of its own, on a free port."""

    def __init__(self, programs, folder):
        self.programs, self.folder, self.port = programs, folder, free_port()
        self.server = None
        self.templates = {}

    def initialise(self):
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        made = [*self.as_owner(), str(self.programs / "initdb"), "--pgdata", str(self.data),
                "--username=arbitrage", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        subprocess.run(made, check=True, capture_output=True, cwd=self.folder)

    def start(self):
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "fsync": "off",
                    "unix_socket_directories": "", "max_connections": 60}
        asked = [*self.as_owner(), str(self.programs / "postgres"), "-D", str(self.data)]
        asked += [f"--{name}={value}" for name, value in settings.items()]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self.server = subprocess.Popen(asked, stdout=log, stderr=log, cwd=self.folder)
        deadline = time.monotonic() + 30
        while True:
            try:
                return self.run("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.server.poll() is not None:
                    raise
                time.sleep(0.05)

    def stop(self):
        """At once, as a power cut would."""
        mode = [*self.as_owner(), str(self.programs / "pg_ctl"), "-D", str(self.data),
                "-m", "immediate", "stop"]
        subprocess.run(mode, check=False, capture_output=True, cwd=self.folder)
        self.server.wait(30)

    def run(self, statement):
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def url(self, database):
        return f"postgresql://arbitrage@127.0.0.1:{self.port}/{database}"

    def database(self, template="template0"):
        name = f"test_{next(NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    @property
    def data(self):
        return self.folder / "data"

    def as_owner(self):
        """PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return []
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups",
                "--pdeathsig=INT"]


class Translated:
    """The SQL of each statement, worked out once a process and not once a database."""

    known = LRUCache(4000)

    def __init__(self, engine):
        self.kind = engine.dialect.name, engine.dialect.driver

    def get(self, key):
        return self.known.get((self.kind, *key[1:]))  # the dialect stands first

    def __setitem__(self, key, sql):
        self.known[self.kind, *key[1:]] = sql


def _knowing(make):
    def create_engine(*where, **settings):
        engine = make(*where, **settings)
        engine._compiled_cache = Translated(engine)
        return engine

    return create_engine


sa.create_engine = _knowing(sa.create_engine)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def programs():
    """The folder of PostgreSQL's server programs, the newest; None when there is none."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += Path("/usr/lib/postgresql").glob("*/bin")  # where Debian keeps them off the path
    ready = [f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()]
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        return None
    return max(ready, default=None, key=version)


def version(folder):
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def pytest_configure(config):
    """Keep databases of tests in memory where there is room: they wait for no disk.

    tests/data/test_migrations.py calls pytest-alembic's tests itself: its version 0.13 binds them
    to this very file, and fails there under pytest 9.
    """
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_MEMORY:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if hasattr(config.option, "pytest_alembic_tests_path"):
        config.option.pytest_alembic_tests_path = "no/such/file.py"


def pytest_report_header():
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/version.db")
        running = describe(engine)
        engine.dispose()
    server = "PostgreSQL: present" if programs() else f"PostgreSQL: {HOW_TO_GET_IT}"
    return f"SQLite {running.version} ({running.driver}); {server}"


@pytest.fixture(scope="session")
def cluster():
    """The PostgreSQL server of this test session."""
    if programs() is None:
        pytest.skip(HOW_TO_GET_IT)
    where = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    with tempfile.TemporaryDirectory(
        prefix="arbitrage-", dir=where, ignore_cleanup_errors=True
    ) as parent:
        Path(parent).chmod(0o755)
        folder = Path(parent) / "server"
        folder.mkdir()
        server = Cluster(programs(), folder)
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """An SQLite file with all tables and no row, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_database(cluster):
    """A PostgreSQL database with all tables and no row, to be copied."""
    name = cluster.database()
    _migrate(cluster.url(name))
    return name


@pytest.fixture(params=DATABASES)
def url(request, tmp_path):
    """The URL of a database of its own, with no table yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/arbitrage.db"
        return
    server = request.getfixturevalue("cluster")
    name = server.database()
    yield server.url(name)
    _drop(server, name)


@pytest.fixture(params=DATABASES)
def store(request, tmp_path):
    """An empty store of its own, ready for use, on each kind of database."""
    if request.param == "sqlite":
        path = tmp_path / "arbitrage.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), path)
        with contextlib.closing(open_store(f"sqlite:///{path}")) as opened:
            yield opened
        return
    server = request.getfixturevalue("cluster")
    name = server.database(request.getfixturevalue("migrated_database"))
    with contextlib.closing(open_store(server.url(name))) as opened:
        yield opened
    _drop(server, name)


def _drop(server, name):
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def _migrate(url):
    with contextlib.closing(open_store(url)) as opened:
        opened.migrate()

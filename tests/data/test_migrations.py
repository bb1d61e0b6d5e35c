"""The tables can be brought from any version to this one, whole or not at all, nothing lost."""

import contextlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from nouns import a_full_registry
from pytest_alembic.tests import (  # noqa: F401  they run here, on each database
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)

from data.engine import open_engine
from data.schema import metadata
from data.store import Act, open_store
from data.store_migrations import config, migrating
from portfolio.errors import Refusal
from portfolio.evaluation import Method
from portfolio.scenario import DebtMode
from portfolio.system import Technology

STAGES = ("sales", "active", "standard", "extended")
ACT = Act("anne", "administrateur", "test")


@pytest.fixture
def alembic_config():
    return config()


@pytest.fixture
def alembic_engine(url):
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def opened(url):
    with contextlib.closing(open_store(url)) as store:
        yield store


def tables(store):
    return set(sa.inspect(store.engine).get_table_names())


def test_an_empty_database_is_ready_once_it_is_migrated(opened):
    assert not opened.is_ready()

    assert opened.migrate() is None

    assert opened.is_ready()
    assert tables(opened) == {*metadata.tables, "alembic_version"}
    assert opened.migrate() is None


def test_the_migrations_make_the_tables_that_the_schema_names(opened):
    opened.migrate()

    with opened.engine.connect() as connection:
        compared = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(compared, metadata) == []


def test_a_migration_that_fails_midway_leaves_nothing_behind(opened, monkeypatch):
    monkeypatch.setattr("alembic.op.create_index", None)  # half of 0002 is done by then

    with pytest.raises(TypeError):
        opened.migrate()

    assert not tables(opened)
    monkeypatch.undo()
    opened.migrate()
    assert opened.is_ready()


def test_what_is_kept_stays_through_a_migration(opened):
    opened.migrate()
    with opened.writing(ACT) as work:
        kept = work.bring_in(a_full_registry())
    with migrating(opened.engine) as connection:
        command.downgrade(config(connection), "0001")
    assert not opened.is_ready()

    backup = opened.migrate()

    with opened.reading() as work:
        assert work.registry("2027") == _as_of_0001(kept)
    if opened.engine.dialect.name == "sqlite":
        with contextlib.closing(sqlite3.connect(backup)) as copy:
            assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
            assert copy.execute("SELECT count(*) FROM projects").fetchall() == [(3,)]
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert Path(backup).name.startswith("arbitrage.before-0001-")


def _system_as_of_0001(system):
    """The end of a paid extension was then the end of support: the extension had been bought."""
    technologies = tuple(
        Technology(t.name, t.version, *(getattr(t, f"{stage}_end") for stage in STAGES),
                   contract_until=t.extended_end)
        for t in system.technologies
    )
    return replace(
        system, technologies=technologies, services=(), dependencies=(), tool_keys=(),
        interest_figure=None, interest_reason="",
    )


def _debt_as_of_0001(debt):
    return replace(
        debt, description="", quadrant=None, principal_priced=None, interest_priced=None,
        loss_after=None, evidence=(), theme="", logged_on=None, closed_on=None, duplicate_of="",
        created_by="", remedies=tuple(replace(r, after=None) for r in debt.remedies),
    )


def _as_of_0001(registry):
    """The registry without what later tables and columns hold."""
    return replace(
        registry,
        cycle=replace(registry.cycle, thresholds=()),
        systems=tuple(map(_system_as_of_0001, registry.systems)),
        debts=tuple(map(_debt_as_of_0001, registry.debts)),
        scenarios=tuple(
            replace(s, debt_mode=DebtMode.SCORE, point_price=None, terminal_years=0)
            for s in registry.scenarios
        ),
        acceptances=(), assessments=(), year_ends=(),
        projects=tuple(
            replace(p, quantities=(), debt_effects=(), confidential=frozenset())
            for p in registry.projects
        ),
        people=tuple(replace(p, service="", expertise=frozenset()) for p in registry.people),
        evaluations=tuple(replace(e, is_given=True) for e in registry.evaluations),
        ballots=tuple(
            replace(
                b, is_cast=True, comparisons=(),
                weights=tuple(replace(w, method=Method.DIRECT) for w in b.weights),
            )
            for b in registry.ballots
        ),
        rounds=(), conflicts=(), adopted=(), factors=(),
    )


def test_rows_beneath_stay_when_a_migration_makes_their_table_anew(opened):
    opened.migrate()
    with opened.writing(ACT) as work:
        kept = work.bring_in(a_full_registry())

    with migrating(opened.engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("projects", recreate="auto") as batch:
            batch.alter_column("title", nullable=True)

    with opened.reading() as work:
        assert work.registry("2027") == kept


def test_a_database_of_a_later_version_is_left_alone(opened):
    opened.migrate()
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(Refusal) as refused:
        opened.migrate()

    assert refused.value.code == "database-newer"
    assert refused.value.facts["found"] == "9999"
    assert not opened.is_ready()


def test_of_several_programs_that_start_at_once_one_migrates(url):
    def start(_number):
        with contextlib.closing(open_store(url)) as store:
            store.migrate()
            return store.is_ready()

    with ThreadPoolExecutor(4) as programs:
        assert list(programs.map(start, range(4))) == [True] * 4


def test_a_database_that_is_gone_is_not_ready(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/folder/arbitrage.db")
    store.migrate()
    store.close()
    for file in (tmp_path / "folder").iterdir():
        file.unlink()
    (tmp_path / "folder").rmdir()

    assert not store.is_ready()

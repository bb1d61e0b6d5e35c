"""A server that stops, or loses a connection, costs one clear refusal and nothing that was kept."""

import contextlib

import pytest
import sqlalchemy as sa
from nouns import a_cycle, a_project

from data import journal, store_attachments
from data.engine import describe, open_engine
from data.store import Act, open_store
from portfolio.errors import Missing, Refusal
from portfolio.project import Project

pytestmark = pytest.mark.postgres
ACT = Act("anne", "responsable", "test")


@pytest.fixture
def store(cluster, migrated_database):
    """A store with one cycle."""
    name = cluster.database(migrated_database)
    with contextlib.closing(open_store(cluster.url(name))) as opened:
        with opened.writing(ACT) as work:
            work.save(None, a_cycle())
        yield opened
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_attached_bytes_come_back_to_the_letter_and_go(store):
    content = bytes(range(256)) * 4
    with store.writing(ACT) as work:
        digest = store_attachments.keep(work, content)
        assert store_attachments.keep(work, content) == digest
    with store.reading() as work:
        assert store_attachments.read(work, digest) == content
    with store.writing(ACT) as work:
        store_attachments.drop(work, digest)
    with store.reading() as work, pytest.raises(Missing, match="no-such-attachment"):
        store_attachments.read(work, digest)


def codes(store):
    with store.reading() as work:
        assert journal.verify(work).is_sound
        return [project.code for project in work.every(Project, "2027")]


def test_it_is_reached_by_the_url_that_people_write(cluster):
    for scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        engine = open_engine(cluster.url("postgres").replace("postgresql", scheme, 1))
        assert describe(engine).database == "PostgreSQL"
        assert engine.url.drivername == "postgresql+psycopg"
        engine.dispose()


def test_a_reader_cannot_write(store):
    with pytest.raises(Refusal, match="read-only"), store.reading() as work:
        work.connection.exec_driver_sql("DELETE FROM cycles")


def test_a_connection_lost_in_mid_act_is_refused_and_leaves_no_half(cluster, store):
    def loses_its_connection():
        with store.writing(ACT) as work:
            work.save("2027", a_project("P1"))
            pid = work.connection.scalar(sa.text("SELECT pg_backend_pid()"))
            cluster.run(f"SELECT pg_terminate_backend({pid})")
            work.save("2027", a_project("P2"))

    with pytest.raises(Refusal, match="no-database"):
        loses_its_connection()

    assert codes(store) == []
    with store.writing(ACT) as work:
        work.save("2027", a_project("P3"))
    assert codes(store) == ["P3"]


def test_a_server_that_stops_at_once_comes_back_with_all_that_was_kept(cluster, store):
    with store.writing(ACT) as work:
        work.save("2027", a_project("P1"))

    def loses_its_server():
        with store.writing(ACT) as work:
            work.save("2027", a_project("P2"))
            cluster.stop()

    with pytest.raises(Refusal, match="no-database"):
        loses_its_server()
    assert not store.is_ready()
    with pytest.raises(Refusal, match="no-database"), store.reading():
        pass
    cluster.start()

    assert codes(store) == ["P1"]
    assert store.is_ready()


def test_an_idle_connection_that_was_lost_is_replaced_unseen(cluster, store):
    assert codes(store) == []
    cluster.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{store.engine.url.database}'"
    )

    assert codes(store) == []

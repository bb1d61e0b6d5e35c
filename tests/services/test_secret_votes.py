"""A secret vote: that a member voted is kept, and nothing that could tell how."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sitting import ABSTAIN, AGAINST, FOR, counts, put, settle, sit, vote, votes

from data.engine import open_engine
from data.schema import metadata
from data.schema_room import tallies
from data.store import Store
from portfolio.errors import Refusal
from portfolio.meeting import Choice

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
SAID = (FOR, AGAINST, FOR, ABSTAIN, AGAINST)
SAID_OTHERWISE = (AGAINST, FOR, ABSTAIN, AGAINST, FOR)  # the same five, by others, in another order


@pytest.fixture
def house(migrated_file, tmp_path):
    """house(name): a committee of its own, in a house whose clock stands still."""
    engines = []

    def build(name):
        engine = open_engine(f"sqlite:///{shutil.copy(migrated_file, tmp_path / f'{name}.db')}")
        engines.append(engine)
        store = Store(engine, clock=lambda: NOON)
        return store, sit(store)

    yield build
    for engine in engines:
        engine.dispose()


def all_vote(store, members, said):
    """Each in her turn, the same turn in each house."""
    for n, (member, choice) in enumerate(zip(members, said, strict=True)):
        vote(store, member, choice, request=f"{n}")


def written(store):
    """Every byte of the database, in a copy without the blanks that deletions left."""
    copy = Path(store.engine.url.database).with_suffix(".copy")
    with store.engine.connect() as connection:
        connection.commit()  # no copy is made within a transaction
        connection.connection.execute("VACUUM INTO ?", (str(copy),))
    content = copy.read_bytes()
    copy.unlink()
    return content


def test_the_database_is_the_same_byte_by_byte_whoever_said_what(house):
    """While the vote is open and once it is settled: only the sums could ever tell."""
    (one, members), (other, _) = house("one"), house("other")
    for store, said in ((one, SAID), (other, SAID_OTHERWISE)):
        put(store, is_secret=True)
        all_vote(store, members[1:] + members[:1], said)

    assert written(one) == written(other)
    assert counts(settle(one)) == counts(settle(other)) == (5, 2, 2, 1)
    assert written(one) == written(other)


def test_an_open_vote_does_tell_who_said_what(house):
    """Else the test above would pass whatever is kept."""
    (one, members), (other, _) = house("one"), house("other")
    for store, said in ((one, SAID), (other, SAID_OTHERWISE)):
        put(store)
        all_vote(store, members, said)

    assert written(one) != written(other)
    assert {table for table, _ in found(one)} == {"votes", "journal"}


def test_no_row_of_any_table_holds_a_voter_and_a_choice(store):
    members = sit(store)
    put(store, is_secret=True)
    all_vote(store, members, SAID)

    assert {one.choice for one in votes(store).values()} == {None}
    assert found(store) == []
    settle(store)
    assert found(store) == []
    assert rows(store, tallies) == []


def test_the_database_s_own_marks_do_not_tell_which_counter_the_last_voter_moved(store):
    """PostgreSQL notes on each row the transaction that wrote it; the vote's own row has one too.

    SQLite notes none: there, the counters are read as they stand.
    """
    members = sit(store)
    put(store, is_secret=True)
    all_vote(store, members, SAID)

    if store.engine.dialect.name == "postgresql":
        with store.engine.connect() as connection:
            marks = connection.exec_driver_sql("SELECT DISTINCT xmin::text FROM tallies").all()
        assert len(marks) == 1
    assert {row["choice"]: row["votes"] for row in rows(store, tallies)} == {
        "pour": 2, "contre": 2, "abstention": 1,
    }  # fmt: skip


def test_a_refused_vote_tells_the_journal_nothing_of_the_choice(store):
    members = sit(store)
    put(store, is_secret=True)
    vote(store, members[0], FOR)
    with pytest.raises(Refusal, match=r"^already-voted"):
        vote(store, members[0], AGAINST)

    assert found(store) == []


def found(store):
    """Every row of any table that holds a member of the committee and a choice."""
    people = {f"m{n}" for n in range(1, 6)}
    return [
        (table.name, row)
        for table in metadata.sorted_tables
        for row in rows(store, table)
        if has(row, people) and has(row, set(Choice))
    ]


def rows(store, table):
    with store.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(sa.select(table))]


def has(row, words):
    """Whether one of the words stands in the row, alone or quoted in a longer text."""
    texts = [str(value) for value in row.values() if value is not None]
    return any(word in words for word in texts) or any(
        f'"{word}"' in text for word in words for text in texts
    )

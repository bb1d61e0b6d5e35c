"""Changes the journal as someone would who holds the whole database."""

from dataclasses import replace

import sqlalchemy as sa

from data.journal import FIRST, Line
from data.schema import journal as table

TRIGGERS = ("journal_no_update", "journal_no_delete", "journal_only_at_end")


def unguarded(store, *statements):
    """Take the database's guards away, then change the journal."""
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER USER")
        else:
            for name in TRIGGERS:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def changed(place, /, **values):
    return sa.update(table).where(table.c.sequence == place).values(**values)


def removed(where):
    return sa.delete(table).where(where)


def rechained(told, first, **values):
    """The lines from ``first`` on, that one changed, each sealed anew."""
    previous = told[first - 2].hash if first > 1 else FIRST
    forged = []
    for line in told[first - 1:]:
        line = replace(line, previous=previous, **(values if line.sequence == first else {}))
        line = replace(line, hash=line.sealed())
        previous = line.hash
        forged.append(line)
    return forged


def rewritten(*forged):
    return [changed(line.sequence, **as_row(line)) for line in forged]


def as_row(line):
    return {name: getattr(line, name) for name in Line.__dataclass_fields__}

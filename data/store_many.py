"""Many nouns at once: saved in bulk, and taken back to what they were before a batch."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Date, Table

from data.store_nouns import BY_NOUN, SHAPES, Noun
from data.store_shapes import Key, Row, Rows, Shape, height, key_columns
from data.store_work import N, Work, at_version, object_key, summary
from portfolio.batch import Undo
from portfolio.errors import Invalid, Stale

BY_NAME = {shape.name: shape for shape in SHAPES}
AT_ONCE = 1000


def save_many(work: Work, cycle: str, nouns: Sequence[N]) -> tuple[N, ...]:
    """Save nouns of one kind that have no rows beneath; each with the version it got.

    As ``Work.save``, with one line of the journal for all of them: their count and the SHA-256 of
    their content. Stale when one of them is no longer at the version it says.
    """
    if not nouns:
        return ()
    shape = BY_NOUN[type(nouns[0])]
    saved = tuple(at_version(noun, getattr(noun, "version", 0) + 1) for noun in nouns)
    new = [s for s, noun in zip(saved, nouns, strict=True) if not getattr(noun, "version", 0)]
    old = [s for s, noun in zip(saved, nouns, strict=True) if getattr(noun, "version", 0)]
    _insert(work, shape, cycle, new)
    _update(work, shape, cycle, old)
    work.note(shape.table.name, object_key((cycle,)), None, summary(saved))
    return saved


def undo_of(cycle: str, before: Noun | None, saved: Noun) -> Undo:
    """What takes the noun back from ``saved`` to ``before`` (None: it was not there)."""
    shape = BY_NOUN[type(saved)]
    told = None if before is None else _adapter(shape.nouns[0]).dump_json(before).decode()
    key = object_key(shape.key(saved, (cycle,))[1:])
    return Undo(shape.name, key, told, getattr(saved, "version", 0))


def take_back(work: Work, cycle: str, changes: Iterable[Undo]) -> None:
    """Make every noun what it was before; Invalid("changed-since") when one was changed since."""
    by_kind: dict[str, list[Undo]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    for kind, own in by_kind.items():
        shape = BY_NAME[kind]
        _refuse_changed(work, shape, cycle, own)
        gone = [_key(shape.table, cycle, u.key) for u in own if u.before is None]
        for key in gone:
            conditions = [shape.table.c[n] == part for n, part in _named(shape.table, key)]
            work.connection.execute(sa.delete(shape.table).where(*conditions))
        restored = [_restored(shape, u) for u in own if u.before is not None]
        if len(shape.tables) > 1:
            for noun in restored:
                work.save(cycle, noun)
        else:
            save_many(work, cycle, restored)
        if gone:
            keys = {"count": len(gone), "keys": [object_key(key[1:]) for key in gone[:AT_ONCE]]}
            work.note(shape.table.name, object_key((cycle,)), keys, None)


def _restored(shape: Shape, undo: Undo) -> Noun:
    """The noun as it was, at the version it has now, so that saving it gives it the next one."""
    noun: Noun = _adapter(shape.nouns[0]).validate_json(undo.before or "")
    return at_version(noun, undo.version)


def _refuse_changed(work: Work, shape: Shape, cycle: str, changes: Sequence[Undo]) -> None:
    names = key_columns(shape.table)
    columns = [shape.table.c[name] for name in names]
    asked = sa.select(*columns, shape.table.c.version).where(shape.table.c.cycle == cycle)
    held = {tuple(row[:-1]): row[-1] for row in work.connection.execute(asked)}
    for change in changes:
        if held.get(_key(shape.table, cycle, change.key)) != change.version:
            raise Invalid("changed-since", field=shape.name, found=change.key)


def _insert(work: Work, shape: Shape, cycle: str, nouns: Sequence[Noun]) -> None:
    last = sa.select(sa.func.max(shape.table.c.position)).where(shape.table.c.cycle == cycle)
    newest = work.connection.execute(last).scalar()
    first = 0 if newest is None else newest + 1
    for chunk in _chunks(nouns):
        rows: Rows = {}
        for place, noun in enumerate(chunk):
            shape.write(noun, (cycle,), first + place, rows)
        first += len(chunk)
        work.connection.execute(sa.insert(shape.table), rows[shape.table.name])


def _update(work: Work, shape: Shape, cycle: str, nouns: Sequence[Noun]) -> None:
    table, keys = shape.table, key_columns(shape.table)
    where = [table.c[name] == sa.bindparam(f"key_{name}") for name in keys]
    where.append(table.c.version == sa.bindparam("key_version"))
    for chunk in _chunks(nouns):
        rows: Rows = {}
        for noun in chunk:
            shape.write(noun, (cycle,), 0, rows)
        own = rows[table.name]
        names = [name for name in own[0] if name not in ("position", *keys)]
        values: dict[str, Any] = {name: sa.bindparam(f"to_{name}") for name in names}
        change = sa.update(table).where(*where).values(values)
        told = [_told(row, keys) for row in own]
        for noun, row in zip(chunk, told, strict=True):
            if not work.connection.execute(change, row).rowcount:
                raise Stale("stale", yours=noun, theirs=None)


def _told(row: Row, keys: tuple[str, ...]) -> Row:
    told = {f"to_{name}": value for name, value in row.items() if name not in ("position", *keys)}
    return told | {f"key_{name}": row[name] for name in keys} | {"key_version": row["version"] - 1}


def _chunks(nouns: Sequence[N]) -> Iterator[Sequence[N]]:
    yield from (nouns[i : i + AT_ONCE] for i in range(0, len(nouns), AT_ONCE))


def _named(table: Table, key: Key) -> Iterator[tuple[str, Any]]:  # Any: texts, numbers, days
    yield from zip(key_columns(table), key, strict=True)


def _key(table: Table, cycle: str, told: str) -> Key:
    """The key that ``object_key`` wrote."""
    parts = [part.replace("%2F", "/").replace("%25", "%") for part in told.split("/")]
    names = key_columns(table)[height(table) :]
    return (cycle, *(_part(table, name, p) for name, p in zip(names, parts, strict=True)))


def _part(table: Table, name: str, told: str) -> str | int | date:
    kind = table.c[name].type
    if isinstance(kind, Date):
        return date.fromisoformat(told)
    return int(told) if isinstance(kind, BigInteger) else told


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:  # of that very type
    return TypeAdapter(kind)

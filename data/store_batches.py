"""What a batch changed, kept row by row beside it: read only when it is taken back."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from data.schema import undo
from data.store_work import Reading, Work
from portfolio.batch import Undo

AT_ONCE = 1000


def keep_changes(work: Work, cycle: str, number: int, changes: Sequence[Undo]) -> None:
    """Keep what takes the batch of that number back; once, in the act that brings it in."""
    for first in range(0, len(changes), AT_ONCE):
        rows = [
            {"cycle": cycle, "number": number, "position": first + at, "kind": one.kind,
             "key": one.key, "before": one.before, "changed_to": one.version}
            for at, one in enumerate(changes[first : first + AT_ONCE])
        ]  # fmt: skip
        work.connection.execute(sa.insert(undo), rows)


def changes_of(work: Reading, cycle: str, number: int) -> tuple[Undo, ...]:
    """What takes the batch of that number back, in the order in which it was done."""
    asked = sa.select(undo.c.kind, undo.c.key, undo.c.before, undo.c.changed_to)
    asked = asked.where(undo.c.cycle == cycle, undo.c.number == number).order_by(undo.c.position)
    return tuple(Undo(*row) for row in work.connection.execute(asked))


def follow(work: Work, cycle: str, moved: Mapping[tuple[str, str, int], int]) -> None:
    """Earlier batches know a noun by the version they gave it: tell them the one it has now.

    moved   (kind, key, version that a batch gave) -> the version at which it says the same again
    """
    asked = sa.select(undo.c.number, undo.c.position, undo.c.kind, undo.c.key, undo.c.changed_to)
    rows = work.connection.execute(asked.where(undo.c.cycle == cycle))
    told = [
        {"in_number": number, "in_position": position, "now": moved[kind, key, version]}
        for number, position, kind, key, version in rows
        if (kind, key, version) in moved
    ]
    if told:
        here = (undo.c.cycle == cycle, undo.c.number == sa.bindparam("in_number"),
                undo.c.position == sa.bindparam("in_position"))  # fmt: skip
        change = sa.update(undo).where(*here).values(changed_to=sa.bindparam("now"))
        work.connection.execute(change, told)


def forget_changes(work: Work, cycle: str, number: int) -> None:
    """Let go of them, once the batch was taken back."""
    gone = sa.delete(undo).where(undo.c.cycle == cycle, undo.c.number == number)
    work.connection.execute(gone)

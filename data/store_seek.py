"""Components found by a few words among the hundreds of thousands that a city has."""

from collections.abc import Sequence

import sqlalchemy as sa

from data.schema import components
from data.store_register import COMPONENT
from data.store_work import Reading
from portfolio.finding import Component

LOOKED_AT = ("name", "number", "purl", "cpe", "product")
ESCAPE = "\\"


def components_with(
    work: Reading, cycle: str, words: Sequence[str], most: int
) -> tuple[Component, ...]:
    """Components still there that hold every word, whatever the capitals; at most so many."""
    table = components.c
    asked = sa.select(components).where(table.cycle == cycle, table.gone_on.is_(None))
    for word in words:
        like = f"%{_literal(word)}%"
        asked = asked.where(sa.or_(*(table[n].ilike(like, escape=ESCAPE) for n in LOOKED_AT)))
    asked = asked.order_by(table.system, table.name, table.number, table.key).limit(most)
    rows = work.connection.execute(asked).mappings()
    return tuple(COMPONENT.read(dict(row), {}) for row in rows)


def _literal(word: str) -> str:
    for mark in (ESCAPE, "%", "_"):
        word = word.replace(mark, ESCAPE + mark)
    return word

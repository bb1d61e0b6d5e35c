"""The same program without the columns that no row and no gain asks for."""

from collections.abc import Iterable, Mapping, Sequence

from optimizer.program import Program, is_whole
from portfolio.choices import Column
from portfolio.rules import Row


def lean(
    program: Program, gains: Sequence[Mapping[Column, float]], keep_whole: bool = False
) -> Program:
    """For those gains: every point that nothing dominates is still there, in at least one plan.

    A column that gains nothing and eases no row is 0; a row that nothing left can break is dropped.
    keep_whole   keep all plans: no column that is 0 or 1 is dropped
    """
    most, rows = dict(program.most), program.rows
    while True:
        wanted = {c for gain in gains for c, number in gain.items() if number > 0}
        for row in rows:
            wanted.update(_eases(row))
        idle = [c for c in most if c not in wanted and not (keep_whole and is_whole(c))]
        if not idle:
            return Program(most, _of(program.gain, most), rows)
        for column in idle:
            del most[column]
        rows = tuple(_without(rows, most))


def _eases(row: Row) -> Iterable[Column]:
    """The columns that help to keep the row when they grow."""
    if row.sense == "==":
        return row.terms
    sign = -1.0 if row.sense == "<=" else 1.0
    return (column for column, number in row.terms.items() if number * sign > 0)


def _without(rows: Iterable[Row], most: Mapping[Column, float]) -> Iterable[Row]:
    for row in rows:
        terms = _of(row.terms, most)
        low = sum(min(number * most[c], 0.0) for c, number in terms.items())
        high = sum(max(number * most[c], 0.0) for c, number in terms.items())
        if row.sense == "==" or not (high <= row.rhs if row.sense == "<=" else low >= row.rhs):
            yield Row(row.label, terms, row.sense, row.rhs)


def _of(terms: Mapping[Column, float], most: Mapping[Column, float]) -> dict[Column, float]:
    return {column: number for column, number in terms.items() if column in most}

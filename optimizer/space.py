"""A posed program as sparse matrices, with the columns of one choice together: where plans move."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from optimizer.arrays import Arrays, Numbers
from optimizer.posed import Posed
from portfolio.choices import Column, Start

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Space:
    """rows, columns   the same matrix, compressed by row and by column
    low, high        of each row          least, most   of each column
    group            of each column: the choice it belongs to (a project, a debt to retire on its
                     own), of which at most one column is taken; -1 = an amount
    first, member    columns of group g: member[first[g]:first[g + 1]]
    held             groups with a column that must be taken, or cannot be moved
    """

    rows: sparse.csr_matrix
    columns: sparse.csc_matrix
    low: Numbers
    high: Numbers
    least: Numbers
    most: Numbers
    gain: Numbers
    is_whole: NDArray[np.bool_]
    group: Counts
    first: Counts
    member: Counts
    held: NDArray[np.bool_]

    @classmethod
    def of(cls, arrays: Arrays, posed: Posed) -> "Space":
        """The arrays under the twist, its added rows included."""
        count = len(arrays.columns)
        both = [
            sparse.csr_matrix((own.number, own.column, own.first), shape=(len(own.low), count))
            for own in (arrays.lines, posed.more)
        ]
        rows = sparse.vstack(both, format="csr")
        group = _groups(arrays.columns)
        order = np.argsort(group, kind="stable")
        member = order[group[order] >= 0].astype(np.int64)
        names = int(group.max(initial=-1)) + 1
        first = np.searchsorted(group[member], np.arange(names + 1)).astype(np.int64)
        held = np.zeros(names, bool)
        held[group[(posed.least > 0) & (group >= 0)]] = True
        low, high = np.append(posed.low, posed.more.low), np.append(posed.high, posed.more.high)
        return cls(
            rows, rows.tocsc(), low, high, posed.least, posed.most, posed.gain, arrays.is_whole,
            group, first, member, held,
        )  # fmt: skip

    def keeps(self, taken: Numbers, room: float) -> bool:
        """Whether every row and bound is kept, to within ``room``."""
        sums = self.rows @ taken
        return bool(
            (sums >= self.low - room).all()
            and (sums <= self.high + room).all()
            and (taken >= self.least - room).all()
            and (taken <= self.most + room).all()
        )

    def groups_of(self, columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The groups with one of these columns."""
        found = np.zeros(len(self.held), bool)
        found[self.group[columns & (self.group >= 0)]] = True
        return found


def _groups(columns: tuple[Column, ...]) -> Counts:
    """Group of each column, numbered as they come; -1 = an amount that is not whole."""
    known: dict[tuple[str, ...], int] = {}
    group = np.full(len(columns), -1, np.int64)
    for at, column in enumerate(columns):
        if isinstance(column, Start):
            group[at] = known.setdefault((column.project,), len(known))
        elif column.is_whole:
            group[at] = known.setdefault((column.kind, column.subject), len(known))
    return group

"""Many projects on many criteria under many weightings at once: worths and ranks.

The rule is that of scoring/value.py: what is not scored is left out, and the weights of what is
known count for the whole. Source: Keeney & Raiffa 1976 (additive value).
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from portfolio.errors import Invalid

Numbers: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]

SUM = 1e-6  # how far from 1 the sum of weights may be
TOGETHER = 64  # weightings worked on at once: what they need stays in the processor's cache


def checked(values: ArrayLike) -> Numbers:
    """``values``: projects x criteria, 0..1, NaN = not scored; Invalid when they are anything else.

    Refused: infinity, numbers off 0..1, no project, no criterion, no table at all.
    """
    table = complete_or_not(values)
    off = table[(table < 0) | (table > 1)]
    if off.size:
        raise Invalid("not-a-share", field="values", found=float(off[0]), low=0, high=1)
    return table


def complete_or_not(values: ArrayLike) -> Numbers:
    """``values``: alternatives x criteria in any unit, NaN = not known; infinity is refused."""
    table = _floats("values", values)
    if table.ndim != 2:
        raise Invalid("not-a-table", field="values", found=table.ndim)
    for name, count in zip(("projects", "criteria"), table.shape, strict=True):
        if not count:
            raise Invalid("too-few", field=name, found=0, low=1)
    if np.isinf(table).any():
        raise Invalid("not-a-number", field="values", found="inf")
    return table


def complete(values: ArrayLike) -> Numbers:
    """``values``: alternatives x criteria in any unit, every one of them known."""
    table = complete_or_not(values)
    if np.isnan(table).any():
        raise Invalid("not-a-number", field="values", found="NaN")
    return table


def weightings(weights: ArrayLike, criteria: int) -> Numbers:
    """``weights``: weightings x criteria (or one weighting), each >= 0, each row's sum 1.

    Invalid for NaN, infinity, a negative weight, another sum than 1 (beyond ``SUM``), another
    number of criteria than ``criteria``, or no weighting at all.
    """
    rows = np.atleast_2d(_floats("weights", weights))
    if rows.ndim != 2 or rows.shape[1] != criteria:
        raise Invalid("not-as-many", field="weights", found=rows.shape[-1], accepted=criteria)
    if not len(rows):
        raise Invalid("too-few", field="weights", found=0, low=1)
    if not np.isfinite(rows).all():
        raise Invalid("not-a-number", field="weights", found=float(rows[~np.isfinite(rows)][0]))
    if (rows < 0).any():
        raise Invalid("too-low", field="weights", found=float(rows.min()), low=0)
    sums = rows.sum(axis=1)
    worst = float(sums[np.abs(sums - 1.0).argmax()])
    if abs(worst - 1.0) > SUM:
        raise Invalid("weights-off", field="weights", found=worst)
    return rows


def worth(values: ArrayLike, weights: ArrayLike) -> Numbers:
    """Weightings x projects: what each project is worth, 0..1, under each weighting.

    values    projects x criteria, 0..1, NaN = not scored
    weights   weightings x criteria, or one weighting
    NaN where none of what weighs is scored. A project's worth is the same to the last bit whoever
    stands beside it: criteria are added in their order, never in blocks of projects.
    """
    table = checked(values)
    return _worth(table, weightings(weights, table.shape[1]))


def ranks(worths: ArrayLike) -> Places:
    """Rows x projects: 1 = worth the most; equals share the better rank; NaN comes after all.

    worths   rows x projects, NaN = not known
    """
    rows = np.atleast_2d(np.asarray(worths, dtype=float))
    losses = np.where(np.isnan(rows), np.inf, -rows)
    order = np.argsort(losses, axis=1)
    sorted_ = np.take_along_axis(losses, order, axis=1)
    places = np.arange(rows.shape[1])[None, :]
    is_new = np.ones(sorted_.shape, dtype=bool)
    is_new[:, 1:] = sorted_[:, 1:] != sorted_[:, :-1]
    shared = np.maximum.accumulate(np.where(is_new, places, 0), axis=1) + 1
    found = np.empty(rows.shape, dtype=np.int64)
    np.put_along_axis(found, order, shared, axis=1)
    return found


def filled(values: ArrayLike, weights: ArrayLike) -> Numbers:
    """Projects x criteria, complete: what is not scored counts as the project's worth.

    That changes no worth under that weighting, and lets methods be asked that need every figure.
    Invalid when a project has nothing scored of what weighs.
    """
    table = checked(values)
    own = worth(table, weights)[0]
    if np.isnan(own).any():
        raise Invalid("too-few", field="values", found=0, low=1)
    return np.where(np.isnan(table), own[:, None], table)


def _worth(table: Numbers, rows: Numbers) -> Numbers:
    known = np.where(np.isnan(table), 0.0, table).T.copy()
    there = (~np.isnan(table)).T.astype(float)
    is_full = bool(there.all())
    found = np.empty((len(rows), len(table)))
    for at in range(0, len(rows), TOGETHER):
        some = rows[at : at + TOGETHER]
        whole = _sum(known, some)
        cover = _sum(there[:, :1] if is_full else there, some)  # added alike, to the last bit
        with np.errstate(divide="ignore", invalid="ignore"):
            found[at : at + TOGETHER] = np.where(cover > 0, whole / cover, np.nan)
    return np.minimum(found, 1.0)


def _sum(columns: Numbers, rows: Numbers) -> Numbers:
    """Weightings x projects: the sum over criteria, added one after the other."""
    total = np.zeros((len(rows), columns.shape[1]))
    product = np.empty_like(total)
    for column, weight in zip(columns, rows.T, strict=True):
        np.multiply(weight[:, None], column[None, :], out=product)
        total += product
    return total


def _floats(field: str, given: ArrayLike | Sequence[object]) -> Numbers:
    try:
        return np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise Invalid("not-a-number", field=field, found=str(given)[:40]) from None

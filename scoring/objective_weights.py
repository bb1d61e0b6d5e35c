"""What the figures alone would weigh: shown as a remark, never used.

A criterion weighs more here because projects differ on it, not because anyone values it.
"""

import numpy as np
from numpy.typing import ArrayLike

from portfolio.errors import Invalid
from scoring import matrix
from scoring.matrix import Numbers


def entropy(values: ArrayLike) -> Numbers:
    """Weights by how unevenly a criterion's figures are shared out; they add up to 1.

    values   alternatives x criteria, any unit, >= 0, no NaN
    A criterion that is 0 everywhere, or the same, weighs nothing; equal weights when all do.
    Source: Shannon entropy weights, as in Elsayed et al. 2017.
    """
    table = matrix.complete(values)
    if (table < 0).any():
        raise Invalid("too-low", field="values", found=float(table.min()), low=0)
    sums = table.sum(axis=0)
    shares = table / np.where(sums > 0, sums, 1.0)
    logs = np.log(np.where(shares > 0, shares, 1.0))
    told = -(shares * logs).sum(axis=0) / np.log(max(2, len(table)))
    is_told = (sums > 0) & (np.ptp(table, axis=0) > 0)
    return _shared(np.where(is_told, 1.0 - told, 0.0))


def critic(values: ArrayLike, types: ArrayLike | None = None) -> Numbers:
    """Weights by how much a criterion varies and how little others say the same; they add up to 1.

    values   alternatives x criteria, any unit, no NaN       types   +1 or -1; None = all +1
    A criterion that is the same everywhere weighs nothing; equal weights when all do.
    Source: Diakoulaki, Mavrotas & Papayannakis 1995, Computers & OR 22(7):763-770.
    """
    table = matrix.complete(values)
    signs = np.ones(table.shape[1]) if types is None else np.asarray(types, float)
    room = np.ptp(table, axis=0)
    varies = np.flatnonzero(room > 0)
    weights = np.zeros(table.shape[1])
    if not len(varies):
        return _shared(weights)
    scaled = (table * signs)[:, varies]
    scaled = (scaled - scaled.min(axis=0)) / room[varies]
    alike = np.atleast_2d(np.corrcoef(scaled, rowvar=False))
    weights[varies] = scaled.std(axis=0, ddof=1) * np.maximum(1.0 - alike, 0.0).sum(axis=0)
    return _shared(weights)


def _shared(weights: Numbers) -> Numbers:
    """As shares of their sum; equal ones when nothing weighs."""
    weights = np.maximum(weights, 0.0)
    whole = weights.sum()
    return weights / whole if whole > 0 else np.full(len(weights), 1.0 / len(weights))

"""SMAA-2: how often each project comes at each rank when weights, and ratings, are not settled.

Source: Lahdelma & Salminen 2001, Operations Research 49(3):444-454.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from portfolio.errors import Invalid
from scoring import matrix
from scoring.matrix import Numbers, Places


@dataclass(frozen=True, slots=True)
class Acceptability:
    """What draws say of every project; ``draws`` of them.

    shares      projects x ranks: in what share of the draws the project comes at that rank (equals
                share the better one)
    errors      the standard error of each share, as Share.of has it: 0 and 1 are not certain
    central     projects x criteria: the mean of the weightings under which the project comes
                first; NaN where it never does
    confidence  how often the project comes first under its central weights, over the ratings
                drawn; NaN where it never does under any
    ranks       draws x projects
    """

    shares: Numbers
    errors: Numbers
    central: Numbers
    confidence: Numbers
    ranks: Places

    @property
    def draws(self) -> int:
        return len(self.ranks)

    def within(self, count: int) -> tuple[Numbers, Numbers]:
        """(share of the draws in which each project is among the first ``count``, its error)."""
        return shared((self.ranks <= count).sum(axis=0), self.draws)

    def span(self, share: float = 0.9) -> tuple[Places, Places, Places]:
        """(rank reached or bettered in few draws, in half, in most): ``share`` lies between."""
        sides = ((1 - share) / 2, 0.5, (1 + share) / 2)
        low, half, high = np.quantile(self.ranks, sides, axis=0, method="inverted_cdf")
        return low.astype(np.int64), half.astype(np.int64), high.astype(np.int64)


def shared(counts: Places, draws: int) -> tuple[Numbers, Numbers]:
    """(share, standard error) of so many of ``draws``; p = (count + 1) / (draws + 2) in the error.

    Source: Laplace's rule, so that a share of 0 or 1 is not told as certain.
    """
    p = (counts + 1) / (draws + 2)
    return counts / draws, np.sqrt(p * (1 - p) / draws)


def acceptability(values: ArrayLike, weights: ArrayLike) -> Acceptability:
    """Ranks under every weighting drawn, counted.

    values    projects x criteria, 0..1, NaN = not scored; or draws x projects x criteria, as many
              draws as weightings, when ratings are not settled either
    weights   draws x criteria, drawn as scoring.drawing does
    """
    table = np.asarray(values, dtype=float)
    if table.ndim == 3:
        return _of_draws(_checked(table), weights)
    table = matrix.checked(table)
    rows = matrix.weightings(weights, table.shape[1])
    found = matrix.ranks(matrix.worth(table, rows))
    central = _central(found, rows)
    known = np.flatnonzero(~np.isnan(central[:, 0]))
    confidence = np.full(len(table), np.nan)
    if len(known):
        own = matrix.ranks(matrix.worth(table, central[known]))
        confidence[known] = own[np.arange(len(known)), known] == 1
    return _counted(found, central, confidence)


def ratings(means: ArrayLike, errors: ArrayLike, count: int, seed: int) -> Numbers:
    """Draws x projects x criteria: values near their mean, as far as evaluators are apart.

    means    projects x criteria, 0..1, NaN = not scored
    errors   the standard error of each, NaN = not known: the mean is then taken as it stands
    Normal, brought back within 0..1.
    """
    table, spread = matrix.checked(means), matrix.complete_or_not(errors)
    if spread.shape != table.shape:
        raise Invalid("not-as-many", field="errors", found=spread.size, accepted=table.size)
    dice = np.random.default_rng(seed)
    off = dice.standard_normal((count, *table.shape)) * np.nan_to_num(spread)
    return np.clip(table + off, 0.0, 1.0)


def entropy(shares: ArrayLike) -> float:
    """Bits: how undecided the first rank is; 0 = one project always comes first.

    shares   of the first rank, a project each
    """
    p = matrix.complete(np.atleast_2d(np.asarray(shares, float)))
    return float(-(p * np.log2(np.where(p > 0, p, 1.0))).sum())


def _checked(draws: Numbers) -> Numbers:
    if not draws.size:
        raise Invalid("too-few", field="values", found=0, low=1)
    if np.isinf(draws).any():
        raise Invalid("not-a-number", field="values", found="inf")
    return draws


def _of_draws(draws: Numbers, weights: ArrayLike) -> Acceptability:
    rows = matrix.weightings(weights, draws.shape[2])
    if len(rows) != len(draws):
        raise Invalid("not-as-many", field="weights", found=len(rows), accepted=len(draws))
    found = matrix.ranks(_worth(draws, rows[:, None, :]))
    central = _central(found, rows)
    confidence = np.full(draws.shape[1], np.nan)
    for at in np.flatnonzero(~np.isnan(central[:, 0])):
        own = matrix.ranks(_worth(draws, central[at][None, None, :]))
        confidence[at] = (own[:, at] == 1).mean()
    return _counted(found, central, confidence)


def _worth(draws: Numbers, weights: Numbers) -> Numbers:
    """Draws x projects: each draw of the values under its own weighting."""
    there = ~np.isnan(draws)
    cover = (there * weights).sum(axis=2)
    whole = (np.where(there, draws, 0.0) * weights).sum(axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        worths: Numbers = np.where(cover > 0, whole / cover, np.nan)
    return worths


def _central(found: Places, rows: Numbers) -> Numbers:
    is_first = (found == 1).astype(float)
    counts = is_first.sum(axis=0)
    sums: Numbers = is_first.T @ rows
    return np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], np.nan)


def _counted(found: Places, central: Numbers, confidence: Numbers) -> Acceptability:
    draws, projects = found.shape
    cells = found - 1 + np.arange(projects) * projects
    counts = np.bincount(cells.ravel(), minlength=projects * projects)
    shares, errors = shared(counts.reshape(projects, projects), draws)
    return Acceptability(shares, errors, central, confidence, found)

"""Second opinions beside the official score: TOPSIS, VIKOR, PROMETHEE II, and how far they agree.

Each compares alternatives with one another: taking one away may reorder the others (rank
reversal). That is why none of them is ever the official score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import kendalltau

from portfolio.errors import Invalid
from scoring import matrix
from scoring.matrix import Numbers

Normalization = Literal["vector", "minmax"]
Function = Literal["usual", "u_shape", "v_shape", "level", "v_shape_indiff", "gaussian"]


@dataclass(frozen=True, slots=True)
class Vikor:
    """Alternatives, or weightings x alternatives when many were asked; less is better in each.

    group      S: weighted sum of what each lacks of the best
    regret     R: the worst of what each lacks
    compromise Q: 0 the best compromise, 1 the worst
    """

    group: Numbers
    regret: Numbers
    compromise: Numbers


@dataclass(frozen=True, slots=True)
class Preference:
    """How much better one must be on a criterion to be preferred, in the criterion's own unit.

    indifference   q, >= 0: up to there nobody minds (u_shape, level, v_shape_indiff)
    strict         p, >= q: from there on the preference is whole (v_shape, level, v_shape_indiff)
    width          s, > 0: where the gaussian bends
    Source: Brans & Vincke 1985, in the modern (q, p) writing.
    """

    function: Function = "usual"
    indifference: float = 0.0
    strict: float = 0.0
    width: float = 1.0

    def __post_init__(self) -> None:
        numbers = (self.indifference, self.strict, self.width)
        if not np.isfinite(numbers).all() or min(numbers) < 0:
            raise Invalid("too-low", field="preference", found=min(numbers), low=0)
        if self.function == "gaussian" and not self.width:
            raise Invalid("too-low", field="width", found=0, low="> 0")

    def of(self, gaps: Numbers) -> Numbers:
        """0..1 for how much one is better than the other; 0 where it is not."""
        q, p = self.indifference, self.strict
        match self.function:
            case "usual":
                return (gaps > 0).astype(float)
            case "u_shape":
                return (gaps > q).astype(float)
            case "level":
                return np.where(gaps > p, 1.0, np.where(gaps > q, 0.5, 0.0))
            case "gaussian":
                return np.where(gaps > 0, 1 - np.exp(-(gaps**2) / (2 * self.width**2)), 0.0)
        low = 0.0 if self.function == "v_shape" else q
        if p <= low:
            return (gaps > low).astype(float)
        return np.clip((gaps - low) / (p - low), 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Flows:
    """Unicriterion flows, alternatives x criteria: found once, they serve any weighting.

    plus, minus   mean preference over the others, and of the others over it, 0..1
    """

    plus: Numbers
    minus: Numbers

    def net(self, weights: ArrayLike) -> Numbers:
        """Net flow -1..1 of each alternative, more is better; one row a weighting when several."""
        rows, is_one = _weights(weights, self.plus.shape[1])
        return _as_asked(rows @ (self.plus - self.minus).T, is_one)


def topsis(
    values: ArrayLike, weights: ArrayLike, types: ArrayLike | None = None,
    normalization: Normalization = "vector",
) -> Numbers:  # fmt: skip
    """Closeness to the ideal, 0..1, more is better; 0.5 for all when nothing tells them apart.

    values    alternatives x criteria, any unit, no NaN
    weights   weightings x criteria, or one weighting: the answer has one row a weighting, or is one
    types     +1 more is better, -1 less is; None = all +1
    Source: Hwang & Yoon 1981; min-max: Opricovic & Tzeng 2004, EJOR 156(2).
    """
    table = matrix.complete(values)
    rows, is_one = _weights(weights, table.shape[1])
    scaled = _vector(table) if normalization == "vector" else _minmax(table)
    scaled = scaled * _signs(types, table.shape[1])
    best, worst = ((scaled - end) ** 2 for end in (scaled.max(axis=0), scaled.min(axis=0)))
    to_best, to_worst = (np.sqrt(rows**2 @ side.T) for side in (best, worst))
    whole = to_best + to_worst
    with np.errstate(invalid="ignore"):
        return _as_asked(np.where(whole > 0, to_worst / whole, 0.5), is_one)


def vikor(
    values: ArrayLike, weights: ArrayLike, types: ArrayLike | None = None, group_weight: float = 0.5
) -> Vikor:
    """The compromise ranking; arguments as in ``topsis``.

    group_weight   v, 0..1: what the majority counts against the worst regret
    Source: Opricovic & Tzeng 2004, EJOR 156(2):445-455.
    """
    if not 0 <= group_weight <= 1:
        raise Invalid("not-a-share", field="group_weight", found=group_weight, low=0, high=1)
    table = matrix.complete(values)
    rows, is_one = _weights(weights, table.shape[1])
    lacks = 1.0 - _minmax(table * _signs(types, table.shape[1]), alike=1.0)
    group = rows @ lacks.T
    regret = np.zeros_like(group)
    for weight, lack in zip(rows.T, lacks.T, strict=True):
        np.maximum(regret, weight[:, None] * lack[None, :], out=regret)
    compromise = group_weight * _across(group) + (1 - group_weight) * _across(regret)
    return Vikor(*(_as_asked(each, is_one) for each in (group, regret, compromise)))


def flows(
    values: ArrayLike, preferences: Sequence[Preference], types: ArrayLike | None = None
) -> Flows:
    """PROMETHEE II's flows, criterion by criterion; 0 when there is one alternative only.

    values        alternatives x criteria, any unit, no NaN
    preferences   one a criterion
    Source: Brans & Vincke 1985, Management Science 31(6):647-656.
    """
    table = _signed(values, preferences, types)
    others = max(1, len(table) - 1)
    plus, minus = np.empty_like(table), np.empty_like(table)
    for at, preference in enumerate(preferences):
        preferred = preference.of(table[:, at, None] - table[None, :, at])
        plus[:, at] = preferred.sum(axis=1) / others
        minus[:, at] = preferred.sum(axis=0) / others
    return Flows(plus, minus)


def preferred(
    values: ArrayLike, weights: ArrayLike, preferences: Sequence[Preference],
    types: ArrayLike | None = None,
) -> Numbers:  # fmt: skip
    """Alternatives x alternatives: how much the row is preferred to the column, 0..1 (pi)."""
    table = _signed(values, preferences, types)
    rows, _ = _weights(weights, table.shape[1])
    found = np.zeros((len(table), len(table)))
    for weight, column, preference in zip(rows[0], table.T, preferences, strict=True):
        found += weight * preference.of(column[:, None] - column[None, :])
    return found


def agreement(one: ArrayLike, other: ArrayLike) -> float | None:
    """Kendall's tau-b of two scores, -1..1, ties counted; None when one of them ranks nothing.

    one, other   a score an alternative, more is better in both; NaN is refused
    Source: Kendall 1945; scipy.stats.kendalltau.
    """
    pair = matrix.complete(np.vstack([np.asarray(one, float), np.asarray(other, float)]))
    if pair.shape[1] < 2:
        return None
    tau = float(kendalltau(pair[0], pair[1], variant="b").statistic)
    return None if np.isnan(tau) else tau


def _signed(
    values: ArrayLike, preferences: Sequence[Preference], types: ArrayLike | None
) -> Numbers:
    table = matrix.complete(values)
    if len(preferences) != table.shape[1]:
        raise Invalid(
            "not-as-many", field="preferences", found=len(preferences), accepted=table.shape[1]
        )
    return table * _signs(types, table.shape[1])


def _weights(weights: ArrayLike, criteria: int) -> tuple[Numbers, bool]:
    """(weightings x criteria, whether one weighting alone was asked)."""
    return matrix.weightings(weights, criteria), np.ndim(weights) == 1


def _as_asked(found: Numbers, is_one: bool) -> Numbers:
    return found[0] if is_one else found


def _signs(types: ArrayLike | None, criteria: int) -> Numbers:
    signs = np.ones(criteria) if types is None else np.asarray(types, float)
    if signs.shape != (criteria,):
        raise Invalid("not-as-many", field="types", found=signs.size, accepted=criteria)
    if not np.isin(signs, (-1.0, 1.0)).all():
        raise Invalid("out-of-range", field="types", found=str(types), low=-1, high=1)
    return signs


def _vector(table: Numbers) -> Numbers:
    norms = np.sqrt((table**2).sum(axis=0))
    return table / np.where(norms > 0, norms, 1.0)


def _minmax(table: Numbers, alike: float = 0.0) -> Numbers:
    """0..1 from the least to the most of each column; ``alike`` where a column has one number."""
    low, room = table.min(axis=0), np.ptp(table, axis=0)
    return np.where(room > 0, (table - low) / np.where(room > 0, room, 1.0), alike)


def _across(rows: Numbers) -> Numbers:
    """0 for the least of each row, 1 for the most; 0 where all are alike."""
    low, room = rows.min(axis=1, keepdims=True), np.ptp(rows, axis=1, keepdims=True)
    return np.where(room > 0, (rows - low) / np.where(room > 0, room, 1.0), 0.0)

"""Weights from criteria compared two by two: how coherent the answers are, and how to mend them.

The analytic hierarchy process: principal eigenvector, consistency ratio. Source: Saaty 1977, 1980.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from portfolio import claims
from portfolio.errors import Invalid
from portfolio.evaluation import Comparison

Matrix = npt.NDArray[np.float64]  # n x n; one over other; NaN = not compared
Table = Literal["saaty1980", "saaty2004"]

# The mean consistency index of matrices drawn at random, n = 1, 2, …; a ratio names its table.
RANDOM: Mapping[Table, tuple[float, ...]] = {
    "saaty1980": (
        0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
    ),
    "saaty2004": (
        0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.51, 1.54, 1.56, 1.57, 1.58,
    ),
}  # fmt: skip
MOST = 15  # criteria: no table goes further, and nobody answers more than 105 questions coherently
COHERENT = 0.10  # below that ratio the answers are coherent enough (Saaty)
SCALE = tuple([1 / k for k in range(9, 1, -1)] + [float(k) for k in range(1, 10)])
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparisons say.

    weights      name -> share 0..1
    eigenvalue   the principal one; n when every answer agrees with the others
    ratio        consistency ratio; 0 = coherent throughout, 1 = as if drawn at random
    missing      pairs that were not compared
    """

    weights: Mapping[str, float]
    eigenvalue: float
    ratio: float
    missing: int = 0

    @property
    def is_coherent(self) -> bool:
        return self.ratio < COHERENT


@dataclass(frozen=True, slots=True)
class Triple:
    """Three comparisons that are at odds: one is ``first`` times other, which is ``then`` times
    third; so one should be ``implied`` times third, and was said to be ``said`` times it.
    """

    one: str
    other: str
    third: str
    first: float
    then: float
    said: float

    @property
    def implied(self) -> float:
        return self.first * self.then


@dataclass(frozen=True, slots=True)
class Repair:
    """The one comparison whose change makes the answers most coherent.

    before, after   its ratio; ``after`` is on the scale        ratio   the consistency ratio then
    """

    one: str
    other: str
    before: float
    after: float
    ratio: float


def weigh(
    names: Sequence[str], comparisons: Iterable[Comparison], table: Table = "saaty1980"
) -> Compared:
    """Weights and consistency of comparisons; some may be missing.

    names   one or more, MOST at most
    Invalid for a pair compared twice or unknown, or when some names are tied to no other.
    Source: principal eigenvector (Saaty 1977); missing comparisons by Harker 1987.
    """
    matrix = matrix_of(names, comparisons)
    return of_matrix(matrix, names, table)


def of_matrix(
    matrix: Matrix, names: Sequence[str] | None = None, table: Table = "saaty1980"
) -> Compared:
    """The same of a matrix, one row a name; NaN = not compared.

    Invalid unless it is square, positive, within 1/9..9, with ones on its diagonal, and each
    ratio the inverse of the one across it.
    """
    given = checked(matrix)
    called = [str(at + 1) for at in range(len(given))] if names is None else list(names)
    _joined(given, called)
    vectors, eigenvalue = _principal(_harker(given))
    missing = _missing(given)
    ratio = _ratio(float(eigenvalue), len(given), missing, table)
    weights = dict(zip(called, map(float, vectors), strict=True))
    return Compared(weights, float(eigenvalue), ratio, missing)


def matrix_of(names: Sequence[str], comparisons: Iterable[Comparison]) -> Matrix:
    """The reciprocal matrix of what was compared; NaN elsewhere."""
    claims.unique("criteria", names)
    at = {name: place for place, name in enumerate(names)}
    matrix = np.full((len(names), len(names)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for said in comparisons:
        for name in (said.one, said.other):
            if name not in at:
                known = list(names)
                raise Invalid("unknown-code", field="comparisons", found=name, accepted=known)
        i, j = at[said.one], at[said.other]
        if i == j or not math.isnan(matrix[i, j]):
            raise Invalid("twice", field="comparisons", found=f"{said.one}, {said.other}")
        matrix[i, j], matrix[j, i] = said.ratio, 1.0 / said.ratio
    return matrix


def checked(matrix: Matrix) -> Matrix:
    """The matrix, when it can be one of comparisons; else Invalid."""
    given = np.asarray(matrix, dtype=float)
    if given.ndim != 2 or given.shape[0] != given.shape[1] or not len(given):
        raise Invalid("not-square", field="comparisons", found=str(given.shape))
    if len(given) > MOST:
        raise Invalid("too-long", field="comparisons", found=len(given), high=MOST)
    for (i, j), ratio in np.ndenumerate(given):
        across = given[j, i]
        if math.isnan(ratio) and math.isnan(across) and i != j:
            continue
        if not 1 / 9 - NEAR <= ratio <= 9 + NEAR:
            raise Invalid(
                "out-of-range", field="comparisons", found=float(ratio), low="1/9", high=9
            )
        if math.isnan(across) or abs(ratio * across - 1) > 1e-6:
            raise Invalid(
                "not-reciprocal", field="comparisons", found=(float(ratio), float(across))
            )
    return given


def worst(names: Sequence[str], comparisons: Iterable[Comparison]) -> Triple | None:
    """The three comparisons most at odds; None when all that can be set side by side agree."""
    matrix = matrix_of(names, comparisons)
    found: Triple | None = None
    most = NEAR
    for i, j, k in combinations(range(len(names)), 3):
        first, then, said = (float(matrix[a, b]) for a, b in ((i, j), (j, k), (i, k)))
        odds = abs(math.log(first * then / said))  # NaN, so never more, where one is missing
        if odds > most:
            most, found = odds, Triple(names[i], names[j], names[k], first, then, said)
    return found


def repair(names: Sequence[str], comparisons: Iterable[Comparison]) -> Repair | None:
    """The change of one comparison, to a step of the scale, that most lowers the ratio.

    Of two as good, the one nearer to what was said. None when no change lowers it.
    """
    said = tuple(comparisons)
    matrix = matrix_of(names, said)
    now = of_matrix(matrix, names)
    tried = [(c, step) for c in said for step in SCALE if abs(step - c.ratio) > NEAR]
    if not tried or now.eigenvalue <= len(names) + NEAR:
        return None
    each = np.repeat(_harker(matrix)[None], len(tried), axis=0)
    for at, (changed, step) in enumerate(tried):
        i, j = names.index(changed.one), names.index(changed.other)
        each[at, i, j], each[at, j, i] = step, 1.0 / step
    found = np.linalg.eigvals(each).real.max(axis=1)
    best = min(range(len(tried)), key=lambda at: (round(found[at], 9), _distance(*tried[at])))
    if found[best] >= now.eigenvalue - NEAR:
        return None
    changed, step = tried[best]
    ratio = _ratio(float(found[best]), len(names), now.missing, "saaty1980")
    return Repair(changed.one, changed.other, changed.ratio, step, ratio)


def of_group(names: Sequence[str], each: Iterable[Iterable[Comparison]]) -> tuple[Comparison, ...]:
    """The group's own comparisons: the geometric mean of what its members said (AIJ).

    Each pair over those who compared it; a pair that nobody compared is left out.
    Source: Aczél & Saaty 1983; Forman & Peniwati 1998.
    """
    logs = np.array([np.log(matrix_of(names, said)) for said in each])
    found = []
    for i, j in combinations(range(len(names)), 2):
        given = logs[:, i, j][~np.isnan(logs[:, i, j])] if len(logs) else np.array([])
        if len(given):
            ratio = min(9.0, max(1 / 9, math.exp(float(given.mean()))))  # exp(log 9) may exceed 9
            found.append(Comparison(names[i], names[j], ratio))
    return tuple(found)


def _harker(matrix: Matrix) -> Matrix:
    """The matrix with 0 where nothing was compared, and its count added on the diagonal."""
    blanks = np.isnan(matrix)
    whole: Matrix = np.where(blanks, 0.0, matrix) + np.diag(blanks.sum(axis=1).astype(float))
    return whole


def _principal(matrix: Matrix) -> tuple[Matrix, float]:
    values, vectors = np.linalg.eig(matrix)
    at = int(values.real.argmax())
    weights = np.abs(vectors[:, at].real)
    return weights / weights.sum(), float(values[at].real)


def _ratio(eigenvalue: float, count: int, missing: int, table: Table) -> float:
    """(eigenvalue - n) / (n - 1), over the mean of matrices drawn at random.

    With missing comparisons there is less to be at odds with, and that mean shrinks in proportion.
    Source: Ágoston & Csató 2022 (Omega 108), for incomplete matrices.
    """
    if count < 3:
        return 0.0
    spare = 1 - 2 * missing / ((count - 1) * (count - 2))
    index = max(0.0, eigenvalue - count) / (count - 1)
    return 0.0 if spare <= NEAR or index <= NEAR else index / (RANDOM[table][count - 1] * spare)


def _missing(matrix: Matrix) -> int:
    return int(np.isnan(matrix).sum()) // 2


def _joined(matrix: Matrix, names: Sequence[str]) -> None:
    """Refuse names that no chain of comparisons ties to the first."""
    reached, waiting = {0}, [0]
    while waiting:
        near = {int(j) for j in np.flatnonzero(~np.isnan(matrix[waiting.pop()]))} - reached
        reached |= near
        waiting += near
    apart = [name for at, name in enumerate(names) if at not in reached]
    if apart:
        raise Invalid("comparisons-apart", field="comparisons", found=apart)


def _distance(said: Comparison, step: float) -> float:
    return abs(math.log(step / said.ratio))

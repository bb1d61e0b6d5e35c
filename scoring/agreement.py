"""Agreement: how far apart the people who rate are, by project, by criterion, and over all."""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

import krippendorff
import numpy as np
from numpy.typing import NDArray
from scipy import stats

from portfolio import judgement
from portfolio.criterion import Framework
from portfolio.evaluation import Evaluation
from portfolio.person import Person
from portfolio.registry import Registry

Numbers = NDArray[np.float64]
Method = Literal["exact", "F", "chi-square"]
Unit = Callable[[Evaluation], Hashable]

EXACT = 50_000  # orderings under which the p-value is counted, one by one
FEW = 20  # raters up to which the chi-square is too shy, and F is told (Legendre 2005)


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How far apart the panel is on one project and one criterion.

    raters      how many gave an opinion; with none, everything is None
    iqr         between the quartiles, interpolated (Hyndman & Fan 1996, type 7)
    deviation   standard, of a sample (n - 1); None with fewer than two
    """

    project: str
    criterion: str
    raters: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    iqr: float | None = None
    deviation: float | None = None

    @property
    def range(self) -> float | None:
        """Levels between the lowest rating and the highest."""
        return None if self.low is None or self.high is None else self.high - self.low


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W: 0 = the raters order the projects as chance would, 1 = all in one order.

    p          chance alone would agree so much or more; None where it cannot be told
    method     how p was found
    projects   those everyone rated       left_out   those someone did not
    """

    w: float
    p: float | None
    method: Method
    raters: int
    projects: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far the panel agrees on one criterion, over all projects.

    alpha          Krippendorff's, ordinal: 1 = perfect, 0 = as chance; None = not computable
    concordance    None = not computable: one rater, one project, or no variation
    experts        mean rating of those who speak as experts on it, over the projects that both
                   they and others rated; None when there is no such project
    generalists    of the others, over the same projects
    compared       how many such projects there are
    """

    criterion: str
    ratings: int
    alpha: float | None
    concordance: Concordance | None
    experts: float | None = None
    generalists: float | None = None
    compared: int = 0

    @property
    def lead(self) -> float | None:
        """How many levels experts stand above the others; below 0 = beneath them."""
        one, others = self.experts, self.generalists
        return None if one is None or others is None else one - others


@dataclass(frozen=True, slots=True)
class Own:
    """What a lead says of her own project beside the panel, in levels.

    criteria   those that she and the panel both rated       most   where she is the furthest above
    """

    project: str
    own: float
    panel: float
    criteria: int
    most: str

    @property
    def gap(self) -> float:
        """How many levels she stands above the panel, on average; below 0 = beneath it."""
        return self.own - self.panel


def dispersion(project: str, criterion: str, ratings: Iterable[float | None]) -> Dispersion:
    """How far apart these ratings are; None and NaN are "no opinion"."""
    known = np.array([r for r in ratings if r is not None and not math.isnan(r)])
    if not known.size:
        return Dispersion(project, criterion, 0)
    first, third = np.percentile(known, (25, 75))
    deviation = float(np.std(known, ddof=1)) if known.size > 1 else None
    return Dispersion(
        project,
        criterion,
        known.size,
        float(known.mean()),
        float(known.min()),
        float(known.max()),
        float(third - first),
        deviation,
    )


def dispersions(registry: Registry, framework: Framework) -> tuple[Dispersion, ...]:
    """Of every project on every rated criterion, in order; those nobody was asked are left out."""
    given: dict[tuple[str, str], list[float | None]] = {}
    for one in judgement.panel(registry):
        given.setdefault((one.project, one.criterion), []).append(one.rating)
    return tuple(
        dispersion(project.code, leaf.key, given[project.code, leaf.key])
        for project in registry.projects
        for leaf in framework.leaves
        if (project.code, leaf.key) in given
    )


def concordance(ratings: Numbers | Sequence[Sequence[float | None]]) -> Concordance | None:
    """Kendall's W, corrected for ties, over the projects that every rater rated.

    ratings   raters x projects, any scale; None or NaN = no opinion. Who rated nothing is no rater.
    None with fewer than two raters or two projects, or where no rater tells any two apart.
    The p-value is counted over every ordering where there are few (EXACT); else by F with FEW
    raters or fewer, by chi-square with more.
    Sources: Kendall & Babington Smith 1939 (W, F); Siegel & Castellan 1988 (ties, chi-square);
    Legendre 2005, J. Agric. Biol. Environ. Stat. 10:226-245 (chi-square too shy with few raters).
    """
    given = _floats(ratings)
    given = given[~np.isnan(given).all(axis=1)]
    complete = ~np.isnan(given).any(axis=0)
    left_out = int((~complete & ~np.isnan(given).all(axis=0)).sum())
    raters, projects = len(given), int(complete.sum())
    if raters < 2 or projects < 2:
        return None
    ranks = stats.rankdata(given[:, complete], axis=1)
    ties = sum(float((n**3 - n).sum()) for row in ranks for n in [_counts(row)])
    whole = raters**2 * (projects**3 - projects) - raters * ties
    if whole <= 0:
        return None
    w = min(1.0, 12 * _apart(ranks.sum(axis=0)) / whole)
    p, method = _chance(ranks, w)
    return Concordance(w, p, method, raters, projects, left_out)


def alpha(ratings: Numbers | Sequence[Sequence[float | None]]) -> float | None:
    """Krippendorff's alpha, ordinal.

    ratings   raters x units (a project, or a project on a criterion); None or NaN = no opinion
    None where no unit has two ratings, or where those that do all bear the same.
    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; library krippendorff.
    """
    given = _floats(ratings)
    paired = given[:, (~np.isnan(given)).sum(axis=0) > 1]
    if np.unique(paired[~np.isnan(paired)]).size < 2:
        return None
    return float(krippendorff.alpha(reliability_data=paired, level_of_measurement="ordinal"))


def overall(registry: Registry) -> float | None:
    """Krippendorff's alpha of the whole panel, each project on each criterion being a unit."""
    given = judgement.panel(registry)
    return alpha(_table(given, lambda e: (e.project, e.criterion)))


def by_criterion(registry: Registry, framework: Framework) -> tuple[Agreed, ...]:
    """How far the panel agrees on each rated criterion, in the framework's order."""
    given: dict[str, list[Evaluation]] = {}
    for one in judgement.panel(registry):
        given.setdefault(one.criterion, []).append(one)
    return tuple(
        _agreed(leaf.key, given[leaf.key], experts_on(framework, leaf.key, registry.people))
        for leaf in framework.leaves
        if leaf.key in given
    )


def experts_on(framework: Framework, criterion: str, people: Iterable[Person]) -> frozenset[str]:
    """Who speaks as an expert on the criterion, or on a branch that it hangs from."""
    keys = {one.key for one in framework.path(criterion)}
    return frozenset(person.code for person in people if keys & person.expertise)


def owns(registry: Registry) -> tuple[Own, ...]:
    """What leads say of their own projects beside the panel, those furthest above it first."""
    panel: dict[tuple[str, str], list[float]] = {}
    for one in judgement.panel(registry):
        if one.rating is not None:
            panel.setdefault((one.project, one.criterion), []).append(one.rating)
    gaps: dict[str, dict[str, tuple[float, float]]] = {}
    for one in judgement.self_scores(registry):
        others = panel.get((one.project, one.criterion))
        if one.rating is not None and others:
            gaps.setdefault(one.project, {})[one.criterion] = (one.rating, _mean(others))
    found = (_own(project, both) for project, both in gaps.items())
    return tuple(sorted(found, key=lambda own: -own.gap))


def _agreed(criterion: str, given: Sequence[Evaluation], experts: frozenset[str]) -> Agreed:
    table = _table(given, lambda e: e.project)
    one, others, compared = _compared(given, experts)
    ratings = sum(e.rating is not None for e in given)
    return Agreed(criterion, ratings, alpha(table), concordance(table), one, others, compared)


def _compared(
    given: Sequence[Evaluation], experts: frozenset[str]
) -> tuple[float | None, float | None, int]:
    """(mean of experts, of the others, projects) over the projects that both rated."""
    sides: tuple[dict[str, list[float]], dict[str, list[float]]] = ({}, {})
    for one in given:
        if one.rating is not None:
            sides[one.evaluator not in experts].setdefault(one.project, []).append(one.rating)
    both = [project for project in sides[0] if project in sides[1]]
    if not both:
        return None, None, 0
    first, second = (_mean([_mean(side[project]) for project in both]) for side in sides)
    return first, second, len(both)


def _own(project: str, both: Mapping[str, tuple[float, float]]) -> Own:
    most = max(both, key=lambda criterion: both[criterion][0] - both[criterion][1])
    own, panel = (_mean([pair[side] for pair in both.values()]) for side in (0, 1))
    return Own(project, own, panel, len(both), most)


def _table(given: Iterable[Evaluation], unit: Unit) -> Numbers:
    """A table of raters x units, NaN = no opinion."""
    known = [(e.evaluator, unit(e), e.rating) for e in given if e.rating is not None]
    raters = {code: at for at, code in enumerate(sorted({rater for rater, _, _ in known}))}
    units = {code: at for at, code in enumerate(dict.fromkeys(which for _, which, _ in known))}
    table = np.full((len(raters), len(units)), np.nan)
    for rater, which, rating in known:
        table[raters[rater], units[which]] = rating
    return table


def _floats(ratings: Numbers | Sequence[Sequence[float | None]]) -> Numbers:
    """A table of floats, NaN = no opinion; 0 x 0 when nobody said anything."""
    if isinstance(ratings, np.ndarray):
        return ratings
    rows = [[math.nan if r is None else float(r) for r in row] for row in ratings]
    return np.array(rows, dtype=float) if rows and rows[0] else np.empty((0, 0))


def _chance(ranks: Numbers, w: float) -> tuple[float | None, Method]:
    """(how often chance alone would agree so much, how that was found)."""
    raters, projects = ranks.shape
    orders = math.factorial(projects) if projects <= 8 else EXACT + 1
    if orders <= EXACT and orders ** (raters - 1) <= EXACT:
        return _counted(ranks), "exact"
    if raters > FEW:
        return float(stats.chi2.sf(raters * (projects - 1) * w, projects - 1)), "chi-square"
    above = projects - 1 - 2 / raters
    if above <= 0:
        return None, "F"
    ratio = (raters - 1) * w / (1 - w) if w < 1 else math.inf
    return float(stats.f.sf(ratio, above, above * (raters - 1))), "F"


def _counted(ranks: Numbers) -> float:
    """The share of all orderings, the first rater's held, that agree so much or more."""
    sums = ranks[:1]
    for row in ranks[1:]:
        every = np.array(list(permutations(row)))
        sums = (sums[:, None, :] + every[None, :, :]).reshape(-1, ranks.shape[1])
    reached = ((sums - sums.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    return float((reached >= _apart(ranks.sum(axis=0)) - 1e-9).mean())


def _apart(sums: Numbers) -> float:
    return float(((sums - sums.mean()) ** 2).sum())


def _counts(row: Numbers) -> Numbers:
    """How many projects share each rank."""
    return np.unique(row, return_counts=True)[1].astype(float)


def _mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers)

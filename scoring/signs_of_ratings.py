"""Signs in ratings: a lead far above the panel, an evaluator's pull on her own service's projects.

Both compare with how much the same people differ when nothing is at stake, so that a severe or a
generous person, or honest tastes of a person for some services, are no sign.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from portfolio.evaluation import Evaluation
from scoring.signs import Kind, Looked, Row, Sign, strength

Numbers = NDArray[np.float64]

SELF, PULL = 0.07, 0.035  # levels, over all projects and over all evaluators; tuned on committees
FEW_CRITERIA, FEW_OTHERS = 3, 2
FEW_LEADS = 8  # self-scored projects from which what is ordinary is read off them
ORDINARY = 0.3  # levels above the panel that leads ordinarily are, where too few tell
FEW_OWN, FEW_OTHER, FEW_SERVICES = 2, 5, 3


@dataclass(frozen=True, slots=True)
class Ratings:
    """given   projects x criteria x people, 0..4, NaN = no opinion or not rated."""

    projects: tuple[str, ...]
    criteria: tuple[str, ...]
    people: tuple[str, ...]
    given: Numbers


def ratings(evaluations: Iterable[Evaluation]) -> Ratings:
    """The ratings that say something, each person's last one counting."""
    said = [e for e in evaluations if e.rating is not None]
    projects = {code: at for at, code in enumerate(dict.fromkeys(e.project for e in said))}
    criteria = {key: at for at, key in enumerate(dict.fromkeys(e.criterion for e in said))}
    people = {code: at for at, code in enumerate(dict.fromkeys(e.evaluator for e in said))}
    given = np.full((len(projects), len(criteria), len(people)), np.nan)
    for e in said:
        given[projects[e.project], criteria[e.criterion], people[e.evaluator]] = e.rating
    return Ratings(tuple(projects), tuple(criteria), tuple(people), given)


def by_leads(evaluations: Iterable[Evaluation], panel: Ratings) -> Numbers:
    """Projects x criteria, as the panel has them: what leads say of their own; NaN = nothing."""
    own = np.full(panel.given.shape[:2], np.nan)
    rows = {key: at for at, key in enumerate(panel.projects)}
    columns = {key: at for at, key in enumerate(panel.criteria)}
    for e in evaluations:
        if e.rating is not None and e.project in rows and e.criterion in columns:
            own[rows[e.project], columns[e.criterion]] = e.rating
    return own


def self_gap(panel: Ratings, own: Numbers) -> Looked:
    """Projects whose lead is further above the panel than leads and evaluators ordinarily differ.

    gap    mean over criteria of (lead - mean of the panel), where two or more rated
    z      (gap - ordinary gap) / spread: the spread of the panel's people around their mean on the
           same criteria, for one person more; or that of the leads' gaps (MAD), when it is larger
    One-sided t, times the number of projects looked at (Bonferroni).
    """
    if not panel.people:
        return Looked(Kind.SELF, lacks="no-rating")
    counts = (~np.isnan(panel.given)).sum(axis=2)
    means = _mean(panel.given, 2)
    gaps = np.where(counts >= FEW_OTHERS, own - means, np.nan)
    known = ~np.isnan(gaps)
    places = np.flatnonzero(known.sum(axis=1) >= FEW_CRITERIA)
    if not len(places):
        return Looked(Kind.SELF, lacks="no-self-score")
    gap = _mean(gaps, 1)[places]
    deviation, people = _deviations(panel.given, means, known)
    free = float(np.maximum(0, people - 1).sum())
    if free < FEW_LEADS:
        return Looked(Kind.SELF, examined=len(places), lacks="few-opinions")
    apart = float(np.nansum(deviation**2)) / free
    spread = np.sqrt(apart * (1 + 1 / np.maximum(1, people[places])))
    ordinary = ORDINARY
    if len(places) >= FEW_LEADS:
        ordinary = max(0.0, float(np.median(gap)))
        wide = 1.4826 * float(np.median(np.abs(gap - np.median(gap))))
        spread, free = np.maximum(spread, wide), min(free, len(places) - 1.0)
    z = (gap - ordinary) / np.maximum(spread, 1e-9)
    p = np.minimum(1.0, stats.t.sf(z, free) * len(places))
    signs = []
    for at in sorted(np.flatnonzero(p <= SELF), key=lambda at: p[at]):
        place = int(places[at])
        figures = {
            "gap": float(gap[at]), "ordinary": ordinary, "z": float(z[at]), "p": float(p[at]),
            "criteria": int(known[place].sum()), "people": int(people[place]),
        }  # fmt: skip
        rows = _beside(panel, own, means, counts, known, place)
        about = (panel.projects[place],)
        signs.append(Sign(Kind.SELF, about, figures, rows, strength(float(p[at]), SELF)))
    return Looked(Kind.SELF, tuple(signs), len(places), figures={"ordinary": ordinary})


def pull(panel: Ratings, works: Mapping[str, str], asks: Mapping[str, str]) -> Looked:
    """Evaluators who are further above the others on their own service's projects than elsewhere.

    works   person -> her service; "" or absent = not known      asks   project -> its service
    For each project, d = mean over criteria of (hers - mean of the others, two or more). Her d on
    her service's projects against her d on other services', whose means differ by tastes of
    variance tau2 and whose projects differ by s2 (both pooled over people): one-sided t, times the
    number of people looked at (Bonferroni). It is Welch's test with a service in place of a row.
    """
    if not panel.people:
        return Looked(Kind.PULL, lacks="no-rating")
    services = np.array([asks.get(code, "") for code in panel.projects], dtype=object)
    apart = _from_others(panel.given)
    seen = [at for at, code in enumerate(panel.people) if works.get(code)]
    if not seen:
        return Looked(Kind.PULL, lacks="no-service")
    parts = {at: _by_service(apart[:, at], services, works[panel.people[at]]) for at in seen}
    enough = [at for at in seen if parts[at].is_enough]
    if not enough:
        return Looked(Kind.PULL, lacks="few-own")
    within, tastes, free = _spreads([parts[at] for at in enough])
    signs = []
    for at in enough:
        one = parts[at]
        weights = 1 / (tastes + within / np.array(one.counts))
        elsewhere = float(weights @ np.array(one.means) / weights.sum())
        error = (tastes + within / len(one.own) + 1 / weights.sum()) ** 0.5
        gap = float(one.own.mean()) - elsewhere
        p = min(1.0, float(stats.t.sf(gap / max(error, 1e-9), free)) * len(enough))
        if p > PULL:
            continue
        figures = {
            "gap": gap, "own": float(one.own.mean()), "elsewhere": elsewhere, "p": p,
            "projects": len(one.own), "others": sum(one.counts),
        }  # fmt: skip
        rows = _hers(panel, at, services == works[panel.people[at]])
        signs.append(Sign(Kind.PULL, (panel.people[at],), figures, rows, strength(p, PULL)))
    signs.sort(key=lambda sign: sign.figures["p"])
    return Looked(Kind.PULL, tuple(signs), len(enough))


@dataclass(frozen=True, slots=True)
class _Parts:
    """One evaluator's differences: on her service's projects, and by other service."""

    own: Numbers
    others: tuple[Numbers, ...]

    @property
    def counts(self) -> list[int]:
        return [len(some) for some in self.others]

    @property
    def means(self) -> list[float]:
        return [float(some.mean()) for some in self.others]

    @property
    def is_enough(self) -> bool:
        few = len(self.own) < FEW_OWN or len(self.others) < FEW_SERVICES
        return not few and sum(self.counts) >= FEW_OTHER


def _by_service(apart: Numbers, services: NDArray[np.object_], hers: str) -> _Parts:
    known = ~np.isnan(apart)
    names = sorted({str(name) for name in services[known]} - {hers, ""})
    others = tuple(apart[known & (services == name)] for name in names)
    return _Parts(apart[known & (services == hers)], others)


def _spreads(parts: Sequence[_Parts]) -> tuple[float, float, float]:
    """(variance between projects of a service, between services, degrees of freedom), pooled."""
    squares = sum(float(((some - some.mean()) ** 2).sum()) for p in parts for some in p.others)
    inside = sum(len(some) - 1 for p in parts for some in p.others)
    apart = sum(float(np.var(p.means, ddof=1)) * (len(p.means) - 1) for p in parts)
    free = float(sum(len(p.means) - 1 for p in parts))
    between = apart / free
    if not inside:
        return between, 0.0, free
    within = squares / inside
    thin = sum(sum(1 / n for n in p.counts) / len(p.counts) * (len(p.counts) - 1) for p in parts)
    return within, max(0.0, between - within * thin / free), free


def _from_others(given: Numbers) -> Numbers:
    """Projects x people: mean over criteria of (hers - mean of the others); NaN = not known."""
    known = ~np.isnan(given)
    total, count = np.nansum(given, axis=2), known.sum(axis=2)
    others = count[:, :, None] - known
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (total[:, :, None] - np.nan_to_num(given)) / others
    apart = np.where(known & (others >= FEW_OTHERS), given - mean, np.nan)
    return _mean(apart, 1)


def _deviations(
    given: Numbers, means: Numbers, known: NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """(projects x people: how far each is from the panel's mean, on half the criteria or more;
    how many people that is), over the criteria that leads rated.
    """
    apart = np.where(known[:, :, None], given - means[:, :, None], np.nan)
    rated = (~np.isnan(apart)).sum(axis=1)
    enough = (rated * 2 >= known.sum(axis=1)[:, None]) & (rated > 0)
    return np.where(enough, _mean(apart, 1), np.nan), enough.sum(axis=1).astype(float)


def _mean(table: Numbers, axis: int) -> Numbers:
    """The mean of what is known; NaN where nothing is."""
    count = (~np.isnan(table)).sum(axis=axis)
    found: Numbers = np.where(count > 0, np.nansum(table, axis=axis) / np.maximum(1, count), np.nan)
    return found


def _beside(
    panel: Ratings, own: Numbers, means: Numbers, counts: NDArray[np.int64],
    known: NDArray[np.bool_], place: int,
) -> tuple[Row, ...]:  # fmt: skip
    return tuple(
        {"criterion": name, "own": float(own[place, at]), "panel": float(means[place, at]),
         "people": int(counts[place, at])}
        for at, name in enumerate(panel.criteria)
        if known[place, at]
    )  # fmt: skip


def _hers(panel: Ratings, person: int, is_own: NDArray[np.bool_]) -> tuple[Row, ...]:
    """Her own service's projects: her mean, and the others' on the same criteria."""
    apart = _from_others(panel.given)[:, person]
    rows: list[Row] = []
    for at in np.flatnonzero(is_own & ~np.isnan(apart)):
        known = ~np.isnan(panel.given[at])
        both = known[:, person] & (known.sum(axis=1) > FEW_OTHERS)
        hers = float(panel.given[at, both, person].mean())
        others = hers - float(apart[at])
        rows.append({"project": panel.projects[at], "hers": hers, "others": others})
    return tuple(rows)

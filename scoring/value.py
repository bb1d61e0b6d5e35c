"""The value of a project: additive, on fixed anchors, with coverage and spread.

MAVT, the only official score: removing a losing project never reorders the others.
Source: Keeney & Raiffa 1976; Belton & Stewart 2002.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from portfolio import judgement
from portfolio.criterion import Criterion, Direction, Framework
from portfolio.project import Project
from portfolio.registry import Registry
from scoring.measures import MEASURES
from scoring.weights import of_leaves

POINTS = 100.0  # a project that reaches the top of every scale


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion adds to a project's value.

    weight    0..1 of the whole tree
    level     mean rating, or the measure; None = nobody rated it, or it cannot be measured
    value     0..1 by the value function; None with ``level``
    points    what it adds, 0..100, once missing criteria are left out
    spread    standard error of ``value`` over evaluators; None with fewer than two
    raters    how many gave an opinion
    """

    criterion: str
    weight: float
    level: float | None
    value: float | None
    points: float
    spread: float | None
    raters: int


@dataclass(frozen=True, slots=True)
class Valued:
    """points     0..100, or as given from outside; None = neither scored nor given
    coverage   0..1, weight of the criteria that are known; missing ones are left out, never 0
    error      standard error in points, from the evaluators' spread; None when unknown
    is_given   the value came with the file, nobody scored it
    """

    project: str
    points: float | None
    coverage: float
    error: float | None
    parts: tuple[Part, ...]
    is_given: bool = False


def value_of(criterion: Criterion, level: float, low: float, high: float) -> float:
    """The criterion's value function: ``level`` on its scale or in its measure's unit -> 0..1.

    Straight between reference points, flat beyond them; ``less`` turns it over.
    """
    points = criterion.references or ((low, 0.0), (high, 1.0))
    marks, values = zip(*points, strict=True)
    reached = float(np.interp(level, marks, values))
    return 1.0 - reached if criterion.direction is Direction.LESS else reached


def score(
    registry: Registry, framework: Framework, points: Mapping[str, float] | None = None
) -> tuple[Valued, ...]:
    """The value of every project of the registry, in order.

    points   criterion -> points among its siblings; None = the framework's own weights
    """
    weights = of_leaves(framework, points)
    ratings = _ratings(registry)
    return tuple(_valued(p, registry, framework, weights, ratings) for p in registry.projects)


def _ratings(registry: Registry) -> dict[tuple[str, str], list[float]]:
    """(project, criterion) -> what the panel rates it; "no opinion" is left out."""
    ratings: dict[tuple[str, str], list[float]] = {}
    for given in judgement.panel(registry):
        if given.rating is not None:
            ratings.setdefault((given.project, given.criterion), []).append(given.rating)
    return ratings


def _valued(
    project: Project,
    registry: Registry,
    framework: Framework,
    weights: Mapping[str, float],
    ratings: Mapping[tuple[str, str], list[float]],
) -> Valued:
    """Sum of weight x value over the criteria that are known, divided by their weight."""
    rated = any((project.code, leaf.key) in ratings for leaf in framework.leaves)
    if not rated:
        given = project.given_value
        return Valued(project.code, given, 0.0, None, (), is_given=given is not None)
    raw = [
        _part(leaf, weights[leaf.key], _level(leaf, project, registry, ratings), framework)
        for leaf in framework.leaves
    ]
    coverage = math.fsum(p.weight for p in raw if p.value is not None)
    parts = tuple(_shared(part, coverage) for part in raw)
    errors = [p.weight * p.spread for p in raw if p.spread is not None]
    error = POINTS * math.sqrt(math.fsum(e * e for e in errors)) / coverage if errors else None
    return Valued(project.code, math.fsum(p.points for p in parts), coverage, error, parts)


def _level(
    leaf: Criterion,
    project: Project,
    registry: Registry,
    ratings: Mapping[tuple[str, str], list[float]],
) -> tuple[float, ...]:
    """What is known of the project on that criterion: the ratings, or the one measure."""
    if not leaf.measure:
        return tuple(ratings.get((project.code, leaf.key), ()))
    measured = MEASURES[leaf.measure](project, registry)
    return () if measured is None else (measured,)


def _part(leaf: Criterion, weight: float, levels: tuple[float, ...], framework: Framework) -> Part:
    raters = 0 if leaf.measure else len(levels)
    if not levels:
        return Part(leaf.key, weight, None, None, 0.0, None, raters)
    low, high = framework.scale.low, framework.scale.high
    level = math.fsum(levels) / len(levels)
    each = [value_of(leaf, x, low, high) for x in levels]
    spread = float(np.std(each, ddof=1)) / math.sqrt(raters) if raters > 1 else None
    return Part(leaf.key, weight, level, value_of(leaf, level, low, high), 0.0, spread, raters)


def _shared(part: Part, coverage: float) -> Part:
    """The part with its points, the weights of missing criteria being left out."""
    if part.value is None:
        return part
    points = POINTS * part.weight * part.value / coverage if coverage else 0.0
    return Part(
        part.criterion, part.weight, part.level, part.value, points, part.spread, part.raters
    )

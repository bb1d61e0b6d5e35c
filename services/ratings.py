"""The panel's ratings as one table, projects on criteria, with the weights in force."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring import matrix
from scoring.matrix import Numbers
from scoring.value import POINTS
from scoring.weights import of_leaves
from services import scores
from services.scenarios import Asked


@dataclass(frozen=True, slots=True)
class Rated:
    """Only projects that the panel rated: a value given from outside follows no weight.

    criteria   leaves, in the framework's order: the columns
    weights    leaf -> weight in force, 0..1
    values     projects x criteria, 0..1, NaN = not scored
    errors     the standard error of each value over evaluators, NaN = not known
    """

    projects: tuple[str, ...]
    criteria: tuple[str, ...]
    weights: Mapping[str, float]
    values: Numbers
    errors: Numbers

    @property
    def now(self) -> Numbers:
        """The weights in force, in the order of the criteria."""
        return self.row(self.weights)

    def row(self, weights: Mapping[str, float]) -> Numbers:
        """A weighting in the order of the criteria."""
        return np.array([weights.get(leaf, 0.0) for leaf in self.criteria])

    def points(self, weights: Mapping[str, float]) -> dict[str, float | None]:
        """Project -> points under the weights; None where nothing of what weighs is scored."""
        worths = matrix.worth(self.values, self.row(weights))[0]
        each = (None if np.isnan(worth) else POINTS * float(worth) for worth in worths)
        return dict(zip(self.projects, each, strict=True))


def table_of(asked: Asked) -> Rated:
    """What the panel's ratings and the measures say of every project that was rated."""
    framework = asked.scores.framework
    weights = of_leaves(framework, scores.points_of(asked.registry))
    cards = [card for card in asked.scores.cards if card.parts]
    values = [[np.nan if p.value is None else p.value for p in card.parts] for card in cards]
    errors = [[np.nan if p.spread is None else p.spread for p in card.parts] for card in cards]
    shape = (len(cards), len(weights))
    return Rated(
        tuple(card.project for card in cards),
        tuple(weights),
        weights,
        np.array(values, dtype=float).reshape(shape),
        np.array(errors, dtype=float).reshape(shape),
    )

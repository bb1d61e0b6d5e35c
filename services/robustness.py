"""Robustness: what stays chosen whatever the weights and costs the committee could not settle."""

from collections.abc import Mapping

from scoring.value import POINTS
from services.scores import Scores


def parts(scores: Scores) -> Mapping[str, Mapping[str, float]]:
    """Project -> criterion -> points it would have if that criterion had all the weight.

    Under the framework's own weights their mean is the project's value. A criterion that nobody
    rated counts as the mean of those that somebody did, which is what leaving it out means there;
    under other weights it goes on counting as that. A value given from outside, or that of a
    project nobody scored, holds whatever the weights.
    """
    leaves = [leaf.key for leaf in scores.framework.leaves]
    found: dict[str, Mapping[str, float]] = {}
    for card in scores.cards:
        whole = scores.values[card.project]
        known = {p.criterion: POINTS * p.value for p in card.parts if p.value is not None}
        found[card.project] = {leaf: known.get(leaf, whole) for leaf in leaves}
    return found

"""Weights of the criteria: the framework's own, or the mean of the members' ballots."""

from collections.abc import Mapping
from statistics import fmean

from portfolio.criterion import Framework
from portfolio.evaluation import Ballot

Points = Mapping[str, float]  # criterion -> points among its siblings


def of_leaves(framework: Framework, points: Points | None = None) -> dict[str, float]:
    """Leaf -> weight 0..1, the products down the tree; they add up to 1.

    points   for some or all criteria; the framework's own weights where a sibling group has none
    """
    local: dict[str, float] = {}
    for parent in dict.fromkeys(c.parent for c in framework.criteria):
        local |= _within(framework, parent, points or {})
    return {leaf.key: _down(framework, leaf.key, local) for leaf in framework.leaves}


def of_group(framework: Framework, ballots: tuple[Ballot, ...]) -> dict[str, float]:
    """Criterion -> mean over members of the share each gives it among its siblings.

    A member who left a sibling group blank is left out of that group's mean.
    Source: arithmetic mean of direct weights (Belton & Stewart 2002, ch. 5).
    """
    means: dict[str, float] = {}
    for parent in dict.fromkeys(c.parent for c in framework.criteria):
        keys = [c.key for c in framework.children(parent)]
        given = [{w.criterion: w.points for w in b.weights if w.criterion in keys} for b in ballots]
        shares = [{k: v / sum(g.values()) for k, v in g.items()} for g in given if sum(g.values())]
        if shares:
            means |= {key: fmean(share.get(key, 0.0) for share in shares) for key in keys}
    return means


def _within(framework: Framework, parent: str, points: Points) -> dict[str, float]:
    siblings = framework.children(parent)
    given = {c.key: points[c.key] for c in siblings if c.key in points}
    if sum(given.values()) <= 0:
        given = {c.key: c.weight for c in siblings}
    whole = sum(given.values())
    return {c.key: given.get(c.key, 0.0) / whole for c in siblings}


def _down(framework: Framework, key: str, local: Mapping[str, float]) -> float:
    weight = 1.0
    for criterion in framework.path(key):
        weight *= local[criterion.key]
    return weight

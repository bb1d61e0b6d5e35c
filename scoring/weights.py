"""Weights of the criteria: the framework's own, or what the members' ballots say together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from portfolio.criterion import Framework
from portfolio.evaluation import Ballot, Comparison, Method
from scoring import elicitation, pairwise

Points = Mapping[str, float]  # criterion -> points among its siblings


def of_leaves(framework: Framework, points: Points | None = None) -> dict[str, float]:
    """Leaf -> weight 0..1, the products down the tree; they add up to 1.

    points   for some or all criteria; the framework's own weights where a sibling group has none
    """
    local: dict[str, float] = {}
    for parent in dict.fromkeys(c.parent for c in framework.criteria):
        local |= _within(framework, parent, points or {})
    return {leaf.key: _down(framework, leaf.key, local) for leaf in framework.leaves}


def without(
    framework: Framework, left_out: Collection[str], points: Points | None = None
) -> Framework:
    """The framework less these leaves; the others keep their weights in proportion to each other.

    points   as in ``of_leaves``: they become the framework's own weights
    """
    weights = {k: w for k, w in of_leaves(framework, points).items() if k not in left_out}
    shares = dict.fromkeys((above.key for leaf in weights for above in framework.path(leaf)), 0.0)
    for leaf, weight in weights.items():
        for above in framework.path(leaf):
            shares[above.key] += weight
    kept = (c for c in framework.criteria if c.key in shares)
    return replace(framework, criteria=tuple(replace(c, weight=shares[c.key]) for c in kept))


def of_ballot(framework: Framework, ballot: Ballot) -> dict[str, dict[str, float]]:
    """Parent -> criterion -> share 0..1 among its siblings; a group left blank is not there."""
    points = {weight.criterion: weight.points for weight in ballot.weights}
    found: dict[str, dict[str, float]] = {}
    for parent, keys in siblings(framework).items():
        given = {key: points[key] for key in keys if key in points}
        if sum(given.values()) > 0:
            found[parent] = elicitation.direct(dict.fromkeys(keys, 0.0) | given)
    return found


def of_group(framework: Framework, ballots: Sequence[Ballot]) -> dict[str, float]:
    """Criterion -> the share that the members together give it among its siblings.

    The arithmetic mean of their shares; where all of them compared the siblings by pairs, the
    weights of the geometric mean of their comparisons (AIJ). A member who left a sibling group
    blank is left out of it.
    Source: Belton & Stewart 2002, ch. 5; Forman & Peniwati 1998.
    """
    each = [(ballot, of_ballot(framework, ballot)) for ballot in ballots]
    means: dict[str, float] = {}
    for parent, keys in siblings(framework).items():
        given = [(ballot, shares[parent]) for ballot, shares in each if parent in shares]
        if not given:
            continue
        if is_by_pairs([ballot for ballot, _ in given], keys):
            said = [among(keys, ballot) for ballot, _ in given]
            means |= pairwise.weigh(keys, pairwise.of_group(keys, said)).weights
        else:
            spreads = elicitation.of_group(shares for _, shares in given)
            means |= {key: spreads[key].mean for key in keys}
    return means


def siblings(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Parent -> the criteria right under it, in order; "" = the top of the tree."""
    parents = dict.fromkeys(c.parent for c in framework.criteria)
    return {parent: tuple(c.key for c in framework.children(parent)) for parent in parents}


def among(keys: Sequence[str], ballot: Ballot) -> tuple[Comparison, ...]:
    """The ballot's comparisons of these criteria with one another."""
    return tuple(c for c in ballot.comparisons if c.one in keys and c.other in keys)


def is_by_pairs(ballots: Sequence[Ballot], keys: Sequence[str]) -> bool:
    """Whether every ballot says these criteria by comparisons, and gives them."""
    return len(keys) > 1 and all(
        among(keys, ballot)
        and all(w.method is Method.PAIRS for w in ballot.weights if w.criterion in keys)
        for ballot in ballots
    )


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

"""What the committee agrees to leave open about weights, and what depends on it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from portfolio import judgement
from portfolio.criterion import Framework
from portfolio.evaluation import Adopted
from portfolio.registry import Registry
from portfolio.weights import WeightSet, weighted
from scoring.weights import of_leaves
from services import robustness, scores
from services.robustness import Doubt
from services.scenarios import Asked

Source = Literal["adopted", "ballots", "none"]  # where the weights in doubt come from


def left_open(registry: Registry, framework: Framework) -> WeightSet | None:
    """The set of weights adopted, over the branches at the top; None = one weighting, or none."""
    agreed = judgement.in_force(registry)
    if agreed is None:
        return None
    known = {c.key for c in framework.criteria}
    between = tuple(b for b in agreed.between if b.criterion in known)
    orders = tuple(tuple(key for key in order if key in known) for order in agreed.orders)
    return weight_set(framework, replace(agreed, between=between, orders=orders))


def weight_set(framework: Framework, agreed: Adopted) -> WeightSet | None:
    """The set that is adopted with these weights, each branch keeping its weights inside.

    None when nothing is left open. Invalid for a criterion that is not at the top of the tree.
    """
    if not (agreed.between or agreed.orders):
        return None
    top = tuple(c.key for c in framework.children(""))
    shares = scores.weights(framework, agreed.points)
    return WeightSet(
        top,
        {b.criterion: (b.low, b.high) for b in agreed.between},
        agreed.orders,
        {key: shares[key] for key in top},
    )


def of_branches(
    registry: Registry, framework: Framework, branches: Mapping[str, float]
) -> dict[str, float]:
    """Leaf -> weight, when the branches have these and each keeps the weights in force inside.

    branches   0..1, adding up to 1; a branch that is not there has none
    """
    nothing = dict.fromkeys((c.key for c in framework.children("")), 0.0)
    inside = scores.points_of(registry) or {}
    return of_leaves(framework, {**inside, **nothing, **branches})


def source(asked: Asked) -> Source:
    """Where the weights in doubt come from."""
    if left_open(asked.registry, asked.scores.framework) is not None:
        return "adopted"
    return "ballots" if len(judgement.ballots(asked.registry)) > 1 else "none"


def doubt(asked: Asked) -> Doubt:
    """The set adopted; else all that lies between the members' ballots; else no doubt at all."""
    registry, framework = asked.registry, asked.scores.framework
    kept, given = left_open(registry, framework), judgement.ballots(registry)
    if kept is not None:
        by_branch = robustness.by_branch(asked.scores, scores.points_of(registry))
        return robustness.doubt(by_branch, kept, {})
    if len(given) < 2:
        return robustness.doubt_of(asked.posed.question, None, {})
    parts = robustness.parts(asked.scores)
    corners = tuple(
        of_leaves(framework, {w.criterion: w.points for w in ballot.weights}) for ballot in given
    )
    values = tuple(weighted(parts, corner) for corner in corners)
    return Doubt(corners, values, values, None, parts)

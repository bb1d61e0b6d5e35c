"""A ballot on weights as it is filled in: what is answered, what it says, how to mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portfolio.criterion import Criterion, Framework
from portfolio.errors import Invalid
from portfolio.evaluation import Ballot, Comparison, Method, Weight
from scoring import elicitation, pairwise
from scoring.pairwise import Compared, Repair, Triple
from scoring.weights import among, of_leaves, siblings
from services import scores

HUNDRED = 100.0  # points are kept as hundredths where the method itself gives shares
Keys = Sequence[str]


@dataclass(frozen=True, slots=True)
class Advice:
    """How coherent comparisons are.

    asked      pairs there are       given   pairs that were compared
    compared   None while some criteria are tied to no other
    """

    asked: int
    given: int
    compared: Compared | None
    worst: Triple | None
    repair: Repair | None


def groups(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Parent -> the siblings to be weighed against one another, the top of the tree first."""
    return {parent: keys for parent, keys in siblings(framework).items() if len(keys) > 1}


def ends(framework: Framework, leaf: Criterion) -> tuple[float, float]:
    """The worst and the best of a leaf, as a level of the scale or in its measure's unit."""
    corners = scores.curve(framework, leaf)
    worst, best = (end(corners, key=lambda corner: corner[1])[0] for end in (min, max))
    return worst, best


def under(framework: Framework, criterion: Criterion) -> tuple[Criterion, ...]:
    """The leaves under a criterion; itself when it is one."""
    return tuple(leaf for leaf in framework.leaves if criterion in framework.path(leaf.key))


def method_of(ballot: Ballot, keys: Keys) -> Method | None:
    """How these siblings are weighed; None = nothing is said of them yet."""
    said = next((w.method for w in ballot.weights if w.criterion in keys), None)
    return Method.PAIRS if said is None and among(keys, ballot) else said


def points_of(ballot: Ballot, keys: Keys, method: Method) -> dict[str, float]:
    """Criterion -> the points given to it by that method, as far as they are given."""
    return {
        w.criterion: w.points for w in ballot.weights if w.criterion in keys and w.method is method
    }


def with_points(ballot: Ballot, keys: Keys, method: Method, points: Mapping[str, float]) -> Ballot:
    """The ballot with these points instead of what it said of the siblings."""
    others = tuple(w for w in ballot.weights if w.criterion not in keys)
    said = tuple(Weight(key, points[key], method) for key in keys if key in points)
    return replace(ballot, weights=(*others, *said))


def started_from(ballot: Ballot, other: Ballot) -> Ballot:
    """The ballot, saying what the other one says."""
    return replace(ballot, weights=other.weights, comparisons=other.comparisons)


def ranks(ballot: Ballot, keys: Keys) -> dict[str, int]:
    """Criterion -> its rank, 1 = the first, as far as they are given."""
    steps = elicitation.centroid(len(keys))
    return {
        key: 1 + min(range(len(keys)), key=lambda at: abs(HUNDRED * steps[at] - points))
        for key, points in points_of(ballot, keys, Method.ORDER).items()
    }


def with_rank(ballot: Ballot, keys: Keys, criterion: str, rank: int | None) -> Ballot:
    """The ballot with that rank, None = none; who held the rank takes the one that is left."""
    held = ranks(ballot, keys)
    left = held.pop(criterion, None)
    if rank is not None:
        other = next((key for key, at in held.items() if at == rank), None)
        if other is not None:
            held.pop(other)
            held |= {} if left is None else {other: left}
        held[criterion] = rank
    steps = elicitation.centroid(len(keys))
    points = {key: HUNDRED * steps[at - 1] for key, at in held.items()}
    return with_points(ballot, keys, Method.ORDER, points)


def with_comparison(
    ballot: Ballot, keys: Keys, one: str, other: str, ratio: float | None
) -> Ballot:
    """The ballot with that answer, None = none, and the weights that all answers then give."""
    pair = {one, other}
    kept = tuple(c for c in ballot.comparisons if {c.one, c.other} != pair)
    said = () if ratio is None else (Comparison(one, other, ratio),)
    return by_pairs(replace(ballot, comparisons=(*kept, *said)), keys)


def by_pairs(ballot: Ballot, keys: Keys) -> Ballot:
    """The ballot with the weights that its comparisons give the siblings, once they are tied."""
    found = compared(ballot, keys)
    points = {} if found is None else {k: HUNDRED * w for k, w in found.weights.items()}
    return with_points(ballot, keys, Method.PAIRS, points)


def compared(ballot: Ballot, keys: Keys) -> Compared | None:
    """What the comparisons of the siblings say; None while some are tied to no other."""
    try:
        return pairwise.weigh(keys, among(keys, ballot))
    except Invalid as refused:
        if refused.code == "comparisons-apart":
            return None
        raise


def advice(ballot: Ballot, keys: Keys) -> Advice:
    """How coherent the comparisons of the siblings are, and what would mend them."""
    said, found = among(keys, ballot), compared(ballot, keys)
    asked = len(keys) * (len(keys) - 1) // 2
    if found is None:
        return Advice(asked, len(said), None, None, None)
    triple = pairwise.worst(keys, said)
    return Advice(asked, len(said), found, triple, pairwise.repair(keys, said))


def is_answered(ballot: Ballot, keys: Keys) -> bool:
    """Whether every sibling has its points, and one of them at least more than 0."""
    points = [w.points for w in ballot.weights if w.criterion in keys]
    return len(points) == len(keys) and sum(points) > 0


def blank(framework: Framework, ballot: Ballot) -> tuple[str, ...]:
    """The parents of the siblings that are not wholly weighed yet."""
    return tuple(p for p, keys in groups(framework).items() if not is_answered(ballot, keys))


def within(ballot: Ballot, keys: Keys) -> dict[str, float]:
    """Criterion -> its share among its siblings; empty until all of them are weighed."""
    if not is_answered(ballot, keys):
        return {}
    return elicitation.direct(
        {w.criterion: w.points for w in ballot.weights if w.criterion in keys}
    )


def shares(framework: Framework, ballot: Ballot) -> dict[str, float | None]:
    """Leaf -> its share of the whole; None while something above it is not weighed."""
    missing = set(blank(framework, ballot))
    points = {w.criterion: w.points for w in ballot.weights}
    return {
        leaf: None if any(c.parent in missing for c in framework.path(leaf)) else share
        for leaf, share in of_leaves(framework, points).items()
    }


def so_far(framework: Framework, ballot: Ballot) -> tuple[tuple[Criterion, float | None], ...]:
    """The share of the whole of each leaf; of its branch alone while its leaf has none yet."""
    leaves = shares(framework, ballot)
    top = within(ballot, groups(framework).get("", ()))
    found: list[tuple[Criterion, float | None]] = []
    for branch in framework.children(""):
        below = under(framework, branch)
        if all(leaves[leaf.key] is not None for leaf in below):
            found += [(leaf, leaves[leaf.key]) for leaf in below]
        else:
            found.append((branch, top.get(branch.key)))
    return tuple(found)


def settled(framework: Framework, ballot: Ballot) -> Ballot:
    """The ballot as it is counted: complete, what a method implies worked out once more.

    Invalid "ballot-incomplete" with the criteria that lack points, "mixed-methods" when siblings
    are weighed in two ways, "not-one-order" when two of them have the same rank.
    """
    lacking = [c for p in blank(framework, ballot) for c in groups(framework)[p]]
    if lacking:
        raise Invalid("ballot-incomplete", field="weights", found=lacking)
    for keys in groups(framework).values():
        ballot = _settled(ballot, keys)
    compares = {
        key for keys in groups(framework).values() for key in keys
        if method_of(ballot, keys) is Method.PAIRS
    }  # fmt: skip
    behind = tuple(c for c in ballot.comparisons if c.one in compares)
    return replace(ballot, comparisons=behind)


def _settled(ballot: Ballot, keys: Keys) -> Ballot:
    methods = {w.method for w in ballot.weights if w.criterion in keys}
    if len(methods) > 1:
        raise Invalid("mixed-methods", field="weights", found=sorted(methods))
    method = methods.pop()
    points = points_of(ballot, keys, method)
    if method is Method.PAIRS:
        return by_pairs(ballot, keys)
    if method is Method.SWING:
        elicitation.swing(points)
    if method is Method.ORDER:
        if len(set(points.values())) < len(keys):
            raise Invalid("not-one-order", field="weights", found=list(keys))
        ordered = elicitation.by_order(sorted(points, key=lambda key: -points[key]))
        points = {key: HUNDRED * share for key, share in ordered.items()}
    return with_points(ballot, keys, method, points)

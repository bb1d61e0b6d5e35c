"""Robustness: what stays chosen whatever the weights and costs the committee could not settle."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from optimizer import risk
from optimizer.risk import LEVEL, Held, Holding
from optimizer.robust import Robust, robust
from optimizer.sampling import Sampled, Share, in_turn, sample, weightings
from optimizer.search import Search
from optimizer.solve import solve
from optimizer.stability import Band, Parts, bands
from optimizer.valued import Values, with_values
from portfolio.overruns import Overruns
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.registry import Registry
from portfolio.weights import WeightSet, weighted
from scoring.value import POINTS
from services.scores import Scores
from services.scores import weights as shares_of
from services.work import Executor

VALUE = "value"  # the one criterion of a question whose weights are not in doubt
Intervals = Mapping[str, Mapping[str, tuple[float, float]]]


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


def by_branch(scores: Scores, points: Mapping[str, float] | None = None) -> Parts:
    """The same by the branches at the top of the tree, each with its own weights inside.

    points   criterion -> points among its siblings; None = the framework's own weights
    """
    framework, given = scores.framework, parts(scores)
    share = shares_of(framework, points)
    tops = {leaf.key: list(framework.path(leaf.key))[-1].key for leaf in framework.leaves}
    inside = {leaf: share[leaf] / share[top] if share[top] else 0.0 for leaf, top in tops.items()}
    found: dict[str, Mapping[str, float]] = {}
    for project, by_leaf in given.items():
        branches = dict.fromkeys((c.key for c in framework.children("")), 0.0)
        for leaf, value in by_leaf.items():
            branches[tops[leaf]] += inside[leaf] * value
        found[project] = branches
    return found


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not settled about the values.

    corners   extreme weightings; one, empty, when no weight is in doubt
    lows, highs   {project: value} at each corner
    weights   the set they are corners of; None = no weight is in doubt
    parts     project -> criterion -> value it would have if that criterion had all the weight
    """

    corners: tuple[Mapping[str, float], ...]
    lows: tuple[Values, ...]
    highs: tuple[Values, ...]
    weights: WeightSet | None = None
    parts: Parts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Studied:
    """robust    what is proved of every project
    sampled   how often it is chosen over weightings drawn; None = no weight is in doubt, or no draw
    bands     how far each weight can move; empty unless the set says the weights now
    """

    robust: Robust
    sampled: Sampled | None = None
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Draws:
    """How many draws of costs, how many solved anew, and what is asked of them.

    holds   a plan is looked for that stays within every envelope at least so often; None = not
    """

    count: int = 1000
    asked: int = 100
    level: float = LEVEL
    holds: float | None = None


@dataclass(frozen=True, slots=True)
class Fares:
    """How a plan fares when costs are drawn; see optimizer.risk.

    asked        draws solved anew     impossible   of those, the draws that leave no plan at all
    """

    draws: int
    within: Share
    envelopes: Mapping[str, Held]
    asked: int
    impossible: int
    chosen: Mapping[str, Share]
    holding: Holding | None = None


def doubt_of(question: Question, weights: WeightSet | None, intervals: Intervals) -> Doubt:
    """The criteria being measures of the question; without weights, ``value`` alone."""
    if weights is None:
        given = {p.code: {VALUE: p.value} for p in question.projects}
        return replace(doubt(given, WeightSet((VALUE,)), intervals), weights=None)
    given = {
        p.code: {name: p.measures.get(name, 0.0) for name in weights.criteria}
        for p in question.projects
    }
    return doubt(given, weights, intervals)


def doubt(parts: Parts, weights: WeightSet, intervals: Intervals) -> Doubt:
    """Values at every corner of a weight set.

    intervals   project -> criterion -> (least, most); what is not there is as ``parts`` say
    """
    lows, highs = (_with_ends(parts, intervals, side) for side in (0, 1))
    corners = weights.corners()
    return Doubt(
        corners,
        tuple(weighted(lows, corner) for corner in corners),
        tuple(weighted(highs, corner) for corner in corners),
        weights,
        parts,
    )


def study(
    question: Question, doubt: Doubt, search: Search, samples: int = 0,
    crew: Executor | None = None,
) -> Studied:  # fmt: skip
    """What stands, exactly; then weightings drawn, when asked; then how far each weight can move.

    Time is shared in three; draws take values as they are said, not their intervals.
    """
    third = replace(search, seconds=search.seconds / 3)
    found = robust(question, doubt.lows, third, doubt.highs)
    weights = doubt.weights
    if weights is None or found.status == "infeasible":
        return Studied(found)
    run = crew.run if crew else in_turn
    drawn = [weighted(doubt.parts, one) for one in weightings(weights, samples, search.seed)]
    sampled = sample(question, drawn, _each(third, samples), run) if samples else None
    if not weights.weights:
        return Studied(found, sampled)
    now = weights.shares()
    best = solve(with_values(question, weighted(doubt.parts, now)), third, settle=False)
    if not isinstance(best, Plan) or best.proof.status != "optimal":
        return Studied(found, sampled)
    return Studied(found, sampled, bands(question, best, doubt.parts, now, third))


def fares(
    question: Question, plan: Plan, overruns: Overruns, search: Search,
    draws: Draws = Draws(), crew: Executor | None = None,
) -> Fares:  # fmt: skip
    """How the plan fares over costs drawn, and who is chosen when each draw is solved anew."""
    factors = risk.draws(question, overruns, draws.count, search.seed)
    envelopes, within = risk.held(question, plan, factors, draws.level)
    each = _each(search, draws.asked)
    run = crew.run if crew else in_turn
    again = risk.chosen(question, factors[: draws.asked], each, run, plan)
    holding = None
    if draws.holds is not None:
        fresh = risk.draws(question, overruns, draws.count, search.seed + 1)
        holding = risk.holding(question, factors, fresh, draws.holds, search)
    shares = again.chosen if again.draws else {}
    return Fares(draws.count, within, envelopes, again.draws, again.impossible, shares, holding)


def with_past(said: Overruns, past: Overruns) -> Overruns:
    """The projects as they are said to be, the others as past ones were."""
    return replace(said, past=past.past, source=past.source)


def of_registry(registry: Registry) -> Overruns:
    """Each project's least and most cost, as factors of the likely one, from its estimates.

    Of the dearest variant; a project whose estimates give one amount only is not named.
    """
    found: dict[str, tuple[float, float]] = {}
    for project in registry.projects:
        known = [v for v in project.variants if v.cost]
        if known:
            spends = max(known, key=lambda v: v.cost or 0).spends
            likely = sum(s.amount.likely for s in spends)
            low = sum(s.amount.likely if s.amount.low is None else s.amount.low for s in spends)
            high = sum(s.amount.likely if s.amount.high is None else s.amount.high for s in spends)
            if low < likely or high > likely:
                found[project.code] = (low / likely, high / likely)
    return Overruns(found)


def _each(search: Search, count: int) -> Search:
    """The time of one of so many solves: all of them fit, unless one takes more than its part."""
    return replace(search, seconds=max(1.0, search.seconds / max(1, count)))


def _with_ends(parts: Parts, intervals: Intervals, side: int) -> Parts:
    return {
        code: {**own, **{name: ends[side] for name, ends in intervals.get(code, {}).items()}}
        for code, own in parts.items()
    }

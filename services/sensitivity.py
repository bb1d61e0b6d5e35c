"""Sensitivity: ranks over the weights in doubt, one project's tornado, and second opinions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from portfolio import judgement
from portfolio.plan import Plan
from portfolio.weights import WeightSet
from scoring import acceptability, drawing, matrix, objective_weights, opinions
from scoring import sensitivity as scored
from scoring.acceptability import Acceptability
from scoring.matrix import Numbers
from scoring.weights import of_leaves
from services import agreed, bench, ratings
from services.jobs import Job, Jobs
from services.ratings import Rated
from services.scenarios import Asked
from services.tradeoffs import Working, working

Source = Literal["adopted", "ballots", "none"]
Method = Literal["topsis", "topsis_minmax", "vikor", "promethee"]

DRAWS, CELLS, SEED = 4000, 8_000_000, 0  # weightings drawn; fewer where there are many projects
SPAN = 0.9  # of the draws, between the two ranks told
WHOLE = 0.5  # of the value scale: from that gap on, PROMETHEE prefers without reserve


@dataclass(frozen=True, slots=True)
class Placed:
    """One project over the weightings drawn.

    rank         with the weights in force       low, half, high   in few draws, half, most
    among        share of the draws in which it is among the first ones, and its standard error
    first        share in which it comes first       confidence   see Acceptability; None = never
    central      branch at the top -> the mean weight under which it comes first; empty = never
    is_in        the plan takes it
    """

    project: str
    rank: int
    low: int
    half: int
    high: int
    among: float
    error: float
    first: float
    confidence: float | None
    central: Mapping[str, float]
    is_in: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Every project that the panel scored, in order of rank.

    first      how many are "the first ones": as many as the plan takes
    source     where the weights in doubt come from; none = every weighting there is
    """

    lines: tuple[Placed, ...]
    first: int
    draws: int
    source: Source
    with_ratings: bool

    @property
    def hesitant(self) -> tuple[Placed, ...]:
        """Those among the first ones in some draws and not in others."""
        return tuple(line for line in self.lines if 0.0 < line.among < 1.0)


@dataclass(frozen=True, slots=True)
class Swing:
    """One weight taken to its lowest and to its highest, the others in proportion."""

    criterion: str
    weight: float
    low: float
    high: float
    points_low: float | None
    points_high: float | None
    rank_low: int
    rank_high: int

    @property
    def reach(self) -> float:
        """Points between the two ends."""
        ends = (self.points_low, self.points_high)
        return abs(ends[1] - ends[0]) if ends[0] is not None and ends[1] is not None else 0.0


@dataclass(frozen=True, slots=True)
class Tornado:
    """What each weight does to one project, what moves it most first.

    source   ballots = between the members' lowest and highest; none = a fifth down and up
    """

    project: str
    points: float
    rank: int
    of: int
    swings: tuple[Swing, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Opinion:
    """Another method's ranks.

    tau      Kendall's tau-b with the official score, -1..1; None = one of them ranks nothing
    common   of the first ones by the official score, how many it also has among its first
    """

    method: Method
    ranks: Mapping[str, int]
    tau: float | None
    common: int


@dataclass(frozen=True, slots=True)
class Opinions:
    """Never the official score: taking a project away may reorder the others.

    official   project -> rank by the official score, the best first
    filled     figures missing that were taken as the project's own worth
    weights    criterion -> (in force, by entropy, by CRITIC): a remark, used nowhere
    """

    official: Mapping[str, int]
    opinions: tuple[Opinion, ...]
    first: int
    filled: int
    weights: Mapping[str, tuple[float, float, float]]


def source(asked: Asked) -> Source:
    """Where the weights in doubt come from."""
    return agreed.source(asked)


def places(
    jobs: Jobs, asked: Asked, plan: Plan, with_ratings: bool = False, begin: bool = False
) -> Working[Places]:
    """How the ranks hold over the weights in doubt, and over the evaluators' spread if asked."""

    def work(job: Job[Places]) -> Places:
        return _places(asked, plan, with_ratings)

    name = f"{bench.called(asked, plan)}:places:{'ratings' if with_ratings else 'weights'}"
    return working(jobs, name, work, begin, lambda found: True)


def tornado(asked: Asked, project: str) -> Tornado | None:
    """What each weight does to the project; None when the panel did not score it."""
    rated = ratings.table_of(asked)
    if project not in rated.projects:
        return None
    at, by_ballot = rated.projects.index(project), _lowest_and_highest(asked, rated)
    ends = scored.around(rated.now) if by_ballot is None else by_ballot
    found = scored.tornado(rated.values, rated.now, ends)
    swings = [_swing(rated, found, k, at) for k in range(len(rated.criteria))]
    swings.sort(key=lambda swing: -swing.reach)
    return Tornado(
        project,
        float(found.now[at]),
        int(found.rank_now[at]),
        len(rated.projects),
        tuple(swings),
        "none" if by_ballot is None else "ballots",
    )


def _swing(rated: Rated, found: scored.Tornado, k: int, at: int) -> Swing:
    low, high = map(float, found.ends[k])
    points, ranks = found.points[k, :, at], found.ranks[k, :, at]
    ends = _known(points[0]), _known(points[1])
    return Swing(
        rated.criteria[k], float(rated.now[k]), low, high, *ends, int(ranks[0]), int(ranks[1])
    )


def second_opinions(asked: Asked, plan: Plan) -> Opinions | None:
    """What other methods would rank first; None when fewer than two projects are scored."""
    rated = ratings.table_of(asked)
    worths = matrix.worth(rated.values, rated.now)[0] if rated.projects else np.array([])
    known = ~np.isnan(worths)
    if known.sum() < 2:
        return None
    values = matrix.filled(rated.values[known], rated.now)
    codes = [code for code, is_known in zip(rated.projects, known, strict=True) if is_known]
    official, first = worths[known], _first(plan, codes)
    told = tuple(
        _opinion(method, found, official, codes, first)
        for method, found in _asked_of_others(values, rated.now).items()
    )
    by_figures = zip(
        rated.now, objective_weights.entropy(values), objective_weights.critic(values), strict=True
    )
    return Opinions(
        dict(sorted(_ranks(codes, official).items(), key=lambda pair: pair[1])),
        told,
        first,
        int(np.isnan(rated.values[known]).sum()),
        {
            leaf: (float(now), float(entropy), float(critic))
            for leaf, (now, entropy, critic) in zip(rated.criteria, by_figures, strict=True)
        },
    )


def _places(asked: Asked, plan: Plan, with_ratings: bool) -> Places:
    rated = ratings.table_of(asked)
    where = source(asked)
    if not rated.projects:
        return Places((), 0, 0, where, with_ratings)
    cells = rated.values.size if with_ratings else len(rated.projects)
    count = max(200, min(DRAWS, CELLS // max(1, cells)))
    weights = _drawn(asked, rated, where, count)
    values: Numbers = rated.values
    if with_ratings:
        values = acceptability.ratings(rated.values, rated.errors, count, SEED)
    found = acceptability.acceptability(values, weights)
    first = _first(plan, rated.projects)
    lines = _placed(asked, rated, found, plan, first)
    return Places(lines, first, count, where, with_ratings)


def _drawn(asked: Asked, rated: Rated, where: Source, count: int) -> Numbers:
    """Draws x leaves: within the set adopted, or between the ballots; else all there are."""
    if where == "adopted":
        kept = agreed.left_open(asked.registry, asked.scores.framework)
        assert kept is not None
        inside = agreed.of_branches
        return np.array(
            [
                rated.row(
                    inside(
                        asked.registry,
                        asked.scores.framework,
                        dict(zip(kept.criteria, map(float, row), strict=True)),
                    )
                )
                for row in drawing.within(kept, count, SEED)
            ]
        )
    ends = _lowest_and_highest(asked, rated)
    if ends is None:
        return drawing.uniform(len(rated.criteria), count, SEED)
    between = {
        leaf: (float(low), float(high))
        for leaf, (low, high) in zip(rated.criteria, ends, strict=True)
    }
    return drawing.within(WeightSet(rated.criteria, between), count, SEED)


def _lowest_and_highest(asked: Asked, rated: Rated) -> Numbers | None:
    """Criteria x 2: the members' lowest and highest weights; None with fewer than two ballots."""
    given = judgement.ballots(asked.registry)
    if len(given) < 2:
        return None
    framework = asked.scores.framework
    each = [of_leaves(framework, {w.criterion: w.points for w in b.weights}) for b in given]
    rows = np.array([rated.row(weights) for weights in each])
    return np.column_stack([rows.min(axis=0), rows.max(axis=0)])


def _placed(
    asked: Asked, rated: Rated, found: Acceptability, plan: Plan, first: int
) -> tuple[Placed, ...]:
    low, half, high = found.span(SPAN)
    among, error = found.within(first)
    now = matrix.ranks(matrix.worth(rated.values, rated.now))[0]
    lines = [
        Placed(
            code,
            int(now[at]),
            int(low[at]),
            int(half[at]),
            int(high[at]),
            float(among[at]),
            float(error[at]),
            float(found.shares[at, 0]),
            _known(found.confidence[at]),
            _by_branch(asked, rated, found.central[at]),
            code in plan.starts,
        )
        for at, code in enumerate(rated.projects)
    ]
    return tuple(sorted(lines, key=lambda line: line.rank))


def _by_branch(asked: Asked, rated: Rated, central: Numbers) -> Mapping[str, float]:
    """The weights of leaves, added up by branch at the top; empty where there are none."""
    if np.isnan(central).any():
        return {}
    framework = asked.scores.framework
    found = dict.fromkeys((branch.key for branch in framework.children("")), 0.0)
    for leaf, weight in zip(rated.criteria, central, strict=True):
        *_, root = framework.path(leaf)
        found[root.key] += float(weight)
    return found


def _asked_of_others(values: Numbers, weights: Numbers) -> Mapping[Method, Numbers]:
    """Each method's score, more being better."""
    preference = opinions.Preference("v_shape", strict=WHOLE)
    flows = opinions.flows(values, (preference,) * values.shape[1])
    return {
        "topsis": opinions.topsis(values, weights),
        "topsis_minmax": opinions.topsis(values, weights, normalization="minmax"),
        "vikor": -opinions.vikor(values, weights).compromise,
        "promethee": flows.net(weights),
    }


def _opinion(
    method: Method, found: Numbers, official: Numbers, codes: Sequence[str], first: int
) -> Opinion:
    ranks, own = _ranks(codes, found), _ranks(codes, official)
    common = sum(ranks[code] <= first and own[code] <= first for code in codes)
    return Opinion(method, ranks, opinions.agreement(official, found), common)


def _ranks(codes: Sequence[str], worths: Numbers) -> dict[str, int]:
    """Rounding tells no two projects apart."""
    return dict(zip(codes, map(int, matrix.ranks(np.round(worths, 9))[0]), strict=True))


def _first(plan: Plan, codes: Sequence[str]) -> int:
    """How many are "the first ones": as many as the plan takes of those that are scored."""
    return max(1, sum(code in plan.starts for code in codes))


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)

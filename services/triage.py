"""What the committee has still to discuss: core, contested, out; and how far weights may move."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer import robust as robustly
from optimizer import sampling, stability
from optimizer.robust import Standing
from optimizer.search import Search, Watch
from optimizer.valued import Values
from portfolio import judgement
from portfolio.evaluation import Ballot
from portfolio.plan import Plan
from portfolio.weights import weighted
from scoring.weights import of_leaves
from services import agreed, bench, robustness, scores
from services.executors import executor
from services.jobs import Job, Jobs
from services.scenarios import Asked
from services.tradeoffs import Working, working

SECONDS = 240.0
DRAWS, EACH = 100, 20.0  # mixes of the members' weights that are drawn; seconds for each at most
TOGETHER, SEED = 20, 0


@dataclass(frozen=True, slots=True)
class Sorted:
    """One project.

    share, error   in what share of the mixes drawn the best plan takes it, and its standard error
    standing       what is proved of all mixes together; undecided = nothing is
    index          share of the portfolios that hold it; None when not all of them are known
    is_in          the plan takes it
    """

    project: str
    share: float
    error: float
    standing: Standing
    index: float | None
    value: float
    is_in: bool


@dataclass(frozen=True, slots=True)
class Triage:
    """Where each project stands as the members' weights are mixed, or those left open drawn.

    ballots       members whose weights were mixed; 0 = weights were drawn from the set adopted
    draws         mixes drawn and answered
    portfolios    sets of projects that no other betters under every one of them, as far as found
    is_complete   all of them were found       is_decided   every standing is proved
    """

    lines: tuple[Sorted, ...]
    ballots: int
    draws: int
    portfolios: int = 0
    is_complete: bool = False
    is_decided: bool = False

    @property
    def always(self) -> tuple[Sorted, ...]:
        """Those that the best plan takes in every mix drawn."""
        return tuple(line for line in self.lines if line.share == 1.0)

    @property
    def never(self) -> tuple[Sorted, ...]:
        """Those that it takes in none."""
        return tuple(line for line in self.lines if line.share == 0.0)

    @property
    def sometimes(self) -> tuple[Sorted, ...]:
        """Those that it takes in some and not in others."""
        return tuple(line for line in self.lines if 0.0 < line.share < 1.0)


@dataclass(frozen=True, slots=True)
class Band:
    """The weights of one branch, all others in proportion, at which the same projects are best.

    low, high            ends of the band        sure_low, sure_high   proved to reach there
    below, above         (projects that enter, that leave) beyond each end; empty = none does
    """

    criterion: str
    weight: float
    low: float
    high: float
    sure_low: float
    sure_high: float
    below: tuple[tuple[str, ...], tuple[str, ...]]
    above: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def is_proved(self) -> bool:
        return self.low == self.sure_low and self.high == self.sure_high


@dataclass(frozen=True, slots=True)
class Bands:
    """bands   in the order of the framework       is_complete   every end is proved"""

    bands: tuple[Band, ...]
    is_complete: bool

    @property
    def narrowest(self) -> Band | None:
        """The weight that may move the least, for its size, before the projects change."""
        return min(self.bands, key=lambda band: band.high - band.low, default=None)


def ballots(asked: Asked) -> tuple[Ballot, ...]:
    """The members' weights, each person's last that was revealed."""
    return judgement.ballots(asked.registry)


def is_left_open(asked: Asked) -> bool:
    """Whether the committee adopted a set of weights: it then stands for the ballots."""
    return agreed.left_open(asked.registry, asked.scores.framework) is not None


def is_in_doubt(asked: Asked) -> bool:
    """Whether there is more than one weighting to try: a set adopted, or two ballots."""
    return is_left_open(asked) or len(ballots(asked)) > 1


def triage(jobs: Jobs, asked: Asked, plan: Plan, begin: bool = False) -> Working[Triage]:
    """Which projects stand whatever the weights that are in doubt; proved, project by project.

    Those of the set that the committee adopted, else any mix of the members' own.
    """
    given = 0 if is_left_open(asked) else len(ballots(asked))

    def work(job: Job[Triage]) -> Triage:
        question = asked.posed.question
        corners, mixes = _in_doubt(asked)
        search, run = Search(EACH, watch=_Asked(job)), executor("here").run
        drawn: list[tuple[str, ...]] = []
        for at in range(0, DRAWS, TOGETHER):
            some = sampling.answers(question, mixes[at : at + TOGETHER], search, run, plan)
            drawn += [one.projects for one in some if one is not None]
            known = _sorted(asked, plan, drawn, None, given)
            job.reached(len(drawn) / DRAWS / 2, known if drawn else None)
            if job.is_stopped():
                return known
        found = robustly.robust(question, corners, Search(SECONDS, watch=job).aside())
        return _sorted(asked, plan, drawn, found, given)

    name = f"{bench.called(asked, plan)}:triage:{_mark(asked)}"
    return working(jobs, name, work, begin, lambda found: found.draws == DRAWS)


def bands(jobs: Jobs, asked: Asked, plan: Plan, begin: bool = False) -> Working[Bands]:
    """How far each branch's weight may move before other projects are better."""

    def work(job: Job[Bands]) -> Bands:
        weights, parts = _branches(asked)
        search = Search(SECONDS, watch=job).aside()
        found = stability.bands(asked.posed.question, plan, parts, weights, search)
        told = tuple(map(_band, found))
        return Bands(told, all(band.is_proved for band in told))

    name = f"{bench.called(asked, plan)}:bands"
    return working(jobs, name, work, begin, lambda found: found.is_complete)


def standing_of(jobs: Jobs, asked: Asked, plan: Plan, project: str) -> Sorted | None:
    """Where the project stands, when the triage is known already; None when it is not."""
    found = triage(jobs, asked, plan).result
    lines = found.lines if found is not None else ()
    return next((line for line in lines if line.project == project), None)


def _in_doubt(asked: Asked) -> tuple[list[Values], list[Values]]:
    """Project -> value, at each extreme weighting, and at each of DRAWS drawn among them."""
    registry, framework = asked.registry, asked.scores.framework
    parts = robustness.parts(asked.scores)
    kept = agreed.left_open(registry, framework)
    if kept is None:
        corners: list[Values] = [
            weighted(parts, _leaves(asked, ballot)) for ballot in ballots(asked)
        ]
        return corners, _mixes(corners)

    def values(branches: Mapping[str, float]) -> Values:
        return weighted(parts, agreed.of_branches(registry, framework, branches))

    drawn = sampling.weightings(kept, DRAWS, SEED)
    return [values(corner) for corner in kept.corners()], [values(one) for one in drawn]


def _mark(asked: Asked) -> str:
    """The same for the same weights in doubt, which the question itself does not show."""
    kept = agreed.left_open(asked.registry, asked.scores.framework)
    said = repr(kept if kept is not None else ballots(asked))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _mixes(corners: Sequence[Values]) -> list[Values]:
    """DRAWS mixes of the members' weights, drawn evenly; the same at every call."""
    shares = np.random.default_rng(SEED).dirichlet(np.ones(len(corners)), DRAWS)
    codes = list(corners[0])
    return [
        {
            c: sum(float(s) * corner[c] for s, corner in zip(row, corners, strict=True))
            for c in codes
        }
        for row in shares
    ]


class _Asked(Watch):
    """Asked whether to stop; told nothing: the job counts by itself."""

    def __init__(self, job: Job[Triage]) -> None:
        self._job = job

    def is_stopped(self) -> bool:
        return self._job.is_stopped()


def _sorted(
    asked: Asked, plan: Plan, drawn: Sequence[tuple[str, ...]], found: robustly.Robust | None,
    ballots: int,
) -> Triage:  # fmt: skip
    standing = found.standing if found is not None else {}
    index = found.index if found is not None else {}
    counts = Counter(code for projects in drawn for code in projects)
    lines = []
    for project in asked.posed.question.projects:
        code = project.code
        one = sampling.Share.of(counts[code], len(drawn))
        proved = standing.get(code, "undecided")
        is_in = code in plan.starts
        lines.append(
            Sorted(code, one.share, one.error, proved, index.get(code), project.value, is_in)
        )
    if found is None:
        return Triage(tuple(lines), ballots, len(drawn))
    is_decided = bool(standing) and found.is_decided
    count = len(found.portfolios)
    return Triage(tuple(lines), ballots, len(drawn), count, found.is_complete, is_decided)


def _leaves(asked: Asked, ballot: Ballot) -> Mapping[str, float]:
    """Leaf -> weight, by one person's ballot."""
    points = {weight.criterion: weight.points for weight in ballot.weights}
    return of_leaves(asked.scores.framework, points)


def _branches(asked: Asked) -> tuple[Mapping[str, float], stability.Parts]:
    """(weight of each branch at the top, what a project is worth if it had all the weight)."""
    framework = asked.scores.framework
    shares = scores.weights(framework, scores.points_of(asked.registry))
    top = [branch.key for branch in framework.children("")]
    leaves: dict[str, list[str]] = {key: [] for key in top}
    for leaf in framework.leaves:
        *_, root = framework.path(leaf.key)
        leaves[root.key].append(leaf.key)
    parts = {
        project: {
            key: sum(shares[leaf] * given[leaf] for leaf in leaves[key]) / shares[key]
            for key in top
            if shares[key] > 0
        }
        for project, given in robustness.parts(asked.scores).items()
    }
    return {key: shares[key] for key in top}, parts


def _band(found: stability.Band) -> Band:
    low, high = found.low, found.high
    return Band(
        found.criterion,
        found.weight,
        low.at,
        high.at,
        low.sure,
        high.sure,
        (low.enters, low.leaves),
        (high.enters, high.leaves),
    )

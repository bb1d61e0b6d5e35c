"""The agenda: which disagreements could change the projects that are selected, and how likely.

Computed with the optimizer, never guessed from the spread. What evaluators could not settle of a
project is drawn as a normal around its value, with its standard error (scoring.value): the figure
that its card shows. Resampling three to five raters (a bootstrap) was set aside: it is short of
their variance by (n - 1) / n, and can only say again what someone said; the sum over some fifteen
criteria of independent means is close to a normal (Lyapunov). The probability that the set changes
as one value moves alone then needs no draw: the optimizer gives the exact values between which the
set stays the best (optimizer.margins). Draws of all values together, each solved anew, check it.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from optimizer import sampling
from optimizer.margins import Margin, Side, margins
from optimizer.sampling import Share
from optimizer.search import Search, Watch
from optimizer.solve import solve
from optimizer.valued import Values
from portfolio.plan import NoPlan, Plan
from scoring.value import POINTS, Valued
from services import bench
from services.executors import executor
from services.jobs import Job, Jobs
from services.scenarios import Asked
from services.tradeoffs import Working, working

REACH = 4.0  # standard errors looked at on each side: less than 1 in 15,000 lies beyond
SECONDS = 900.0
DRAWS, EACH, TOGETHER, SEED = 100, 20.0, 20, 0  # draws of all values together


@dataclass(frozen=True, slots=True)
class By:
    """What one criterion has to do with a project's disagreement.

    share   0..1 of the variance of its value
    """

    criterion: str
    share: float


@dataclass(frozen=True, slots=True)
class Line:
    """One project whose raters disagree.

    error         standard error of its value, in points
    margin        between which values the set of projects stays the best
    probability   that the set changes, all other values as they are: at least this
    at_most       no more than that; equal to ``probability`` where the margin is proved
    share         in what share of the joint draws the project itself comes in or goes; None = not
                  drawn yet
    by            criteria that make the disagreement, the heaviest first
    """

    project: str
    value: float
    error: float
    is_in: bool
    margin: Margin
    probability: float
    at_most: float
    share: Share | None = None
    by: tuple[By, ...] = ()

    @property
    def is_exact(self) -> bool:
        return self.probability == self.at_most

    @property
    def nearest(self) -> Side | None:
        """The known change that is the closest; None when there is none within reach."""
        sides = [s for s in (self.margin.below, self.margin.above) if s.enters or s.leaves]
        return min(sides, key=lambda side: abs((side.at or 0.0) - self.value), default=None)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The projects whose raters disagree, the likeliest to change the result first.

    settled       projects whose raters all agree, or that were given their value
    unknown       projects that one person alone rated: how far others would be is not known
    drawn         in what share of the draws of all values together the set changes; None = not yet
    draws         how many
    is_proved     the plan is the best, proved
    is_looked     every project was looked at
    is_complete   and each was proved, and every draw answered
    """

    lines: tuple[Line, ...]
    settled: int = 0
    unknown: tuple[str, ...] = ()
    drawn: Share | None = None
    draws: int = 0
    is_proved: bool = True
    is_looked: bool = False
    is_complete: bool = False

    def at_least(self, probability: float) -> tuple[Line, ...]:
        """The projects whose disagreement changes the set with that probability or more."""
        return tuple(line for line in self.lines if line.probability >= probability)

    def in_doubt(self, probability: float) -> tuple[Line, ...]:
        """Those of which it is not proved whether theirs does."""
        return tuple(line for line in self.lines if line.probability < probability <= line.at_most)


def agenda(jobs: Jobs, asked: Asked, plan: Plan, begin: bool = False) -> Working[Agenda]:
    """The agenda for that plan of the scenario asked; begun when ``begin``, else as it stands."""

    def work(job: Job[Agenda]) -> Agenda:
        looking = _Looking(asked, plan, job)
        lines = looking.lines()
        return looking.drawn(lines)

    return working(jobs, name(asked, plan), work, begin, lambda found: found.is_complete)


def name(asked: Asked, plan: Plan) -> str:
    """The same for the same plan, values and spreads: an agenda is worked out once."""
    spread = repr([(card.project, card.error) for card in asked.scores.cards])
    return f"{bench.called(asked, plan)}:agenda:{hashlib.sha256(spread.encode()).hexdigest()[:12]}"


def contested(asked: Asked) -> dict[str, Valued]:
    """The candidates whose raters disagree, with their cards."""
    cards = {card.project: card for card in asked.scores.cards}
    codes = asked.posed.question.choices().candidates
    return {code: cards[code] for code in codes if code in cards and cards[code].error}


def reach(card: Valued) -> tuple[float, float]:
    """(least, most) value that the raters' spread lets the project have."""
    value, error = card.points or 0.0, card.error or 0.0
    return max(0.0, value - REACH * error), min(POINTS, value + REACH * error)


def chances(margin: Margin, error: float) -> tuple[float, float]:
    """(least, most) probability that a normal of that error around the value leaves the margin.

    The two are one where both ends of the margin are proved.
    """
    below, above = margin.below, margin.above
    low, high, value = 0.0, 0.0, margin.value
    if below.at is not None:
        low += _tail((value - below.at) / error)
        high += _tail((value - below.sure) / error)
    if above.at is not None:
        low += _tail((above.at - value) / error)
        high += _tail((above.sure - value) / error)
    return min(1.0, low), min(1.0, high)


def _tail(steps: float) -> float:
    """How much of a normal lies beyond so many standard errors."""
    return float(stats.norm.sf(steps))


def by(card: Valued) -> tuple[By, ...]:
    """The criteria that make the disagreement, by their share of the value's variance."""
    parts = {p.criterion: (p.weight * p.spread) ** 2 for p in card.parts if p.spread}
    whole = sum(parts.values())
    ordered = sorted(parts.items(), key=lambda pair: -pair[1])
    return tuple(By(criterion, part / whole) for criterion, part in ordered)


class _Looking:
    """The work on one agenda."""

    def __init__(self, asked: Asked, plan: Plan, job: Job[Agenda]) -> None:
        self.asked, self.job, self.question = asked, job, asked.posed.question
        self.cards = contested(asked)
        self.plan = self._best(plan)
        known = Agenda(
            (),
            unknown=tuple(c for c in self.question.choices().candidates if self._is_alone(c)),
            is_proved=self.plan.proof.status == "optimal",
        )
        candidates = len(self.question.choices().candidates)
        settled = candidates - len(self.cards) - len(known.unknown)
        self.known = replace(known, settled=settled)

    def lines(self) -> list[Line]:
        """Each contested project, as far as the job was let."""
        found: list[Line] = []
        search = Search(SECONDS, watch=self.job).aside()
        asked = {code: reach(card) for code, card in self.cards.items()}
        for margin in margins(self.question, self.plan, asked, search) if asked else ():
            if self.job.is_stopped():
                break
            found.append(self._line(margin))
            self.job.reached(len(found) / len(self.cards) / 2, self._ordered(found))
        return found

    def drawn(self, lines: list[Line]) -> Agenda:
        """The agenda, with what draws of all values together say."""
        whole = self._ordered(lines)
        if not self.cards:
            return replace(whole, is_complete=True)
        search, run = Search(EACH, watch=_Asked(self.job)), executor("here").run
        answers: list[frozenset[str]] = []
        values = draws(self.question.choices().candidates, self.asked.values, self.cards)
        for at in range(0, DRAWS, TOGETHER):
            if self.job.is_stopped():
                return whole
            some = sampling.answers(
                self.question, values[at : at + TOGETHER], search, run, self.plan
            )
            answers += [frozenset(one.projects) for one in some if one is not None]
            whole = self._shared(lines, answers)
            self.job.reached(0.5 + len(answers) / DRAWS / 2, whole)
        is_told = whole.is_looked and all(line.is_exact for line in lines)
        return replace(whole, is_complete=is_told and len(answers) == DRAWS)

    def _best(self, plan: Plan) -> Plan:
        """The plan where it is proved; else one looked for during a tenth of the time."""
        if plan.proof.status == "optimal":
            return plan
        found = solve(self.question, Search(SECONDS / 10, watch=self.job).aside())
        return plan if isinstance(found, NoPlan) else found

    def _is_alone(self, code: str) -> bool:
        card = self.asked.scores.card(code)
        is_rated = card is not None and not card.is_given and card.points is not None
        return is_rated and card is not None and card.error is None

    def _line(self, margin: Margin) -> Line:
        card = self.cards[margin.project]
        error = card.error or 0.0
        is_in = margin.project in self.plan.starts
        least, most = chances(margin, error)
        return Line(
            margin.project, margin.value, error, is_in, margin, least, most, None, by(card)
        )

    def _shared(self, lines: list[Line], answers: list[frozenset[str]]) -> Agenda:
        own, n = frozenset(self.plan.starts), len(answers)
        moved = Counter(code for chosen in answers for code in chosen ^ own)
        told = [replace(line, share=Share.of(moved[line.project], n)) for line in lines]
        changed = Share.of(sum(chosen != own for chosen in answers), n)
        return replace(self._ordered(told), drawn=changed, draws=n)

    def _ordered(self, lines: list[Line]) -> Agenda:
        is_looked = len(lines) == len(self.cards)
        return replace(self.known, lines=tuple(sorted(lines, key=_rank)), is_looked=is_looked)


class _Asked(Watch):
    """Asked whether to stop; told nothing: the job counts by itself."""

    def __init__(self, job: Job[Agenda]) -> None:
        self._job = job

    def is_stopped(self) -> bool:
        return self._job.is_stopped()


def draws(codes: Mapping[str, object], values: Values, cards: Mapping[str, Valued]) -> list[Values]:
    """DRAWS sets of values, each contested project's drawn by itself; the same at every call."""
    order = list(cards)
    middle = np.array([cards[code].points or 0.0 for code in order])
    errors = np.array([cards[code].error or 0.0 for code in order])
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, len(order)))
    drawn = np.clip(middle + errors * noise, 0.0, POINTS)
    whole = {code: values.get(code, 0.0) for code in codes}
    return [{**whole, **dict(zip(order, map(float, row), strict=True))} for row in drawn]


def _rank(line: Line) -> tuple[float, float, float, float]:
    """The likeliest first; among those that change nothing, the closest to a change."""
    side = line.nearest
    steps = REACH if side is None else abs(side.sure - line.value) / line.error
    return (-line.probability, -line.at_most, steps, -line.error)

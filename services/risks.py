"""What a plan risks when costs are drawn: as the estimates say, or as past projects turned out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite

from data import references
from optimizer import risk
from optimizer.arrays import Numbers
from optimizer.sampling import TOGETHER, Sampled, Share, in_turn
from optimizer.search import Search
from portfolio.overruns import Overruns
from portfolio.plan import Plan
from portfolio.registry import Registry
from services import bench, robustness, tradeoffs
from services.jobs import Job, Jobs
from services.plan_figures import cents
from services.scenarios import Asked
from services.tradeoffs import Working, working

DRAWS, AGAIN, SEED = 2000, 60, 0
EACH = 5.0  # seconds allowed to each solve anew
WAIT = 3.0  # seconds that a page waits for the draws
SHARED = 0.3  # correlation of projects' draws: one house, one market; 0 would understate the tail


@dataclass(frozen=True, slots=True)
class Envelope:
    """One envelope under the costs drawn: cents, over the horizon.

    within   no period overspends          cvar   mean of what is missing in the worst 5 % of draws
    """

    code: str
    within: Share
    over: int
    cvar: int
    cvar_error: int


@dataclass(frozen=True, slots=True)
class Stays:
    """In what share of the draws that project is still chosen, all being decided anew."""

    project: str
    chosen: Share


@dataclass(frozen=True, slots=True)
class Risk:
    """How the plan fares.

    past        past projects stand behind every cost; else each project's own estimates do
    estimated   projects with a range of their own, of so many
    within      every envelope holds in every period
    again       draws decided anew so far; ``stays`` is about them, the least sure first
    """

    past: bool
    estimated: int
    projects: int
    within: Share
    envelopes: tuple[Envelope, ...]
    draws: int = DRAWS
    again: int = 0
    impossible: int = 0
    stays: tuple[Stays, ...] = ()

    @property
    def is_complete(self) -> bool:
        return self.again >= AGAIN


def law(registry: Registry, past: bool) -> Overruns:
    """Every cost as past federal projects turned out, or each as its own estimates say."""
    found = references.federal().overruns if past else robustness.of_registry(registry)
    return replace(found, common=SHARED)


def listed() -> int:
    """How many past projects the law rests on."""
    return references.federal().whole.projects


def is_in_doubt(asked: Asked) -> bool:
    """Whether any project of the question has a range of its own."""
    return bool(_estimated(asked))


def risks(jobs: Jobs, asked: Asked, plan: Plan, past: bool, begin: bool = False) -> Working[Risk]:
    """The plan kept as it is, over all draws; then who is chosen when each is decided anew.

    The first part, quick, does not wait for other work beside the page; what is decided anew under
    the other costs is looked for no more.
    """
    own, other = (f"{bench.called(asked, plan)}:risk-{which}" for which in _names(past))
    question = asked.posed.question
    first = jobs.get(f"{own}:drawn")
    if first is None and not begin:
        return Working(own)
    first = first or jobs.start(f"{own}:drawn", lambda job: _drawn(asked, plan, past))
    try:
        told: Risk = first.future.result(WAIT)
    except TimeoutError:
        return Working(own, None, first)
    tradeoffs.leave(jobs, other)

    def work(job: Job[Risk]) -> Risk:
        factors = _factors(asked, past)
        search = Search(EACH, gap=asked.scenario.gap, watch=job).aside()
        counts: Counter[str] = Counter()
        known = told
        for at in range(0, AGAIN, TOGETHER):
            if job.is_stopped():
                return known
            some = risk.chosen(question, factors[at : at + TOGETHER], search, in_turn, plan)
            counts.update({c: round(one.share * some.draws) for c, one in some.chosen.items()})
            known = _again(known, some, counts, plan)
            job.reached(known.again / AGAIN, known)
        return known

    found = working(jobs, own, work, begin, lambda found: found.is_complete)
    return replace(found, result=found.result or told)


def _names(past: bool) -> tuple[str, str]:
    return ("past", "own") if past else ("own", "past")


def _factors(asked: Asked, past: bool) -> Numbers:
    return risk.draws(asked.posed.question, law(asked.registry, past), DRAWS, SEED)


def _drawn(asked: Asked, plan: Plan, past: bool) -> Risk:
    """How the plan fares, kept as it is."""
    question = asked.posed.question
    envelopes, within = risk.held(question, plan, _factors(asked, past))
    told = tuple(_envelope(code, held) for code, held in envelopes.items())
    return Risk(past, len(_estimated(asked)), len(question.projects), within, told)


def _estimated(asked: Asked) -> set[str]:
    """Projects of the question whose estimates give more than one amount."""
    known = {project.code for project in asked.posed.question.projects}
    return known & set(robustness.of_registry(asked.registry).projects)


def _envelope(code: str, held: risk.Held) -> Envelope:
    error = held.cvar.error if isfinite(held.cvar.error) else 0.0
    over, cvar = cents(held.over.amount), cents(held.cvar.amount)
    return Envelope(code, held.within, over, cvar, cents(error))


def _again(told: Risk, some: Sampled, counts: Mapping[str, int], plan: Plan) -> Risk:
    """With the draws decided anew since; projects of the plan alone are told of."""
    draws = told.again + some.draws
    stays = [Stays(code, Share.of(counts[code], draws)) for code in plan.starts]
    stays.sort(key=lambda one: (one.chosen.share, one.project))
    impossible = told.impossible + some.impossible
    return replace(told, again=draws, impossible=impossible, stays=tuple(stays))

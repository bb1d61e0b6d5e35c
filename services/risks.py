"""What a plan risks when costs are drawn: as the estimates say, or as past projects turned out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite

from data import references
from optimizer import risk
from optimizer.sampling import TOGETHER, Sampled, Share, in_turn
from optimizer.search import Search
from portfolio.overruns import Overruns
from portfolio.plan import Plan
from portfolio.registry import Registry
from services import bench, robustness
from services.jobs import Job, Jobs
from services.plan_figures import cents
from services.scenarios import Asked
from services.tradeoffs import Working, working

DRAWS, AGAIN, SEED = 2000, 60, 0
EACH = 5.0  # seconds allowed to each solve anew
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
    """The plan kept as it is, over all draws; then who is chosen when each is decided anew."""
    question = asked.posed.question

    def work(job: Job[Risk]) -> Risk:
        factors = risk.draws(question, law(asked.registry, past), DRAWS, SEED)
        envelopes, within = risk.held(question, plan, factors)
        told = Risk(
            past,
            len(_estimated(asked)),
            len(question.projects),
            within,
            tuple(_envelope(code, held) for code, held in envelopes.items()),
        )
        search = Search(EACH, gap=asked.scenario.gap, watch=job).aside()
        counts: Counter[str] = Counter()
        job.reached(0.05, told)
        for at in range(0, AGAIN, TOGETHER):
            if job.is_stopped():
                return told
            some = risk.chosen(question, factors[at : at + TOGETHER], search, in_turn, plan)
            counts.update({c: round(one.share * some.draws) for c, one in some.chosen.items()})
            told = _again(told, some, counts, plan)
            job.reached(told.again / AGAIN, told)
        return told

    name = f"{bench.called(asked, plan)}:risk-{'past' if past else 'own'}"
    return working(jobs, name, work, begin, lambda found: found.is_complete)


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

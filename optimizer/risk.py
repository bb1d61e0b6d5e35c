"""Risk: what a plan becomes when costs are drawn, every figure with its standard error."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betaincinv, ndtr

from optimizer.arrays import Numbers
from optimizer.model import Model
from optimizer.program import Program, write
from optimizer.sampling import TOGETHER, Answered, Run, Sampled, Share, asking, counted, in_turn
from optimizer.search import Search, Watch
from optimizer.trials import plan_of
from portfolio.candidate import Candidate, at
from portfolio.choices import Choices, Start
from portfolio.overruns import Overruns
from portfolio.plan import Plan, broken, taken, worth
from portfolio.question import Question
from portfolio.rules import Row
from portfolio.rules.envelope import EnvelopeLimit

LEVEL = 0.95  # of the conditional value at risk: the mean of the worst 5 %
HALVINGS = 7  # of the cushion, when a plan that holds is looked for
DEAREST = 4.0  # standard deviations above the mean: the largest cushion


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over draws, with its standard error."""

    amount: float
    error: float


@dataclass(frozen=True, slots=True)
class Held:
    """One envelope under the costs drawn, the plan being kept as it is.

    within   no period overspends             over   what is missing over the horizon
    cvar     mean of what is missing in the worst draws (1 - LEVEL of them)
    """

    within: Share
    over: Mean
    cvar: Mean


@dataclass(frozen=True, slots=True)
class Holding:
    """A plan that holds, in all envelopes, at least as often as asked.

    within     on draws that it was not chosen by
    cushion    share of the way, for each project's cost, from what was said to the dearest (mean
               and four standard deviations) that had to be reserved; the least that was found
    Not proved to be the best such plan: the best along that one line of cushions.
    """

    plan: Plan
    objective: float
    within: Share
    cushion: float


def draws(question: Question, overruns: Overruns, count: int, seed: int) -> Numbers:
    """Factors of cost: draws x projects, in declared order. The same seed, the same factors."""
    dice = np.random.default_rng(seed)
    own = dice.standard_normal((count, len(question.projects)))
    shared = dice.standard_normal((count, 1))
    scores = math.sqrt(overruns.common) * shared + math.sqrt(1 - overruns.common) * own
    shares: Numbers = ndtr(scores)
    laws = (_law(overruns, project.code) for project in question.projects)
    columns = [law(shares[:, i]) for i, law in enumerate(laws)]
    return np.column_stack(columns) if columns else np.ones((count, 0))


def held(
    question: Question, plan: Plan, factors: Numbers, level: float = LEVEL
) -> tuple[Mapping[str, Held], Share]:
    """(by envelope, all of them together) how the plan fares; savings and standalones as said."""
    over = {rule.code: _over(question, plan, rule, factors) for rule in _envelopes(question)}
    fine = [missing <= _rounding(question, code) for code, missing in over.items()]
    every = np.logical_and.reduce(fine) if fine else np.ones(len(factors), bool)
    told = {
        code: Held(_share(good), _mean(over[code]), _cvar(over[code], level))
        for (code, good) in zip(over, fine, strict=True)
    }
    return told, _share(every)


def chosen(
    question: Question, factors: Numbers, search: Search, run: Run = in_turn,
    plan: Plan | None = None,
) -> Sampled:  # fmt: skip
    """How often the best plan under the costs drawn takes each project, whoever does the work."""
    began = time.monotonic()
    make = Repricing(question, replace(search, watch=None), plan)
    rows = [tuple(map(float, row)) for row in factors]
    groups = [rows[at : at + TOGETHER] for at in range(0, len(rows), TOGETHER)]
    given = run(make, groups, search.watch or Watch())
    answers = [answer for group in given for answer in group if answer is not None]
    return counted(question, answers, len(rows), time.monotonic() - began)


def holding(
    question: Question, factors: Numbers, fresh: Numbers, level: float, search: Search
) -> Holding | None:
    """A plan of much worth that holds in at least that share of the draws; None = none found.

    factors   draws to choose by       fresh   other draws, to tell how often it holds
    Costs are reserved with a cushion that grows with the spread of each project's own factor, by
    one share for all; the smallest share is looked for by halving.
    """
    on, ends = question.choices(), time.monotonic() + search.seconds
    asked = write(question, on)
    dearest = np.maximum(1.0, factors.mean(axis=0) + DEAREST * factors.std(axis=0))
    found: Holding | None = None
    low, high, cushion = 0.0, 1.0, 0.0
    for _ in range(HALVINGS + 2):
        loads = 1.0 + cushion * (dearest - 1.0)
        left = replace(search.aside(), seconds=max(0.0, ends - time.monotonic()))
        outcome = Model(_loaded(asked, on, loads)).ask(left)
        plan = plan_of(outcome)
        if outcome.has_plan and not broken(plan, question):
            if held(question, plan, factors)[1].share >= level:
                within = held(question, plan, fresh)[1]
                if found is None or worth(plan, question) >= found.objective:
                    found = Holding(plan, worth(plan, question), within, cushion)
                high = cushion
            else:
                low = cushion
        elif outcome.status == "infeasible":
            high = cushion
        else:
            break
        if high <= 0:
            break
        cushion = 1.0 if cushion == 0.0 else (low + high) / 2
    return found


@dataclass(frozen=True, slots=True)
class Repricing:
    """Asks a question again with other costs, group by group."""

    question: Question
    search: Search
    plan: Plan | None = None

    def __call__(
        self, watch: Watch
    ) -> Callable[[Sequence[tuple[float, ...]]], list[Answered | None]]:
        search = replace(self.search, threads=1, watch=asking(watch))

        def answer(group: Sequence[tuple[float, ...]]) -> list[Answered | None]:
            return [one(factors) for factors in group if not watch.is_stopped()]

        def one(factors: tuple[float, ...]) -> Answered | None:
            question = repriced(self.question, factors)
            on = question.choices()
            begin = [taken(self.plan, question, on)] if self.plan else []
            outcome = Model(write(question, on), begin).ask(search)
            if outcome.status == "infeasible":
                return Answered((), None, True)
            plan = plan_of(outcome)
            if not outcome.has_plan or broken(plan, question):
                return None
            projects = tuple(code for code in on.candidates if code in plan.starts)
            return Answered(projects, worth(plan, question), outcome.status == "optimal")

        return answer


def repriced(question: Question, factors: Sequence[float]) -> Question:
    """The same question, the costs of each project times its factor; effort as it is."""
    projects = zip(question.projects, factors, strict=True)
    return replace(question, projects=tuple(_times(p, float(factor)) for p, factor in projects))


def _times(project: Candidate, factor: float) -> Candidate:
    def grown(cost: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, ...]]:
        return {code: tuple(factor * x for x in series) for code, series in cost.items()}

    variants = tuple(replace(v, cost=grown(v.cost)) for v in project.variants)
    return replace(project, cost=grown(project.cost), variants=variants)


def _law(overruns: Overruns, code: str) -> Callable[[Numbers], Numbers]:
    """From shares 0..1 to factors: the quantiles of the project's law."""
    if code in overruns.projects:
        low, high = overruns.projects[code]
        if low == high:
            return lambda shares: np.full(len(shares), low)
        a, b = 1 + 4 * (1 - low) / (high - low), 1 + 4 * (high - 1) / (high - low)
        return lambda shares: low + (high - low) * np.asarray(betaincinv(a, b, shares))
    if not overruns.past:
        return lambda shares: np.ones(len(shares))
    marks, factors = zip(*overruns.past, strict=True)
    if marks[0] > 0:
        marks, factors = (0.0, *marks), (min(1.0, factors[0]), *factors)
    return lambda shares: np.interp(shares, marks, factors)


def _envelopes(question: Question) -> list[EnvelopeLimit]:
    return [rule for rule in question.stated() if isinstance(rule, EnvelopeLimit)]


def _over(question: Question, plan: Plan, rule: EnvelopeLimit, factors: Numbers) -> Numbers:
    """Money missing over the horizon, by draw: as ``EnvelopeLimit.short`` adds it up."""
    on = question.choices()
    spent = np.tile(_beside(question, plan, rule, on), (len(factors), 1))
    for place, code in enumerate(on.candidates):
        if code in plan.starts:
            spent += factors[:, [place]] * _cost(on, Start(code, *plan.starts[code]), rule.code)
    spent = np.maximum(0.0, spent)
    missing, brought = np.zeros(len(factors)), np.zeros(len(factors))
    for period in range(on.periods):
        limit = at(rule.envelope.limits, period)
        left = limit + brought - spent[:, period]
        missing += np.maximum(0.0, -left)
        brought = np.clip(left, 0.0, rule.envelope.carry * limit)
    return missing


def _cost(on: Choices, start: Start, envelope: str) -> Numbers:
    """What the start costs the envelope, by period of the horizon."""
    cost = np.zeros(on.periods)
    series = on.option(start).cost.get(envelope, ())
    cost[start.period : start.period + len(series)] = series
    return cost


def _beside(question: Question, plan: Plan, rule: EnvelopeLimit, on: Choices) -> Numbers:
    """What the envelope pays whatever the draw: debts retired on their own, less savings."""
    paid = np.zeros(on.periods)
    for debt, period in plan.standalone.items():
        alone = on.stakes[debt].standalone
        if alone is not None and alone.envelope == rule.code:
            paid[period] += alone.cost
    for synergy in rule.synergies:
        if all(code in plan.starts for code in synergy.projects):
            for period, saving in enumerate(synergy.saving.get(rule.code, ())):
                paid[period] -= saving
    return paid


def _loaded(asked: Program, on: Choices, loads: Numbers) -> Program:
    """The program in which each start costs its envelopes more; no other row changes."""
    load = dict(zip(on.candidates, map(float, loads), strict=True))

    def grown(row: Row) -> Row:
        if row.label[0] not in ("envelope", "used"):
            return row
        terms = {
            c: n * load[c.project] if isinstance(c, Start) else n for c, n in row.terms.items()
        }
        return replace(row, terms=terms)

    return replace(asked, rows=tuple(map(grown, asked.rows)))


def _rounding(question: Question, envelope: str) -> float:
    """What adding up may lose: never an overspend."""
    return 1e-9 * max(1.0, sum(question.envelopes[envelope].limits))


def _share(holds: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Share:
    return Share.of(int(holds.sum()), len(holds))


def _mean(amounts: Numbers) -> Mean:
    if len(amounts) < 2:
        return Mean(float(amounts.mean()) if len(amounts) else 0.0, float("inf"))
    return Mean(float(amounts.mean()), float(amounts.std(ddof=1)) / math.sqrt(len(amounts)))


def _cvar(amounts: Numbers, level: float) -> Mean:
    """Mean beyond the quantile, the draw at the quantile counted in part.

    Error of the estimate: standard deviation of max(x - q, 0), over (1 - level) sqrt(n).
    Source: Rockafellar & Uryasev 2000; Trindade et al. 2007.
    """
    tail = 1.0 - level
    if not len(amounts) or tail <= 0:
        return Mean(float(amounts.max(initial=0.0)), float("inf"))
    edge = float(np.quantile(amounts, level, method="inverted_cdf"))
    beyond = np.maximum(amounts - edge, 0.0)
    error = float(beyond.std(ddof=1)) / (tail * math.sqrt(len(amounts))) if len(beyond) > 1 else 0.0
    return Mean(edge + float(beyond.mean()) / tail, error)

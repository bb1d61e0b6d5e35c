"""Why each project is in or out, in exact numbers: what it would take, and who makes room."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from optimizer.doctor import conflict
from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.room import at_least, cheaper, chosen, raised, roomy
from optimizer.search import Search
from optimizer.solve import solve
from optimizer.trials import SAME, Trial, Trials, plan_of, side_by_side
from portfolio.choices import Column
from portfolio.plan import NoPlan, Plan, broken, taken
from portfolio.question import Question
from portfolio.rules import Label, Row
from portfolio.rules.envelope import EnvelopeLimit
from portfolio.rules.row import total

SEARCH = Search(300.0)


@dataclass(frozen=True, slots=True)
class Lost:
    """What the objective loses: ``amount`` between the best plans known, within [low, high].

    low == high when it was proved; ``high`` is inf where no plan was found in time
    """

    amount: float
    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def is_nothing(self) -> bool:
        """Whether it is proved that nothing is lost: the two can stand for one another."""
        return self.high == 0.0


@dataclass(frozen=True, slots=True)
class Inside:
    """A project of the best plan.

    worth         what the best plan loses without it; None = no plan without it
    replaced_by   projects that plan takes and the best does not
    held_by       the rules that no plan without it keeps together; empty when there is one
    instead       the best plan without it
    """

    worth: Lost | None
    replaced_by: tuple[str, ...] = ()
    held_by: tuple[Label, ...] = ()
    instead: Plan | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """A project that the best plan leaves out.

    gap            what the best plan loses with it: the value it lacks; None = no plan with it
    displaces      projects of the best plan that make room for it
    forbidden_by   the rules that no plan with it keeps together; empty when there is one
    money          envelope -> least more money, by period, with which it joins and nothing of the
                   objective is lost; None = no money of that envelope is enough, or none was found
    cost_cut       least share of its cost, 0..1, without which it does; None = not even if free
    instead        the best plan with it
    """

    gap: Lost | None
    displaces: tuple[str, ...] = ()
    forbidden_by: tuple[Label, ...] = ()
    money: Mapping[str, tuple[float, ...] | None] = field(default_factory=dict)
    cost_cut: float | None = None
    instead: Plan | None = None


Reason = Inside | Outside


@dataclass(frozen=True, slots=True)
class Explained:
    """plan        the best plan, settled among its equals when ``explain`` looked for it
    projects    project -> why it is in or out, in declared order
    seconds     that it took, the plan's own search included
    """

    plan: Plan | NoPlan
    projects: Mapping[str, Reason]
    seconds: float = 0.0

    @property
    def is_exact(self) -> bool:
        """Whether every figure was proved."""
        lost = [r.worth if isinstance(r, Inside) else r.gap for r in self.projects.values()]
        return all(one is None or one.is_exact for one in lost)


def explain(
    question: Question, search: Search = SEARCH, projects: Sequence[str] | None = None,
    plan: Plan | None = None, paths: bool = True,
) -> Explained:  # fmt: skip
    """Why the best plan takes and leaves what it does.

    projects   of which to say so; None = all
    plan       the best plan, with its proof, when it is known already
    paths      also look for the least money and the least cut that would bring each project in
    """
    began = time.monotonic()
    found = plan or solve(question, search)
    if isinstance(found, NoPlan):
        return Explained(found, {}, time.monotonic() - began)
    about = list(question.choices().candidates) if projects is None else list(projects)
    left = replace(search.aside(), seconds=max(0.0, search.seconds - time.monotonic() + began))
    asking = _Asking(question, found, left, paths)
    reasons = side_by_side(asking.trials, about, asking.reason)
    return Explained(found, dict(zip(about, reasons, strict=True)), time.monotonic() - began)


class _Asking:
    """The best plan, and what is asked of each project."""

    def __init__(self, question: Question, plan: Plan, search: Search, paths: bool) -> None:
        self.question, self.plan, self.paths = question, plan, paths
        self.roomy = roomy(question, question.choices())
        self.trials = Trials(question, self.roomy.program, plan)
        self.search = replace(search, threads=1)
        self.ends = time.monotonic() + search.seconds
        self.best = plan.proof.objective or 0.0
        self.above = max(plan.proof.bound or self.best, self.best)
        self.envelopes = [r for r in question.stated() if isinstance(r, EnvelopeLimit)]

    def reason(self, trials: Trials, project: str) -> Reason:
        """Why the project is in or out."""
        if project in self.plan.starts:
            return self._inside(trials, project)
        return self._outside(trials, project)

    def _inside(self, trials: Trials, project: str) -> Inside:
        trial = trials.best(self._left(), Twist(rows=(chosen(trials.on, project, 0.0),)))
        if trial.status == "infeasible":
            return Inside(None, held_by=self._clash(project, False))
        entered = trial.plan.starts if trial.plan else {}
        came = tuple(code for code in entered if code not in self.plan.starts)
        return Inside(self._lost(trial), came, (), trial.plan)

    def _outside(self, trials: Trials, project: str) -> Outside:
        trial = trials.best(self._left(), Twist(rows=(chosen(trials.on, project, 1.0),)))
        lost = None if trial.status == "infeasible" else self._lost(trial)
        why = self._clash(project, True) if lost is None else ()
        stays = trial.plan.starts if trial.plan else self.plan.starts
        left = tuple(code for code in self.plan.starts if code not in stays)
        if lost and lost.is_nothing:
            free = {rule.code: (0.0,) * trials.on.periods for rule in self.envelopes}
            return Outside(lost, left, (), free, 0.0, trial.plan)
        if not self.paths:
            return Outside(lost, left, why, {}, None, trial.plan)
        money = {rule.code: self._money(trials, project, rule) for rule in self.envelopes}
        return Outside(lost, left, why, money, self._cost_cut(project), trial.plan)

    def _lost(self, trial: Trial) -> Lost:
        """How much less than the best plan; nothing where only rounding differs."""
        least = self.best - SAME * max(1.0, abs(self.best))
        if trial.worth is None:
            bound = self.best if trial.bound is None else trial.bound
            return Lost(float("inf"), max(0.0, self.best - bound), float("inf"))
        amount = 0.0 if trial.worth >= least else self.best - trial.worth
        if trial.is_exact and self.above == self.best:
            return Lost(amount, amount, amount)
        bound = self.above if trial.bound is None else trial.bound
        return Lost(amount, max(0.0, self.best - bound), amount + self.above - self.best)

    def _money(
        self, trials: Trials, project: str, rule: EnvelopeLimit
    ) -> tuple[float, ...] | None:
        """The least more money of that envelope with which the project costs nobody anything."""
        more = self.roomy.of("envelope", rule.code)
        twist = Twist(
            gain=dict.fromkeys(more.values(), -1.0),
            most={extra: self.roomy.needed[extra] for extra in more.values()},
            rows=(chosen(trials.on, project, 1.0), self._as_good(trials.model.program.gain)),
        )
        outcome = trials.model.ask(self._left(), twist)
        if outcome.status != "optimal":
            return None
        plan = plan_of(outcome)
        short = rule.short(trials.on, taken(plan, self.question, trials.on))
        is_kept = not broken(plan, raised(self.question, rule.code, short))
        return short if is_kept else None

    def _cost_cut(self, project: str) -> float | None:
        """The least share of its cost without which the project costs nobody anything."""
        asked, cut = cheaper(self.question, project)
        model = Model(asked)
        rows = (chosen(self.trials.on, project, 1.0), self._as_good(asked.gain))
        outcome = model.ask(self._left(), Twist(gain={c: -n for c, n in cut.items()}, rows=rows))
        if outcome.status != "optimal":
            return None
        return min(1.0, max(0.0, total(cut, outcome.taken)[0]))

    def _as_good(self, gain: Mapping[Column, float]) -> Row:
        return at_least(gain, self.best - SAME * max(1.0, abs(self.best)))

    def _clash(self, project: str, is_in: bool) -> tuple[Label, ...]:
        """The rules that cannot be kept together with the project in (or out)."""
        trials = self.trials.twin()
        row = chosen(trials.on, project, 1.0 if is_in else 0.0)
        return conflict(trials.model.model, Twist(rows=(row,)), self._left())

    def _left(self) -> Search:
        return replace(self.search, seconds=max(0.0, self.ends - time.monotonic()))

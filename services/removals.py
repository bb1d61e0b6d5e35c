"""The plan made anew without each evaluator, then without each criterion: does the choice stay?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from optimizer.sampling import Answered, Weighing
from optimizer.search import Search, Watch
from portfolio import judgement
from portfolio.person import Person
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.registry import Registry
from portfolio.rules import Force
from scoring import sensitivity
from services import bench, ratings, scores
from services.executors import executor
from services.jobs import Job, Jobs
from services.scenarios import Asked
from services.tradeoffs import Working, working
from services.why_card import Unit, measured, unit_of

EACH = 20.0  # seconds for each plan made anew, at most
SAME = 1e-7  # relative difference under which two worths are the same

Kind = Literal["evaluator", "criterion"]
Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing left out.

    code       of the person, or the criterion's key
    values     project -> points, without it
    unscored   projects that nobody scores any more: they are worth nothing then
    """

    kind: Kind
    code: str
    values: Values
    unscored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """What becomes of the choice of projects without one evaluator, or one criterion.

    enters, leaves   projects of the best plan then, against the plan; empty = the choice stays
    lost             what keeping the plan's projects would then lose, in the objective's unit
    is_proved        that best plan is proved
    """

    kind: Kind
    code: str
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    lost: float
    unscored: tuple[str, ...]
    is_proved: bool

    @property
    def stays(self) -> bool:
        """Whether the same projects are the best."""
        return not (self.enters or self.leaves)


@dataclass(frozen=True, slots=True)
class Removals:
    """Evaluators first, then criteria; ``asked`` = how many there are to look at."""

    removals: tuple[Removal, ...]
    asked: int
    unit: Unit

    @property
    def is_complete(self) -> bool:
        return len(self.removals) == self.asked

    def of(self, kind: Kind) -> tuple[Removal, ...]:
        """Those of one kind."""
        return tuple(removal for removal in self.removals if removal.kind == kind)

    def moving(self, kind: Kind) -> tuple[Removal, ...]:
        """Those without which other projects are chosen."""
        return tuple(removal for removal in self.of(kind) if not removal.stays)


def evaluators(registry: Registry) -> tuple[str, ...]:
    """Whose ratings count now, in order of their codes."""
    return tuple(sorted({e.evaluator for e in judgement.panel(registry) if e.rating is not None}))


def cases(asked: Asked) -> tuple[Case, ...]:
    """Everything that can be left out; an evaluator who is alone, or one criterion, cannot."""
    return (*_evaluators(asked), *_criteria(asked))


def removals(jobs: Jobs, asked: Asked, plan: Plan, begin: bool = False) -> Working[Removals]:
    """The best plan without each of them, each found from the plan as it is."""

    def work(job: Job[Removals]) -> Removals:
        given, question = cases(asked), asked.posed.question
        best = _best(question, [case.values for case in given], plan, job)
        pairs = list(zip(given, best, strict=False))
        told = tuple(_told(question, plan, case, one, job) for case, one in pairs)
        known = tuple(one for one in told if one is not None)
        return Removals(known, len(given), unit_of(question))

    name = f"{bench.called(asked, plan)}:removals"
    return working(jobs, name, work, begin, lambda found: found.is_complete)


def names(by: Person, registry: Registry) -> Mapping[str, str]:
    """Code -> name of each evaluator; empty for those who may not know who said what."""
    if not by.has(*scores.READS_OPINIONS):
        return {}
    known = {person.code: person.name for person in registry.people}
    return {code: known.get(code, code) for code in evaluators(registry)}


class _Counting(Watch):
    """Tells the job how many plans are made, and asks it whether to stop."""

    def __init__(self, job: Job[Any]) -> None:
        self._job = job

    def heard(self, objective: float | None, bound: float | None) -> None:
        self._job.reached((objective or 0.0) / max(bound or 1.0, 1.0))

    def is_stopped(self) -> bool:
        return self._job.is_stopped()


def _best(
    question: Question, values: Sequence[Values], plan: Plan, job: Job[Any]
) -> list[Answered | None]:
    """The best plan under each of the values, looked for from the plan as it is."""
    made = Weighing(question, Search(EACH), plan)
    with executor("here") as crew:
        groups = crew.run(made, [[one] for one in values], _Counting(job))
    return [one for group in groups for one in group]


def _told(
    question: Question, plan: Plan, case: Case, best: Answered | None, job: Job[Any]
) -> Removal | None:
    """What the best plan changes; None when it was not found in time.

    The same projects, otherwise placed, may do as well: they are then no change.
    """
    if best is None or best.objective is None or job.is_stopped():
        return None
    chosen, kept = set(best.projects), set(plan.starts)
    lost = 0.0
    if chosen != kept:
        (held,) = _best(_held(question, plan), [case.values], plan, Job())
        reached = held.objective if held is not None else None
        lost = best.objective - (reached if reached is not None else 0.0)
        if lost <= SAME * max(1.0, abs(best.objective)):
            chosen, lost = kept, 0.0
    return Removal(
        case.kind,
        case.code,
        tuple(code for code in best.projects if code in chosen - kept),
        tuple(code for code in plan.starts if code in kept - chosen),
        measured(lost, unit_of(question)),
        case.unscored,
        best.is_proved,
    )


def _held(question: Question, plan: Plan) -> Question:
    """The same question, the plan's projects being chosen and no other."""
    forced = (Force(p.code, p.code in plan.starts) for p in question.projects)
    return replace(question, rules=(*question.rules, *forced))


def _evaluators(asked: Asked) -> list[Case]:
    registry, framework = asked.registry, asked.scores.framework
    points, people = scores.points_of(registry), evaluators(registry)
    if len(people) < 2:
        return []
    found = []
    for person in people:
        cards = sensitivity.without_evaluator(registry, framework, points, person)
        before = {card.project: card.points for card in asked.scores.cards}
        lost = [c.project for c in cards if c.points is None and before[c.project] is not None]
        values = {card.project: card.points or 0.0 for card in cards}
        found.append(Case("evaluator", person, values, tuple(lost)))
    return found


def _criteria(asked: Asked) -> list[Case]:
    table = ratings.table_of(asked)
    weighing = [leaf for leaf, weight in table.weights.items() if weight > 0]
    if len(weighing) < 2 or not table.projects:
        return []
    found = []
    for leaf in weighing:
        left = sensitivity.without_criterion(table.weights, leaf)
        worths = table.points(left)
        lost = tuple(code for code, points in worths.items() if points is None)
        values = {**asked.values, **{code: points or 0.0 for code, points in worths.items()}}
        found.append(Case("criterion", leaf, values, lost))
    return found

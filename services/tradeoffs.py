"""Trade-offs beside a plan: what more of a limit buys, what rules cost, other plans as good."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from optimizer import prices as priced
from optimizer.search import Search
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.registry import dollars
from portfolio.rules import Label
from services import bench
from services.jobs import Job, Jobs
from services.plan_figures import cents
from services.plan_view import Binding
from services.scenarios import Asked
from services.why_card import Unit, measured, unit_of

T = TypeVar("T")
MORE = {"envelope": 10_000_000, "team": 100}  # how much more is asked about: cents, person-days
SECONDS = 120.0
WITHIN, COUNT = 0.01, 4  # near-best plans: the share of the best that may be lost, how many


@dataclass(frozen=True)
class Working(Generic[T]):
    """One piece of work as it stands: not begun, under way, or done.

    name     of the job, to stop it or to take it up again
    is_cut   it ended before it had looked at everything
    """

    name: str
    result: T | None = None
    job: Job[T] | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Gain:
    """With ``more`` of a limit the plan gains ``gained`` over the plan as it is.

    more     cents or person-days       gained   in the unit of the objective
    enters, leaves   projects, against the plan as it is
    """

    more: float
    gained: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class More:
    """What more of one limit buys, shared among its periods as is best.

    asked         how much more at most: cents or person-days
    steps         each amount from which more is gained, and how much; empty = nothing is
    is_complete   every step is there, each proved
    """

    limit: Label
    kind: Literal["envelope", "team"]
    asked: float
    unit: Unit
    steps: tuple[Gain, ...]
    is_complete: bool


def may_ask_more(bound: Binding) -> bool:
    """Whether more of that limit can be asked about."""
    return bound.label[0] in MORE


def more(
    jobs: Jobs, asked: Asked, plan: Plan, bound: Binding, begin: bool = False
) -> Working[More]:
    """What more of a limit buys; begun when ``begin``, else as it stands."""
    name = f"{bench.called(asked, plan)}:more:{':'.join(bound.label)}"

    def work(job: Job[More]) -> More:
        return _more(asked.posed.question, plan, bound, Search(SECONDS, watch=job).aside())

    return working(jobs, name, work, begin, lambda found: found.is_complete)


def working(
    jobs: Jobs, name: str, work: Callable[[Job[T]], T], begin: bool,
    is_whole: Callable[[T], bool],
) -> Working[T]:  # fmt: skip
    """The work of that name as it stands, begun aside when ``begin``."""
    job: Job[T] | None = jobs.get(name)
    if job is None and begin:
        job = jobs.start(name, work, aside=True)
    if job is None:
        return Working(name)
    if not job.is_done:
        return Working(name, job.so_far, job)
    if (error := job.future.exception()) is not None:
        jobs.forget(name)  # it may be asked anew
        raise error
    found = job.future.result()
    return Working(name, found, is_cut=not is_whole(found))


def again(jobs: Jobs, name: str) -> None:
    """Drop what ended too soon, so that it is looked for anew."""
    jobs.forget(name)


def _more(question: Question, plan: Plan, bound: Binding, search: Search) -> More:
    kind: Any = bound.label[0]
    rows = [(*bound.label, str(period)) for period in bound.periods]
    asked = MORE[kind]
    most = dollars(asked) if kind == "envelope" else float(asked)
    found = priced.curve(question, plan, rows, most, search)
    unit, first = unit_of(question), found.steps[0].objective
    now, steps = list(plan.starts), []
    for step in found.steps[1:]:
        now = [code for code in now if code not in step.leaves] + list(step.enters)
        amount = float(cents(step.more)) if kind == "envelope" else step.more
        gained = measured(step.objective - first, unit)
        steps.append(Gain(amount, gained, *_changes(plan, now)))
    return More(bound.label, kind, asked, unit, tuple(steps), found.is_complete)


def _changes(plan: Plan, now: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(projects that are in and were not, projects that were in and are not)."""
    enters = tuple(code for code in now if code not in plan.starts)
    return enters, tuple(code for code in plan.starts if code not in now)

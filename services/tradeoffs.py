"""Trade-offs beside a plan: what more of a limit buys, what rules cost, other plans as good."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from optimizer import near as nearby
from optimizer import prices as priced
from optimizer.search import Search
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.registry import dollars
from portfolio.rules import Force, Label
from services import bench, plan_figures
from services.jobs import Job, Jobs
from services.plan_figures import cents
from services.plan_view import Binding, PlanView
from services.scenarios import Asked
from services.why_card import Unit, measured, unit_of

T = TypeVar("T")
MORE = {"envelope": 10_000_000, "team": 100}  # how much more is asked about: cents, person-days
SECONDS = 120.0
PRICING = 240.0
KINDS = (
    frozenset({"force-in", "force-out"}),
    frozenset({"mandatory", "deadline"}),
    frozenset({"floor", "ceiling", "debt-floor", "debt-ceiling", "red-limit", "at-most-starts"}),
    frozenset({"needs", "needs-one-of", "excludes", "together", "window"}),
)  # in the order in which they are priced: what the committee decided itself comes first
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


@dataclass(frozen=True, slots=True)
class Price:
    """What one rule costs, in the unit of the objective.

    cost      what the best plan gains without it, at least       at_most   no more than that
    comes     projects that would come without the rule: those it drives out
    goes      projects that would go
    reason    why the choice was imposed, when it was
    """

    rule: Label
    cost: float
    at_most: float
    comes: tuple[str, ...]
    goes: tuple[str, ...]
    reason: str = ""

    @property
    def is_exact(self) -> bool:
        return self.cost == self.at_most


@dataclass(frozen=True, slots=True)
class Prices:
    """Every rule priced so far, the dearest first."""

    prices: tuple[Price, ...]
    unit: Unit
    is_complete: bool

    @property
    def paid(self) -> tuple[Price, ...]:
        """Those that cost something, or may."""
        return tuple(price for price in self.prices if price.at_most > 0)


@dataclass(frozen=True, slots=True)
class Near:
    """A plan nearly as good as the best.

    lost      what it lacks of the best, in the unit of the objective
    view      its figures
    """

    lost: float
    view: PlanView
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    is_furthest: bool


@dataclass(frozen=True, slots=True)
class Nearby:
    """Plans within reach of the best, those that differ most first.

    differing   every project that one of them takes and another does not, in declared order
    """

    plans: tuple[Near, ...]
    differing: tuple[str, ...]
    unit: Unit
    within: float
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


def prices(jobs: Jobs, asked: Asked, plan: Plan, begin: bool = False) -> Working[Prices]:
    """What each rule costs: imposed choices first, then obligations, bounds and links."""
    question = asked.posed.question
    reasons = {r.project: r.reason for r in question.rules if isinstance(r, Force)}
    unit = unit_of(question)

    def work(job: Job[Prices]) -> Prices:
        found: list[Price] = []
        for at, kinds in enumerate(KINDS):
            job.reached(at / len(KINDS), _priced(found, unit, False))
            left = Search(max(0.0, PRICING * (at + 1) / len(KINDS) - job.seconds), watch=job)
            told = priced.prices(question, plan, left.aside(), kinds)
            found += [_price(one, unit, reasons) for one in told]
            if job.is_stopped():
                return _priced(found, unit, False)
        return _priced(found, unit, True)

    name = f"{bench.called(asked, plan)}:prices"
    return working(jobs, name, work, begin, lambda found: found.is_complete)


def near(jobs: Jobs, asked: Asked, plan: Plan, begin: bool = False) -> Working[Nearby]:
    """Plans that lose no more than WITHIN of the best and differ from it as much as can be."""
    question = asked.posed.question

    def work(job: Job[Nearby]) -> Nearby:
        found = nearby.near(question, plan, WITHIN, COUNT, Search(SECONDS, watch=job).aside())
        is_complete = not job.is_stopped() and job.seconds < SECONDS
        return _nearby(question, plan, found, is_complete)

    name = f"{bench.called(asked, plan)}:near"
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


def leave(jobs: Jobs, called: str) -> None:
    """Look no more for what is worked out of that plan; what was found already is kept."""
    for name in jobs.names:
        job = jobs.get(name)
        if name.startswith(called) and job is not None and not job.is_done:
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


def _price(one: priced.Price, unit: Unit, reasons: Mapping[str, str]) -> Price:
    is_imposed = one.rule[0] in ("force-in", "force-out")
    reason = reasons.get(one.rule[1], "") if is_imposed else ""
    cost, at_most = measured(one.cost, unit), measured(one.at_most, unit)
    return Price(one.rule, cost, at_most, one.enters, one.leaves, reason)


def _priced(found: Iterable[Price], unit: Unit, is_complete: bool) -> Prices:
    ordered = sorted(found, key=lambda price: (-price.cost, -min(price.at_most, 1e12)))
    return Prices(tuple(ordered), unit, is_complete)


def _nearby(
    question: Question, plan: Plan, found: Iterable[nearby.Near], is_complete: bool
) -> Nearby:
    unit = unit_of(question)
    plans = tuple(
        Near(
            measured(one.lost, unit),
            plan_figures.view(one.plan, question),
            one.enters,
            one.leaves,
            one.is_furthest,
        )
        for one in found
    )
    moved = {code for one in plans for code in (*one.enters, *one.leaves)}
    differing = tuple(c for c in question.choices().candidates if c in moved)
    return Nearby(plans, differing, unit, WITHIN, is_complete)

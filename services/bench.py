"""The bench: a scenario solved beside the page, followed, stopped, read in figures, and kept."""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from data import journal, question_file
from data.store import Act, Store
from optimizer.solvers import Search, Watch
from portfolio.errors import Invalid
from portfolio.person import Person, Role
from portfolio.plan import NoPlan, Plan
from portfolio.registry import pose
from portfolio.scenario import Scenario
from portfolio.words import Bilingual
from services import plan_figures, scenarios
from services.jobs import Job, Jobs
from services.permission import COMMITTEE, allowed
from services.plan_view import Change, PlanView, against
from services.scenarios import Asked, answer

FIRST = 2.0  # seconds after which a first plan is shown, while the proof goes on
WAIT = 3.0  # seconds that a page waits for it: the time to write the question and read the plan


@dataclass(frozen=True, slots=True)
class Answered:
    """What a solve brought back.

    view      the plan in figures; None when there is no plan
    seconds   the time that was allowed
    """

    found: Plan | NoPlan
    view: PlanView | None
    seconds: float

    @property
    def is_final(self) -> bool:
        """Whether looking longer cannot change it."""
        return self.found.proof.status in ("optimal", "infeasible", "unbounded")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an answer now: the best so far, and the job that still looks, if one does.

    name   of the question, to stop it by
    """

    answered: Answered | None
    job: Job[Answered] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A scenario beside another one.

    standing   its answer as it stands; None = it cannot be asked, for that reason
    change     what its plan changes from the other's; None until both are there
    """

    scenario: Scenario
    standing: Standing | None
    refused: Invalid | None = None
    change: Change | None = None

    @property
    def view(self) -> PlanView | None:
        """Its plan in figures, once there is one."""
        answered = self.standing.answered if self.standing is not None else None
        return answered.view if answered is not None else None


@dataclass(frozen=True, slots=True)
class Progress:
    """gap   relative, as in Proof; None until a plan and a bound are known; 0 = proven."""

    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float


@allowed(*COMMITTEE)
def stamp(store: Store, by: Person) -> str:
    """Changes whenever anything in the store does: what was asked under it still holds."""
    with store.reading() as work:
        return journal.last_change(work)


def instead(asked: Asked, scenario: Scenario) -> Asked:
    """The same portfolio, asked another scenario."""
    if scenario.debt_mode is not asked.scenario.debt_mode:
        return scenarios.put(asked.registry, scenario)
    return replace(asked, scenario=scenario, posed=pose(asked.registry, scenario, asked.values))


def name(asked: Asked) -> str:
    """The same for the same question, whoever asks it: a question is solved once."""
    return f"{asked.registry.cycle.code}:{question_file.sha256(asked.posed.question)}"


def called(asked: Asked, plan: Plan) -> str:
    """The same for the same plan of the same question: what is told of it is worked out once."""
    chosen = repr((sorted(plan.starts.items()), sorted(plan.standalone.items())))
    return f"{name(asked)}:{hashlib.sha256(chosen.encode()).hexdigest()[:12]}"


def standing(jobs: Jobs, asked: Asked, wait: float = WAIT) -> Standing:
    """The answer as it stands, after ``wait`` seconds at most; what must be looked for is begun.

    A first plan is looked for during FIRST seconds, then the proof, for as long as the scenario
    allows. Whatever the solve raised is raised again.
    """
    named, limit = name(asked), asked.scenario.time_limit
    whole = jobs.get(named)
    first = jobs.get(f"{named}:first")
    if whole is None and first is None:
        first = jobs.start(f"{named}:first", _work(asked, min(limit, FIRST)))
    early = _result(jobs, f"{named}:first", first, wait)
    if first is not None and early is None:
        return Standing(None, first, named)
    if whole is None and early is not None and _is_enough(early, first, limit):
        return Standing(early, name=named)
    whole = jobs.start(named, _work(asked, limit))
    late = _result(jobs, named, whole, 0.0 if early else wait)
    if late is None:
        return Standing(early, whole, named)
    return Standing(_better(early, late), name=named)


def beside(
    jobs: Jobs, reference: Asked, stood: PlanView | None, scenarios: Iterable[Scenario]
) -> tuple[Beside, ...]:
    """Other scenarios of the same portfolio, looked for if need be.

    stood   the plan against which each is told; None = it is not there yet
    """
    return tuple(_beside(jobs, reference, scenario, stood) for scenario in scenarios)


def _beside(
    jobs: Jobs, reference: Asked, scenario: Scenario, stood: PlanView | None
) -> Beside:
    try:
        asked = instead(reference, scenario)
    except Invalid as refused:
        return Beside(scenario, None, refused)
    found = Beside(scenario, standing(jobs, asked, wait=0.0))
    if stood is None or found.view is None:
        return found
    return replace(found, change=against(found.view, stood))


def again(jobs: Jobs, asked: Asked) -> None:
    """Look anew, for as long as the scenario now allows, for an answer that was not final."""
    jobs.forget(name(asked))
    jobs.start(name(asked), _work(asked, asked.scenario.time_limit))


def stop(jobs: Jobs, named: str) -> None:
    """End the solve of that name, if it is under way: its best plan so far is its answer."""
    for job in (jobs.get(named), jobs.get(f"{named}:first")):
        if job is not None:
            job.stop()


def progress(job: Job[Answered]) -> Progress:
    """How far the solve has come."""
    found, bound = job.objective, job.bound
    if found is None or bound is None:
        return Progress(found, bound, None, job.seconds)
    gap = max(0.0, bound - found) / max(abs(found), 1e-9)
    return Progress(found, bound, gap, job.seconds)


def export(asked: Asked) -> bytes:
    """The question as a file that ``cli.py solve`` reads."""
    return question_file.write(asked.posed.question)


def titled(asked: Asked, title: str) -> Asked:
    """The scenario asked, as a new one under a title and a code of its own."""
    taken = {scenario.code for scenario in asked.registry.scenarios}
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    stem = "-".join("".join(c if c.isalnum() else " " for c in plain).split())[:40] or "scenario"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    code = stem if stem not in taken else next(c for c in numbered if c not in taken)
    return replace(
        asked, scenario=replace(asked.scenario, code=code, title=Bilingual(title), version=0)
    )


@allowed(Role.FACILITATOR, Role.ADMINISTRATOR)
def keep(
    store: Store, by: Person, cycle: str, asked: Asked, found: Plan | NoPlan,
    request: str | None = None,
) -> None:  # fmt: skip
    """Keep the scenario if it is new, and its answer with the exact question, to be replayed.

    Stale when a scenario of that code was saved by someone else meanwhile.
    """
    question = asked.posed.question
    with store.writing(Act(by.code, Role.FACILITATOR, "bench.keep", request)) as work:
        if asked.scenario not in work.registry(cycle).scenarios:
            work.save(cycle, asked.scenario)
        work.keep_plan(
            cycle,
            asked.scenario.code,
            question_file.canonical(question).decode(),
            json.dumps(question_file.answer(found, question), ensure_ascii=False),
        )


def _work(asked: Asked, seconds: float) -> Callable[[Watch], Answered]:
    def work(watch: Watch) -> Answered:
        search = Search(seconds=seconds, gap=asked.scenario.gap, watch=watch)
        found = answer(asked, search)
        seen = plan_figures.view(found, asked.posed.question) if isinstance(found, Plan) else None
        return Answered(found, seen, seconds)

    return work


def _result(jobs: Jobs, named: str, job: Job[Answered] | None, wait: float) -> Answered | None:
    """What the job brought; None while it looks. A job that failed is forgotten, and tells why."""
    if job is None:
        return None
    try:
        return job.future.result(wait)
    except TimeoutError:
        return None
    except Exception:
        jobs.forget(named)
        raise


def _is_enough(early: Answered, first: Job[Answered] | None, limit: float) -> bool:
    """Whether no longer search is called for: proven, out of time, or stopped by someone."""
    return early.is_final or limit <= FIRST or (first is not None and first.is_stopped())


def _better(early: Answered | None, late: Answered) -> Answered:
    """The later answer, unless it was stopped before it found what the first had."""
    if early is None or late.is_final or early.view is None:
        return late
    had, has = early.found.proof.objective, late.found.proof.objective
    return early if has is None or (had is not None and had > has) else late

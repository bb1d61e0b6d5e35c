"""Why a project is in or out: asked by those who may, worked out beside the page, found once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from data import journal
from data.store import Store
from optimizer.explain import Outside, Reason, explain
from optimizer.joining import joining
from optimizer.search import Search
from portfolio.candidate import Candidate
from portfolio.errors import Forbidden, Missing
from portfolio.person import Person, Role
from portfolio.plan import NoPlan, Plan
from portfolio.question import Question
from portfolio.registry import Registry
from portfolio.scenario import Scenario
from services import bench, scenarios, scores
from services.bench import Answered
from services.cycles import sees
from services.footprint import measured
from services.jobs import Job, Jobs
from services.permission import COMMITTEE, EVERYONE, allowed
from services.scenarios import Asked
from services.scores import Scores
from services.triage import Sorted, standing_of
from services.why_card import Card, Paths, card, paths, room, unit_of

REASON, WAYS, ALL = 60.0, 120.0, 600.0  # seconds at most: one reason, its ways in, all reasons
TOGETHER = 12  # reasons looked for at a time, between which progress is told
Stage = Literal["plan", "none", "left-out", "reason", "ways", "done"]


@dataclass(frozen=True)
class Inquiry:
    """A scenario put to the portfolio, and what the person who asks may know of it.

    registry    as she may see it        scores      the cards she may read
    projects    of which she may ask why, candidates or not
    asked       the whole question: for services alone, never shown
    """

    registry: Registry
    scores: Scores
    scenario: Scenario
    projects: tuple[str, ...]
    asked: Asked = field(repr=False)


@dataclass(frozen=True)
class Standing:
    """How far the answer has come.

    stage   plan: the best plan is looked for; none: there is none; left-out: the project is not in
            the question, for ``reason``; reason: being worked out; ways: the card is there, what
            would bring the project in is looked for; done
    job     under way, if any           name   of the job, to stop it or to take it up again
    is_cut  the job was stopped before its end
    sorted  how its fate depends on the members' weights; None = not known yet
    """

    stage: Stage
    card: Card | None = None
    found: Plan | NoPlan | None = None
    reason: str = ""
    job: Job[Any] | None = None
    name: str = ""
    is_cut: bool = False
    sorted: Sorted | None = None


@dataclass(frozen=True)
class Table:
    """Every project she may ask about, as far as it is known.

    of   how many there will be
    """

    cards: tuple[Card, ...]
    of: int
    job: Job[Any] | None = None
    name: str = ""
    is_cut: bool = False


@allowed(*EVERYONE)
def inquiry(
    store: Store, by: Person, cycle: str, scenario: Scenario | str | None = None
) -> Inquiry:
    """The scenario (the kept one of that code, by default the first) put to the portfolio.

    A lead may ask of the scenarios that are kept, and only of her own projects.
    """
    if isinstance(scenario, Scenario) and not by.has(*COMMITTEE):
        raise Forbidden("not-allowed", act="why.inquiry", accepted=COMMITTEE)
    with store.reading() as work:
        head = journal.last_change(work)
    whole = _whole(store, head, cycle)
    asked = _posed(whole, scenario)
    registry = whole.registry
    mine = tuple(p for p in registry.projects if may_ask(by, registry, p.code))
    codes = tuple(project.code for project in mine)
    seen = replace(
        registry,
        projects=tuple(p for p in registry.projects if sees(by, p)),
        evaluations=(),
        ballots=(),
    )
    read = replace(whole.scores, cards=tuple(c for c in whole.scores.cards if c.project in codes))
    return Inquiry(seen, read, asked.scenario, codes, asked)


@allowed(*EVERYONE, own=(Role.LEAD,))
def standing(
    store: Store, by: Person, jobs: Jobs, inquiry: Inquiry, project: str,
    wait: float = bench.WAIT,
) -> Standing:  # fmt: skip
    """Why the project is in or out, as far as it is known; what must be looked for is begun.

    The reason first, then the ways in; each for the plan that the bench has found, once it looks no
    longer. Forbidden("not-yours") for a project of which the person may not ask.
    """
    asked = inquiry.asked
    _own(by, asked.registry, project)
    plan = bench.standing(jobs, asked, wait)
    if plan.job is not None or plan.answered is None:
        return Standing("plan", job=plan.job, name=plan.name)
    found = plan.answered.found
    if isinstance(found, NoPlan):
        return Standing("none", found=found, name=plan.name)
    if project not in asked.posed.question.choices().candidates:
        left = {out.project: out.reason for out in asked.posed.left_out}
        return Standing("left-out", found=found, reason=left.get(project, ""))
    about = _Explaining(asked, plan.answered, found, by)
    explained = _explained(jobs, about, project, wait)
    return replace(explained, sorted=about.sorted(jobs, project))


@allowed(*EVERYONE)
def table(store: Store, by: Person, jobs: Jobs, inquiry: Inquiry) -> Table | Standing:
    """Every project the person may ask about, as far as it is known; the rest is begun.

    A Standing while there is no plan to explain.
    """
    plan = bench.standing(jobs, inquiry.asked)
    if plan.job is not None or plan.answered is None:
        return Standing("plan", job=plan.job, name=plan.name)
    found = plan.answered.found
    if isinstance(found, NoPlan):
        return Standing("none", found=found, name=plan.name)
    about = _Explaining(inquiry.asked, plan.answered, found, by)
    name = f"{about.name}:all"
    job = jobs.start(name, about.all(jobs), aside=True)
    known: Mapping[str, Reason] = _so_far(jobs, name, job)
    registry = inquiry.asked.registry
    mine = [c for c in about.question.choices().candidates if may_ask(by, registry, c)]
    cards = tuple(about.card(code, known[code]) for code in mine if code in known)
    is_cut = job.is_done and len(cards) < len(mine)
    return Table(cards, len(mine), None if job.is_done else job, name, is_cut)


@allowed(*EVERYONE, own=(Role.LEAD,))
def points(store: Store, by: Person, cycle: str, project: str) -> scores.Card:
    """Where the project's points come from; opinions only for those who may read them."""
    with store.reading() as work:
        whole = work.registry(cycle)
    _own(by, whole, project)
    return scores.card_of(by, whole, project)


def may_ask(by: Person, registry: Registry, project: str) -> bool:
    """Whether the person may ask why of that project: a lead of her own, the committee of all."""
    found = [p for p in registry.projects if p.code == project]
    is_theirs = any(p.lead == by.code for p in found)
    return is_theirs or (by.has(*COMMITTEE) and any(sees(by, p) for p in found))


def leave(jobs: Jobs, name: str) -> None:
    """Look no more for what nobody waits for; what was found already is kept."""
    job = jobs.get(name)
    if job is not None and not job.is_done:
        jobs.forget(name)


def again(jobs: Jobs, name: str) -> None:
    """Drop what was stopped before its end, so that it is looked for anew."""
    jobs.forget(name)


@dataclass(frozen=True)
class _Explaining:
    """One plan, explained to one person."""

    asked: Asked
    answered: Answered
    plan: Plan
    by: Person

    @property
    def question(self) -> Question:
        return self.asked.posed.question

    @property
    def name(self) -> str:
        """The same for the same plan of the same question."""
        return f"{bench.called(self.asked, self.plan)}:why"

    def card(self, project: str, reason: Reason, ways: Paths | None = None) -> Card:
        """The card, with the values of others for those who may read them."""
        values = self.asked.values if self.by.has(*COMMITTEE) else None
        view = self.answered.view
        assert view is not None  # a plan has a view
        return card(self.question, self.plan, view, project, reason, values, ways)

    def sorted(self, jobs: Jobs, project: str) -> Sorted | None:
        """How its fate depends on the members' weights, when that is known already."""
        return standing_of(jobs, self.asked, self.plan, project)

    def reason(self, project: str) -> Callable[[Job[Reason]], Reason]:
        """Why, and by how much."""

        def work(job: Job[Reason]) -> Reason:
            return self._reasons([project], REASON, job)[project]

        return work

    def all(self, jobs: Jobs) -> Callable[[Job[Mapping[str, Reason]]], Mapping[str, Reason]]:
        """Why, and by how much, for every project of the question; known ones are not sought."""

        def work(job: Job[Mapping[str, Reason]]) -> Mapping[str, Reason]:
            codes = list(self.question.choices().candidates)
            known = {code: one for code in codes if (one := self.known(jobs, code)) is not None}
            job.reached(len(known) / len(codes), dict(known))
            left = [code for code in codes if code not in known]
            for at in range(0, len(left), TOGETHER):
                found = self._reasons(left[at : at + TOGETHER], ALL - job.seconds, job)
                if job.is_stopped() or job.seconds > ALL:
                    break  # what was being looked for then was cut short
                known |= found
                job.reached(len(known) / len(codes), dict(known))
            return known

        return work

    def ways(self, project: str) -> Callable[[Job[Paths]], Paths]:
        """What would bring the project in, variant by variant."""

        def work(job: Job[Paths]) -> Paths:
            options = self.question.choices().candidates[project].options
            costs = {option.code: option.total_cost for option in options}
            found: dict[str, Outside] = {}
            more = joining(self.question, self.plan, project, self._left(job))
            needed = room(more, self.question.horizon.periods)
            whole = Paths(room=needed, is_complete=False)
            for at, option in enumerate(options):
                job.reached((at + 1) / (len(options) + 1), whole)
                one = self._way(project, option.code, job)
                if isinstance(one, Outside):
                    found[option.code] = one
                whole = paths(found, costs, unit_of(self.question))
                whole = replace(whole, room=needed, is_complete=False)
            return replace(whole, is_complete=not job.is_stopped() and job.seconds < WAYS)

        return work

    def _way(self, project: str, variant: str, job: Job[Any]) -> Reason:
        """What it would take in that variant."""
        is_one = len(self.question.choices().candidates[project].options) == 1
        asked = self.question if is_one else self._narrowed(project, variant)
        return explain(asked, self._left(job), [project], self.plan).projects[project]

    def _left(self, job: Job[Any]) -> Search:
        return Search(max(0.0, WAYS - job.seconds), watch=job).aside()

    def known(self, jobs: Jobs, project: str) -> Reason | None:
        """The reason, when it was found already for this project alone or among all."""
        alone = jobs.get(f"{self.name}:{project}")
        if alone is not None and alone.is_done and not alone.is_stopped():
            found: Reason = alone.future.result()
            return found
        among = jobs.get(f"{self.name}:all")
        return (among.so_far or {}).get(project) if among is not None else None

    def _narrowed(self, project: str, variant: str) -> Question:
        """The question in which the project has that variant only."""

        def narrowed(one: Candidate) -> Candidate:
            if one.code != project:
                return one
            return replace(one, variants=tuple(o for o in one.variants if o.code == variant))

        return replace(self.question, projects=tuple(map(narrowed, self.question.projects)))

    def _reasons(self, codes: list[str], seconds: float, job: Job[Any]) -> dict[str, Reason]:
        search = Search(seconds, watch=job).aside()
        return dict(explain(self.question, search, codes, self.plan, paths=False).projects)


def _explained(jobs: Jobs, about: _Explaining, project: str, wait: float) -> Standing:
    name = f"{about.name}:{project}"
    reason, is_cut = about.known(jobs, project), False
    if reason is None:
        job = jobs.start(name, about.reason(project), aside=True)
        reason = _result(jobs, name, job, wait)
        if reason is None:
            return Standing("reason", found=about.plan, job=job, name=name)
        is_cut = job.is_stopped()
    shown = about.card(project, reason)
    if is_cut or shown.is_in or shown.is_even:
        return Standing("done", shown, about.plan, name=name, is_cut=is_cut)
    name = f"{name}:ways"
    looking = jobs.start(name, about.ways(project), aside=True)
    ways = _result(jobs, name, looking, 0.0)
    if ways is None:
        shown = replace(shown, paths=looking.so_far)
        return Standing("ways", shown, about.plan, job=looking, name=name)
    is_cut = not ways.is_complete
    return Standing("done", replace(shown, paths=ways), about.plan, name=name, is_cut=is_cut)


def _result(jobs: Jobs, name: str, job: Job[Any], wait: float) -> Any:  # noqa: ANN401  the job's own
    """What the job brought; None while it works. One that failed is forgotten, and tells why."""
    try:
        error = job.future.exception(wait)
    except TimeoutError:
        return None
    if error is not None:
        jobs.forget(name)
        raise error
    return job.future.result()


def _so_far(jobs: Jobs, name: str, job: Job[Any]) -> Mapping[str, Reason]:
    found = _result(jobs, name, job, 0.0)
    return found if found is not None else job.so_far or {}


@lru_cache(maxsize=4)
def _whole(store: Store, head: str, cycle: str) -> Asked:
    """The first scenario put to the portfolio, read anew when the journal moved: ``head`` tells."""
    with store.reading() as work:
        registry = measured(work.registry(cycle))
    first = next(iter(registry.scenarios), scenarios.BASE)
    return scenarios.put(registry, first)


def _posed(whole: Asked, scenario: Scenario | str | None) -> Asked:
    if isinstance(scenario, str):
        kept = {one.code: one for one in (*whole.registry.scenarios, whole.scenario)}
        if scenario not in kept:
            raise Missing("unknown-code", field="scenario", found=scenario)
        scenario = kept[scenario]
    if scenario is None or scenario == whole.scenario:
        return whole
    return bench.instead(whole, scenario)


def _own(by: Person, registry: Registry, project: str) -> None:
    if not any(one.code == project and sees(by, one) for one in registry.projects):
        raise Missing("no-such-project", found=project)
    if not may_ask(by, registry, project):
        raise Forbidden("not-yours", found=project)

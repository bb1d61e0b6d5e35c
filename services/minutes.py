"""The minutes of the judgement: who was asked what, what came of it, and whether it mattered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from data.journal import Anchor
from data.store import Store
from optimizer.margins import margins
from optimizer.prices import moved
from optimizer.search import Search
from portfolio import judgement
from portfolio.evaluation import Adopted, Conflict, Round, Subject
from portfolio.person import Person, Role
from portfolio.plan import NoPlan, Plan
from portfolio.registry import Registry
from services import agenda, bench, history, scenarios, scores
from services.cycles import sees
from services.history import Past
from services.jobs import Job, Jobs
from services.journal import printed
from services.permission import COMMITTEE, allowed
from services.scenarios import Asked
from services.scores import READS_OPINIONS
from services.tradeoffs import Working, working

SECONDS = 120.0  # for each round that asked anew: two plans, and the projects it asked about


@dataclass(frozen=True, slots=True)
class Held:
    """A round, as it went.

    opened, revealed   None = it came with a file, whose day is not known
    projects           those asked about; empty = all
    answered           people who did; None while it is open: nothing of it is told
    answers            ratings, or ballots       silent   of them, "no opinion"
    """

    subject: Subject
    number: int
    opened: date | None
    revealed: date | None
    projects: tuple[str, ...] = ()
    answered: int | None = None
    answers: int = 0
    silent: int = 0
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """A project in a round that asked about it anew.

    before, after   how it stood; ``before`` None = it had not been scored
    """

    project: str
    before: Past | None
    after: Past


@dataclass(frozen=True)
class Minutes:
    """What the minutes say, without what must be solved (see Effect).

    members    who may weight and score, active
    conflicts  declared, for those who may read who did; ``away`` = how many
    adopted    weights agreed on, in order; empty = the framework's own are in force
    shares     criterion -> its share 0..1 of the whole, now
    again      round number -> the projects that it asked about anew
    """

    cycle: str
    members: int
    rounds: tuple[Held, ...]
    conflicts: tuple[Conflict, ...]
    away: int
    adopted: tuple[Adopted, ...]
    shares: Mapping[str, float]
    again: Mapping[int, tuple[Again, ...]]
    registry: Registry
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Effect:
    """What one round of asking anew did to the projects selected.

    chances   project -> the probability, before the round, that its raters' disagreement changed
              the set; by the weights, rules and money of today
    enters, leaves   projects, between the best plan before the round and the best after it
    is_known  both plans were found and proved
    """

    round: int
    chances: Mapping[str, float]
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Effects:
    """Of every such round, in order."""

    effects: tuple[Effect, ...]
    is_complete: bool = True

    def of(self, number: int) -> Effect | None:
        """Of that round; None when it is not known."""
        return next((one for one in self.effects if one.round == number), None)


@allowed(*COMMITTEE)
def minutes(store: Store, by: Person, cycle: str) -> Minutes:
    """The minutes of what was revealed; who declared which conflict, for those who may read it."""
    with store.reading() as work:
        whole, anchor = work.registry(cycle), printed(work)
    seen = tuple(p for p in whole.projects if sees(by, p))
    codes = {project.code for project in seen}
    framework, past = scores.framework_of(whole), history.history(whole)
    conflicts = tuple(c for c in whole.conflicts if c.project in codes)
    return Minutes(
        whole.cycle.code,
        sum(person.has(Role.MEMBER) for person in whole.people),
        (*_held(whole, Subject.WEIGHTS), *_held(whole, Subject.SCORES)),
        conflicts if by.has(*READS_OPINIONS) else (),
        len(conflicts),
        tuple(sorted(whole.adopted, key=lambda one: one.round)),
        scores.weights(framework, scores.points_of(whole)),
        {
            number: tuple(
                one for code, each in past.items() if code in codes
                for one in _again(code, each, number)
            )
            for number in _anew(whole)
        },
        replace(whole, projects=seen, evaluations=(), ballots=()),
        anchor,
    )  # fmt: skip


def effects(jobs: Jobs, asked: Asked, begin: bool = False) -> Working[Effects]:
    """What each round of asking anew changed, in the scenario asked; found by solving both ways."""

    def work(job: Job[Effects]) -> Effects:
        found: list[Effect] = []
        numbers = _anew(asked.registry)
        for at, number in enumerate(numbers):
            found.append(_effect(asked, number, Search(SECONDS, watch=job).aside()))
            job.reached((at + 1) / len(numbers), Effects(tuple(found), False))
            if job.is_stopped():
                return Effects(tuple(found[:-1]), False)
        return Effects(tuple(found))

    said = repr([(e.project, e.criterion, e.evaluator, e.round, e.rating)
                 for e in judgement.revealed(asked.registry).evaluations])  # fmt: skip
    named = f"{bench.name(asked)}:minutes:{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    return working(jobs, named, work, begin, lambda found: found.is_complete)


def at_round(asked: Asked, number: int) -> Asked:
    """The same scenario, as if what was said after that round had not been."""
    return scenarios.put(history.upto(asked.registry, number), asked.scenario)


def _effect(asked: Asked, number: int, search: Search) -> Effect:
    third = replace(search, seconds=search.seconds / 3)
    before, after = at_round(asked, number - 1), at_round(asked, number)
    old, new = (scenarios.answer(one, third) for one in (before, after))
    if isinstance(old, NoPlan) or isinstance(new, NoPlan):
        return Effect(number, {})
    is_known = all(plan.proof.status == "optimal" for plan in (old, new))
    again = history.asked_again(asked.registry, number)
    return Effect(number, _chances(before, old, again, third), *moved(old, new), is_known)


def _chances(
    asked: Asked, plan: Plan, projects: tuple[str, ...], search: Search
) -> Mapping[str, float]:
    cards = agenda.contested(asked)
    wanted = {code: agenda.reach(cards[code]) for code in projects if code in cards}
    if not wanted or plan.proof.status != "optimal":
        return {}
    return {
        one.project: agenda.chances(one, cards[one.project].error or 0.0)[0]
        for one in margins(asked.posed.question, plan, wanted, search)
        if one.is_proved
    }


def _anew(registry: Registry) -> tuple[int, ...]:
    """The revealed rounds of scores, but the first."""
    return history.numbers(registry)[1:]


def _again(project: str, past: tuple[Past, ...], number: int) -> tuple[Again, ...]:
    """What that round did to the project; nothing when it was not rated in it."""
    earlier = [one for one in past if one.round < number]
    return tuple(
        Again(project, earlier[-1] if earlier else None, one) for one in past if one.round == number
    )


def _held(registry: Registry, subject: Subject) -> tuple[Held, ...]:
    """Every round on the subject: those opened here, and those that came with a file."""
    opened = {r.number: r for r in registry.rounds if r.subject is subject}
    shown = judgement.revealed(registry)
    if subject is Subject.WEIGHTS:
        said = [(b.round, b.person, False) for b in shown.ballots if b.is_cast]
    else:
        leads = {p.code: p.lead for p in registry.projects}
        panel = (e for e in shown.evaluations if leads.get(e.project) != e.evaluator)
        said = [(e.round, e.evaluator, e.rating is None) for e in panel if e.is_given]
    numbers = sorted({*opened, *(number for number, _, _ in said)})
    return tuple(_one(subject, number, opened.get(number), said) for number in numbers)


def _one(
    subject: Subject, number: int, opened: Round | None, said: list[tuple[int, str, bool]]
) -> Held:
    if opened is not None and opened.is_open:
        return Held(subject, number, opened.opened, None, opened.projects, is_open=True)
    own = [(person, is_silent) for at, person, is_silent in said if at == number]
    return Held(
        subject,
        number,
        opened.opened if opened else None,
        opened.revealed if opened else None,
        opened.projects if opened else (),
        len({person for person, _ in own}),
        len(own),
        sum(is_silent for _, is_silent in own),
    )

"""Freezing: the inputs on which a meeting decides, their best plan, and what changed since."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from data import frozen_file, question_file, store_documents
from data.store import Act, Reading, Store, Work
from optimizer.solvers import Search, Watch
from portfolio import completeness, frozen, judgement
from portfolio.charter import Charter
from portfolio.errors import Invalid, Refusal
from portfolio.evaluation import Round, Subject
from portfolio.frozen import Difference, Frozen
from portfolio.meeting import Freeze, Meeting, MeetingState
from portfolio.person import Person, Role
from portfolio.plan import NoPlan, Plan
from portfolio.question import Question
from portfolio.registry import Registry
from services import charters, meetings, scenarios
from services.footprint import measured
from services.permission import COMMITTEE, allowed
from services.scenarios import Asked
from services.submissions import moment

NOBODY = Watch()
OPEN = {Subject.WEIGHTS: "freeze-weights-open", Subject.SCORES: "freeze-scores-open"}


@dataclass(frozen=True, slots=True)
class Ready:
    """What a freeze would keep now, and what a chair should know before.

    open_rounds   while one is open, nothing can be frozen
    unrated       candidates that fewer members rated than the charter asks -> how many did
    unproved      mandatory projects with no proof of what makes them so
    """

    projects: int
    left_out: int
    criteria: int
    ratings: int
    ballots: int
    open_rounds: tuple[Round, ...]
    asked_raters: int
    unrated: Mapping[str, int]
    unproved: tuple[str, ...]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Best:
    """A freeze, by whose name, and its best plan among so many candidates.

    plan   None = it is still worked out
    """

    freeze: Freeze
    name: str
    candidates: int
    plan: Plan | NoPlan | None


@allowed(*COMMITTEE)
def ready(store: Store, by: Person, cycle: str, meeting: int) -> Ready:
    """What would be frozen now for the meeting."""
    with store.reading() as work:
        held, whole = work.one(Meeting, cycle, meeting), work.registry(cycle)
        charter = charters.of(work, cycle)
    return _ready(whole, _now(whole, held.scenario), charter)


@allowed(Role.FACILITATOR)
def freeze(
    store: Store, by: Person, cycle: str, meeting: int, reason: str = "", request: str | None = None
) -> Freeze:
    """Keep the inputs as they are: from now on the meeting decides on these.

    reason   why it is done again; the first needs none
    Refusal("not-the-chair"), ("meeting-closed"), ("freeze-weights-open") or ("freeze-scores-open")
    while the committee answers a round, ("freeze-same") when nothing changed since the last one;
    Invalid("empty") without a reason.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "freezing.freeze", request)) as work:
        return keep(work, by, cycle, _held(work, by, cycle, meeting), reason)


@allowed(Role.FACILITATOR)
def solve(
    store: Store, by: Person, cycle: str, meeting: int, watch: Watch = NOBODY,
    request: str | None = None,
) -> Freeze:  # fmt: skip
    """Work out the best plan of the freeze in force, and keep it: once, for everyone.

    The freeze as it stands; its answer is there already when another device was first.
    Refusal("not-frozen"), ("not-the-chair").
    """
    with store.reading() as work:
        found = _frozen(work, cycle, meeting)
        kept = inputs(work, cycle, found)
    if found.answer:
        return found
    search = Search(kept.scenario.time_limit, kept.scenario.gap, watch=watch)
    answer = scenarios.answer(asked(kept), search)
    document = json.dumps(
        question_file.answer(answer, kept.question), ensure_ascii=False, sort_keys=True
    )
    with store.writing(Act(by.code, Role.FACILITATOR, "freezing.solve", request)) as work:
        _held(work, by, cycle, meeting)
        now = work.one(Freeze, cycle, meeting, found.number)
        if now.answer:
            return now
        digest = store_documents.keep(work, document.encode())
        saved: Freeze = work.save(cycle, replace(now, answer=digest))
        return saved


@allowed(*COMMITTEE)
def best(store: Store, by: Person, cycle: str, meeting: int) -> Best:
    """What the freeze in force holds, and its best plan; Refusal("not-frozen")."""
    with store.reading() as work:
        found = _frozen(work, cycle, meeting)
        names = {person.code: person.name for person in work.people()}
        of = len(question(work, cycle, found).projects)
        return Best(found, names.get(found.by, found.by), of, plan(work, cycle, found))


@allowed(*COMMITTEE)
def differences(store: Store, by: Person, cycle: str, meeting: int) -> tuple[Difference, ...]:
    """What was edited since the freeze in force; empty without a freeze, or when nothing was."""
    with store.reading() as work:
        found = in_force(work, cycle, meeting)
        if found is None:
            return ()
        before = inputs(work, cycle, found)
        now = _kept(work.registry(cycle))
    return frozen.differences(before.registry, now)


def keep(work: Work, by: Person, cycle: str, held: Meeting, reason: str) -> Freeze:
    """The inputs kept, within an act of who leads the meeting; refused as ``freeze`` says."""
    whole = work.registry(cycle)
    for one in _open_rounds(whole):
        raise Refusal(OPEN[one.subject], found=one.number)
    before = in_force(work, cycle, held.number)
    if before is not None and not reason.strip():
        raise Invalid("empty", field="reason")
    kept = _now(whole, held.scenario)
    digest = store_documents.keep(work, frozen_file.write(kept))
    if before is not None and before.sha256 == digest:
        raise Refusal("freeze-same", found=before.number)
    number = before.number + 1 if before else 1
    asked = question_file.sha256(kept.question)
    fresh = Freeze(held.number, number, by.code, moment(work), digest, asked, reason.strip())
    saved: Freeze = work.save(cycle, fresh)
    return saved


def counted(found: tuple[Difference, ...]) -> Mapping[str, int]:
    """Kind -> how many of that kind changed, in the order in which they are told."""
    return Counter(one.kind for one in found)


def in_force(work: Reading, cycle: str, meeting: int) -> Freeze | None:
    """The last freeze of the meeting; None when nothing was frozen."""
    every = work.every(Freeze, cycle, meeting=meeting)
    return max(every, key=lambda one: one.number, default=None)


def inputs(work: Reading, cycle: str, freeze: Freeze) -> Frozen:
    """All that was frozen: registry (framework, ratings, ballots …), scenario, values, question.

    Whoever may not read the confidential fields of proposals gets the registry without them.
    """
    kept = frozen_file.read(store_documents.read(work, freeze.sha256))
    return replace(kept, registry=work.seen(kept.registry))


def question(work: Reading, cycle: str, freeze: Freeze) -> Question:
    """The frozen question, the same for whoever asks."""
    return frozen_file.read(store_documents.read(work, freeze.sha256)).question


def plan(work: Reading, cycle: str, freeze: Freeze) -> Plan | NoPlan | None:
    """The best plan of the freeze, the same for whoever asks; None while it is worked out."""
    if not freeze.answer:
        return None
    return question_file.read_found(store_documents.read(work, freeze.answer))


def asked(kept: Frozen) -> Asked:
    """What was frozen as a scenario put to a portfolio: plans, prices and doubts read this."""
    put = scenarios.put(kept.registry, kept.scenario)
    posed = replace(put.posed, question=kept.question)
    return replace(put, posed=posed, values=kept.values)


def _held(work: Work, by: Person, cycle: str, meeting: int) -> Meeting:
    held = meetings.led(work, by, cycle, meeting)
    if held.state is MeetingState.CLOSED:
        raise Refusal("meeting-closed", found=meeting)
    return held


def _frozen(work: Reading, cycle: str, meeting: int) -> Freeze:
    found = in_force(work, cycle, meeting)
    if found is None:
        raise Refusal("not-frozen", found=meeting)
    return found


def _kept(whole: Registry) -> Registry:
    return measured(frozen.kept(whole))


def _now(whole: Registry, scenario: str) -> Frozen:
    put = scenarios.put(_kept(whole), scenarios.named(whole, scenario))
    return Frozen(put.registry, put.scenario, put.values, put.posed.question)


def _open_rounds(whole: Registry) -> tuple[Round, ...]:
    return tuple(one for one in whole.rounds if one.is_open)


def _ready(whole: Registry, now: Frozen, charter: Charter) -> Ready:
    asked_of = {candidate.code for candidate in now.question.projects}
    there = [p for p in now.registry.projects if p.code in asked_of]
    panel = judgement.panel(now.registry)
    raters = Counter(project for project, _ in {(e.project, e.evaluator) for e in panel})
    few = {
        p.code: raters[p.code]
        for p in there
        if raters[p.code] < charter.raters and (raters[p.code] or p.given_value is None)
    }
    framework = now.registry.framework
    return Ready(
        projects=len(there),
        left_out=len(now.registry.projects) - len(there),
        criteria=len(framework.leaves) if framework else 0,
        ratings=len(panel),
        ballots=len(judgement.ballots(now.registry)),
        open_rounds=_open_rounds(whole),
        asked_raters=charter.raters,
        unrated=few,
        unproved=tuple(
            p.code for p in there if p.is_mandatory and not completeness.has_proof(p)
        ),
        titles={p.code: p.title for p in there},
    )

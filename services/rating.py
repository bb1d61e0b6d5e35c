"""Rating: one's own sheet in the open round, saved as typed, given, taken back; and conflicts."""

from dataclasses import dataclass, replace

from data.store import Act, Reading, Store
from portfolio import judgement, rating
from portfolio.criterion import Criterion, Framework
from portfolio.errors import Invalid, Missing, Refusal
from portfolio.evaluation import Conflict, Evaluation, Round, Subject
from portfolio.person import CONSOLE, Person, Role
from portfolio.project import Project
from portfolio.registry import Registry
from services import motions
from services.cycles import sees
from services.permission import COMMITTEE, allowed
from services.scores import framework_of

Key = tuple[str, str]  # project, criterion


@dataclass(frozen=True, slots=True)
class Line:
    """One rating asked of the person.

    mine     what she said in the open round, be it a draft; None = nothing yet
    before   what she gave last, in a round that is over
    is_self  her own project, as its lead: shown beside the panel, counted nowhere
    """

    project: Project
    criterion: Criterion
    is_self: bool
    mine: Evaluation | None = None
    before: Evaluation | None = None

    @property
    def key(self) -> Key:
        return self.project.code, self.criterion.key

    @property
    def is_given(self) -> bool:
        return self.mine is not None and self.mine.is_given


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a person is asked for.

    round       the open one; None = there is none, and nothing can be said now
    conflicts   the person's own
    """

    round: Round | None
    framework: Framework
    lines: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def panel(self) -> tuple[Line, ...]:
        """What counts in scores."""
        return tuple(line for line in self.lines if not line.is_self)

    @property
    def own(self) -> tuple[Line, ...]:
        """The person's own projects."""
        return tuple(line for line in self.lines if line.is_self)

    def line(self, key: Key | None) -> Line | None:
        """The line of that project and criterion; None when it is not asked for."""
        return next((line for line in self.lines if line.key == key), None)

    def ordered(self, by_criterion: bool) -> tuple[Line, ...]:
        """The lines one project after the other, or one criterion after the other."""
        if not by_criterion:
            return self.lines
        places = {c.key: at for at, c in enumerate(self.framework.leaves)}
        return tuple(sorted(self.lines, key=lambda line: (line.is_self, places[line.key[1]])))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is in the open round: counts, never what she said.

    is_self   of her own projects, as their lead
    """

    person: Person
    asked: int
    given: int
    begun: int
    conflicts: int
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class Turnout:
    """How far the committee is in the open round.

    members   asked for something      done    of them, who gave everything they are asked for
    asked     ratings                  given   of them
    """

    round: Round
    members: int
    done: int
    asked: int
    given: int


@allowed(Role.MEMBER, Role.LEAD)
def sheet(store: Store, by: Person, cycle: str) -> Sheet:
    """What the person is asked for, and what she said; nothing of what others said."""
    with store.reading() as work:
        known = _known(work, by, cycle)
    return sheet_of(known, by)


def sheet_of(known: Registry, by: Person) -> Sheet:
    """The sheet of the person, from a registry in which her own evaluations suffice."""
    framework = framework_of(known)
    held = judgement.open_round(known, Subject.SCORES)
    mine = [e for e in known.evaluations if e.evaluator == by.code]
    now = {(e.project, e.criterion): e for e in mine if held and e.round == held.number}
    past = [e for e in mine if e.is_given and not (held and e.round == held.number)]
    before = {(e.project, e.criterion): e for e in judgement.latest(past)}
    lines = tuple(
        Line(one.project, one.criterion, one.is_self, now.get(key), before.get(key))
        for one in rating.asked(known, framework, by, held)
        for key in ((one.project.code, one.criterion.key),)
    )
    own = tuple(c for c in known.conflicts if c.person == by.code)
    return Sheet(held, framework, lines, own)


@allowed(Role.MEMBER, Role.LEAD, own=(Role.MEMBER, Role.LEAD))
def save(
    store: Store, by: Person, cycle: str, said: Evaluation, request: str | None = None
) -> Evaluation:
    """Keep a rating as it is typed, as a draft; saving the same again changes nothing.

    Stale when it was saved elsewhere since it was read, Refusal("rating-given") once it was given,
    and what ``portfolio.rating.refuse`` refuses.
    """
    with store.writing(Act(by.code, _role(by), "rating.save", request)) as work:
        wanted, kept = _checked(work, by, cycle, said, is_given=False)
        if kept and kept.is_given and kept.version == said.version:
            raise Refusal("rating-given", found=said.project)
        return kept if kept and _same(wanted, kept) else work.save(cycle, wanted)


@allowed(Role.MEMBER, Role.LEAD, own=(Role.MEMBER, Role.LEAD))
def give(
    store: Store, by: Person, cycle: str, said: Evaluation, request: str | None = None
) -> Evaluation:
    """Give a rating, or "no opinion"; giving the same again changes nothing.

    Invalid while its justification or its evidence is missing; else as ``save`` refuses.
    """
    with store.writing(Act(by.code, _role(by), "rating.give", request)) as work:
        wanted, kept = _checked(work, by, cycle, said, is_given=True)
        return kept if kept and _same(wanted, kept) else work.save(cycle, wanted)


@allowed(Role.MEMBER, Role.LEAD, own=(Role.MEMBER, Role.LEAD))
def take_back(
    store: Store, by: Person, cycle: str, said: Evaluation, request: str | None = None
) -> Evaluation:
    """Make a given rating a draft again, while its round is open."""
    with store.writing(Act(by.code, _role(by), "rating.take_back", request)) as work:
        _, kept = _checked(work, by, cycle, said, is_given=False)
        if kept is None:
            raise Missing("no-such-evaluation", found=said.project)
        if not kept.is_given:
            return kept
        return work.save(cycle, replace(kept, is_given=False, version=said.version))


@allowed(Role.MEMBER, own=(Role.MEMBER,))
def declare_conflict(
    store: Store, by: Person, cycle: str, project: str, reason: str, request: str | None = None
) -> Conflict:
    """Declare an interest: the person rates the project no more, what she said no longer counts.

    Invalid without a reason, or for her own project.
    """
    with store.writing(Act(by.code, Role.MEMBER, "rating.declare_conflict", request)) as work:
        found = work.project(cycle, project)
        if not sees(by, found):
            raise Missing("no-such-project", found=project)
        if found.lead == by.code:
            raise Invalid("own-project", field="project", found=project)
        before = work.every(Conflict, cycle, person=by.code, project=project)
        version = before[0].version if before else 0
        wanted = Conflict(by.code, project, reason.strip(), version)
        if wanted in before:
            return before[0]
        saved: Conflict = work.save(cycle, wanted)
        motions.on_conflict(work, cycle, by.code, project)
        return saved


@allowed(Role.MEMBER, own=(Role.MEMBER,))
def withdraw_conflict(
    store: Store, by: Person, cycle: str, project: str, request: str | None = None
) -> None:
    """Withdraw a conflict declared by oneself; Missing when there is none."""
    with store.writing(Act(by.code, Role.MEMBER, "rating.withdraw_conflict", request)) as work:
        before = work.every(Conflict, cycle, person=by.code, project=project)
        if not before:
            raise Missing("no-such-conflict", found=project)
        work.remove(cycle, before[0])


@allowed(Role.FACILITATOR)
def progress(store: Store, by: Person, cycle: str) -> tuple[Progress, ...]:
    """How far everyone is in the open round, the least advanced first; empty without one."""
    with store.reading() as work:
        whole = work.registry(cycle)
    if judgement.open_round(whole, Subject.SCORES) is None:
        return ()
    return progress_of(whole)


@allowed(*COMMITTEE)
def turnout(store: Store, by: Person, cycle: str) -> Turnout | None:
    """How many members have answered the open round, never who nor what; None without one."""
    with store.reading() as work:
        whole = work.registry(cycle)
    held = judgement.open_round(whole, Subject.SCORES)
    if held is None:
        return None
    panel = [one for one in progress_of(whole) if not one.is_self]
    return Turnout(
        held,
        members=len(panel),
        done=sum(one.given == one.asked for one in panel),
        asked=sum(one.asked for one in panel),
        given=sum(one.given for one in panel),
    )


def progress_of(whole: Registry) -> tuple[Progress, ...]:
    """How far everyone is in the open round of scores, the least advanced first."""
    every = [one for person in whole.people for one in _progress(whole, person)]
    return tuple(sorted(every, key=lambda p: (p.is_self, p.given / p.asked, p.person.name)))


def _progress(whole: Registry, person: Person) -> list[Progress]:
    if person.code == CONSOLE.code or not person.has(Role.MEMBER, Role.LEAD):
        return []
    found = sheet_of(whole, person)
    return [
        Progress(
            person,
            asked=len(lines),
            given=sum(line.is_given for line in lines),
            begun=sum(line.mine is not None and not line.is_given for line in lines),
            conflicts=0 if is_self else len(found.conflicts),
            is_self=is_self,
        )
        for is_self, lines in ((False, found.panel), (True, found.own))
        if lines
    ]


def _known(work: Reading, by: Person, cycle: str, *project: str) -> Registry:
    """Of the cycle, only what a person needs to rate: quick to read after every keystroke.

    project   the only one that is asked about; none = all of them
    """
    whole = work.cycle(cycle)
    return Registry(
        whole,
        projects=work.every(Project, cycle, *project),
        evaluations=work.every(Evaluation, cycle, evaluator=by.code),
        rounds=work.every(Round, cycle),
        conflicts=work.every(Conflict, cycle),
        framework=work.framework(whole.framework, whole.framework_version),
    )


def _checked(
    work: Reading, by: Person, cycle: str, said: Evaluation, is_given: bool
) -> tuple[Evaluation, Evaluation | None]:
    """(what is to be kept, what is kept now); refused when the person may not say it."""
    mine = replace(said, evaluator=by.code)
    known = _known(work, by, cycle, mine.project)
    framework = framework_of(known)
    rating.refuse(known, framework, by, mine)
    wanted = rating.given(mine, framework) if is_given else rating.draft(mine, framework)
    place = (mine.project, mine.criterion, mine.round)
    held = (e for e in known.evaluations if (e.project, e.criterion, e.round) == place)
    return wanted, next(held, None)


def _same(one: Evaluation, other: Evaluation) -> bool:
    return replace(one, version=0) == replace(other, version=0)


def _role(by: Person) -> Role:
    return Role.MEMBER if by.has(Role.MEMBER) else Role.LEAD

"""Decisions: the portfolio adopted as the plan says, and projects decided on one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from data.store import Act, Reading, Store, Work
from portfolio import texts
from portfolio.decision import Decision, Grant, Verb
from portfolio.errors import Invalid, Refusal
from portfolio.meeting import Motion, MotionState
from portfolio.person import Person, Role
from portfolio.plan import NoPlan, Plan
from portfolio.project import Project, Stage
from portfolio.question import Question
from portfolio.registry import ASKED
from services import effects
from services import put as putting
from services.jobs import Jobs
from services.meetings import open_and_led
from services.overrides import settled
from services.permission import COMMITTEE, allowed
from services.plan_figures import cents
from services.put import Priced, Put, Word

WAITING = frozenset({Stage.SUBMITTED, Stage.ADMISSIBLE, Stage.DEFERRED})  # for a first decision
GOING = frozenset({Stage.APPROVED, Stage.PAUSED})  # decided already: something may be done of it
FITS: Mapping[Verb, frozenset[Stage]] = {
    Verb.APPROVED: WAITING | GOING,
    Verb.CONDITIONAL: WAITING | GOING,
    Verb.DEFERRED: WAITING,
    Verb.REFUSED: WAITING,
    Verb.SENT_BACK: WAITING,
    Verb.ACCELERATED: frozenset({Stage.APPROVED}),
    Verb.PAUSED: frozenset({Stage.APPROVED}),
    Verb.TERMINATED: GOING,
}
OUTSIDE = (Verb.PAUSED, Verb.TERMINATED, Verb.ACCELERATED)  # what may be decided at no meeting
Way = tuple[str, str, tuple[Grant, ...]]  # variant, label of the start, grants
SECOND = len("2026-12-01T14:00:00")  # some moments are told to the second, others more finely
NO_WAY: Way = ("", "", ())
LEFT_OUT = (Verb.DEFERRED, Verb.REFUSED)  # what may be decided of all that the plan leaves out


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided of one project.

    motion     that was carried on it; 0 = outside a meeting
    variant, start   "" = as the plan has it; else as it was decided before
    is_signed  whoever says so signs the reason, where it differs from the plan
    """

    project: str
    verb: Verb
    reason: str
    motion: int = 0
    variant: str = ""
    start: str = ""
    conditions: str = ""
    until: date | None = None
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Adoption:
    """The plan put to the vote, as it is adopted.

    left_out   what is decided of the projects that it leaves out: deferred, or refused
    reasons    project -> what its lead is told; one for each project on which it decides
    """

    left_out: Verb
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a ruling would be against the plan put to the committee.

    word, variant, start   what that plan says of the project
    differs   it says something else
    found     what it costs then; NoPlan when it cannot be, None = not known yet, or nothing
    """

    word: Word
    variant: str
    start: str
    differs: bool
    found: Priced | NoPlan | None = None


@allowed(Role.FACILITATOR)
def adopt(
    store: Store, by: Person, jobs: Jobs, cycle: str, meeting: int, adoption: Adoption,
    request: str | None = None,
) -> tuple[Decision, ...]:  # fmt: skip
    """Decide of each project as the plan says, the motion on the portfolio being carried.

    What was decided of a project by a motion of its own stands; so does what was approved before
    and the plan leaves out. Refusal("motion-needed"), or ("motion-older") when the freeze or an
    override came after it was put.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "decisions.adopt", request)) as work:
        open_and_led(work, by, cycle, meeting)
        put = putting.know(jobs, putting.put(work, cycle, meeting))
        motion = _portfolio_motion(work, cycle, put)
        if adoption.left_out not in LEFT_OUT:
            accepted = ", ".join(LEFT_OUT)
            found = adoption.left_out
            raise Invalid("not-one-of", field="left_out", found=found, accepted=accepted)
        plan = putting.planned(jobs, put.question)
        known = putting.latest(work.every(Decision, cycle, meeting=meeting))
        own = {m.number for m in work.every(Motion, cycle, meeting=meeting) if m.project}
        saved = []
        for project in to_decide(work.every(Project, cycle), put.question, plan):
            before = known.get(project.code)
            if before is not None and before.motion in own:
                continue
            fresh = _adopted(work, cycle, put, plan, project, adoption, motion)
            if before is None or not _same(before, fresh):
                saved.append(work.save(cycle, fresh))
        return tuple(saved)


@allowed(Role.FACILITATOR)
def decide(
    store: Store, by: Person, jobs: Jobs, cycle: str, meeting: int, ruling: Ruling,
    request: str | None = None,
) -> Decision:  # fmt: skip
    """Write what a carried motion decided of one project; it takes effect when the meeting closes.

    Refusal: "motion-needed", "verb-does-not-fit", "plan-awaited" while it is not priced,
    "override-infeasible" with the rules that it breaks, "signature-needed" where it differs from
    the plan; Invalid for a variant or a start that the project does not have.
    """
    act = Act(by.code, Role.FACILITATOR, "decisions.decide", request, ruling.reason.strip())
    with store.writing(act) as work:
        open_and_led(work, by, cycle, meeting)
        put = putting.know(jobs, putting.put(work, cycle, meeting))
        _carried(work, cycle, meeting, ruling)
        plan = putting.planned(jobs, put.question)
        made = written(work, _ruled(work, cycle, put, plan, meeting, ruling))
        weighed = _weighed(jobs, put, plan, made, begin=False)
        if weighed.differs:
            price = settled(weighed.found, made.project).price
            if not ruling.is_signed:
                raise Refusal("signature-needed", found=made.project)
            made = replace(made, is_planned=False, price=price, signed_by=by.code)
        saved: Decision = work.save(cycle, made)
        return saved


@allowed(*COMMITTEE)
def weigh(
    store: Store, by: Person, jobs: Jobs, cycle: str, meeting: int, ruling: Ruling
) -> Weighed:
    """What the ruling would be against the plan, and its price, begun beside the page.

    Refused as ``decide`` is where it cannot be, whatever is voted.
    """
    with store.reading() as work:
        put = putting.know(jobs, putting.put(work, cycle, meeting))
        plan = putting.best(jobs, put.question).result
        if not isinstance(plan, Plan):
            raise Refusal("plan-awaited")
        made = _ruled(work, cycle, put, plan, meeting, ruling)
    return _weighed(jobs, put, plan, made, begin=True)


@allowed(Role.FACILITATOR)
def outside(
    store: Store, by: Person, cycle: str, ruling: Ruling, today: date, request: str | None = None
) -> Decision:
    """Pause, end or bring forward an approved project at no meeting: at once, with the reason."""
    act = Act(by.code, Role.FACILITATOR, "decisions.outside", request, ruling.reason.strip())
    with store.writing(act) as work:
        if ruling.verb not in OUTSIDE:
            raise Refusal("only-in-a-meeting", found=ruling.verb)
        project = work.project(cycle, ruling.project)
        _refuse_verb(project, ruling.verb)
        before = last(work, cycle, project.code)
        variant, start, grants = NO_WAY
        if ruling.verb.goes_ahead:
            variant = before.variant if before else ruling.variant
            start, grants = _forward(work, cycle, before, ruling.start)
        made = Decision(
            project.code, _next(work, cycle, project.code), ruling.verb, _reason(ruling.reason),
            by.code, work.at.isoformat(), variant=variant, start=start, grants=grants,
            until=ruling.until,
        )  # fmt: skip
        saved: Decision = work.save(cycle, made)
        effects.take(work, cycle, saved, today)
        return saved


def to_decide(
    projects: Iterable[Project], question: Question, plan: Plan
) -> tuple[Project, ...]:
    """The projects on which a plan decides.

    Not those that came after the freeze, nor those approved before that it leaves out: of these a
    motion of their own must say what is done.
    """
    asked = {candidate.code for candidate in question.projects}
    return tuple(
        p for p in projects
        if p.stage in ASKED
        and (p.code in plan.starts or p.stage in WAITING)
        and (p.code in asked or not _could_be_asked(p))
    )  # fmt: skip


def last(work: Reading, cycle: str, project: str) -> Decision | None:
    """The last decision on the project, whether it took effect or not."""
    return putting.latest(work.every(Decision, cycle, project)).get(project)


def _could_be_asked(project: Project) -> bool:
    return any(v.cost is not None and v.duration is not None for v in project.variants)


def _portfolio_motion(work: Work, cycle: str, put: Put) -> Motion:
    """The last one carried on the portfolio, put after all that it was put on."""
    carried = [
        one for one in work.every(Motion, cycle, meeting=put.freeze.meeting)
        if not one.project and one.state is MotionState.CARRIED
    ]  # fmt: skip
    if not carried:
        raise Refusal("motion-needed", found="")
    motion = max(carried, key=lambda one: one.number)
    since = max([put.freeze.at, *(one.signed_at for one in put.signed)])
    if motion.opened_at[:SECOND] < since[:SECOND]:
        raise Refusal("motion-older", found=motion.number)
    return motion


def _carried(work: Work, cycle: str, meeting: int, ruling: Ruling) -> Motion:
    """The motion on the project that carried that verb; Refusal("motion-needed")."""
    for one in work.every(Motion, cycle, meeting=meeting):
        asked = (one.number, one.project, one.verb)
        is_this = asked == (ruling.motion, ruling.project, ruling.verb)
        if is_this and one.state is MotionState.CARRIED:
            return one
    raise Refusal("motion-needed", found=ruling.project)


def _adopted(
    work: Work, cycle: str, put: Put, plan: Plan, project: Project, adoption: Adoption,
    motion: Motion,
) -> Decision:  # fmt: skip
    reason = adoption.reasons.get(project.code, "")
    ruling = Ruling(project.code, Verb.APPROVED, reason, motion.number)
    if project.code not in plan.starts:
        ruling = replace(ruling, verb=adoption.left_out)
    return written(work, _ruled(work, cycle, put, plan, put.freeze.meeting, ruling))


def written(work: Work, made: Decision) -> Decision:
    """The decision, as whoever acts writes it now."""
    return replace(made, by=work.act.actor, at=work.at.isoformat())


def _ruled(
    work: Reading, cycle: str, put: Put, plan: Plan, meeting: int, ruling: Ruling
) -> Decision:
    """The ruling as a decision that agrees with the plan: whether it does is seen after."""
    project = work.project(cycle, ruling.project)
    _refuse_verb(project, ruling.verb)
    variant, start, grants = NO_WAY
    if ruling.verb.goes_ahead:
        variant, start, grants = _way(work, cycle, put, plan, ruling)
    conditions = texts.held("conditions", ruling.conditions.strip(), texts.TEXT)
    if ruling.verb is Verb.CONDITIONAL and not conditions:
        raise Invalid("empty", field="conditions")
    return Decision(
        ruling.project, _next(work, cycle, ruling.project), ruling.verb, _reason(ruling.reason),
        "", "", meeting, ruling.motion, variant, start, grants,
        conditions if ruling.verb is Verb.CONDITIONAL else "", ruling.until,
    )  # fmt: skip


def _way(work: Reading, cycle: str, put: Put, plan: Plan, ruling: Ruling) -> Way:
    """As asked, else as planned, else as decided before."""
    question = put.frozen
    candidate = next((c for c in question.projects if c.code == ruling.project), None)
    if candidate is None:
        raise Refusal("not-in-question", found=ruling.project)
    _, planned, when = putting.says(plan, put.question, ruling.project)
    before = last(work, cycle, ruling.project)
    known = before if before is not None and before.variant else None
    options = {option.code: option for option in candidate.options}
    variant = ruling.variant or planned or (known.variant if known else next(iter(options)))
    if variant not in options:
        accepted = ", ".join(options)
        raise Invalid(
            "unknown-code", field="variant", kind="variant", found=variant, accepted=accepted
        )
    label = ruling.start or when or (known.start if known else "")
    if not label:
        raise Invalid("empty", field="start")
    starts = [s for s in question.choices().starts_of(ruling.project) if s.variant == variant]
    period = putting.period_of(question, starts, label)
    if ruling.verb is Verb.ACCELERATED and known is not None:
        _refuse_later(question.horizon.period(known.start), period, known.start, label)
    grants = (
        Grant(envelope, period + at, cents(amount))
        for envelope, series in options[variant].cost.items()
        for at, amount in enumerate(series) if amount
    )  # fmt: skip
    return variant, label, tuple(grants)


def _forward(
    work: Reading, cycle: str, before: Decision | None, label: str
) -> tuple[str, tuple[Grant, ...]]:
    """(the earlier start, what was granted, moved with it)."""
    horizon = work.cycle(cycle).horizon
    period = horizon.period(label) if label else -1
    if not 0 <= period < horizon.periods:
        accepted = f"{horizon.label(0)} – {horizon.label(horizon.periods - 1)}"
        raise Invalid("start-outside", field="start", found=label, accepted=accepted)
    if before is None or not before.start:
        raise Refusal("never-decided")
    was = horizon.period(before.start)
    _refuse_later(was, period, before.start, label)
    moved = (replace(one, period=max(0, one.period - was + period)) for one in before.grants)
    return label, tuple(moved)


def _refuse_later(was: int, period: int, before: str, label: str) -> None:
    if period >= was:
        raise Invalid("start-not-earlier", field="start", found=label, high=before)


def _weighed(jobs: Jobs, put: Put, plan: Plan, made: Decision, begin: bool) -> Weighed:
    word, variant, start = putting.says(plan, put.question, made.project)
    if word == "absent" or not differs(made, word, variant, start):
        return Weighed(word, variant, start, False)
    choice = putting.as_override(made)
    before = put.bound_without(made.project)
    return Weighed(word, variant, start, True, putting.price(jobs, before, choice, begin))


def differs(made: Decision, word: Word, variant: str, start: str) -> bool:
    """Whether the decision is another than what the plan says."""
    if word == "absent":
        return False
    if not made.verb.goes_ahead:
        return word == "in"
    return word != "in" or (made.variant, made.start) != (variant, start)


def _refuse_verb(project: Project, verb: Verb) -> None:
    if project.stage not in FITS[verb]:
        raise Refusal("verb-does-not-fit", verb=verb, stage=project.stage, found=project.code)


def _reason(typed: str) -> str:
    reason = texts.held("reason", typed.strip(), texts.TEXT)
    if not reason:
        raise Invalid("reason-needed", field="reason")
    return reason


def _next(work: Reading, cycle: str, project: str) -> int:
    known = work.every(Decision, cycle, project)
    return max((one.number for one in known), default=0) + 1


def _same(one: Decision, other: Decision) -> bool:
    """Whether both say the same of the project, whenever they were written."""
    return replace(one, number=1, by="", at="", motion=0, version=0) == replace(
        other, number=1, by="", at="", motion=0, version=0
    )

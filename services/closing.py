"""The end of a meeting: everything read back, then closed; from then on what it decided holds."""

from dataclasses import dataclass, replace
from datetime import date

from data.store import Act, Reading, Store, Work
from portfolio.charter import Charter, Undecided
from portfolio.decision import Decision, Verb
from portfolio.errors import Invalid, Refusal
from portfolio.meeting import Freeze, Meeting, MeetingState, Motion, Step
from portfolio.person import Person, Role
from portfolio.plan import Plan, broken
from portfolio.project import Project
from portfolio.record import Proceedings, Totals
from portfolio.registry import ASKED
from portfolio.rules import Label
from services import charters, decisions, effects, proceedings
from services import put as putting
from services.decisions import WAITING
from services.jobs import Jobs
from services.meetings import open_and_led
from services.permission import COMMITTEE, allowed
from services.proceedings import Answers
from services.put import Word
from services.submissions import moment
from services.why_card import Unit
from services.why_not import Figures, figures


@dataclass(frozen=True, slots=True)
class Line:
    """One project as it is read back; ``decision`` None = nothing was decided of it.

    word, variant, start   what the plan says of it
    """

    project: Project
    decision: Decision | None
    word: Word
    variant: str = ""
    start: str = ""


@dataclass(frozen=True)
class ReadBack:
    """What closing the meeting would make hold.

    lines      decisions that differ from the plan first, then those that go ahead, then the others
    undecided  projects that wait for a first decision and got none
    standing   projects approved before that the plan leaves out, and of which nothing was decided
    moved      decided as the plan said, which has said otherwise since
    broken     rules that the decisions break together
    totals     None = nothing was put to the committee
    explained  share 0..1 of the figures that the replies give which is known; 1 = all of them
    why_not    those that are known
    """

    is_put: bool
    lines: tuple[Line, ...]
    undecided: tuple[str, ...]
    standing: tuple[str, ...]
    moved: tuple[str, ...]
    broken: tuple[Label, ...]
    totals: Totals | None
    explained: float
    why_not: Figures
    charter: Charter
    unit: Unit = "points"

    @property
    def may_close(self) -> bool:
        holds = self.charter.undecided is Undecided.HOLD and bool(self.undecided)
        return not (holds or self.moved)


@allowed(*COMMITTEE)
def read_back(store: Store, by: Person, jobs: Jobs, cycle: str, meeting: int) -> ReadBack:
    """Everything the meeting decided, and all that it did not; what is not known yet is begun."""
    with store.reading() as work:
        work.one(Meeting, cycle, meeting)
        if not work.every(Freeze, cycle, meeting=meeting):
            taken = work.every(Decision, cycle, meeting=meeting)
            nothing = () if not taken else tuple(_lines(work, cycle, meeting, None))
            charter = charters.of(work, cycle)
            return ReadBack(False, nothing, (), (), (), (), None, 1.0, {}, charter)
        known = _known(work, jobs, cycle, meeting)
        found = _read(work, cycle, meeting, known)
    putting.best(jobs, known.put.question)
    why = figures(jobs, known.put.question)
    share = (why.job.share or 0.0) if why.job else 1.0 if why.result is not None else 0.0
    return replace(found, explained=share, why_not=why.result or {})


@allowed(Role.FACILITATOR)
def close(
    store: Store, by: Person, jobs: Jobs, cycle: str, meeting: int, deferred: str, today: date,
    request: str | None = None,
) -> Proceedings:  # fmt: skip
    """Close the meeting: what it decided takes effect, leads are told, its record is kept.

    deferred   the reason given to the leads of undecided projects, where the charter defers them
    Refusal: "motion-open" while a vote is under way, "undecided" where the charter holds the
    meeting, "plan-moved" where a decision is no longer what the plan says, "plan-awaited".
    """
    with store.writing(Act(by.code, Role.FACILITATOR, "closing.close", request)) as work:
        held = open_and_led(work, by, cycle, meeting)
        for motion in work.every(Motion, cycle, meeting=meeting):
            if motion.is_open:
                raise Refusal("motion-open", found=motion.number)
        known = None
        if work.every(Freeze, cycle, meeting=meeting):
            known = _known(work, jobs, cycle, meeting)
            _refuse_unsettled(_read(work, cycle, meeting, known))
            _defer(work, cycle, meeting, known, deferred)
        taken = putting.latest(work.every(Decision, cycle, meeting=meeting)).values()
        for one in taken:
            effects.take(work, cycle, one, today)
        closed = replace(
            held, state=MeetingState.CLOSED, closed_at=moment(work), step=Step.READ_BACK,
            about="", timer_ends="",
        )  # fmt: skip
        made = proceedings.write(work, cycle, work.save(cycle, closed), known)
        proceedings.keep(work, cycle, made)
        return made


def _known(work: Reading, jobs: Jobs, cycle: str, meeting: int) -> Answers:
    return proceedings.answers(jobs, putting.know(jobs, putting.put(work, cycle, meeting)))


def _read(work: Reading, cycle: str, meeting: int, known: Answers) -> ReadBack:
    question = known.put.frozen
    plan = known.plan if isinstance(known.plan, Plan) else None
    lines = _lines(work, cycle, meeting, known)
    taken = tuple(line.decision for line in lines if line.decision is not None)
    undecided = [line for line in lines if line.decision is None and _waits(line, known)]
    standing = [
        line for line in lines
        if line.decision is None and line.project.stage not in WAITING and line.word == "out"
    ]  # fmt: skip
    breaches = broken(proceedings.as_plan(taken, question, plan), question) if plan else ()
    return ReadBack(
        True,
        tuple(line for line in lines if line.decision is not None),
        tuple(line.project.code for line in undecided),
        tuple(line.project.code for line in standing),
        tuple(
            line.project.code for line in lines
            if line.decision is not None and line.decision.is_planned and plan is not None
            and decisions.differs(line.decision, line.word, line.variant, line.start)
        ),
        tuple(dict.fromkeys(breach.label for breach in breaches)),
        proceedings.totals(taken, known),
        0.0, {}, charters.of(work, cycle), known.put.unit,
    )  # fmt: skip


def _lines(
    work: Reading, cycle: str, meeting: int, known: Answers | None
) -> list[Line]:
    """Every project of the cycle that is asked about or was decided, in the order of reading."""
    taken = putting.latest(work.every(Decision, cycle, meeting=meeting))
    plan = known.plan if known is not None and isinstance(known.plan, Plan) else None
    lines = []
    for project in work.every(Project, cycle):
        if project.code in taken or project.stage in ASKED:
            said: tuple[Word, str, str] = ("absent", "", "")
            if known is not None and plan is not None:
                said = putting.says(plan, known.put.question, project.code)
            lines.append(Line(project, taken.get(project.code), *said))
    return sorted(lines, key=_rank)


def _rank(line: Line) -> tuple[bool, bool]:
    made = line.decision
    return made is None or made.is_planned, made is None or not made.verb.goes_ahead


def _waits(line: Line, known: Answers) -> bool:
    """Whether it was there when the inputs were frozen, and waits for a first decision."""
    frozen = {project.code for project in known.put.inputs.registry.projects}
    return line.project.stage in WAITING and line.project.code in frozen


def _refuse_unsettled(found: ReadBack) -> None:
    if found.moved:
        raise Refusal("plan-moved", projects=found.moved)
    if found.charter.undecided is Undecided.HOLD and found.undecided:
        raise Refusal("undecided", projects=found.undecided)


def _defer(work: Work, cycle: str, meeting: int, known: Answers, reason: str) -> None:
    """Defer what nothing was decided of, as the charter says."""
    for code in _read(work, cycle, meeting, known).undecided:
        if not reason.strip():
            raise Invalid("reason-needed", field="reason")
        number = max((d.number for d in work.every(Decision, cycle, code)), default=0) + 1
        work.save(cycle, decisions.written(work, Decision(
            code, number, Verb.DEFERRED, reason.strip(), "", "", meeting,
        )))  # fmt: skip

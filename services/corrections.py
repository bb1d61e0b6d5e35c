"""Corrections: a lead says that a fact of a decision is wrong; whoever runs the cycle answers."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from data.store import Act, Reading, Store, Work
from portfolio import texts
from portfolio.clock import day_of
from portfolio.decision import Correction, Decision
from portfolio.errors import Forbidden, Invalid, Missing, Refusal
from portfolio.meeting import Meeting, MeetingState
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.record import Corrected, Decided, Named
from portfolio.words import Bilingual
from services import charters, notices, proceedings
from services.dossiers import role_of
from services.permission import allowed
from services.proposals import SCREENERS
from services.submissions import moment

FACTS = ("title", "service", "conditions", "amount", "start", "other")
TEXTS = frozenset({"title", "service", "conditions"})  # what is said takes the place of what was


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes of a correction; ``answer`` why."""

    is_accepted: bool
    answer: str


@allowed(Role.LEAD, own=(Role.LEAD,))
def ask(
    store: Store, by: Person, cycle: str, correction: Correction, today: date,
    request: str | None = None,
) -> Correction:  # fmt: skip
    """Say that a fact of the last decision on one's own project is wrong, in the charter's days.

    correction   project, fact (one of FACTS) and what it should be
    Refusal("no-decision-yet") until a decision took effect, ("correction-over") with the last day,
    ("correction-waits") while another one on that fact has no answer.
    """
    with store.writing(Act(by.code, Role.LEAD, "corrections.ask", request)) as work:
        project = work.project(cycle, correction.project)
        if project.lead != by.code:
            raise Forbidden("not-yours", found=project.code)
        decision = effective(work, cycle, project.code)
        if decision is None:
            raise Refusal("no-decision-yet", found=project.code)
        until = last_day(work, cycle, decision)
        if today > until:
            raise Refusal("correction-over", found=until)
        if correction.fact not in FACTS:
            accepted = ", ".join(FACTS)
            raise Invalid("not-one-of", field="fact", found=correction.fact, accepted=accepted)
        said = texts.held("said", correction.said.strip(), texts.TEXT)
        known = work.every(Correction, cycle, project.code)
        if any(c.fact == correction.fact and c.is_accepted is None for c in known):
            raise Refusal("correction-waits", found=project.code)
        fresh = Correction(
            project.code, len(known) + 1, decision.number, correction.fact, said, by.code,
            moment(work),
        )  # fmt: skip
        to = notices.holding(work, *SCREENERS)
        notices.tell(
            work, NoticeKind.CORRECTION_ASKED, to, cycle, project.code, title=project.title
        )
        saved: Correction = work.save(cycle, fresh)
        return saved


@allowed(*SCREENERS, others=SCREENERS)
def answer(
    store: Store, by: Person, cycle: str, correction: Correction, given: Answer,
    request: str | None = None,
) -> Correction:  # fmt: skip
    """Accept or decline a correction, as it was read, and say why; the lead is told.

    One that is accepted makes another record of the meeting, which keeps the first.
    """
    act = Act(
        by.code, role_of(by, SCREENERS), "corrections.answer", request, given.answer.strip()
    )
    with store.writing(act) as work:
        project = work.project(cycle, correction.project)
        if project.lead == by.code:
            raise Forbidden("own-proposal", found=project.code)
        kept = work.one(Correction, cycle, project.code, correction.number)
        if kept.is_accepted is not None:
            raise Refusal("correction-answered", found=project.code)
        said = texts.held("answer", given.answer.strip(), texts.TEXT)
        if not said:
            raise Invalid("reason-needed", field="answer")
        saved: Correction = work.save(cycle, replace(
            kept, is_accepted=given.is_accepted, answer=said, answered_by=by.code,
            answered_at=moment(work), version=correction.version,
        ))  # fmt: skip
        if given.is_accepted:
            _correct(work, cycle, saved)
        notices.tell(
            work, NoticeKind.CORRECTION_ANSWERED, (project.lead,), cycle, project.code,
            title=project.title, accepted=int(given.is_accepted),
        )  # fmt: skip
        return saved


def effective(work: Reading, cycle: str, project: str) -> Decision | None:
    """The last decision on the project that took effect; None = none did."""
    closed = closed_meetings(work, cycle)
    held = [
        one for one in work.every(Decision, cycle, project)
        if not one.meeting or one.meeting in closed
    ]  # fmt: skip
    return max(held, key=lambda one: one.number, default=None)


def closed_meetings(work: Reading, cycle: str) -> frozenset[int]:
    """Those whose decisions took effect."""
    every = work.every(Meeting, cycle)
    return frozenset(one.number for one in every if one.state is MeetingState.CLOSED)


def last_day(work: Reading, cycle: str, decision: Decision) -> date:
    """Until when a fact of it may be corrected, included."""
    charter = charters.of(work, cycle)
    if decision.meeting:
        closed = work.one(Meeting, cycle, decision.meeting).closed_at
        return proceedings.correction_until(closed, charter)
    day = day_of(datetime.fromisoformat(decision.at))
    return day + timedelta(days=charter.correction_days)


def _correct(work: Work, cycle: str, one: Correction) -> None:
    """Another record of the meeting in which it was decided; at no meeting, there is none."""
    decision = work.one(Decision, cycle, one.project, one.decision)
    if not decision.meeting:
        return
    before = proceedings.kept(work, cycle, decision.meeting)
    if before.decided(one.project) is None:
        raise Missing("no-such-record", found=decision.meeting)
    names = {person.code: Named(person.code, person.name) for person in work.people()}
    told = Corrected(
        one.project, one.fact, one.said, one.answer, names.get(one.by, Named(one.by, one.by)),
        names[one.answered_by], one.answered_at,
    )  # fmt: skip
    proceedings.keep(work, cycle, replace(
        before, number=before.number + 1, reason=one.answer,
        corrections=(*before.corrections, told),
        decisions=tuple(
            _mended(d, one) if d.project == one.project else d for d in before.decisions
        ),
    ))  # fmt: skip


def _mended(decided: Decided, one: Correction) -> Decided:
    if one.fact not in TEXTS:
        return decided
    if one.fact == "title":
        return replace(decided, title=Bilingual(one.said, decided.title.en))
    if one.fact == "service":
        return replace(decided, service=one.said)
    return replace(decided, conditions=one.said)


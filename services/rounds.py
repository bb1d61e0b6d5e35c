"""Rounds: the committee is asked, answers blind, and then sees what everyone said."""

from dataclasses import replace

from data.store import Act, Store, Work
from portfolio import judgement
from portfolio.clock import day_of
from portfolio.errors import Invalid, Refusal
from portfolio.evaluation import Ballot, Evaluation, Round, Subject
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import Project
from services import meetings, notices
from services.permission import COMMITTEE, allowed


@allowed(*COMMITTEE, Role.LEAD)
def rounds(store: Store, by: Person, cycle: str) -> tuple[Round, ...]:
    """Every round of the cycle, about weights and about scores, in the order they were opened."""
    with store.reading() as work:
        work.cycle(cycle)
        return work.every(Round, cycle)


@allowed(Role.FACILITATOR)
def begin(
    store: Store,
    by: Person,
    cycle: str,
    subject: Subject,
    projects: tuple[str, ...] = (),
    request: str | None = None,
) -> Round:
    """Ask the committee once more; it answers blind until the reveal.

    projects   those to rate (again); empty = all of the cycle. A round about weights has none
    Refusal "round-open" while another one on the subject is open, "not-the-chair" while someone
    else leads a meeting, Invalid for an unknown project.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, f"rounds.{subject}", request)) as work:
        meetings.unless_another_leads(work, by, cycle)
        held = tuple(r for r in work.every(Round, cycle) if r.subject is subject)
        for before in held:
            if before.is_open:
                raise Refusal("round-open", found=before.number)
        _known(work, cycle, subject, projects)
        number = max(_numbers(work, cycle, subject), default=0) + 1
        fresh = Round(subject, number, projects, opened=day_of(work.at))
        saved: Round = work.save(cycle, fresh)
        _tell(work, NoticeKind.ROUND_OPENED, cycle, saved, Role.MEMBER)
        return saved


@allowed(Role.FACILITATOR)
def reveal(
    store: Store, by: Person, cycle: str, subject: Subject, request: str | None = None
) -> Round:
    """Close the open round and let the committee see every answer; drafts stay their author's.

    Refusal "no-open-round", or "nobody-answered" while there is nothing to reveal,
    "not-the-chair" while someone else leads a meeting.
    """
    with store.writing(Act(by.code, Role.FACILITATOR, f"rounds.reveal-{subject}", request)) as work:
        meetings.unless_another_leads(work, by, cycle)
        whole = work.registry(cycle)
        open_one = judgement.open_round(whole, subject)
        if open_one is None:
            raise Refusal("no-open-round")
        if not _answers(work, cycle, open_one):
            raise Refusal("nobody-answered", found=open_one.number)
        saved: Round = work.save(cycle, replace(open_one, revealed=day_of(work.at)))
        _tell(work, NoticeKind.ROUND_REVEALED, cycle, saved, *COMMITTEE)
        return saved


def _tell(work: Work, kind: NoticeKind, cycle: str, one: Round, *roles: Role) -> None:
    to = notices.holding(work, *roles)
    notices.tell(work, kind, to, cycle, subject=one.subject, number=one.number)


def _known(work: Work, cycle: str, subject: Subject, projects: tuple[str, ...]) -> None:
    codes = [p.code for p in work.every(Project, cycle)] if subject is Subject.SCORES else []
    for code in projects:
        if code not in codes:
            raise Invalid("unknown-code", field="projects", found=code, accepted=codes)


def _numbers(work: Work, cycle: str, subject: Subject) -> set[int]:
    """The rounds there were, those of answers that came with a file included."""
    opened = {r.number for r in work.every(Round, cycle) if r.subject is subject}
    if subject is Subject.WEIGHTS:
        return opened | {b.round for b in work.every(Ballot, cycle)}
    return opened | {e.round for e in work.every(Evaluation, cycle)}


def _answers(work: Work, cycle: str, asked: Round) -> bool:
    if asked.subject is Subject.WEIGHTS:
        return any(b.is_cast for b in work.every(Ballot, cycle) if b.round == asked.number)
    return any(e.is_given for e in work.every(Evaluation, cycle) if e.round == asked.number)

"""Submissions: a lead hands a proposal in, whole; what each one held is kept."""

from dataclasses import dataclass, replace
from datetime import UTC, date

from pydantic import TypeAdapter

from data.journal import canonical
from data.store import Act, Reading, Repeated, Store, Work
from portfolio import completeness
from portfolio.dossier import Attachment, Inquiry, Submission
from portfolio.errors import Invalid, Refusal
from portfolio.filed import Filed, filed
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from portfolio.rules import Excludes, Link, Needs, NeedsOneOf, Synergy, Together
from services import charters, notices
from services.permission import allowed
from services.proposals import SCREENERS, WRITABLE, own

_FILED: TypeAdapter[Filed] = TypeAdapter(Filed)


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of submitting; ``was_in``: it was in already, and nothing was done."""

    project: Project
    submission: Submission
    was_in: bool = False


@allowed(Role.LEAD, own=(Role.LEAD,))
def submit(
    store: Store, by: Person, cycle: str, project: Project, today: date,
    request: str | None = None,
) -> Submitted:  # fmt: skip
    """Hand in a proposal of one's own as it stands, and keep what it holds as a Submission.

    project   as it was read: Stale when it changed since. Of one that is in already, what is in
              is told again, and nothing is written
    Refusal("call-not-open") or ("call-closed") with the day; Invalid("proof-needed") for a
    mandatory project without proof; Refusal("questions-open") while a question has no answer;
    Refusal("stage-order") when it is past that.
    """
    try:
        with store.writing(Act(by.code, Role.LEAD, "submissions.submit", request)) as work:
            return _submit(work, by, cycle, project, today)
    except Repeated:
        with store.reading() as again:
            kept = again.project(cycle, project.code)
            return Submitted(kept, every(again, cycle, project.code)[-1], was_in=True)


def _submit(work: Work, by: Person, cycle: str, project: Project, today: date) -> Submitted:
    kept = work.project(cycle, project.code)
    own(by, kept)
    before = every(work, cycle, kept.code)
    if kept.stage is Stage.SUBMITTED and before:
        return Submitted(kept, before[-1], was_in=True)
    if kept.stage not in WRITABLE:
        raise Refusal("stage-order", before=kept.stage, after=Stage.SUBMITTED)
    charters.refuse_closed(work, cycle, kept, today)
    if kept.is_mandatory and not completeness.has_proof(kept):
        raise Invalid("proof-needed", field="proof")
    waiting = [one for one in work.every(Inquiry, cycle, kept.code) if not one.is_answered]
    if waiting:
        raise Refusal("questions-open", n=len(waiting))
    saved = work.save(cycle, replace(kept, stage=Stage.SUBMITTED, version=project.version))
    kind = NoticeKind.RESUBMITTED if before else NoticeKind.SUBMITTED
    to = notices.holding(work, *SCREENERS, Role.ARCHITECT)
    notices.tell(work, kind, to, cycle, saved.code, title=saved.title)
    return Submitted(saved, file(work, cycle, saved, by.code))


def every(work: Reading, cycle: str, project: str) -> tuple[Submission, ...]:
    """The project's submissions, the first one first."""
    return tuple(sorted(work.every(Submission, cycle, project), key=lambda one: one.number))


def file(work: Work, cycle: str, project: Project, by: str) -> Submission:
    """Keep what the proposal now holds as its next submission."""
    number = len(every(work, cycle, project.code)) + 1
    document = canonical(as_filed(work, cycle, project))
    saved: Submission = work.save(
        cycle, Submission(project.code, number, by, moment(work), document)
    )
    return saved


def last(work: Work, cycle: str, project: Project) -> Submission:
    """The last submission; of a proposal that came in by import, what it now holds is the first."""
    known = every(work, cycle, project.code)
    return known[-1] if known else file(work, cycle, project, project.lead or work.act.actor)


def as_filed(work: Reading, cycle: str, project: Project) -> Filed:
    """The proposal as it stands, with its links and the names of what is enclosed."""
    links: tuple[Link, ...] = (
        *work.every(Needs, cycle), *work.every(NeedsOneOf, cycle), *work.every(Excludes, cycle),
        *work.every(Together, cycle), *work.every(Synergy, cycle),
    )  # fmt: skip
    return filed(project, links, work.every(Attachment, cycle, project.code))


def read(submission: Submission) -> Filed:
    """What the submission held."""
    return _FILED.validate_json(submission.document)


def moment(work: Work) -> str:
    """The moment of the act, ISO 8601 in UTC."""
    return work.at.astimezone(UTC).isoformat(timespec="seconds")

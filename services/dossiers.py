"""A proposal's dossier: what is asked of its lead and answered, screening, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.store import Act, Reading, Store, Work
from portfolio import confidential, texts
from portfolio.completeness import SECTIONS
from portfolio.dossier import Inquiry, Intake, Opinion, Submission
from portfolio.errors import Forbidden, Invalid, Missing, Refusal
from portfolio.filed import veiled
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from portfolio.project_changes import Difference, differences
from services import notices, submissions
from services.cycles import sees
from services.permission import EVERYONE, allowed
from services.proposals import SCREENERS, own

ASKERS = (Role.ARCHITECT, *SCREENERS)
READERS = (Role.LEAD, *confidential.JUDGES)
UNDER_REVIEW = (Stage.SUBMITTED, Stage.SENT_BACK, Stage.ADMISSIBLE)  # in, and not decided


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be put to a lead; ``section`` of the form, "" = about the whole."""

    section: str
    question: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that gathered around a proposal, each kind in order.

    names   of the people it speaks of, by their codes
    """

    submissions: tuple[Submission, ...]
    inquiries: tuple[Inquiry, ...]
    opinions: tuple[Opinion, ...]
    intakes: tuple[Intake, ...]
    names: Mapping[str, str]

    @property
    def waiting(self) -> tuple[Inquiry, ...]:
        """Questions without an answer."""
        return tuple(one for one in self.inquiries if not one.is_answered)

    @property
    def opinion(self) -> Opinion | None:
        """The latest; None = nobody gave any."""
        return self.opinions[-1] if self.opinions else None

    @property
    def is_opinion_old(self) -> bool:
        """Whether the latest opinion is about an earlier submission than the last."""
        return bool(self.opinion and self.opinion.number < len(self.submissions))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one submission to a later one; ``after`` None = to the present state."""

    before: Submission
    after: Submission | None
    differences: tuple[Difference, ...]


@allowed(*READERS, own=(Role.LEAD,))
def view(store: Store, by: Person, cycle: str, project: str) -> Dossier:
    """The dossier of a proposal of one's own, or of any that one judges."""
    with store.reading() as work:
        readable(by, work.project(cycle, project))
        opinions = sorted(work.every(Opinion, cycle, project), key=lambda one: one.number)
        inquiries = sorted(work.every(Inquiry, cycle, project), key=lambda one: one.number)
        known = tuple(replace(s, document="") for s in submissions.every(work, cycle, project))
        return Dossier(
            known, tuple(inquiries), tuple(opinions),
            work.every(Intake, cycle, project), {p.code: p.name for p in work.people()},
        )  # fmt: skip


@allowed(*EVERYONE)
def compared(
    store: Store, by: Person, cycle: str, project: str,
    before: int | None = None, after: int | None = None,
) -> Comparison | None:  # fmt: skip
    """What changed between two submissions of a proposal that the person sees.

    before   None = the last submission, or the one before ``after``
    after    None = the proposal as it now stands
    None when there is nothing to compare with. What is confidential in one is told of neither.
    """
    with store.reading() as work:
        now = seen(by, work, cycle, project)
        known = {one.number: one for one in submissions.every(work, cycle, project)}
        later = len(known) + 1 if after is None else after
        earlier = known.get(later - 1 if before is None else before)
        if earlier is None or (after is not None and after not in known):
            return None
        new = submissions.as_filed(work, cycle, now)
    if after is not None:
        new = submissions.read(known[after])
    pair = veiled(by, (submissions.read(earlier), new))
    return Comparison(earlier, known.get(later), differences(*pair))


@allowed(*EVERYONE)
def handed_in(store: Store, by: Person, cycle: str, project: str) -> tuple[Submission, ...]:
    """When a proposal that the person sees was handed in, and by whom; without what it held."""
    with store.reading() as work:
        seen(by, work, cycle, project)
        known = submissions.every(work, cycle, project)
    return tuple(replace(one, document="") for one in known)


@allowed(*ASKERS, others=ASKERS)
def ask(
    store: Store, by: Person, cycle: str, project: str, asked: Asked, request: str | None = None
) -> Inquiry:
    """Put a question to the lead of a proposal that is in; she is told of it when it comes back."""
    act = Act(by.code, role_of(by, ASKERS), "dossiers.ask", request)
    with store.writing(act) as work:
        under_review(by, work.project(cycle, project))
        return _put(work, cycle, project, asked)


@allowed(Role.LEAD, own=(Role.LEAD,))
def answer(
    store: Store, by: Person, cycle: str, inquiry: Inquiry, request: str | None = None
) -> Inquiry:
    """Save the answer as it is typed; "" takes it back. Stale when it was saved elsewhere since.

    inquiry   as it was read, with the answer; ``is_declined``: the answer says why there is none
    """
    with store.writing(Act(by.code, Role.LEAD, "dossiers.answer", request)) as work:
        project = work.project(cycle, inquiry.project)
        own(by, project)
        if project.stage not in UNDER_REVIEW:
            raise Refusal("not-under-review", found=project.stage)
        kept = work.one(Inquiry, cycle, inquiry.project, inquiry.number)
        said = texts.held("answer", inquiry.answer.strip(), texts.TEXT)
        saved: Inquiry = work.save(cycle, replace(
            kept, answer=said, is_declined=inquiry.is_declined, version=inquiry.version,
            answered_by=by.code if said else "",
            answered_at=submissions.moment(work) if said else "",
        ))  # fmt: skip
        return saved


@allowed(*SCREENERS, others=SCREENERS)
def send_back(
    store: Store, by: Person, cycle: str, project: Project, asked: Sequence[Asked] = (),
    request: str | None = None,
) -> Project:  # fmt: skip
    """Send a proposal back to its lead with questions: these, and those that wait for an answer.

    project   as it was read: Stale when it changed since
    Invalid("question-needed") when there is none.
    """
    act = Act(by.code, role_of(by, SCREENERS), "dossiers.send_back", request)
    with store.writing(act) as work:
        kept = _screened(work, by, cycle, project, Stage.SENT_BACK)
        for one in asked:
            _put(work, cycle, kept.code, one)
        known = work.every(Inquiry, cycle, kept.code)
        waiting = sum(not one.is_answered for one in known)
        if not waiting:
            raise Invalid("question-needed", field="question")
        return _moved(work, cycle, project, kept, NoticeKind.SENT_BACK, waiting)


@allowed(*SCREENERS, others=SCREENERS)
def admit(
    store: Store, by: Person, cycle: str, project: Project, request: str | None = None
) -> Project:
    """Declare a proposal admissible, once screened; Stale when it changed since it was read."""
    act = Act(by.code, role_of(by, SCREENERS), "dossiers.admit", request)
    with store.writing(act) as work:
        kept = _screened(work, by, cycle, project, Stage.ADMISSIBLE)
        return _moved(work, cycle, project, kept, NoticeKind.ADMISSIBLE)


def readable(by: Person, project: Project) -> None:
    """Missing for a draft that the person may not see, Forbidden for what is not hers to read."""
    if not sees(by, project):
        raise Missing("no-such-project", found=project.code)
    if not confidential.reads_all(by, project):
        raise Forbidden("not-yours", found=project.code)


def under_review(by: Person, project: Project) -> None:
    """Refusal("not-under-review") unless it is in and not decided; Forbidden("own-proposal")."""
    if not sees(by, project):
        raise Missing("no-such-project", found=project.code)
    if project.lead == by.code:
        raise Forbidden("own-proposal", found=project.code)
    if project.stage not in UNDER_REVIEW:
        raise Refusal("not-under-review", found=project.stage)


def seen(by: Person, work: Reading, cycle: str, project: str) -> Project:
    """The proposal, as the person may read it; Missing when she may not see it."""
    found = work.project(cycle, project)
    if not sees(by, found):
        raise Missing("no-such-project", found=project)
    return found


def role_of(by: Person, roles: Sequence[Role]) -> Role:
    """In which of these roles the person acts: the first that she holds."""
    return next(role for role in roles if by.has(role))


def _put(work: Work, cycle: str, project: str, asked: Asked) -> Inquiry:
    if asked.section and asked.section not in SECTIONS:
        accepted = ", ".join(SECTIONS)
        raise Invalid("not-one-of", field="section", found=asked.section, accepted=accepted)
    number = len(work.every(Inquiry, cycle, project)) + 1
    question = texts.held("question", asked.question.strip(), texts.TEXT)
    at = submissions.moment(work)
    saved: Inquiry = work.save(
        cycle, Inquiry(project, number, asked.section, question, work.act.actor, at)
    )
    return saved


def _screened(work: Work, by: Person, cycle: str, project: Project, to: Stage) -> Project:
    """The proposal as it is kept, when it may go there; what came in by import is filed first."""
    kept = work.project(cycle, project.code)
    under_review(by, kept)
    if kept.stage is to or kept.stage is Stage.SENT_BACK:
        raise Refusal("stage-order", before=kept.stage, after=to)
    submissions.last(work, cycle, kept)
    return replace(kept, stage=to)


def _moved(
    work: Work, cycle: str, project: Project, moved: Project, kind: NoticeKind, n: int = 0
) -> Project:
    saved: Project = work.save(cycle, replace(moved, version=project.version))
    notices.tell(work, kind, (saved.lead,), cycle, saved.code, title=saved.title, n=n)
    return saved

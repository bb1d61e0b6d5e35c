"""Attachments of a proposal: give one, read it, take it away; who may read which."""

from dataclasses import dataclass, replace

from data import attachment_kinds, store_attachments
from data.store import Act, Reading, Store, Work
from portfolio.completeness import SECTIONS
from portfolio.dossier import Attachment
from portfolio.errors import Forbidden, Invalid, Missing, Refusal
from portfolio.person import Person, Role
from portfolio.project import Project
from services.cycles import sees
from services.permission import EVERYONE, allowed
from services.proposals import WRITABLE

MEGABYTE = 2**20
MOST_EACH, MOST_ALL = 15, 60  # megabytes of one file, and of all those of a proposal
LONGEST_NOTE = 500  # letters
OPINION = "opinion"  # the section of what an architect gives with her opinion
READS_CONFIDENTIAL = (Role.ARCHITECT, Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as someone gives it.

    section   of the form; "" = about the whole
    """

    name: str
    content: bytes
    section: str = ""
    note: str = ""
    is_confidential: bool = False


@allowed(Role.LEAD, Role.ARCHITECT, own=(Role.LEAD,))
def add(
    store: Store, by: Person, cycle: str, project: str, offered: Offered, request: str | None = None
) -> Attachment:
    """Keep a file with a proposal: its lead's while she may write it, an architect's opinion after.

    Invalid for a name, a type or a size that is not accepted, and for a file that is there already.
    """
    name = attachment_kinds.named(offered.name)
    _refuse_size(len(offered.content))
    if len(offered.note) > LONGEST_NOTE:
        found = len(offered.note)
        raise Invalid("text-too-long", field="note", found=found, accepted=LONGEST_NOTE)
    media = attachment_kinds.media_of(name, offered.content)
    with store.writing(Act(by.code, _role(by), "attachments.add", request)) as work:
        section = _section(by, work.project(cycle, project), offered.section)
        every = work.every(Attachment, cycle, project)
        digest = store_attachments.keep(work, offered.content)
        _refuse_beside([one for one in every if not one.removed_at], digest, len(offered.content))
        given: Attachment = work.save(cycle, Attachment(
            project, max((one.number for one in every), default=0) + 1, name, media,
            len(offered.content), digest, by.code, work.at.isoformat(timespec="seconds"),
            section, offered.note.strip(), offered.is_confidential,
        ))  # fmt: skip
        return given


@allowed(*EVERYONE)
def of_project(store: Store, by: Person, cycle: str, project: str) -> tuple[Attachment, ...]:
    """Those of a proposal that the person may read, in the order in which they came."""
    with store.reading() as work:
        its = _seen(work, by, cycle, project)
        every = work.every(Attachment, cycle, project)
    return tuple(one for one in every if not one.removed_at and _may_read(by, its, one))


@allowed(*EVERYONE)
def read(store: Store, by: Person, cycle: str, project: str, number: int) -> bytes:
    """The bytes of one; Forbidden when the person may not read it, Missing when it is gone."""
    with store.reading() as work:
        its = _seen(work, by, cycle, project)
        one = work.one(Attachment, cycle, project, number)
        if not _may_read(by, its, one):
            raise Forbidden("attachment-confidential", found=one.number)
        if one.removed_at:
            raise Missing("no-such-attachment", found=one.name)
        return store_attachments.read(work, one.sha256)


@allowed(Role.LEAD, own=(Role.LEAD,))
def remove(
    store: Store, by: Person, cycle: str, attachment: Attachment, request: str | None = None
) -> Attachment:
    """Take one away from a proposal of one's own, as it was read, while one may write it.

    It leaves its name and its date, its bytes go. Stale when it changed.
    """
    with store.writing(Act(by.code, Role.LEAD, "attachments.remove", request)) as work:
        project = work.project(cycle, attachment.project)
        before = work.one(Attachment, cycle, project.code, attachment.number)
        if project.lead != by.code or before.section == OPINION:
            raise Forbidden("not-yours", found=before.name)
        if project.stage not in WRITABLE:
            raise Refusal("not-a-draft", found=project.stage)
        return _gone(work, cycle, attachment)


@allowed(Role.ARCHITECT, own=(Role.ARCHITECT,))
def take_back(
    store: Store, by: Person, cycle: str, attachment: Attachment, request: str | None = None
) -> Attachment:
    """Take away what one gave with one's opinion, as it was read. Stale when it changed."""
    with store.writing(Act(by.code, Role.ARCHITECT, "attachments.take_back", request)) as work:
        before = work.one(Attachment, cycle, attachment.project, attachment.number)
        if before.by != by.code or before.section != OPINION:
            raise Forbidden("not-yours", found=before.name)
        return _gone(work, cycle, attachment)


def _gone(work: Work, cycle: str, attachment: Attachment) -> Attachment:
    before = work.one(Attachment, cycle, attachment.project, attachment.number)
    if before.removed_at:
        raise Missing("no-such-attachment", found=before.name)
    at = work.at.isoformat(timespec="seconds")
    gone: Attachment = work.save(cycle, replace(before, removed_at=at, version=attachment.version))
    store_attachments.drop(work, before.sha256)
    return gone


def _role(by: Person) -> Role:
    return Role.LEAD if by.has(Role.LEAD) else Role.ARCHITECT


def _section(by: Person, project: Project, asked: str) -> str:
    """The section the file goes into; refused when the person may not add to the proposal."""
    is_hers = project.lead == by.code and by.has(Role.LEAD)
    if is_hers and project.stage in WRITABLE:
        if asked not in ("", *SECTIONS):
            accepted = ", ".join(SECTIONS)
            raise Invalid("not-one-of", field="section", found=asked, accepted=accepted)
        return asked
    if by.has(Role.ARCHITECT) and sees(by, project):
        return OPINION
    if is_hers:
        raise Refusal("not-a-draft", found=project.stage)
    raise Forbidden("not-yours", found=project.code)


def _seen(work: Reading, by: Person, cycle: str, project: str) -> Project:
    found = work.project(cycle, project)
    if not sees(by, found):
        raise Forbidden("not-yours", found=project)
    return found


def _may_read(by: Person, project: Project, attachment: Attachment) -> bool:
    is_theirs = by.code in (project.lead, attachment.by)
    return is_theirs or not attachment.is_confidential or by.has(*READS_CONFIDENTIAL)


def _refuse_size(size: int) -> None:
    if size > MOST_EACH * MEGABYTE:
        found = round(size / MEGABYTE, 1)
        raise Invalid("attachment-too-big", found=found, accepted=MOST_EACH)


def _refuse_beside(there: list[Attachment], digest: str, size: int) -> None:
    """Refuse what is there already, and what makes the whole too big."""
    twin = next((one for one in there if one.sha256 == digest), None)
    if twin is not None:
        raise Invalid("attachment-twice", found=twin.name)
    whole = size + sum(one.size for one in there)
    if whole > MOST_ALL * MEGABYTE:
        found = round(whole / MEGABYTE, 1)
        raise Invalid("attachments-too-big", found=found, accepted=MOST_ALL)

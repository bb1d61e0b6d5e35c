"""Papers of a meeting: its record for the committee, and to each lead the reply on her own."""

from collections.abc import Mapping
from dataclasses import dataclass

from data import store_documents
from data.store import Act, Reading, Store
from portfolio import record as records
from portfolio import reply
from portfolio.errors import Missing
from portfolio.meeting import Meeting, Record
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import Project
from portfolio.record import Proceedings
from portfolio.reply import Reply
from services import notices
from services.permission import COMMITTEE, EVERYONE, allowed


@dataclass(frozen=True, slots=True)
class Sent:
    """How many leads were told of their letter, and of which projects nobody could be."""

    told: int
    alone: tuple[str, ...] = ()


@allowed(*COMMITTEE)
def closed(store: Store, by: Person, cycle: str) -> tuple[Meeting, ...]:
    """The meetings of which there are minutes, the latest first."""
    with store.reading() as work:
        kept = _last(work, cycle)
        return tuple(m for m in reversed(work.every(Meeting, cycle)) if m.number in kept)


@allowed(*COMMITTEE)
def proceedings(store: Store, by: Person, cycle: str, meeting: int) -> Proceedings:
    """What a meeting did, as it was closed or last corrected; Missing("no-such-record") before."""
    with store.reading() as work:
        return _read(work, _kept(work, cycle, meeting))


@allowed(*COMMITTEE)
def replies(store: Store, by: Person, cycle: str, meeting: int) -> tuple[Reply, ...]:
    """The reply on every project that the meeting decided on; Missing("no-such-record") before."""
    with store.reading() as work:
        kept = _kept(work, cycle, meeting)
        found = _read(work, kept)
        return tuple(reply.reply(found, one.project, kept.sha256) for one in found.decisions)


@allowed(*EVERYONE)
def mine(store: Store, by: Person, cycle: str) -> tuple[Reply, ...]:
    """The replies on the projects that one leads, those of the latest meeting first."""
    with store.reading() as work:
        led = {p.code for p in work.every(Project, cycle) if p.lead == by.code}
        kept = _last(work, cycle)
        found = [(_read(work, kept[number]), kept[number]) for number in sorted(kept)[::-1]]
    return tuple(
        reply.reply(whole, one.project, record.sha256)
        for whole, record in found for one in whole.decisions if one.project in led
    )  # fmt: skip


@allowed(Role.FACILITATOR)
def send(
    store: Store, by: Person, cycle: str, meeting: int, request: str | None = None
) -> Sent:
    """Tell every lead that her letter can be read; each is told once of a record, then no more."""
    with store.writing(Act(by.code, Role.FACILITATOR, "papers.send", request)) as work:
        kept = _kept(work, cycle, meeting)
        leads = {project.code: project.lead for project in work.every(Project, cycle)}
        active = {person.code for person in work.people() if person.is_active}
        told, alone = 0, []
        for one in _read(work, kept).decisions:
            lead = leads.get(one.project, "")
            if lead not in active:
                alone.append(one.project)
                continue
            told += len(notices.tell(
                work, NoticeKind.LETTER, [lead], cycle, one.project,
                once=f"letter>{cycle}>{meeting}>{kept.number}>{one.project}",
                title=one.title.fr, meeting=meeting,
            ))  # fmt: skip
        work.note("letters", f"{cycle}/{meeting}/{kept.number}", after={"told": told})
        return Sent(told, tuple(alone))


def _last(work: Reading, cycle: str) -> Mapping[int, Record]:
    """The record in force of every meeting that has one."""
    work.cycle(cycle)
    ordered = sorted(work.every(Record, cycle), key=lambda one: (one.meeting, one.number))
    return {one.meeting: one for one in ordered}


def _kept(work: Reading, cycle: str, meeting: int) -> Record:
    found = _last(work, cycle).get(meeting)
    if found is None:
        raise Missing("no-such-record", found=meeting)
    return found


def _read(work: Reading, kept: Record) -> Proceedings:
    return records.from_json(store_documents.read(work, kept.sha256))

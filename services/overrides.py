"""Overrides: choices that differ from the best plan, each at a known price, reasoned and signed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.store import Act, Reading, Store, Work
from portfolio import texts
from portfolio.errors import Invalid, Missing, Refusal
from portfolio.evaluation import Conflict
from portfolio.meeting import Attendance, Meeting, Override
from portfolio.person import Person, Role
from portfolio.plan import NoPlan
from services import put as putting
from services.dossiers import role_of
from services.jobs import Jobs
from services.meetings import open_and_led
from services.permission import COMMITTEE, allowed
from services.put import Priced, Put

MOVERS = (Role.FACILITATOR, Role.MEMBER)  # the chair, or a member in the room


@dataclass(frozen=True)
class Standing:
    """An override as it stands; ``found`` what it costs, NoPlan when it cannot be, None = not yet.

    is_stale   signed on an earlier freeze: it binds nobody until it is signed anew
    """

    override: Override
    found: Priced | NoPlan | None
    is_stale: bool = False


@dataclass(frozen=True)
class Table:
    """The overrides of a meeting: those that bind, in the order signed, then the drafts.

    names   of people, by their codes
    total   what all that bind cost together, in the put question's unit
    """

    put: Put
    bind: tuple[Override, ...]
    drafts: tuple[Standing, ...]
    names: Mapping[str, str]

    @property
    def total(self) -> float:
        return sum(one.price or 0.0 for one in self.bind)


@allowed(*COMMITTEE)
def table(store: Store, by: Person, jobs: Jobs, cycle: str, meeting: int) -> Table:
    """Every override of the meeting; what is not priced yet is begun beside the page."""
    with store.reading() as work:
        put = putting.know(jobs, putting.put(work, cycle, meeting))
        every = work.every(Override, cycle, meeting=meeting)
        names = {person.code: person.name for person in work.people()}
    drafts = [one for one in every if one not in put.signed]
    stands = (
        Standing(one, putting.price(jobs, put.bound, one), one.is_signed) for one in drafts
    )
    return Table(put, put.signed, tuple(stands), names)


@allowed(*MOVERS)
def draft(
    store: Store, by: Person, cycle: str, override: Override, request: str | None = None
) -> Override:
    """Put a choice on the table, in one's own name: it binds nobody until it is signed.

    A draft on the same project is replaced; Refusal("override-signed") when it is signed.
    """
    act = Act(by.code, role_of(by, MOVERS), "overrides.draft", request, override.reason.strip())
    with store.writing(act) as work:
        _mover(work, by, cycle, override.meeting, override.project)
        put = putting.put(work, cycle, override.meeting)
        before = _kept(work, cycle, override.meeting, override.project)
        if before is not None and before in put.signed:
            raise Refusal("override-signed", found=override.project)
        reason = texts.held("reason", override.reason.strip(), texts.TEXT)
        if not reason:
            raise Invalid("reason-needed", field="reason")
        fresh = Override(
            override.meeting, override.project, override.is_in, reason, by.code,
            override.variant if override.is_in else "", override.start if override.is_in else "",
            version=before.version if before else 0,
        )  # fmt: skip
        putting.under(put.bound, [fresh])
        saved: Override = work.save(cycle, fresh)
        return saved


@allowed(*MOVERS)
def sign(
    store: Store, by: Person, jobs: Jobs, cycle: str, override: Override,
    request: str | None = None,
) -> Override:  # fmt: skip
    """Sign a draft, as it was read, at its price on the frozen inputs: from then on it binds.

    Refusal("plan-awaited") while it is not priced; Refusal("override-infeasible") with the rules
    that it breaks; Stale when the draft changed since it was read.
    """
    act = Act(by.code, role_of(by, MOVERS), "overrides.sign", request, override.reason)
    with store.writing(act) as work:
        _mover(work, by, cycle, override.meeting, override.project)
        kept = work.one(Override, cycle, override.meeting, override.project)
        put = putting.know(jobs, putting.put(work, cycle, override.meeting))
        if kept in put.signed:
            raise Refusal("override-signed", found=kept.project)
        priced = settled(putting.price(jobs, put.bound, kept, begin=False), kept.project)
        saved: Override = work.save(cycle, replace(
            kept, price=priced.price, enters=priced.enters, leaves=priced.leaves,
            freeze=put.freeze.number, signed_by=by.code, signed_at=work.at.isoformat(),
            version=override.version,
        ))  # fmt: skip
        return saved


@allowed(*MOVERS)
def withdraw(
    store: Store, by: Person, cycle: str, meeting: int, project: str, request: str | None = None
) -> None:
    """Take an override back, before the meeting is closed; the journal keeps that it was there.

    Those signed after it were priced on top of it: they are drafts again.
    """
    with store.writing(
        Act(by.code, role_of(by, MOVERS), "overrides.withdraw", request)
    ) as work:
        _mover(work, by, cycle, meeting, project)
        gone = _kept(work, cycle, meeting, project)
        if gone is None:
            raise Missing("no-such-override", found=project)
        for one in work.every(Override, cycle, meeting=meeting):
            if gone.is_signed and one.signed_at > gone.signed_at:
                unsigned = replace(
                    one, price=None, enters=(), leaves=(), freeze=0, signed_by="", signed_at=""
                )
                work.save(cycle, unsigned)
        work.remove(cycle, gone)


def settled(found: Priced | NoPlan | None, project: str) -> Priced:
    """The price, once it is known and the choice can be."""
    if found is None:
        raise Refusal("plan-awaited")
    if isinstance(found, NoPlan):
        if found.proof.status != "infeasible":
            raise Refusal("plan-awaited")
        raise Refusal("override-infeasible", found=project, rules=found.clash)
    return found


def in_the_room(work: Reading, by: Person, cycle: str, meeting: int, project: str) -> None:
    """Refusal("not-present") or ("is-recused") for a member who is not to speak of the project."""
    there = next(iter(work.every(Attendance, cycle, meeting=meeting, person=by.code)), None)
    if there is None or not there.is_present:
        raise Refusal("not-present", found=by.name)
    if any(one.person == by.code for one in work.every(Conflict, cycle, project=project)):
        raise Refusal("is-recused", found=project)


def _mover(work: Work, by: Person, cycle: str, number: int, project: str) -> None:
    """The chair of the open meeting, or a member who is there and has no interest in it."""
    meeting = work.one(Meeting, cycle, number)
    if by.has(Role.MEMBER) and meeting.facilitator != by.code:
        if not meeting.is_open:
            raise Refusal("meeting-not-open", found=number)
        in_the_room(work, by, cycle, number, project)
        return
    open_and_led(work, by, cycle, number)


def _kept(work: Reading, cycle: str, meeting: int, project: str) -> Override | None:
    return next(iter(work.every(Override, cycle, meeting=meeting, project=project)), None)

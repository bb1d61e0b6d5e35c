"""Invitations: one link for one person, good once and for some days."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from data.store import Reading, Store, Work
from portfolio.errors import Forbidden, Missing, Refusal
from portfolio.identity import Invitation
from portfolio.person import CONSOLE, Person
from services import doors

LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that still holds, and whom it invites."""

    invitation: Invitation
    person: Person


def open_link(store: Store, token: str, at: datetime) -> Opened:
    """What a link says; Missing, or Refusal for one that was used, is past, or was withdrawn."""
    with store.reading() as work:
        return opened(work, token, at)


def opened(work: Reading, token: str, at: datetime) -> Opened:
    """What a link says, within a transaction."""
    found = work.every(Invitation, doors.digest(token))
    if not found:
        raise Missing("invitation-unknown")
    if found[0].used_at:
        raise Refusal("invitation-used")
    if at >= datetime.fromisoformat(found[0].expires):
        raise Refusal("invitation-expired")
    return Opened(found[0], doors.known_person(work, found[0].person))


def invitable(work: Reading, code: str) -> Person:
    """The person, who may be invited: Missing, or Forbidden for one disabled or of the demo."""
    person = doors.known_person(work, code)
    if person.is_demo or person.code == CONSOLE.code:
        raise Forbidden("not-invitable", found=code)
    return person


def use(work: Work, opened: Opened, at: datetime) -> None:
    """Let the link hold no longer: Stale when someone else did so first."""
    work.save(None, replace(opened.invitation, used_at=doors.moment(at)))


def write(work: Work, person: Person, by: Person, at: datetime) -> tuple[str, Invitation]:
    """A new link's secret and what is kept of it; those that the person had hold no longer."""
    withdraw(work, person.code, at)
    token = doors.new_token()
    expires = doors.moment(at + LASTS)
    invitation = Invitation(doors.digest(token), person.code, expires, by.code)
    return token, work.save(None, invitation)


def withdraw(work: Work, code: str, at: datetime) -> int:
    """Let every link that a person has hold no longer; how many did."""
    held = tuple(held_by(work, code, at))
    for invitation in held:
        work.save(None, replace(invitation, expires=doors.moment(at)))
    return len(held)


def held_by(work: Reading, code: str, at: datetime) -> Iterator[Invitation]:
    """The links of a person that still hold."""
    for invitation in work.every(Invitation, person=code, used_at=""):
        if datetime.fromisoformat(invitation.expires) > at:
            yield invitation

"""People: who is known, who is invited, and the console that runs on the machine itself."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from data.store import Act, Store, Work
from portfolio.contact import Contact
from portfolio.errors import Forbidden, Invalid
from portfolio.identity import Invitation
from portfolio.person import CONSOLE, Person, Role
from services import directory, invitations
from services.permission import allowed


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whom to invite; ``code`` "" = one is drawn: the journal's actors bear no name."""

    name: str
    roles: frozenset[Role]
    email: str = ""
    language: str = "fr"
    service: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """A person and the way in: ``token`` is told once, and kept nowhere."""

    person: Person
    token: str
    invitation: Invitation


def console(store: Store) -> Person:
    """The person who acts from the command line of the machine: known once, with every role."""
    with store.reading() as work:
        known = [person for person in work.people() if person.code == CONSOLE.code]
    if known:
        return known[0]
    with store.writing(Act(CONSOLE.code, Role.ADMINISTRATOR, "people.console")) as work:
        return work.save(None, CONSOLE)


def demo_people(store: Store) -> tuple[Person, ...]:
    """The demo accounts, which need no sign-in; none outside the demo."""
    with store.reading() as work:
        return tuple(p for p in work.people() if p.is_demo and p.is_active)


@allowed(Role.ADMINISTRATOR)
def add(store: Store, by: Person, newcomer: Newcomer) -> Person:
    """Make a person known, without a way in; Invalid for a code in use.

    Whom a demo account adds is a demo account too: the demo has no sign-in, and stays one.
    """
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "people.add")) as work:
        return _known(work, newcomer, is_demo=by.is_demo)


@allowed(Role.ADMINISTRATOR)
def invite(store: Store, by: Person, newcomer: Newcomer, at: datetime) -> Invited:
    """Make a person known and write their invitation; Invalid for a code in use.

    Forbidden("demo-invites-nobody") for a demo account, which anybody may use.
    """
    _refuse_demo(by)
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "people.invite")) as work:
        saved = _known(work, newcomer)
        return Invited(saved, *invitations.write(work, saved, by, at))


def _known(work: Work, newcomer: Newcomer, *, is_demo: bool = False) -> Person:
    code = newcomer.code.strip() or f"p-{secrets.token_hex(4)}"
    if work.every(Person, code):
        raise Invalid("person-code-taken", field="code", found=code)
    person = Person(
        code, newcomer.name, newcomer.roles, newcomer.language, is_demo=is_demo,
        service=newcomer.service,
    )  # fmt: skip
    saved = directory.keep_person(work, None, person)
    directory.keep_contact(work, Contact(code, newcomer.email.strip()))
    return saved


def _refuse_demo(by: Person) -> None:
    if by.is_demo:
        raise Forbidden("demo-invites-nobody")


@allowed(Role.ADMINISTRATOR)
def invite_again(store: Store, by: Person, code: str, at: datetime) -> Invited:
    """Write a new invitation to someone known: for a lost password, or another account.

    The links they had hold no longer. Missing for nobody, Forbidden for a disabled account or
    one of the demo: a demo account is nobody's own.
    """
    _refuse_demo(by)
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "people.invite_again")) as work:
        person = invitations.invitable(work, code)
        return Invited(person, *invitations.write(work, person, by, at))


@allowed(Role.ADMINISTRATOR)
def withdraw_invitation(store: Store, by: Person, code: str, at: datetime) -> int:
    """Let the links that a person has hold no longer; how many did."""
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "people.withdraw_invitation")) as work:
        return invitations.withdraw(work, code, at)

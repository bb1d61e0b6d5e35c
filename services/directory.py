"""The directory: everyone the house knows, in which roles, and whether they can come in."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from data import store_doors
from data.store import Act, Reading, Store, Work
from portfolio import texts
from portfolio.contact import Contact
from portfolio.errors import Forbidden, Invalid
from portfolio.identity import LOCAL, Identity, Invitation
from portfolio.notice import NoticeKind
from portfolio.person import CONSOLE, Person, Role
from services import doors, invitations, notices
from services.doors import Door
from services.permission import allowed

LANGUAGES = ("fr", "en")
LONGEST = 200  # letters of a name or of a service


@dataclass(frozen=True, slots=True)
class Entry:
    """What the house knows of a person.

    contact      where to write to them; without an address when none was given
    login        of their account of the house, "" = none
    issuers      the identity providers that know them
    can_sign_in  by the door there is now
    sessions     how many last        last_seen   a moment, "" = never
    invitation   the link they have that still holds
    """

    person: Person
    contact: Contact
    login: str = ""
    issuers: tuple[str, ...] = ()
    can_sign_in: bool = False
    sessions: int = 0
    last_seen: str = ""
    invitation: Invitation | None = None

    @property
    def is_console(self) -> bool:
        """Whether it is the command line of the machine itself."""
        return self.person.code == CONSOLE.code


@allowed(Role.ADMINISTRATOR)
def entries(store: Store, by: Person, at: datetime) -> tuple[Entry, ...]:
    """Everyone known, by name."""
    with store.reading() as work:
        return tuple(_entries(work, at))


def _entries(work: Reading, at: datetime) -> Iterable[Entry]:
    door = doors.door_of(work)
    contacts = {contact.person: contact for contact in work.every(Contact)}
    ways = _ways(work)
    seen = store_doors.last_seen(work)
    lasting = store_doors.lasting(work, *doors.hours().before(at))
    holding = {i.person: i for i in work.every(Invitation, used_at="") if _holds(i, at)}
    for person in sorted(work.people(), key=lambda one: (one.name.casefold(), one.code)):
        code = person.code
        own = ways.get(code, ())
        yield Entry(
            person,
            contacts.get(code, Contact(code)),
            next((way.subject for way in own if way.issuer == LOCAL), ""),
            tuple(way.issuer for way in own if way.issuer != LOCAL),
            _comes_in(person, own, door),
            lasting.get(code, 0),
            seen.get(code, ""),
            holding.get(code),
        )


def _holds(invitation: Invitation, at: datetime) -> bool:
    return datetime.fromisoformat(invitation.expires) > at


def _ways(work: Reading) -> Mapping[str, tuple[Identity, ...]]:
    ways: dict[str, tuple[Identity, ...]] = {}
    for identity in work.every(Identity):
        ways[identity.person] = (*ways.get(identity.person, ()), identity)
    return ways


def _comes_in(person: Person, ways: Iterable[Identity], door: Door) -> bool:
    """Whether the person, whom the house knows under these names, passes the door there is."""
    if not person.is_active:
        return False
    if door is Door.DEMO:
        return person.is_demo
    return any((way.issuer == LOCAL) is (door is Door.LOCAL) for way in ways)


@allowed(Role.ADMINISTRATOR)
def change(
    store: Store, by: Person, person: Person, contact: Contact, at: datetime
) -> tuple[Person, Contact]:
    """Keep what is known of a person: name, roles, service, language, expertise, active, address.

    Both are kept, or neither; Stale when someone else changed one of them meanwhile. A person who
    is disabled is signed out, and the link they have holds no longer.
    Forbidden("last-administrator") when nobody could then come in as an administrator.
    """
    if contact.person != person.code:
        raise Invalid("not-accepted", field="person", found=contact.person, accepted=person.code)
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "directory.change")) as work:
        before = work.person(person.code)
        if before.code == CONSOLE.code:
            raise Forbidden("console-stays", found=before.name)
        with an_administrator_stays(work):
            kept = keep_person(work, before, replace(person, is_demo=before.is_demo))
        if before.roles != kept.roles:
            roles = " ".join(sorted(kept.roles))
            notices.tell(work, NoticeKind.ROLES, (kept.code,), roles=roles)
        if before.is_active and not kept.is_active:
            doors.end_all(work, kept.code, at)
            invitations.withdraw(work, kept.code, at)
        return kept, keep_contact(work, contact)


def keep_person(work: Work, before: Person | None, person: Person) -> Person:
    """Keep a person, where that changes anything; Invalid for what nobody is called."""
    if person.language not in LANGUAGES:
        raise Invalid("not-one-of", field="language", found=person.language, accepted=LANGUAGES)
    name, service = _line("name", person.name), _line("service", person.service)
    clean = replace(person, name=name, service=service)
    return before if before == clean else work.save(None, clean)


def _line(field: str, typed: str) -> str:
    """What was typed, on one line, without the invisible; Invalid "text-too-long"."""
    return " ".join(texts.held(field, typed, LONGEST).split())


def keep_contact(work: Work, contact: Contact) -> Contact:
    """Keep where a person is written to, where that changes anything."""
    there = work.every(Contact, contact.person)
    before = there[0] if there else Contact(contact.person)
    return before if contact == before else work.save(None, contact)


@contextmanager
def an_administrator_stays(work: Reading) -> Iterator[None]:
    """Forbidden when what is done within takes away the last administrator who can come in.

    A house in which there was none, before its first sign-in, loses none.
    """
    had = _has_administrator(work)
    yield
    if had and not _has_administrator(work):
        raise Forbidden("last-administrator")


def _has_administrator(work: Reading) -> bool:
    door, ways = doors.door_of(work), _ways(work)
    people = (person for person in work.people() if person.has(Role.ADMINISTRATOR))
    return any(_comes_in(person, ways.get(person.code, ()), door) for person in people)

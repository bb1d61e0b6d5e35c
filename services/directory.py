"""The directory: everyone the house knows, in which roles, and whether they can come in."""

from dataclasses import dataclass

from data.store import Reading, Store
from portfolio.contact import Contact
from portfolio.identity import Identity, Invitation
from portfolio.person import Person, Role
from services.permission import allowed


@dataclass(frozen=True, slots=True)
class Entry:
    """contact   where to write to them; without an address when none was given"""

    person: Person
    contact: Contact
    identities: tuple[Identity, ...] = ()
    invitations: tuple[Invitation, ...] = ()


@allowed(Role.ADMINISTRATOR)
def entries(store: Store, by: Person) -> tuple[Entry, ...]:
    """Everyone known, by name."""
    with store.reading() as work:
        return _entries(work)


def _entries(work: Reading) -> tuple[Entry, ...]:
    contacts = {contact.person: contact for contact in work.every(Contact)}
    people = sorted(work.people(), key=lambda person: (person.name.casefold(), person.code))
    return tuple(
        Entry(person, contacts.get(person.code, Contact(person.code))) for person in people
    )

"""One's own account: how one is reached, and in which language."""

from dataclasses import dataclass, replace

from data.store import Act, Reading, Store
from portfolio.contact import Contact, Rhythm
from portfolio.person import Person
from services import directory, doors
from services.permission import EVERYONE, allowed


@dataclass(frozen=True, slots=True)
class Profile:
    """What one may change of oneself; it names nobody, so that it can be nobody else's.

    version, contact_version   of what it was read from
    """

    language: str
    service: str = ""
    email: str = ""
    rhythm: Rhythm = Rhythm.EACH
    version: int = 1
    contact_version: int = 0


@allowed(*EVERYONE)
def profile(store: Store, by: Person) -> Profile:
    """One's own."""
    with store.reading() as work:
        return _profile(work.person(by.code), _contact(work, by.code))


def _contact(work: Reading, code: str) -> Contact:
    contacts = work.every(Contact, code)
    return contacts[0] if contacts else Contact(code)


def _profile(person: Person, contact: Contact) -> Profile:
    return Profile(
        person.language, person.service, contact.email, contact.rhythm, person.version,
        contact.version,
    )  # fmt: skip


@allowed(*EVERYONE, own=EVERYONE)
def save(store: Store, by: Person, own: Profile) -> Profile:
    """Keep one's own language, service and address; Stale when they changed meanwhile.

    Nothing else of the person can be changed by it: neither roles, nor name, nor status.
    """
    contact = Contact(by.code, own.email.strip(), own.rhythm, own.contact_version)
    with store.writing(Act(by.code, doors.role_of(by), "account.save")) as work:
        before = work.person(by.code)
        person = replace(
            before, version=own.version, language=own.language, service=own.service
        )
        kept = directory.keep_person(work, before, person)
        return _profile(kept, directory.keep_contact(work, contact))

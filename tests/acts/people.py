"""Acts on the people of the house, and on one's own account."""

from dataclasses import replace
from datetime import UTC, datetime

from acts.said import ADMINISTERS, ALL, PEOPLE, Call, Foreign
from portfolio.contact import Contact
from portfolio.person import Person, Role
from services.account import Profile
from services.people import Newcomer

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
LEAD = PEOPLE[Role.LEAD]
PROFILE = Profile("en", "Finances", "prenom.nom@example.org")


def a_change(store):
    with store.reading() as work:
        return replace(work.person(LEAD.code), name="Autre nom"), Contact(LEAD.code), NOW


CALLS = {
    "account.profile": Call(ALL, ()),
    "account.save": Call(ALL, (PROFILE,)),
    "directory.change": Call(ADMINISTERS, a_change),
    "directory.entries": Call(ADMINISTERS, (NOW,)),
    "people.add": Call(ADMINISTERS, (Newcomer("Zoé", frozenset({Role.MEMBER})),)),
    "people.withdraw_invitation": Call(ADMINISTERS, (LEAD.code, NOW)),
    "state.view": Call(ADMINISTERS, (NOW,)),
}
OWN = tuple(
    Foreign("account.save", role, lambda store: (PROFILE,), (Person, PEOPLE[role].code), refused="")
    for role in Role
)

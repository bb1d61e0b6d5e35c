"""Acts on people's ways in: invitations, sessions, passwords."""

from datetime import UTC, datetime

from acts.said import ADMINISTERS, ALL, PEOPLE, Call, Foreign
from data import store_doors
from data.store import Act
from data.store_doors import Account
from portfolio.person import Person, Role
from services import passwords
from services.people import Newcomer

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
LEAD = PEOPLE[Role.LEAD]
HASH = passwords.hashed("une vieille phrase")


def to_change(store):
    """Everyone has an account, with the same password."""
    with store.writing(Act("test", "administrateur", "test")) as work:
        for person in PEOPLE.values():
            store_doors.keep_account(work, Account(person.code, person.code, HASH, "2026-11-01"))
    return "une vieille phrase", "une phrase neuve", NOW


CALLS = {
    "accounts.change_password": Call(ALL, to_change),
    "accounts.own_login": Call(ALL, ()),
    "doors.end_all_sessions": Call(ALL, (NOW,)),
    "doors.sessions": Call(ALL, ()),
    "people.invite": Call(ADMINISTERS, (Newcomer("Zoé", frozenset({Role.MEMBER})), NOW)),
    "people.invite_again": Call(ADMINISTERS, (LEAD.code, NOW)),
}
OWN = tuple(
    Foreign(act, role, given, (Person, LEAD.code))
    for role in sorted(ALL - ADMINISTERS)
    for act, given in (
        ("doors.end_all_sessions", lambda store: (NOW, LEAD.code)),
        ("doors.sessions", lambda store: (LEAD.code,)),
    )
)

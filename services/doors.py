"""The doors of the house: which one there is, who is in, and how one comes in and leaves."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from data import store_doors
from data.store import Act, Reading, Store, Work
from data.store_doors import Session
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.identity import Identity
from portfolio.person import CONSOLE, Person, Role
from services.permission import EVERYONE, allowed
from services.provider import Provider, provider

MOST = 720  # hours of a session, minutes unused: what is longer is no limit
SEEN_EVERY = timedelta(minutes=1)
OWN_ONLY = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
NO_ROLE = "—"  # what the journal says of someone who acts without any


class Door(StrEnum):
    """How people come in: a role chosen in a demo, an account of the house, or a provider."""

    DEMO = "demo"
    LOCAL = "local"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Hours:
    """How long a session lasts: unused, and at all."""

    idle: timedelta = timedelta(minutes=60)
    longest: timedelta = timedelta(hours=12)

    def has_ended(self, session: Session, at: datetime) -> bool:
        """Whether the session is over at that moment, by someone's wish or by the clock."""
        started, seen = (datetime.fromisoformat(m) for m in (session.started, session.seen))
        return bool(session.ended) or at - seen >= self.idle or at - started >= self.longest

    def before(self, at: datetime) -> tuple[str, str]:
        """After which moments a session that lasts was seen, and was begun."""
        return moment(at - self.idle), moment(at - self.longest)


def hours(environ: Mapping[str, str] | None = None) -> Hours:
    """What the environment says, by default an hour unused and half a day at all."""
    environ = os.environ if environ is None else environ
    minutes = _told(environ, "ARBITRAGE_IDLE_MINUTES")
    hours = _told(environ, "ARBITRAGE_SESSION_HOURS")
    usual = Hours()
    return Hours(
        timedelta(minutes=minutes) if minutes else usual.idle,
        timedelta(hours=hours) if hours else usual.longest,
    )


def _told(environ: Mapping[str, str], variable: str) -> float | None:
    """The number of a variable; Invalid for what is no number, or none from 0 to MOST."""
    told = environ.get(variable, "").strip()
    if not told:
        return None
    try:
        number = float(told)
    except ValueError:
        number = 0
    if not 0 < number <= MOST:
        raise Invalid("not-a-time-limit", variable=variable, found=told, high=MOST)
    return number


def now() -> datetime:
    """The moment it is, as the doors write it."""
    return datetime.now(UTC)


def door(store: Store, known: Provider | None = None) -> Door:
    """The one door there is: a provider's when there is one, the demo's while nobody is real."""
    with store.reading() as work:
        return door_of(work, known)


def door_of(work: Reading, known: Provider | None = None) -> Door:
    """The one door there is, within a transaction."""
    if known or provider():
        return Door.PROVIDER
    return Door.DEMO if store_doors.is_demo(work, CONSOLE.code) else Door.LOCAL


def who(store: Store, token: str, at: datetime) -> Person | None:
    """Whose session it is, as the store knows them now; None when it is over, or theirs no more.

    Being seen is written down once a minute at most.
    """
    if not token:
        return None
    with store.reading() as work:
        session = store_doors.session(work, digest(token))
        if session is None or hours().has_ended(session, at):
            return None
        known = work.every(Person, session.person)
    if not known or not known[0].is_active:
        return None
    if at - datetime.fromisoformat(session.seen) >= SEEN_EVERY:
        _touch(store, session, at)
    return known[0]


def _touch(store: Store, session: Session, at: datetime) -> None:
    act = Act(session.person, NO_ROLE, "doors.who")
    with suppress(Refusal), store.writing(act) as work:  # a busy store must keep nobody waiting
        store_doors.touch(work, session.digest, moment(at))


def admits(store: Store, token: str, at: datetime) -> bool:
    """Whether the house is served to the bearer of the token; to everyone in a demo."""
    return who(store, token, at) is not None or door(store) is Door.DEMO


def begin(work: Work, person: Person, token: str, at: datetime, way: Door) -> str:
    """Begin a session of the person under the token, which is returned; the journal says so."""
    when = moment(at)
    store_doors.begin(work, Session(digest(token), person.code, when, when))
    work.note("session", person.code, after={"door": way})
    return token


def sign_out(store: Store, token: str, at: datetime) -> None:
    """End the session of the token, if it is one that lasts."""
    with store.reading() as work:
        session = store_doors.session(work, digest(token))
    if session is None or session.ended:
        return
    with store.writing(Act(session.person, NO_ROLE, "doors.sign_out")) as work:
        if store_doors.end(work, session.digest, moment(at)):
            work.note("session", session.person, before={"started": session.started})


@allowed(*EVERYONE, own=OWN_ONLY)
def end_all_sessions(
    store: Store, by: Person, at: datetime, code: str = "", but: str = ""
) -> int:
    """End every session of a person; how many.

    code   whose: "" = one's own; anybody's for an administrator
    but    the token of a session that goes on
    """
    code = _own_or_any(by, code)
    with store.writing(Act(by.code, role_of(by), "doors.end_all_sessions")) as work:
        return end_all(work, code, at, digest(but) if but else "")


def end_all(work: Work, code: str, at: datetime, but: str = "") -> int:
    """End every session of a person within an act, ``but`` that of a digest; how many."""
    ended = store_doors.end_all(work, code, moment(at), but)
    if ended:
        work.note("session", code, before={"sessions": ended})
    return ended


@allowed(*EVERYONE, own=OWN_ONLY)
def sessions(store: Store, by: Person, code: str = "") -> tuple[Session, ...]:
    """A person's sessions, the newest first: one's own or, for an administrator, anybody's."""
    with store.reading() as work:
        return store_doors.sessions_of(work, _own_or_any(by, code))


def _own_or_any(by: Person, code: str) -> str:
    if code not in ("", by.code) and not by.has(Role.ADMINISTRATOR):
        raise Forbidden("not-yours", found=code)
    return code or by.code


def is_first_use(store: Store) -> bool:
    """Whether nobody has come in yet: the first administrator is invited from the machine."""
    with store.reading() as work:
        return not work.count(Identity)


def known_person(work: Reading, code: str) -> Person:
    """The person of a code who may come in; Forbidden("account-disabled") otherwise."""
    person = work.person(code)
    if not person.is_active:
        raise Forbidden("account-disabled")
    return person


def role_of(person: Person) -> str:
    """The role in which someone acts on their own behalf: the first they have."""
    return min(person.roles, default=NO_ROLE)


def new_token() -> str:
    """A secret that nobody can guess."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a secret: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def moment(at: datetime) -> str:
    """The moment as it is written: ISO 8601, in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")

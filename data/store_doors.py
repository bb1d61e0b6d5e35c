"""Ways in, as rows: accounts, sessions and failed attempts.

They are no nouns: the journal outlives them, so nothing of a password or a session goes there.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from data.schema import people
from data.schema_people import accounts, attempts, sessions
from data.store_work import Reading, Work

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser signed in: the digest of its secret; moments in ISO 8601, ended "" = it lasts."""

    digest: str
    person: str
    started: str
    seen: str
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A login of the house itself and the argon2 hash of its password."""

    person: str
    login: str
    password_hash: str
    changed_at: str


def is_demo(work: Reading, console: str) -> bool:
    """Whether nobody is known but demo accounts and the console."""
    real = sa.select(people.c.code).where(people.c.demo.is_(False), people.c.code != console)
    return work.connection.execute(real.limit(1)).first() is None


def session(work: Reading, digest: str) -> Session | None:
    """The session of a digest; None when there is none."""
    row = work.connection.execute(sa.select(sessions).where(sessions.c.digest == digest)).first()
    return Session(**row._mapping) if row else None


def begin(work: Work, begun: Session) -> None:
    """Keep a new session."""
    work.connection.execute(sa.insert(sessions).values(asdict(begun)))


def touch(work: Work, digest: str, at: str) -> None:
    """Say that the session was used."""
    work.connection.execute(
        sa.update(sessions).where(sessions.c.digest == digest).values(seen=at)
    )


def end(work: Work, digest: str, at: str) -> bool:
    """End a session; whether it had not ended before."""
    return _end(work, at, sessions.c.digest == digest) > 0


def end_all(work: Work, person: str, at: str, but: str = "") -> int:
    """End every session of the person, ``but`` that of a digest; how many."""
    return _end(work, at, sessions.c.person == person, sessions.c.digest != but)


def _end(work: Work, at: str, *where: sa.ColumnElement[bool]) -> int:
    done = sa.update(sessions).where(sessions.c.ended == "", *where).values(ended=at)
    return work.connection.execute(done).rowcount


def sessions_of(work: Reading, person: str) -> tuple[Session, ...]:
    """Every session of the person, the newest first."""
    asked = sa.select(sessions).where(sessions.c.person == person)
    rows = work.connection.execute(asked.order_by(sessions.c.started.desc()))
    return tuple(Session(**row._mapping) for row in rows)


def last_seen(work: Reading) -> dict[str, str]:
    """When each person who ever came in was seen last."""
    asked = sa.select(sessions.c.person, sa.func.max(sessions.c.seen)).group_by(sessions.c.person)
    return {person: seen for person, seen in work.connection.execute(asked)}


def lasting(work: Reading, seen_after: str, started_after: str) -> dict[str, int]:
    """How many sessions last of each person who is signed in, by the two clocks that end them."""
    asked = sa.select(sessions.c.person, sa.func.count()).where(
        sessions.c.ended == "", sessions.c.seen > seen_after, sessions.c.started > started_after
    )
    rows = work.connection.execute(asked.group_by(sessions.c.person))
    return {person: count for person, count in rows}


def account(work: Reading, login: str) -> Account | None:
    """The account of a login; None when there is none."""
    return _account(work, accounts.c.login == login)


def account_of(work: Reading, person: str) -> Account | None:
    """The person's account; None when there is none."""
    return _account(work, accounts.c.person == person)


def _account(work: Reading, where: sa.ColumnElement[bool]) -> Account | None:
    row = work.connection.execute(sa.select(accounts).where(where)).first()
    return Account(**row._mapping) if row else None


def keep_account(work: Work, kept: Account) -> None:
    """Keep the account in the place of the person's former one."""
    work.connection.execute(sa.delete(accounts).where(accounts.c.person == kept.person))
    work.connection.execute(sa.insert(accounts).values(asdict(kept)))


def failures(work: Reading, key: str) -> tuple[int, str]:
    """How often signing in failed under that key of late, and when last ("" = never)."""
    row = work.connection.execute(sa.select(attempts).where(attempts.c.key == key)).first()
    return (row.failures, row.last) if row else (0, "")


def count_failure(work: Work, key: str, at: datetime) -> None:
    """Count one more failure under the key; those of more than a day ago are forgotten."""
    old = attempts.c.last < (at - FORGOTTEN_AFTER).isoformat()
    work.connection.execute(sa.delete(attempts).where(old))
    counted, _ = failures(work, key)
    forget_failures(work, key)
    row = {"key": key, "failures": counted + 1, "last": at.isoformat()}
    work.connection.execute(sa.insert(attempts).values(row))


def forget_failures(work: Work, key: str) -> None:
    """Count no failure under the key any longer."""
    work.connection.execute(sa.delete(attempts).where(attempts.c.key == key))

"""Notices in the store: put in the transaction of the act they tell of, read, and marked."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from data.schema_people import notices
from data.store_work import Reading, Work
from portfolio.notice import Mail, Notice, NoticeKind

MOST_IN_ONE = 500  # numbers in one statement


def put(work: Work, told: Iterable[Notice]) -> tuple[Notice, ...]:
    """Keep the notices, at the time of the act; those whose ``once`` is there already are not."""
    new = {n.once or f" {place}": n for place, n in enumerate(told)}
    asked = sa.select(notices.c.once).where(notices.c.once.in_(list(new)))
    there = set(work.connection.execute(asked).scalars())
    last = work.connection.execute(sa.select(sa.func.max(notices.c.id))).scalar() or 0
    at = moment(work)
    kept = tuple(
        replace(notice, at=at, id=last + place)
        for place, notice in enumerate((n for key, n in new.items() if key not in there), 1)
    )
    if kept:
        work.connection.execute(sa.insert(notices), [_row(notice) for notice in kept])
    return kept


def of_person(work: Reading, person: str, most: int) -> tuple[Notice, ...]:
    """The person's, those not read first, then the latest first."""
    asked = sa.select(notices).where(notices.c.person == person)
    asked = asked.order_by((notices.c.read_at != ""), notices.c.id.desc()).limit(most)
    return tuple(_notice(row) for row in work.connection.execute(asked))


def unread(work: Reading, person: str) -> int:
    """How many the person has not read."""
    asked = sa.select(sa.func.count()).where(notices.c.person == person, notices.c.read_at == "")
    found: int = work.connection.execute(asked).scalar_one()
    return found


def held(work: Reading, ids: Sequence[int]) -> tuple[Notice, ...]:
    """Those of the given numbers, in order."""
    asked = sa.select(notices).where(notices.c.id.in_(ids)).order_by(notices.c.id)
    return tuple(_notice(row) for row in work.connection.execute(asked))


def mark_read(work: Work, ids: Sequence[int]) -> None:
    """Read now; those read before keep their moment."""
    there = notices.c.id.in_(ids), notices.c.read_at == ""
    work.connection.execute(sa.update(notices).where(*there).values(read_at=moment(work)))


def to_mail(work: Reading, now: str) -> tuple[tuple[Notice, int], ...]:
    """Those that wait for an e-mail, with how often it was tried, the oldest first.

    Those that someone took to send and never told of are among them once ``now`` is past the
    moment until which they were taken.
    """
    waits = notices.c.mail.in_((Mail.WAITING.value, Mail.SENDING.value))
    asked = sa.select(notices).where(waits, notices.c.mail_after <= now).order_by(notices.c.id)
    return tuple((_notice(row), row.tries) for row in work.connection.execute(asked))


def mark_mail(
    work: Work, ids: Sequence[int], mail: Mail, after: str = "", error: str = ""
) -> None:
    """Tell what becomes of their e-mail: taken until ``after``, to be tried again after it …"""
    values: dict[str, Any] = {"mail": mail.value, "mail_after": after, "mail_error": error}
    if mail is Mail.SENDING:
        values["tries"] = notices.c.tries + 1
    for start in range(0, len(ids), MOST_IN_ONE):
        some = notices.c.id.in_(ids[start:start + MOST_IN_ONE])
        work.connection.execute(sa.update(notices).where(some).values(values))


def moment(work: Work) -> str:
    """The time of the act, ISO 8601 in UTC."""
    return work.at.astimezone(UTC).isoformat(timespec="seconds")


def _row(notice: Notice) -> dict[str, Any]:  # texts and whole numbers
    facts = json.dumps(dict(notice.facts), ensure_ascii=False, sort_keys=True)
    return {
        "id": notice.id, "person": notice.person, "kind": notice.kind.value,
        "cycle": notice.cycle, "about": notice.about, "facts": facts, "at": notice.at,
        "read_at": notice.read_at, "once": notice.once or None, "mail": notice.mail.value,
        "tries": 0, "mail_after": "", "mail_error": "",
    }


def _notice(row: sa.Row[Any]) -> Notice:  # of that table
    named = {name: row._mapping[name] for name in Notice.__dataclass_fields__}
    named |= {"kind": NoticeKind(named["kind"]), "mail": Mail(named["mail"])}
    return Notice(**(named | {"facts": json.loads(named["facts"]), "once": named["once"] or ""}))

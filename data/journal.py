"""The journal: one line for every change, each chained to the line before it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, Protocol

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import Connection

from data.schema import CODE_LENGTH, journal
from portfolio import claims
from portfolio.errors import Invalid, Refusal

APP_VERSION = "0.1.0"
FIRST = "0" * 64  # what the first line has for the hash of a line before it
REFUSAL = "refusal"  # the kind of a line that tells of a refused call: nothing changed
Fault = Literal["", "edited", "missing", "inserted", "broken-chain", "truncated", "anchor"]


@dataclass(frozen=True, slots=True)
class Act:
    """What someone does in one transaction.

    actor     the person's code (issuer + subject), never a name
    role      the role in which they act, as it is then
    request   the key under which the act is done once, however often it is sent; None = no key
    """

    actor: str
    role: str
    name: str
    request: str | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        claims.filled("actor", self.actor)
        claims.filled("name", self.name)
        if self.request is not None:
            claims.filled("request", self.request)
            claims.no_longer("request", self.request, CODE_LENGTH)


@dataclass(frozen=True, slots=True)
class Line:
    """One change: before and after are canonical JSON, None where there was or is nothing.

    step   the place of the line among those of its act, from 0
    """

    sequence: int
    at: str
    actor: str
    role: str
    act: str
    kind: str
    key: str
    before: str | None
    after: str | None
    reason: str
    request: str | None
    step: int
    app_version: str
    previous: str
    hash: str = ""

    def sealed(self) -> str:
        """SHA-256 of everything the line says, the hash of the line before it included."""
        return sha256(canonical({name: getattr(self, name) for name in SEALED}))


SEALED = tuple(field.name for field in fields(Line) if field.name != "hash")


class Repeated(Refusal):
    """The act was done before under the same key: ``lines`` are what the journal says of it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How long the journal was at a moment, and its last hash; worth printing elsewhere."""

    count: int
    head: str
    at: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reading of the whole journal shows.

    bad     the first sequence that is not what was written; None = the journal is sound
    fault   edited: the line does not agree with its own hash. broken-chain: it does, but the line
            after it was chained to another one. missing: there is no such line, though there are
            later ones. inserted: it was put before lines that were moved on. truncated: the journal
            ends before the anchor. anchor: the line is not the one that the anchor was taken from,
            so it or one before it was written anew
    since   of "truncated" and "anchor": the first line that no earlier anchor vouches for
    """

    count: int
    bad: int | None = None
    fault: Fault = ""
    since: int | None = None

    @property
    def is_sound(self) -> bool:
        return self.bad is None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are wanted; None = any.

    key   a part of the key of the object       before   that moment excluded
    """

    actor: str | None = None
    kind: str | None = None
    key: str | None = None
    act: str | None = None
    since: datetime | None = None
    before: datetime | None = None


class Reads(Protocol):
    """An open transaction."""

    @property
    def connection(self) -> Connection: ...


def verify(work: Reads, *anchors: Anchor) -> Verdict:
    """Read the whole journal again; without an anchor, a cut tail or a full rewrite is not seen."""
    taken: dict[int, set[str]] = {}
    for one in anchors:
        taken.setdefault(one.count, set()).add(one.head)
    count, since, bad = 0, 1, Verdict(0)
    before: Line | None = None
    for line in lines(work):
        count += 1
        if bad.is_sound:
            heads = taken.get(line.sequence, set())
            bad = _blamed(work, line, heads, _fault(line, before, heads, since))
            since = line.sequence + 1 if heads else since
        before = line
    if bad.is_sound and max(taken, default=0) > count:
        bad = Verdict(count, count + 1, "truncated", since)
    return replace(bad, count=count)


def anchor(work: Reads) -> Anchor:
    """The journal's length, its last hash and the time of its last line."""
    head = _head(work.connection)
    return Anchor(head.sequence, head.hash, head.at) if head else Anchor(0, FIRST, "")


def last_change(work: Reads) -> str:
    """The hash of the last line that tells of a change, which a refused call is not."""
    asked = sa.select(journal.c.hash).where(journal.c.kind != REFUSAL)
    asked = asked.order_by(journal.c.sequence.desc()).limit(1)
    return work.connection.execute(asked).scalar() or FIRST


def lines(
    work: Reads, kind: str | None = None, key: str | None = None, after: int = 0
) -> Iterator[Line]:
    """The lines in order: all, or those of one kind of object, or of one object."""
    asked = sa.select(journal).where(journal.c.sequence > after).order_by(journal.c.sequence)
    asked = asked.where(*_equal({"kind": kind, "key": key}))
    for row in work.connection.execute(asked.execution_options(yield_per=1000)):
        yield Line(**row._mapping)


def latest(
    work: Reads, only: Wanted, first: int, count: int
) -> tuple[tuple[Line, ...], int]:  # fmt: skip
    """(``count`` of the lines wanted, the latest first, from the one at ``first``; how many)."""
    asked = sa.select(journal).where(*_wanted(only))
    page = asked.order_by(journal.c.sequence.desc()).limit(count).offset(first)
    found = tuple(Line(**row._mapping) for row in work.connection.execute(page))
    total = sa.select(sa.func.count()).select_from(asked.subquery())
    return found, work.connection.execute(total).scalar_one()


def told_of(work: Reads, column: Literal["actor", "kind", "act"]) -> tuple[str, ...]:
    """Every actor, kind or act that a line tells of, in order."""
    asked = sa.select(journal.c[column]).distinct().order_by(journal.c[column])
    return tuple(work.connection.execute(asked).scalars())


def _wanted(only: Wanted) -> list[sa.ColumnElement[bool]]:
    asked = _equal({"actor": only.actor, "kind": only.kind, "act": only.act})
    if only.key is not None:
        asked.append(journal.c.key.contains(only.key, autoescape=True))
    if only.since is not None:
        asked.append(journal.c.at >= _moment(only.since))
    if only.before is not None:
        asked.append(journal.c.at < _moment(only.before))
    return asked


def _equal(columns: Mapping[str, str | None]) -> list[sa.ColumnElement[bool]]:
    return [journal.c[name] == value for name, value in columns.items() if value is not None]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def write(work: Reads, act: Act, at: datetime, step: int, change: "Change") -> Line:
    """Add the line of a change, in the transaction of the change."""
    head = _head(work.connection)
    line = Line(
        sequence=head.sequence + 1 if head else 1,
        at=_moment(at),
        actor=act.actor, role=act.role, act=act.name,
        kind=change.kind, key=change.key,
        before=None if change.before is None else canonical(change.before),
        after=None if change.after is None else canonical(change.after),
        reason=act.reason, request=act.request, step=step, app_version=APP_VERSION,
        previous=head.hash if head else FIRST,
    )
    values = asdict(line) | {"hash": line.sealed()}
    _refuse_unkept(values)
    work.connection.execute(sa.insert(journal).values(values))
    return Line(**values)


@dataclass(frozen=True, slots=True)
class Change:
    """What a line tells: the object, and what it was and is (None = nothing)."""

    kind: str
    key: str
    before: object = None
    after: object = None


def refuse_repeat(work: Reads, act: Act) -> None:
    """Repeated when the act was done before; Invalid when its key was used for another act."""
    if act.request is None:
        return
    asked = sa.select(journal).where(journal.c.request == act.request).order_by(journal.c.step)
    done = tuple(Line(**row._mapping) for row in work.connection.execute(asked))
    if not done:
        return
    if (done[0].actor, done[0].act) != (act.actor, act.name):
        raise Invalid("request-taken", field="request", found=act.request)
    raise Repeated("repeated", request=act.request, lines=done)


def canonical(value: object) -> str:
    """The value as JSON, the same letters for the same value: keys sorted, decimals as strings."""
    return json.dumps(
        value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"),
        allow_nan=False,
    )


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _head(connection: Connection) -> Line | None:
    asked = sa.select(journal).order_by(journal.c.sequence.desc()).limit(1)
    row = connection.execute(asked).first()
    return Line(**row._mapping) if row else None


def _fault(line: Line, before: Line | None, heads: Set[str], since: int) -> Verdict:
    """What is wrong with a line that comes after ``before``, as a verdict.

    heads   what anchors say its hash is
    """
    place = before.sequence + 1 if before else 1
    if line.sequence != place:
        return Verdict(0, min(place, line.sequence), "missing")
    if line.hash != line.sealed():
        return Verdict(0, place, "edited")
    if line.previous != (before.hash if before else FIRST):
        return Verdict(0, place, "broken-chain")
    if heads - {line.hash}:
        return Verdict(0, place, "anchor", since)
    return Verdict(0)


def _blamed(work: Reads, line: Line, heads: Set[str], found: Verdict) -> Verdict:
    """The first line that is to blame, where a fault shows only at a line after it."""
    if found.fault == "edited":
        return _inserted(work, line) or found
    if found.fault == "broken-chain" and line.sequence > 1 and _is_vouched_for(work, line, heads):
        return Verdict(0, line.sequence - 1, "broken-chain")  # the line before it was written anew
    return found


def _is_vouched_for(work: Reads, line: Line, heads: Set[str]) -> bool:
    """Whether the line after it is chained to it, or an anchor was taken from it."""
    asked = sa.select(journal.c.previous).where(journal.c.sequence == line.sequence + 1)
    following = work.connection.execute(asked).scalar()
    return line.hash in heads if following is None and heads else following in (None, line.hash)


def _inserted(work: Reads, line: Line) -> Verdict | None:
    """A line that was true at an earlier place was moved on, to make room for others before it."""
    after = _place_of(work, line.previous, line)
    place = 1 if line.previous == FIRST else (after or line.sequence) + 1
    is_true_there = place < line.sequence and replace(line, sequence=place).sealed() == line.hash
    is_copy = _place_of(work, line.hash, line) is not None
    return Verdict(0, place, "inserted") if is_true_there and not is_copy else None


def _place_of(work: Reads, hash: str, before: Line) -> int | None:
    """The first place of a line of that hash, before another line."""
    asked = sa.select(sa.func.min(journal.c.sequence)).where(
        journal.c.hash == hash, journal.c.sequence < before.sequence
    )
    found: int | None = work.connection.execute(asked).scalar()
    return found


def _plain(value: object) -> object:
    """What JSON can say of a value that it does not know."""
    if is_dataclass(value) and not isinstance(value, type):
        return _adapter(type(value)).dump_python(value, by_alias=True)
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


@lru_cache(maxsize=64)
def _adapter(kind: type) -> TypeAdapter[Any]:  # of whichever noun
    return TypeAdapter(kind)


def _refuse_unkept(values: dict[str, Any]) -> None:
    """Invalid for a text that a database could not give back, and so would break the chain."""
    for field in fields(Line):
        value = values[field.name]
        if isinstance(value, str) and ("\0" in value or not _is_text(value)):
            raise Invalid("not-a-text", field=field.name, found=value)


def _is_text(value: str) -> bool:
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)

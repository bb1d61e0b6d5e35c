"""The journal read: its lines page by page, whether it is whole, and its anchor."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from data import anchors as file
from data import journal as kept
from data.journal import REFUSAL, Anchor, Line, Verdict, Wanted
from data.store import Reading, Store, object_key
from portfolio.clock import HERE
from portfolio.evaluation import Round, Subject
from portfolio.person import Person, Role
from services.permission import allowed
from services.register_history import Changed, between

KINDS = {Subject.SCORES: "evaluation", Subject.WEIGHTS: "ballot"}  # what a round is made of
PAGE = 50  # lines shown at a time
ANCHORS = Path("var/anchors.jsonl")  # where the command line keeps anchors, unless told otherwise


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are asked for; "" or None = any. The days are the city's, both included."""

    actor: str = ""
    kind: str = ""
    key: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line, and what it says: whole when the object appears or goes, else what changed.

    A forged line may say anything: ``at`` = None for a time that is none, and a text that is no
    JSON stands as it is, under no name.

    is_blind   it tells a rating or a ballot of a round that is still open: nobody reads it yet
    """

    line: Line
    at: datetime | None
    who: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    changes: tuple[Changed, ...]
    is_blind: bool = False

    @property
    def is_refusal(self) -> bool:
        return self.line.kind == REFUSAL


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the lines asked for, the latest first.

    total                how many are asked for        count   how many the journal has
    actors, kinds, acts  what a line may be asked by: code -> name, and what is told of
    """

    entries: tuple[Entry, ...]
    total: int
    count: int
    actors: Mapping[str, str]
    kinds: tuple[str, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a reading of the whole journal shows, and the anchors it was held against."""

    verdict: Verdict
    anchors: tuple[Anchor, ...] = ()

    @property
    def newest(self) -> Anchor | None:
        """The anchor that vouches for the most lines."""
        return max(self.anchors, key=lambda anchor: anchor.count, default=None)


@allowed(Role.ADMINISTRATOR)
def page(store: Store, by: Person, asked: Asked, at: int = 0) -> Found:
    """The page ``at`` (from 0) of the lines asked for."""
    with store.reading() as work:
        lines, total = kept.latest(work, _wanted(asked), at * PAGE, PAGE)
        names = {person.code: person.name for person in work.people()}
        actors = kept.told_of(work, "actor")
        open_ones = _open(work)
        return Found(
            tuple(_entry(line, names, open_ones) for line in lines),
            total,
            kept.anchor(work).count,
            {code: names.get(code, code) for code in actors},
            kept.told_of(work, "kind"),
            kept.told_of(work, "act"),
        )


@allowed(Role.ADMINISTRATOR)
def verify(store: Store, by: Person, content: bytes | None = None) -> Checked:
    """Read the whole journal again and hold it against anchors kept elsewhere.

    content   of a file of anchors; None = the file that the command line keeps, when it is there.
    Invalid("anchors-unreadable") for a file that holds something else.
    """
    if content is None:
        content = ANCHORS.read_bytes() if ANCHORS.exists() else b""
    taken = file.read(content)
    with store.reading() as work:
        return Checked(kept.verify(work, *taken), taken)


@allowed(Role.ADMINISTRATOR)
def anchor(store: Store, by: Person) -> Anchor:
    """How long the journal is now, and its last hash: worth keeping elsewhere."""
    with store.reading() as work:
        return printed(work)


def keep(taken: Anchor, out: Path = ANCHORS) -> None:
    """Add the anchor to a file."""
    file.add(out, taken)


def as_file(taken: Anchor) -> bytes:
    """A file that holds the anchor alone."""
    return (file.written(taken) + "\n").encode()


def printed(work: Reading) -> Anchor:
    """The anchor that every document which leaves the house carries."""
    return kept.anchor(work)


def _wanted(asked: Asked) -> Wanted:
    return Wanted(
        asked.actor or None,
        asked.kind or None,
        asked.key.strip() or None,
        asked.act or None,
        None if asked.since is None else _midnight(asked.since),
        None if asked.until is None else _midnight(asked.until + timedelta(days=1)),
    )


def _midnight(day: date) -> datetime:
    """When the day begins in the city."""
    return datetime.combine(day, time(), HERE)


def _open(work: Reading) -> Set[tuple[str, str, str]]:
    """(kind, cycle, number) of what is said in rounds that are still open."""
    return {
        (KINDS[held.subject], object_key((cycle.code,)), str(held.number))
        for cycle in work.cycles()
        for held in work.every(Round, cycle.code)
        if held.is_open
    }


def _entry(
    line: Line, names: Mapping[str, str], open_ones: Set[tuple[str, str, str]]
) -> Entry:  # fmt: skip
    key = line.key.split("/")
    if (line.kind, key[0], key[-1]) in open_ones:
        hidden = replace(line, before=None, after=None)
        return Entry(hidden, _at(line), names.get(line.actor, line.actor), None, None, (), True)
    before, after = _said(line.before), _said(line.after)
    changed = () if before is None or after is None else tuple(between(before, after))
    return Entry(line, _at(line), names.get(line.actor, line.actor), before, after, changed)


def _at(line: Line) -> datetime | None:
    try:
        return datetime.fromisoformat(line.at)
    except ValueError:
        return None


def _said(text: str | None) -> Mapping[str, Any] | None:
    """What a line says of an object; a text or a number stands alone under no name."""
    if text is None:
        return None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = text
    return said if isinstance(said, dict) else {"": said}

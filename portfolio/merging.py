"""What a tool's run makes of the findings, components and figures that the register has.

A key holds within a system and a source. Two projects of one tool in one system may show the same
key: the second is then kept under a key of its own, and neither run closes what the other shows.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from portfolio.finding import Component, Finding, Reading

Seen = TypeVar("Seen", Finding, Component)
Noun = TypeVar("Noun")
Key = tuple[str, ...]
LONGEST = 160  # characters of a key that every database keeps


class Deed(StrEnum):
    """What an import does with a noun."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    GONE = "gone"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Run:
    """One look of a tool at one of its projects, in one system.

    day        when it looked
    closes     whether what it does not show of its scope is gone
    """

    system: str
    source: str
    scope: str
    day: date
    closes: bool = True


@dataclass(frozen=True, slots=True)
class Step(Generic[Noun]):
    """What becomes of one noun; ``before`` None = it was not there."""

    deed: Deed
    before: Noun | None
    after: Noun


def fitted(key: str) -> str:
    """The key, cut and marked by its own digest where it is too long to be kept."""
    if len(key) <= LONGEST:
        return key
    return f"{key[: LONGEST - 33]}#{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def met(
    held: MutableMapping[Key, Seen],
    run: Run,
    shown: Iterable[Seen],
    meet: Callable[[Seen, Seen, date], Seen],
) -> set[Key]:
    """Put what the run shows into ``held`` and close what it no longer shows; the keys shown."""
    keys: set[Key] = set()
    for noun in shown:
        key = _place(held, run, noun)
        before = held.get(key)
        known = replace(noun, system=run.system, source=run.source, scope=run.scope, key=key[2])
        if key in keys:
            continue  # told twice by one run
        held[key] = _first(known, run.day) if before is None else meet(before, known, run.day)
        keys.add(key)
    if run.closes:
        for key, noun in held.items():
            if key not in keys and noun.gone_on is None and _is_of(noun, run):
                held[key] = replace(noun, gone_on=run.day)
    return keys


def _is_of(noun: Finding | Component, run: Run) -> bool:
    return (noun.system, noun.source, noun.scope) == (run.system, run.source, run.scope)


def _place(held: Mapping[Key, Seen], run: Run, noun: Seen) -> Key:
    """Where the noun stands, or would: its own key unless another scope has it."""
    own = (run.system, run.source, fitted(noun.key))
    other = held.get(own)
    if other is None or other.scope == run.scope:
        apart = (run.system, run.source, fitted(f"{noun.key} @{run.scope}"))
        return apart if other is None and apart in held else own
    return (run.system, run.source, fitted(f"{noun.key} @{run.scope}"))


def _first(noun: Seen, day: date) -> Seen:
    if isinstance(noun, Finding):
        return replace(
            noun, first_seen=noun.first_seen or day, last_seen=noun.gone_on or day, version=0
        )
    return replace(noun, version=0)


def meet_finding(held: Finding, shown: Finding, day: date) -> Finding:
    """What the register had, as the tool now shows it; its history stays."""
    came_back = held.gone_on is not None and shown.gone_on is None
    return replace(
        shown,
        debt=held.debt,
        first_seen=_earliest(held.first_seen, shown.first_seen),
        last_seen=held.last_seen if shown.gone_on else _latest(held.last_seen, day),
        reopened=held.reopened + came_back,
        version=held.version,
    )


def meet_component(held: Component, shown: Component, day: date) -> Component:
    """The component as the tool now shows it, known in the catalogue as it was."""
    if not shown.product and held.number == shown.number:
        names = ("product", "release", "support_end")
        shown = replace(shown, **{name: getattr(held, name) for name in names})
    return replace(shown, version=held.version)


def _earliest(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _latest(one: date | None, other: date) -> date:
    return other if one is None else max(one, other)


def measured(held: MutableMapping[Key, Reading], shown: Iterable[Reading]) -> set[Key]:
    """Put the figures into ``held``: one a day, the last told; their keys."""
    keys: set[Key] = set()
    for reading in shown:
        key = reading_key(reading)
        before = held.get(key)
        held[key] = replace(reading, version=0 if before is None else before.version)
        keys.add(key)
    return keys


def seen_key(noun: Finding | Component) -> Key:
    return (noun.system, noun.source, noun.key)


def reading_key(reading: Reading) -> Key:
    return (reading.system, reading.source, reading.metric, reading.on.isoformat())


def steps(
    was: Mapping[Key, Noun], now: Mapping[Key, Noun], shown: set[Key]
) -> Iterator[Step[Noun]]:
    """What all the runs together do with each noun that they show or change."""
    for key, after in now.items():
        before = was.get(key)
        if before is after and key not in shown:
            continue
        yield Step(_deed(before, after), before, after)


def _deed(before: object, after: object) -> Deed:
    if before is None:
        return Deed.CREATED
    was_gone, is_gone = (getattr(noun, "gone_on", None) is not None for noun in (before, after))
    if was_gone != is_gone:
        return Deed.GONE if is_gone else Deed.REOPENED
    return Deed.UNCHANGED if _told(before) == _told(after) else Deed.UPDATED


def _told(noun: object) -> object:
    """What counts as a change: that a finding was seen once more does not."""
    return replace(noun, last_seen=None) if isinstance(noun, Finding) else noun

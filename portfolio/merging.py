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
    meet: Callable[[Seen | None, Seen, Run, str], Seen],
) -> set[Key]:
    """Put what the run shows into ``held`` and close what it no longer shows; the keys shown.

    meet   (what was held, what is shown, the run, its key) -> what is held from then on
    """
    keys: set[Key] = set()
    for noun in shown:
        key = _place(held, run, noun)
        if key in keys:
            continue  # told twice by one run
        held[key] = meet(held.get(key), noun, run, key[2])
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


def meet_finding(held: Finding | None, shown: Finding, run: Run, key: str) -> Finding:
    """What the register had, as the tool now shows it; its history stays."""
    came_back = held is not None and held.gone_on is not None and shown.gone_on is None
    first = shown.first_seen or run.day
    if held is not None and held.first_seen is not None:
        first = min(held.first_seen, first)
    last = held.last_seen if held is not None else None
    return replace(
        shown,
        system=run.system, source=run.source, scope=run.scope, key=key,
        debt=held.debt if held else "",
        first_seen=first,
        last_seen=(last or shown.gone_on) if shown.gone_on else max(run.day, last or run.day),
        reopened=held.reopened + came_back if held else 0,
        version=held.version if held else 0,
    )  # fmt: skip


def meet_component(held: Component | None, shown: Component, run: Run, key: str) -> Component:
    """The component as the tool now shows it."""
    version = held.version if held else 0
    return replace(
        shown, system=run.system, source=run.source, scope=run.scope, key=key, version=version
    )


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
    on = reading.on.isoformat()
    return (reading.system, reading.source, reading.scope, reading.metric, on)


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
    if isinstance(before, Finding) and isinstance(after, Finding):
        after = replace(after, last_seen=before.last_seen)  # to be seen once more is no change
    return Deed.UNCHANGED if before == after else Deed.UPDATED

"""What a file offers for a noun that the register already has: taken, kept, or left to choose.

A field that nobody touched by hand follows the files. One that someone wrote is never overwritten:
the difference is shown, to take or to leave. What a file does not give takes nothing away.
"""

from collections.abc import Container, Mapping
from dataclasses import MISSING, Field, dataclass, fields, replace
from typing import Any, TypeVar

from portfolio.debt import DebtItem
from portfolio.project import Estimate
from portfolio.system import System

Held = TypeVar("Held", DebtItem, System)
APART = frozenset({"code", "version", "tool_keys", "evidence"})  # joined, not chosen between
FOLLOWERS = {  # what says how the field before it was reached
    "principal": ("principal_priced", "basis", "confidence"),
    "interest": ("interest_priced",),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that someone wrote by hand, for which a file says something else.

    kind   "system" or "debt"
    """

    kind: str
    code: str
    field: str
    held: object
    offered: object

    @property
    def key(self) -> str:
        """What names the difference when it is to be taken."""
        return f"{self.kind}/{self.code}/{self.field}"


def joined(
    held: Held, offered: Held, by_hand: Container[str], take: Container[str] = ()
) -> tuple[Held, tuple[Difference, ...]]:
    """(the noun as it becomes, what was kept against the file).

    by_hand   fields that someone wrote            take   keys of differences to take all the same
    """
    kind = "system" if isinstance(held, System) else "debt"
    changes: dict[str, Any] = {}  # Any: fields of every type
    kept: list[Difference] = []
    settled: set[str] = set()
    for name, default in CHOSEN[type(held)]:
        mine, theirs = getattr(held, name), getattr(offered, name)
        if name in settled or theirs in (mine, default):
            continue
        found = Difference(kind, held.code, name, mine, theirs)
        followers = FOLLOWERS.get(name, ())
        settled.update(followers)
        if mine == default or name not in by_hand or found.key in take:
            changes |= {name: theirs} | _followers(offered, followers, by_hand)
        else:
            kept.append(found)
    return (replace(held, **changes) if changes else held), tuple(kept)


def _followers(
    offered: Held, names: tuple[str, ...], by_hand: Container[str]
) -> dict[str, Any]:  # Any: fields of every type
    """An amount's price goes with it, given or not; words that someone wrote stay."""
    priced = {n: getattr(offered, n) for n in names if n.endswith("_priced")}
    words = {n: getattr(offered, n) for n in names if n not in priced and n not in by_hand}
    return priced | {n: value for n, value in words.items() if value not in ("", None)}


def _not_given(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return Estimate(0) if field.type is Estimate or field.type == "Estimate" else None


CHOSEN: Mapping[type, tuple[tuple[str, object], ...]] = {
    kind: tuple((f.name, _not_given(f)) for f in fields(kind) if f.name not in APART)
    for kind in (DebtItem, System)
}  # the fields to choose between, each with what it holds when it was not given

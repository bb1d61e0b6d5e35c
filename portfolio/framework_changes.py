"""What changed between two editions of a framework, one difference at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from portfolio.criterion import Criterion, Framework

Kind = Literal[
    "added", "removed", "moved", "order", "weight", "title", "question", "sentence", "direction",
    "measure", "references", "scale", "rest",
]  # fmt: skip
LANGUAGES = ("fr", "en")
NEUTRAL = frozenset({"title", "order", "rest"})  # what nobody's answer depends on


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    criterion        its key; "" = of the framework as a whole
    before, after    texts, numbers, keys or references, as ``kind`` says; None = nothing there
    language, level  which sentence; level -1 = not a sentence
    """

    kind: Kind
    criterion: str
    before: object = None
    after: object = None
    language: str = ""
    level: int = -1


def differences(old: Framework, new: Framework) -> tuple[Difference, ...]:
    """Every difference, in the order of the new tree; what was removed comes first."""
    return tuple(_all(old, new))


def is_neutral(found: tuple[Difference, ...]) -> bool:
    """Whether answers already given mean the same under both: only titles, order or grids differ.

    A title counts for nothing here since the question and the sentences say what is rated.
    """
    return all(one.kind in NEUTRAL for one in found)


def _all(old: Framework, new: Framework) -> Iterator[Difference]:
    before, after = ({c.key: c for c in f.criteria} for f in (old, new))
    if old.scale != new.scale:
        yield Difference("scale", "", old.scale, new.scale)
    for key in (key for key in before if key not in after):
        yield Difference("removed", key, before[key].title)
    for key, criterion in after.items():
        if key not in before:
            yield Difference("added", key, None, criterion.title)
        else:
            yield from _within(before[key], criterion)
    yield from _orders(old, new)
    for name in ("title", "source", "weights_note", "assise", "orientations", "priorities",
                 "questions"):  # fmt: skip
        if getattr(old, name) != getattr(new, name):
            yield Difference("rest", "", name, name)


def _within(old: Criterion, new: Criterion) -> Iterator[Difference]:
    if old.parent != new.parent:
        yield Difference("moved", new.key, old.parent, new.parent)
    fields: tuple[Kind, ...] = ("weight", "direction", "measure", "references")
    for name in fields:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Difference(name, new.key, before, after)
    worded: tuple[Kind, ...] = ("title", "question")
    for name in worded:
        for language in LANGUAGES:
            before, after = (getattr(getattr(c, name), language) for c in (old, new))
            if before != after:
                yield Difference(name, new.key, before, after, language)
    yield from _sentences(old, new)


def _sentences(old: Criterion, new: Criterion) -> Iterator[Difference]:
    for language in LANGUAGES:
        pairs = zip_longest(*(c.levels.in_(language) for c in (old, new)), fillvalue="")
        for level, (before, after) in enumerate(pairs):
            if before != after:
                yield Difference("sentence", new.key, before, after, language, level)


def _orders(old: Framework, new: Framework) -> Iterator[Difference]:
    """Sibling groups that hold the same criteria in another order."""
    for parent in dict.fromkeys(c.parent for c in new.criteria):
        before, after = ([c.key for c in f.children(parent)] for f in (old, new))
        kept = [key for key in before if key in after]
        if kept != [key for key in after if key in before]:
            yield Difference("order", parent, tuple(before), tuple(after))

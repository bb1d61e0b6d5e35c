"""Changes to a framework's tree: each gives the framework as it then is, or says why it cannot."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from portfolio.criterion import Criterion, Framework
from portfolio.errors import Invalid
from portfolio.words import Bilingual

FIRST_WEIGHT = 10.0  # of a criterion just added, when its siblings do not say better


def put(framework: Framework, key: str, **changed: object) -> Framework:
    """The framework with those fields of that criterion changed."""
    now = replace(framework.criterion(key), **cast(dict[str, Any], changed))
    criteria = (now if c.key == key else c for c in framework.criteria)
    return replace(framework, criteria=tuple(criteria))


def put_sentence(
    framework: Framework, key: str, language: str, level: int, sentence: str
) -> Framework:
    """The framework with one sentence of a criterion's scale; the others stay, or stay blank."""
    criterion = framework.criterion(key)
    count = framework.scale.high - framework.scale.low + 1
    kept = [*criterion.levels.in_(language), *[""] * count][:count]
    kept[level] = sentence
    return put(framework, key, levels=replace(criterion.levels, **{language: tuple(kept)}))


def put_words(
    framework: Framework, key: str, field: str, language: str, words: str
) -> Framework:
    """The framework with the title or the question of a criterion in one language."""
    kept: Bilingual = getattr(framework.criterion(key), field)
    return put(framework, key, **{field: replace(kept, **{language: words})})


def add(framework: Framework, parent: str, title: Bilingual) -> tuple[Framework, str]:
    """The framework with one more criterion, last under ``parent`` ("" = the top); and its key.

    It weighs what its siblings weigh on average.
    """
    if parent:
        framework.criterion(parent)
    siblings = framework.children(parent)
    weight = sum(c.weight for c in siblings) / len(siblings) if siblings else FIRST_WEIGHT
    key = free_key(framework, parent)
    added = Criterion(key, round(weight, 2), title, parent)
    return _in_order(framework, (*framework.criteria, added)), key


def free_key(framework: Framework, parent: str) -> str:
    """The next number under ``parent`` that no criterion has."""
    taken = {c.key for c in framework.criteria}
    prefix = f"{parent}." if parent else ""
    at = len(framework.children(parent)) + 1
    while f"{prefix}{at}" in taken:
        at += 1
    return f"{prefix}{at}"


def remove(framework: Framework, key: str) -> Framework:
    """The framework without that criterion and all beneath it."""
    gone = {c.key for c in beneath(framework, key)}
    return replace(framework, criteria=tuple(c for c in framework.criteria if c.key not in gone))


def beneath(framework: Framework, key: str) -> tuple[Criterion, ...]:
    """The criterion and all beneath it, in order."""
    criterion = framework.criterion(key)
    return tuple(c for c in framework.criteria if criterion in tuple(framework.path(c.key)))


def shift(framework: Framework, key: str, by: int) -> Framework:
    """The framework with that criterion ``by`` places later among its siblings; -1 = earlier."""
    siblings = [c.key for c in framework.children(framework.criterion(key).parent)]
    at = siblings.index(key)
    to = min(max(at + by, 0), len(siblings) - 1)
    siblings.insert(to, siblings.pop(at))
    rank = {sibling: place for place, sibling in enumerate(siblings)}
    ordered = sorted(framework.criteria, key=lambda c: rank.get(c.key, -1))
    return _in_order(framework, tuple(ordered))


def place(framework: Framework, key: str, parent: str) -> Framework:
    """The framework with that criterion, and all beneath it, last under another one.

    Invalid "inside-itself" when the other one is beneath it.
    """
    if parent in {c.key for c in beneath(framework, key)}:
        raise Invalid("inside-itself", field="parent", found=key)
    moved = replace(framework.criterion(key), parent=parent)
    others = tuple(c for c in framework.criteria if c.key != key)
    return _in_order(framework, (*others, moved))


def _in_order(framework: Framework, criteria: tuple[Criterion, ...]) -> Framework:
    """Each branch followed by what is beneath it, siblings in the order given."""
    return replace(framework, criteria=tuple(_walk(criteria, "")))


def _walk(criteria: tuple[Criterion, ...], parent: str) -> Iterator[Criterion]:
    for criterion in criteria:
        if criterion.parent == parent:
            yield criterion
            yield from _walk(criteria, criterion.key)

"""Criteria and frameworks: what a city values, on which scale, with what weight; all of it data."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from portfolio import claims
from portfolio.errors import Invalid, Missing
from portfolio.words import NO_WORDS, Bilingual


class Direction(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Levels:
    """One sentence for every level of the scale, lowest first, in each language."""

    fr: tuple[str, ...]
    en: tuple[str, ...]

    def in_(self, language: str) -> tuple[str, ...]:
        """The sentences in ``fr`` or ``en``."""
        return self.en if language == "en" else self.fr


NO_LEVELS = Levels((), ())


@dataclass(frozen=True, slots=True)
class Criterion:
    """A node of the tree; a leaf is what is rated, or measured.

    weight       points among the children of its parent, >= 0
    measure      "" = people rate it on the scale; else the name of a measure that is computed
    references   (x, value 0..1) points of the value function, x rising, in rating points or in
                 the measure's unit; fixed, so a value never moves when another project arrives.
                 Empty = straight from the bottom of the scale to its top
    """

    key: str
    weight: float
    title: Bilingual
    parent: str = ""
    question: Bilingual = NO_WORDS
    levels: Levels = NO_LEVELS
    direction: Direction = Direction.MORE
    measure: str = ""
    references: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        claims.filled("key", self.key)
        claims.at_least("weight", self.weight, 0)
        marks = [x for x, _ in self.references]
        for mark in marks:
            if not math.isfinite(mark):
                raise Invalid("not-a-number", field="references", found=str(mark))
        if marks != sorted(set(marks)):
            raise Invalid("not-in-order", field="references", found=str(marks))
        for _, value in self.references:
            claims.share("references", value)


@dataclass(frozen=True, slots=True)
class Scale:
    """The rating scale, whole numbers low .. high."""

    low: int = 0
    high: int = 4


FOUR = Scale()


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of a tagging grid."""

    key: str
    title: Bilingual
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Priority:
    """One priority of the city's plan; ``verified`` once the city has checked its wording."""

    number: int
    orientation: str
    title: Bilingual
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a gate question offers."""

    key: str
    fr: str
    en: str

    def in_(self, language: str) -> str:
        """The answer in ``fr`` or ``en``."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True)
class GateQuestion:
    """A question every proposal answers, beside the scores (Test climat, ADS+)."""

    key: str
    group: str
    title: Bilingual
    help: Bilingual = NO_WORDS
    answers: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """A versioned set of criteria, grids and questions; another city replaces the whole file."""

    code: str
    version: str
    title: Bilingual
    criteria: tuple[Criterion, ...]
    source: Bilingual = NO_WORDS
    weights_note: Bilingual = NO_WORDS
    scale: Scale = FOUR
    assise: tuple[Mark, ...] = ()
    orientations: tuple[Mark, ...] = ()
    priorities: tuple[Priority, ...] = ()
    questions: tuple[GateQuestion, ...] = ()

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.unique("criteria", [c.key for c in self.criteria])
        known = {c.key for c in self.criteria}
        for criterion in self.criteria:
            if criterion.parent and criterion.parent not in known:
                raise Invalid("unknown-code", field="parent", found=criterion.parent)
        self._refuse_loops()
        for parent in {c.parent for c in self.criteria}:
            if sum(c.weight for c in self.children(parent)) <= 0:
                raise Invalid("weights-zero", field=parent or "criteria")

    def _refuse_loops(self) -> None:
        above = {c.key: c.parent for c in self.criteria}
        for key in above:
            seen = [key]
            while above[seen[-1]]:
                seen.append(above[seen[-1]])
                if seen[-1] == key:
                    raise Invalid("parent-loop", field="parent", found=key)
                if len(seen) > len(above):
                    break  # it hangs from a loop, which is named by its own criteria

    def criterion(self, key: str) -> Criterion:
        """The criterion of that key; Missing when there is none."""
        for criterion in self.criteria:
            if criterion.key == key:
                return criterion
        raise Missing("no-such-criterion", found=key)

    def children(self, parent: str) -> tuple[Criterion, ...]:
        """The criteria right under ``parent``, in order; "" = the top of the tree."""
        return tuple(c for c in self.criteria if c.parent == parent)

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria that are rated or measured, in order."""
        parents = {c.parent for c in self.criteria}
        return tuple(c for c in self.criteria if c.key not in parents)

    def path(self, key: str) -> Iterator[Criterion]:
        """The criterion and all above it, from the leaf up."""
        while key:
            criterion = self.criterion(key)
            yield criterion
            key = criterion.parent


@dataclass(frozen=True, slots=True)
class FrameworkEdition:
    """A framework that the house itself keeps, beside those that come with it.

    is_draft   still being written: no cycle may use it
    """

    framework: Framework
    is_draft: bool = True
    version: int = 0

"""A paper that the committee gives out: what it says, part by part, whatever file it is put in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title within the paper, of level 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph. tone: "answer" stands out, "quiet" is for where figures come from."""

    text: str
    tone: Literal["plain", "answer", "quiet"] = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts, each under its name."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words already written out.

    figures   columns of amounts and counts, set to the right
    shares    how the columns share the width; 0 = no wider than what it holds
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    shares: tuple[int, ...] = ()

    @property
    def widths(self) -> tuple[int, ...]:
        """The shares, even where none are given."""
        return self.shares or (1,) * len(self.head)


@dataclass(frozen=True, slots=True)
class Picture:
    """A Vega-Lite chart, and the words of it for those who do not see it."""

    spec: Mapping[str, Any]
    alt: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines on which people sign, each over what they sign as."""

    names: tuple[str, ...]


Block = Heading | Said | Facts | Points | Table | Picture | Signatures


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole.

    on        the day that the file says it was made
    address   to whom a letter goes, line by line; none for minutes
    running   what stands at the foot of every page, beside its number
    page      « Page », « de »
    banner    what must be known first; "" = nothing
    """

    language: Language
    title: str
    author: str
    on: date
    running: str
    page: tuple[str, str]
    blocks: tuple[Block, ...]
    address: tuple[str, ...] = ()
    banner: str = ""

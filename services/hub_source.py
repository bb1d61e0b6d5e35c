"""What is to be brought into the register: files read once, and how the architect wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Protocol

from data import scans
from data.scans import Told
from portfolio.finding import Theme
from portfolio.folding import Fold, Terms
from portfolio.scan import Scan
from portfolio.system import System


@dataclass(frozen=True, slots=True)
class Source:
    """files   their names            sha256   of each of them            told   what they say"""

    files: tuple[str, ...]
    sha256: tuple[str, ...]
    told: tuple[Told, ...]


class Wording(Protocol):
    """The words that the register keeps of what it works out; always in the city's language."""

    def title(self, theme: Theme, system: System) -> str:
        """The title of the item that gathers what tools find of that theme."""
        ...

    def remark(self) -> str:
        """What is said of an item that nobody wrote: its interest is still to be given."""
        ...

    def basis(self, fold: Fold, terms: Terms) -> str:
        """How its principal was reached, from what was found and under which terms."""
        ...


@dataclass(frozen=True, slots=True)
class Order:
    """How the architect wants the source brought in.

    into    what a tool calls a thing (``name_of``) -> the system that it is
    today   the day of what a file does not date
    take    keys of the differences to take over what was written by hand
    """

    wording: Wording
    today: date
    terms: Terms = field(default_factory=Terms)
    into: Mapping[str, str] = field(default_factory=dict)
    take: frozenset[str] = frozenset()


def read(files: Sequence[tuple[str, bytes]]) -> Source:
    """What the files say, by (name, content); a file that cannot be read says why."""
    digests = tuple(sha256(content).hexdigest() for _, content in files)
    return Source(tuple(name for name, _ in files), digests, scans.read_all(files))


def name_of(scan: Scan) -> str:
    """What names the thing that a scan looked at, to say which system it is."""
    return f"{scan.tool}:{scan.subject}"

"""A table of the interchange format, as it is declared once for reading, writing and explaining."""

from dataclasses import dataclass
from enum import StrEnum

from portfolio.words import Bilingual


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    CODE = "code"
    WHOLE = "whole"
    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"  # whole cents
    DOLLARS = "dollars"  # dollars, as the rules of a question speak
    DATE = "date"
    YES_NO = "yes-no"
    PERIOD = "period"
    ONE_OF = "one-of"
    LIST = "list"


NUMERIC = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.SHARE, Kind.MONEY, Kind.DOLLARS})


@dataclass(frozen=True, slots=True)
class Column:
    """required   the column must stand in the header, and the cell be filled

    values     of ONE_OF (and of a LIST's items): what may stand there
    refers     the table whose ``code`` the cell (or each item of the list) names
    """

    name: str
    kind: Kind
    help: Bilingual
    example: str = ""
    required: bool = False
    values: tuple[str, ...] = ()
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """key   the columns that together name a row: no two rows share them."""

    name: str
    title: Bilingual
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The headers, in order."""
        return tuple(c.name for c in self.columns)

    def column(self, name: str) -> Column:
        """The column of that header."""
        return next(c for c in self.columns if c.name == name)


def column(
    name: str,
    kind: Kind,
    fr: str,
    en: str,
    example: str = "",
    *,
    must: bool = False,
    values: tuple[str, ...] = (),
    refers: str = "",
) -> Column:
    """A column in one line of the declaration; ``must`` = required."""
    return Column(name, kind, Bilingual(fr, en), example, must, values, refers)

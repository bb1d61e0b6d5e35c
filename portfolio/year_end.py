"""The debt of a fiscal year as it was closed: it never changes afterwards."""

from dataclasses import dataclass
from datetime import date

from portfolio import claims


@dataclass(frozen=True, slots=True)
class SystemYear:
    """One system's principal in a fiscal year, in cents.

    closing = opening + grown + estimated + logged - retired
    grown       by the growth rates of its items     estimated   changes of the estimates themselves
    accepted    part of the closing principal that was accepted
    interest    a year, at the closing
    """

    system: str
    opening: int
    logged: int
    grown: int
    estimated: int
    retired: int
    closing: int
    accepted: int
    interest: int

    def __post_init__(self) -> None:
        claims.filled("system", self.system)


@dataclass(frozen=True, slots=True)
class ItemYear:
    """What one counted item owed at the closing, in cents: principal, and interest a year."""

    debt: str
    principal: int
    interest: int


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The register on the day a fiscal year was closed, by system and by item."""

    year: int
    closed_on: date
    closed_by: str
    systems: tuple[SystemYear, ...] = ()
    items: tuple[ItemYear, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("closed_by", self.closed_by)
        claims.unique("systems", [s.system for s in self.systems])
        claims.unique("items", [i.debt for i in self.items])

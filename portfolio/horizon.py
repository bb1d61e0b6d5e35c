"""The planning horizon: a run of fiscal years, or of parts of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portfolio import claims
from portfolio.candidate import Exact
from portfolio.errors import Invalid


@dataclass(frozen=True, slots=True)
class Horizon(Exact):
    """Periods 0 .. periods - 1, the first of them opening fiscal year ``start``.

    per_year   periods in a year: 1 (years), 2, 4 (quarters) or 12
    """

    start: int
    periods: int
    per_year: int = 1

    def __post_init__(self) -> None:
        claims.at_least("periods", self.periods, 1)
        if self.per_year not in (1, 2, 4, 12):
            accepted = "1, 2, 4, 12"
            raise Invalid("not-one-of", field="per_year", found=self.per_year, accepted=accepted)

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.periods))

    def label(self, period: int) -> str:
        """``2027`` for a year, ``2027-3`` for its third part; periods past the end too."""
        year, part = divmod(period, self.per_year)
        return f"{self.start + year}" if self.per_year == 1 else f"{self.start + year}-{part + 1}"

    def labels(self) -> tuple[str, ...]:
        """The label of every period, in order."""
        return tuple(self.label(p) for p in self)

    def first_day(self, period: int) -> date:
        """The day on which the period opens; a fiscal year is the calendar year."""
        year, part = divmod(period, self.per_year)
        return date(self.start + year, 1 + part * (12 // self.per_year), 1)

    def last_day(self, period: int) -> date:
        """The last day of the period."""
        return self.first_day(period + 1) - timedelta(days=1)

    def period(self, label: str) -> int:
        """The period of a label; negative before the start. Invalid when it cannot be read."""
        year, _, part = label.strip().partition("-")
        try:
            at = (int(year) - self.start) * self.per_year + (int(part) - 1 if part else 0)
        except ValueError:
            raise Invalid("not-a-period", found=label, accepted=self.label(0)) from None
        if part and not 1 <= int(part) <= self.per_year:
            raise Invalid("not-a-period", found=label, accepted=self.label(0))
        return at

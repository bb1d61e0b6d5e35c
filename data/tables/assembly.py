"""What the builders of nouns share: rows, horizon, and how a noun's refusal finds its row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from data.refused import Findings
from data.tables.rows import Row, Rows
from portfolio.criterion import Framework
from portfolio.errors import Invalid
from portfolio.horizon import Horizon

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Assembly:
    """rows        every row that was read; only the sound ones become nouns
    framework   None = not known, and then its keys are not checked
    """

    rows: Rows
    found: Findings
    horizon: Horizon
    framework: Framework | None

    def sound(self, table: str) -> tuple[Row, ...]:
        """The rows of a table in which every cell could be read."""
        return tuple(row for row in self.rows[table] if row.is_sound)

    def by(self, table: str, column: str) -> dict[str, list[Row]]:
        """The sound rows of a table, under the code that the column names."""
        grouped: dict[str, list[Row]] = {}
        for row in self.sound(table):
            grouped.setdefault(row.text(column), []).append(row)
        return grouped

    def built(self, row: Row, make: Callable[[], T]) -> T | None:
        """What ``make`` gives; None when the noun refuses, and the refusal is gathered."""
        try:
            return make()
        except Invalid as refusal:
            self.found.take(row.at(_column(refusal)), refusal)
            return None

    def each(self, rows: Iterable[Row], make: Callable[[Row], T | None]) -> tuple[T, ...]:
        """What ``make`` gives of every row, without the refused ones."""
        made = (self.built(row, partial(make, row)) for row in rows)
        return tuple(noun for noun in made if noun is not None)

    def period(self, row: Row, column: str) -> int:
        """The period that the cell names, within the horizon; Invalid when it is outside."""
        period = self.label(row, column)
        if not 0 <= period < self.horizon.periods:
            ends = (self.horizon.label(0), self.horizon.label(self.horizon.periods - 1))
            raise Invalid("outside-horizon", field=column, found=row.text(column),
                          accepted=" – ".join(ends))
        return period

    def label(self, row: Row, column: str) -> int:
        """The period that the cell names, be it outside the horizon; Invalid when it names none."""
        try:
            return self.horizon.period(row.text(column))
        except Invalid as refusal:
            raise Invalid(refusal.code, **(refusal.facts | {"field": column})) from None

    def series(
        self, rows: Iterable[Row], column: str, *, tells_gaps: bool = True
    ) -> tuple[float, ...]:
        """The numbers of ``column`` by period; a period left out is 0, and remarked."""
        by_period: dict[int, float] = {}
        last: Row | None = None
        for row in rows:
            period = self.built(row, partial(self.period, row, "period"))
            if period is not None:
                amount = row.values[column]
                assert isinstance(amount, int | float)
                by_period[period], last = amount, row
        gaps = [p for p in range(max(by_period, default=-1) + 1) if p not in by_period]
        if gaps and last is not None and tells_gaps:
            labels = ", ".join(self.horizon.label(p) for p in gaps)
            self.found.remark(last.at("period"), "gap-is-zero", labels)
        return tuple(by_period.get(p, 0) for p in range(max(by_period, default=-1) + 1))

    def cents(self, rows: Iterable[Row], column: str) -> tuple[int, ...]:
        """The amounts of ``column`` by period, in cents."""
        return tuple(int(amount) for amount in self.series(rows, column))


def _column(refusal: Invalid) -> str:
    return str(refusal.facts.get("field", ""))

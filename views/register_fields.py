"""Fields of the register's forms: drawn from what is kept, read back as it was typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import streamlit as st

from portfolio.errors import Invalid
from portfolio.project import Estimate
from views import format as written
from views.desk import Desk
from views.footprint_shown import exact

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
POINTS = ("low", "likely", "high")
Line = TypeVar("Line")


@dataclass(frozen=True)
class Fields:
    """One form's fields: their keys begin with ``place``, their words with ``words``."""

    desk: Desk
    place: str
    words: str

    def label(self, name: str) -> str:
        return self.desk.text(f"{self.words}.{name}")

    def help(self, name: str) -> str | None:
        key = f"{self.words}.{name}_help"
        return self.desk.text(key) if self.desk.text.has(key) else None

    def key(self, name: str) -> str:
        return f"{self.place}_{name}"

    def line(self, name: str, value: str, *, at: int | None = None) -> None:
        st.text_input(self.label(name), value, key=self._at(name, at), help=self.help(name))

    def area(self, name: str, value: str) -> None:
        st.text_area(self.label(name), value, key=self.key(name), help=self.help(name))

    def money(self, name: str, cents: int | None) -> None:
        shown = "" if cents is None else self.desk.money(cents)
        self.line(name, shown)

    def number(self, name: str, value: float | None) -> None:
        self.line(name, "" if value is None else exact(self.desk, value))

    def percent(self, name: str, share: float | None, *, at: int | None = None) -> None:
        shown = "" if share is None else f"{exact(self.desk, round(share * 100, 9))} %"
        self.line(name, shown, at=at)

    def day(self, name: str, value: date | None, *, at: int | None = None) -> None:
        st.date_input(
            self.label(name), value, min_value=FIRST, max_value=LAST, format="YYYY-MM-DD",
            key=self._at(name, at), help=self.help(name),
        )

    def choice(
        self, name: str, options: Sequence[str], value: str | None,
        word: Callable[[str], str], *, at: int | None = None, must: bool = False,
    ) -> None:  # fmt: skip
        """One of the options; none of them at all unless it must be given."""
        index = list(options).index(value) if value in options else (0 if must else None)
        st.selectbox(
            self.label(name), list(options), index=index, format_func=word,
            key=self._at(name, at), help=self.help(name),
            placeholder=self.desk.text("common.none"),
        )

    def points(self, name: str, amount: Estimate) -> None:
        """An amount as three points, side by side."""
        for column, point in zip(st.columns(3), POINTS, strict=True):
            with column:
                self.money(f"{name}_{point}", getattr(amount, point))

    def typed(self, name: str, at: int | None = None) -> str:
        return str(st.session_state[self._at(name, at)] or "").strip()

    def chosen(self, name: str, at: int | None = None) -> str | None:
        found: str | None = st.session_state[self._at(name, at)]
        return found

    def date(self, name: str, at: int | None = None) -> date | None:
        found: date | None = st.session_state[self._at(name, at)]
        return found

    def cents(self, name: str) -> int | None:
        """Cents; None when nothing is typed. Invalid names the field."""
        typed = self.typed(name)
        language = self.desk.language
        return written.parse_money(typed, language, self.label(name)) if typed else None

    def decimal(self, name: str) -> float | None:
        typed = self.typed(name)
        language = self.desk.language
        return float(written.parse_number(typed, language, self.label(name))) if typed else None

    def whole(self, name: str, at: int | None = None) -> int | None:
        """A whole number, spaces allowed; None when nothing is typed."""
        typed = self.typed(name, at)
        if not typed:
            return None
        found = written.parse_number(typed, self.desk.language, self.label(name))
        if found != found.to_integral_value():
            raise Invalid("not-a-whole-number", field=self.label(name), found=typed, accepted="12")
        return int(found)

    def share(self, name: str, at: int | None = None) -> float | None:
        typed = self.typed(name, at)
        if not typed:
            return None
        return float(written.parse_percent(typed, self.desk.language, self.label(name)))

    def estimate(self, name: str) -> Estimate:
        """Three points in cents; nothing typed at all is 0."""
        low, likely, high = (self.cents(f"{name}_{point}") for point in POINTS)
        if likely is None and (low is not None or high is not None):
            raise Invalid("empty", field=self.label(f"{name}_likely"))
        return Estimate(likely or 0, low, high)

    def rows(
        self, held: Sequence[Line], draw: Callable[[Line | None, int], None]
    ) -> None:
        """A row for each, and an empty one to add another."""
        for at, line in enumerate([*held, None]):
            draw(line, at)

    def _at(self, name: str, at: int | None) -> str:
        return self.key(name) if at is None else f"{self.key(name)}_{at}"

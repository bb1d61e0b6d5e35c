"""Fields of the register's forms: drawn from what is kept, read back as it was typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from portfolio.errors import Invalid
from portfolio.project import Estimate
from views import format as written
from views.desk import Desk
from views.footprint_shown import exact
from views.look import components
from views.look.components import said

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
POINTS = ("low", "likely", "high")
PINNED = "debts_pinned"  # the noun as it was when its form was opened
Line = TypeVar("Line")
Noun = TypeVar("Noun", bound=Any)


def pinned(noun: Noun, place: Callable[[Noun], str]) -> Noun:
    """The noun as it was when its form was opened: what is typed is sent over that version.

    Read anew once the form has left the page, or once ``unpin`` says so.
    """
    held = st.session_state.get(PINNED)
    is_it = type(held) is type(noun) and held.code == noun.code
    if is_it and f"{place(held)}_title" in st.session_state:
        return held
    st.session_state[PINNED] = noun
    return noun


def unpin() -> None:
    """Forget what was typed: the form starts again from what is kept."""
    st.session_state.pop(PINNED, None)


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

    def _read(
        self, name: str, shown: str, read: Callable[[], Any], show: Callable[[Any], str],
        label: str = "", at: int | None = None,
    ) -> None:  # fmt: skip
        """A number, with what was understood of it where that is not letter for letter the same."""
        key = self._at(name, at)
        typed = st.text_input(label or self.label(name), shown, key=key, help=self.help(name))
        try:
            value = read()
        except Invalid as refused:
            components.error(self.desk, refused)
            return
        if value is not None and typed.strip() != show(value):
            st.caption(said(self.desk.text("common.understood", value=show(value))))

    def area(self, name: str, value: str) -> None:
        st.text_area(self.label(name), value, key=self.key(name), help=self.help(name))

    def money(self, name: str, cents: int | None, label: str = "") -> None:
        shown = "" if cents is None else self.desk.money(cents)
        self._read(name, shown, lambda: self.cents(name, label), self.desk.money, label)

    def number(self, name: str, value: float | None) -> None:
        shown = "" if value is None else exact(self.desk, value)
        self._read(name, shown, lambda: self.decimal(name), lambda n: exact(self.desk, n))

    def percent(self, name: str, share: float | None, *, at: int | None = None) -> None:
        shown = "" if share is None else self._hundredths(share)
        self._read(name, shown, lambda: self.share(name, at), self._hundredths, at=at)

    def _hundredths(self, share: float) -> str:
        return f"{exact(self.desk, round(share * 100, 9))} %"

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
        return str(st.session_state.get(self._at(name, at)) or "").strip()

    def chosen(self, name: str, at: int | None = None) -> str | None:
        found: str | None = st.session_state.get(self._at(name, at))
        return found

    def date(self, name: str, at: int | None = None) -> date | None:
        found: date | None = st.session_state.get(self._at(name, at))
        return found

    def cents(self, name: str, label: str = "") -> int | None:
        """Cents; None when nothing is typed. Invalid names the field."""
        typed = self.typed(name)
        called = label or self.label(name)
        return written.parse_money(typed, self.desk.language, called) if typed else None

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
        self, name: str, held: Sequence[Line], draw: Callable[[Line | None, int], None]
    ) -> None:
        """A row for each, one for each that was added, and an empty one to add another.

        name   the field without which a row says nothing
        """
        for at in self.places(name, len(held)):
            draw(held[at] if at < len(held) else None, at)

    def places(self, name: str, held: int) -> range:
        """The rows on the form: those that were there, those added since, and the empty one."""
        at = held
        while st.session_state.get(self._at(name, at)):
            at += 1
        return range(at + 1)

    def _at(self, name: str, at: int | None) -> str:
        return self.key(name) if at is None else f"{self.key(name)}_{at}"

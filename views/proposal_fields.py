"""The fields of a draft: each starts from what is there, and is saved as it is typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import streamlit as st

from portfolio import texts
from portfolio.errors import Invalid
from portfolio.project import Answer, Project
from views import format as written
from views.desk import Desk
from views.footprint_shown import exact
from views.look import components
from views.look.components import said
from views.proposal_draft import Draft, Put, put_choice, put_text, watched

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Fields:
    """Draws a field for the project as it is, and gives the project with what the field holds."""

    desk: Desk
    draft: Draft

    def label(self, name: str) -> str:
        return self.desk.text(f"proposals.{name}")

    def help(self, name: str) -> str | None:
        key = f"proposals.{name}_help"
        return self.desk.text(key) if self.desk.text.has(key) else None

    def line(
        self, project: Project, name: str, label: str, value: str, put: Put, help: str | None = None
    ) -> Project:
        """One line of text."""
        start, watch = self.draft.start(name, value), watched(self.desk, self.draft, name, put)
        typed = st.text_input(label, start, help=help, **watch)
        return self.entered(project, name, put, typed)

    def area(
        self, project: Project, name: str, label: str, value: str, put: Put,
        help: str | None = None, height: int = 110,
    ) -> Project:  # fmt: skip
        """Several lines of text; says when what was pasted held something that nobody sees."""
        start, watch = self.draft.start(name, value), watched(self.desk, self.draft, name, put)
        typed = st.text_area(label, start, help=help, height=height, **watch)
        if unseen := texts.unseen(typed):
            st.caption(said(self.desk.text("proposals.cleaned", n=unseen)))
        return self.entered(project, name, put, typed)

    def own_line(self, project: Project, name: str) -> Project:
        """One line of text that is a field of the project."""
        label = self.label("name" if name == "title" else name)
        return self.line(project, name, label, getattr(project, name), put_text(name))

    def own_area(self, project: Project, name: str) -> Project:
        put = put_text(name, texts.TEXT)
        value = getattr(project, name)
        return self.area(project, name, self.label(name), value, put, self.help(name))

    def one(
        self, project: Project, name: str, label: str, options: Sequence[Any], value: object,
        put: Put, word: Callable[[Any], str], help: str | None = None,
    ) -> Project:  # fmt: skip
        """One of the options; the one that stands there is always among them."""
        start = self.draft.start(name, value)
        offered = list(dict.fromkeys([*options, start]))
        picked = st.selectbox(
            label, offered, index=offered.index(start), format_func=word, help=help,
            **watched(self.desk, self.draft, name, put),
        )
        return self.entered(project, name, put, picked)

    def own_kind(self, project: Project, name: str, kind: type) -> Project:
        """One of the values of an enumeration, in words."""
        return self.one(
            project, name, self.label(f"{name}_label"), list(kind), getattr(project, name),
            put_choice(name), lambda value: self.label(f"{name}.{value}"),
        )

    def own_period(self, project: Project, name: str, labels: Sequence[str]) -> Project:
        none = self.desk.text("parts.not_given")
        return self.one(
            project, name, self.label(name), ["", *labels], getattr(project, name),
            put_choice(name), lambda label: label or none,
        )

    def several(
        self, project: Project, name: str, titles: Mapping[str, str], at: Iterable[str], put: Put
    ) -> Project:
        """Some of the keys of ``titles``; those chosen before stay even when no longer known."""
        chosen: list[str] = self.draft.start(name, list(at))
        known = dict(titles) | {key: key for key in chosen if key not in titles}
        picked = st.multiselect(
            self.label(f"pick_{name}"), list(known), chosen,
            format_func=lambda key: key if known[key] == key else f"{key} · {known[key]}",
            placeholder=self.label("pick"),
            **watched(self.desk, self.draft, name, put),
        )
        return self.entered(project, name, put, picked)

    def money(
        self, project: Project, name: str, label: str, cents: int | None,
        put: Put, low: int | None = 0, help: str | None = None,
    ) -> Project:  # fmt: skip
        """Cents, typed as « 12,5 k$ »."""
        return self._number(
            project, name, label, cents, put, written.parse_money, self.desk.money, low, help
        )

    def decimal(
        self, project: Project, name: str, label: str, value: float, put: Put,
        high: float, help: str | None = None,
    ) -> Project:  # fmt: skip
        read = partial(_within, high=high)
        show = partial(exact, self.desk)
        return self._number(project, name, label, value, put, read, show, 0, help)

    def percent(
        self, project: Project, name: str, label: str, share: float, put: Put,
        help: str | None = None,
    ) -> Project:  # fmt: skip
        def show(value: float) -> str:
            return f"{exact(self.desk, round(float(value) * 100, 9))}\u00a0%"

        return self._number(project, name, label, share, put, _share, show, 0, help)

    def _number(
        self, project: Project, name: str, label: str, value: Any,  # noqa: ANN401
        put: Put, read: Callable[[str, str, str], Any], show: Callable[[Any], str],
        low: float | None, help: str | None,
    ) -> Project:  # fmt: skip
        """A number typed in the person's language, with what was understood of it."""
        desk = self.desk
        shown = "" if value is None else show(value)

        def put_typed(kept: Project, typed: str) -> Project:
            return put(kept, _read(desk, typed, label, (shown, value), read, low))

        start = self.draft.start(name, shown)
        typed = st.text_input(label, start, help=help, **watched(desk, self.draft, name, put_typed))
        changed = self.entered(project, name, put_typed, typed)
        if typed.strip() and typed != shown and name not in self.draft.unread:
            understood = show(_read(desk, typed, label, (shown, value), read, low))
            if understood != typed.strip():
                st.caption(said(desk.text("common.understood", value=understood)))
        return changed

    def day(self, project: Project, name: str, label: str, on: date | None, put: Put) -> Project:
        start, watch = self.draft.start(name, on), watched(self.desk, self.draft, name, put)
        picked = st.date_input(
            label, start, min_value=FIRST, max_value=LAST, format="YYYY-MM-DD", **watch
        )
        return self.entered(project, name, put, picked)

    def lock(self, project: Project, name: str) -> Project:
        """Whether that field may be read only by those who judge the proposal."""
        put = partial(_put_lock, name)
        field = f"{name}_lock"
        is_locked = st.checkbox(
            self.desk.text("proposals.lock_of", what=self.label(f"locked.{name}")),
            self.draft.start(field, name in project.confidential),
            help=self.label("lock_help"),
            **watched(self.desk, self.draft, field, put),
        )
        return self.entered(project, field, put, is_locked)

    def entered(self, project: Project, name: str, put: Put, value: Any) -> Project:  # noqa: ANN401
        """The project with that value; as it was, with the reason said, when it cannot be."""
        try:
            changed = put(project, value)
        except Invalid as refused:
            if isinstance(value, str):
                self.draft.unread[name] = value
            components.error(self.desk, refused)
            return project
        self.draft.unread.pop(name, None)
        return changed


def answer_to(project: Project, question: str) -> Answer:
    """The answer given to that question; an empty one when there is none."""
    given = (answer for answer in project.answers if answer.question == question)
    return next(given, Answer(question, ""))


def put_answer(question: str, name: str, project: Project, value: str | None) -> Project:
    """The project with that answer (or its comment); an empty one is no answer."""
    before = answer_to(project, question)
    typed = texts.held("comment", value or "", texts.COMMENT)
    changed = replace(before, **{name: typed})
    if changed == before:
        return project
    known = question in {answer.question for answer in project.answers}
    every = project.answers if known else (*project.answers, before)
    if not (changed.answer or changed.comment):
        return replace(project, answers=tuple(a for a in every if a.question != question))
    return replace(project, answers=tuple(changed if a == before else a for a in every))


def _put_lock(name: str, project: Project, is_locked: bool) -> Project:
    others = project.confidential - {name}
    return replace(project, confidential=others | {name} if is_locked else others)


def _read(
    desk: Desk, typed: str, label: str, before: tuple[str, Any],
    read: Callable[[str, str, str], Any], low: float | None,
) -> Any:  # noqa: ANN401  # fmt: skip
    """The value typed; the very one that was there while its own words stand."""
    if typed == before[0]:
        return before[1]
    if not typed.strip():
        return None
    value = read(typed, desk.language, label)
    if low is not None and value < low:
        raise Invalid("too-low", field=label, found=typed, low=low)
    return value


def _within(typed: str, language: str, label: str, high: float) -> float:
    value = float(written.parse_number(typed, language, label))
    if value > high:
        raise Invalid("too-high", field=label, found=typed, high=high)
    return value


def _share(typed: str, language: str, label: str) -> float:
    share: Decimal = written.parse_percent(typed, language, label)
    if share > 1:
        raise Invalid("too-high", field=label, found=typed, high="100\u00a0%")
    return float(share)

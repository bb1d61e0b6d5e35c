"""Small parts that several pages of facts share: short tables, lines of facts, today's date."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from textwrap import shorten

import pandas as pd
import streamlit as st

from portfolio.criterion import Framework
from portfolio.project import Stage
from portfolio.registry import Registry
from portfolio.rules import Excludes, Link, Needs, NeedsOneOf, Synergy
from services.proposals import saved_by
from views import format as written
from views.desk import Desk
from views.look.components import Mood, plain, said

MOODS: Mapping[Stage, Mood] = {
    Stage.APPROVED: "good",
    Stage.ADMISSIBLE: "good",
    Stage.DRAFT: "warning",
    Stage.SENT_BACK: "warning",
    Stage.REFUSED: "bad",
}  # the other stages are quiet


def today() -> date:
    """The day it is in the city."""
    return datetime.now(written.HERE).date()


def day_of(moment: str) -> date:
    """The city's day of a moment kept as ISO 8601."""
    return datetime.fromisoformat(moment).astimezone(written.HERE).date()


def small_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, name: str) -> None:
    """A few rows of text, read as a table by screen readers; what people typed stays as typed."""
    frame = pd.DataFrame([[plain(cell) for cell in row] for row in rows], columns=_set_apart(head))
    st.table(frame, border="horizontal", hide_index=True, alt=name)


def _set_apart(head: Sequence[str]) -> list[str]:
    """Heads as Markdown; two equal ones would break the table."""
    return [plain(label) + "\u200b" * head[:at].count(label) for at, label in enumerate(head)]


def facts(desk: Desk, told: Sequence[tuple[str, str]]) -> None:
    """Labels with what is known of each; what is not given is left out."""
    lines = [f"**{said(label)}**{desk.text('parts.colon')} {plain(v)}" for label, v in told if v]
    st.markdown("  \n".join(lines))


def paragraph(desk: Desk, title: str, typed: str, empty: str) -> None:
    """A titled text that someone wrote; ``empty`` says that it is still to be written."""
    st.subheader(title, anchor=False)
    if typed.strip():
        st.markdown(plain(typed).replace("\n", "  \n"))
    else:
        st.caption(empty)


def shortened(title: str, width: int = 70) -> str:
    """The title cut at a word, for the axis of a chart; the whole stands in the table."""
    return shorten(title, width, placeholder=" …")


def joined(desk: Desk, words: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {desk.text('parts.and')} {words[-1]}"


def missing_words(desk: Desk, names: Sequence[str], framework: Framework) -> str:
    """What a proposal lacks, in words: questions of one group are counted, not quoted."""
    text = desk.text
    groups = {f"question:{question.key}": question.group for question in framework.questions}
    lacking = Counter(groups[name] for name in names if name in groups)
    words = [text(f"parts.missing.{name}") for name in names if name not in groups]
    for group, n in lacking.items():
        words.append(text("parts.missing.questions", n=n, group=group_words(desk, group)))
    return joined(desk, words)


def group_words(desk: Desk, group: str) -> str:
    """« Test climat », « ADS+ »; the group's own key where the catalogue has no name for it."""
    key = f"parts.group.{group}"
    return desk.text(key) if desk.text.has(key) else group


def named(registry: Registry, code: str) -> str:
    """The name of the person of that code; what stands there when it is nobody's code."""
    return next((person.name for person in registry.people if person.code == code), code)


def in_years(desk: Desk, years: float) -> str:
    """« 4,3 ans », or « jamais » for infinity."""
    if years == float("inf"):
        return desk.text("parts.never")
    return desk.text("parts.years", n=round(years, 1))


def three_points(desk: Desk, low: int | None, likely: int | None, high: int | None) -> str:
    """« 1 210 k$ (1 020 k$ à 1 742 k$) »."""
    if likely is None:
        return desk.text("parts.not_given")
    shown = desk.money(likely, compact=True)
    if low == high:
        return shown
    from_, to = (desk.money(likely if e is None else e, compact=True) for e in (low, high))
    return desk.text("parts.three_points", likely=shown, low=from_, high=to)


def link_words(desk: Desk, link: Link, code: str, registry: Registry) -> str:
    """What a link means for the project of that code: « Commence après P01 · … »."""
    text = desk.text
    titles = {p.code: f"{p.code} · {p.title_in(desk.language)}" for p in registry.projects}
    unseen = text("parts.link.unseen")
    names = [titles.get(other, unseen) for _, other in link.refers() if other != code]
    others = joined(desk, names)
    match link:
        case Needs(project=project, lag=lag):
            key = "needed_by" if project != code else "needs_lag" if lag else "needs"
            return text(f"parts.link.{key}", others=others, lag=lag)
        case NeedsOneOf(project=project):
            owner = titles.get(project, project)
            key = "needs_one_of" if project == code else "one_for"
            return text(f"parts.link.{key}", others=others if project == code else owner)
        case Excludes(at_most=at_most):
            return text("parts.link.excludes", others=others, n=at_most)
        case Synergy(value=value):
            saved = saved_by(link)
            key = "synergy_saving" if saved else "synergy"
            return text(f"parts.link.{key}", others=others, value=value, saving=saved)
    return text("parts.link.together", others=others)

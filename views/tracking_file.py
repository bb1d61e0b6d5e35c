"""The file of one project: what was promised, what is expected, and every report made of it."""

from collections.abc import Sequence

import streamlit as st

from portfolio.promise import Promise
from portfolio.track_record import DebtKept
from portfolio.tracking import Progress, Standing, Variance, past
from services.promises import Followed
from views import tracking_words as words
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import small_table


def show(desk: Desk, line: Followed, kept: Sequence[DebtKept]) -> None:
    """The health and what it follows from, beside the newest promise where there are two."""
    text, at = desk.text, line.standing
    st.subheader(plain(words.name(desk, line.project)), anchor=False)
    with st.container(horizontal=True):
        components.status(words.word(desk, at.health), words.MOODS[at.health])
        st.markdown(said(text(f"tracking.progress.{at.progress}")))
    st.markdown(said(_said(desk, at)))
    _figures(desk, at)
    if kept:
        st.markdown(said(text("tracking.its_debts", n=len(kept))) + " ".join(
            plain(f"{one.debt} · {one.title}") for one in kept
        ))  # fmt: skip
    _reports(desk, line)


def _said(desk: Desk, at: Standing) -> str:
    """What is late or dear, and what of it is old."""
    text = desk.text
    told = [text("tracking.file_slip", slip=words.days(desk, at.slip))]
    if at.first.cost is not None:
        told.append(text("tracking.file_cost", gap=words.share(desk, at.first.cost)))
    if at.money_left is not None and at.progress is not Progress.DELIVERED:
        told.append(text("tracking.file_left", money=at.money_left, n=at.days_left))
    if at.idle:
        told.append(text("tracking.file_idle", n=at.idle))
    if at.is_stale and at.report is not None:
        told.append(text("tracking.file_stale", day=at.report.on))
    elif at.is_stale:
        told.append(text("tracking.file_silent"))
    return " ".join(told)


def _figures(desk: Desk, at: Standing) -> None:
    """One row a figure: promised, promised again, expected, and the gaps."""
    text, newest = desk.text, at.promises[-1]
    head = [text("tracking.figure"), text("tracking.promised_on", day=at.promise.made_on)]
    if at.is_moved:
        head.append(text("tracking.promised_on", day=newest.made_on))
    head += [text("tracking.actual"), text("tracking.gap")]
    if at.is_moved:
        head.append(text("tracking.gap_newest"))
    expected = (desk.day(at.start), desk.day(at.end), words.money(desk, at.cost))
    columns = [_promise(desk, at.promise)]
    columns += [_promise(desk, newest)] if at.is_moved else []
    columns += [expected, _gaps(desk, at.first)]
    columns += [_gaps(desk, at.newest)] if at.is_moved else []
    names = [text(f"tracking.figure_is.{k}") for k in ("start", "end", "cost")]
    rows = [(name, *cells) for name, *cells in zip(names, *columns, strict=True)]
    small_table(head, rows, name=text("tracking.figures"))


def _promise(desk: Desk, one: Promise) -> tuple[str, str, str]:
    return desk.day(one.start), desk.day(one.end), words.money(desk, one.cost)


def _gaps(desk: Desk, gap: Variance) -> tuple[str, str, str]:
    return (
        words.days(desk, gap.start), words.days(desk, gap.end), words.share(desk, gap.cost),
    )


def _reports(desk: Desk, line: Followed) -> None:
    text, made = desk.text, line.standing.reports
    if not made:
        st.caption(text("tracking.no_report"))
        return
    names = ["on", "then", "slip_then", "started", "ended", "forecast_end", "forecast_cost"]
    names += ["spent", "note"] if line.is_open else ["spent"]
    head = [text(f"tracking.{name}") for name in names]
    rows = [_report(desk, one)[: len(names)] for one in reversed(past(line.standing))]
    with st.expander(text("tracking.reports", n=len(made)), expanded=line.is_own):
        small_table(head, rows, name=text("tracking.reports", n=len(made)))


def _report(desk: Desk, at: Standing) -> tuple[str, ...]:
    """What was reported, after what followed from it that day."""
    none, one = desk.text("common.none"), at.reports[-1]
    dates = (one.started, one.ended, one.forecast_end)
    return (
        desk.day(one.on), words.health_word(desk, at.health), words.days(desk, at.slip),
        *(desk.day(day) if day else none for day in dates),
        words.money(desk, one.forecast_cost), words.money(desk, one.spent), one.note,
    )

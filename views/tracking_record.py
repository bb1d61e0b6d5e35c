"""What promises and forecasts were worth: by service, and of the debt."""

from collections.abc import Sequence

import streamlit as st

from portfolio.track_record import DebtKept, TrackRecord
from portfolio.tracking import WATCH_DAYS
from services.promises import Tracking
from views import tracking_words as words
from views.desk import Desk
from views.look.components import said
from views.look.tables import Column, table
from views.parts import small_table

FIGURES = ("slip", "growth", "moves", "end_missed", "cost_missed")


def services(desk: Desk, found: Tracking) -> None:
    """The record of each service, its own figures with their counts."""
    text, whole = desk.text, found.whole
    st.subheader(text("tracking.record_title"), anchor=False)
    st.markdown(said(_concluded(desk, whole)))
    head = [text(f"tracking.record.{k}") for k in ("service", "projects", "on_time", *FIGURES)]
    every = [*found.records, whole] if len(found.records) > 1 else list(found.records)
    small_table(head, [_row(desk, one) for one in every], name=text("tracking.record_title"))
    st.caption(said(text("tracking.record_about", days=WATCH_DAYS)))


def _concluded(desk: Desk, whole: TrackRecord) -> str:
    text = desk.text
    if not whole.due:
        return text("tracking.record_none")
    told = text("tracking.record_starts", on_time=whole.on_time, due=whole.due, days=WATCH_DAYS)
    if whole.moves.count:
        told += " " + text("tracking.record_moves", later=whole.later, n=whole.moves.count)
    return told


def _row(desk: Desk, one: TrackRecord) -> tuple[str, ...]:
    text = desk.text
    moves = words.in_days(desk, one.moves)
    if one.moves.count:
        moves = text("tracking.record_later", moves=moves, later=one.later)
    on_time = text("tracking.of", n=one.on_time, of=one.due) if one.due else text("common.none")
    return (
        one.service or text("tracking.record_whole"), desk.number(one.projects), on_time,
        words.in_days(desk, one.slip), words.in_share(desk, one.growth), moves,
        words.in_days(desk, one.end_missed), words.in_share(desk, one.cost_missed),
    )


def debts(desk: Desk, found: Tracking) -> None:
    """The debts that approved projects promised to retire, and what the register says of them."""
    text, owed = desk.text, found.owed
    st.subheader(text("tracking.debts_title"), anchor=False)
    if not found.debts:
        st.markdown(text("tracking.debts_none"))
        return
    told = text(
        "tracking.debts_answer", retired=owed.retired, promised=owed.promised, n=owed.retired_items,
        of=owed.items,
    )
    if owed.late:
        told += " " + text("tracking.debts_late", n=owed.late)
    if owed.unpriced:
        told += " " + text("tracking.debts_unpriced", n=owed.unpriced)
    st.markdown(said(told))
    debt_table(desk, found.debts, found, key="decisions_track_debts")


def debt_table(
    desk: Desk, kept: Sequence[DebtKept], found: Tracking, *, key: str
) -> None:
    """One row a debt promised."""
    text = desk.text
    columns = [
        Column("project", text("tracking.project")),
        Column("debt", text("tracking.debt"), width="large"),
        Column("share", text("tracking.part"), "percent"),
        Column("promised", text("tracking.debt_promised"), "thousands"),
        Column("retired", text("tracking.debt_retired"), "thousands"),
        Column("due", text("tracking.debt_due"), "date"),
        Column("state", text("tracking.state")),
    ]
    rows = [
        {
            "project": one.project, "debt": f"{one.debt} · {one.title}".rstrip(" ·"),
            "share": one.share, "promised": one.promised, "retired": one.retired, "due": one.due,
            "state": state(desk, one, found),
        }
        for one in kept
    ]
    table(desk, rows, columns, key=key, name=text("tracking.debts_title"))


def state(desk: Desk, one: DebtKept, found: Tracking) -> str:
    """In a word, what became of it."""
    if one.is_void:
        key = "void"
    elif one.is_retired:
        key = "retired"
    elif one.is_late(found.on):
        key = "late_part" if one.retired else "late"
    else:
        key = "ahead"
    return desk.text(f"tracking.debt_is.{key}")

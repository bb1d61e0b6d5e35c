"""Suivi: what was promised of each approved project, where it stands, and what is late."""

from collections.abc import Sequence

import streamlit as st

from portfolio.person import Role
from portfolio.tracking import OFF_COST, OFF_DAYS, WATCH_COST, WATCH_DAYS, Health, Progress
from services import promises
from services.promises import Followed, Tracking
from views import tracking_chart, tracking_file, tracking_record, tracking_report
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.look.tables import Column, table
from views.parts import joined, small_table, today
from views.tracking_words import health_word, name

KEY = "decisions_track"
CHOSEN = "project"  # the name of the project in the page's address
WORST = (Health.OFF_TRACK, Health.TO_WATCH, Health.NOT_KNOWN, Health.ON_TRACK, None)


def show(desk: Desk) -> None:
    """The answer, then each project, what is drawn of them, and what forecasts were worth."""
    text = desk.text
    st.header(text("tracking.title"), anchor=False)
    found = promises.tracking(desk.store, desk.person, desk.cycle, today())
    if not found.lines:
        components.empty_state(text("tracking.none"))
        return
    st.markdown(said(answer(desk, found)))
    _awaited(desk, found)
    lines = sorted(found.lines, key=_worst_first)
    _projects(desk, lines)
    _how(desk)
    _one(desk, found, lines)
    tracking_report.sheet(desk)
    tracking_chart.gantt(desk, found, lines)
    _idle(desk, lines)
    tracking_record.services(desk, found)
    tracking_record.debts(desk, found)


def answer(desk: Desk, found: Tracking) -> str:
    """« 14 des 20 projets approuvés sont en bonne voie ; … 3 n'ont pas commencé … »"""
    text, count = desk.text, found.count
    parts = [
        text(f"tracking.count.{health or 'arrete'}", n=count[health])
        for health in WORST if health is not Health.ON_TRACK and count[health]
    ]
    told = text("tracking.answer", ok=count[Health.ON_TRACK], n=len(found.lines))
    told += text("tracking.answer_others", others=joined(desk, parts)) if parts else "."
    idle = sum(one.standing.progress is Progress.NOT_STARTED for one in found.lines)
    return f"{told} {text('tracking.answer_idle', n=idle)}" if idle else told


def _worst_first(one: Followed) -> tuple[int, int]:
    return WORST.index(one.standing.health), -one.standing.slip


def _awaited(desk: Desk, found: Tracking) -> None:
    """Tell a lead which of her reports are awaited, and a facilitator which of all."""
    of_all = desk.has(Role.FACILITATOR)
    due = [one for one in found.lines if one.awaited and (one.is_own or of_all)]
    if due:
        key = "tracking.awaited" if all(one.is_own for one in due) else "tracking.awaited_of_all"
        codes = joined(desk, [one.project.code for one in due])
        told = desk.text(key, n=len(due), codes=codes, day=due[0].awaited)
        st.info(said(told), icon=":material/event:")


def _projects(desk: Desk, lines: Sequence[Followed]) -> None:
    text = desk.text
    columns = [
        Column("project", text("tracking.project"), width="medium"),
        Column("health", text("tracking.health")),
        Column("progress", text("tracking.progress_head")),
        Column("slip", text("tracking.slip"), "number", help=text("tracking.slip_help")),
        Column("cost", text("tracking.cost_gap"), "percent", help=text("tracking.cost_gap_help")),
        Column("end", text("tracking.file_end"), "date", help=text("tracking.expected_end")),
        Column("heard", text("tracking.heard"), "date"),
        Column("service", text("tracking.service")),
    ]
    rows = [_row(desk, one) for one in lines]
    table(desk, rows, columns, key=f"{KEY}_all", name=text("tracking.all"))


def _row(desk: Desk, one: Followed) -> dict[str, object]:
    at = one.standing
    return {
        "project": name(desk, one.project),
        "health": health_word(desk, at.health),
        "progress": desk.text(f"tracking.progress.{at.progress}"),
        "slip": at.slip,
        "cost": at.first.cost,
        "end": at.end,
        "heard": at.report.on if at.report else None,
        "service": one.project.service,
    }


def _how(desk: Desk) -> None:
    """By which rules the health follows from facts."""
    text = desk.text
    with st.expander(text("tracking.how")):
        st.markdown(said(text(
            "tracking.how_about", watch_cost=WATCH_COST, off_cost=OFF_COST, watch=WATCH_DAYS,
            off=OFF_DAYS,
        )))  # fmt: skip


def _one(desk: Desk, found: Tracking, lines: Sequence[Followed]) -> None:
    """The file of one project: the one named in the address, else the one chosen."""
    text = desk.text
    titles = {one.project.code: name(desk, one.project) for one in lines}
    asked = st.query_params.get(CHOSEN, "")
    due = next((one.project.code for one in lines if one.is_own and one.awaited), None)
    first = asked if asked in titles else due
    code = st.selectbox(
        text("tracking.open"), list(titles), index=list(titles).index(first) if first else None,
        format_func=titles.__getitem__, key=f"{KEY}_project",
        placeholder=text("tracking.open_placeholder"),
    )
    line = found.line(code) if code else None
    if line is not None:
        with st.container(border=True):
            tracking_file.show(desk, line, [d for d in found.debts if d.project == code])
            tracking_report.show(desk, line)


def _idle(desk: Desk, lines: Sequence[Followed]) -> None:
    """What is prioritised but not started, the longest first."""
    text = desk.text
    idle = sorted(
        (one for one in lines if one.standing.progress is Progress.NOT_STARTED),
        key=lambda one: -one.standing.idle,
    )
    if not idle:
        st.subheader(text("tracking.idle_none"), anchor=False)
        return
    st.subheader(text("tracking.idle_title", n=len(idle)), anchor=False)
    rows = [
        (
            name(desk, one.project), one.project.service, desk.day(one.standing.promise.start),
            text("tracking.days", n=one.standing.idle),
        )
        for one in idle
    ]
    head = [text(f"tracking.{k}") for k in ("project", "service", "promised_start", "since")]
    small_table(head, rows, name=text("tracking.idle_title", n=len(idle)))

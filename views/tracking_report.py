"""A report on a project: facts only, sent once a date or corrected; or many of them in a sheet."""

from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio.errors import Refusal, Stale
from portfolio.person import Role
from portfolio.promise import StatusReport
from services import promises, status_sheets
from services.promises import Followed
from services.register_history import differences
from services.status_sheets import Outcome
from views import sentences
from views import tracking_words as words
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import small_table, today
from views.register_fields import Fields

KEY = "decisions_report"
REFUSED, PINNED = f"{KEY}_refused", f"{KEY}_pinned"
MOUNT, SEEN = f"{KEY}_mount", f"{KEY}_seen"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(desk: Desk, line: Followed) -> None:
    """The form, for the project's lead and the facilitator."""
    if not (line.is_own or desk.has(Role.FACILITATOR)):
        return
    text, code = desk.text, line.project.code
    with st.expander(text("tracking.report"), icon=":material/edit_note:", expanded=line.is_own):
        _refusal(desk)
        st.markdown(said(text("tracking.report_about")))
        first = line.standing.promise.made_on
        on = st.date_input(
            text("tracking.on"), line.awaited or today(), min(first, today()), today(),
            format="YYYY-MM-DD", key=f"{KEY}_{code}_on", help=text("tracking.on_help"), width=240,
        )
        if on is None:
            return
        start, place = _pinned(line, _start(line, on))
        fields = Fields(desk, place, "tracking")
        _fields(fields, start)
        st.button(
            text("tracking.correct" if start.version else "tracking.send", day=on),
            type="primary", key=f"{place}_send", icon=":material/send:",
            on_click=_send, args=(desk, fields, start),
        )


def _start(line: Followed, on: object) -> StatusReport:
    """What the form starts from: the report of that date, else the facts last told before it."""
    made = line.standing.reports
    same = next((one for one in made if one.on == on), None)
    if same is not None:
        return same
    before = [one for one in made if one.on < on]  # type: ignore[operator]
    empty = StatusReport(line.project.code, on, "", "")  # type: ignore[arg-type]
    if not before:
        return empty
    last = before[-1]
    return replace(empty, started=last.started, ended=last.ended)


def _pinned(line: Followed, start: StatusReport) -> tuple[StatusReport, str]:
    """The report as its form was opened on it, and how the form's keys begin."""
    held = st.session_state.setdefault(PINNED, {})
    name = f"{KEY}_{line.project.code}_{start.on}"
    if name in held and f"{name}_{held[name].version}_started" in st.session_state:
        start = held[name]
    held[name] = start
    return start, f"{name}_{start.version}"


def _fields(fields: Fields, start: StatusReport) -> None:
    for column, day in zip(st.columns(3), ("started", "ended", "forecast_end"), strict=True):
        with column:
            fields.day(day, getattr(start, day))
    cost, spent, _ = st.columns(3)
    with cost:
        fields.money("forecast_cost", start.forecast_cost)
    with spent:
        fields.money("spent", start.spent)
    fields.area("note", start.note)


def _send(desk: Desk, fields: Fields, start: StatusReport) -> None:
    try:
        said_ = replace(
            start, started=fields.date("started"), ended=fields.date("ended"),
            forecast_end=fields.date("forecast_end"), note=fields.typed("note"),
            forecast_cost=fields.cents("forecast_cost"), spent=fields.cents("spent"),
        )
        _keep(desk, said_)
    except Refusal as refused:
        st.session_state[REFUSED] = refused


def _keep(desk: Desk, report: StatusReport) -> None:
    promises.report(desk.store, desk.person, desk.cycle, report, today())
    st.session_state.pop(PINNED, None)
    st.session_state.pop(REFUSED, None)
    components.tell(desk.text("tracking.sent", code=report.project, day=report.on))


def _refusal(desk: Desk) -> None:
    """What refused the last report; of one that came too late, both versions, and the choice."""
    refused = st.session_state.get(REFUSED)
    if refused is None:
        return
    if not isinstance(refused, Stale) or refused.facts.get("theirs") is None:
        st.session_state.pop(REFUSED)
        components.error(desk, refused)
        return
    mine, theirs = refused.facts["yours"], refused.facts["theirs"]
    st.warning(said(desk.text("register.stale")))
    rows = [
        (desk.text(f"tracking.{c.field}"), *(_told(desk, one, c.field) for one in (mine, theirs)))
        for c in differences(mine, theirs) if c.field not in ("by", "at")
    ]
    head = [desk.text(f"register.{name}") for name in ("field", "mine", "theirs")]
    small_table(head, rows, name=desk.text("register.both"))
    with st.container(horizontal=True):
        st.button(desk.text("register.keep_mine"), key=f"{KEY}_mine", type="primary",
                  on_click=_keep_mine, args=(desk, mine, theirs))
        st.button(desk.text("register.take_theirs"), key=f"{KEY}_theirs", on_click=_take_theirs)


def _told(desk: Desk, one: StatusReport, field: str) -> str:
    value = getattr(one, field)
    if field in ("forecast_cost", "spent"):
        return words.money(desk, value)
    return desk.text("common.none") if value in (None, "") else str(value)


def _keep_mine(desk: Desk, mine: StatusReport, theirs: StatusReport) -> None:
    try:
        _keep(desk, replace(mine, version=theirs.version))
    except Refusal as refused:
        st.session_state[REFUSED] = refused


def _take_theirs() -> None:
    for key in (REFUSED, PINNED):
        st.session_state.pop(key, None)


def sheet(desk: Desk) -> None:
    """Many reports at once: a workbook to take, and a filled file to bring back."""
    if not desk.has(*promises.REPORTERS):
        return
    text = desk.text
    with st.expander(text("tracking.sheet"), icon=":material/table:"):
        st.markdown(said(text("tracking.sheet_about")))
        st.download_button(
            text("tracking.sheet_take"),
            partial(status_sheets.write, desk.store, desk.person, desk.cycle, desk.language),
            file_name=text("tracking.sheet_file", cycle=desk.cycle), mime=XLSX, key=f"{KEY}_take",
            icon=":material/download:", on_click="ignore",
        )
        mount = st.session_state.get(MOUNT, 0)
        file = st.file_uploader(
            text("tracking.sheet_bring"), type=["csv", "xlsx"], key=f"{KEY}_file_{mount}",
            max_upload_size=20,
        )
        if file is not None:
            _brought(desk, file.file_id, file.getvalue(), file.name)


def _brought(desk: Desk, file_id: str, content: bytes, name: str) -> None:
    """What the file would change, read once for as long as it stands on the page."""
    seen = st.session_state.get(SEEN)
    if seen is None or seen[0] != file_id:
        seen = (file_id, _read(desk, content, name))
        st.session_state[SEEN] = seen
    outcome: Outcome = seen[1]
    text = desk.text
    if outcome.refused:
        st.error(said(text("tracking.sheet_refused", n=len(outcome.refused))))
        head = [text(f"imports.{key}") for key in ("sheet", "row", "column", "found", "why")]
        rows = [
            (
                one.where.sheet or one.where.file, str(one.where.row or ""), one.where.column,
                one.found, sentences.why(text, one),
            )
            for one in outcome.refused
        ]
        small_table(head, rows, name=text("tracking.sheet_refused", n=len(rows)))
        return
    counts = {"new": outcome.new, "changed": outcome.changed, "unchanged": outcome.unchanged}
    st.markdown(said(text("tracking.sheet_ready", **counts)))
    if not outcome.is_empty:
        st.button(
            text("tracking.sheet_accept"), key=f"{KEY}_accept", type="primary",
            on_click=_accept, args=(desk, file_id, content, name),
        )


def _read(desk: Desk, content: bytes, name: str, *, dry_run: bool = True) -> Outcome:
    return status_sheets.bring(
        desk.store, desk.person, desk.cycle, content, name, today(), dry_run
    )


def _accept(desk: Desk, file_id: str, content: bytes, name: str) -> None:
    """Save it all; what is refused meanwhile is shown in its place."""
    outcome = _read(desk, content, name, dry_run=False)
    if outcome.refused:
        st.session_state[SEEN] = (file_id, outcome)
        return
    st.session_state.pop(SEEN, None)
    st.session_state[MOUNT] = st.session_state.get(MOUNT, 0) + 1
    components.tell(desk.text("tracking.sheet_done", n=outcome.new + outcome.changed))

"""The offline ballot on the rating page: take one's own, bring it back, see what it changes."""

from functools import partial

import streamlit as st

from portfolio.errors import Refusal
from portfolio.evaluation import Subject
from services import offline_ballot, rounds
from services.offline_ballot import Outcome, Refused
from services.permission import ACTS
from views import sentences
from views.desk import Desk
from views.look import components
from views.look.components import Metric, said
from views.look.tables import Column, table
from views.parts import small_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEY = "rating_offline"
FEW = 20  # rows shown whole
SEEN, DONE, MOUNT = f"{KEY}_seen", f"{KEY}_done", f"{KEY}_mount"


def show(desk: Desk) -> None:
    """A ballot to download, and a filled one to bring back; nothing while no round is open."""
    if not desk.has(*ACTS["offline_ballot.write"]) or not _round(desk):
        return
    text, done = desk.text, st.session_state.pop(DONE, None)
    if isinstance(done, Outcome):
        st.success(said(text("rating_offline.done", **_counts(done))))
    with st.expander(text("rating_offline.title"), icon=":material/print:", key=KEY):
        st.markdown(said(text("rating_offline.help")))
        _take(desk)
        _bring(desk)


def _round(desk: Desk) -> int:
    """The number of the open round of scores; 0 = none is open."""
    every = rounds.rounds(desk.store, desk.person, desk.cycle)
    return next((r.number for r in every if r.subject is Subject.SCORES and r.is_open), 0)


def _take(desk: Desk) -> None:
    text = desk.text
    st.download_button(
        text("rating_offline.take"),
        partial(offline_ballot.write, desk.store, desk.person, desk.cycle, desk.language),
        file_name=text(
            "rating_offline.file_name",
            cycle=desk.cycle, person=desk.person.code, round=_round(desk),
        ),
        mime=XLSX,
        key=f"{KEY}_take",
        icon=":material/download:",
        on_click="ignore",
    )


def _bring(desk: Desk) -> None:
    text = desk.text
    mount = st.session_state.get(MOUNT, 0)
    file = st.file_uploader(
        text("rating_offline.file"), type=["xlsx"], key=f"{KEY}_file_{mount}", max_upload_size=20,
        help=text("rating_offline.file_help"),
    )
    if file is None:
        return
    content, name = file.getvalue(), file.name
    with st.spinner(text("rating_offline.reading")):
        outcome = _tried(desk, file.file_id, content, name)
    if isinstance(outcome, Refusal):
        components.error(desk, outcome)
        return
    _told(desk, outcome)
    if not outcome.refused and not outcome.is_empty:
        st.button(
            text("rating_offline.accept"), key=f"{KEY}_accept", type="primary",
            on_click=_accept, args=(desk, file.file_id, content, name),
        )


def _tried(desk: Desk, file_id: str, content: bytes, name: str) -> Outcome | Refusal:
    """What the file would change, read once for as long as it stands on the page."""
    seen = st.session_state.get(SEEN)
    if seen is None or seen[0] != file_id:
        seen = (file_id, _read(desk, content, name, dry_run=True))
        st.session_state[SEEN] = seen
    return seen[1]


def _read(desk: Desk, content: bytes, name: str, *, dry_run: bool) -> Outcome | Refusal:
    try:
        return offline_ballot.read(
            desk.store, desk.person, desk.cycle, content, name, dry_run=dry_run
        )
    except Refusal as refused:
        return refused


def _accept(desk: Desk, file_id: str, content: bytes, name: str) -> None:
    """Save it all; what is refused meanwhile is shown in its place."""
    outcome = _read(desk, content, name, dry_run=False)
    if isinstance(outcome, Refusal) or outcome.refused:
        st.session_state[SEEN] = (file_id, outcome)
        return
    st.session_state.pop(SEEN, None)
    st.session_state[DONE] = outcome
    st.session_state[MOUNT] = st.session_state.get(MOUNT, 0) + 1


def _told(desk: Desk, outcome: Outcome) -> None:
    text = desk.text
    if outcome.refused:
        st.error(said(text("rating_offline.refused", n=len(outcome.refused))))
        _places(desk, "refused", outcome.refused)
        return
    key = "nothing" if outcome.is_empty else "ready"
    st.markdown(said(text(f"rating_offline.{key}", **_counts(outcome))))
    shown = ("new", "changed", "unchanged", "blank", "conflicts")
    counts = _counts(outcome)
    components.metric_row(
        tuple(Metric(text(f"rating_offline.count_{n}"), desk.number(counts[n])) for n in shown)
    )
    if outcome.unfinished:
        st.warning(said(text("rating_offline.unfinished", n=len(outcome.unfinished))))
        _places(desk, "unfinished", outcome.unfinished)


def _counts(outcome: Outcome) -> dict[str, int]:
    names = ("new", "changed", "unchanged", "blank", "given", "drafts", "conflicts")
    return {name: getattr(outcome, name) for name in names}


def _places(desk: Desk, kind: str, found: tuple[Refused, ...]) -> None:
    """Each place, with what stands there and why; whole sentences while they are few."""
    text, name = desk.text, desk.text(f"rating_offline.{kind}_name")
    head = {key: text(f"imports.{key}") for key in ("sheet", "row", "column", "found", "why")}
    rows = [
        {
            "sheet": one.where.sheet or one.where.file,
            "row": one.where.row,
            "column": one.where.column,
            "found": one.found,
            "why": sentences.why(text, one),
        }
        for one in found
    ]
    if len(rows) <= FEW:
        cells = [["" if cell is None else str(cell) for cell in row.values()] for row in rows]
        small_table(list(head.values()), cells, name=name)
        return
    columns = [
        Column("sheet", head["sheet"]),
        Column("row", head["row"], "number", width="small"),
        Column("column", head["column"]),
        Column("found", head["found"]),
        Column("why", head["why"], width="large"),
    ]
    table(desk, rows, columns, key=f"{KEY}_{kind}", name=name)

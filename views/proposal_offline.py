"""The offline form on a proposal's page: take it, bring it back, see what it changes."""

from functools import partial

import streamlit as st

from portfolio.errors import Refusal
from portfolio.project import Project
from services import offline_proposal
from services.offline_proposal import Change, Outcome, Refused
from views import sentences
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.look.tables import Column, table
from views.parts import small_table
from views.proposal_draft import refill
from views.text import Text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEY = "proposals_offline"
FEW = 20  # rows shown whole
SEEN, DONE, MOUNT = f"{KEY}_seen", f"{KEY}_done", f"{KEY}_mount"


def show(desk: Desk, project: Project) -> None:
    """A form to download, and a filled one to bring back: for the lead, while she may write."""
    text, done = desk.text, st.session_state.pop(DONE, None)
    if isinstance(done, Outcome):
        st.success(said(text("proposal_offline.done", n=len(done.changes))))
    with st.expander(text("proposal_offline.title"), icon=":material/table:", key=KEY):
        st.markdown(said(text("proposal_offline.help")))
        _take(desk, project)
        _bring(desk, project)


def _take(desk: Desk, project: Project) -> None:
    text, who = desk.text, (desk.store, desk.person, desk.cycle)
    st.download_button(
        text("proposal_offline.take"),
        partial(offline_proposal.write, *who, project.code, Text, desk.language),
        file_name=text(
            "proposal_offline.file_name",
            cycle=desk.cycle, code=project.code, version=project.version,
        ),
        mime=XLSX,
        key=f"{KEY}_take",
        icon=":material/download:",
        on_click="ignore",
    )


def _bring(desk: Desk, project: Project) -> None:
    text, mount = desk.text, st.session_state.get(MOUNT, 0)
    file = st.file_uploader(
        text("proposal_offline.file"), type=["xlsx"], key=f"{KEY}_file_{mount}",
        max_upload_size=20, help=text("proposal_offline.file_help"),
    )
    if file is None:
        return
    content, name, seen = file.getvalue(), file.name, (file.file_id, project.version)
    with st.spinner(text("proposal_offline.reading")):
        outcome = _tried(desk, project.code, seen, content, name)
    if isinstance(outcome, Refusal):
        components.error(desk, outcome)
        return
    _told(desk, outcome)
    if outcome.changes and not outcome.refused:
        verb = "accept_over" if outcome.is_stale else "accept"
        st.button(
            text(f"proposal_offline.{verb}"), key=f"{KEY}_accept", type="primary",
            on_click=_accept, args=(desk, project.code, seen, content, name, outcome.kept),
        )


def _tried(
    desk: Desk, code: str, seen: tuple[str, int], content: bytes, name: str
) -> Outcome | Refusal:
    """What the file would change, read once for as long as it and the proposal stand."""
    kept = st.session_state.get(SEEN)
    if kept is None or kept[0] != seen:
        kept = (seen, _read(desk, code, content, name, None))
        st.session_state[SEEN] = kept
    return kept[1]


def _read(desk: Desk, code: str, content: bytes, name: str, over: int | None) -> Outcome | Refusal:
    """Try the file; with ``over``, save it over that version."""
    try:
        return offline_proposal.read(
            desk.store, desk.person, desk.cycle, code, content, Text, name,
            dry_run=over is None, over=over or 0,
        )  # fmt: skip
    except Refusal as refused:
        return refused


def _accept(
    desk: Desk, code: str, seen: tuple[str, int], content: bytes, name: str, over: int
) -> None:
    """Save it all; what is refused meanwhile, or changed since, is shown in its place."""
    outcome = _read(desk, code, content, name, over)
    if isinstance(outcome, Refusal) or outcome.saved is None:
        st.session_state[SEEN] = (seen, outcome)
        return
    refill(outcome.saved)
    st.session_state.pop(SEEN, None)
    st.session_state[DONE] = outcome
    st.session_state[MOUNT] = st.session_state.get(MOUNT, 0) + 1


def _told(desk: Desk, outcome: Outcome) -> None:
    text = desk.text
    if outcome.refused:
        st.error(said(text("proposal_offline.refused", n=len(outcome.refused))))
        _places(desk, outcome.refused)
        return
    if not outcome.changes:
        st.info(text("proposal_offline.nothing"))
        return
    if outcome.is_stale:
        told = text("proposal_offline.stale", started=outcome.started, kept=outcome.kept)
        st.warning(said(told))
    else:
        st.markdown(said(text("proposal_offline.ready", n=len(outcome.changes))))
    _changes(desk, outcome.changes)


def _changes(desk: Desk, changes: tuple[Change, ...]) -> None:
    """Cell by cell: what stands, what the form says."""
    text = desk.text
    names = ("sheet_head", "place", "before", "after")
    head = {name: text(f"proposal_offline.{name}") for name in names}
    rows = [
        {"sheet_head": one.sheet, "place": one.place or _row(desk, one),
         "before": one.before, "after": one.after}
        for one in changes
    ]  # fmt: skip
    _table(desk, head, rows, "changes")


def _row(desk: Desk, one: Change) -> str:
    return desk.text(f"proposal_offline.row_{'removed' if one.before else 'added'}")


def _places(desk: Desk, found: tuple[Refused, ...]) -> None:
    """Each refused place, with what stands there and why."""
    head = {key: desk.text(f"imports.{key}") for key in ("sheet", "row", "column", "found", "why")}
    rows = [
        {
            "sheet": one.where.sheet or one.where.file,
            "row": "" if one.where.row is None else str(one.where.row),
            "column": one.where.column,
            "found": one.found,
            "why": sentences.why(desk.text, one),
        }
        for one in found
    ]
    _table(desk, head, rows, "refused")


def _table(desk: Desk, head: dict[str, str], rows: list[dict[str, str]], kind: str) -> None:
    """Whole sentences while they are few; a grid to look through beyond."""
    name = desk.text(f"proposal_offline.{kind}_name")
    if len(rows) <= FEW:
        small_table(list(head.values()), [list(row.values()) for row in rows], name=name)
        return
    columns = [Column(key, label) for key, label in head.items()]
    table(desk, rows, columns, key=f"{KEY}_{kind}", name=name)

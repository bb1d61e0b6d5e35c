"""The timeline of a proposal: who did what, when, and what changed, in words."""

from datetime import datetime

import streamlit as st

from portfolio.project import Project
from services import timeline
from services.register_history import Changed
from services.timeline import Happening
from views import format as written
from views import proposal_words as words
from views.desk import Desk
from views.parts import small_table

MOST = 40  # happenings shown at first
BY_ACT = ("answered_at", "answered_by", "at", "by")  # said by the act itself
SHORT = 60  # letters of a value that is told in the table; a longer one is only named


def show(desk: Desk, project: Project) -> None:
    """All that happened, the latest first."""
    text = desk.text
    every = timeline.of_project(desk.store, desk.person, desk.cycle, project.code)
    told = [one for one in every if one.past.kind != "submission"]  # the act tells of it
    if not told:
        st.markdown(text("dossier.nothing_happened"))
        return
    st.markdown(text("dossier.happened", n=len(told)))
    key = f"proposals_timeline_{project.code}"
    shown = told if st.session_state.get(key) else told[:MOST]
    names = ("when", "who", "deed", "changes")
    rows = [(_when(one), _who(desk, one), _deed(desk, one), _changes(desk, one)) for one in shown]
    small_table([text(f"dossier.{n}") for n in names], rows, name=text("dossier.timeline"))
    if len(shown) < len(told):
        st.checkbox(text("dossier.all", n=len(told)), key=key)


def when(moment: str) -> str:
    """« 2026-11-27 09:50 » on the city's clock, from a moment in UTC."""
    return written.moment(datetime.fromisoformat(moment))


def _when(one: Happening) -> str:
    last = written.moment(one.past.at)
    first = written.moment(one.since)
    return last if first == last else f"{first} – {last}"


def _who(desk: Desk, one: Happening) -> str:
    key = f"common.role.{one.past.role}"
    role = desk.text(key) if desk.text.has(key) else ""
    return f"{one.past.who} ({role})" if role else one.past.who


def _deed(desk: Desk, one: Happening) -> str:
    """The act and what it was done to, in words."""
    text, past = desk.text, one.past
    act = past.act.replace(".", "_")
    many = "_many" if one.count > 1 else ""
    for key in (f"dossier.act.{act}_{past.kind}", f"dossier.act.{act}{many}"):
        if text.has(key):
            said = text(key, n=one.count, number=past.key.rpartition("/")[2])
            return f"{said}{text('parts.colon')} {past.reason}" if past.reason else said
    return text("dossier.act.brought" if past.is_first else "dossier.act.other")


def _changes(desk: Desk, one: Happening) -> str:
    told = [_change(desk, change) for change in one.past.changes if change.field not in BY_ACT]
    return " ; ".join(told)


def _change(desk: Desk, change: Changed) -> str:
    name = words.label(desk, change.field)
    before, after = (_short(desk, change.field, v) for v in (change.before, change.after))
    if before is None or after is None:
        return name
    return f"{name}{desk.text('parts.colon')} {before} → {after}"


def _short(desk: Desk, field: str, held: object) -> str | None:
    """A value short enough for the table; None when it is not."""
    if held in (None, "", []):
        return desk.text("common.none")
    for key in (f"proposals.{field}.{held}", f"dossier.{field}.{held}"):
        if desk.text.has(key):
            return desk.text(key)
    if isinstance(held, str):
        return held if len(held) <= SHORT else None
    if isinstance(held, bool):
        return desk.text(f"dossier.is.{str(held).lower()}")
    if isinstance(held, int | float):
        return desk.money(int(held)) if field in words.MONEY else desk.number(held)
    return None

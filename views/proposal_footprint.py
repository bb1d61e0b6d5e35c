"""The footprint of a draft: what it buys, keeps or turns off, and its eco-design checklist."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from portfolio.criterion import Framework, GateQuestion
from portfolio.errors import Refusal
from portfolio.footprint import Deed, Factor, Quantity
from portfolio.project import Project
from portfolio.registry import Registry
from services import footprint
from views import footprint_shown
from views.desk import Desk
from views.look import components, tokens
from views.look.components import plain, said
from views.proposal_draft import Draft, watched
from views.proposal_fields import Fields, answer_to, put_answer

FIELDS = ("item", "deed", "count", "years")
MOST, LONGEST = 1_000_000, 50
Row = Mapping[str, Any]


def section(
    fields: Fields, project: Project, registry: Registry, framework: Framework
) -> Project:
    """The project with its quantities and its answers as they now stand in the fields."""
    desk, draft = fields.desk, fields.draft
    factors = footprint.factors(desk.store, desk.person, desk.cycle)
    st.markdown(said(desk.text("footprint.help")))
    written = replace(project, quantities=_quantities(desk, draft, project, factors))
    _estimate(desk, written, factors)
    return _checklist(fields, written)


def _quantities(
    desk: Desk, draft: Draft, project: Project, factors: tuple[Factor, ...]
) -> tuple[Quantity, ...]:
    text, key = desk.text, draft.key("quantities")
    start: tuple[Quantity, ...] = draft.start("quantities", project.quantities)
    names = footprint.items(factors, desk.language)
    names |= {q.item: q.item for q in start if q.item not in names}

    def edited(kept: Project, state: Mapping[str, Any]) -> Project:
        return replace(kept, quantities=_whole(_rows(start, state)))

    st.data_editor(
        _frame(start),
        num_rows="dynamic",
        hide_index=True,
        column_config=_columns(desk, names),
        row_height=tokens.sizes(desk.projection).row,
        placeholder="",
        alt=text("footprint.quantities"),
        **watched(desk, draft, "quantities", edited),
    )
    state = st.session_state[key]
    if not any(state.get(change) for change in ("edited_rows", "added_rows", "deleted_rows")):
        return project.quantities
    rows = _rows(start, state)
    lacking = len(rows) - len(_whole(rows))
    if lacking:
        st.warning(said(text("footprint.unfinished", n=lacking)))
    return _whole(rows)


def _frame(quantities: Sequence[Quantity]) -> pd.DataFrame:
    rows = [(q.item, str(q.deed), round(q.count), _year(q.years)) for q in quantities]
    frame = pd.DataFrame(rows, columns=list(FIELDS)).astype({"item": "string", "deed": "string"})
    return frame.astype({"count": "Int64", "years": "Int64"})


def _year(years: float | None) -> int | None:
    return None if years is None else round(years)


def _columns(desk: Desk, names: Mapping[str, str]) -> dict[str, Any]:
    text = desk.text
    deeds = {str(deed): text(f"footprint.deed.{deed}") for deed in Deed}
    number = partial(st.column_config.NumberColumn, step=1, min_value=0, format="localized")
    return {
        "item": st.column_config.SelectboxColumn(
            text("footprint.item"), options=list(names), width="medium",
            format_func=lambda item: names.get(item, item),
        ),
        "deed": st.column_config.SelectboxColumn(
            text("footprint.deed_label"), options=list(deeds), width="medium",
            format_func=lambda deed: deeds.get(deed, deed),
        ),
        "count": number(text("footprint.count"), max_value=MOST),
        "years": number(
            text("footprint.years"), max_value=LONGEST, help=text("footprint.years_help")
        ),
    }


def _rows(start: Sequence[Quantity], state: Mapping[str, Any]) -> list[Row]:
    """What the cells say: those that were not touched keep what they held, unrounded."""
    rows: list[Row] = [{name: getattr(q, name) for name in FIELDS} for q in start]
    for at, edit in state.get("edited_rows", {}).items():
        rows[int(at)] = {**rows[int(at)], **edit}
    gone = {int(at) for at in state.get("deleted_rows", ())}
    kept = [row for at, row in enumerate(rows) if at not in gone]
    added = state.get("added_rows", ())
    return [*kept, *(row for row in added if any(row.get(name) for name in FIELDS))]


def _whole(rows: Sequence[Row]) -> tuple[Quantity, ...]:
    """The quantities of the rows in which nothing is missing; years may be."""
    return tuple(
        Quantity(row["item"], Deed(row["deed"]), float(row["count"]), _given(row.get("years")))
        for row in rows
        if row.get("item") and row.get("deed") and row.get("count") is not None
    )


def _given(years: float | None) -> float | None:
    return None if years is None else float(years)


def _estimate(desk: Desk, project: Project, factors: tuple[Factor, ...]) -> None:
    if not project.quantities:
        st.caption(desk.text("footprint.none"))
        return
    try:
        found = footprint.estimate(project.quantities, factors)
    except Refusal as refused:
        components.error(desk, refused)
        return
    footprint_shown.estimate(desk, found, "proposals_footprint")
    footprint_shown.assumptions(desk, found)


def _checklist(fields: Fields, project: Project) -> Project:
    """The RGESN's criteria by theme, each answered yes, no or not applicable, with a comment."""
    desk, text = fields.desk, fields.desk.text
    st.subheader(text("footprint.checklist"), anchor=False)
    told = st.container()
    asked = footprint.checklist()
    for theme in dict.fromkeys(question.group for question in asked):
        own = [question for question in asked if question.group == theme]
        with st.expander(text(f"footprint.theme.{theme.rpartition('.')[2]}", n=len(own))):
            for question in own:
                project = _answered(fields, project, question)
    told.markdown(said(footprint_shown.practices(desk, footprint.practices(project))))
    told.caption(said(text("footprint.checklist_source")))
    return project


def _answered(fields: Fields, project: Project, question: GateQuestion) -> Project:
    desk, draft, name = fields.desk, fields.draft, question.key
    at = answer_to(project, name)
    names = {"": desk.text("footprint.unanswered")}
    names |= {choice.key: choice.in_(desk.language) for choice in question.answers}
    pick, comment = (partial(put_answer, name, part) for part in ("answer", "comment"))
    start, options = draft.start(name, at.answer), list(names)
    picked = st.radio(
        f"{name.partition('.')[2]} · {plain(question.title.in_(desk.language))}",
        options,
        index=options.index(start) if start in names else 0,
        format_func=names.__getitem__,
        horizontal=True,
        help=question.help.in_(desk.language),
        **watched(desk, draft, name, pick),
    )
    project = fields.entered(project, name, pick, picked)
    if not picked and not at.comment:
        return project
    label = desk.text("proposals.gate_comment")
    return fields.line(project, f"{name}_comment", label, at.comment, comment)

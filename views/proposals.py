"""Proposals: what has been proposed, where each is in its path; the chosen one opens its file."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from portfolio.errors import Refusal
from portfolio.person import Role
from portfolio.project import Project, Stage
from portfolio.registry import Registry
from services import cycles, proposals, scores
from services.permission import COMMITTEE
from services.scores import Scores
from views import (
    cycle_parts,
    proposal_board,
    proposal_file,
    proposal_form,
    proposal_path,
    proposal_similar,
)
from views.desk import Desk
from views.look import components
from views.look.tables import Column, table
from views.parts import joined
from views.proposal_draft import SECTION

CHOSEN = "project"  # the name of the project in the page's address


def render(desk: Desk) -> None:
    """Show the file of the project named in the address, else the list."""
    if not desk.cycle:
        components.page_head(desk, desk.text("proposals.title"), desk.text("proposals.empty"))
        components.page_link(desk, "imports", desk.text("home.empty_import"))
        return
    registry = cycles.registry(desk.store, desk.person, desk.cycle)
    chosen = st.query_params.get(CHOSEN, "")
    project = next((p for p in registry.projects if p.code == chosen), None)
    if project is None:
        _list(desk, registry, chosen)
        return
    back = desk.text("proposals.back")
    st.button(back, key="proposals_back", on_click=_close, icon=":material/arrow_back:")
    if project.lead == desk.person.code and project.stage in proposals.WRITABLE:
        cycle_parts.window(desk, project.code)
        proposal_form.show(desk, registry, project)
        proposal_path.below_form(desk, registry, project)
    else:
        proposal_file.show(desk, registry, project)


def _close() -> None:
    for name in (CHOSEN, SECTION):
        st.query_params.pop(name, None)


def _list(desk: Desk, registry: Registry, unknown: str) -> None:
    text = desk.text
    components.page_head(desk, text("proposals.title"), _answer(desk, registry))
    cycle_parts.call(desk)
    if unknown:
        st.warning(components.said(text("proposals.unknown", code=unknown)))
    if desk.has(Role.LEAD):
        _begin(desk)
    if not registry.projects:
        return
    if proposal_board.show(desk, registry):
        return
    found = None
    if desk.has(*COMMITTEE):
        found = scores.scores(desk.store, desk.person, desk.cycle)
        if found.is_equal:
            st.info(text("proposals.not_scored"))
    _open(desk, registry)
    proposal_similar.screen(desk)
    rows = [_row(desk, project, found) for project in registry.projects]
    chosen = table(
        desk, rows, _columns(desk, found is not None), key="proposals_list",
        name=text("proposals.title"), can_choose=True,
    )
    if chosen:
        st.query_params[CHOSEN] = chosen["code"]
        st.rerun()


def _answer(desk: Desk, registry: Registry) -> str:
    """« 60 propositions : 49 recevables, 6 soumises … »"""
    text = desk.text
    if not registry.projects:
        return text("proposals.none")
    stages = Counter(project.stage for project in registry.projects)
    told = [text(f"proposals.count.{s}", n=stages[s]) for s in Stage if stages[s]]
    return text("proposals.answer", n=len(registry.projects), stages=joined(desk, told))


def _open(desk: Desk, registry: Registry) -> None:
    """A field that opens a file by keyboard alone: a canvas of rows cannot."""
    titles = {p.code: f"{p.code} · {p.title_in(desk.language)}" for p in registry.projects}
    st.selectbox(
        desk.text("proposals.open"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=desk.text("proposals.open_placeholder"),
        key="proposals_open",
        on_change=_choose,
        width=480,
    )


def _choose() -> None:
    if st.session_state.proposals_open:
        st.query_params[CHOSEN] = st.session_state.proposals_open


def _row(desk: Desk, project: Project, found: Scores | None) -> Mapping[str, object]:
    base = proposals.base_of(project)
    card = found.card(project.code) if found else None
    row: dict[str, object] = {
        "code": project.code,
        "title": project.title_in(desk.language),
        "service": project.service,
        "category": desk.text(f"proposals.category.{project.category}"),
        "stage": desk.text(f"proposals.stage.{project.stage}"),
        "cost": base.cost if base else None,
        "mandatory": project.is_mandatory,
        "mine": project.lead == desk.person.code,
    }
    if card is not None:
        row |= {"value": card.points, "coverage": card.coverage}
    return row


def _columns(desk: Desk, are_scores_seen: bool) -> list[Column]:
    text = desk.text
    columns = [
        Column("code", text("proposals.code"), width="small"),
        Column("title", text("proposals.name"), width="large"),
        Column("cost", text("proposals.cost"), "thousands", help=text("proposals.cost_help")),
    ]
    if are_scores_seen:
        value = Column("value", text("proposals.value"), "number", text("proposals.value_help"))
        coverage = text("proposals.coverage"), "percent", text("proposals.coverage_help")
        columns += [value, Column("coverage", *coverage)]
    columns += [
        Column("stage", text("proposals.stage_label")),
        Column("category", text("proposals.category_label")),
        Column("mandatory", text("proposals.mandatory"), "bool"),
    ]
    if desk.has(Role.LEAD):
        columns.append(Column("mine", text("proposals.mine"), "bool"))
    columns.append(Column("service", text("proposals.service"), width="medium"))
    return columns


def _begin(desk: Desk) -> None:
    """A lead starts a draft with nothing but its title."""
    text = desk.text
    with (
        st.expander(text("proposals.begin"), icon=":material/add:"),
        st.form("proposals_begin", border=False),
    ):
        st.text_input(text("proposals.begin_title"), key="proposals_begin_title")
        st.form_submit_button(
            text("proposals.begin_act"), type="primary", on_click=_begin_draft, args=(desk,)
        )
    refused = st.session_state.pop("proposals_begin_refused", None)
    if refused is not None:
        components.error(desk, refused)


def _begin_draft(desk: Desk) -> None:
    title = st.session_state.proposals_begin_title.strip()
    try:
        draft = proposals.begin(desk.store, desk.person, desk.cycle, title)
    except Refusal as refused:
        st.session_state.proposals_begin_refused = refused
        return
    st.query_params[CHOSEN] = draft.code

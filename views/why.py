"""Pourquoi ?: why is this project in or out, and what would change it?"""

import streamlit as st

from portfolio.plan import NoPlan
from services import why
from services.permission import COMMITTEE
from services.why import Inquiry, Standing, Table
from services.why_card import Card
from views import solving, value_card, why_card, why_table
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.plan_words import PlanWords
from views.why_words import WhyWords

ASKED = "project"  # the name of the project in the page's address
LOOKING = "why_looking"  # the work that this session waits for


def render(desk: Desk) -> None:
    """One project's card, or the table of all that the person may ask about."""
    text = desk.text
    head = st.empty()
    with head.container():
        st.title(text("why.title"), anchor=False)
    if not desk.cycle:
        components.empty_state(text("why.no_cycle"))
        return
    whole = why.inquiry(desk.store, desk.person, desk.cycle)
    if not whole.projects:
        components.empty_state(text("why.no_project"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="why_bar"):
        inquiry = _inquiry(desk, whole)
        view = st.segmented_control(
            text("why.view"),
            ("one", "all"),
            default="one",
            required=True,
            format_func=lambda name: text(f"why.view_{name}"),
            key="why_view",
        )
        project = _project(desk, inquiry) if view == "one" else None
    if view == "all":
        _all(desk, inquiry, head)
    elif project is None:
        _wait_for(desk, "")
        with head.container():
            components.page_head(desk, text("why.title"), text("why.choose"))
    else:
        _one(desk, inquiry, project, head)


def _inquiry(desk: Desk, whole: Inquiry) -> Inquiry:
    """The scenario chosen, as it is kept or, for the committee, as its levers were moved."""
    scenario = solving.chosen(desk, whole, "why_which")
    inquiry = why.inquiry(desk.store, desk.person, desk.cycle, scenario.code)
    if desk.has(*COMMITTEE) and solving.is_moved(desk, inquiry, "why_levers"):
        moved = solving.levered(inquiry)
        return why.inquiry(desk.store, desk.person, desk.cycle, moved)
    return inquiry


def _project(desk: Desk, inquiry: Inquiry) -> str | None:
    """The project chosen here, or named in the address."""
    state, words = st.session_state, PlanWords(desk, inquiry)
    named = st.query_params.get(ASKED)
    if named in inquiry.projects and named != state.get("why_named"):
        state["why_project"] = state["why_named"] = named
    if state.get("why_project") not in inquiry.projects:
        state["why_project"] = None
    return st.selectbox(
        desk.text("why.project"),
        inquiry.projects,
        index=None,
        format_func=words.project,
        placeholder=desk.text("why.project_placeholder"),
        key="why_project",
        on_change=_choose,
        width=480,
    )


def _choose() -> None:
    """The address follows the choice, so that it can be sent to someone."""
    chosen = st.session_state["why_project"]
    st.session_state["why_named"] = chosen
    if chosen:
        st.query_params[ASKED] = chosen
    else:
        st.query_params.pop(ASKED, None)


def _one(
    desk: Desk, inquiry: Inquiry, project: str, head: st.delta_generator.DeltaGenerator
) -> None:
    with st.spinner(desk.text("why.reasoning")):
        found = why.standing(desk.store, desk.person, desk.jobs, inquiry, project)
    _wait_for(desk, found.name if found.stage in ("reason", "ways") else "")
    with head.container():
        _head(desk, inquiry, project, found)
    _follow(desk, found, project)
    if isinstance(found.found, NoPlan):
        solving.no_plan(desk, inquiry, found.found)
    if found.card is not None:
        why_card.show(desk, inquiry, found, found.card)
    _points(desk, inquiry, project)


def _head(desk: Desk, inquiry: Inquiry, project: str, found: Standing) -> None:
    text, words = desk.text, PlanWords(desk, inquiry)
    if found.card is not None:
        told = WhyWords(words, found.card)
        components.page_head(desk, told.heading(), told.answer())
        return
    title = words.project(project)
    if found.stage == "left-out":
        why_not = text(f"scenarios.reason.{found.reason}") if found.reason else ""
        key = "why.left_out" if why_not else "why.left_out_unknown"
        title = text("why.heading", project=title, fate=text("why.fate.none"))
        components.page_head(desk, title, text(key, why=why_not))
        return
    key = {"plan": "why.searching", "none": "why.no_plan"}.get(found.stage, "why.reasoning")
    components.page_head(desk, title, text(key))


def _follow(desk: Desk, found: Standing, project: str) -> None:
    """The work under way with its stop; or, once it was stopped, the way to take it up again."""
    text = desk.text
    if found.job is not None and found.stage == "plan":
        solving.following(desk, found.job, found.name)
    elif found.job is not None:
        key = "why.card.ways_job" if found.stage == "ways" else "why.reasoning_job"
        solving.alongside(desk, found.job, text(key), project)
    elif found.is_cut:
        _again(desk, found.name, text("why.card.cut_short"))


def _again(desk: Desk, name: str, line: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="why_more"):
        st.markdown(said(line))
        st.button(
            desk.text("why.card.again"), key="why_again", on_click=why.again, args=(desk.jobs, name)
        )


def _wait_for(desk: Desk, name: str) -> None:
    """What this session waited for and left is looked for no more."""
    left = st.session_state.get(LOOKING)
    if left and name.removesuffix(":ways") != left.removesuffix(":ways"):
        why.leave(desk.jobs, left)
    st.session_state[LOOKING] = name


def _points(desk: Desk, inquiry: Inquiry, project: str) -> None:
    found = [p for p in inquiry.registry.projects if p.code == project]
    card = why.points(desk.store, desk.person, desk.cycle, project)
    value_card.show(desk, inquiry.registry, found[0], card)


def _all(desk: Desk, inquiry: Inquiry, head: st.delta_generator.DeltaGenerator) -> None:
    text = desk.text
    _wait_for(desk, "")
    with st.spinner(text("why.reasoning")):
        found = why.table(desk.store, desk.person, desk.jobs, inquiry)
    with head.container():
        components.page_head(desk, text("why.table.title"), _said_of_all(desk, found))
    if isinstance(found, Standing):
        _follow(desk, found, "")
        if isinstance(found.found, NoPlan):
            solving.no_plan(desk, inquiry, found.found)
        return
    if found.job is not None:
        solving.alongside(desk, found.job, text("why.table.job"), "all")
    elif found.is_cut:
        _again(desk, found.name, text("why.table.stopped"))
    chosen = why_table.show(desk, inquiry, found)
    if chosen:
        st.button(
            plain(text("why.table.open", project=PlanWords(desk, inquiry).project(chosen))),
            key="why_open",
            on_click=_open,
            args=(chosen,),
            type="primary",
        )


def _open(project: str) -> None:
    state = st.session_state
    state["why_view"], state["why_project"], state["why_named"] = "one", project, project
    st.query_params[ASKED] = project


def _said_of_all(desk: Desk, found: Table | Standing) -> str:
    if isinstance(found, Standing):
        return desk.text("why.searching" if found.stage == "plan" else "why.no_plan")
    cards: tuple[Card, ...] = found.cards
    ins = sum(card.is_in for card in cards)
    facts = {"known": len(cards), "of": found.of, "ins": ins, "outs": len(cards) - ins}
    return desk.text("why.table.answer", **facts)

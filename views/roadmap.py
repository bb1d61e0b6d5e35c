"""Feuille de route: what starts when, who is overloaded, what depends on what?"""

import streamlit as st

from portfolio.plan import NoPlan
from services.bench import Answered
from services.plan_view import PlanView
from services.scenarios import Asked
from views import plan_charts, solving
from views.desk import Desk
from views.look import components
from views.plan_words import PlanWords


def render(desk: Desk) -> None:
    """The plan in time: its projects, its teams, its links."""
    text = desk.text
    head = st.empty()
    with head.container():
        st.title(text("roadmap.title"), anchor=False)
    whole = solving.portfolio(desk)
    if whole is None:
        return
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="roadmap_bar")
    with bar:
        reference = solving.choose(desk, whole, "roadmap_which")
        asked = _asked(desk, reference)
    standing = solving.look(desk, asked, reference)
    solving.follow(desk, standing, asked)
    answered = standing.answered
    words = PlanWords(desk, asked)
    with head.container():
        components.page_head(desk, text("roadmap.title"), _answer(words, answered))
    if answered is None:
        return
    with bar:
        components.badge(desk, answered.found.proof)
    if isinstance(answered.found, NoPlan) or answered.view is None:
        solving.no_plan(desk, asked, answered.found)
        return
    _shown(words, answered.view)


def _asked(desk: Desk, reference: Asked) -> Asked:
    """The scenario as it is kept, or as its levers stand in this session when they were moved."""
    is_moved = solving.is_moved(desk, reference, "roadmap_levers")
    return solving.adjusted(desk, reference) if is_moved else reference


def _answer(words: PlanWords, answered: Answered | None) -> str:
    text = words.desk.text
    if answered is None:
        return text("scenarios.searching")
    view = answered.view
    if view is None:
        return text("roadmap.answer_none")
    if not view.chosen:
        return text("roadmap.answer_empty")
    first = view.chosen[0].start
    last = max(line.end or 0 for line in view.chosen)
    full = {cell.team for cell in view.days if cell.state in ("over", "full")}
    return text(
        "roadmap.answer" if full else "roadmap.answer_free",
        n=len(view.chosen),
        first=words.period(first),
        last=words.period(last),
        starting=sum(line.start == first for line in view.chosen),
        teams=len(full),
        chain=len(view.chain),
    )


def _shown(words: PlanWords, view: PlanView) -> None:
    text = words.desk.text
    chosen = list(view.chosen)
    if not chosen:
        components.empty_state(text("roadmap.answer_empty"))
        return
    drawn = _drawn(words.desk, chosen)
    plan_charts.timeline(words, drawn, view.chain, "roadmap_timeline")
    if view.days:
        plan_charts.load(words, view, "roadmap_load")
    plan_charts.graph(words, view, "roadmap_graph")


def _drawn(desk: Desk, chosen: list) -> list:
    """All of them, or the part of them that was asked for when they are too many for a page."""
    step = plan_charts.AT_ONCE
    if len(chosen) <= step:
        return chosen
    parts = range(0, len(chosen), step)
    first = st.selectbox(
        desk.text("roadmap.part"),
        list(parts),
        format_func=lambda at: desk.text(
            "roadmap.part_of", first=at + 1, last=min(at + step, len(chosen)), all=len(chosen)
        ),
        key="roadmap_part",
        width=320,
    )
    return chosen[first : first + step]

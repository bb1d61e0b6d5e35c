"""Arbitrages: choosing between good answers, with what each way costs and who comes and goes."""

from collections.abc import Callable, Mapping

import streamlit as st

from portfolio.plan import NoPlan, Plan
from services import bench, frontiers, risks, tradeoffs, triage
from services.bench import Answered
from services.frontiers import Against
from services.tradeoffs import Working
from views import risk, solving, tradeoff_charts, triage_charts
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.plan_words import PlanWords


def render(desk: Desk) -> None:
    """The scenario at the top; then one question at a time, worked out beside the page."""
    text = desk.text
    head = st.empty()
    with head.container():
        st.title(text("tradeoffs.title"), anchor=False)
    whole = solving.portfolio(desk)
    if whole is None:
        return
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="tradeoffs_bar")
    with bar:
        reference = solving.choose(desk, whole, "tradeoffs_which")
        is_moved = solving.is_moved(desk, reference, "tradeoffs_levers")
        asked = solving.adjusted(desk, reference) if is_moved else reference
    standing = solving.look(desk, asked, reference)
    solving.follow(desk, standing, asked)
    answered, words = standing.answered, PlanWords(desk, asked)
    if answered is None or standing.job is not None:
        with head.container():
            components.page_head(desk, text("tradeoffs.title"), text("scenarios.searching"))
        return
    with bar:
        components.badge(desk, answered.found.proof)
    if isinstance(answered.found, NoPlan) or answered.view is None:
        with head.container():
            components.page_head(desk, text("tradeoffs.title"), text("tradeoffs.answer_none"))
        solving.no_plan(desk, asked, answered.found)
        return
    section = _section(desk)
    with head.container():
        components.page_head(desk, text("tradeoffs.title"), text(f"tradeoffs.answer_{section}"))
    solving.leave(desk, "tradeoffs", bench.called(asked, answered.found))
    SECTIONS[section](words, answered.found, answered)


def _section(desk: Desk) -> str:
    text = desk.text
    return st.segmented_control(
        text("tradeoffs.section"),
        list(SECTIONS),
        default=next(iter(SECTIONS)),
        required=True,
        format_func=lambda name: text(f"tradeoffs.section_{name}"),
        key="tradeoffs_section",
    )


def _frontier(words: PlanWords, plan: Plan, answered: Answered) -> None:
    desk, text = words.desk, words.desk.text
    offered = frontiers.offered(words.asked.posed.question)
    against: Against = st.segmented_control(
        text("tradeoffs.frontier.against"),
        offered,
        default=offered[0],
        required=True,
        format_func=lambda name: text(f"tradeoffs.frontier.{name}"),
        key="tradeoffs_against",
    )
    found = frontiers.frontier(desk.jobs, words.asked, plan, answered.view, against, begin=True)
    _follow(desk, found, "frontier")
    if found.result is not None:
        tradeoff_charts.frontier(words, found.result)


def _prices(words: PlanWords, plan: Plan, answered: Answered) -> None:
    found = tradeoffs.prices(words.desk.jobs, words.asked, plan, begin=True)
    _follow(words.desk, found, "price")
    if found.result is not None:
        tradeoff_charts.prices(words, found.result)


def _near(words: PlanWords, plan: Plan, answered: Answered) -> None:
    found = tradeoffs.near(words.desk.jobs, words.asked, plan, begin=True)
    _follow(words.desk, found, "near")
    if found.result is not None:
        tradeoff_charts.near(words, answered.view, found.result)


def _triage(words: PlanWords, plan: Plan, answered: Answered) -> None:
    desk = words.desk
    if not triage.is_in_doubt(words.asked):
        components.empty_state(desk.text("tradeoffs.triage.no_ballot"))
        return
    if triage.is_left_open(words.asked):
        st.info(said(desk.text("tradeoffs.triage.left_open")))
    found = triage.triage(desk.jobs, words.asked, plan, begin=True)
    _follow(desk, found, "triage")
    if found.result is not None:
        triage_charts.triage(words, found.result)


def _bands(words: PlanWords, plan: Plan, answered: Answered) -> None:
    desk = words.desk
    if words.asked.scores.is_equal:
        components.empty_state(desk.text("tradeoffs.bands.no_score"))
        return
    found = triage.bands(desk.jobs, words.asked, plan, begin=True)
    _follow(desk, found, "bands")
    if found.result is not None:
        triage_charts.bands(words, found.result)


def _risk(words: PlanWords, plan: Plan, answered: Answered) -> None:
    past = risk.asks_past(words)
    if not (past or risks.is_in_doubt(words.asked)):
        risk.nothing(words)
        return
    found = risks.risks(words.desk.jobs, words.asked, plan, past, begin=True)
    _follow(words.desk, found, "risk")
    if found.result is not None:
        risk.show(words, found.result)


def _follow(desk: Desk, found: Working, name: str) -> None:
    solving.beside(desk, found, desk.text(f"tradeoffs.{name}.job"), name)


SECTIONS: Mapping[str, Callable[[PlanWords, Plan, Answered], None]] = {
    "frontier": _frontier,
    "prices": _prices,
    "near": _near,
    "triage": _triage,
    "bands": _bands,
    "risk": _risk,
}

"""Scenarios in a meeting: what was proposed beside the best plan, kept scenarios side by side."""

from functools import partial

import streamlit as st

from portfolio.plan import Plan
from services import bench, proposed, tabled, tradeoffs
from services.bench import Answered, Beside, Standing
from services.meetings import Room
from services.plan_view import PlanView
from services.proposed import Proposed
from services.scenarios import Asked
from views import meeting_asked, meeting_thawed, sentences, tradeoff_charts
from views.desk import Desk
from views.look import components
from views.look.components import Metric, plain, said
from views.meeting_parts import do, leads
from views.parts import small_table
from views.plan_words import PlanWords

SIDE_BY_SIDE = 5  # scenarios at first: what a wall holds
PICKED, PUT, REASON = (
    "meeting_scenarios_picked", "meeting_scenarios_put", "meeting_scenarios_reason",
)  # fmt: skip


def show(desk: Desk, room: Room) -> None:
    """What people proposed and imposed against the best plan; then the other scenarios beside."""
    found = meeting_asked.decided_on(desk, room)
    if found is None:
        return
    may, question = leads(desk, room), found.asked
    meeting_thawed.show(desk, room)
    if found.answered is None:
        best = meeting_asked.answered(desk, question, may)
    else:
        best = meeting_asked.planned(desk, question, found.answered)
    if best is not None and best[0].view is not None:
        _against(desk, question, *best, best[0].view, may)
    _others(desk, room, question, best[0] if best is not None else None, may)


def _against(
    desk: Desk, question: Asked, answered: Answered, plan: Plan, view: PlanView, may: bool
) -> None:
    """Everything proposed, what must be in whatever its worth, and what the best plan makes of it.

    Choices imposed are priced beside the page.
    """
    text, words = desk.text, PlanWords(desk, question)
    found = proposed.proposed(question.posed.question, view)
    title = question.scenario.title.in_(desk.language)
    st.header(said(text("meeting_scenarios.against", title=title)), anchor=False)
    with st.container(key="meeting_scenarios_answer"):
        st.markdown(said(sentences.answer(text, question.posed.question, answered.found)))
    components.badge(desk, plan.proof)
    components.metric_row(_metrics(desk, found, view))
    _mandatory(words, found)
    if not found.imposed:
        st.markdown(said(text("tradeoffs.price.imposed_none")))
        return
    priced = tradeoffs.prices(desk.jobs, question, plan, begin=True)
    meeting_asked.beside(desk, priced, text("tradeoffs.price.job"), "price", may)
    if priced.result is not None and (priced.result.prices or priced.result.is_complete):
        tradeoff_charts.imposed(words, priced.result)
    else:
        _unpriced(words, found)


def _metrics(desk: Desk, found: Proposed, view: PlanView) -> list[Metric]:
    text, totals = desk.text, view.totals
    counts = (
        ("asked", len(found.asked.projects), found.asked.cost),
        ("bound", len(found.bound.projects), found.bound.cost),
        ("taken", totals.chosen, totals.cost),
    )
    figures = [
        Metric(
            text(f"meeting_scenarios.{name}", n=n), desk.money(cost, compact=True),
            help=text(f"meeting_scenarios.{name}_help"),
        )
        for name, n, cost in counts
    ]
    available = desk.money(found.available, compact=True)
    return [*figures, Metric(text("meeting_scenarios.available"), available)]


def _mandatory(words: PlanWords, found: Proposed) -> None:
    if not found.mandatory:
        return
    told = words.desk.text("meeting_scenarios.mandatory", n=len(found.mandatory))
    with st.expander(told):
        st.markdown("\n".join(f"- {plain(words.project(code))}" for code in found.mandatory))


def _unpriced(words: PlanWords, found: Proposed) -> None:
    """The choices imposed, with their reasons, while their prices are worked out."""
    text = words.desk.text
    st.header(text("tradeoffs.price.imposed"), anchor=False)
    for one in found.imposed:
        rule = words.limit(("force-in" if one.chosen else "force-out", one.project))
        st.markdown(f"**{plain(f'{rule} · {words.title(one.project)}')}**")
        given = text("tradeoffs.price.reason", reason=one.reason) if one.reason else ""
        st.caption(plain(given or text("tradeoffs.price.reason_none")))


def _others(
    desk: Desk, room: Room, question: Asked, answered: Answered | None, may: bool
) -> None:
    """The kept scenarios side by side, against the one that is put to the committee."""
    text = desk.text
    kept = {s.code: s for s in question.registry.scenarios if s.code != question.scenario.code}
    st.header(text("meeting_scenarios.beside"), anchor=False)
    if not kept:
        st.markdown(said(text("meeting_scenarios.only_one")))
        components.page_link(desk, "scenarios", text("meeting_scenarios.to_scenarios"))
        return
    picked = list(kept)[: SIDE_BY_SIDE - 1]
    if not desk.projection:
        picked = st.multiselect(
            text("meeting_scenarios.which"), list(kept), default=picked, key=PICKED,
            format_func=lambda code: kept[code].title.in_(desk.language),
            placeholder=text("scenarios.choose"),
        )  # fmt: skip
    own = Beside(question.scenario, Standing(answered))
    beside = bench.beside(desk.jobs, question, own.view, [kept[code] for code in picked])
    _table(desk, question, (own, *beside))
    _searching(desk, beside)
    if may:
        _choose(desk, room, question)


def _table(desk: Desk, question: Asked, every: tuple[Beside, ...]) -> None:
    text, words = desk.text, PlanWords(desk, question)
    names = ("scenario", "value", "cost", "debt", "chosen", "enters", "leaves", "proof")
    head = [text(f"meeting_scenarios.{name}") for name in names]
    rows = [_row(words, question, one) for one in every]
    small_table(head, rows, name=text("meeting_scenarios.beside"))


def _row(words: PlanWords, question: Asked, one: Beside) -> tuple[str, ...]:
    """Its figures, each with what it changes; where there is no plan, why."""
    desk, text = words.desk, words.desk.text
    title = one.scenario.title.in_(desk.language)
    is_put = one.scenario.code == question.scenario.code
    name = text("meeting_scenarios.put", title=title) if is_put else title
    if one.view is None:
        return name, _state(desk, one), *[""] * 5, _proof(desk, one)
    totals, change = one.view.totals, one.change
    compact = {"compact": True}
    moved = change is not None and not is_put
    shown = (
        _with(desk.number(round(totals.value, 1)), _value(desk, one) if moved else ""),
        _with(
            desk.money(totals.cost, **compact),
            desk.money(change.cost, signed=True, **compact) if moved and change else "",
        ),
        _with(
            desk.money(totals.debt, **compact),
            desk.money(change.debt, signed=True, **compact) if moved and change else "",
        ),
    )
    ways = [words.codes(way) for way in (change.enters, change.leaves)] if change else ["", ""]
    return name, *shown, str(totals.chosen), *ways, _proof(desk, one)


def _with(figure: str, moved: str) -> str:
    """« 1 942 (+12) »."""
    return f"{figure} ({moved})" if moved else figure


def _value(desk: Desk, one: Beside) -> str:
    return desk.number(round(one.change.value, 1), signed=True) if one.change else ""


def _state(desk: Desk, one: Beside) -> str:
    if one.refused is not None:
        return desk.refusal(one.refused)
    answered = one.standing.answered if one.standing is not None else None
    return desk.text("scenarios.searching" if answered is None else "meeting_scenarios.no_plan")


def _proof(desk: Desk, one: Beside) -> str:
    answered = one.standing.answered if one.standing is not None else None
    return sentences.proof_words(desk.text, answered.found.proof) if answered else ""


def _searching(desk: Desk, every: tuple[Beside, ...]) -> None:
    """The first of those still looked for, followed: the page is run again when it is there."""
    for one in every:
        if one.standing is not None and one.standing.job is not None:
            title = one.scenario.title.in_(desk.language)
            line = desk.text("meeting_scenarios.searching", title=title)
            meeting_asked.follow(desk, one.standing.job, line)
            return


def _choose(desk: Desk, room: Room, question: Asked) -> None:
    """The chair puts another scenario to the committee; what was frozen is frozen anew with it."""
    text = desk.text
    titles = {s.code: s.title.in_(desk.language) for s in question.registry.scenarios}
    codes = [code for code in titles if code != room.meeting.scenario]
    with st.container(
        border=True, horizontal=True, vertical_alignment="bottom", key="meeting_scenarios_lead"
    ):
        code = st.selectbox(
            text("meeting_scenarios.put_which"), codes, format_func=titles.__getitem__,
            key=PUT, width=440,
        )  # fmt: skip
        if room.freeze is not None:
            st.text_input(text("meeting_scenarios.reason"), key=REASON, width=440)
        components.confirm(
            desk, key="meeting_scenarios_choose", label=text("meeting_scenarios.put_do"),
            question=_question(desk, room, titles[code]),
            act=partial(_put, desk, room, code),
        )  # fmt: skip


def _question(desk: Desk, room: Room, title: str) -> str:
    text = desk.text
    asked = text("meeting_scenarios.put_question", title=title)
    return f"{asked} {text('meeting_scenarios.frozen')}" if room.freeze is not None else asked


def _put(desk: Desk, room: Room, code: str) -> None:
    number, reason = room.meeting.number, st.session_state.get(REASON, "")
    act = partial(
        tabled.put_scenario, desk.store, desk.person, desk.cycle, number, code, reason
    )
    do(desk, act, desk.text("meeting_scenarios.put_done"))

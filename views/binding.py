"""What stops one project more, and what more of each limit would bring: exact, when asked."""

import streamlit as st

from portfolio.plan import Plan
from services import tradeoffs
from services.plan_view import Binding, PlanView
from services.tradeoffs import MORE, Gain, More, Working
from views import solving
from views.look.components import said
from views.plan_words import PlanWords
from views.why_words import figure


def show(words: PlanWords, plan: Plan, view: PlanView) -> None:
    """The limits that keep projects out, the one that keeps out most of them first."""
    text = words.desk.text
    st.header(text("scenarios.binding"), anchor=False)
    if not view.binding:
        st.markdown(text("scenarios.binding_none"))
        return
    st.caption(text("scenarios.binding_help"))
    for at, bound in enumerate(view.binding):
        _bound(words, plan, bound, at)


def _bound(words: PlanWords, plan: Plan, bound: Binding, at: int) -> None:
    desk = words.desk
    if not tradeoffs.may_ask_more(bound):
        st.markdown(f"- {words.binding(bound)}")
        return
    found = tradeoffs.more(desk.jobs, words.asked, plan, bound)
    kind = bound.label[0]
    told, ask = st.columns([5, 1.5], vertical_alignment="center")
    told.markdown(f"- {words.binding(bound)}")
    if found.result is None and found.job is None:
        ask.button(
            desk.text(f"scenarios.more_ask_{kind}", n=MORE[kind]),
            key=f"binding_more_{at}",
            on_click=_ask,
            args=(words, plan, bound),
            width="stretch",
        )
    if found.job is not None:
        line = desk.text("scenarios.more_job", more=_much(words, kind, MORE[kind]), n=MORE[kind])
        solving.alongside(desk, found.job, line, f"more_{at}")
    elif found.result is not None:
        _told(words, found, at)


def _ask(words: PlanWords, plan: Plan, bound: Binding) -> None:
    tradeoffs.more(words.desk.jobs, words.asked, plan, bound, begin=True)


def _told(words: PlanWords, found: Working[More], at: int) -> None:
    """What it brings, in a sentence; and the way to take it up again when it was stopped."""
    desk, more = words.desk, found.result
    assert more is not None  # it was found
    with st.container(horizontal=True, vertical_alignment="center", key=f"binding_told_{at}"):
        st.markdown(f":material/arrow_right: {said(sentence(words, more))}", width="stretch")
        if found.is_cut:
            st.button(
                desk.text("scenarios.again"),
                key=f"binding_again_{at}",
                on_click=tradeoffs.again,
                args=(desk.jobs, found.name),
            )


def sentence(words: PlanWords, more: More) -> str:
    """« 100 k$ de plus rapporteraient +4,1 points (entre : P17). »"""
    text = words.desk.text
    much = {"more": _much(words, more.kind, more.asked), "n": more.asked}
    if not more.steps:
        return text(f"scenarios.more_{'none' if more.is_complete else 'unknown'}", **much)
    key = "scenarios.more_gain" if more.is_complete else "scenarios.more_gain_least"
    last, first = more.steps[-1], more.steps[0]
    told = text(key, **much, **_gained(words, more, last))
    if len(more.steps) == 1 and first.more >= more.asked:
        return told
    amount = _much(words, more.kind, first.more)
    return f"{told} {text('scenarios.more_first', more=amount, **_gained(words, more, first))}"


def _gained(words: PlanWords, more: More, gain: Gain) -> dict[str, str]:
    text, amount = words.desk.text, figure(gain.gained, more.unit)
    parts = [
        text(f"scenarios.more_{way}", n=len(codes), codes=words.codes(codes))
        for way, codes in (("enters", gain.enters), ("leaves", gain.leaves))
        if codes
    ]
    who = text("scenarios.join").join(parts or [text("scenarios.more_moves")])
    return {
        "gained": text(f"scenarios.more_{more.unit}", n=amount, count=amount),
        "who": text("scenarios.more_who", parts=who),
    }


def _much(words: PlanWords, kind: str, amount: float) -> str:
    shown = amount if kind == "envelope" else round(amount, 1)
    return words.desk.text(f"scenarios.more_{kind}", n=shown)

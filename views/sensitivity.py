"""Sensibilité: does the result hold if our weights or our evaluators change?"""

from collections.abc import Callable, Mapping

import streamlit as st

from portfolio.plan import NoPlan, Plan
from services import bench, removals, sensitivity, triage
from services.removals import Removals
from services.tradeoffs import Working
from services.triage import Bands
from views import (
    sensitivity_opinions,
    sensitivity_places,
    sensitivity_removals,
    sensitivity_tornado,
    solving,
    triage_charts,
)
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.plan_words import PlanWords


def render(desk: Desk) -> None:
    """The scenario at the top; the answer; then one way of changing things at a time."""
    text = desk.text
    head = st.empty()
    with head.container():
        st.title(text("sensitivity.title"), anchor=False)
    whole = solving.portfolio(desk)
    if whole is None:
        return
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="sensitivity_bar")
    with bar:
        reference = solving.choose(desk, whole, "sensitivity_which")
        is_moved = solving.is_moved(desk, reference, "sensitivity_levers")
        asked = solving.adjusted(desk, reference) if is_moved else reference
    standing = solving.look(desk, asked, reference)
    solving.follow(desk, standing, asked)
    answered, words = standing.answered, PlanWords(desk, asked)
    if answered is None or standing.job is not None:
        _head(desk, head, text("scenarios.searching"))
        return
    with bar:
        components.badge(desk, answered.found.proof)
    if isinstance(answered.found, NoPlan):
        _head(desk, head, text("sensitivity.answer_none"))
        solving.no_plan(desk, asked, answered.found)
    elif asked.scores.is_equal or not removals.cases(asked):
        _head(desk, head, text("sensitivity.answer_equal"))
    else:
        _tested(words, head, answered.found)


def _head(desk: Desk, head: st.delta_generator.DeltaGenerator, answer: str) -> None:
    with head.container():
        components.page_head(desk, desk.text("sensitivity.title"), answer)


def _tested(words: PlanWords, head: st.delta_generator.DeltaGenerator, plan: Plan) -> None:
    """Removals and bands are looked for at once: together they are the answer."""
    desk = words.desk
    solving.leave(desk, "sensitivity", bench.called(words.asked, plan))
    without = removals.removals(desk.jobs, words.asked, plan, begin=True)
    bands = triage.bands(desk.jobs, words.asked, plan, begin=True)
    _head(desk, head, _answer(words, without, bands))
    if plan.proof.status != "optimal":
        st.caption(said(desk.text("sensitivity.unproved")))
    SECTIONS[_section(desk)](words, plan)


def _answer(words: PlanWords, without: Working[Removals], bands: Working[Bands]) -> str:
    """One sentence on evaluators and criteria; one on the most sensitive weight, once proved."""
    text, found = words.desk.text, without.result
    if found is None:
        told = text("sensitivity.answer_working")
    elif not found.is_complete:
        told = text("sensitivity.answer_cut")
    else:
        told = _held(words, found)
    known = bands.result
    narrowest = known.narrowest if known is not None and known.is_complete else None
    if narrowest is None:
        return told
    facts = {"low": narrowest.low, "high": narrowest.high, "weight": narrowest.weight}
    name = _name(words, narrowest.criterion)
    return f"{told} {text('sensitivity.answer_band', name=name, **facts)}"


def _held(words: PlanWords, found: Removals) -> str:
    """Criteria are named where they are few; people never are, at the top of a page."""
    text = words.desk.text
    people, criteria = found.moving("evaluator"), found.moving("criterion")
    of, out_of = len(found.of("evaluator")), len(found.of("criterion"))
    moving = []
    if people:
        moving.append(text("sensitivity.answer_people", n=len(people), of=of))
    if criteria:
        moving.append(_criteria(words, [one.code for one in criteria], out_of))
    if len(moving) == 2:
        moving = [text("sensitivity.answer_or", one=moving[0], other=moving[1])]
    if moving:
        return text("sensitivity.answer_moves", who=moving[0])
    key = "answer_holds" if of else "answer_holds_criteria"
    return text(f"sensitivity.{key}", people=of, criteria=out_of)


def _criteria(words: PlanWords, keys: list[str], of: int) -> str:
    text, named = words.desk.text, [_name(words, key) for key in keys[:2]]
    if len(keys) == 1:
        return text("sensitivity.answer_named", name=named[0])
    if len(keys) == 2:
        return text("sensitivity.answer_two", name=named[0], other=named[1])
    return text("sensitivity.answer_criteria", n=len(keys), of=of)


def _name(words: PlanWords, key: str) -> str:
    """The criterion, its number kept on the line of its title."""
    return words.criterion(key).replace(" · ", "\u00a0·\u00a0")


def _section(desk: Desk) -> str:
    text = desk.text
    return st.segmented_control(
        text("sensitivity.section"),
        list(SECTIONS),
        default=next(iter(SECTIONS)),
        required=True,
        format_func=lambda name: text(f"sensitivity.section_{name}"),
        key="sensitivity_section",
    )


def _removals(words: PlanWords, plan: Plan) -> None:
    found = removals.removals(words.desk.jobs, words.asked, plan)
    _follow(words.desk, found, "sensitivity.removal", "removals")
    if found.result is not None:
        sensitivity_removals.show(words, found.result)


def _bands(words: PlanWords, plan: Plan) -> None:
    found = triage.bands(words.desk.jobs, words.asked, plan)
    _follow(words.desk, found, "tradeoffs.bands", "bands")
    if found.result is not None:
        triage_charts.bands(words, found.result)


def _places(words: PlanWords, plan: Plan) -> None:
    desk, text = words.desk, words.desk.text
    which = st.segmented_control(
        text("sensitivity.place.asked"),
        ("weights", "ratings"),
        default="weights",
        required=True,
        format_func=lambda name: text(f"sensitivity.place.{name}"),
        key="sensitivity_varies",
    )
    found = sensitivity.places(desk.jobs, words.asked, plan, which == "ratings", begin=True)
    _follow(desk, found, "sensitivity.place", "places")
    if found.result is not None:
        sensitivity_places.show(words, found.result)


def _tornado(words: PlanWords, _: Plan) -> None:
    sensitivity_tornado.show(words)


def _opinions(words: PlanWords, plan: Plan) -> None:
    sensitivity_opinions.show(words, sensitivity.second_opinions(words.asked, plan))


def _follow(desk: Desk, found: Working, work: str, key: str) -> None:
    solving.beside(desk, found, desk.text(f"{work}.job"), key)


SECTIONS: Mapping[str, Callable[[PlanWords, Plan], None]] = {
    "removals": _removals,
    "bands": _bands,
    "places": _places,
    "tornado": _tornado,
    "opinions": _opinions,
}

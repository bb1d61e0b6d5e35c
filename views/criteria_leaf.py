"""The fields of one criterion of a draft, in both languages side by side, with its value drawn."""

import streamlit as st

from portfolio import tree
from portfolio.criterion import Criterion, Direction, Framework
from scoring.measures import MEASURES
from views import criteria_curve
from views.criteria_draft import Draft, Put, watched
from views.criteria_words import corners_typed, exact, named, parse_corners
from views.desk import Desk
from views.format import parse_number
from views.look import components
from views.look.components import plain, said

LANGUAGES = ("fr", "en")


def show(desk: Desk, draft: Draft) -> None:
    """Every field of the chosen criterion; each is saved as soon as it changes."""
    text, key = desk.text, draft.chosen
    now = draft.framework.criterion(key)
    st.header(plain(named(desk, now)), anchor=False)
    is_leaf = not draft.framework.children(key)
    st.caption(said(text("framework.leaf" if is_leaf else "framework.branch", code=plain(key))))
    _words(desk, draft, "title", area=False)
    if is_leaf:
        _words(desk, draft, "question", area=True)
    _weight(desk, draft)
    if not is_leaf:
        return
    _way(desk, draft)
    if not now.measure:
        st.subheader(text("criteria.levels"), anchor=False)
        for level in range(draft.framework.scale.low, draft.framework.scale.high + 1):
            _sentence(desk, draft, level)
    _value(desk, draft, now)


def _started(draft: Draft) -> Criterion:
    """The criterion as its fields were filled."""
    return draft.started.criterion(draft.chosen)


def _words(desk: Desk, draft: Draft, name: str, *, area: bool) -> None:
    """A title or a question, in both languages."""
    for column, language in zip(st.columns(2), LANGUAGES, strict=True):
        with column:
            words = getattr(_started(draft), name)
            start = words.fr if language == "fr" else words.en
            _typed(desk, draft, f"{name}_{language}", start, area=area, put=_put_words(
                draft.chosen, name, language))  # fmt: skip


def _put_words(key: str, name: str, language: str) -> Put:
    return lambda f, typed: tree.put_words(f, key, name, language, typed.strip())


def _typed(desk: Desk, draft: Draft, name: str, start: str, *, area: bool, put: Put) -> None:
    label = desk.text(f"framework.field.{name}")
    watch = watched(desk, draft, name, put)
    if area:
        st.text_area(label, start, height="content", **watch)
    else:
        st.text_input(label, start, **watch)
    _fault(desk, draft, name)


def _fault(desk: Desk, draft: Draft, name: str) -> None:
    if name in draft.faults:
        components.error(desk, draft.faults[name])


def _weight(desk: Desk, draft: Draft) -> None:
    text, key = desk.text, draft.chosen

    def put(framework: Framework, typed: str) -> Framework:
        number = parse_number(typed, desk.language, text("framework.field.weight"))
        return tree.put(framework, key, weight=float(number))

    start = exact(_started(draft).weight, desk.language)
    left, right = st.columns(2)
    with left:
        st.text_input(
            text("framework.field.weight"), start, help=text("framework.weight_help"),
            **watched(desk, draft, "weight", put),
        )
        _fault(desk, draft, "weight")
    if draft.framework.children(key):
        return
    with right:
        directions = list(Direction)
        st.radio(
            text("framework.field.direction"), directions, horizontal=True,
            index=directions.index(_started(draft).direction),
            format_func=lambda one: text(f"framework.direction.{one}"),
            **watched(desk, draft, "direction", lambda f, d: tree.put(f, key, direction=d)),
        )


def _way(desk: Desk, draft: Draft) -> None:
    """Rated on the scale by people, or measured: its references then start anew."""
    text, key = desk.text, draft.chosen
    ways = ["", *MEASURES]
    start = _started(draft).measure
    if start not in ways:
        ways.append(start)

    def put(framework: Framework, measure: str) -> Framework:
        is_same = framework.criterion(key).measure == measure
        fresh = {} if is_same else {"references": ()}
        return tree.put(framework, key, measure=measure, **fresh)

    def word(way: str) -> str:
        name = f"framework.way.{way}" if way else "framework.way.rated"
        return text(name) if text.has(name) else way

    st.selectbox(
        text("framework.field.way"), ways, index=ways.index(start), format_func=word,
        help=text("framework.way_help"), **watched(desk, draft, "way", put),
    )


def _sentence(desk: Desk, draft: Draft, level: int) -> None:
    """What one level asks, in both languages."""
    low = draft.framework.scale.low
    for column, language in zip(st.columns(2), LANGUAGES, strict=True):
        sentences = _started(draft).levels.in_(language)
        at = level - low
        name = f"level_{level}_{language}"
        put = _put_sentence(draft.chosen, language, at)
        with column:
            st.text_area(
                desk.text(f"framework.sentence_{language}", level=level),
                sentences[at] if at < len(sentences) else "",
                height="content",
                **watched(desk, draft, name, put),
            )


def _put_sentence(key: str, language: str, at: int) -> Put:
    return lambda f, typed: tree.put_sentence(f, key, language, at, typed.strip())


def _value(desk: Desk, draft: Draft, now: Criterion) -> None:
    """The points of the value function, as text; the function they give, drawn at once."""
    text, key = desk.text, draft.chosen
    st.subheader(text("framework.value"), anchor=False)
    unit = criteria_curve.unit_of(desk, now)

    def put(framework: Framework, typed: str) -> Framework:
        return tree.put(framework, key, references=parse_corners(typed, desk.language))

    typed, drawn = st.columns([2, 3], gap="large")
    with typed:
        is_fresh = _started(draft).measure == now.measure
        start = corners_typed(_started(draft).references, desk.language) if is_fresh else ""
        name = f"references_{now.measure}"  # filled anew when it is measured another way
        st.text_area(
            text("framework.references", unit=unit), start, height="content",
            help=text("framework.references_help"), **watched(desk, draft, name, put),
        )
        _fault(desk, draft, name)
        empty = "references_none" if now.measure else "references_straight"
        if not now.references:
            st.caption(said(text(f"framework.{empty}")))
    with drawn:
        if now.references or not now.measure:
            criteria_curve.show(desk, draft.framework, now, "criteria_drawn")

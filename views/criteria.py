"""Criteria: what the city values, on which scale, with what weight."""

from collections.abc import Mapping

import altair as alt
import streamlit as st

from portfolio.criterion import Criterion, Framework
from portfolio.person import Role
from portfolio.words import Bilingual
from services import cycles, scores
from views import criteria_curve, criteria_editor
from views.criteria_words import named
from views.desk import Desk
from views.look import charts, components, tokens
from views.look.charts import Spec
from views.look.components import plain, said
from views.look.tables import Column
from views.parts import group_words, shortened, small_table

OTHER = {"fr": "en", "en": "fr"}


def render(desk: Desk) -> None:
    """The framework of the cycle, to read; for administrators, the editor beside it."""
    if not desk.cycle:
        components.page_head(desk, desk.text("criteria.title"), desk.text("criteria.empty"))
        components.page_link(desk, "imports", desk.text("home.empty_import"))
        return
    framework = scores.framework(desk.store, desk.person, desk.cycle)
    points = scores.points_of(cycles.registry(desk.store, desk.person, desk.cycle))
    shares = scores.weights(framework, points)
    components.page_head(desk, desk.text("criteria.title"), _answer(desk, framework, shares))
    if desk.has(Role.ADMINISTRATOR) and _view(desk) == "edit":
        criteria_editor.show(desk, lambda f: _read(desk, f, scores.weights(f), is_voted=False))
    else:
        _read(desk, framework, shares, is_voted=points is not None)


def _view(desk: Desk) -> str:
    """To read, or to edit."""
    view: str = st.segmented_control(
        desk.text("criteria.view"),
        ("read", "edit"),
        default="read",
        required=True,
        format_func=lambda name: desk.text(f"criteria.view_{name}"),
        key="criteria_view",
        label_visibility="collapsed",
    )
    return view


def _read(
    desk: Desk, framework: Framework, shares: Mapping[str, float], *, is_voted: bool
) -> None:
    """Tree, scales, grids and questions."""
    if not is_voted:
        st.warning(said(_note(desk, framework)), icon=":material/how_to_vote:")
    _weights(desk, framework, shares)
    _tree(desk, framework, shares)
    _questions(desk, framework)
    _grids(desk, framework)
    st.caption(said(_source(desk, framework)))


def _answer(desk: Desk, framework: Framework, shares: Mapping[str, float]) -> str:
    heaviest = max(framework.children(""), key=lambda c: shares[c.key])
    return desk.text(
        "criteria.answer",
        n=len(framework.leaves),
        branches=len(framework.children("")),
        heaviest=heaviest.title.in_(desk.language),
        share=shares[heaviest.key],
    )


def _note(desk: Desk, framework: Framework) -> str:
    note = framework.weights_note.in_(desk.language)
    return f"**{desk.text('criteria.to_vote')}** {note}"


def _source(desk: Desk, framework: Framework) -> str:
    title, version = framework.title.in_(desk.language), framework.version
    said_ = desk.text("criteria.source", framework=title, version=version)
    return f"{said_} {framework.source.in_(desk.language)}"


def _weights(desk: Desk, framework: Framework, shares: Mapping[str, float]) -> None:
    """The weight of every leaf, under its branch."""
    text = desk.text
    rows = []
    for leaf in framework.leaves:
        branch = list(framework.path(leaf.key))[-1]
        row = {"branch": named(desk, branch), "criterion": named(desk, leaf)}
        rows.append(row | {"weight": shares[leaf.key]})
    columns = (
        Column("branch", text("criteria.branch"), width="large"),
        Column("criterion", text("criteria.criterion"), width="large"),
        Column("weight", text("criteria.weight"), "percent"),
    )
    heaviest = max(rows, key=lambda row: row["weight"])
    charts.chart(
        desk,
        _bars(desk, rows, columns),
        title=text("criteria.weights_title", criterion=heaviest["criterion"]),
        sentence=text("criteria.weights_sentence", share=heaviest["weight"]),
        rows=rows,
        columns=columns,
        key="criteria_weights",
    )


def _bars(desk: Desk, rows: list[dict[str, object]], columns: tuple[Column, ...]) -> Spec:
    """One bar a leaf, in the order of the tree, with its weight written at its end."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    branch, criterion, weight = columns
    drawn = [
        row | {"label": shortened(str(row["criterion"])), "shown": desk.percent(row["weight"])}
        for row in rows
    ]
    room = alt.Scale(domain=[0, 1.1 * max(row["weight"] for row in rows)])  # for the figures
    percents = alt.Axis(format=".0%", tickCount=5)
    lines = alt.Axis(labelLimit=0)
    base = alt.Chart(alt.Data(values=drawn)).encode(
        x=alt.X("weight:Q", title=weight.label, axis=percents, scale=room),
        y=alt.Y("label:N", title=None, sort=None, axis=lines),
        tooltip=[
            alt.Tooltip("branch:N", title=branch.label),
            alt.Tooltip("criterion:N", title=criterion.label),
            alt.Tooltip("shown:N", title=weight.label),
        ],
    )
    bars = base.mark_bar(color=tone.accent, height={"band": 0.6})
    figures = base.mark_text(align="left", dx=4).encode(text="shown:N")
    return (bars + figures).properties(height=(len(rows) + 1) * size.row)


def _tree(desk: Desk, framework: Framework, shares: Mapping[str, float]) -> None:
    """Every branch with its leaves; a leaf opens on its question and its five sentences."""
    text = desk.text
    st.header(text("criteria.tree"), anchor=False)
    st.markdown(said(text("criteria.tree_help")))
    both = st.toggle(text(f"criteria.both_{OTHER[desk.language]}"), key="criteria_both")
    for branch in framework.children(""):
        title = text("criteria.weighted", title=named(desk, branch), share=shares[branch.key])
        st.subheader(said(title), anchor=False)
        for leaf in _leaves_under(framework, branch):
            label = text("criteria.weighted", title=named(desk, leaf), share=shares[leaf.key])
            with st.expander(plain(label)):
                _leaf(desk, framework, leaf, both)


def _leaves_under(framework: Framework, branch: Criterion) -> list[Criterion]:
    return [leaf for leaf in framework.leaves if branch in tuple(framework.path(leaf.key))]


def _leaf(desk: Desk, framework: Framework, leaf: Criterion, both: bool) -> None:
    text = desk.text
    languages = (desk.language, OTHER[desk.language]) if both else (desk.language,)
    for language in languages:
        if leaf.question.in_(language):
            st.markdown(f"**{plain(leaf.question.in_(language))}**")
    if leaf.measure:
        st.markdown(said(text(f"criteria.measure.{leaf.measure}")))
        key = f"criteria_curve_{leaf.key.replace('.', '_')}"
        criteria_curve.show(desk, framework, leaf, key)
    if leaf.levels.fr:
        _levels(desk, framework, leaf, languages)


def _levels(
    desk: Desk, framework: Framework, leaf: Criterion, languages: tuple[str, ...]
) -> None:
    """The sentence of each level and what it is worth; the other language beside it."""
    text = desk.text
    head = [text("criteria.level"), *(text(f"criteria.in_{language}") for language in languages)]
    sentences = zip(*(leaf.levels.in_(language) for language in languages), strict=True)
    if leaf.measure:
        rows = [(str(at), *each) for at, each in enumerate(sentences)]
    else:
        head.append(text("criteria.worth"))
        worths = scores.worths(framework, leaf)
        rows = [
            (str(at), *each, desk.percent(worth))
            for at, (each, worth) in enumerate(zip(sentences, worths, strict=True))
        ]
    small_table(head, rows, name=text("criteria.levels"))


def _questions(desk: Desk, framework: Framework) -> None:
    """The questions every proposal answers, kept as a gate beside the scores."""
    if not framework.questions:
        return
    st.header(desk.text("criteria.questions"), anchor=False)
    st.markdown(said(desk.text("criteria.questions_help")))
    for group in dict.fromkeys(question.group for question in framework.questions):
        st.subheader(group_words(desk, group), anchor=False)
        for question in (q for q in framework.questions if q.group == group):
            with st.expander(plain(question.title.in_(desk.language))):
                st.markdown(plain(question.help.in_(desk.language)))
                choices = (choice.in_(desk.language) for choice in question.answers)
                st.markdown("\n".join(f"- {plain(choice)}" for choice in choices))


def _grids(desk: Desk, framework: Framework) -> None:
    """The tagging grids: the assise, and the plan's priorities with what is not yet verified."""
    text = desk.text
    if framework.assise:
        st.header(text("criteria.assise"), anchor=False)
        st.markdown(said(text("criteria.assise_help")))
        st.markdown("\n".join(f"- {plain(m.title.in_(desk.language))}" for m in framework.assise))
    if not framework.priorities:
        return
    st.header(text("criteria.priorities"), anchor=False)
    unverified = sum(not priority.verified for priority in framework.priorities)
    told = text("criteria.priorities_help", n=unverified, of=len(framework.priorities))
    st.markdown(said(told))
    titles = {mark.key: mark.title for mark in framework.orientations}
    head = ("number", "orientation", "priority", "verified")
    rows = [
        (
            str(priority.number),
            _in(desk, titles.get(priority.orientation), priority.orientation),
            _in(desk, priority.title, "") or text("criteria.blank"),
            text("parts.yes" if priority.verified else "parts.no"),
        )
        for priority in framework.priorities
    ]
    small_table([text(f"criteria.{h}") for h in head], rows, name=text("criteria.priorities"))


def _in(desk: Desk, words: Bilingual | None, otherwise: str) -> str:
    return otherwise if words is None else words.in_(desk.language)

"""A project's value card: what each criterion adds, and what each evaluator wrote."""

import altair as alt
import streamlit as st

from portfolio.evaluation import Evaluation
from portfolio.project import Project
from portfolio.registry import Registry
from services import scores
from services.scores import Card, Line
from views.desk import Desk
from views.look import tokens
from views.look.charts import Spec, chart
from views.look.components import Metric, metric_row, plain, said
from views.look.tables import Column
from views.parts import shortened, small_table


def show(desk: Desk, registry: Registry, project: Project, known: Card | None = None) -> None:
    """Show where the project's points come from; ``known`` when it was read already."""
    card = known or scores.card(desk.store, desk.person, desk.cycle, project.code)
    text, valued = desk.text, card.valued
    if not card.lines:
        st.header(text("proposals.card"), anchor=False)
        given = valued.points
        key = "card_none" if given is None else "card_given"
        st.markdown(said(text(f"proposals.{key}", points=given or 0.0)))
        return
    _bars(desk, card)
    _figures(desk, card)
    people = {person.code: person.name for person in registry.people}
    st.subheader(text("proposals.by_criterion"), anchor=False)
    for line in card.lines:
        _criterion(desk, line, people)


def _figures(desk: Desk, card: Card) -> None:
    text, valued = desk.text, card.valued
    error = text("parts.not_given")
    if valued.error is not None:
        error = text("proposals.give_or_take", n=round(valued.error, 1))
    points = desk.number(valued.points or 0.0, decimals=1)
    coverage = desk.percent(valued.coverage)
    metric_row(
        (
            Metric(text("proposals.value"), points, help=text("proposals.value_help")),
            Metric(text("proposals.spread"), error, help=text("proposals.spread_help")),
            Metric(text("proposals.coverage"), coverage, help=text("proposals.coverage_help")),
        )
    )


def _bars(desk: Desk, card: Card) -> None:
    text = desk.text
    known = [line for line in card.lines if line.part.value is not None]
    best = max(known, key=lambda line: line.part.points)
    rows = [_row(desk, line) for line in card.lines]
    columns = (
        Column("criterion", text("proposals.criterion"), width="large"),
        Column("weight", text("proposals.weight"), "percent"),
        Column("level", text("proposals.level"), "number"),
        Column("points", text("proposals.points"), "number"),
        Column("most", text("proposals.most"), "number", text("proposals.most_help")),
        Column("spread", text("proposals.spread_value"), "percent"),
        Column("raters", text("proposals.raters"), "number"),
    )
    best_title = best.criterion.title.in_(desk.language)
    chart(
        desk,
        _spec(desk, rows, columns),
        title=text("proposals.card_title", points=round(card.valued.points or 0.0, 1)),
        sentence=text(
            "proposals.card_sentence",
            best=best_title,
            points=round(best.part.points, 1),
            known=len(known),
            n=len(card.lines),
        ),
        rows=rows,
        columns=columns,
        key="proposals_card",
    )


def _row(desk: Desk, line: Line) -> dict[str, object]:
    part = line.part
    return {
        "criterion": _titled(desk, line),
        "weight": part.weight,
        "level": part.level,
        "points": part.points,
        "most": line.most,
        "spread": part.spread,
        "raters": part.raters,
    }


def _titled(desk: Desk, line: Line) -> str:
    key = line.criterion.key
    title = line.criterion.title.in_(desk.language)
    return f"{key} {title}" if key[:1].isdigit() else title


def _spec(desk: Desk, rows: list[dict[str, object]], columns: tuple[Column, ...]) -> Spec:
    """The points reached, over the points the criterion could bring."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    named = {column.field: column for column in columns}
    tips = [
        alt.Tooltip("criterion:N", title=named["criterion"].label),
        alt.Tooltip("points:Q", title=named["points"].label, format=",.1f"),
        alt.Tooltip("most:Q", title=named["most"].label, format=",.1f"),
    ]
    drawn = [row | {"label": shortened(str(row["criterion"]))} for row in rows]
    lines = alt.Axis(labelLimit=0)
    base = alt.Chart(alt.Data(values=drawn)).encode(
        y=alt.Y("label:N", title=None, sort=None, axis=lines), tooltip=tips
    )
    whole = alt.Axis(format="d", tickMinStep=1)
    axis = alt.X("most:Q", title=named["points"].label, axis=whole)
    room = base.mark_bar(color=tone.line, height={"band": 0.8}).encode(x=axis)
    reached = base.mark_bar(color=tone.accent, height={"band": 0.45}).encode(x="points:Q")
    return (room + reached).properties(height=len(rows) * size.row)


def _criterion(desk: Desk, line: Line, people: dict[str, str]) -> None:
    """One criterion, folded: its figures in the label, its sentence and opinions inside."""
    text, part = desk.text, line.part
    key = "line" if part.value is not None else "line_unknown"
    label = text(
        f"proposals.{key}",
        title=_titled(desk, line),
        points=desk.number(part.points, decimals=1),
        most=desk.number(line.most, decimals=1),
    )
    with st.expander(plain(label)):
        st.markdown(said(_told(desk, line)))
        if line.reached is not None and line.criterion.levels.fr:
            st.markdown(f"**{text('proposals.reached', level=line.reached)}**")
            st.markdown(plain(line.criterion.levels.in_(desk.language)[line.reached]))
        if line.opinions:
            _opinions(desk, line.opinions, people)


def _told(desk: Desk, line: Line) -> str:
    """Weight, mean, spread and raters, in one sentence."""
    text, part = desk.text, line.part
    if part.level is None:
        return text("proposals.told_unknown", weight=part.weight)
    if line.criterion.measure:
        unit = text(f"criteria.unit.{line.criterion.measure}")
        level = f"{desk.number(round(part.level))} {unit}"
        return text("proposals.told_measure", weight=part.weight, level=level)
    spread = text("proposals.told_spread", spread=part.spread) if part.spread is not None else ""
    return text(
        "proposals.told",
        weight=part.weight,
        level=desk.number(part.level, decimals=1),
        n=part.raters,
        spread=spread,
    )


def _opinions(desk: Desk, opinions: tuple[Evaluation, ...], people: dict[str, str]) -> None:
    text = desk.text
    head = ("evaluator", "rating", "justification", "evidence")
    rows = [
        (
            people.get(o.evaluator, o.evaluator),
            text("proposals.no_opinion") if o.rating is None else desk.number(o.rating),
            o.justification,
            o.evidence,
        )
        for o in opinions
    ]
    small_table([text(f"proposals.{h}") for h in head], rows, name=text("proposals.opinions"))

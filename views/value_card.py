"""A project's value card: where each point comes from, down to the sentence someone wrote."""

import altair as alt
import streamlit as st

from portfolio.evaluation import Evaluation
from portfolio.project import Project
from portfolio.registry import Registry
from scoring.value import POINTS
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
    st.markdown(said(_weights_of(desk, card)))
    _sums(desk, card)
    people = {person.code: person.name for person in registry.people}
    st.subheader(text("proposals.by_criterion"), anchor=False)
    for line in card.lines:
        _criterion(desk, line, people)


def _weights_of(desk: Desk, card: Card) -> str:
    """Whose weights these are: the committee's, or the framework's own."""
    agreed, framework = card.adopted, card.framework
    if agreed is None:
        title, version = framework.title.in_(desk.language), framework.version
        return desk.text("proposals.weights_own", framework=title, version=version)
    key = "weights_adopted" if agreed.round else "weights_agreed"
    told = desk.text(f"proposals.{key}", round=agreed.round)
    return f"{told} {plain(agreed.reason)}".strip()


def _sums(desk: Desk, card: Card) -> None:
    """The whole sum, so that anyone can do it again by hand."""
    text, valued = desk.text, card.valued
    known = [line for line in card.lines if line.part.value is not None]
    with st.expander(text("proposals.sums")):
        left_out = len(card.lines) - len(known)
        key = "sums_partial" if left_out else "sums_whole"
        coverage = desk.percent(valued.coverage, decimals=2)
        st.markdown(said(text(f"proposals.{key}", coverage=coverage, n=left_out)))
        rows = [(_titled(desk, line), *_product(desk, line)) for line in known]
        total = desk.number(valued.points or 0.0, decimals=2)
        whole = desk.number(POINTS, decimals=2)
        coverage = desk.percent(valued.coverage, decimals=2)
        rows.append((text("proposals.sums_total"), coverage, whole, "", total))
        head = ("criterion", "weight", "most", "value_of", "points")
        name = text("proposals.sums")
        small_table([text(f"proposals.{h}") for h in head], rows, name=name)
        shown = desk.number(valued.points or 0.0, decimals=1)
        st.caption(said(text("proposals.sums_rounding", points=shown)))


def _product(desk: Desk, line: Line) -> tuple[str, str, str, str]:
    """Weight, points at most, value, points."""
    part = line.part
    weight, value = (desk.percent(x or 0.0, decimals=2) for x in (part.weight, part.value))
    most, points = (desk.number(x, decimals=2) for x in (line.most, part.points))
    return weight, most, value, points


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
    return (room + reached).properties(height=(len(rows) + 1) * size.row)


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
        if part.value is not None:
            _, most, value, points = _product(desk, line)
            product = text("proposals.product", most=most, value=value, points=points)
            st.markdown(f"{said(_worth(desk, line))} {said(product)}")
        if line.opinions or line.own:
            _opinions(desk, line, people)


def _worth(desk: Desk, line: Line) -> str:
    """What the level is worth by the value function, and between which two of its points."""
    text, value = desk.text, line.part.value or 0.0
    marks = [_mark(desk, line, mark) for mark, _ in line.around]
    worths = [worth for _, worth in line.around]
    if len(line.around) == 2:
        facts = {"low": marks[0], "high": marks[1], "first": worths[0], "last": worths[1]}
        return text("proposals.worth_between", value=value, **facts)
    is_on = line.around and line.part.level is not None and line.part.level == line.around[0][0]
    if is_on or not line.around:
        return text("proposals.worth_on", value=value)
    return text("proposals.worth_beyond", value=value, mark=marks[0])


def _mark(desk: Desk, line: Line, mark: float) -> str:
    """« le niveau 2 », or « 500 000 dollars par an »."""
    if not line.criterion.measure:
        return desk.text("proposals.level_at", level=mark)
    return f"{desk.number(mark)} {desk.text(f'criteria.unit.{line.criterion.measure}')}"


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


def _opinions(desk: Desk, line: Line, people: dict[str, str]) -> None:
    """What each person said, and what the lead says of it, which counts nowhere."""
    text = desk.text
    head = ("evaluator", "rating", "confidence_label", "justification", "evidence")
    rows = [_opinion(desk, one, people.get(one.evaluator, one.evaluator)) for one in line.opinions]
    if line.own is not None:
        name = people.get(line.own.evaluator, line.own.evaluator)
        who, rating, *rest = _opinion(desk, line.own, text("proposals.own", name=name))
        rows.append((who, text("proposals.own_rating", rating=rating), *rest))
    small_table([text(f"proposals.{h}") for h in head], rows, name=text("proposals.opinions"))


def _opinion(desk: Desk, given: Evaluation, name: str) -> tuple[str, ...]:
    text = desk.text
    rating = text("proposals.no_opinion") if given.rating is None else desk.number(given.rating)
    sure = text(f"proposals.confidence.{given.confidence}") if given.confidence else ""
    return name, rating, sure, given.justification, given.evidence

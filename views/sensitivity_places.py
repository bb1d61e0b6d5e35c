"""The ranks that projects take over the weights in doubt, and what would put each first."""

import altair as alt
import streamlit as st

from services.sensitivity import Placed, Places
from views.look import charts, components, tokens
from views.look.components import said
from views.look.tables import Column, Row
from views.parts import shortened, small_table
from views.plan_words import PlanWords

MOST = 30  # projects drawn, the nearest to the limit; the table has them all
LEADERS = 5  # projects whose central weights are told


def show(words: PlanWords, found: Places) -> None:
    """The chart of ranks, then the weights that favour those who can come first."""
    desk, text = words.desk, words.desk.text
    if not found.lines:
        components.empty_state(text("sensitivity.place.none_scored"))
        return
    rows = [_row(words, line) for line in found.lines]
    near = sorted(found.lines, key=lambda line: abs(line.half - found.first - 0.5))[:MOST]
    drawn = [row for row, line in zip(rows, found.lines, strict=True) if line in near]
    key = "title" if found.hesitant else "title_none"
    title = text(f"sensitivity.place.{key}", n=len(found.hesitant), first=found.first)
    charts.chart(
        desk,
        _drawn(words, drawn, found.first),
        title=title,
        sentence=_sentence(words, found, len(drawn)),
        rows=rows,
        columns=_columns(words),
        key="sensitivity_places",
    )
    _leaders(words, found)


def _sentence(words: PlanWords, found: Places, drawn: int) -> str:
    text = words.desk.text
    told = [
        text(
            "sensitivity.place.sentence",
            draws=found.draws,
            first=found.first,
            source=text(f"sensitivity.source.{found.source}"),
        )
    ]
    if found.with_ratings:
        told.append(text("sensitivity.place.sentence_ratings"))
    if drawn < len(found.lines):
        told.append(text("sensitivity.place.many", n=drawn))
    return " ".join(told)


def _columns(words: PlanWords) -> tuple[Column, ...]:
    text = words.desk.text
    help_ = text("sensitivity.place.confidence_help")
    return (
        Column("code", text("sensitivity.place.code"), width="small"),
        Column("title", text("sensitivity.place.project"), width="large"),
        Column("now", text("sensitivity.place.now"), "number"),
        Column("low", text("sensitivity.place.low"), "number"),
        Column("half", text("sensitivity.place.half"), "number"),
        Column("high", text("sensitivity.place.high"), "number"),
        Column("among", text("sensitivity.place.among"), "percent"),
        Column("error", text("sensitivity.place.error"), "percent"),
        Column("first", text("sensitivity.place.first"), "percent"),
        Column("confidence", text("sensitivity.place.confidence"), "percent", help_),
        Column("plan", text("sensitivity.place.plan"), width="small"),
    )


def _row(words: PlanWords, line: Placed) -> Row:
    return {
        "code": line.project,
        "title": words.title(line.project),
        "name": shortened(words.project(line.project), 44),
        "now": line.rank,
        "low": line.low,
        "half": line.half,
        "high": line.high,
        "among": line.among,
        "error": line.error,
        "first": line.first,
        "confidence": line.confidence,
        "plan": words.desk.text(f"tradeoffs.{'yes' if line.is_in else 'no'}"),
    }


def _drawn(words: PlanWords, rows: list[Row], first: int) -> charts.Spec:
    """A bar from the best rank to the worst, the official one marked; a line after the first."""
    desk, text = words.desk, words.desk.text
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    tips = [
        alt.Tooltip("title:N", title=text("sensitivity.place.project")),
        *(
            alt.Tooltip(f"{name}:Q", title=text(f"sensitivity.place.{name}"))
            for name in ("low", "half", "high", "now")
        ),
    ]
    last = max(row["high"] for row in rows)
    data = [{**row, "from": row["low"] - 0.4, "to": row["high"] + 0.4} for row in rows]
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=size.chart_text * 26)),
        tooltip=tips,
    )
    across = alt.X(
        "from:Q",
        title=text("sensitivity.place.rank"),
        axis=alt.Axis(format="d", tickMinStep=1),
        scale=alt.Scale(domain=[0.5, last + 1], nice=False, zero=False),
    )
    span = base.mark_bar(color=tone.line, height={"band": 0.6}).encode(x=across, x2="to:Q")
    now = base.mark_tick(color=tone.accent, thickness=size.mark + 2, height={"band": 0.8})
    limit = alt.Chart(alt.Data(values=[{"limit": first + 0.5}])).mark_rule(
        color=tone.warning, strokeWidth=size.mark, strokeDash=[6, 4]
    )
    return (span + limit.encode(x="limit:Q") + now.encode(x="now:Q")).properties(
        height=size.band * (len(rows) + 1)
    )


def _leaders(words: PlanWords, found: Places) -> None:
    """Central weights by branch, of those who most often come first."""
    desk, text = words.desk, words.desk.text
    able = sorted((line for line in found.lines if line.central), key=lambda line: -line.first)
    if not able:
        return
    branches = [branch.key for branch in words.asked.scores.framework.children("")]
    st.subheader(said(text("sensitivity.place.central")), anchor=False)
    st.markdown(said(text("sensitivity.place.central_said")))
    head = (
        text("sensitivity.place.project"),
        text("sensitivity.place.first"),
        *(shortened(words.criterion(key), 40) for key in branches),
    )
    rows = [
        (
            shortened(words.project(line.project), 40),
            desk.percent(line.first, decimals=1),
            *(desk.percent(line.central[key], decimals=0) for key in branches),
        )
        for line in able[:LEADERS]
    ]
    small_table(head, rows, name=text("sensitivity.place.central"))

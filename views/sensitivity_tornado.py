"""One project's tornado: which weights move its points, and how far its rank goes with them."""

import altair as alt
import streamlit as st

from services import sensitivity
from services.sensitivity import Swing, Tornado
from views.look import charts, components, tokens
from views.look.tables import Column, Row
from views.parts import shortened
from views.plan_words import PlanWords

MOST = 10  # weights drawn; the table has them all
ENDS = ("low", "high")


def show(words: PlanWords) -> None:
    """Choose a project; see which weights matter to it."""
    desk, text = words.desk, words.desk.text
    codes = [card.project for card in words.asked.scores.cards]
    code = st.selectbox(
        text("sensitivity.tornado.project"),
        codes,
        format_func=words.project,
        key="sensitivity_project",
        width=640,
    )
    found = sensitivity.tornado(words.asked, code)
    if found is None:
        components.empty_state(text("sensitivity.tornado.not_scored"))
        return
    charts.chart(
        desk,
        _drawn(words, found),
        title=_title(words, found),
        sentence=_sentence(words, found),
        rows=[_row(words, swing) for swing in found.swings],
        columns=_columns(words),
        key="sensitivity_tornado",
    )


def _title(words: PlanWords, found: Tornado) -> str:
    reached = [rank for s in found.swings for rank in (s.rank_low, s.rank_high)]
    best, worst = min([found.rank, *reached]), max([found.rank, *reached])
    key = "title_still" if best == worst else "title"
    facts = {"code": found.project, "rank": found.rank, "of": found.of}
    return words.desk.text(f"sensitivity.tornado.{key}", best=best, worst=worst, **facts)


def _sentence(words: PlanWords, found: Tornado) -> str:
    text = words.desk.text
    key = f"sensitivity.tornado.sentence_{found.source}"
    told = [text(key, points=words.desk.number(found.points, decimals=1))]
    if len(found.swings) > MOST:
        told.append(text("sensitivity.tornado.few", n=MOST))
    return " ".join(told)


def _columns(words: PlanWords) -> tuple[Column, ...]:
    text = words.desk.text
    return (
        Column("criterion", text("sensitivity.tornado.criterion"), width="large"),
        Column("weight", text("sensitivity.tornado.weight"), "percent"),
        Column("low", text("sensitivity.tornado.low"), "percent"),
        Column("high", text("sensitivity.tornado.high"), "percent"),
        Column("points_low", text("sensitivity.tornado.points_low"), "number"),
        Column("points_high", text("sensitivity.tornado.points_high"), "number"),
        Column("rank_low", text("sensitivity.tornado.rank_low"), "number"),
        Column("rank_high", text("sensitivity.tornado.rank_high"), "number"),
    )


def _row(words: PlanWords, swing: Swing) -> Row:
    return {
        "criterion": words.criterion(swing.criterion),
        "weight": swing.weight,
        "low": swing.low,
        "high": swing.high,
        "points_low": swing.points_low,
        "points_high": swing.points_high,
        "rank_low": swing.rank_low,
        "rank_high": swing.rank_high,
    }


def _drawn(words: PlanWords, found: Tornado) -> charts.Spec:
    """Two bars a weight, from today's points to those at each end, the end's weight written."""
    desk, text = words.desk, words.desk.text
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    ends = [text(f"sensitivity.tornado.end_{end}") for end in ENDS]
    rows = [row for swing in found.swings[:MOST] for row in _bars(words, swing, found, ends)]
    points = [row["points"] for row in rows] + [found.points]
    air = max(0.5, 0.15 * (max(points) - min(points)))
    domain = [min(points) - air, max(points) + air]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=size.chart_text * 26)),
        tooltip=[
            alt.Tooltip("criterion:N", title=text("sensitivity.tornado.criterion")),
            alt.Tooltip("end:N", title=text("sensitivity.tornado.end")),
            alt.Tooltip("at:Q", title=text("sensitivity.tornado.weight"), format=".1%"),
            alt.Tooltip("points:Q", title=text("sensitivity.tornado.points"), format=",.1~f"),
            alt.Tooltip("rank:Q", title=text("sensitivity.place.rank")),
        ],
    )
    across = alt.X(
        "now:Q",
        title=text("sensitivity.tornado.points"),
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=alt.Axis(format=",.2~f", tickCount=5),
    )
    bars = base.mark_bar(height={"band": 0.6}).encode(
        x=across,
        x2="points:Q",
        color=alt.Color("end:N", title=None, scale=alt.Scale(domain=ends)),
    )
    layers = [bars]
    for side, align, dx in (("left", "right", -4), ("right", "left", 4)):
        layers.append(
            base.transform_filter(f"datum.side === '{side}'")
            .mark_text(align=align, dx=dx)
            .encode(x=alt.X("points:Q"), text="shown:N")
        )
    rule = alt.Chart(alt.Data(values=[{"now": found.points}])).mark_rule(
        color=tone.ink, strokeWidth=size.mark
    )
    drawn = alt.layer(*layers, rule.encode(x="now:Q"))
    return drawn.properties(height=size.band * (min(MOST, len(found.swings)) + 1))


def _bars(words: PlanWords, swing: Swing, found: Tornado, ends: list[str]) -> list[Row]:
    sides = (
        (swing.low, swing.points_low, swing.rank_low),
        (swing.high, swing.points_high, swing.rank_high),
    )
    name = words.criterion(swing.criterion)
    return [
        {
            "criterion": name,
            "name": shortened(name, 44),
            "end": end,
            "at": at,
            "now": found.points,
            "points": points,
            "rank": rank,
            "side": "left" if points < found.points else "right",
            "shown": words.desk.percent(at, decimals=0) if points != found.points else "",
        }
        for end, (at, points, rank) in zip(ends, sides, strict=True)
        if points is not None
    ]

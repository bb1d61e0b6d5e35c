"""How a system's code is rated by SonarQube's formula, and where it is heading."""

import altair as alt
import pandas as pd
import streamlit as st

from portfolio.system import System
from services import quality
from services.quality import Rated
from views.desk import Desk
from views.look import charts, tokens
from views.look.components import said
from views.look.tables import Column


def show(desk: Desk, system: System) -> None:
    """Its letter today and the ratio day by day; nothing where SonarQube never looked."""
    rated = quality.trend(desk.store, desk.person, desk.cycle, system.code)
    if not rated:
        return
    text, last = desk.text, rated[-1]
    sentence = text(
        "hub.quality_sentence", day=last.on, ratio=last.ratio, hours=round(last.minutes / 60),
        lines=round(last.lines),
    )  # fmt: skip
    title = text("hub.quality_title", letter=last.letter)
    if len(rated) == 1:
        st.header(said(title), anchor=False)
        st.markdown(said(sentence))
        return
    moved = text("hub.quality_moved", letter=rated[0].letter, ratio=rated[0].ratio, day=rated[0].on)
    charts.chart(
        desk, _drawn(desk, rated), title=title, sentence=f"{sentence} {moved}",
        rows=[{name: getattr(one, name) for name in Rated.__slots__} for one in rated],
        columns=_columns(desk), key="system_quality",
    )  # fmt: skip


def _drawn(desk: Desk, rated: tuple[Rated, ...]) -> alt.Chart:
    rows = [{"on": one.on.isoformat(), "ratio": one.ratio, "letter": one.letter} for one in rated]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(point={"size": 70}, color=tokens.tones(desk.is_dark).series[0])
        .encode(
            x=alt.X("on:T", title=None, axis=alt.Axis(format="%Y-%m-%d")),
            y=alt.Y("ratio:Q", title=desk.text("hub.quality.ratio"), axis=alt.Axis(format=".1%"),
                    scale=alt.Scale(zero=True)),
            tooltip=["on:T", alt.Tooltip("ratio:Q", format=".2%"), "letter:N"],
        )
    )  # fmt: skip


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    return [
        Column("on", text("hub.quality.on"), "date"),
        Column("letter", text("hub.quality.letter")),
        Column("ratio", text("hub.quality.ratio"), "percent"),
        Column("minutes", text("hub.quality.minutes"), "number"),
        Column("lines", text("hub.quality.lines"), "number"),
    ]

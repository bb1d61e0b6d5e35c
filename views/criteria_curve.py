"""A criterion's value function, drawn: what each level or amount is worth."""

import altair as alt

from portfolio.criterion import Criterion, Framework
from services import scores
from views.desk import Desk
from views.look import charts, tokens
from views.look.charts import Spec
from views.look.tables import Column


def show(desk: Desk, framework: Framework, leaf: Criterion, key: str) -> None:
    """Draw the value function under a title that says from where to where it goes."""
    text = desk.text
    corners = scores.curve(framework, leaf)
    rows = [{"mark": mark, "worth": worth} for mark, worth in corners]
    unit = unit_of(desk, leaf)
    mark = Column("mark", unit, "number")
    worth = Column("worth", text("criteria.worth"), "percent")
    (first, low), (last, high) = corners[0], corners[-1]
    name = "curve_title" if leaf.measure else "curve_title_rated"
    charts.chart(
        desk,
        _curve(desk, rows, mark, worth),
        title=text(f"criteria.{name}", first=first, last=last, unit=unit, low=low, high=high),
        sentence=text("criteria.curve_sentence"),
        rows=rows,
        columns=(mark, worth),
        key=key,
        level=3,
    )


def unit_of(desk: Desk, leaf: Criterion) -> str:
    """What the criterion is counted in: dollars, kilograms, or levels of the scale."""
    key = f"criteria.unit.{leaf.measure}"
    if not leaf.measure:
        return desk.text("criteria.level")
    return desk.text(key) if desk.text.has(key) else leaf.measure


def _curve(desk: Desk, rows: list[dict[str, float]], mark: Column, worth: Column) -> Spec:
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    marks = [row["mark"] for row in rows]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("mark:Q", title=mark.label, axis=alt.Axis(values=marks, format=",~f")),
        y=alt.Y(
            "worth:Q", title=worth.label, axis=alt.Axis(format=".0%", tickCount=5),
            scale=alt.Scale(domain=[0, 1]),
        ),
        tooltip=[
            alt.Tooltip("mark:Q", title=mark.label, format=",~f"),
            alt.Tooltip("worth:Q", title=worth.label, format=".0%"),
        ],
    )
    line = base.mark_line(color=tone.accent, strokeWidth=size.mark)
    corners = base.mark_point(filled=True, color=tone.accent, size=size.chart_text * 5, opacity=1)
    return (line + corners).properties(height=round(size.chart_height * 0.55), width=460)

"""The red matrix: likelihood across, impact up, the line at 16 as a curve, a mark per system."""

from collections import defaultdict

import altair as alt
import pandas as pd

from portfolio.legacy_risk import HIGHEST, RED_FROM, ZONES, contour
from services.legacy_view import LegacyView, Line, Standing
from views import legacy_labels, legacy_words
from views.desk import Desk
from views.look import charts, tokens
from views.look.charts import Spec
from views.look.tables import Column

SHAPES = {
    Standing.RED: "square",
    Standing.TO_CONFIRM: "diamond",
    Standing.LEGACY: "triangle-up",
    Standing.SOUND: "circle",
    Standing.BEGUN: "cross",
}
AIR = 0.15  # of a level, around the outermost marks


def show(desk: Desk, found: LegacyView) -> None:
    """The matrix with its sentence and its table."""
    text, rated = desk.text, found.rated
    if not rated:
        return
    first = rated[0]
    name = first.system.title_in(desk.language)
    columns = (
        Column("code", text("debts.code"), width="small"),
        Column("title", text("debts.system"), width="large"),
        Column("standing", text("legacy.head.standing")),
        Column("likelihood", text("legacy.likelihood"), "number"),
        Column("impact", text("legacy.impact"), "number"),
        Column("score", text("legacy.score"), "number"),
    )
    rows = [_row(desk, line) for line in rated]
    charts.chart(
        desk,
        _spec(desk, rows, rated, columns),
        title=text("legacy.matrix_title", n=len(found.red), of=len(rated)),
        sentence=text("legacy.matrix_sentence", system=name, score=first.score, line=RED_FROM),
        rows=rows,
        columns=columns,
        key="legacy_matrix",
    )


def _row(desk: Desk, line: Line) -> dict[str, object]:
    found = line.assessment
    return {
        "code": line.system.code,
        "title": line.system.title_in(desk.language),
        "standing": desk.text(f"legacy.standing.{line.standing}"),
        "likelihood": found.likelihood,
        "impact": found.impact,
        "score": line.score,
    }


def _spec(
    desk: Desk, rows: list[dict[str, object]], rated: tuple[Line, ...], columns: tuple[Column, ...]
) -> Spec:
    size = tokens.sizes(desk.projection)
    x, y = (_axis(desk, name, side) for name, side in (("likelihood", "L"), ("impact", "C")))
    marks = _marks(desk, rows, rated, columns).encode(x=x, y=y)
    drawn = _zone(desk, x, y) + _lines(desk, x, y) + marks + _names(desk, rows, x, y)
    return drawn.properties(height=round(1.5 * size.chart_height))


def _axis(desk: Desk, name: str, side: str) -> alt.X | alt.Y:
    kind = alt.X if side == "L" else alt.Y
    ticks = list(range(1, HIGHEST[side] + 1))
    scale = alt.Scale(domain=[1 - AIR, HIGHEST[side] + AIR], nice=False, zero=False)
    axis = alt.Axis(values=ticks, format="d", grid=True)
    return kind(f"{name}:Q", title=desk.text(f"legacy.axis.{name}"), axis=axis, scale=scale)


def _zone(desk: Desk, x: alt.X, y: alt.Y) -> alt.Chart:
    """All that is red: above the curve."""
    tone = tokens.tones(desk.is_dark)
    data = pd.DataFrame(contour(RED_FROM), columns=["likelihood", "impact"])
    data["top"] = HIGHEST["C"]
    return alt.Chart(data).mark_area(color=tone.bad, opacity=0.12).encode(x=x, y=y, y2="top:Q")


def _lines(desk: Desk, x: alt.X, y: alt.Y) -> alt.LayerChart:
    """The published line at 16, and the two lighter ones to read the zones by."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    points = [
        {"likelihood": across, "impact": up, "line": line}
        for line in ZONES
        for across, up in contour(line)
    ]
    data = pd.DataFrame(points)
    is_red = f"datum.line === {RED_FROM}"
    curve = (
        alt.Chart(data)
        .mark_line()
        .encode(
            x=x, y=y, detail="line:N",
            color=alt.condition(is_red, alt.value(tone.bad), alt.value(tone.quiet)),
            strokeWidth=alt.condition(is_red, alt.value(size.mark * 1.2), alt.value(1)),
            strokeDash=alt.condition(is_red, alt.value([1, 0]), alt.value([4, 4])),
        )
    )  # fmt: skip
    ends = data.groupby("line", as_index=False).first()
    ends["name"] = [desk.text("legacy.line", n=line) for line in ends["line"]]
    names = (
        alt.Chart(ends)
        .mark_text(align="left", baseline="top", dx=size.chart_text * 2.4, dy=4)
        .encode(x=x, y=y, text="name:N")
    )
    return curve + names


def _marks(
    desk: Desk, rows: list[dict[str, object]], rated: tuple[Line, ...], columns: tuple[Column, ...]
) -> alt.Chart:
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    used = [one for one in SHAPES if one in {line.standing for line in rated}]
    words = [desk.text(f"legacy.standing.{one}") for one in used]
    colours = [getattr(tone, legacy_words.MOODS[one]) for one in used]
    colour, shape = (
        alt.Scale(domain=words, range=found) for found in (colours, [SHAPES[one] for one in used])
    )
    tips = [alt.Tooltip(f"{c.field}:{'Q' if c.kind == 'number' else 'N'}", title=c.label)
            for c in columns]  # fmt: skip
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_point(filled=True, opacity=0.9, size=size.chart_text * 12)
        .encode(
            color=alt.Color("standing:N", title=None, scale=colour),
            shape=alt.Shape("standing:N", title=None, scale=shape),
            tooltip=tips,
        )
    )


def _names(desk: Desk, rows: list[dict[str, object]], x: alt.X, y: alt.Y) -> alt.LayerChart:
    """Each system's code beside its mark, where it covers nothing; at one place, one label."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    there: dict[tuple[float, float], list[str]] = defaultdict(list)
    for row in rows:
        there[row["likelihood"], row["impact"]].append(str(row["code"]))
    sides = legacy_labels.sides({at: ", ".join(codes) for at, codes in there.items()})
    drawn = []
    for side, (align, across, up) in legacy_labels.SIDES.items():
        data = pd.DataFrame(
            [{"likelihood": at[0], "impact": at[1], "codes": ", ".join(there[at])}
             for at, where in sides.items() if where == side],
            columns=["likelihood", "impact", "codes"],
        )  # fmt: skip
        mark = {"align": align, "dx": across * size.chart_text, "dy": up * size.chart_text}
        text = alt.Chart(data).mark_text(**mark, fontSize=size.chart_text, color=tone.ink)
        drawn.append(text.encode(x=x, y=y, text="codes:N"))
    return alt.layer(*drawn)

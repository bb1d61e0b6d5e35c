"""Charts: a title that concludes, a sentence, and the table one click away; and the few shapes."""

import json
from collections.abc import Sequence
from typing import Literal

import altair as alt
import pandas as pd
import streamlit as st

from views.desk import Desk
from views.look import tokens
from views.look.components import said
from views.look.tables import Column, Row, table

Spec = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
_DAYS = {
    "fr": "dimanche lundi mardi mercredi jeudi vendredi samedi",
    "en": "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
}
_MARKS = {
    "fr": alt.NumberLocale(
        decimal=",", thousands="\u00a0", grouping=[3], currency=["", "\u00a0$"], percent="\u00a0%"
    ),
    "en": alt.NumberLocale(decimal=".", thousands=",", grouping=[3], currency=["$", ""]),
}
_SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right"]


def chart(
    desk: Desk,
    spec: Spec,
    *,
    title: str,
    sentence: str,
    rows: Sequence[Row],
    columns: Sequence[Column],
    key: str,
    level: Literal[2, 3] = 2,
) -> None:
    """Draw ``spec`` under a title that says what to conclude, with its sentence and its table.

    title, sentence   in words; together they are what a screen reader says of the picture
    level             2 right under the page's title, 3 within a section
    """
    with st.container(key=key):
        (st.header if level == 2 else st.subheader)(said(title), anchor=False)
        st.markdown(said(sentence))
        st.altair_chart(dressed(desk, spec), theme=None, alt=f"{title}. {sentence}")
        with st.expander(desk.text("common.table")):
            table(desk, rows, columns, key=f"{key}_table", name=title)


def dressed(desk: Desk, spec: Spec) -> Spec:
    """The chart in the desk's language, theme and size; nothing is set for the whole process."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    text = {"labelFont": tokens.FONT, "titleFont": tokens.FONT, "labelColor": tone.ink}
    text |= {
        "titleColor": tone.ink,
        "labelFontSize": size.chart_text,
        "titleFontSize": size.chart_text,
    }
    quiet = {"domainColor": tone.line, "tickColor": tone.line, "gridColor": tone.line}
    return (
        spec.configure(
            background="transparent",
            font=tokens.FONT,
            locale=alt.Locale(number=_MARKS[desk.language], time=_clock(desk.language)),
            padding={"left": 4, "right": 12, "top": 8, "bottom": 4},
        )
        .configure_axis(
            **text,
            **quiet,
            gridOpacity=0.5,
            titleFontWeight="normal",
            labelLimit=260,
            titlePadding=8,
        )
        .configure_axisX(labelAngle=0, labelOverlap=True)
        .configure_legend(
            **text,
            orient="top",
            direction="horizontal",
            symbolSize=size.chart_text * 9,
            symbolStrokeWidth=0,
            titleFontWeight="normal",
            labelLimit=320,
            columns=2 if desk.projection else 4,
        )
        .configure_view(
            stroke=None, continuousHeight=size.chart_height, discreteHeight=size.chart_height
        )
        .configure_text(font=tokens.FONT, fontSize=size.chart_text, color=tone.ink)
        .configure_range(category=list(tone.series), ramp=list(tone.ramp), heatmap=list(tone.ramp))
        .properties(usermeta={"embedOptions": {"renderer": "canvas", "actions": False}})
    )


def _clock(language: str) -> alt.TimeLocale:
    months, days = _MONTHS[language].split(), _DAYS[language].split()
    return alt.TimeLocale(
        dateTime="%Y-%m-%d %H:%M",
        date="%Y-%m-%d",
        time="%H:%M",
        periods=["AM", "PM"],
        days=days,
        shortDays=[d[:3] for d in days],
        months=months,
        shortMonths=[m[:4] for m in months],
    )


def stacked_bars(
    desk: Desk,
    rows: Sequence[Row],
    *,
    x: Column,
    y: Column,
    series: Column,
    limit: str | None = None,
    order: Sequence[str] = (),
) -> Spec:
    """Amounts by period, one colour a series; ``limit`` names the field of the period's ceiling."""
    data, unit = _data(rows, y, limit)
    bars = (
        alt.Chart(data)
        .encode(
            x=alt.X(x.field, type="ordinal", title=x.label, sort=None),
            y=alt.Y(
                f"{y.field}:Q",
                title=_titled(y, unit),
                axis=_axis(y),
                scale=_room(data, x, y, limit),
            ),
            color=_coloured(series, order),
            order=alt.Order("rank:Q"),
            tooltip=[_tip(x), _tip(series), _tip(y, unit)],
        )
        .transform_calculate(rank=_rank(series.field, order))
        .mark_bar()
    )
    if limit is None:
        return bars
    return bars + _limit_rule(desk, data, x, limit, y, unit)


def _limit_rule(
    desk: Desk, data: pd.DataFrame, x: Column, limit: str, y: Column, unit: str
) -> Spec:
    """The ceiling of each period: a thick dash above its bar, named once."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    ceilings = data.drop_duplicates(x.field)
    name = desk.text("common.limit")
    place = alt.X(x.field, type="ordinal", sort=None)
    dash = (
        alt.Chart(ceilings)
        .mark_tick(color=tone.ink, thickness=size.mark, bandSize=size.chart_height / 4)
        .encode(x=place, y=f"{limit}:Q", tooltip=[_tip(x), _tip(Column(limit, name, y.kind), unit)])
    )
    label = (
        alt.Chart(ceilings.tail(1))
        .mark_text(align="center", dy=-size.chart_text, text=name)
        .encode(x=place, y=f"{limit}:Q")
    )
    return dash + label


def heat_map(desk: Desk, rows: Sequence[Row], *, x: Column, y: Column, value: Column) -> Spec:
    """A share in each cell, written in it: the colour only helps the eye."""
    tone = tokens.tones(desk.is_dark)
    data = pd.DataFrame(rows)
    base = alt.Chart(data).encode(
        x=alt.X(x.field, type="ordinal", title=x.label, sort=None),
        y=alt.Y(f"{y.field}:N", title=None, sort=None),
    )
    cells = base.mark_rect(stroke=tone.page, strokeWidth=2).encode(
        color=alt.Color(
            f"{value.field}:Q", legend=None, scale=alt.Scale(domain=[0, 1], clamp=True)
        ),
        tooltip=[_tip(x), _tip(y), _tip(value)],
    )
    strong = f"datum['{value.field}'] > 0.55"
    figures = base.mark_text().encode(
        text=alt.Text(f"{value.field}:Q", format=".0%"),
        color=alt.condition(strong, alt.value(tone.page), alt.value(tone.ink)),
    )
    return (cells + figures).properties(height=_bands(desk, data[y.field].nunique()))


def gantt(
    desk: Desk,
    rows: Sequence[Row],
    *,
    name: Column,
    start: Column,
    end: Column,
    series: Column,
    order: Sequence[str] = (),
) -> Spec:
    """One bar a project from ``start`` to ``end``: dates, or years with the end excluded."""
    data = pd.DataFrame(rows)
    is_dates = start.kind == "date"
    kind = "T" if is_dates else "Q"
    axis = alt.Axis(tickMinStep=1, orient="top", **({} if is_dates else {"format": "d"}))
    tips = [_tip(name), _tip(series), *(_tip(c, whole=True) for c in (start, end))]
    return (
        alt.Chart(data)
        .mark_bar(cornerRadius=2, height={"band": 0.62})
        .encode(
            x=alt.X(f"{start.field}:{kind}", title=None, axis=axis, scale=alt.Scale(zero=False)),
            x2=f"{end.field}:{kind}",
            y=alt.Y(f"{name.field}:N", title=None, sort=None),
            color=_coloured(series, order),
            tooltip=tips,
        )
        .properties(height=_bands(desk, data[name.field].nunique()))
    )


def scatter(
    desk: Desk,
    rows: Sequence[Row],
    *,
    x: Column,
    y: Column,
    series: Column,
    name: Column,
    size: Column | None = None,
    order: Sequence[str] = (),
) -> Spec:
    """One mark a row: colour and shape say the series, so that neither is needed alone."""
    data, unit_x = _data(rows, x)
    data, unit_y = _data(data.to_dict("records"), y)
    area = alt.Size(f"{size.field}:Q", title=size.label, legend=None) if size else alt.value(110)
    return (
        alt.Chart(data)
        .mark_point(filled=True, opacity=0.9)
        .encode(
            x=alt.X(f"{x.field}:Q", title=_titled(x, unit_x), axis=_axis(x)),
            y=alt.Y(f"{y.field}:Q", title=_titled(y, unit_y), axis=_axis(y)),
            color=_coloured(series, order),
            shape=alt.Shape(f"{series.field}:N", title=None, scale=_scale(order, range=_SHAPES)),
            size=area,
            tooltip=[_tip(name), _tip(series), _tip(x, unit_x), _tip(y, unit_y)],
        )
    )


def frontier(
    desk: Desk,
    rows: Sequence[Row],
    *,
    x: Column,
    y: Column,
    series: Column,
    more: Sequence[Column],
    order: Sequence[str],
) -> Spec:
    """Points joined in order of ``y``; the series last in ``order`` is larger, and named."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    data, unit = _data(rows, x)
    across, high = _around(data[x.field], 0.04), _around(data[y.field], 0.12)
    base = alt.Chart(data).encode(
        x=alt.X(f"{x.field}:Q", title=_titled(x, unit), axis=_axis(x), scale=across),
        y=alt.Y(f"{y.field}:Q", title=y.label, axis=_axis(y), scale=high),
        tooltip=[_tip(series), _tip(y), _tip(x, unit), *map(_tip, more)],
    )
    is_marked = f"datum['{series.field}'] === {json.dumps(order[-1])}"
    shapes, area = ["circle", "diamond"], size.chart_text * 7
    line = base.mark_line(color=tone.quiet, strokeWidth=size.mark / 2).encode(
        order=alt.Order(f"{y.field}:Q")
    )
    points = base.mark_point(filled=True, opacity=1).encode(
        color=_coloured(series, order),
        shape=alt.Shape(f"{series.field}:N", title=None, scale=_scale(order, range=shapes)),
        size=alt.condition(is_marked, alt.value(area * 4), alt.value(area)),
    )
    name = (
        base.transform_filter(is_marked)
        .mark_text(align="right", dy=-size.chart_text * 1.3, fontWeight="bold")
        .encode(text=f"{series.field}:N")
    )
    return line + points + name


def _around(numbers: pd.Series, share: float) -> alt.Scale:
    """From the least to the most, with that share of air at each end."""
    low, high = float(numbers.min()), float(numbers.max())
    air = (high - low or abs(high) or 1.0) * share
    return alt.Scale(domain=[low - air, high + air], nice=False, zero=False)


def bars(desk: Desk, rows: Sequence[Row], *, name: Column, value: Column, label: str) -> Spec:
    """One bar a row, in the order given; ``label`` names the field written at its end."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    data, unit = _data(rows, value)
    most = float(data[value.field].max()) * 1.15
    base = alt.Chart(data).encode(
        x=alt.X(
            f"{value.field}:Q",
            title=_titled(value, unit),
            axis=_axis(value),
            scale=alt.Scale(domainMin=0, domainMax=most, nice=False),
        ),
        y=alt.Y(
            f"{name.field}:N",
            title=None,
            sort=None,
            axis=alt.Axis(labelLimit=size.chart_text * 26),
        ),
        tooltip=[_tip(name), _tip(value, unit)],
    )
    figures = base.mark_text(align="left", dx=4).encode(text=f"{label}:N")
    drawn = base.mark_bar(color=tone.accent, height={"band": 0.6})
    return (drawn + figures).properties(height=_bands(desk, len(data)))


def _data(rows: Sequence[Row], value: Column, *more: str | None) -> tuple[pd.DataFrame, str]:
    """The rows with their cents in the largest unit that reads well, and that unit."""
    data = pd.DataFrame(list(rows))
    if value.kind not in ("money", "thousands"):
        return data, ""
    fields = [value.field, *(f for f in more if f)]
    millions = bool(data[fields].abs().max().max() >= 500_000_000)
    data[fields] = data[fields] / (100_000_000 if millions else 100_000)
    return data, "M$" if millions else "k$"


def _titled(column: Column, unit: str) -> str:
    return f"{column.label} ({unit})" if unit else column.label


def _axis(column: Column) -> alt.Axis:
    return alt.Axis(format=".0%" if column.kind == "percent" else ",.2~f", tickCount=5)


def _tip(column: Column, unit: str = "", whole: bool = False) -> alt.Tooltip:
    if column.kind == "text":
        return alt.Tooltip(f"{column.field}:N", title=column.label)
    if column.kind == "date":
        return alt.Tooltip(f"{column.field}:T", title=column.label, format="%Y-%m-%d")
    shape = "d" if whole else ".1%" if column.kind == "percent" else ",.2~f"
    return alt.Tooltip(f"{column.field}:Q", title=_titled(column, unit), format=shape)


def _rank(field: str, order: Sequence[str]) -> str:
    return f"indexof({json.dumps(list(order))}, datum['{field}'])" if order else "0"


def _coloured(series: Column, order: Sequence[str]) -> alt.Color:
    """A series keeps its colour in every language: by its place in ``order``, not its spelling."""
    return alt.Color(f"{series.field}:N", title=None, scale=_scale(order))


def _scale(order: Sequence[str], **more: object) -> alt.Scale:
    return alt.Scale(**more, **({"domain": list(order)} if order else {}))


def _room(data: pd.DataFrame, x: Column, y: Column, limit: str | None) -> alt.Scale:
    """A little air above the highest ceiling, so that its dash and its name are seen."""
    if limit is None:
        return alt.Scale()
    highest = max(data.groupby(x.field)[y.field].sum().max(), data[limit].max())
    return alt.Scale(domainMax=float(highest) * 1.1, nice=False)


def _bands(desk: Desk, count: int) -> int:
    return max(3, count) * tokens.sizes(desk.projection).band + 40

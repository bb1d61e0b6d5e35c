"""The charts of the minutes: drawn on paper, so with their figures written out and no colours."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from portfolio import record_figures as figures
from portfolio.record import Proceedings
from views import format as written
from views.paper_words import PaperWords
from views.parts import shortened

FONT = "Libertinus Serif, Liberation Serif, Times New Roman, serif"
INK, ACCENT, QUIET, LINE = "#101820", "#0b5394", "#4d5966", "#c9d1d9"
WIDE = 650  # pixels between the margins: three quarters of a point each
HEAVY = 20  # criteria drawn; the table has them all
AIR = 1.08  # over the highest bar or dash
K = 100_000  # cents in a thousand dollars: what the axis counts


def weights(record: Proceedings, words: PaperWords) -> Mapping[str, Any]:
    """One bar a criterion, the heaviest first, its share at its end."""
    language = words.text.language
    heaviest = sorted(record.weights, key=lambda one: -one.share)[:HEAVY]
    rows = [
        {"at": at, "name": shortened(one.title.in_(language), 46), "share": one.share,
         "shown": written.percent(one.share, language, decimals=1)}
        for at, one in enumerate(heaviest)
    ]  # fmt: skip
    names = {str(row["at"]): row["name"] for row in rows}
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("share:Q", title=None, axis=None, scale=alt.Scale(domainMin=0)),
        y=alt.Y("at:O", title=None, sort=None, axis=alt.Axis(
            labelExpr=f"{_json(names)}[datum.value]", labelLimit=400, ticks=False,
            domain=False, grid=False)),
    )  # fmt: skip
    bars = base.mark_bar(color=ACCENT, height={"band": 0.62})
    figures = base.mark_text(align="left", dx=4, fontSize=13).encode(text="shown:N")
    return _dressed((bars + figures).properties(width=WIDE - 400, height=20 * len(rows)))


def envelopes(record: Proceedings, words: PaperWords) -> Mapping[str, Any]:
    """A small chart an envelope: a bar a period for what is granted, a dash for the limit."""
    codes = list(dict.fromkeys(spent.envelope for spent in record.totals.spent))
    charts = [_envelope(record, words, code) for code in codes]
    pairs = [alt.hconcat(*charts[at : at + 2], spacing=18) for at in range(0, len(charts), 2)]
    return _dressed(alt.vconcat(*pairs, spacing=16))


def _envelope(record: Proceedings, words: PaperWords, code: str) -> alt.LayerChart:
    rows: Sequence[dict[str, Any]] = [
        {"when": words.period(s.label), "granted": s.granted / K,
         "limit": None if s.limit is None else figures.available(s) / K}
        for s in record.totals.spent if s.envelope == code
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("when:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)))
    amounts = [n for row in rows for n in (row["granted"], row["limit"]) if n is not None]
    high = {
        "title": words.text("minutes.budget.amount"),
        "axis": alt.Axis(format=",.0f", tickCount=4),
        "scale": alt.Scale(domain=[0, max(*amounts, 1) * AIR], nice=False),
    }
    bars = base.mark_bar(color=ACCENT, width={"band": 0.6}).encode(y=alt.Y("granted:Q", **high))
    dashes = base.mark_tick(color=INK, opacity=1, thickness=2, width={"band": 0.86}).encode(
        y=alt.Y("limit:Q", **high))
    title = alt.TitleParams(shortened(words.envelope(code), 42), anchor="start", fontSize=14)
    return (bars + dashes).properties(width=(WIDE - 160) / 2, height=115, title=title)


def _dressed(chart: alt.TopLevelMixin) -> Mapping[str, Any]:
    letters = {"labelFont": FONT, "titleFont": FONT, "labelColor": INK, "titleColor": QUIET,
               "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal"}  # fmt: skip
    dressed = (
        chart.configure(background="transparent", font=FONT, padding=2)
        .configure_axis(**letters, domainColor=QUIET, tickColor=LINE, gridColor=LINE, grid=False)
        .configure_axisY(grid=True)
        .configure_title(font=FONT, color=INK, fontWeight="bold")
        .configure_text(font=FONT, color=INK)
        .configure_view(stroke=None)
    )
    found: Mapping[str, Any] = dressed.to_dict()
    return found


def _json(names: Mapping[str, str]) -> str:
    """As a Vega expression reads it: what people typed stays within its quotes."""
    return json.dumps(names, ensure_ascii=True)

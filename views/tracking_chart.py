"""What was promised and what is expected, project by project, on a line of time with today."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from services.promises import Followed, Tracking
from views.desk import Desk
from views.look import charts, tokens
from views.look.tables import Column
from views.parts import shortened
from views.tracking_words import name

AT_ONCE = 25  # projects that are drawn
LETTERS = 34  # of a project's name, on the axis


def gantt(desk: Desk, found: Tracking, lines: Sequence[Followed]) -> None:
    """Two bars a project, the promised one above; the worst first, and no more than can be read."""
    text, drawn = desk.text, lines[:AT_ONCE]
    late = sum(one.standing.first.end > 0 for one in lines)
    sentence = text("tracking.chart_sentence", n=len(drawn), of=len(lines), day=found.on)
    columns = [
        Column("project", text("tracking.project"), width="medium"),
        Column("start", text("tracking.promised_start"), "date"),
        Column("end", text("tracking.promised_end"), "date"),
        Column("now_start", text("tracking.expected_start"), "date"),
        Column("now_end", text("tracking.expected_end"), "date"),
        Column("late", text("tracking.end_gap"), "number"),
    ]
    rows = [
        {
            "project": name(desk, one.project),
            "start": one.standing.promise.start, "end": one.standing.promise.end,
            "now_start": one.standing.start, "now_end": one.standing.end,
            "late": one.standing.first.end,
        }
        for one in lines
    ]
    title = "tracking.chart_title" if late else "tracking.chart_none"
    charts.chart(
        desk, _bars(desk, found, drawn), title=text(title, n=late, of=len(lines)),
        sentence=sentence, rows=rows, columns=columns, key="decisions_track_chart", level=3,
    )


def _bars(desk: Desk, found: Tracking, drawn: Sequence[Followed]) -> charts.Spec:
    text, tone, size = desk.text, tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    words = [text("tracking.promised"), text("tracking.expected")]
    data = pd.DataFrame(
        {
            "project": shortened(name(desk, one.project), LETTERS), "kind": kind,
            "start": f"{start}T00:00:00", "end": f"{end}T23:59:59",
        }
        for one in drawn
        for kind, start, end in (
            (words[0], one.standing.promise.start, one.standing.promise.end),
            (words[1], one.standing.start, one.standing.end),
        )
    )
    scale = alt.Scale(domain=words, range=[tone.quiet, tone.series[0]])
    bars = alt.Chart(data).mark_bar(cornerRadius=2).encode(
        x=alt.X("start:T", title=None, axis=alt.Axis(format="%Y-%m", orient="top", tickCount=8)),
        x2="end:T",
        y=alt.Y("project:N", title=None, sort=None),
        yOffset=alt.YOffset("kind:N", sort=words),
        color=alt.Color("kind:N", title=None, scale=scale),
        tooltip=[
            alt.Tooltip("project:N", title=text("tracking.project")),
            alt.Tooltip("kind:N", title=" "),
            alt.Tooltip("start:T", title=text("common.from"), format="%Y-%m-%d"),
            alt.Tooltip("end:T", title=text("common.to"), format="%Y-%m-%d"),
        ],
    )
    now = alt.Chart(pd.DataFrame({"now": [f"{found.on}T12:00:00"]})).encode(x="now:T")
    rule = now.mark_rule(color=tone.ink, strokeDash=[4, 3], strokeWidth=size.mark)
    told = now.mark_text(align="center", baseline="top", dy=4).encode(
        text=alt.value(text("tracking.today")), y=alt.value("height")
    )
    height = max(3, len(drawn)) * round(size.band * 1.1) + 40
    return (bars + rule + told).properties(height=height)

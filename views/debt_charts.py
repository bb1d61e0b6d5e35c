"""The two pictures of the debt: a map of the systems, and when their support ends."""

from collections.abc import Iterator, Mapping
from datetime import date

import altair as alt

from portfolio.system import System, Technology
from services.debts import DebtView, Light, Support, SystemDebt
from views.desk import Desk
from views.look import charts, tokens
from views.look.charts import Spec
from views.look.components import Mood
from views.look.tables import Column

MOODS: dict[Support, Mood] = {
    Support.ENDED: "bad",
    Support.ENDING: "warning",
    Support.SUPPORTED: "good",
    Support.UNKNOWN: "quiet",
}
LIGHTS: dict[Light, Mood] = {
    Light.RED: "bad", Light.AMBER: "warning", Light.GREEN: "good", Light.UNKNOWN: "quiet",
}  # fmt: skip
NAMED = 6  # systems named on the map, those that cost the most to keep
SHAPES = {"bad": "square", "warning": "triangle-up", "good": "circle", "quiet": "diamond"}


def support_words(desk: Desk, support: Support) -> str:
    """« ■ terminé »: a shape and a word."""
    return f"{tokens.SIGNS[MOODS[support]]} {desk.text(f'debts.support.{support}')}"


def _words(desk: Desk, support: Support) -> str:
    return desk.text(f"debts.support.{support}")


def show_map(desk: Desk, found: DebtView) -> None:
    """Principal across, interest up, users as size, risk as colour and shape."""
    text = desk.text
    owing = [system for system in found.systems if system.figures]
    rows = [_point(desk, system) for system in owing]
    columns = (
        Column("title", text("debts.system"), width="large"),
        Column("light", text("debts.light_label")),
        Column("principal", text("debts.principal"), "thousands"),
        Column("interest", text("debts.interest"), "thousands"),
        Column("users", text("debts.users"), "number"),
    )
    title, light, principal, interest, users = columns
    if not rows:
        return
    spec = charts.scatter(
        desk, rows, x=principal, y=interest, series=light, name=title, size=users
    )
    worst = owing[0]
    charts.chart(
        desk,
        _coloured(desk, spec, users),
        title=text("debts.map_title", system=worst.system.title_in(desk.language)),
        sentence=text(
            "debts.map_sentence",
            interest=round(worst.interest),
            principal=round(worst.principal),
            n=len(owing),
        ),
        rows=rows,
        columns=columns,
        key="debts_map",
    )


def _point(desk: Desk, found: SystemDebt) -> dict[str, object]:
    return {
        "title": found.system.title_in(desk.language),
        "light": desk.text(f"debts.light.{found.light}"),
        "principal": round(found.principal),
        "interest": round(found.interest),
        "users": found.system.users or 0,
    }


def _coloured(desk: Desk, spec: Spec, users: Column) -> Spec:
    """Red, amber and green mean what they mean everywhere, each with its own shape."""
    field = "light:N"
    words = {desk.text(f"debts.light.{light}"): mood for light, mood in LIGHTS.items()}
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    area = alt.Scale(type="sqrt", range=[size.chart_text * 7, size.chart_text * 110])
    marks = spec.mark_point(filled=True, opacity=0.75).encode(
        color=alt.Color(field, title=None, scale=_colours(desk, words)),
        shape=alt.Shape(field, title=None, scale=_shapes(words)),
        size=alt.Size("users:Q", title=users.label, legend=None, scale=area),
    )
    names = (
        spec.mark_text(align="left", dx=size.chart_text, color=tone.ink)
        .encode(text="title:N", color=alt.value(tone.ink), size=alt.value(size.chart_text))
        .transform_window(rank="rank(interest)", sort=[alt.SortField("interest", "descending")])
        .transform_filter(f"datum.rank <= {NAMED}")
    )
    return (marks + names).properties(height=round(1.3 * size.chart_height))


def _colours(desk: Desk, moods: Mapping[str, Mood]) -> alt.Scale:
    tone = tokens.tones(desk.is_dark)
    return alt.Scale(domain=list(moods), range=[getattr(tone, mood) for mood in moods.values()])


def _shapes(moods: Mapping[str, Mood]) -> alt.Scale:
    return alt.Scale(domain=list(moods), range=[SHAPES[mood] for mood in moods.values()])


def timeline(desk: Desk, found: DebtView, today: date) -> None:
    """For each system, the technology whose support ends first: from now to its end."""
    text = desk.text
    rows = sorted(_spans(desk, found, today), key=lambda row: row["ends"])
    columns = (
        Column("title", text("debts.system"), width="large"),
        Column("technology", text("debts.technology")),
        Column("ends", text("debts.support_end"), "date"),
        Column("support", text("debts.support_label")),
    )
    if not rows:
        return
    ended = [row for row in rows if row["ends"] < today]
    next_ = next((row for row in rows if row["ends"] >= today), None)
    sentence = text("debts.timeline_none")
    if next_ is not None:
        sentence = text("debts.timeline_sentence", system=next_["title"], day=next_["ends"])
    charts.chart(
        desk,
        _ends(desk, rows, columns, today),
        title=text("debts.timeline_title", n=len(ended), of=len(rows)),
        sentence=sentence,
        rows=rows,
        columns=columns,
        key="debts_timeline",
    )


def _spans(desk: Desk, found: DebtView, today: date) -> Iterator[dict[str, object]]:
    for system in found.systems:
        technology = _first_to_end(system.system)
        if technology is not None:
            yield {
                "title": system.system.title_in(desk.language),
                "technology": f"{technology.name} {technology.version}".strip(),
                "ends": technology.support_end,
                "support": _words(desk, system.support),
                "now": today,
            }


def _first_to_end(system: System) -> Technology | None:
    ending = [t for t in system.technologies if t.support_end is not None]
    return min(ending, key=lambda t: t.support_end, default=None)


def _ends(
    desk: Desk, rows: list[dict[str, object]], columns: tuple[Column, ...], today: date
) -> Spec:
    """A stalk from today to the end of support: to the left it is over, to the right it remains."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    title, technology, ends, support = columns
    told = [{**row, "ends": row["ends"].isoformat(), "now": today.isoformat()} for row in rows]
    moods = {_words(desk, kind): mood for kind, mood in MOODS.items()}
    base = alt.Chart(alt.Data(values=told)).encode(
        y=alt.Y(
            "title:N", title=None, sort=None,
            axis=alt.Axis(labelLimit=30 * size.chart_text, labelPadding=6),
        ),
        color=alt.Color(f"{support.field}:N", title=None, scale=_colours(desk, moods)),
        tooltip=[
            alt.Tooltip("title:N", title=title.label),
            alt.Tooltip("technology:N", title=technology.label),
            alt.Tooltip("ends:T", title=ends.label, format="%Y-%m-%d"),
        ],
    )
    x = alt.X("ends:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"))
    stalks = base.mark_rule(strokeWidth=size.mark).encode(x=x, x2="now:T")
    heads = base.mark_point(filled=True, size=size.chart_text * 9, opacity=1).encode(
        x=x, shape=alt.Shape(f"{support.field}:N", title=None, scale=_shapes(moods))
    )
    now = alt.Chart(alt.Data(values=[{"now": today.isoformat()}])).mark_rule(
        color=tone.ink, strokeDash=[4, 3]
    ).encode(x="now:T")
    return (stalks + heads + now).properties(height=len(rows) * round(size.row * 0.72))

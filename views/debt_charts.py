"""The two pictures of the debt: a map of the systems, and when their support ends."""

from collections.abc import Iterator, Mapping
from datetime import date

import altair as alt

from services.debts import DebtView, Light, Support, SystemDebt, support_at
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
    """For each system, the technology whose support ends first, then the others it stands on.

    Where the city bought an extension, the day that the source gives stays as a hollow mark.
    """
    text = desk.text
    rows = sorted(_spans(desk, found, today), key=lambda row: row["ends"])
    columns = (
        Column("title", text("debts.system"), width="large"),
        Column("technology", text("debts.technology")),
        Column("ends", text("debts.support_end"), "date"),
        Column("support", text("debts.support_label")),
        Column("standard", text("debts.standard_source"), "date"),
        Column("contract", text("debts.contract"), "date"),
        Column("offered", text("debts.offered"), "date"),
    )
    if not rows:
        return
    first = [row for row in rows if row["is_first"]]
    ended = [row for row in first if row["ends"] < today]
    next_ = next((row for row in rows if row["ends"] >= today), None)
    sentence = text("debts.timeline_none")
    if next_ is not None:
        sentence = text("debts.timeline_sentence", system=next_["title"], day=next_["ends"])
    if any(row["replaced"] for row in rows):
        sentence = f"{sentence} {text('debts.timeline_bought')}"
    charts.chart(
        desk,
        _ends(desk, rows, columns, today),
        title=text("debts.timeline_title", n=len(ended), of=len(first)),
        sentence=sentence,
        rows=rows,
        columns=columns,
        key="debts_timeline",
    )


def _spans(desk: Desk, found: DebtView, today: date) -> Iterator[dict[str, object]]:
    """Every technology with an end of support; the first to end of each system is marked so."""
    for system in found.systems:
        ending = [t for t in system.system.technologies if t.support_end is not None]
        first = min(ending, key=lambda t: t.support_end, default=None)
        for technology in ending:
            bought, standard = technology.contract_until, technology.standard_end
            is_replaced = bought is not None and standard is not None and standard != bought
            yield {
                "title": system.system.title_in(desk.language),
                "technology": f"{technology.name} {technology.version}".strip(),
                "ends": technology.support_end,
                "support": _words(desk, support_at(technology.support_end, today)),
                "standard": standard,
                "contract": bought,
                "offered": technology.extended_end,
                "replaced": standard if is_replaced else None,
                "is_first": technology is first,
            }


def _ends(
    desk: Desk, rows: list[dict[str, object]], columns: tuple[Column, ...], today: date
) -> Spec:
    """A stalk from today to the end of support: to the left it is over, to the right it remains."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    title, technology, ends, support = columns[:4]
    words = {_words(desk, of): mood for of, mood in MOODS.items()}
    colours, shapes = _colours(desk, words), _shapes(words)
    told = [
        {name: value.isoformat() if isinstance(value, date) else value
         for name, value in row.items()} | {"now": today.isoformat()}
        for row in rows
    ]  # fmt: skip
    order = [row["title"] for row in rows if row["is_first"]]
    base = alt.Chart(alt.Data(values=told)).encode(
        y=alt.Y(
            "title:N", title=None, sort=order,
            axis=alt.Axis(labelLimit=30 * size.chart_text, labelPadding=6),
        ),
        color=alt.Color(f"{support.field}:N", title=None, scale=colours),
        tooltip=[
            alt.Tooltip("title:N", title=title.label),
            alt.Tooltip("technology:N", title=technology.label),
            alt.Tooltip("ends:T", title=ends.label, format="%Y-%m-%d"),
        ],
    )
    x = alt.X("ends:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"))
    first = base.transform_filter("datum.is_first")
    stalks = first.mark_rule(strokeWidth=size.mark).encode(x=x, x2="now:T")
    area = size.chart_text
    shape = alt.Shape(f"{support.field}:N", title=None, scale=shapes)
    heads = first.mark_point(filled=True, size=area * 9, opacity=1).encode(x=x, shape=shape)
    others = base.transform_filter("!datum.is_first").mark_point(
        filled=True, size=area * 4, opacity=0.8
    ).encode(x=x, shape=shape)
    replaced = base.transform_filter("datum.replaced !== null").mark_point(
        filled=False, size=area * 7, color=tone.ink, opacity=1
    ).encode(x="replaced:T", color=alt.value(tone.ink))
    now = alt.Chart(alt.Data(values=[{"now": today.isoformat()}])).mark_rule(
        color=tone.ink, strokeDash=[4, 3]
    ).encode(x="now:T")
    height = len(order) * round(size.row * 0.72)
    return (stalks + replaced + others + heads + now).properties(height=height)

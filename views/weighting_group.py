"""The group's weights: where members differ, and what is in force."""

import altair as alt
import streamlit as st

from portfolio.evaluation import Adopted
from services.weighting import Result, Weighing
from views.desk import Desk
from views.look import charts, tokens
from views.look.components import page_link, plain, said
from views.look.tables import Column
from views.parts import joined, shortened
from views.weighting_words import group_name, named


def spread(desk: Desk, found: Weighing, result: Result) -> None:
    """Each member's weights as dots, the group's as a diamond, by branch or by criterion."""
    text, framework = desk.text, found.framework
    with st.container(horizontal=True, vertical_alignment="bottom", key="weighting_choices"):
        level = st.segmented_control(
            text("weighting.level_of"),
            ["branches", "criteria"],
            default="branches",
            required=True,
            format_func=lambda name: text(f"weighting.by_{name}"),
            key="weighting_level",
        )
        marked = _marked(desk, result)
    shown = framework.children("") if level == "branches" else framework.leaves
    keys = [criterion.key for criterion in shown]
    rows = [_row(desk, found, result, key) for key in keys]
    widest = result.widest(keys)
    facts = {"low": result.spreads[widest].low, "high": result.spreads[widest].high}
    is_apart = facts["high"] > facts["low"]
    name = named(desk, framework.criterion(widest))
    told = [text("weighting.spread", n=len(result.voices), round=result.round)]
    if result.by_pairs:
        names = joined(desk, [group_name(desk, framework, p) for p in result.by_pairs])
        told.append(text("weighting.by_pairs", names=names))
    charts.chart(
        desk,
        _dots(desk, result, rows, marked),
        title=text("weighting.apart" if is_apart else "weighting.agreed", name=name, **facts),
        sentence=" ".join(told),
        rows=rows,
        columns=_columns(desk, result),
        key="weighting_spread",
    )


def _marked(desk: Desk, result: Result) -> str | None:
    """The member whose dots are to stand out; only for those who know the names."""
    names = [voice.name for voice in result.voices if voice.name]
    if not names:
        return None
    own = desk.person.name
    marked: str | None = st.selectbox(
        desk.text("weighting.mark"),
        names,
        index=names.index(own) if own in names else None,
        placeholder=desk.text("weighting.mark_placeholder"),
        key="weighting_mark",
        width=320,
    )
    return marked


def _row(desk: Desk, found: Weighing, result: Result, key: str) -> dict[str, object]:
    name, said_of = named(desk, found.framework.criterion(key)), result.spreads[key]
    each = {f"voice_{at}": voice.shares[key] for at, voice in enumerate(result.voices)}
    return {
        "criterion": name,
        "name": shortened(name, 44),
        "low": said_of.low,
        "group": result.shares[key],
        "high": said_of.high,
        "deviation": said_of.deviation,
        **each,
    }


def _columns(desk: Desk, result: Result) -> list[Column]:
    text = desk.text
    columns = [
        Column("criterion", text("weighting.criterion"), width="large"),
        Column("low", text("weighting.low"), "percent"),
        Column("group", text("weighting.group_weight"), "percent"),
        Column("high", text("weighting.high"), "percent"),
        Column("deviation", text("weighting.deviation"), "percent"),
    ]
    for at, voice in enumerate(result.voices):
        name = voice.name or text("weighting.someone", n=at + 1)
        columns.append(Column(f"voice_{at}", name, "percent"))
    return columns


def _dots(
    desk: Desk, result: Result, rows: list[dict[str, object]], marked: str | None
) -> charts.Spec:
    text, tone, size = desk.text, tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    kinds = [text("weighting.a_member"), text("weighting.the_group")]
    if marked is not None:
        kinds.insert(1, marked)
    points = [
        {
            "name": row["name"],
            "criterion": row["criterion"],
            "who": voice.name or text("weighting.a_member"),
            "kind": marked if marked is not None and voice.name == marked else kinds[0],
            "share": row[f"voice_{at}"],
        }
        for row in rows
        for at, voice in enumerate(result.voices)
    ]
    points.sort(key=lambda point: kinds.index(str(point["kind"])))  # the marked ones on top
    points += [
        {"name": r["name"], "criterion": r["criterion"], "who": kinds[-1], "kind": kinds[-1],
         "share": r["group"]}
        for r in rows
    ]  # fmt: skip
    y = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=0))
    axis = alt.Axis(format=".0%", tickCount=6)
    x = alt.X("share:Q", title=text("weighting.weight"), axis=axis, scale=alt.Scale(domainMin=0))
    lines = (
        alt.Chart(alt.Data(values=rows))
        .mark_rule(color=tone.line, strokeWidth=size.mark * 2)
        .encode(y=y, x=alt.X("low:Q", title=text("weighting.weight")), x2="high:Q")
    )
    shapes = ["circle", *(["triangle-up"] if marked is not None else []), "diamond"]
    colours = [tone.quiet, *([tone.series[1]] if marked is not None else []), tone.accent]
    area = size.chart_text * 7
    dots = (
        alt.Chart(alt.Data(values=points))
        .mark_point(filled=True, opacity=0.85)
        .encode(
            x=x,
            y=y,
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=colours)),
            shape=alt.Shape("kind:N", title=None, scale=alt.Scale(domain=kinds, range=shapes)),
            size=alt.condition(
                f"datum.kind === '{kinds[0]}'", alt.value(area), alt.value(area * 2)
            ),
            tooltip=[
                alt.Tooltip("criterion:N", title=text("weighting.criterion")),
                alt.Tooltip("who:N", title=text("weighting.who")),
                alt.Tooltip("share:Q", title=text("weighting.weight"), format=".1%"),
            ],
        )
    )
    return (lines + dots).properties(height=(len(rows) + 3) * size.band)


def in_force(desk: Desk, found: Weighing) -> None:
    """What projects are scored by now, and why."""
    text, adopted = desk.text, found.adopted
    st.header(text("weighting.in_force"), anchor=False)
    if adopted is None:
        st.markdown(said(text("weighting.none_adopted")))
    else:
        st.markdown(said(text(f"weighting.adopted.{_kind(adopted)}", round=adopted.round)))
        st.markdown("\n".join(f"- {plain(line)}" for line in _left_open(desk, found, adopted)))
        st.markdown(said(text("weighting.reason_said", reason=plain(adopted.reason))))
    with st.container(horizontal=True):
        page_link(desk, "criteria", text("weighting.see_criteria"))
        if adopted is not None and (adopted.between or adopted.orders):
            page_link(desk, "tradeoffs", text("weighting.see_tradeoffs"))


def _kind(adopted: Adopted) -> str:
    if adopted.between or adopted.orders:
        return "set"
    return "mean" if adopted.weights else "own"


def _left_open(desk: Desk, found: Weighing, adopted: Adopted) -> list[str]:
    """One line for what is left open of each branch, and one for each order."""
    text = desk.text
    lines = [
        text(
            "weighting.between",
            name=named(desk, found.framework.criterion(between.criterion)),
            low=between.low,
            high=between.high,
        )
        for between in adopted.between
    ]
    return lines + [order_words(desk, found, order) for order in adopted.orders]


def order_words(desk: Desk, found: Weighing, order: tuple[str, ...]) -> str:
    """« Durabilité ≥ Dette technologique », from the weightiest on."""
    names = [shortened(named(desk, found.framework.criterion(key)), 40) for key in order]
    return " ≥ ".join(names)

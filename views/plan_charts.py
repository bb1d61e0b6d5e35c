"""The pictures of a plan: money by year, load of the teams, the timeline, what waits for what."""

import altair as alt
import pandas as pd
import streamlit as st

from services.plan_view import Days, Line, PlanView
from views.desk import Desk
from views.look import charts, dot, tokens
from views.look.components import said
from views.look.tables import Column, table
from views.plan_words import PlanWords

SIGNS = {"over": " ■", "full": " ●", "near": " ▲", "free": "", "none": ""}
ORDER = ("nouveau", "evolution", "modernisation", "continuite", "obligatoire")
AT_ONCE = 60  # projects drawn on one timeline
WRAP = 24  # letters a line in a node of the graph
LETTERS = 0.82  # room for letters in the graph, by those of the page: Streamlit sets their size


def money(words: PlanWords, view: PlanView, key: str) -> None:
    """What each envelope spends each year, under what is available."""
    desk, text = words.desk, words.desk.text
    available = {m.period: m.available for m in view.whole}
    rows = [
        {
            "period": words.period(m.period),
            "envelope": words.envelope(m.envelope),
            "used": m.used,
            "limit": m.limit,
            "brought": m.brought,
            "free": m.free,
            "ceiling": available[m.period],
        }
        for m in view.money
    ]
    period = Column("period", text("scenarios.period"))
    envelope = Column("envelope", text("scenarios.envelope"))
    used = Column("used", text("scenarios.used"), "thousands")
    more = [Column(f, text(f"scenarios.{f}"), "thousands") for f in ("limit", "brought", "free")]
    order = list(dict.fromkeys(str(row["envelope"]) for row in rows))
    spec = charts.stacked_bars(
        desk, rows, x=period, y=used, series=envelope, limit="ceiling", order=order
    )
    title, sentence = _money_said(words, view)
    charts.chart(
        desk, spec, title=title, sentence=sentence, rows=rows,
        columns=(period, envelope, used, *more), key=key,
    )  # fmt: skip


def _money_said(words: PlanWords, view: PlanView) -> tuple[str, str]:
    text = words.desk.text
    full: dict[str, list[int]] = {}
    for cell in view.money:
        if cell.is_full:
            full.setdefault(cell.envelope, []).append(cell.period)
    if not full:
        return text("scenarios.money_free"), text("scenarios.money_free_more")
    parts = (
        text("scenarios.money_part", name=words.envelope(e), when=words.periods(at))
        for e, at in full.items()
    )
    return text("scenarios.money_full", n=len(full)), text(
        "scenarios.money_full_more", parts=text("scenarios.join").join(parts)
    )


def load(words: PlanWords, view: PlanView, key: str) -> None:
    """How loaded each team is each year: a figure, and a sign where it is at its limit."""
    desk, text = words.desk, words.desk.text
    rows = [_loaded(words, cell) for cell in view.days]
    columns = (
        Column("team", text("scenarios.team")),
        Column("period", text("scenarios.period")),
        Column("days", text("scenarios.days"), "number"),
        Column("capacity", text("scenarios.capacity"), "number"),
        Column("load", text("scenarios.load"), "percent"),
        Column("state", text("scenarios.state")),
    )
    title, sentence = _load_said(words, view)
    charts.chart(
        desk, _heat(desk, rows), title=title, sentence=sentence, rows=rows, columns=columns, key=key
    )


def _loaded(words: PlanWords, cell: Days) -> dict[str, object]:
    desk = words.desk
    shown = "–" if cell.load is None else f"{cell.load:.0%}".rstrip("%") + SIGNS[cell.state]
    return {
        "team": words.team(cell.team),
        "period": words.period(cell.period),
        "days": cell.days,
        "capacity": cell.capacity,
        "load": cell.load,
        "state": desk.text(f"scenarios.load_{cell.state}"),
        "shown": shown,
    }


def _load_said(words: PlanWords, view: PlanView) -> tuple[str, str]:
    text = words.desk.text
    full: dict[str, list[int]] = {}
    for cell in view.days:
        if cell.state in ("over", "full", "near"):
            full.setdefault(cell.team, []).append(cell.period)
    over = {cell.team for cell in view.days if cell.state == "over"}
    tight = {cell.team for cell in view.days if cell.state == "full"}
    parts = (
        text("scenarios.load_part", name=words.team(t), when=words.periods(at))
        for t, at in full.items()
    )
    more = text("scenarios.load_more", parts=text("scenarios.join").join(parts)) if full else ""
    legend = text("scenarios.load_legend")
    if over:
        return text("scenarios.load_title_over", n=len(over)), f"{more} {legend}"
    if tight:
        return text("scenarios.load_title_full", n=len(tight)), f"{more} {legend}"
    return text("scenarios.load_title_free"), f"{more} {legend}".strip()


def _heat(desk: Desk, rows: list[dict[str, object]]) -> charts.Spec:
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    text, data = desk.text, pd.DataFrame(rows)
    base = alt.Chart(data).encode(
        x=alt.X("period:O", title=None, sort=None, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("team:N", title=None, sort=None, axis=alt.Axis(labelLimit=size.chart_text * 22)),
        tooltip=[
            alt.Tooltip("team:N", title=text("scenarios.team")),
            alt.Tooltip("period:N", title=text("scenarios.period")),
            alt.Tooltip("days:Q", title=text("scenarios.days"), format=",.0f"),
            alt.Tooltip("capacity:Q", title=text("scenarios.capacity"), format=",.0f"),
            alt.Tooltip("state:N", title=text("scenarios.state")),
        ],
    )
    scale = alt.Scale(domain=[0, 1], clamp=True)
    cells = base.mark_rect(stroke=tone.page, strokeWidth=2).encode(
        color=alt.Color("load:Q", legend=None, scale=scale)
    )
    ink = alt.condition("datum.load > 0.55", alt.value(tone.page), alt.value(tone.ink))
    figures = base.mark_text().encode(text="shown:N", color=ink)
    return (cells + figures).properties(height=size.row * (data["team"].nunique() + 1))


def timeline(words: PlanWords, lines: list[Line], chain: tuple[str, ...], key: str) -> None:
    """When each project is under way, with the deadlines of those that have one."""
    desk, text = words.desk, words.desk.text
    rows = [_bar(words, line, chain) for line in lines]
    columns = (
        Column("code", text("scenarios.code"), width="small"),
        Column("title", text("scenarios.project"), width="large"),
        Column("category", text("roadmap.category_label")),
        Column("variant", text("scenarios.variant")),
        Column("from", text("common.from")),
        Column("to", text("common.to")),
        Column("deadline", text("roadmap.deadline")),
        Column("cost", text("scenarios.cost"), "thousands"),
    )
    first = min((line.start or 0 for line in lines), default=0)
    starting = sum(line.start == first for line in lines)
    last = max((line.end or 0 for line in lines), default=0)
    charts.chart(
        desk,
        _gantt(words, rows),
        title=text("roadmap.timeline_title", n=starting, period=words.period(first)),
        sentence=_timeline_said(words, lines, last, chain),
        rows=rows,
        columns=columns,
        key=key,
    )  # fmt: skip


def _timeline_said(words: PlanWords, lines: list[Line], last: int, chain: tuple[str, ...]) -> str:
    text = words.desk.text
    due = sum(line.deadline is not None for line in lines)
    parts = [text("roadmap.timeline_sentence", n=len(lines), last=words.period(last))]
    parts += [text("roadmap.timeline_due", n=due)] if due else []
    parts += [text("roadmap.timeline_chain")] if chain else []
    return " ".join(parts)


def _bar(words: PlanWords, line: Line, chain: tuple[str, ...]) -> dict[str, object]:
    start, end = line.start or 0, line.end or 0
    return {
        "code": line.project,
        "title": words.title(line.project),
        "name": words.project(line.project),
        "category": words.category(line.category),
        "variant": words.variant(line.project, line.variant),
        "from": words.period(start),
        "to": words.period(end),
        "deadline": words.period(line.deadline),
        "cost": line.cost,
        "x": start,
        "x2": end + 1,
        "due": None if line.deadline is None else line.deadline + 1,
        "after": max(end, line.deadline or 0) + 1,
        "is_critical": line.project in chain,
    }


def _gantt(words: PlanWords, rows: list[dict[str, object]]) -> charts.Spec:
    desk, text = words.desk, words.desk.text
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    horizon = words.asked.registry.cycle.horizon
    labels = [words.period(p) for p in horizon]
    axis = alt.Axis(
        orient="top", title=None, grid=True, tickCount=len(labels),
        values=[p + 0.5 for p in horizon], labelExpr=f"{labels}[floor(datum.value)]",
    )  # fmt: skip
    scale = alt.Scale(domain=[0, len(labels) + 1.4], nice=False)
    data = pd.DataFrame(rows)
    place = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=size.chart_text * 30))
    tips = [
        alt.Tooltip("name:N", title=text("scenarios.project")),
        alt.Tooltip("variant:N", title=text("scenarios.variant")),
        alt.Tooltip("from:N", title=text("common.from")),
        alt.Tooltip("to:N", title=text("common.to")),
        alt.Tooltip("deadline:N", title=text("roadmap.deadline")),
    ]
    order = [words.category(key) for key in ORDER]
    base = alt.Chart(data).encode(y=place, tooltip=tips)
    bars = base.mark_bar(cornerRadius=2, height={"band": 0.62}, stroke=tone.ink).encode(
        x=alt.X("x:Q", scale=scale, axis=axis),
        x2="x2:Q",
        color=alt.Color(
            "category:N",
            title=None,
            scale=alt.Scale(domain=order),
            legend=alt.Legend(columns=len(order)),
        ),
        strokeWidth=alt.condition("datum.is_critical", alt.value(size.mark), alt.value(0)),
    )
    names = base.mark_text(align="left", dx=6).encode(x=alt.X("after:Q"), text="category:N")
    due = (
        base.transform_filter("datum.due !== null")
        .mark_tick(color=tone.bad, thickness=size.mark + 1, orient="vertical", height={"band": 0.9})
        .encode(x=alt.X("due:Q"))
    )
    return (bars + names + due).properties(height=size.band * (len(rows) + 1))


def graph(words: PlanWords, view: PlanView, key: str) -> None:
    """What waits for what, the longest chain in bold; those that neither wait are listed."""
    desk, text = words.desk, words.desk.text
    st.header(said(_graph_title(words, view)), anchor=False)
    if not view.edges:
        st.markdown(text("roadmap.graph_none"))
    else:
        sentence = text("roadmap.graph_sentence", n=len(view.edges))
        st.markdown(said(sentence))
        with st.container(key=key):
            st.graphviz_chart(_dot(words, view), alt=sentence)
        rows = [
            {
                "before": words.project(edge.before),
                "after": words.project(edge.after),
                "slack": edge.slack,
                "critical": text(f"roadmap.{'yes' if edge.is_critical else 'no'}"),
            }
            for edge in view.edges
        ]
        columns = (
            Column("before", text("roadmap.before"), width="large"),
            Column("after", text("roadmap.after"), width="large"),
            Column("slack", text("roadmap.slack"), "number", help=text("roadmap.slack_help")),
            Column("critical", text("roadmap.critical")),
        )
        with st.expander(text("common.table")):
            table(desk, rows, columns, key=f"{key}_table", name=text("roadmap.links"))
    if view.apart:
        with st.expander(text("roadmap.apart", n=len(view.apart))):
            st.markdown("\n".join(f"- {said(words.project(code))}" for code in view.apart))


def _graph_title(words: PlanWords, view: PlanView) -> str:
    text = words.desk.text
    if not view.chain:
        return text("roadmap.graph_title_none")
    ends = view.line(view.chain[0]), view.line(view.chain[-1])
    return text(
        "roadmap.graph_title",
        chain=" → ".join(view.chain),
        first=words.period(ends[0].start),
        last=words.period(ends[1].end),
    )


def _dot(words: PlanWords, view: PlanView) -> str:
    """The graph in Graphviz's language, in the desk's colours."""
    tone, size = tokens.tones(words.desk.is_dark), tokens.sizes(words.desk.projection)
    letters = round(size.root * LETTERS)
    lines = [
        "digraph plan {",
        'rankdir=LR; bgcolor="transparent"; nodesep=0.25; ranksep=0.5;',
        f'node [shape=box, style="rounded,filled", fillcolor="{tone.panel}", color="{tone.quiet}",'
        f' fontcolor="{tone.ink}", fontname="{tokens.FONT}", fontsize={letters},'
        ' margin="0.14,0.08"];',
        f'edge [color="{tone.quiet}", arrowsize=0.7];',
    ]
    tied = dict.fromkeys(code for e in view.edges for code in (e.before, e.after))
    for code in tied:
        bold = f' penwidth=3 color="{tone.accent}"' if code in view.chain else ""
        label = dot.quoted(_node(words, view.line(code)))
        lines.append(f"{dot.quoted(code)} [label={label}{bold}];")
    for edge in view.edges:
        bold = f' [penwidth=3 color="{tone.accent}"]' if edge.is_critical else ""
        lines.append(f"{dot.quoted(edge.before)} -> {dot.quoted(edge.after)}{bold};")
    return "\n".join([*lines, "}"])


def _node(words: PlanWords, line: Line) -> str:
    rows, now = [], ""
    for word in words.title(line.project).split():
        if now and len(now) + len(word) >= WRAP:
            rows.append(now)
            now = ""
        now = f"{now} {word}".strip()
    return "\n".join([f"{line.project} · {words.period(line.start)}", *rows, now])

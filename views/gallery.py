"""The internal page that shows every token and component, to look at and to test."""

from datetime import date
from decimal import Decimal

import streamlit as st

from portfolio.errors import Invalid
from portfolio.plan import Proof
from views.desk import Desk
from views.look import charts, components, tokens
from views.look.components import Metric
from views.look.tables import Column, table

_YEARS = ("2027", "2028", "2029", "2030", "2031")
_SPENT = {
    "gallery.envelope_city": (9_200, 11_800, 12_000, 8_400, 6_100),
    "gallery.envelope_island": (3_100, 4_000, 3_700, 2_900, 1_200),
    "gallery.envelope_operating": (1_450, 2_050, 2_100, 1_800, 900),
}
_CEILINGS = (15_000, 18_000, 18_000, 16_000, 12_000)
_LOADS = {"Intégration": (0.62, 0.97, 1.0, 0.71, 0.2), "Données": (0.4, 0.55, 0.83, 0.6, 0.35)}
_PROJECTS = (
    ("P08", "Portail citoyen unifié", 2027, 2030, 1_260_000_000, 0.125, "in"),
    ("P17", "Remplacement du système de paie", 2028, 2031, 2_140_000_000, 0.31, "in"),
    ("P23", "Refonte du portail des fournisseurs", 2028, 2029, 388_000_000, 0.2, "contested"),
    ("P31", "Capteurs de qualité de l'air", 2029, 2030, 94_500_000, 0.08, "out"),
)
_MOODS = {"in": "good", "contested": "warning", "out": "quiet"}


def render(desk: Desk) -> None:
    """Show the tokens, then each component in each of its states."""
    text = desk.text
    components.page_head(desk, text("gallery.title"), text("gallery.answer", n=len(_PROJECTS)))
    _metrics(desk)
    _charts(desk)
    _list(desk)
    _statuses(desk)
    _typed(desk)
    _tokens(desk)


def _metrics(desk: Desk) -> None:
    text = desk.text
    components.metric_row(
        (
            Metric(text("gallery.worth"), desk.number(1942), desk.number(4.1, signed=True), "up"),
            Metric(text("gallery.cost"), desk.money(6_140_000_000, compact=True)),
            Metric(
                text("gallery.debt"),
                desk.money(194_400_000, compact=True),
                desk.money(-21_000_000, compact=True),
                "up",
                text("gallery.debt_help"),
            ),
            Metric(text("gallery.share"), desk.percent(0.125), desk.percent(-0.02), "down"),
        )
    )


def _charts(desk: Desk) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        _spending(desk)
        _timeline(desk)
    with right:
        _load(desk)
        _cloud(desk)


def _spending(desk: Desk) -> None:
    text = desk.text
    year = Column("year", text("gallery.year"))
    source = Column("source", text("gallery.source"))
    spent = Column("spent", text("gallery.spent"), "thousands")
    limit = Column("limit", text("common.limit"), "thousands")
    order = [text(key) for key in _SPENT]
    rows = [
        {"year": y, "source": text(key), "spent": k * 100_000, "limit": _CEILINGS[at] * 100_000}
        for key, amounts in _SPENT.items()
        for at, (y, k) in enumerate(zip(_YEARS, amounts, strict=True))
    ]
    charts.chart(
        desk,
        charts.stacked_bars(desk, rows, x=year, y=spent, series=source, limit="limit", order=order),
        title=text("gallery.spending_title"),
        sentence=text("gallery.spending_sentence", libre=20_000_000),
        rows=rows,
        columns=(year, source, spent, limit),
        key="spending",
    )


def _load(desk: Desk) -> None:
    text = desk.text
    year, team = Column("year", text("gallery.year")), Column("team", text("gallery.team"))
    load = Column("load", text("gallery.load"), "percent")
    rows = [
        {"year": y, "team": name, "load": share}
        for name, shares in _LOADS.items()
        for y, share in zip(_YEARS, shares, strict=True)
    ]
    charts.chart(
        desk,
        charts.heat_map(desk, rows, x=year, y=team, value=load),
        title=text("gallery.load_title"),
        sentence=text("gallery.load_sentence"),
        rows=rows,
        columns=(team, year, load),
        key="load",
    )


def _projects(desk: Desk) -> list[dict[str, object]]:
    fields = ("code", "title", "start", "end", "cost", "share", "fate")
    rows = [dict(zip(fields, project, strict=True)) for project in _PROJECTS]
    return [row | {"fate": desk.text(f"gallery.fate.{row['fate']}")} for row in rows]


def _fates(desk: Desk) -> list[str]:
    return [desk.text(f"gallery.fate.{fate}") for fate in _MOODS]


def _columns(desk: Desk) -> dict[str, Column]:
    text = desk.text
    columns = (
        Column("code", text("gallery.code"), width="small"),
        Column("title", text("gallery.project"), width="large"),
        Column("start", text("common.from")),
        Column("end", text("common.to")),
        Column("cost", text("gallery.cost"), "money"),
        Column("share", text("gallery.share"), "percent"),
        Column("fate", text("gallery.fate_label")),
    )
    return {column.field: column for column in columns}


def _timeline(desk: Desk) -> None:
    text, named, rows = desk.text, _columns(desk), _projects(desk)
    charts.chart(
        desk,
        charts.gantt(
            desk,
            rows,
            name=named["title"],
            start=named["start"],
            end=named["end"],
            series=named["fate"],
            order=_fates(desk),
        ),
        title=text("gallery.timeline_title"),
        sentence=text("gallery.timeline_sentence"),
        rows=rows,
        columns=[named[field] for field in ("code", "title", "start", "end")],
        key="timeline",
    )


def _cloud(desk: Desk) -> None:
    text, named, rows = desk.text, _columns(desk), _projects(desk)
    charts.chart(
        desk,
        charts.scatter(
            desk,
            rows,
            x=named["cost"],
            y=named["share"],
            series=named["fate"],
            name=named["title"],
            order=_fates(desk),
        ),
        title=text("gallery.cloud_title"),
        sentence=text("gallery.cloud_sentence"),
        rows=rows,
        columns=[named[field] for field in ("code", "title", "cost", "share", "fate")],
        key="cloud",
    )


def _list(desk: Desk) -> None:
    text = desk.text
    st.header(text("gallery.list"), anchor=False)
    rows = [
        row | {"start": str(row["start"]), "end": str(row["end"]), "seen": date(2026, 11, 22)}
        for row in _projects(desk)
    ]
    seen = Column("seen", text("gallery.seen"), "date")
    columns = (*_columns(desk).values(), seen)
    chosen = table(desk, rows, columns, key="list", name=text("gallery.list"), can_choose=True)
    if chosen:
        st.markdown(text("gallery.chosen", title=components.plain(str(chosen["title"]))))


def _statuses(desk: Desk) -> None:
    text = desk.text
    st.header(text("gallery.statuses"), anchor=False)
    st.segmented_control(
        text("gallery.fate_label"), list(_MOODS), default="in", key="gallery_fate",
        format_func=lambda fate: text(f"gallery.fate.{fate}"),
    )
    with st.container(horizontal=True):
        for fate, mood in _MOODS.items():
            components.status(text(f"gallery.fate.{fate}"), mood)
        components.badge(desk, Proof("optimal", gap=0.0))
        components.badge(desk, Proof("feasible", gap=0.006))
        components.badge(desk, Proof("infeasible"))
    components.demo_banner(desk)
    components.error(desk, Invalid("not-a-share", field="share", found=1.4, low=0, high=1))
    components.empty_state(text("gallery.empty"), text("gallery.start"), key="gallery_start")


def _typed(desk: Desk) -> None:
    text = desk.text
    st.header(text("gallery.typed"), anchor=False)
    left, right = st.columns(2)
    with left:
        components.decimal_input(
            desk, text("gallery.factor"), key="gallery_factor", value=Decimal("12.5"), low=0
        )
    with right:
        components.money_input(desk, text("gallery.cost"), key="gallery_cost", value=123_450)
    st.button(text("gallery.keep"), key="gallery_keep", type="primary", shortcut="Ctrl+Enter")
    components.confirm(
        desk,
        key="gallery_withdraw",
        label=text("gallery.withdraw"),
        question=text("gallery.withdraw_question"),
        act=lambda: components.tell(text("gallery.withdrawn")),
    )


def _tokens(desk: Desk) -> None:
    st.header(desk.text("gallery.colours"), anchor=False)
    tone = tokens.tones(desk.is_dark)
    strip = "".join(
        f'<span style="background:{colour};width:3.2rem;height:1.6rem"></span>'
        for colour in (*tone.series, *tone.ramp)
    )
    st.html(f'<div aria-hidden="true" style="display:flex;gap:4px;flex-wrap:wrap">{strip}</div>')

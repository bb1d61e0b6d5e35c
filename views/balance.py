"""The balance of the debt by fiscal year: a picture, its table, and closing a year."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import altair as alt
import streamlit as st

from portfolio.balance import State, Year
from portfolio.errors import Refusal
from portfolio.person import Role
from portfolio.registry import Registry
from services import balance
from services.balance import BalanceView
from views.desk import Desk
from views.look import charts, components, tokens
from views.look.charts import Spec
from views.look.components import said
from views.look.tables import Column
from views.parts import today

PARTS = ("accepted", "carried", "logged", "grown", "estimated", "retired")
LINES = ("past", "idle", "planned")
FLOWS = ("opening", "logged", "grown", "estimated", "retired", "closing")
REFUSED = "balance_refused"


def show(desk: Desk, registry: Registry) -> None:
    """The balance of every system together, or of one; then closing a year, for those who may."""
    found = balance.view(desk.store, desk.person, desk.cycle, today())
    if not any(year.systems for year in (*found.past, *found.now)):
        return
    system = _chosen(desk, registry)
    _chart(desk, found, system)
    if desk.has(Role.ARCHITECT, Role.ADMINISTRATOR):
        _close(desk, found)


def _chosen(desk: Desk, registry: Registry) -> str:
    titles = {s.code: f"{s.code} · {s.title_in(desk.language)}" for s in registry.systems}
    chosen = st.selectbox(
        desk.text("balance.which"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=desk.text("balance.whole"),
        key="balance_system",
        width=480,
    )
    return chosen or ""


def _amount(year: Year, part: str, system: str) -> int:
    """The part over every system, or of that one."""
    if not system:
        return year.whole(part)
    found = year.of(system)
    return getattr(found, part) if found is not None else 0


def _chart(desk: Desk, found: BalanceView, system: str) -> None:
    text, known = desk.text, (*found.past, *found.now)
    coming = found.planned or found.idle
    bars = [row for year in (*known, *coming) for row in _bars(desk, year, system)]
    lines = list(_lines(desk, found, system))
    rows = [_row(desk, year, "past", system) for year in known]
    rows += [_row(desk, year, "idle", system) for year in found.idle]
    rows += [_row(desk, year, "planned", system) for year in found.planned]
    charts.chart(
        desk,
        _drawn(desk, bars, lines),
        title=_title(desk, known, system),
        sentence=f"{_sentence(desk, found, system)} {text('balance.sentence_pale')}",
        rows=rows,
        columns=_columns(desk),
        key="balance",
    )


def _title(desk: Desk, known: Sequence[Year], system: str) -> str:
    first, last = known[0], known[-1]
    closing = _amount(last, "closing", system)
    if len(known) == 1:
        return desk.text("balance.title_now", closing=closing, year=last.year)
    opening = _amount(first, "opening", system)
    return desk.text("balance.title", opening=opening, closing=closing, start=first.year)


def _sentence(desk: Desk, found: BalanceView, system: str) -> str:
    text, now = desk.text, (*found.past, *found.now)[-1]
    flows = {part: _amount(now, part, system) for part in ("logged", "grown", "retired")}
    told = text("balance.sentence_now", year=now.year, **flows)
    if not found.idle:
        return told
    last = found.idle[-1]
    facts: dict[str, object] = {"idle": _amount(last, "closing", system), "last": last.year}
    if not found.planned or found.plan is None:
        return f"{told} {text('balance.sentence_idle', **facts)}"
    title = found.plan.scenario.title.in_(desk.language)
    planned = _amount(found.planned[-1], "closing", system)
    return f"{told} {text('balance.sentence_plan', scenario=title, planned=planned, **facts)}"


def _bars(desk: Desk, year: Year, system: str) -> Iterator[Mapping[str, Any]]:
    """What is owed at the end stands above the line, by where it comes from; what left, below."""
    for part, cents in _heights(year, system).items():
        if cents:
            yield {
                "year": str(year.year),
                "part": desk.text(f"balance.parts.{part}"),
                "amount": cents,
                "rank": PARTS.index(part),
                "accepted": part == "accepted",
                "pale": year.state is State.EXPECTED,
            }


def _heights(year: Year, system: str) -> Mapping[str, int]:
    was = {part: _amount(year, part, system) for part in (*FLOWS, "accepted")}
    new = {part: max(0, was[part]) for part in ("logged", "grown", "estimated")}
    left = was["closing"] - was["accepted"]
    shown = {}
    for part, cents in new.items():  # none may stand for more than what is left
        shown[part] = min(cents, left)
        left -= shown[part]
    falls = {"estimated": min(0, was["estimated"])} if was["estimated"] < 0 else {}
    return {"accepted": was["accepted"], "carried": left, **shown, **falls,
            "retired": -was["retired"]}


def _lines(desk: Desk, found: BalanceView, system: str) -> Iterator[Mapping[str, Any]]:
    """The balance at the end of each year; both forecasts start from where it stands."""
    known = (*found.past, *found.now)
    runs = {"past": known, "idle": (known[-1], *found.idle), "planned": (known[-1], *found.planned)}
    for name, years in runs.items():
        for year in years if len(years) > 1 or name == "past" else ():
            cents = _amount(year, "closing", system)
            told = desk.text(f"balance.line.{name}")
            yield {"year": str(year.year), "line": told, "amount": cents}


def _drawn(
    desk: Desk, bars: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]]
) -> Spec:
    """Stacked bars; the accepted part is outlined with dashes, forecasts are pale."""
    text, tone, size = desk.text, tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    scale, unit = _unit((*bars, *lines))
    label = f"{text('balance.amount')} ({unit})"
    names = [text(f"balance.parts.{part}") for part in PARTS]
    colours = [tone.quiet, tone.series[0], tone.series[1], tone.series[4], tone.series[3],
               tone.series[2]]
    x = alt.X("year:O", title=text("balance.year"))
    base = alt.Chart(alt.Data(values=[{**b, "amount": b["amount"] / scale} for b in bars])).encode(
        x=x,
        y=alt.Y("amount:Q", title=label, axis=alt.Axis(format=",.2~f", tickCount=5)),
        color=alt.Color("part:N", title=None, scale=alt.Scale(domain=names, range=colours)),
        order=alt.Order("rank:Q"),
        opacity=alt.condition("datum.pale", alt.value(0.5), alt.value(1)),
        tooltip=[
            alt.Tooltip("year:O", title=text("balance.year")),
            alt.Tooltip("part:N", title=text("balance.part")),
            alt.Tooltip("amount:Q", title=label, format=",.2~f"),
        ],
    )
    stacks = base.mark_bar().encode(
        fillOpacity=alt.condition("datum.accepted", alt.value(0.15), alt.value(1)),
        stroke=alt.condition("datum.accepted", alt.value(tone.ink), alt.value(None)),
        strokeDash=alt.value([3, 2]),
    )
    return stacks + _line(desk, lines, scale, x, size.mark)


def _line(
    desk: Desk, lines: Sequence[Mapping[str, Any]], scale: int, x: alt.X, width: int
) -> Spec:
    """Full, dashed or dotted: none is told by its colour."""
    tone, text = tokens.tones(desk.is_dark), desk.text
    names = [text(f"balance.line.{name}") for name in LINES]
    data = alt.Data(values=[{**row, "amount": row["amount"] / scale} for row in lines])
    drawn = alt.Chart(data).mark_line(
        color=tone.ink, strokeWidth=width, point={"color": tone.ink}
    )
    return drawn.encode(
        x=x,
        y="amount:Q",
        strokeDash=alt.StrokeDash(
            "line:N",
            title=None,
            scale=alt.Scale(domain=names, range=[[1, 0], [2, 3], [8, 4]]),
            legend=alt.Legend(symbolType="stroke", symbolStrokeWidth=width, symbolSize=600),
        ),
        tooltip=[
            alt.Tooltip("year:O", title=text("balance.year")),
            alt.Tooltip("line:N", title=text("balance.part")),
            alt.Tooltip("amount:Q", title=text("balance.amount"), format=",.2~f"),
        ],
    )


def _unit(rows: Sequence[Mapping[str, Any]]) -> tuple[int, str]:
    """Cents in the unit of the axis, and its sign."""
    most = max((abs(row["amount"]) for row in rows), default=0)
    return (100_000_000, "M$") if most >= 500_000_000 else (100_000, "k$")


def _row(desk: Desk, year: Year, line: str, system: str) -> Mapping[str, Any]:
    amounts = {part: _amount(year, part, system) for part in (*FLOWS, "accepted", "interest")}
    words = {"state": f"balance.states.{year.state}", "scenario": f"balance.line.{line}"}
    return {"year": str(year.year), **amounts, **{k: desk.text(v) for k, v in words.items()}}


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    heads = {"opening": "opening", "closing": "closing", "accepted": "accepted_of",
             "interest": "interest"}
    amounts = [
        Column(part, text(f"balance.{heads.get(part, f'parts.{part}')}"), "thousands")
        for part in (*FLOWS, "accepted", "interest")
    ]
    return [
        Column("year", text("balance.year"), width="small"),
        Column("scenario", text("balance.scenario")),
        Column("state", text("balance.state")),
        *amounts,
    ]


def _close(desk: Desk, found: BalanceView) -> None:
    """The year that is over, once and for all."""
    text = desk.text
    refused = st.session_state.pop(REFUSED, None)
    if refused is not None:
        components.error(desk, refused)
    with st.expander(text("balance.close_title"), icon=":material/lock:"):
        st.markdown(said(text("balance.close_help")))
        if found.closable is None:
            st.caption(text("balance.close_none"))
            return
        year, closing = found.closable.year, found.closable.whole("closing")

        def act() -> None:
            try:
                balance.close_year(desk.store, desk.person, desk.cycle, year, today())
                components.tell(text("balance.closed", year=year))
            except Refusal as refusal:
                st.session_state[REFUSED] = refusal

        components.confirm(
            desk, key="balance_close", label=text("balance.close", year=year),
            question=text("balance.close_question", year=year, closing=closing), act=act,
        )  # fmt: skip

"""What is left to discuss, and how far weights may move: shares by project, bands by criterion."""

import altair as alt
import streamlit as st

from services.triage import Band, Bands, Sorted, Triage
from views.look import charts, tokens
from views.look.components import said
from views.look.tables import Column, table
from views.parts import shortened
from views.plan_words import PlanWords

MOST = 40  # projects drawn; the table has them all


def triage(words: PlanWords, found: Triage) -> None:
    """The projects whose fate depends on the weights, by how often they are chosen."""
    desk, text = words.desk, words.desk.text
    rows = [_line(words, line) for line in found.lines]
    code = Column("code", text("tradeoffs.triage.code"), width="small")
    name = Column("title", text("tradeoffs.triage.project"), width="large")
    share = Column("share", text("tradeoffs.triage.share"), "percent")
    columns = (
        code,
        name,
        share,
        Column("error", text("tradeoffs.triage.error"), "percent"),
        Column("standing", text("tradeoffs.triage.standing"), width="medium"),
        Column("index", text("tradeoffs.triage.index"), "percent"),
        Column("plan", text("tradeoffs.triage.plan"), width="small"),
        Column("value", text("tradeoffs.triage.value"), "number"),
    )
    contested = {line.project for line in found.sometimes}
    drawn = sorted((r for r in rows if r["code"] in contested), key=lambda r: -float(r["share"]))
    title, sentence = _triage_title(words, found), _triage_said(words, found)
    if not drawn:
        st.header(said(title), anchor=False)
        st.markdown(said(sentence))
        table(desk, rows, columns, key="tradeoffs_triage", name=text("tradeoffs.section_triage"))
        return
    named = Column("name", name.label)
    spec = charts.bars(desk, drawn[:MOST], name=named, value=share, label="shown")
    charts.chart(
        desk,
        spec,
        title=title,
        sentence=sentence,
        rows=rows,
        columns=columns,
        key="tradeoffs_triage",
    )


def _line(words: PlanWords, line: Sorted) -> dict[str, object]:
    desk = words.desk
    shown = desk.text("tradeoffs.triage.shown", share=round(line.share, 3), error=line.error)
    return {
        "code": line.project,
        "title": words.title(line.project),
        "name": shortened(words.project(line.project), 50),
        "share": line.share,
        "error": line.error,
        "standing": desk.text(f"tradeoffs.standing.{line.standing}"),
        "index": line.index,
        "plan": desk.text(f"tradeoffs.{'yes' if line.is_in else 'no'}"),
        "value": line.value,
        "shown": shown,
    }


def _triage_title(words: PlanWords, found: Triage) -> str:
    count = len(found.sometimes)
    key = "title" if count else "title_none"
    return words.desk.text(f"tradeoffs.triage.{key}", n=count, of=len(found.lines))


def _triage_said(words: PlanWords, found: Triage) -> str:
    text = words.desk.text
    facts = {"always": len(found.always), "never": len(found.never)}
    told = [text("tradeoffs.triage.sentence", n=found.draws, ballots=found.ballots, **facts)]
    if not found.ballots:
        told = [text("tradeoffs.triage.sentence_agreed", n=found.draws, **facts)]
    standings = [line.standing for line in found.lines]
    counts = {name: standings.count(name) for name in ("core", "contested", "out")}
    if any(counts.values()):
        proved = "sentence_proved" if found.ballots else "sentence_proved_agreed"
        told.append(text(f"tradeoffs.triage.{proved}", **counts))
    return " ".join(told)


def bands(words: PlanWords, found: Bands) -> None:
    """The band of each branch of the framework, its weight marked."""
    desk, text = words.desk, words.desk.text
    narrowest = found.narrowest
    if narrowest is None:
        return
    rows = [_band(words, band) for band in found.bands]
    columns = (
        Column("criterion", text("tradeoffs.bands.criterion"), width="large"),
        Column("low", text("tradeoffs.bands.low"), "percent"),
        Column("weight", text("tradeoffs.bands.weight"), "percent"),
        Column("high", text("tradeoffs.bands.high"), "percent"),
        Column("below", text("tradeoffs.bands.below")),
        Column("above", text("tradeoffs.bands.above")),
        Column("proved", text("tradeoffs.price.proved"), width="small"),
    )
    facts = {"low": narrowest.low, "high": narrowest.high, "weight": narrowest.weight}
    name = words.criterion(narrowest.criterion)
    charts.chart(
        desk,
        _bands_drawn(words, rows),
        title=text("tradeoffs.bands.title", name=name, **facts),
        sentence=text("tradeoffs.bands.sentence"),
        rows=rows,
        columns=columns,
        key="tradeoffs_bands",
    )


def _band(words: PlanWords, band: Band) -> dict[str, object]:
    text = words.desk.text
    name = words.criterion(band.criterion)
    return {
        "criterion": name,
        "name": shortened(name, 44),
        "low": band.low,
        "weight": band.weight,
        "high": band.high,
        "below": _who(words, band.below),
        "above": _who(words, band.above),
        "proved": text(f"tradeoffs.price.{'exact' if band.is_proved else 'bounds'}"),
        "shown": text("tradeoffs.bands.shown", low=band.low, high=band.high),
    }


def _who(words: PlanWords, ways: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    """« entre : P10 ; sort : P11 »; empty where nothing changes."""
    text = words.desk.text
    parts = [
        text(f"scenarios.more_{way}", n=len(codes), codes=words.codes(codes))
        for way, codes in zip(("enters", "leaves"), ways, strict=True)
        if codes
    ]
    return text("scenarios.join").join(parts)


def _bands_drawn(words: PlanWords, rows: list[dict[str, object]]) -> charts.Spec:
    desk, text = words.desk, words.desk.text
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    tips = [
        alt.Tooltip("criterion:N", title=text("tradeoffs.bands.criterion")),
        *(
            alt.Tooltip(f"{name}:Q", title=text(f"tradeoffs.bands.{name}"), format=".1%")
            for name in ("low", "weight", "high")
        ),
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=0)), tooltip=tips
    )
    axis = alt.Axis(format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    scale = alt.Scale(domain=[0, 1.25], nice=False)
    across = alt.X("low:Q", title=text("tradeoffs.bands.weight"), axis=axis, scale=scale)
    room = base.mark_bar(color=tone.line, height={"band": 0.6}).encode(x=across, x2="high:Q")
    now = base.mark_tick(color=tone.accent, thickness=size.mark + 2, height={"band": 0.8})
    names = base.mark_text(align="left", dx=6).encode(x="high:Q", text="shown:N")
    return (room + now.encode(x="weight:Q") + names).properties(height=size.band * (len(rows) + 1))

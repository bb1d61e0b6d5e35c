"""A footprint in words, ranges and a chart: two significant digits, what is avoided apart."""

from math import floor, log10

import altair as alt
import pandas as pd
import streamlit as st

from portfolio.project import Project
from services import footprint
from services.footprint import Evidence, Footprint, Practices, Range
from views.desk import Desk
from views.look import charts, components, tokens
from views.look.components import said
from views.look.tables import Column
from views.parts import small_table

PARTS = ("made", "used", "spared", "stopped")
TONNE = 1000
FEW = 100  # kilograms under which tonnes would say nothing


def file(desk: Desk, project: Project) -> None:
    """The evidence for the durability criteria, in a proposal's file."""
    text = desk.text
    st.header(text("footprint.title"), anchor=False)
    found = footprint.evidence(desk.store, desk.person, desk.cycle, project.code)
    st.markdown(said(sentence(desk, found)))
    if found.refused is not None:
        components.error(desk, found.refused)
    if found.footprint is not None:
        estimate(desk, found.footprint, "proposals_footprint", is_told=True)
        assumptions(desk, found.footprint)
    _answers(desk, project)


def sentence(desk: Desk, found: Evidence) -> str:
    """All the evidence in a few sentences, for whoever rates durability."""
    text = desk.text
    told = []
    if found.footprint is not None:
        told += _told(desk, found.footprint)
    elif found.refused is None:
        told.append(text("footprint.none_given"))
    if found.declared is not None:
        told.append(text("footprint.declared", amount=weight(desk, found.declared)))
    told.append(practices(desk, found.practices))
    return " ".join(told)


def _told(desk: Desk, found: Footprint) -> list[str]:
    text = desk.text
    told = [text("footprint.caused", **_three(desk, found.caused))]
    if found.avoided.high:
        told.append(text("footprint.avoided", **_three(desk, found.avoided)))
    if found.kept:
        told.append(text("footprint.kept", n=round(found.kept), new=round(found.bought)))
    return told


def practices(desk: Desk, found: Practices) -> str:
    """« 10 des 13 critères d'écoconception qui s'appliquent sont respectés … »"""
    if found.share is None:
        return desk.text("footprint.practices_none", n=found.asked)
    applicable = found.met + found.unmet
    key = "footprint.practices_left" if found.unanswered else "footprint.practices"
    share = round(found.share, 2)
    return desk.text(key, met=found.met, n=applicable, share=share, left=found.unanswered)


def estimate(desk: Desk, found: Footprint, key: str, *, is_told: bool = False) -> None:
    """The four parts as ranges; ``is_told`` when the page has said the sums already."""
    text = desk.text
    rows = [
        {"part": text(f"footprint.part.{part}"), **_kilograms(amount)}
        for part in PARTS
        if (amount := getattr(found, part)).high
    ]
    if not rows:
        return
    columns = [Column("part", text("footprint.part_label"))]
    columns += [Column(f"{n}_told", text(f"proposals.point.{n}")) for n in _POINTS]
    shown = [
        {"part": row["part"], **{f"{n}_told": weight(desk, row[n]) for n in _POINTS}}
        for row in rows
    ]
    share = found.made.likely / found.caused.likely if found.caused.likely else None
    charts.chart(
        desk,
        _spec(desk, rows),
        title=text("footprint.chart" if share is not None else "footprint.chart_avoided",
                   share=0 if share is None else round(share, 2)),
        sentence=text("footprint.chart_told") if is_told else " ".join(_told(desk, found)),
        rows=shown,
        columns=columns,
        key=key,
        level=3,
    )


_POINTS = ("low", "likely", "high")


def _spec(desk: Desk, rows: list[dict[str, object]]) -> charts.Spec:
    """From low to high, with a mark where the likely amount is."""
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    data = pd.DataFrame(rows)
    data["told"] = [weight(desk, float(row["likely"])) for row in rows]
    room = alt.Scale(domain=[0, float(data["high"].max()) * 1.1], nice=False)
    base = alt.Chart(data).encode(
        y=alt.Y("part:N", title=None, sort=None, axis=alt.Axis(labelLimit=size.chart_text * 26))
    )
    across = base.mark_rule(strokeWidth=6, opacity=0.4, color=tone.accent).encode(
        x=alt.X(
            "low:Q",
            title=desk.text("footprint.axis"),
            axis=alt.Axis(format=",.2~f", tickCount=5),
            scale=room,
        ),
        x2="high:Q",
    )
    at = base.mark_point(filled=True, size=120, color=tone.accent).encode(x="likely:Q")
    figure = base.mark_text(align="left", dx=-4, dy=-size.chart_text, color=tone.ink).encode(
        x="likely:Q", text="told:N"
    )
    return (across + at + figure).properties(height=len(rows) * size.chart_text * 4)


def _kilograms(amount: Range) -> dict[str, float]:
    return {"low": amount.low, "likely": amount.likely, "high": amount.high}


def _three(desk: Desk, amount: Range) -> dict[str, str]:
    return {name: weight(desk, getattr(amount, name)) for name in _POINTS}


def weight(desk: Desk, kilograms: float) -> str:
    """« 420 kg » or « 1,8 t »: two significant digits, in kilograms below a tonne."""
    if abs(kilograms) < TONNE:
        return desk.text("footprint.kg", n=_digits(desk, kilograms))
    return desk.text("footprint.t", n=_digits(desk, kilograms / TONNE))


def _digits(desk: Desk, number: float) -> str:
    """The number with two significant digits."""
    if not number:
        return desk.number(0)
    places = 1 - floor(log10(abs(number)))
    return desk.number(round(number, places), decimals=max(0, places))


def exact(desk: Desk, number: float) -> str:
    """The number with all its decimals: a factor may be 0,0195."""
    digits = f"{number:.12f}".rstrip("0").partition(".")[2]
    return desk.number(number, decimals=len(digits))


def assumptions(desk: Desk, found: Footprint) -> None:
    """How it is worked out, and every factor it rests on with its source."""
    text = desk.text
    with st.expander(text("footprint.assumptions")):
        st.markdown(said(text("footprint.method")))
        head = ("item", "tells", "low", "likely", "high", "source")
        rows = [
            (
                factor.title.in_(desk.language) or factor.item,
                text(f"footprint.tells.{factor.tells}"),
                *(exact(desk, getattr(factor, name)) for name in _POINTS),
                factor.source,
            )
            for factor in found.factors
        ]
        name = text("footprint.assumptions")
        small_table([text(f"footprint.head.{h}") for h in head], rows, name=name)


def _answers(desk: Desk, project: Project) -> None:
    given = {answer.question: answer for answer in project.answers if answer.answer}
    asked = [question for question in footprint.checklist() if question.key in given]
    if not asked:
        return
    with st.expander(desk.text("footprint.checklist")):
        st.caption(said(desk.text("footprint.checklist_source")))
        rows = []
        for question in asked:
            answer = given[question.key]
            words = {choice.key: choice.in_(desk.language) for choice in question.answers}
            title = f"{question.key.partition('.')[2]} · {question.title.in_(desk.language)}"
            rows.append((title, words.get(answer.answer, answer.answer), answer.comment))
        head = [desk.text(f"proposals.gate_{h}") for h in ("question", "answer", "comment")]
        small_table(head, rows, name=desk.text("footprint.checklist"))

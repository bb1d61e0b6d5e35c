"""The history of scores: what each project was worth after each round, and who had moved."""

import altair as alt
import streamlit as st

from services.agreement import Agreement
from services.history import Past
from views import agreement_words as words
from views.desk import Desk
from views.look import charts, tokens
from views.look.components import said
from views.look.tables import Column, table
from views.parts import named, small_table

PROJECT = "agreement_past"


def show(desk: Desk, seen: Agreement) -> None:
    """Every project, round by round; then one of those that were rated again."""
    text = desk.text
    again = [code for code, past in seen.history.items() if len(past) > 1]
    rows = [_row(desk, seen, code, past) for code, each in seen.history.items() for past in each]
    columns = (
        Column("code", text("agreement.agenda.code"), width="small"),
        Column("title", text("agreement.agenda.project"), width="large"),
        Column("round", text("agreement.past.round"), "number", width="small"),
        Column("points", text("agreement.past.points"), "number"),
        Column("error", text("agreement.past.error"), "number"),
        Column("raters", text("agreement.past.raters"), "number", width="small"),
        Column("movers", text("agreement.past.movers"), "number", width="small"),
    )
    if not again:
        st.header(text("agreement.past.once"), anchor=False)
        st.markdown(said(text("agreement.past.once_help")))
    else:
        st.header(said(text("agreement.past.title", n=len(again))), anchor=False)
        project = st.selectbox(
            text("agreement.past.which"),
            again,
            format_func=lambda code: words.title(desk, seen, code),
            key=PROJECT,
            width=560,
        )
        _one(desk, seen, project)
    table(desk, rows, columns, key="agreement_history", name=text("agreement.section_history"))


def _row(desk: Desk, seen: Agreement, code: str, past: Past) -> dict[str, object]:
    return {
        "code": code,
        "title": words.title(desk, seen, code).partition(" · ")[2],
        "round": past.round,
        "points": past.points,
        "error": past.error,
        "raters": past.raters,
        "movers": past.movers,
    }


def _one(desk: Desk, seen: Agreement, project: str) -> None:
    text, past = desk.text, seen.history[project]
    first, last = past[0], past[-1]
    charts.chart(
        desk,
        _drawn(desk, past),
        title=text(
            "agreement.past.moved_title",
            project=project,
            before=round(first.points or 0.0, 1),
            after=round(last.points or 0.0, 1),
        ),
        sentence=_sentence(desk, past),
        rows=[_row(desk, seen, project, one) for one in past],
        columns=(
            Column("round", text("agreement.past.round"), "number"),
            Column("points", text("agreement.past.points"), "number"),
            Column("error", text("agreement.past.error"), "number"),
            Column("raters", text("agreement.past.raters"), "number"),
            Column("movers", text("agreement.past.movers"), "number"),
        ),
        key="agreement_past_chart",
        level=3,
    )
    _who(desk, seen, past)


def _sentence(desk: Desk, past: tuple[Past, ...]) -> str:
    parts = [
        desk.text(
            "agreement.past.step" if at else "agreement.past.step_first",
            round=one.round,
            points=round(one.points or 0.0, 1),
            error=round(one.error or 0.0, 1),
            n=one.raters,
            movers=one.movers,
        )
        for at, one in enumerate(past)
    ]
    return " ".join(parts)


def _who(desk: Desk, seen: Agreement, past: tuple[Past, ...]) -> None:
    """Who moved, and from what to what, for those who may read it."""
    text = desk.text
    rows = [
        (
            str(one.round),
            named(seen.registry, moved.person),
            words.criterion(desk, seen, moved.criterion),
            desk.number(moved.before),
            desk.number(moved.after),
        )
        for one in past
        for moved in one.moved
    ]
    if rows:
        head = [text(f"agreement.past.{n}") for n in ("round", "who", "on", "from", "to")]
        small_table(head, rows, name=text("agreement.past.who_name"))


def _drawn(desk: Desk, past: tuple[Past, ...]) -> charts.Spec:
    text = desk.text
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    rows = [
        {
            "round": text("agreement.past.nth", n=one.round),
            "points": one.points,
            "error": one.error or 0.0,
        }
        for one in past
    ]
    base = (
        alt.Chart(alt.Data(values=rows))
        .transform_calculate(low="datum.points - datum.error", high="datum.points + datum.error")
        .encode(
            y=alt.Y("round:N", title=None, sort=None),
            tooltip=[
                alt.Tooltip("round:N", title=text("agreement.past.round")),
                alt.Tooltip("points:Q", title=text("agreement.past.points"), format=",.1f"),
                alt.Tooltip("error:Q", title=text("agreement.past.error"), format=",.1f"),
            ],
        )
    )
    across = alt.X("low:Q", title=text("agreement.past.points"), scale=alt.Scale(zero=False))
    ends = base.mark_rule(strokeWidth=size.mark * 3, color=tone.line).encode(x=across, x2="high:Q")
    dots = base.mark_point(filled=True, size=size.chart_text * 9, color=tone.accent, opacity=1)
    drawn: charts.Spec = (ends + dots.encode(x="points:Q")).properties(
        height=size.band * len(rows) + 80
    )
    return drawn

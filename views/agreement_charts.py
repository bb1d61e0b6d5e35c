"""How far apart people are: by project and criterion, then rating by rating on one project."""

import altair as alt
import pandas as pd
import streamlit as st

from portfolio.evaluation import Evaluation
from scoring.agreement import Dispersion
from services.agreement import Agreement
from views import agreement_words as words
from views.desk import Desk
from views.look import charts, tokens
from views.look.tables import Column
from views.parts import named, shortened

MOST = 20  # projects drawn; the table has them all
PROJECT = "agreement_project"


def show(desk: Desk, seen: Agreement) -> None:
    """Every project on every criterion; then one project, rating by rating."""
    _heat(desk, seen)
    codes = [project.code for project in seen.registry.projects if seen.of(project.code)]
    ordered = sorted(codes, key=lambda code: -seen.apart(code))
    if st.session_state.get(PROJECT) not in ordered:
        st.session_state[PROJECT] = ordered[0]
    project = st.selectbox(
        desk.text("agreement.apart.which"),
        ordered,
        format_func=lambda code: words.title(desk, seen, code),
        key=PROJECT,
        width=560,
    )
    one(desk, seen, project)


def one(desk: Desk, seen: Agreement, project: str, most: int | None = None) -> None:
    """One project, rating by rating; from the lowest to the highest for those who may not read.

    most   criteria drawn, those that divide the most; None = all. The table has them all
    """
    keys = [one.criterion for one in _divisive(seen, project)[:most]]
    if seen.opinions:
        _dots(desk, seen, project, keys)
    else:
        _ranges(desk, seen, project, keys)


def _divisive(seen: Agreement, project: str) -> list[Dispersion]:
    """What the project was rated on, from where people are the furthest apart."""
    rated = [one for one in seen.of(project) if one.raters]
    return sorted(rated, key=lambda one: (-(one.range or 0.0), -(one.iqr or 0.0)))


def _heat(desk: Desk, seen: Agreement) -> None:
    text = desk.text
    most = max(seen.dispersions, key=lambda one: (one.iqr or 0.0, one.range or 0.0))
    keys = [leaf.key for leaf in seen.framework.leaves]
    keys = [key for key in keys if any(one.criterion == key for one in seen.dispersions)]
    codes = list(dict.fromkeys(one.project for one in seen.dispersions))
    codes = sorted(codes, key=lambda code: -seen.apart(code))
    wide = sum((one.range or 0.0) >= 2 for one in seen.dispersions)
    rows = [_row(seen, code, desk) for code in codes]
    columns = (
        Column("code", text("agreement.agenda.code"), width="small"),
        Column("title", text("agreement.agenda.project"), width="medium"),
        *(Column(key, _head(desk, seen, key), "number", width="small") for key in keys),
    )
    charts.chart(
        desk,
        _heat_drawn(desk, seen, codes[:MOST], keys),
        title=text(
            "agreement.apart.title",
            project=most.project,
            criterion=_head(desk, seen, most.criterion),
            low=most.low or 0.0,
            high=most.high or 0.0,
        ),
        sentence=text(
            "agreement.apart.sentence",
            n=wide,
            of=len(seen.dispersions),
            shown=min(MOST, len(codes)),
            all=len(codes),
        ),
        rows=rows,
        columns=columns,
        key="agreement_heat",
    )


def _row(seen: Agreement, code: str, desk: Desk) -> dict[str, object]:
    title = words.title(desk, seen, code).partition(" · ")[2]
    return {"code": code, "title": title, **{one.criterion: one.iqr for one in seen.of(code)}}


def _head(desk: Desk, seen: Agreement, key: str) -> str:
    """« 2.1 »; a short title where the key says nothing to people."""
    return key if key[:1].isdigit() else shortened(words.criterion(desk, seen, key), 26)


def _heat_drawn(desk: Desk, seen: Agreement, codes: list[str], keys: list[str]) -> charts.Spec:
    text = desk.text
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    data = pd.DataFrame(
        {
            "name": shortened(words.title(desk, seen, one.project), 40),
            "criterion": _head(desk, seen, one.criterion),
            "whole": words.criterion(desk, seen, one.criterion),
            "iqr": one.iqr,
            "said": _between(desk, one),
        }
        for code in codes
        for one in seen.of(code)
        if one.raters
    )
    heads = [_head(desk, seen, key) for key in keys]
    base = alt.Chart(data).encode(
        x=alt.X(
            "criterion:N", title=None, sort=heads,
            axis=alt.Axis(orient="top", labelAngle=-45, labelOverlap=False),
        ),
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=size.chart_text * 24)),
        tooltip=[
            alt.Tooltip("name:N", title=text("agreement.agenda.project")),
            alt.Tooltip("whole:N", title=text("agreement.apart.criterion")),
            alt.Tooltip("iqr:Q", title=text("agreement.apart.iqr"), format=",.2~f"),
            alt.Tooltip("said:N", title=text("agreement.apart.levels")),
        ],
    )  # fmt: skip
    scale = alt.Scale(domain=[0, 3], clamp=True)
    cells = base.mark_rect(stroke=tone.page, strokeWidth=2).encode(
        color=alt.Color("iqr:Q", legend=None, scale=scale)
    )
    figures = base.mark_text().encode(
        text=alt.Text("iqr:Q", format=",.2~f"),
        color=alt.condition("datum.iqr > 1.4", alt.value(tone.page), alt.value(tone.ink)),
    )
    drawn: charts.Spec = (cells + figures).properties(height=size.band * max(3, len(codes)) + 120)
    return drawn


def _between(desk: Desk, one: Dispersion) -> str:
    """« 1 à 4, 5 cotes »."""
    if one.low is None or one.high is None:
        return ""
    return desk.text("agreement.apart.between", low=one.low, high=one.high, n=one.raters)


def _dots(desk: Desk, seen: Agreement, project: str, keys: list[str]) -> None:
    """Each person's rating on each criterion: a strip of dots."""
    text = desk.text
    own = [one for one in seen.opinions if one.project == project]
    rows = [_dot(desk, seen, one) for one in own]
    drawn = [row for row in rows if row["rating"] is not None and row["key"] in keys]
    title, sentence = _dots_said(desk, seen, project)
    columns = (
        Column("criterion", text("agreement.apart.criterion"), width="medium"),
        Column("person", text("agreement.apart.person"), width="medium"),
        Column("rating", text("agreement.apart.rating"), "number", width="small"),
        Column("expert", text("agreement.apart.expert"), width="small"),
        Column("justification", text("agreement.apart.justification"), width="large"),
    )
    if drawn:
        charts.chart(
            desk,
            _dots_drawn(desk, seen, project, drawn),
            title=title,
            sentence=sentence,
            rows=rows,
            columns=columns,
            key="agreement_dots",
        )


def _dot(desk: Desk, seen: Agreement, one: Evaluation) -> dict[str, object]:
    text = desk.text
    is_expert = one.evaluator in seen.experts.get(one.criterion, frozenset())
    return {
        "key": one.criterion,
        "criterion": words.criterion(desk, seen, one.criterion),
        "name": shortened(words.criterion(desk, seen, one.criterion), 44),
        "person": named(seen.registry, one.evaluator),
        "rating": one.rating,
        "expert": text("agreement.apart.is_expert" if is_expert else "agreement.apart.is_other"),
        "justification": one.justification,
    }


def _dots_said(desk: Desk, seen: Agreement, project: str) -> tuple[str, str]:
    text, own = desk.text, seen.of(project)
    most = max(own, key=lambda one: (one.range or 0.0, one.iqr or 0.0))
    alike = sum(one.range == 0 and one.raters > 1 for one in own)
    if not most.range:
        title = text("agreement.apart.alike", project=project)
    else:
        title = text(
            "agreement.apart.dots_title",
            project=project,
            criterion=_head(desk, seen, most.criterion),
            low=most.low or 0.0,
            high=most.high or 0.0,
        )
    return title, text("agreement.apart.dots_sentence", n=alike, of=len(own))


def _dots_drawn(
    desk: Desk, seen: Agreement, project: str, rows: list[dict[str, object]]
) -> charts.Spec:
    text = desk.text
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    shown = {row["key"] for row in rows}
    order = [
        shortened(words.criterion(desk, seen, one.criterion), 44)
        for one in seen.of(project)
        if one.criterion in shown
    ]
    experts = [text("agreement.apart.is_expert"), text("agreement.apart.is_other")]
    people = sorted({str(row["person"]) for row in rows})
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("name:N", title=None, sort=order, axis=alt.Axis(labelLimit=size.chart_text * 26)),
        x=alt.X(
            "rating:Q",
            title=text("agreement.apart.rating"),
            scale=alt.Scale(domain=[-0.2, 4.2], nice=False),
            axis=alt.Axis(values=[0, 1, 2, 3, 4], format="d"),
        ),
    )
    dots = base.mark_point(filled=True, size=size.chart_text * 7, opacity=1).encode(
        yOffset=alt.YOffset("person:N", sort=people),
        color=alt.Color("person:N", title=None, scale=alt.Scale(domain=people)),
        shape=alt.Shape(
            "expert:N", title=None, scale=alt.Scale(domain=experts, range=["diamond", "circle"]),
            legend=alt.Legend(symbolFillColor=tone.ink) if _has_experts(rows, experts[0]) else None,
        ),
        tooltip=[
            alt.Tooltip("criterion:N", title=text("agreement.apart.criterion")),
            alt.Tooltip("person:N", title=text("agreement.apart.person")),
            alt.Tooltip("rating:Q", title=text("agreement.apart.rating"), format=",.2~f"),
            alt.Tooltip("justification:N", title=text("agreement.apart.justification")),
        ],
    )  # fmt: skip
    means = base.mark_tick(color=tone.ink, thickness=size.mark, height={"band": 0.8}).encode(
        x="mean(rating):Q"
    )
    step = max(size.band, 8 * len(people))
    drawn: charts.Spec = (means + dots).properties(height=step * len(order) + 80)
    return drawn


def _has_experts(rows: list[dict[str, object]], expert: str) -> bool:
    return any(row["expert"] == expert for row in rows)


def _ranges(desk: Desk, seen: Agreement, project: str, keys: list[str]) -> None:
    """From the lowest rating to the highest, for those who may not read who said what."""
    text = desk.text
    tone, size = tokens.tones(desk.is_dark), tokens.sizes(desk.projection)
    rows = [
        {
            "key": one.criterion,
            "criterion": words.criterion(desk, seen, one.criterion),
            "name": shortened(words.criterion(desk, seen, one.criterion), 44),
            "low": one.low,
            "high": one.high,
            "mean": one.mean,
            "raters": one.raters,
        }
        for one in seen.of(project)
        if one.raters
    ]
    if not rows:
        return
    columns = (
        Column("criterion", text("agreement.apart.criterion"), width="large"),
        *(
            Column(name, text(f"agreement.apart.{name}"), "number")
            for name in ("low", "mean", "high", "raters")
        ),
    )
    drawn = [row for row in rows if row["key"] in keys]
    base = alt.Chart(alt.Data(values=drawn)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=size.chart_text * 26))
    )
    axis = alt.Axis(values=[0, 1, 2, 3, 4], format="d")
    scale = alt.Scale(domain=[-0.2, 4.2], nice=False)
    across = alt.X("low:Q", title=text("agreement.apart.rating"), axis=axis, scale=scale)
    ends = base.mark_rule(strokeWidth=size.mark * 3, color=tone.line).encode(x=across, x2="high:Q")
    middle = base.mark_point(filled=True, size=size.chart_text * 7, color=tone.accent, opacity=1)
    title, sentence = _dots_said(desk, seen, project)
    charts.chart(
        desk,
        (ends + middle.encode(x="mean:Q")).properties(height=size.band * len(drawn) + 80),
        title=title,
        sentence=sentence,
        rows=rows,
        columns=columns,
        key="agreement_ranges",
    )

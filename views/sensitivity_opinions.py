"""Second opinions: what other methods would rank first, and why none is the official score."""

import streamlit as st

from services.sensitivity import Opinion, Opinions
from views.look import charts, components
from views.look.components import said
from views.look.tables import Column, Row, table
from views.plan_words import PlanWords


def show(words: PlanWords, found: Opinions | None) -> None:
    """First that they are never official; then how far they agree; then project by project."""
    desk, text = words.desk, words.desk.text
    st.warning(said(text("sensitivity.opinion.never")), icon=":material/gavel:")
    if found is None:
        components.empty_state(text("sensitivity.opinion.title_none"))
        return
    rows = [_method(words, opinion) for opinion in found.opinions]
    tau = Column("tau", text("sensitivity.opinion.tau"), "number")
    name = Column("method", text("sensitivity.opinion.method"), width="large")
    columns = (name, tau, Column("common", text("sensitivity.opinion.common"), "number"))
    charts.chart(
        desk,
        charts.bars(
            desk, rows, name=name, value=Column("drawn", tau.label, "number"), label="shown"
        ),
        title=_title(words, found),
        sentence=_sentence(words, found),
        rows=rows,
        columns=columns,
        key="sensitivity_opinions",
    )
    _projects(words, found)
    _figures(words, found)


def _title(words: PlanWords, found: Opinions) -> str:
    desk, text = words.desk, words.desk.text
    told = [opinion for opinion in found.opinions if opinion.tau is not None]
    if not told:
        return text("sensitivity.opinion.title_none")
    best, worst = (end(told, key=lambda o: o.tau or 0.0) for end in (max, min))
    return text(
        "sensitivity.opinion.title",
        best=text(f"sensitivity.opinion.{best.method}"),
        worst=text(f"sensitivity.opinion.{worst.method}"),
        tau=desk.number(best.tau or 0.0, decimals=2),
        least=desk.number(worst.tau or 0.0, decimals=2),
    )


def _sentence(words: PlanWords, found: Opinions) -> str:
    text = words.desk.text
    told = [text("sensitivity.opinion.sentence", first=found.first)]
    if found.filled:
        told.append(text("sensitivity.opinion.filled", n=found.filled))
    return " ".join(told)


def _method(words: PlanWords, opinion: Opinion) -> Row:
    desk, text = words.desk, words.desk.text
    shown = text("sensitivity.opinion.shown_none")
    if opinion.tau is not None:
        shown = desk.number(opinion.tau, decimals=2)
    return {
        "method": text(f"sensitivity.opinion.{opinion.method}"),
        "tau": opinion.tau,
        "drawn": max(0.0, opinion.tau or 0.0),
        "common": opinion.common,
        "shown": shown,
    }


def _projects(words: PlanWords, found: Opinions) -> None:
    desk, text = words.desk, words.desk.text
    columns = (
        Column("code", text("sensitivity.place.code"), width="small"),
        Column("title", text("sensitivity.place.project"), width="medium"),
        Column("official", text("sensitivity.opinion.official"), "number"),
        *(
            Column(o.method, text(f"sensitivity.opinion.{o.method}"), "number")
            for o in found.opinions
        ),
        Column("away", text("sensitivity.opinion.away"), "number"),
    )
    rows = [
        {
            "code": code,
            "title": words.title(code),
            "official": rank,
            **{o.method: o.ranks[code] for o in found.opinions},
            "away": max(abs(o.ranks[code] - rank) for o in found.opinions),
        }
        for code, rank in found.official.items()
    ]
    name = text("sensitivity.opinion.projects")
    st.subheader(said(name), anchor=False)
    table(desk, rows, columns, key="sensitivity_ranks", name=name)


def _figures(words: PlanWords, found: Opinions) -> None:
    """What entropy and CRITIC would weigh: a remark, folded."""
    desk, text = words.desk, words.desk.text
    heaviest = max(found.weights, key=lambda leaf: found.weights[leaf][1])
    now, entropy, _ = found.weights[heaviest]
    name = text("sensitivity.opinion.figures")
    with st.expander(said(name)):
        facts = {"name": words.criterion(heaviest), "now": now, "entropy": entropy}
        st.markdown(said(text("sensitivity.opinion.figures_said", **facts)))
        columns = (
            Column("criterion", text("sensitivity.tornado.criterion"), width="large"),
            Column("in_force", text("sensitivity.opinion.in_force"), "percent"),
            Column("entropy", text("sensitivity.opinion.entropy"), "percent"),
            Column("critic", text("sensitivity.opinion.critic"), "percent"),
        )
        rows = [
            {
                "criterion": words.criterion(leaf),
                "in_force": weights[0],
                "entropy": weights[1],
                "critic": weights[2],
            }
            for leaf, weights in found.weights.items()
        ]
        table(desk, rows, columns, key="sensitivity_figures", name=name)

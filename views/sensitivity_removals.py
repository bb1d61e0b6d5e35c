"""The choice of projects without each evaluator, then without each criterion."""

from collections.abc import Mapping

import streamlit as st

from services import removals
from services.removals import Removal, Removals
from views.look import charts
from views.look.components import said
from views.look.tables import Column, Row, table
from views.parts import shortened
from views.plan_words import PlanWords

LOST = {
    "points": ("lost", "number"),
    "money": ("lost_money", "thousands"),
    "score": ("lost_score", "number"),
}


def show(words: PlanWords, found: Removals) -> None:
    """Those that change something are drawn; the table has them all."""
    desk, text = words.desk, words.desk.text
    people = _people(words)
    rows = [_row(words, removal, people) for removal in found.removals]
    columns = _columns(words, found)
    drawn = [row for row in rows if row["count"]]
    facts = {"n": len(drawn), "of": len(rows)}
    if not found.of("evaluator"):
        st.caption(said(text("sensitivity.removal.one_evaluator")))
    if not drawn:
        st.header(said(text("sensitivity.removal.title_none", **facts)), anchor=False)
        st.markdown(said(text("sensitivity.removal.sentence_none")))
        name = text("sensitivity.section_removals")
        table(desk, rows, columns, key="sensitivity_removals", name=name)
        return
    count = Column("count", text("sensitivity.removal.count"), "number")
    charts.chart(
        desk,
        charts.bars(desk, drawn, name=Column("name", columns[1].label), value=count, label="shown"),
        title=text("sensitivity.removal.title", **facts),
        sentence=text("sensitivity.removal.sentence"),
        rows=rows,
        columns=columns,
        key="sensitivity_removals",
    )


def _columns(words: PlanWords, found: Removals) -> tuple[Column, ...]:
    text = words.desk.text
    key, kind = LOST[found.unit]
    return (
        Column("kind", text("sensitivity.removal.kind"), width="small"),
        Column("what", text("sensitivity.removal.what"), width="large"),
        Column("effect", text("sensitivity.removal.effect"), width="small"),
        Column("enters", text("sensitivity.removal.enters")),
        Column("leaves", text("sensitivity.removal.leaves")),
        Column("lost", text(f"sensitivity.removal.{key}"), kind),
        Column("unscored", text("sensitivity.removal.unscored")),
        Column("proved", text("sensitivity.removal.proved"), width="small"),
    )


def _people(words: PlanWords) -> Mapping[str, str]:
    """Code -> name, or a number for those who may not know who said what."""
    registry = words.asked.registry
    names = removals.names(words.desk.person, registry)
    return {
        code: names.get(code) or words.desk.text("sensitivity.removal.evaluator", n=at)
        for at, code in enumerate(removals.evaluators(registry), 1)
    }


def _row(words: PlanWords, removal: Removal, people: Mapping[str, str]) -> Row:
    text = words.desk.text
    is_person = removal.kind == "evaluator"
    what = people[removal.code] if is_person else words.criterion(removal.code)
    ways = {"in": ("enters", removal.enters), "out": ("leaves", removal.leaves)}
    shown = [
        text(f"sensitivity.removal.shown_{way}", **{name: words.codes(codes)})
        for way, (name, codes) in ways.items()
        if codes
    ]
    return {
        "kind": text(f"sensitivity.removal.kind_{removal.kind}"),
        "what": what,
        "name": shortened(what, 44),
        "effect": text(f"sensitivity.removal.{'stays' if removal.stays else 'moves'}"),
        "enters": ", ".join(removal.enters),
        "leaves": ", ".join(removal.leaves),
        "lost": removal.lost,
        "unscored": ", ".join(removal.unscored),
        "proved": text(f"sensitivity.removal.proved_{'yes' if removal.is_proved else 'no'}"),
        "count": len(removal.enters) + len(removal.leaves),
        "shown": text("scenarios.join").join(shown),
    }

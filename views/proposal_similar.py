"""Proposals that look like one another: the nearest to one, and the screen of duplicates."""

from functools import partial

import streamlit as st

from portfolio.project import Project
from services import similar
from services.permission import ACTS
from services.similar import Pair, Similar
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.look.tables import Column, table
from views.parts import joined, small_table

KEY = "proposals_similar"
CHOICES = (0.5, 0.3, 0.2)  # how much alike, from certain to broad


def show(desk: Desk, project: Project) -> None:
    """The proposals nearest to that one; looked for once the part is opened."""
    title = desk.text("similar.yours" if project.lead == desk.person.code else "similar.title")
    part = st.expander(
        title, icon=":material/content_copy:", key=f"{KEY}_{project.code}", on_change="rerun"
    )
    if part.open:
        with part:
            _nearest(desk, project.code)


def _nearest(desk: Desk, code: str) -> None:
    text = desk.text
    found = similar.nearest(desk.store, desk.person, desk.cycle, code)
    if not found:
        st.markdown(said(text("similar.none")))
        return
    first = found[0]
    key = "near" if first.score >= similar.DUPLICATE else "far"
    st.markdown(said(text(
        f"similar.{key}", n=len(found), name=plain(_name(desk, first)),
        score=round(first.score, 2),
    )))  # fmt: skip
    head = [text(f"similar.{h}") for h in ("proposal", "score", "shared", "common")]
    rows = [
        (_name(desk, one), desk.percent(one.score, decimals=0), ", ".join(one.words),
         _common(desk, one))
        for one in found
    ]  # fmt: skip
    small_table(head, rows, name=text("similar.title"))
    st.caption(said(text("similar.how")))


def _name(desk: Desk, one: Similar) -> str:
    title = f"{one.project.code} · {one.project.title_in(desk.language)}"
    return desk.text("similar.earlier", name=title, cycle=one.cycle) if one.is_earlier else title


def _common(desk: Desk, one: Similar) -> str:
    """« même service ; systèmes PAIE et GDF »."""
    parts = [desk.text("similar.same_service")] if one.is_same_service else []
    if one.systems:
        systems = joined(desk, one.systems)
        parts.append(desk.text("similar.same_systems", n=len(one.systems), systems=systems))
    if len(parts) == 2:
        return desk.text("similar.also", one=parts[0], other=parts[1])
    return parts[0] if parts else desk.text("common.none")


def screen(desk: Desk) -> None:
    """Every pair above a threshold, for those who look for duplicates; nothing for the others."""
    if not desk.has(*ACTS["similar.duplicates"]):
        return
    text = desk.text
    part = st.expander(
        text("similar.screen"), icon=":material/content_copy:", key=KEY, on_change="rerun"
    )
    if not part.open:
        return
    with part:
        least = st.segmented_control(
            text("similar.least"), CHOICES, default=similar.DUPLICATE, key=f"{KEY}_least",
            format_func=partial(_choice, desk), required=True,
        )
        least = least or similar.DUPLICATE
        pairs = similar.duplicates(desk.store, desk.person, desk.cycle, least)
        _pairs(desk, pairs, least)


def _choice(desk: Desk, least: float) -> str:
    return desk.text("similar.at_least", score=least)


def _pairs(desk: Desk, pairs: tuple[Pair, ...], least: float) -> None:
    text = desk.text
    if not pairs:
        st.markdown(said(text("similar.no_pair", score=least)))
        return
    first = pairs[0]
    st.markdown(said(text(
        "similar.pairs", n=len(pairs), score=round(first.other.score, 2), least=least,
        one=first.one.code, other=plain(_name(desk, first.other)),
    )))  # fmt: skip
    rows = [
        {
            "one": f"{pair.one.code} · {pair.one.title_in(desk.language)}",
            "other": _name(desk, pair.other),
            "score": pair.other.score,
            "shared": ", ".join(pair.other.words),
            "common": _common(desk, pair.other),
        }
        for pair in pairs
    ]
    columns = [
        Column("one", text("similar.proposal"), width="medium"),
        Column("other", text("similar.other"), width="medium"),
        Column("score", text("similar.score"), "percent"),
        Column("shared", text("similar.shared"), width="medium"),
        Column("common", text("similar.common"), width="medium"),
    ]
    table(desk, rows, columns, key=f"{KEY}_pairs", name=text("similar.screen"))
    if len(pairs) == similar.MOST_PAIRS:
        components.status(text("similar.cut", n=len(pairs)), "warning")

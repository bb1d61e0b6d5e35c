"""In a proposal's file: its cost and its duration beside past projects of its size."""

import streamlit as st

from portfolio.project import Project
from portfolio.reference import Size
from portfolio.registry import Registry
from services.estimates import SHARES, Beside, beside
from views.desk import Desk
from views.look.components import said
from views.parts import in_years, small_table


def show(desk: Desk, registry: Registry, project: Project) -> None:
    """Say how often such estimates held; nothing while there is no amount."""
    found = beside(project, registry.cycle.horizon)
    if found is None:
        return
    text, size = desk.text, found.size
    st.header(text("estimates.title"), anchor=False)
    facts = {"n": size.projects, "overran": size.overran, "late": size.late}
    st.markdown(said(text("estimates.finding", size=_size(desk, size), **facts)))
    st.markdown(said(_held(desk, found)))
    name = text("estimates.table")
    head = [text("estimates.what"), text("estimates.proposed")]
    head += [text("estimates.at", share=share) for share in SHARES]
    small_table(head, _rows(desk, found), name=name)
    if not found.covers:
        st.caption(said(text("estimates.smaller")))
    language = desk.language
    source, caution = found.reference.source.in_(language), found.reference.caution.in_(language)
    st.caption(said(text("estimates.source", source=source, caution=caution)))


def _held(desk: Desk, found: Beside) -> str:
    name = "high" if "high" in found.holds else "likely"
    held, amount = found.holds[name], found.high if name == "high" else found.cost
    key = f"estimates.holds_{name}"
    return desk.text(key, amount=amount, share=round(held.share, 2), error=round(held.error, 2))


def _rows(desk: Desk, found: Beside) -> list[list[str]]:
    text = desk.text
    cost = [desk.money(amount, compact=True) for amount in (found.cost, *found.costs)]
    rows = [[text("estimates.cost"), *cost]]
    if found.years is not None:
        lasts = [in_years(desk, years) for years in (found.years, *found.lasts)]
        rows.append([text("estimates.lasts"), *lasts])
    return rows


def _size(desk: Desk, size: Size) -> str:
    if size.high is None:
        return desk.text("estimates.from", low=size.low)
    return desk.text("estimates.between", low=size.low, high=size.high)

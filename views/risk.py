"""Arbitrages, risk: how often each envelope holds when costs are drawn, and who stays chosen."""

import streamlit as st

from services import risks
from services.risks import Envelope, Risk
from views.look.components import empty_state, said
from views.look.tables import Column, table
from views.parts import small_table
from views.plan_words import PlanWords


def asks_past(words: PlanWords) -> bool:
    """The committee's switch: costs as past projects turned out, or as each project estimates."""
    text = words.desk.text
    of = risks.listed()
    return st.toggle(text("tradeoffs.risk.past", n=of), key="tradeoffs_past")


def nothing(words: PlanWords) -> None:
    """Say that no estimate gives a range, so that there is nothing to draw."""
    empty_state(words.desk.text("tradeoffs.risk.no_range"))


def show(words: PlanWords, found: Risk) -> None:
    """The envelopes under the costs drawn; then the projects, the least sure first."""
    desk, text = words.desk, words.desk.text
    share = round(found.within.share, 3)
    st.header(said(text("tradeoffs.risk.title", share=share)), anchor=False)
    key = "sentence_past" if found.past else "sentence_own"
    facts = {"n": found.draws, "estimated": found.estimated, "of": found.projects}
    st.markdown(said(text(f"tradeoffs.risk.{key}", error=found.within.error, **facts)))
    head = [text(f"tradeoffs.risk.{name}") for name in ("envelope", "within", "over", "cvar")]
    name = text("tradeoffs.risk.table")
    small_table(head, [_line(words, one) for one in found.envelopes], name=name)
    st.caption(said(text("tradeoffs.risk.shared", common=risks.SHARED)))
    if not found.stays:
        return
    sure = sum(one.chosen.share == 1.0 for one in found.stays)
    of = len(found.stays)
    st.subheader(said(text("tradeoffs.risk.stays", n=sure, of=of)), anchor=False)
    st.markdown(said(text("tradeoffs.risk.again", n=found.again)))
    if found.impossible:
        st.markdown(said(text("tradeoffs.risk.impossible", n=found.impossible)))
    rows = [
        {"code": one.project, "title": words.title(one.project),
         "share": one.chosen.share, "error": one.chosen.error}
        for one in found.stays
    ]  # fmt: skip
    columns = (
        Column("code", text("tradeoffs.risk.code"), width="small"),
        Column("title", text("tradeoffs.risk.project"), width="large"),
        Column("share", text("tradeoffs.risk.chosen"), "percent"),
        Column("error", text("tradeoffs.risk.error"), "percent"),
    )
    table(desk, rows, columns, key="tradeoffs_risk", name=text("tradeoffs.risk.projects"))


def _line(words: PlanWords, one: Envelope) -> list[str]:
    desk, text = words.desk, words.desk.text
    within = text("tradeoffs.risk.shown", share=round(one.within.share, 3), error=one.within.error)
    over = desk.money(one.over, compact=True)
    worst = text("tradeoffs.risk.money", amount=one.cvar, error=one.cvar_error)
    return [words.envelope(one.code), within, over, worst]

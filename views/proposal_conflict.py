"""Two versions of a draft, field by field where they differ; the person chooses."""

from dataclasses import fields

import streamlit as st

from portfolio.footprint import Quantity
from portfolio.project import (
    Answer,
    Category,
    DebtEffect,
    LegalBasis,
    Project,
    Sensitivity,
    Tag,
    Variant,
)
from views.desk import Desk
from views.look.components import said
from views.parts import small_table
from views.proposal_draft import Draft, keep_mine, take_theirs

LABELS = {  # fields whose words have another name
    "title": "name",
    "category": "category_label",
    "sensitivity": "sensitivity_label",
    "tags": "marks",
    "answers": "gate",
    "legal_basis": "legal",
    "debt_effects": "section.systems",
    "confidential": "lock",
    "version": "-",
    "stage": "-",
    "code": "-",
    "source": "-",
}


def show(desk: Desk, draft: Draft, mine: Project, theirs: Project) -> None:
    """Both versions, and which of them to keep."""
    text = desk.text
    st.warning(said(text("proposals.stale", version=theirs.version)))
    names = [f.name for f in fields(Project) if text.has(f"proposals.{LABELS.get(f.name, f.name)}")]
    rows = [
        (
            text(f"proposals.{LABELS.get(name, name)}"),
            _shown(desk, name, getattr(mine, name)),
            _shown(desk, name, getattr(theirs, name)),
        )
        for name in names
        if getattr(mine, name) != getattr(theirs, name)
    ]
    head = [text(f"proposals.stale_{h}") for h in ("field", "mine", "theirs")]
    small_table(head, rows, name=text("proposals.stale_both"))
    with st.container(horizontal=True):
        st.button(
            text("proposals.keep_mine"), key="proposals_keep_mine", type="primary",
            on_click=keep_mine, args=(desk, draft, mine),
        )
        st.button(
            text("proposals.take_theirs"), key="proposals_take_theirs",
            on_click=take_theirs, args=(draft,),
        )


def _shown(desk: Desk, name: str, value: object) -> str:
    """One field of a version, in a few words."""
    match value:
        case Category() | Sensitivity():
            return desk.text(f"proposals.{name}.{value}")
        case LegalBasis(law=law, article=article, proof=proof):
            return "; ".join(part for part in (law, article, proof) if part)
        case tuple():
            return "; ".join(_part(desk, part) for part in value)
        case frozenset():
            return "; ".join(desk.text(f"proposals.locked.{name}") for name in sorted(value))
        case int():
            return desk.money(value)
    return str(value or "")


def _part(desk: Desk, part: object) -> str:
    match part:
        case Variant(code=code, cost=cost):
            return f"{code} {desk.text('parts.not_given') if cost is None else desk.money(cost)}"
        case Tag(key=key):
            return key
        case Quantity(item=item, count=count, deed=deed):
            return f"{desk.number(count)} {item} {desk.text(f'footprint.deed.{deed}')}"
        case Answer(question=question, answer=answer, comment=comment):
            return " ".join((question, answer, comment))
        case DebtEffect(debt=debt, title=title, share=share):
            return f"{debt} {desk.percent(share)}" if debt else title
    return str(part)

"""What the kept plan repays, project by project: alone, and beside the others of the plan."""

from collections.abc import Mapping

import streamlit as st

from portfolio.credit import Credit
from portfolio.registry import Registry
from services import credits, cycles
from services.credits import CreditLine, CreditView
from views.desk import Desk
from views.look.components import page_link, said
from views.look.tables import Column, table
from views.parts import joined

PARTS = ("principal", "interest")
CENTS = 100


def show(desk: Desk) -> None:
    """The sentence, the table that adds up, and why a credit alone is larger than in the plan."""
    text = desk.text
    st.header(text("waiting.credits.title"), anchor=False)
    found = credits.view(desk.store, desk.person, desk.cycle)
    if found is None:
        st.markdown(text("waiting.credits.no_plan"))
        page_link(desk, "scenarios", text("scenarios.menu"))
        return
    registry = cycles.registry(desk.store, desk.person, desk.cycle)
    st.markdown(said(text(
        "waiting.credits.answer", n=len(found.lines), day=found.kept_on,
        scenario=found.scenario.title.in_(desk.language),
        **_cents(found.whole), **{f"shared_{n}": c for n, c in _cents(found.shared).items()},
    )))  # fmt: skip
    rows = [_row(desk, registry, line) for line in found.lines]
    name = text("waiting.credits.title")
    table(desk, [*rows, *_rest(desk, found)], _columns(desk), key="waiting_credits", name=name)
    st.caption(said(text("waiting.credits.about")))


def _cents(credit: Credit) -> dict[str, int]:
    return {part: round(getattr(credit, part) * CENTS) for part in PARTS}


def _row(desk: Desk, registry: Registry, line: CreditLine) -> Mapping[str, object]:
    title = next((p.title_in(desk.language) for p in registry.projects if p.code == line.project),
                 "")
    return {
        "project": f"{line.project} · {title}",
        **_columns_of(line.alone, "alone"), **_columns_of(line.in_plan, "in_plan"),
        "why": _why(desk, line),
    }


def _columns_of(credit: Credit, name: str) -> dict[str, int]:
    return {f"{part}_{name}": cents for part, cents in _cents(credit).items()}


def _why(desk: Desk, line: CreditLine) -> str:
    """« D12 est aussi remboursée par P48 »."""
    text = desk.text
    return " ; ".join(
        text("waiting.credits.also", debt=debt, by=joined(
            desk, [code or text("waiting.credits.itself") for code in by]
        ))
        for debt, by in line.also.items()
    )


def _rest(desk: Desk, found: CreditView) -> list[Mapping[str, object]]:
    """What makes the columns of the plan add up to what it does in all."""
    rows = []
    for name, credit in (("shared", found.shared), ("whole", found.whole)):
        rows.append({
            "project": desk.text(f"waiting.credits.{name}"), **_columns_of(credit, "in_plan"),
            **dict.fromkeys(f"{part}_alone" for part in PARTS), "why": "",
        })
    return rows


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    figures = [
        Column(f"{part}_{name}", text(f"waiting.credits.{part}_{name}"), "thousands")
        for part in PARTS
        for name in ("alone", "in_plan")
    ]
    return [
        Column("project", text("waiting.credits.project"), width="medium"),
        *figures,
        Column("why", text("waiting.credits.why"), width="medium"),
    ]

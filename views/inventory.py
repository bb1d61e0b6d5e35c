"""Inventaire: which systems the city has, what rests on what, what the register lacks."""

from functools import partial

import streamlit as st

from portfolio.registry import Registry
from services import cycles, inventory
from services.inventory import Lack, Line
from services.permission import ACTS
from views import inventory_lookup, inventory_quality
from views.debt_charts import support_words
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.look.tables import Column, table
from views.parts import named, today

SECTIONS = ("systems", "lookup", "quality")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render(desk: Desk) -> None:
    """The gravest lack in a sentence; then the systems, a look-up, or everything that lacks."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("inventory.title"), text("inventory.empty"))
        components.page_link(desk, "imports", text("home.empty_import"))
        return
    if not desk.has(*ACTS["inventory.view"]):
        components.page_head(desk, text("inventory.title"), text("inventory.not_allowed"))
        return
    lines = inventory.view(desk.store, desk.person, desk.cycle, today())
    lacks = inventory.quality(desk.store, desk.person, desk.cycle, today())
    registry = cycles.registry(desk.store, desk.person, desk.cycle)
    components.page_head(desk, text("inventory.title"), _answer(desk, lines, lacks))
    with st.container(horizontal=True, vertical_alignment="bottom", key="inventory_bar"):
        section = st.segmented_control(
            text("inventory.section"), SECTIONS, default=SECTIONS[0], required=True,
            format_func=lambda name: text(f"inventory.section_{name}"), key="inventory_section",
            label_visibility="collapsed",
        )
        _files(desk)
    if section == "lookup":
        inventory_lookup.show(desk, registry, inventory.examples(lines))
    elif section == "quality":
        inventory_quality.show(desk, registry, lacks)
    else:
        _systems(desk, registry, lines)


def _answer(desk: Desk, lines: tuple[Line, ...], lacks: tuple[Lack, ...]) -> str:
    text, n = desk.text, len(lines)
    if not n:
        return text("inventory.none")
    if not lacks:
        return text("inventory.answer_whole", n=n)
    worst = inventory_quality.counted(desk, lacks[0])
    return text("inventory.answer", n=n, kinds=len(lacks), worst=worst)


def _files(desk: Desk) -> None:
    """The tables that architects fill, and the register to be corrected and brought back."""
    text = desk.text
    with st.popover(text("inventory.files"), icon=":material/download:"):
        st.markdown(said(text("inventory.files_help")))
        for flat in ("", *inventory.TEMPLATES):
            name = flat or "both"
            st.download_button(
                text(f"inventory.template.{name}"),
                partial(inventory.template, flat, desk.language),
                file_name=text(f"inventory.template_file.{name}"),
                mime="text/csv" if flat else SHEET,
                key=f"inventory_template_{name}",
                on_click="ignore",
            )
        if desk.has(*ACTS["inventory.export"]):
            st.download_button(
                text("inventory.export"),
                partial(inventory.export, desk.store, desk.person, desk.cycle),
                file_name=text("inventory.export_file", cycle=desk.cycle),
                mime=SHEET,
                key="inventory_export",
                on_click="ignore",
                help=text("inventory.export_help"),
            )


def _systems(desk: Desk, registry: Registry, lines: tuple[Line, ...]) -> None:
    text = desk.text
    st.header(text("inventory.systems"), anchor=False)
    if not lines:
        components.empty_state(text("inventory.none"))
        return
    st.markdown(said(text("inventory.systems_help")))
    rows = [_row(desk, registry, line) for line in lines]
    name = text("inventory.systems")
    chosen = table(
        desk, rows, _columns(desk), key="inventory_systems", name=name, can_choose=True
    )
    if chosen:
        label = text("inventory.open", code=chosen["code"], title=chosen["title"])
        components.page_link(desk, "debts", plain(label), system=str(chosen["code"]))


def _row(desk: Desk, registry: Registry, line: Line) -> dict[str, object]:
    system = line.system
    stands = system.disposition
    return {
        "code": system.code,
        "title": system.title_in(desk.language),
        "owner": named(registry, system.owner),
        "criticality": system.criticality,
        "disposition": desk.text(f"debts.disposition.{stands}") if stands else None,
        "support": support_words(desk, line.support),
        "support_end": system.support_end,
        "technologies": ", ".join(f"{t.name} {t.version}".strip() for t in system.technologies),
        "components": line.components,
        "needs": ", ".join(d.on for d in system.dependencies),
        "services": ", ".join(system.services),
        "projects": ", ".join(line.projects),
        "users": system.users,
        "run_cost": system.run_cost,
        "replacement": system.replacement_value,
    }


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    return [
        Column("code", text("debts.code"), width="small"),
        Column("title", text("debts.system"), width="medium"),
        Column("owner", text("debts.owner"), width="medium"),
        Column("criticality", text("debts.criticality"), "number"),
        Column("disposition", text("debts.disposition_label")),
        Column("support", text("debts.support_label")),
        Column("support_end", text("debts.support_end"), "date"),
        Column("technologies", text("inventory.technologies"), width="medium"),
        Column("components", text("inventory.components"), "number",
               help=text("inventory.components_help")),
        Column("needs", text("inventory.needs")),
        Column("services", text("inventory.services"), width="medium"),
        Column("projects", text("inventory.projects"), width="medium"),
        Column("users", text("debts.users"), "number"),
        Column("run_cost", text("debts.run_cost"), "thousands"),
        Column("replacement", text("debts.replacement"), "thousands"),
    ]  # fmt: skip

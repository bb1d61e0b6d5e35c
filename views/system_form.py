"""The form of a system: its owner, what it stands on, what it needs, what the city means by it."""

from dataclasses import replace
from typing import Any

import streamlit as st

from portfolio.errors import Invalid, Refusal
from portfolio.registry import Registry
from portfolio.scan import Tool
from portfolio.system import Dependency, Disposition, System, Technology, ToolKey
from services import systems
from services.debts import of_registry
from views import register_conflict
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import today
from views.register_fields import Fields, pinned, unpin

OPENED = "debts_system_form"  # the system that is edited; NEW = a new one
NEW = "+"
STAGES = ("sales", "active", "standard", "extended")
TEXTS = ("title", "title_en", "owner", "reason", "interest_reason")
MONEY = ("run_cost", "replacement_value", "interest_figure")


def show(desk: Desk, registry: Registry, system: System | None) -> None:
    """The form of a system, or of a new one."""
    text = desk.text
    start = pinned(system or System("?", "?"), _place)
    fields = Fields(desk, _place(start), "system_item")
    register_conflict.show(desk, "system_item", _keep_mine)
    names = ("facts", "technologies", "around", "money")
    tabs = st.tabs([text(f"system_item.part.{name}") for name in names])
    with tabs[0]:
        _facts(fields, start, is_new=system is None)
    with tabs[1]:
        _technologies(fields, start)
    with tabs[2]:
        _around(fields, registry, start)
    with tabs[3]:
        _money(fields, registry, start)
    st.button(text("debt_item.save"), type="primary", key="debts_save", icon=":material/save:",
              on_click=_send, args=(desk, fields, start, system is None))


def _place(system: System) -> str:
    return f"debts_sys_{system.code}_{system.version}"


def _facts(fields: Fields, system: System, is_new: bool) -> None:
    text = fields.desk.text
    left, right = st.columns(2, gap="large")
    with left:
        if is_new:
            fields.line("code", "")
        fields.line("title", "" if is_new else system.title)
        fields.line("title_en", system.title_en)
        fields.line("owner", system.owner)
    with right:
        fields.choice("criticality", ["1", "2", "3", "4", "5"],
                      str(system.criticality) if system.criticality else None,
                      lambda level: text(f"system_item.criticality_is.{level}"))
        fields.line("users", "" if system.users is None else fields.desk.number(system.users))
        fields.choice("disposition", [str(d) for d in Disposition], system.disposition,
                      lambda d: text(f"debts.disposition.{d}"))
        fields.line("reason", system.reason)


def _technologies(fields: Fields, system: System) -> None:
    st.caption(said(fields.desk.text("system_item.technologies_about")))

    def one(held: Technology | None, at: int) -> None:
        start = held or Technology("")
        label = f"{start.name} {start.version}".strip() or fields.label("new_technology")
        with st.expander(label):
            name, version, contract = st.columns([2, 1, 1])
            with name:
                fields.line("technology", start.name, at=at)
            with version:
                fields.line("technology_version", start.version, at=at)
            with contract:
                fields.day("contract_until", start.contract_until, at=at)
            for column, stage in zip(st.columns(4), STAGES, strict=True):
                with column:
                    fields.day(f"{stage}_end", getattr(start, f"{stage}_end"), at=at)
                    fields.line(f"{stage}_word", getattr(start, f"{stage}_word"), at=at)
            for column, tool in zip(st.columns(3), ("purl", "cpe", "source"), strict=True):
                with column:
                    fields.line(tool, getattr(start, tool), at=at)

    fields.rows("technology", system.technologies, one)


def _around(fields: Fields, registry: Registry, system: System) -> None:
    text = fields.desk.text
    fields.area("services", "\n".join(system.services))
    st.subheader(text("system_item.dependencies"), anchor=False)
    others = {s.code: f"{s.code} · {s.title_in(fields.desk.language)}"
              for s in registry.systems if s.code != system.code}

    def needs(held: Dependency | None, at: int) -> None:
        on, reason = st.columns(2)
        with on:
            fields.choice("needs", list(others), held.on if held else None,
                          others.__getitem__, at=at)
        with reason:
            fields.line("needs_reason", held.reason if held else "", at=at)

    fields.rows("needs", system.dependencies, needs)
    st.subheader(text("system_item.tool_keys"), anchor=False)
    st.caption(said(text("system_item.tool_keys_about")))

    def named(held: ToolKey | None, at: int) -> None:
        tool, key = st.columns(2)
        tools = list(dict.fromkeys([*map(str, Tool), *([held.tool] if held else [])]))
        with tool:
            fields.choice("tool", tools, held.tool if held else None, str, at=at)
        with key:
            fields.line("tool_key", held.key if held else "", at=at)

    fields.rows("tool", system.tool_keys, named)


def _money(fields: Fields, registry: Registry, system: System) -> None:
    """Its costs; a figure for all its interest is offered where the items' own overlap."""
    left, right = st.columns(2, gap="large")
    with left:
        fields.money("run_cost", system.run_cost)
        fields.money("replacement_value", system.replacement_value)
    owed = next((s for s in of_registry(registry, today()).systems
                 if s.system.code == system.code), None)  # fmt: skip
    with right:
        if system.interest_figure is None and not (owed and owed.is_overlapping):
            st.caption(said(fields.desk.text("system_item.figure_not_needed")))
            return
        if owed is not None:
            st.caption(said(fields.desk.text(
                "system_item.figure_for", n=len(owed.figures), sum=round(owed.interest_sum)
            )))  # fmt: skip
        fields.money("interest_figure", system.interest_figure)
        fields.line("interest_reason", system.interest_reason)


def _send(desk: Desk, fields: Fields, start: System, is_new: bool) -> None:
    try:
        typed = _typed(fields, start, is_new)
        act = systems.add if is_new else systems.save
        saved = act(desk.store, desk.person, desk.cycle, typed)
    except Refusal as refused:
        register_conflict.remember(refused)
        return
    _saved(desk, saved)


def _saved(desk: Desk, saved: System) -> None:
    st.query_params["system"] = saved.code
    st.session_state[OPENED] = ""
    unpin()
    components.tell(desk.text("debt_item.saved", code=saved.code))


def _keep_mine(desk: Desk, mine: System, theirs: System, _: str) -> None:
    again = replace(mine, version=theirs.version)
    _saved(desk, systems.save(desk.store, desk.person, desk.cycle, again))


def _typed(fields: Fields, start: System, is_new: bool) -> System:
    told: dict[str, Any] = {name: fields.typed(name) for name in TEXTS}
    code = fields.typed("code") if is_new else start.code
    for name, value in (("code", code), ("title", told["title"])):
        if not value:
            raise Invalid("empty", field=fields.label(name))
    disposition, criticality = fields.chosen("disposition"), fields.chosen("criticality")
    return replace(
        start,
        **told,
        **{name: fields.cents(name) for name in MONEY},
        code=code,
        criticality=int(criticality) if criticality else None,
        users=fields.whole("users"),
        disposition=Disposition(disposition) if disposition else None,
        technologies=_typed_technologies(fields, start),
        services=tuple(dict.fromkeys(filter(None, map(
            str.strip, fields.typed("services").splitlines()
        )))),
        dependencies=_typed_needs(fields, len(start.dependencies)),
        tool_keys=_typed_keys(fields, len(start.tool_keys)),
    )


def _typed_technologies(fields: Fields, start: System) -> tuple[Technology, ...]:
    """A technology whose name was emptied is left out."""
    found = []
    for at in fields.places("technology", len(start.technologies)):
        name = fields.typed("technology", at)
        if name:
            found.append(Technology(
                name, fields.typed("technology_version", at),
                *(fields.date(f"{stage}_end", at) for stage in STAGES),
                *(fields.typed(f"{stage}_word", at) for stage in STAGES),
                fields.date("contract_until", at),
                *(fields.typed(tool, at) for tool in ("purl", "cpe", "source")),
            ))
    return tuple(found)


def _typed_needs(fields: Fields, held: int) -> tuple[Dependency, ...]:
    rows = ((fields.chosen("needs", at), at) for at in fields.places("needs", held))
    return tuple(Dependency(on, fields.typed("needs_reason", at)) for on, at in rows if on)


def _typed_keys(fields: Fields, held: int) -> tuple[ToolKey, ...]:
    places = fields.places("tool", held)
    rows = ((fields.chosen("tool", at), fields.typed("tool_key", at)) for at in places)
    return tuple(ToolKey(tool, key) for tool, key in rows if tool and key)

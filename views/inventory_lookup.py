"""A component, the systems that hold it, those that rest on them, services and projects."""

from collections.abc import Iterator

import streamlit as st

from portfolio.errors import Invalid
from portfolio.registry import Registry
from services import inventory
from services.inventory import Borne, Hit, Lookup
from services.inventory_seek import Kind
from views.desk import Desk
from views.look import components, dot
from views.look.components import plain, said
from views.look.tables import Column, table
from views.parts import joined, named

ASKED, EXAMPLE = "inventory_asked", "inventory_example"
NAMED = 3  # names told; beyond, they are counted
MOST = 30  # boxes that a drawing can hold and still be read
BEYOND = ("services", "projects")


def show(desk: Desk, registry: Registry, examples: tuple[str, ...]) -> None:
    """Ask for a component, then answer in a sentence, a drawing and a table."""
    text = desk.text
    st.header(text("inventory.lookup"), anchor=False)
    asked = st.text_input(
        text("inventory.asked"), key=ASKED, help=text("inventory.asked_help"),
        placeholder=text("inventory.asked_example"), width=480,
    )
    if not asked.strip():
        _invite(desk, examples)
        return
    try:
        found = inventory.lookup(desk.store, desk.person, desk.cycle, asked)
    except Invalid as refusal:
        components.error(desk, refusal)
        return
    if not found.borne:
        components.empty_state(plain(text("inventory.not_found", asked=found.asked)))
        return
    st.markdown(f"**{plain(_answer(desk, found))}** {said(_beyond(desk, found))}")
    if found.is_cut:
        st.caption(said(text("inventory.cut", n=inventory.MOST)))
    _drawing(desk, found)
    _table(desk, registry, found)
    _projects(desk, found)


def _invite(desk: Desk, examples: tuple[str, ...]) -> None:
    """What can be asked, and technologies on which many systems stand."""
    st.markdown(said(desk.text("inventory.lookup_help")))
    if examples:
        st.pills(desk.text("inventory.examples"), examples, key=EXAMPLE, on_change=_take)


def _take() -> None:
    st.session_state[ASKED] = st.session_state.pop(EXAMPLE, None) or ""


def _answer(desk: Desk, found: Lookup) -> str:
    """« log4j-core est dans 3 systèmes, qui servent 5 services ; 4 projets y touchent. »"""
    text, labels = desk.text, list(dict.fromkeys(map(_label, found.borne)))
    facts = {
        "n": len(found.bearers), "services": len(found.served), "projects": len(found.projects),
    }  # fmt: skip
    if len(labels) > NAMED:
        return text("inventory.found_many", asked=found.asked, names=len(labels), **facts)
    kinds = {one.kind for one in found.borne}
    is_system = kinds == {Kind.SYSTEM}
    key = "found_system" if is_system else "found" if len(labels) == 1 else "found_several"
    return text(f"inventory.{key}", what=joined(desk, labels), names=len(labels), **facts)


def _label(one: Borne) -> str:
    return f"{one.name} {one.number}".strip()


def _beyond(desk: Desk, found: Lookup) -> str:
    text, n = desk.text, len(found.dependents)
    if not n:
        return text("inventory.nothing_rests")
    return text("inventory.rests", n=n, services=len(found.services))


def _drawing(desk: Desk, found: Lookup) -> None:
    """The whole chain, or as much of it as can be read."""
    text = desk.text
    st.header(text("inventory.chain"), anchor=False)
    drawn, shown = next(
        ((d, s) for s in (BEYOND, BEYOND[:1], ()) if len((d := _drawn(desk, found, s)).boxes)
         <= MOST),
        (None, ()),
    )  # fmt: skip
    if drawn is None:
        st.markdown(said(text("inventory.too_many", n=len(found.hits))))
        return
    beyond = joined(desk, [text(f"inventory.drawn.{name}") for name in shown])
    key = "chain_sentence" if shown else "chain_sentence_short"
    sentence = text(f"inventory.{key}", beyond=beyond)
    st.markdown(said(sentence))
    with st.container(key="inventory_chain"):
        st.graphviz_chart(dot.written(desk, drawn), alt=sentence)


def _drawn(desk: Desk, found: Lookup, shown: tuple[str, ...]) -> dot.Drawing:
    drawing = dot.Drawing()
    codes = {hit.system.code for hit in found.hits}
    for hit in found.hits:
        code = hit.system.code
        title = hit.system.title_in(desk.language)
        drawing.box(f"s:{code}", f"{code}\n{title}", is_bold=not hit.steps)
        for need in hit.needs:
            drawing.arrow(f"s:{need}", f"s:{code}", is_dashed=True)
    for one in found.borne:
        if one.kind is not Kind.SYSTEM:
            drawing.box(f"c:{_label(one)}", _label(one), shape="component")
            drawing.arrow(f"c:{_label(one)}", f"s:{one.system}")
    for start, end, label, shape in _ends(desk, found, shown):
        if start in codes:
            drawing.box(end, label, shape=shape, is_last=shape == "ellipse")
            drawing.arrow(f"s:{start}", end)
    return drawing


def _ends(
    desk: Desk, found: Lookup, shown: tuple[str, ...]
) -> Iterator[tuple[str, str, str, str]]:
    """(system, key, label, shape) of each service and project."""
    if "services" in shown:
        for service, systems in found.services.items():
            yield from ((system, f"v:{service}", service, "ellipse") for system in systems)
    if "projects" in shown:
        for touch in found.projects:
            key = touch.project.code
            label = f"{key}\n{touch.project.title_in(desk.language)}"
            yield from ((system, f"p:{key}", label, "note") for system in touch.systems)


def _table(desk: Desk, registry: Registry, found: Lookup) -> None:
    text = desk.text
    name = text("inventory.reached")
    st.header(name, anchor=False)
    columns = [
        Column("code", text("debts.code"), width="small"),
        Column("title", text("debts.system"), width="medium"),
        Column("how", text("inventory.how"), width="medium"),
        Column("away", text("inventory.away"), "number", help=text("inventory.away_help")),
        Column("support_end", text("inventory.its_end"), "date"),
        Column("services", text("inventory.services"), width="medium"),
        Column("projects", text("inventory.projects"), width="medium"),
        Column("owner", text("debts.owner"), width="medium"),
        Column("criticality", text("debts.criticality"), "number"),
    ]
    rows = [_row(desk, registry, found, hit) for hit in found.hits]
    chosen = table(desk, rows, columns, key="inventory_reached", name=name, can_choose=True)
    if chosen:
        label = text("inventory.open", code=chosen["code"], title=chosen["title"])
        components.page_link(desk, "debts", plain(label), system=str(chosen["code"]))


def _row(desk: Desk, registry: Registry, found: Lookup, hit: Hit) -> dict[str, object]:
    system = hit.system
    own = [one for one in found.borne if one.system == system.code]
    ends = [one.support_end for one in own if one.support_end is not None]
    return {
        "code": system.code,
        "title": system.title_in(desk.language),
        "how": _how(desk, hit, own),
        "away": hit.steps,
        "support_end": min(ends, default=None),
        "services": ", ".join(system.services),
        "projects": ", ".join(t.project.code for t in found.projects if system.code in t.systems),
        "owner": named(registry, system.owner),
        "criticality": system.criticality,
    }


def _how(desk: Desk, hit: Hit, own: list[Borne]) -> str:
    text = desk.text
    if hit.steps:
        return text("inventory.depends", on=", ".join(hit.needs))
    held = dict.fromkeys(_label(one) for one in own if one.kind is not Kind.SYSTEM)
    return text("inventory.holds", parts=", ".join(held)) if held else text("inventory.itself")


def _projects(desk: Desk, found: Lookup) -> None:
    if not found.projects:
        return
    with st.expander(desk.text("inventory.projects_touching", n=len(found.projects))):
        for touch in found.projects:
            title = f"{touch.project.code} · {touch.project.title_in(desk.language)}"
            components.page_link(desk, "proposals", plain(title), project=touch.project.code)

"""Signaux: what is worth a question, for the facilitator, with what stands behind it."""

from math import ceil

import streamlit as st

from portfolio.errors import Forbidden
from portfolio.registry import Registry
from scoring.signs import Kind, Row, Sign
from services import signs
from services.signs import Found, Measured, Signs
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import joined, named, small_table

COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.SELF: ("criterion", "own", "panel", "people"),
    Kind.PULL: ("project", "hers", "others"),
    Kind.UNDER: ("project", "amount", "below", "lead"),
    Kind.SPLIT: ("project", "amount", "lead", "service"),
    Kind.MANDATORY: ("project",),
}
RATINGS = frozenset({"own", "panel", "hers", "others"})
SHARES = frozenset({"likeness", "now", "before"})


def render(desk: Desk) -> None:
    """The count first, then each kind: its questions, its rows, and how far to trust it."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("signs.title"), text("signs.no_cycle"))
        return
    try:
        found = signs.signs(desk.store, desk.person, desk.cycle)
    except Forbidden as refusal:
        components.page_head(desk, text("signs.title"), desk.refusal(refusal))
        return
    key = "answer" if found.count else "answer_none"
    components.page_head(desk, text("signs.title"), text(f"signs.{key}", n=found.count))
    st.markdown(said(text("signs.what")))
    for one in found.found:
        _kind(desk, found, one)
    st.caption(said(text("signs.measured", command=found.command)))


def _kind(desk: Desk, whole: Signs, found: Found) -> None:
    text, looked = desk.text, found.looked
    st.header(said(text(f"signs.{looked.kind}.title")), anchor=False)
    if looked.lacks:
        st.markdown(said(text("signs.lacks", why=text(f"signs.lack.{looked.lacks}"))))
    elif not looked.signs:
        told = text(f"signs.{looked.kind}.none", n=looked.examined)
        st.markdown(said(told))
    for at, sign in enumerate(looked.signs):
        with st.container(border=True, key=f"signs_{looked.kind}_{at}"):
            _sign(desk, whole, sign)
    st.caption(said(_trust(desk, looked.kind, found.measured)))


def _sign(desk: Desk, whole: Signs, sign: Sign) -> None:
    text, kind = desk.text, sign.kind
    mood = "warning" if sign.strength == "clear" else "quiet"
    components.status(text(f"signs.strength.{sign.strength}"), mood)
    facts: dict[str, object] = {"about": _about(desk, whole.registry, sign)}
    facts |= {name: _figure(name, value) for name, value in sign.figures.items()}
    st.markdown(components.plain(text(f"signs.{kind}.finding", **facts)))
    st.markdown(f"**{components.plain(text(f'signs.{kind}.question', **facts))}**")
    with st.expander(text("signs.rows", n=len(sign.rows))):
        head = [text(f"signs.column.{name}") for name in COLUMNS[kind]]
        rows = [[_cell(desk, whole.registry, name, row) for name in COLUMNS[kind]]
                for row in sign.rows]  # fmt: skip
        small_table(head, rows, name=text("signs.rows", n=len(sign.rows)))


def _about(desk: Desk, registry: Registry, sign: Sign) -> str:
    if sign.kind is Kind.PULL:
        return named(registry, sign.about[0])
    if sign.kind is Kind.MANDATORY:
        return ""
    return joined(desk, [_project(desk, registry, code) for code in sign.about])


def _project(desk: Desk, registry: Registry, code: str) -> str:
    titles = {p.code: p.title_in(desk.language) for p in registry.projects}
    return f"{code} · {titles[code]}" if code in titles else code


def _figure(name: str, value: float) -> float:
    """Shares to the percent, levels to the tenth, as they are read aloud; chance rounded up."""
    if name == "p":
        return max(1, ceil(1000 * value)) / 1000
    if name in SHARES:
        return round(value, 2)
    return value if isinstance(value, int) else round(value, 1)


def _cell(desk: Desk, registry: Registry, name: str, row: Row) -> str:
    value = row[name]
    match name:
        case "project":
            return _project(desk, registry, str(value))
        case "criterion":
            framework = registry.framework
            known = {c.key: c.title for c in framework.criteria} if framework else {}
            title = known.get(str(value))
            return f"{value} · {title.in_(desk.language)}" if title else str(value)
        case "lead":
            return named(registry, str(value))
        case "amount":
            return desk.money(int(value), compact=True)
        case "below":
            return desk.percent(float(value))
    if name in RATINGS:
        return desk.number(float(value), decimals=1)
    return desk.number(value) if not isinstance(value, str) else value


def _trust(desk: Desk, kind: Kind, measured: Measured) -> str:
    """How often honest committees raise it, and how often a fault of each size is seen."""
    text, alarm = desk.text, measured.alarm
    seen = [
        text(f"signs.{kind}.seen", size=one.size, share=round(one.raised, 3))
        for one in measured.seen
    ]
    facts = {"n": alarm.committees, "share": round(alarm.raised, 3), "error": alarm.error}
    return text("signs.trust", seen=joined(desk, seen), **facts)

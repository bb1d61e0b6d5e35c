"""The systems a draft touches, as they stand; the debts it says it would retire or create."""

from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio import texts
from portfolio.criterion import Framework
from portfolio.debt import DebtItem
from portfolio.project import DebtEffect, Project
from portfolio.registry import Registry
from services import debts
from services.debts import DebtView, Light
from views.desk import Desk
from views.look import tokens
from views.look.components import plain, said
from views.parts import small_table, today
from views.proposal_draft import Draft, change
from views.proposal_fields import Fields

SIGNS = {Light.RED: "bad", Light.AMBER: "warning", Light.GREEN: "good", Light.UNKNOWN: "quiet"}


def section(
    fields: Fields, project: Project, registry: Registry, framework: Framework
) -> Project:
    """The project with its systems and its debts as they now stand in the fields."""
    desk = fields.desk
    titles = {system.code: system.title_in(desk.language) for system in registry.systems}
    project = fields.several(project, "systems", titles, project.systems, _put_systems)
    project = fields.lock(project, "systems")
    view = debts.view(desk.store, desk.person, desk.cycle, today())
    _context(desk, registry, project, view)
    st.subheader(desk.text("proposals.retires"), anchor=False)
    project = _retired(fields, project, registry)
    _offer(fields, project, registry)
    st.subheader(desk.text("proposals.creates"), anchor=False)
    project = _created(fields, project, registry)
    project = fields.lock(project, "debt_effects")
    st.caption(fields.label("who_may_read"))
    return project


def _put_systems(project: Project, picked: list[str]) -> Project:
    if set(picked) == set(project.systems):
        return project
    return replace(project, systems=tuple(picked))


def _context(desk: Desk, registry: Registry, project: Project, view: DebtView) -> None:
    """Red state, end of support and debt of each system touched, as the register has them."""
    text = desk.text
    known = {held.system.code: held for held in view.systems}
    rows = []
    for code in project.systems:
        held = known.get(code)
        if held is None:
            continue
        sign = tokens.SIGNS[SIGNS[held.light]]
        ends = desk.day(held.support_end) if held.support_end else text("parts.not_given")
        owed = desk.money(round(held.principal), compact=True)
        costs = desk.money(round(held.interest), compact=True)
        title = f"{code} · {held.system.title_in(desk.language)}"
        light = f"{sign} {text(f'debts.light.{held.light}')}"
        rows.append((title, light, ends, owed, costs))
    if not rows:
        st.caption(text("proposals.no_system"))
        return
    red = sum(known[code].light is Light.RED for code in project.systems if code in known)
    st.markdown(said(text("proposals.context", n=len(rows), red=red)))
    head = ("system", "light_label", "support_end", "owed", "owed_interest")
    small_table([text(f"proposals.{h}") for h in head], rows, name=text("proposals.systems"))
    st.caption(text("proposals.context_help"))


def _retired(fields: Fields, project: Project, registry: Registry) -> Project:
    """Each debt it would retire: the share, and what the register already says of it."""
    desk, items = fields.desk, {item.code: item for item in registry.debts}
    effects = [effect for effect in project.debt_effects if not effect.is_created]
    if not effects:
        st.caption(desk.text("proposals.no_retired"))
    for effect in effects:
        with st.container(border=True):
            item = items.get(effect.debt)
            title = f"{item.title} ({item.system})" if item else desk.text("proposals.debt_gone")
            st.markdown(f"**{plain(effect.debt)}** · {plain(title)}")
            share, note, out = st.columns([1, 3, 1], vertical_alignment="bottom")
            with share:
                project = fields.percent(
                    project, f"share_{effect.debt}",
                    desk.text("proposals.share_of", debt=effect.debt), effect.share,
                    partial(_put_share, effect.debt),
                )
            with note:
                project = fields.line(
                    project, f"note_{effect.debt}",
                    desk.text("proposals.note_of", debt=effect.debt), effect.note,
                    partial(_put_note, effect.debt),
                )
            with out:
                st.button(
                    desk.text("proposals.remove_debt"), key=fields.draft.key(f"drop_{effect.debt}"),
                    icon=":material/delete:", on_click=_drop, args=(fields, effect),
                )
            if item is not None:
                st.caption(said(_register_says(desk, project.code, item)))
    return project


def _register_says(desk: Desk, code: str, item: DebtItem) -> str:
    """What the item is worth, and what the architect has already put down of the project."""
    share = next((r.share for r in item.remedies if r.project == code), None)
    principal = round(item.principal.mean)
    if share is None:
        return desk.text("proposals.register_silent", principal=principal)
    return desk.text("proposals.register_says", principal=principal, share=share)


def _put_share(debt: str, project: Project, share: float | None) -> Project:
    return project if share is None else _put(project, debt, share=share)


def _put_note(debt: str, project: Project, note: str) -> Project:
    return _put(project, debt, note=texts.held("note", note, texts.COMMENT))


def _put(project: Project, debt: str, **changes: object) -> Project:
    every = (replace(e, **changes) if e.debt == debt else e for e in project.debt_effects)
    return replace(project, debt_effects=tuple(every))


def _offer(fields: Fields, project: Project, registry: Registry) -> None:
    """Debts of the systems touched, then those of the others when they are asked for."""
    desk, draft = fields.desk, fields.draft
    held = {effect.debt for effect in project.debt_effects}
    free = [d for d in registry.debts if d.is_counted and d.code not in held]
    near = [item for item in free if item.system in project.systems]
    pick, widen = st.columns([3, 1], vertical_alignment="bottom")
    with widen:
        is_wide = st.toggle(desk.text("proposals.all_debts"), key=draft.key("all_debts"))
    offered = free if is_wide else near
    words = {
        item.code: f"{item.code} · {item.title} ({item.system}) – "
        f"{desk.money(round(item.principal.mean), compact=True)}"
        for item in offered
    }
    with pick:
        key = draft.key("new_debt")
        st.selectbox(
            desk.text("proposals.add_debt"), list(words), index=None, key=key,
            format_func=lambda code: words.get(code, code),
            placeholder=desk.text("proposals.pick" if words else "proposals.no_debt_there"),
            disabled=not words, on_change=_take, args=(fields, key),
        )


def _take(fields: Fields, key: str) -> None:
    code = st.session_state[key]
    if code:
        _add(fields, DebtEffect(code))


def _add(fields: Fields, effect: DebtEffect) -> None:
    draft = fields.draft
    effects = (*draft.now.debt_effects, effect)
    change(fields.desk, draft, replace(draft.now, debt_effects=effects))


def _drop(fields: Fields, effect: DebtEffect) -> None:
    """Take back the debt of that code; of a new debt, the one that is the same."""
    draft, left = fields.draft, list(fields.draft.now.debt_effects)
    same = [e for e in left if e == effect or (effect.debt and e.debt == effect.debt)]
    if same:
        left.remove(same[0])
    _forget(draft, effect)
    change(fields.desk, draft, replace(draft.now, debt_effects=tuple(left)))


def _forget(draft: Draft, effect: DebtEffect) -> None:
    """What could not be read of a line that goes is not to come back with another."""
    for name in [n for n in draft.unread if n.startswith(("made_", f"share_{effect.debt}"))]:
        draft.unread.pop(name)


def _created(fields: Fields, project: Project, registry: Registry) -> Project:
    """Each debt it would create; typing a title adds one."""
    desk, draft = fields.desk, fields.draft
    _already_created(desk, project, registry)
    for at, effect in enumerate(project.debt_effects):
        if effect.is_created:
            with st.container(border=True):
                project = _made(fields, project, registry, at, effect)
    key = draft.key("made_new")
    typed = st.text_input(
        desk.text("proposals.add_created"), draft.start("made_new", ""), key=key,
        on_change=_make, args=(fields, key),
        placeholder=desk.text("proposals.add_created_example"),
    )
    project = fields.entered(project, "made_new", _checked, typed)
    return project


def _already_created(desk: Desk, project: Project, registry: Registry) -> None:
    held = [d for d in registry.debts if d.created_by == project.code and d.is_counted]
    if held:
        named = ", ".join(f"{item.code} · {item.title}" for item in held)
        st.caption(plain(desk.text("proposals.register_creates", named=named)))


def _made(
    fields: Fields, project: Project, registry: Registry, at: int, effect: DebtEffect
) -> Project:
    desk, text = fields.desk, fields.desk.text
    title, system, principal, out = st.columns([3, 2, 1.4, 1], vertical_alignment="bottom")
    with title:
        project = fields.line(
            project, f"made_{at}_title", text("proposals.made_title"), effect.title,
            lambda p, v: _put_at(p, at, title=texts.held("title", v, texts.LINE)),
        )
    with system:
        none = text("parts.not_given")
        titles = {s.code: s.title_in(desk.language) for s in registry.systems}
        project = fields.one(
            project, f"made_{at}_system", text("proposals.system"), ["", *project.systems],
            effect.system, lambda p, v: _put_at(p, at, system=v),
            lambda code: f"{code} · {titles.get(code, code)}" if code else none,
        )
    with principal:
        project = fields.money(
            project, f"made_{at}_principal", text("proposals.made_principal"), effect.principal,
            lambda p, v: _put_at(p, at, principal=v),
        )
    with out:
        st.button(
            text("proposals.remove_debt"), key=fields.draft.key(f"made_{at}_drop"),
            icon=":material/delete:", on_click=_drop, args=(fields, effect),
        )
    return project


def _put_at(project: Project, at: int, **changes: object) -> Project:
    effects = list(project.debt_effects)
    effects[at] = replace(effects[at], **changes)
    return replace(project, debt_effects=tuple(effects))


def _checked(project: Project, title: str) -> Project:
    """The project as it is; Invalid when the title of a new debt is too long."""
    texts.held("title", title, texts.LINE)
    return project


def _make(fields: Fields, key: str) -> None:
    title = st.session_state[key].strip()
    if title and len(texts.cleaned(title)) <= texts.LINE:
        _add(fields, DebtEffect(title=texts.cleaned(title)))

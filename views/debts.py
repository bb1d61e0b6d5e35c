"""Systems and debt: where the debt is, what waiting costs, which systems stand on dead support."""

from collections.abc import Sequence

import streamlit as st

from portfolio.registry import Registry
from services import acceptances as acts
from services import cycles, debts
from services.debt_acts import EDITORS
from services.debts import DebtView, Figure, SystemDebt
from views import (
    acceptances,
    balance,
    debt_charts,
    debt_file,
    debt_form,
    register_conflict,
    system_file,
    system_form,
)
from views.desk import Desk
from views.look import components
from views.look.components import Metric, said
from views.look.tables import Column, table
from views.parts import in_years, named, today

CHOSEN, ITEM = "system", "debt"  # names in the page's address: of the system, of the item
FORMS = (debt_form.OPENED, system_form.OPENED)


def render(desk: Desk) -> None:
    """Show the whole debt, or the file of the system named in the address."""
    if not desk.cycle:
        components.page_head(desk, desk.text("debts.title"), desk.text("debts.empty"))
        components.page_link(desk, "imports", desk.text("home.empty_import"))
        return
    day = today()
    registry = cycles.registry(desk.store, desk.person, desk.cycle)
    found = debts.view(desk.store, desk.person, desk.cycle, day)
    chosen, item = (st.query_params.get(name, "") for name in (CHOSEN, ITEM))
    new_item, new_system = (st.session_state.get(opened) == system_form.NEW for opened in FORMS)
    if item or chosen or new_item or new_system:
        back = desk.text("debts.back")
        st.button(back, key="debts_back", on_click=_close, icon=":material/arrow_back:")
    if new_item and desk.has(*EDITORS):
        about = desk.text("debt_item.principal_about")
        components.page_head(desk, desk.text("debt_item.new"), about)
        debt_form.show(desk, registry, None, chosen)
    elif new_system and desk.has(*EDITORS):
        about = desk.text("system_item.technologies_about")
        components.page_head(desk, desk.text("system_item.new"), about)
        system_form.show(desk, registry, None)
    elif item:
        debt_file.show(desk, registry, item)
    elif chosen in {system.code for system in registry.systems}:
        promised = tuple(f for f in found.promised if f.item.system == chosen)
        system_file.show(desk, registry, found.of(chosen), promised)
    else:
        _whole(desk, registry, found)


def _close() -> None:
    for name in (CHOSEN, ITEM):
        st.query_params.pop(name, None)
    for opened in FORMS:
        st.session_state[opened] = ""
    register_conflict.forget()


def new_buttons(desk: Desk) -> None:
    """What an architect may add to the register."""
    if not desk.has(*EDITORS):
        return
    with st.container(horizontal=True):
        for opened, name in zip(FORMS, ("debt_item", "system_item"), strict=True):
            st.button(desk.text(f"{name}.new"), key=f"debts_new_{name}", icon=":material/add:",
                      on_click=_open_new, args=(opened,))


def _open_new(opened: str) -> None:
    st.session_state[opened] = system_form.NEW


def _whole(desk: Desk, registry: Registry, found: DebtView) -> None:
    components.page_head(desk, desk.text("debts.title"), _answer(desk, found))
    new_buttons(desk)
    if not found.systems:
        components.empty_state(desk.text("debts.none"))
        return
    _figures(desk, found)
    _to_review(desk, registry, found)
    debt_charts.show_map(desk, found)
    debt_charts.timeline(desk, found, today())
    balance.show(desk, registry)
    _systems(desk, found)
    _items(desk, registry, found)
    _review(desk, registry, found)
    acceptances.overview(desk, registry)


def _answer(desk: Desk, found: DebtView) -> str:
    """« La dette est de X et coûte Y par an ; attendre un an de plus coûterait Z. »"""
    told = desk.text(
        "debts.answer" if found.waiting >= 0 else "debts.answer_gain",
        principal=round(found.principal),
        interest=round(found.interest),
        waiting=round(abs(found.waiting)),
        n=len(found.unsupported),
    )
    return f"{told} {desk.text('debts.red', n=len(found.red))}"


def _figures(desk: Desk, found: DebtView) -> None:
    text = desk.text

    def money(cents: float) -> str:
        return desk.money(round(cents), compact=True)

    names = ("principal", "interest", "waiting", "accepted")
    components.metric_row(
        [
            Metric(text(f"debts.{n}"), money(getattr(found, n)), help=text(f"debts.{n}_help"))
            for n in names
        ]
    )


def _to_review(desk: Desk, registry: Registry, found: DebtView) -> None:
    """« À revoir : 12 éléments sans responsable · 7 estimations · 3 acceptations », and where."""
    text, held = desk.text, acts.held(registry, today())
    st.markdown(said(text(
        "debts.to_review", unowned=len(found.unowned), stale=len(found.stale),
        ending=sum(one.is_ending for one in held), asked=sum(one.asked is not None for one in held),
    )))  # fmt: skip
    figured = [s.system.code for s in found.systems if s.is_set]
    if figured:
        st.caption(said(text("debts.figured", n=len(figured), systems=", ".join(figured))))
    with st.container(horizontal=True):
        for key in ("waiting", "legacy", "inventory"):
            if key in desk.places:
                components.page_link(desk, key, text(f"debts.see.{key}"))


def _systems(desk: Desk, found: DebtView) -> None:
    text = desk.text
    st.header(text("debts.systems"), anchor=False)
    titles = {s.system.code: _titled(desk, s) for s in found.systems}
    st.selectbox(
        text("debts.open"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder=text("debts.open_placeholder"),
        key="debts_open",
        on_change=_choose,
        width=480,
    )
    rows = [_row(desk, system) for system in found.systems]
    chosen = table(
        desk, rows, _columns(desk), key="debts_systems", name=text("debts.systems"), can_choose=True
    )
    if chosen:
        st.query_params[CHOSEN] = chosen["code"]
        st.rerun()


def _choose() -> None:
    if st.session_state.debts_open:
        st.query_params[CHOSEN] = st.session_state.debts_open


def _titled(desk: Desk, found: SystemDebt) -> str:
    return f"{found.system.code} · {found.system.title_in(desk.language)}"


def _row(desk: Desk, found: SystemDebt) -> dict[str, object]:
    system = found.system
    stands = system.disposition
    return {
        "code": system.code,
        "title": system.title_in(desk.language),
        "support": debt_charts.support_words(desk, found.support),
        "support_end": found.support_end,
        "principal": round(found.principal),
        "interest": round(found.interest),
        "waiting": round(found.waiting),
        "principal_ratio": found.principal_ratio,
        "interest_ratio": found.interest_ratio,
        "users": system.users,
        "criticality": system.criticality,
        "disposition": desk.text(f"debts.disposition.{stands}") if stands else None,
        "items": len(found.figures),
    }


def _columns(desk: Desk) -> list[Column]:
    text = desk.text
    return [
        Column("code", text("debts.code"), width="small"),
        Column("title", text("debts.system")),
        Column("support", text("debts.support_label")),
        Column("principal", text("debts.principal"), "thousands"),
        Column("interest", text("debts.interest"), "thousands"),
        Column("waiting", text("debts.waiting"), "thousands", help=text("debts.waiting_help")),
        Column("interest_ratio", text("debts.ratio"), "percent", help=text("debts.ratio_help")),
        Column("principal_ratio", text("debts.principal_ratio"), "percent"),
        Column("items", text("debts.items"), "number"),
        Column("users", text("debts.users"), "number"),
        Column("criticality", text("debts.criticality"), "number"),
        Column("disposition", text("debts.disposition_label")),
        Column("support_end", text("debts.support_end"), "date"),
    ]


def _review(desk: Desk, registry: Registry, found: DebtView) -> None:
    """Items that nobody answers for, and estimates whose date has passed."""
    text = desk.text
    st.header(text("debts.review"), anchor=False)
    if not (found.unowned or found.stale):
        st.markdown(text("debts.review_none"))
        return
    told = text("debts.review_answer", unowned=len(found.unowned), stale=len(found.stale))
    st.markdown(said(told))
    for kind, items in (("unowned", found.unowned), ("stale", found.stale)):
        if items:
            st.subheader(text(f"debts.{kind}", n=len(items)), anchor=False)
            _list(desk, registry, kind, [debts.figure_of(i, registry, today()) for i in items])


def _items(desk: Desk, registry: Registry, found: DebtView) -> None:
    """Every item, the heaviest interest first; then those that projects only promise."""
    text = desk.text
    st.header(text("debts.items_of"), anchor=False)
    counted = [figure for system in found.systems for figure in system.figures]
    titles = {d.code: f"{d.code} · {d.title}" for d in registry.debts}
    st.selectbox(
        text("debts.open_item"), list(titles), index=None, format_func=titles.__getitem__,
        placeholder=text("debts.open_placeholder"), key="debts_open_item", on_change=_choose_item,
        width=480,
    )
    _list(desk, registry, "items", sorted(counted, key=lambda figure: -figure.interest))
    if found.promised:
        n = len(found.promised)
        st.subheader(text("debts.promised", n=n), anchor=False)
        st.markdown(said(text("debts.promised_about")))
        _list(desk, registry, "promised", found.promised)


def _choose_item() -> None:
    if st.session_state.debts_open_item:
        st.query_params[ITEM] = st.session_state.debts_open_item


def _list(desk: Desk, registry: Registry, kind: str, figures: Sequence[Figure]) -> None:
    text = desk.text
    columns = [
        Column("code", text("debts.code"), width="small"),
        Column("title", text("debts.item"), width="large"),
        Column("system", text("debts.system")),
        Column("type", text("debts.type_label")),
        Column("status", text("debts.status_label")),
        Column("principal", text("debts.principal"), "thousands"),
        Column("interest", text("debts.interest"), "thousands"),
        Column("break_even", text("debts.break_even")),
        Column("owner", text("debts.owner")),
        Column("review_on", text("debts.review_on"), "date"),
    ]
    rows = [_listed(desk, registry, figure) for figure in figures]
    name = text(f"debts.{kind}", n=len(rows))
    chosen = table(desk, rows, columns, key=f"debts_{kind}", name=name, can_choose=True)
    if chosen:
        st.query_params[ITEM] = chosen["code"]
        st.rerun()


def _listed(desk: Desk, registry: Registry, figure: Figure) -> dict[str, object]:
    item = figure.item
    return {
        "code": item.code,
        "title": item.title,
        "system": item.system,
        "type": desk.text(f"debts.type.{item.type}"),
        "status": desk.text(f"debts.status.{figure.status}"),
        "principal": round(figure.principal),
        "interest": round(figure.interest),
        "break_even": in_years(desk, figure.break_even),
        "owner": named(registry, item.owner),
        "review_on": item.review_on,
    }

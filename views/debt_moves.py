"""Moving an item along its path: planned, in remediation, retired, false, duplicate, open again."""

import streamlit as st

from portfolio.debt import DebtItem, DebtStatus
from portfolio.errors import Refusal
from portfolio.registry import Registry
from services import debt_acts
from services.debt_acts import Step
from views import register_conflict
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.parts import shortened, today

ON = {DebtStatus.PLANNED: "planned_on", DebtStatus.RETIRED: "retired_on"}


def show(desk: Desk, registry: Registry, item: DebtItem) -> None:
    """A choice of what may follow, what that asks, and the button that does it."""
    text = desk.text
    after = debt_acts.following(item, registry, today())
    if not after:
        return
    with st.popover(text("debt_item.move"), icon=":material/arrow_forward:"):
        to = st.radio(
            text("debt_item.move_to"), list(after), key=f"debts_to_{item.code}_{item.version}",
            format_func=lambda status: text(f"debt_item.move_is.{status}"),
        )
        place = f"debts_move_{item.code}_{item.version}_{to}"
        with st.form(place, border=False):
            _asks(desk, registry, item, to, place)
            st.form_submit_button(
                text(f"debt_item.move_is.{to}"), type="primary", on_click=_move,
                args=(desk, item, to, place),
            )


def _asks(desk: Desk, registry: Registry, item: DebtItem, to: DebtStatus, place: str) -> None:
    text = desk.text
    st.caption(said(text(f"debt_item.move_about.{to}")))
    if to in ON:
        value = today() if to is DebtStatus.RETIRED else None
        st.date_input(text(f"debt_item.{ON[to]}"), value, key=f"{place}_on", format="YYYY-MM-DD")
    if to is DebtStatus.RETIRED:
        titles = {p.code: p.title_in(desk.language) for p in registry.projects}
        first = [r.project for r in item.remedies if r.project in titles]
        st.selectbox(
            text("debt_item.retired_by"), [*first, *(c for c in titles if c not in first)],
            index=None, key=f"{place}_project", placeholder=text("debt_item.no_project"),
            format_func=lambda code: f"{code} · {shortened(titles[code], 60)}",
        )
    if to is DebtStatus.DUPLICATE:
        others = {d.code: d.title for d in registry.debts if d.code != item.code}
        st.selectbox(
            text("debt_item.duplicate_of"), list(others), index=None, key=f"{place}_of",
            format_func=lambda code: f"{code} · {shortened(others[code], 60)}",
            placeholder=text("debts.open_placeholder"),
        )
    st.text_input(text("debt_item.why"), key=f"{place}_why")


def _move(desk: Desk, item: DebtItem, to: DebtStatus, place: str) -> None:
    state = st.session_state
    step = Step(
        to,
        reason=state.get(f"{place}_why", ""),
        on=state.get(f"{place}_on"),
        project=state.get(f"{place}_project") or "",
        of=state.get(f"{place}_of") or "",
    )
    try:
        debt_acts.move(desk.store, desk.person, desk.cycle, item, step, today())
    except Refusal as refused:
        register_conflict.remember(refused)
        return
    components.tell(desk.text(f"debt_item.moved.{to}", code=item.code))

"""The wizard's last step: how the risk will end, by when, who pays; then the confirmation."""

import streamlit as st

from portfolio.legacy_risk import Funding
from services.legacy import Sheet
from views import legacy_draft
from views.desk import Desk
from views.legacy_draft import Draft
from views.look import components
from views.look.components import plain, said
from views.parts import joined

CONFIRM = "Ctrl+Enter"


def show(desk: Desk, found: Sheet, draft: Draft) -> None:
    """Plan, funding, target, cost of waiting, replacing projects, notes; and what is missing."""
    text = desk.text
    st.header(text("legacy.plan_step"), anchor=False)
    lacking(desk, draft)
    _plan(desk, draft)
    _replaced_by(desk, found, draft)
    _text(desk, draft, "notes", height=80)
    _confirm(desk, found, draft)


def lacking(desk: Desk, draft: Draft) -> None:
    """What a red system still owes: listed until it is given."""
    text, said_ = desk.text, draft.typed
    if not said_.reaches_red:
        st.caption(text("legacy.not_red"))
    elif said_.lacking:
        words = joined(desk, [text(f"legacy.lacks.{name}") for name in said_.lacking])
        st.warning(said(text("legacy.lacking", what=words)), icon=":material/assignment_late:")
    else:
        st.success(text("legacy.lacks_nothing"), icon=":material/assignment_turned_in:")


def _text(desk: Desk, draft: Draft, name: str, height: int) -> None:
    key = draft.field(name)
    st.session_state.setdefault(key, getattr(draft.typed, name))
    st.text_area(
        desk.text(f"legacy.{name}"), key=key, height=height, max_chars=2000,
        on_change=legacy_draft.write_plan, args=(desk, draft, name),
    )  # fmt: skip


def _plan(desk: Desk, draft: Draft) -> None:
    text, typed = desk.text, draft.typed
    kept = {"on_change": legacy_draft.write_plan}
    _text(desk, draft, "plan", height=96)
    funding, target, cost = st.columns(3, gap="small")
    keys = {name: draft.field(name) for name in ("funding", "target", "cost_change")}
    rise = "" if typed.cost_change is None else desk.percent(typed.cost_change)
    st.session_state.setdefault(keys["funding"], typed.funding)
    if typed.target is not None:
        st.session_state.setdefault(keys["target"], typed.target)
    st.session_state.setdefault(keys["cost_change"], rise)
    with funding:
        st.selectbox(
            text("legacy.funding"), list(Funding),
            format_func=lambda one: text(f"legacy.funded.{one}"), key=keys["funding"],
            args=(desk, draft, "funding"), **kept,
        )  # fmt: skip
    with target:
        st.date_input(
            text("legacy.target"), None, key=keys["target"], format="YYYY-MM-DD",
            args=(desk, draft, "target"), **kept,
        )  # fmt: skip
    with cost:
        st.text_input(
            text("legacy.cost_change"), key=keys["cost_change"],
            help=text("legacy.cost_change_help"), args=(desk, draft, "cost_change"), **kept,
        )  # fmt: skip
        if typed.cost_change is not None:
            shown = desk.percent(typed.cost_change)
            st.caption(said(text("common.understood", value=shown)))


def _replaced_by(desk: Desk, found: Sheet, draft: Draft) -> None:
    key = draft.field("replaced_by")
    st.session_state.setdefault(key, list(draft.typed.replaced_by))
    titles = {p.code: f"{p.code} · {p.title_in(desk.language)}" for p in found.projects}
    touching = [p.code for p in found.projects if found.system.code in p.systems]
    codes = dict.fromkeys((*touching, *titles, *draft.typed.replaced_by))
    st.multiselect(
        desk.text("legacy.replaced_by"), list(codes),
        format_func=lambda code: titles.get(code, code), key=key,
        placeholder=desk.text("scenarios.choose"), help=desk.text("legacy.replaced_by_help"),
        on_change=legacy_draft.write_plan, args=(desk, draft, "replaced_by"),
    )  # fmt: skip


def _confirm(desk: Desk, found: Sheet, draft: Draft) -> None:
    text, typed = desk.text, draft.typed
    st.subheader(text("legacy.confirmation"), anchor=False)
    if draft.kept.is_confirmed:
        told = text("legacy.confirmed", who=found.signer, day=typed.confirmed_on or "")
        st.success(plain(told), icon=":material/verified:")
        components.confirm(
            desk, key="legacy_revise", label=text("legacy.revise"),
            question=text("legacy.revise_question"),
            act=lambda: legacy_draft.revise(desk, draft),
        )  # fmt: skip
        return
    if typed.missing:
        st.caption(text("legacy.missing", codes=", ".join(typed.missing)))
    st.button(
        text("legacy.confirm"), key="legacy_confirm", type="primary", shortcut=CONFIRM,
        disabled=bool(typed.missing), on_click=legacy_draft.confirm, args=(desk, draft),
    )  # fmt: skip

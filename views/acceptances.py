"""Acceptances on pages: ask to live with a debt, decide, end it; those that will soon expire."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from portfolio import acceptance
from portfolio.acceptance import Acceptance, Ruling, Standing
from portfolio.debt import DebtItem, DebtStatus
from portfolio.errors import Refusal
from portfolio.person import Role
from portfolio.registry import Registry
from services import acceptances
from services.acceptances import DECIDERS, LONGEST, Held, Wish
from views import register_conflict
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.look.tables import Column, table
from views.parts import named, small_table, today

USUAL = timedelta(days=365)


def overview(desk: Desk, registry: Registry) -> None:
    """Accepted debt, shown apart, with the days left; the requests that wait for a decision."""
    text = desk.text
    held = acceptances.held(registry, today())
    st.header(text("debts.accepted"), anchor=False)
    if not held:
        st.markdown(text("debts.no_accepted"))
        return
    soon = sum(h.standing is Standing.EXPIRING for h in held)
    over = sum(h.standing is Standing.EXPIRED for h in held)
    asked = sum(h.asked is not None for h in held)
    st.markdown(said(text("acceptances.answer", n=len(held), soon=soon, over=over, asked=asked)))
    columns = [
        Column("code", text("debts.code"), width="small"),
        Column("title", text("debts.item"), width="large"),
        Column("system", text("debts.system")),
        Column("standing", text("acceptances.standing_label")),
        Column("until", text("acceptances.until"), "date"),
        Column("days_left", text("acceptances.days_left"), "number"),
        Column("owner", text("debts.owner")),
    ]
    rows = [_row(desk, registry, one) for one in held]
    chosen = table(desk, rows, columns, key="debts_accepted", name=text("debts.accepted"),
                   can_choose=True)
    if chosen:
        st.query_params["debt"] = chosen["code"]
        st.rerun()


def _row(desk: Desk, registry: Registry, one: Held) -> dict[str, object]:
    standing = desk.text(f"acceptances.standing.{one.standing}")
    if one.asked is not None and one.standing is not Standing.ASKED:
        standing = f"{standing} · {desk.text('acceptances.more_asked')}"
    return {
        "code": one.item.code, "title": one.item.title, "system": one.item.system,
        "standing": standing, "until": one.until, "days_left": one.days_left,
        "owner": named(registry, one.item.owner),
    }


def of_item(desk: Desk, registry: Registry, item: DebtItem) -> None:
    """The item's acceptance: where it stands, what was asked and decided, what may be done."""
    text, day = desk.text, today()
    st.header(text("acceptances.title"), anchor=False)
    held = acceptances.held_of(item, registry, day)
    left = held.days_left
    has_moved_on = held.standing is Standing.EXPIRED and item.status is not DebtStatus.ACCEPTED
    st.markdown(said(text(
        "acceptances.moved_on" if has_moved_on else f"acceptances.is.{held.standing}",
        n=0 if left is None else abs(left), until=held.until or day,
        status=text(f"debts.status.{item.status}"),
    )))  # fmt: skip
    own = acceptance.of(registry.acceptances, item.code)
    if own:
        names = ("number", "asked_by", "reason", "control", "expires", "ruling", "ruled_by",
                 "ruled_why")
        head = [text(f"acceptances.{name}") for name in names]
        rows = [_told(desk, registry, one) for one in own]
        small_table(head, rows, name=text("acceptances.title"))
    with st.container(horizontal=True):
        if held.asked is not None:
            _decide(desk, held.asked)
        elif desk.has(Role.ARCHITECT) and acceptances.may_be_asked(item, registry, day):
            _ask(desk, item, is_more=bool(own) and held.until is not None)
        if item.status is DebtStatus.ACCEPTED and desk.has(Role.ARCHITECT, Role.ADMINISTRATOR):
            _reactivate(desk, item)
        elif item.status is DebtStatus.ACCEPTED and desk.has(*DECIDERS):
            _revoke(desk, [one for one in own if one.holds_on(day)])


def _told(desk: Desk, registry: Registry, one: Acceptance) -> tuple[str, ...]:
    return (
        str(one.number), f"{named(registry, one.asked_by)}, {desk.day(one.asked_on)}", one.reason,
        one.control, desk.day(one.expires), desk.text(f"acceptances.ruling_is.{one.ruling}"),
        named(registry, one.ruled_by), one.ruled_why,
    )


def _ask(desk: Desk, item: DebtItem, is_more: bool) -> None:
    text, day = desk.text, today()
    label = text("acceptances.ask_more" if is_more else "acceptances.ask")
    with st.popover(label, icon=":material/pending_actions:"):
        place = f"debts_ask_{item.code}_{item.version}"
        with st.form(place, border=False):
            st.caption(said(text("acceptances.ask_about")))
            st.text_area(text("acceptances.reason"), key=f"{place}_reason")
            st.text_area(text("acceptances.control"), key=f"{place}_control")
            st.date_input(text("acceptances.expires"), day + USUAL, min_value=day,
                          max_value=day + LONGEST, format="YYYY-MM-DD", key=f"{place}_expires")
            st.form_submit_button(label, type="primary", on_click=_do_ask, args=(desk, item, place))


def _do_ask(desk: Desk, item: DebtItem, place: str) -> None:
    state = st.session_state
    try:
        wish = Wish(item.code, state[f"{place}_reason"], state[f"{place}_control"],
                    state[f"{place}_expires"])
        acceptances.ask(desk.store, desk.person, desk.cycle, wish, today())
    except Refusal as refused:
        register_conflict.remember(refused)
        return
    components.tell(desk.text("acceptances.asked", code=item.code))


def _decide(desk: Desk, asked: Acceptance) -> None:
    text = desk.text
    if asked.asked_by == desk.person.code:
        st.caption(said(text("acceptances.own")))
        st.button(text("acceptances.withdraw"), key="debts_withdraw", on_click=_rule,
                  args=(desk, asked, Ruling.WITHDRAWN, ""))
    elif desk.has(*DECIDERS):
        place = f"debts_rule_{asked.debt}_{asked.number}_{asked.version}"
        with st.popover(text("acceptances.decide"), icon=":material/gavel:"):
            st.text_area(text("acceptances.ruled_why"), key=place)
            with st.container(horizontal=True):
                for ruling, kind in ((Ruling.GRANTED, "primary"), (Ruling.DECLINED, "secondary")):
                    st.button(text(f"acceptances.do.{ruling}"), key=f"{place}_{ruling}", type=kind,
                              on_click=_rule, args=(desk, asked, ruling, place))


def _rule(desk: Desk, asked: Acceptance, ruling: Ruling, place: str) -> None:
    why = st.session_state.get(place, "") if place else ""
    who = (desk.store, desk.person, desk.cycle, asked)
    try:
        if ruling is Ruling.WITHDRAWN:
            acceptances.withdraw(*who, today())
        elif ruling is Ruling.GRANTED:
            acceptances.grant(*who, why, today())
        else:
            acceptances.decline(*who, why, today())
    except Refusal as refused:
        register_conflict.remember(refused)
        return
    components.tell(desk.text(f"acceptances.done.{ruling}", code=asked.debt))


def _reactivate(desk: Desk, item: DebtItem) -> None:
    text = desk.text
    place = f"debts_reactivate_{item.code}_{item.version}"
    with st.popover(text("acceptances.reactivate"), icon=":material/undo:"):
        st.caption(said(text("acceptances.reactivate_about")))
        st.text_area(text("debt_item.why"), key=place)
        st.button(text("acceptances.reactivate"), key=f"{place}_do", type="primary",
                  on_click=_do_reactivate, args=(desk, item, place))


def _do_reactivate(desk: Desk, item: DebtItem, place: str) -> None:
    why = st.session_state.get(place, "")
    try:
        acceptances.reactivate(desk.store, desk.person, desk.cycle, item, why, today())
    except Refusal as refused:
        register_conflict.remember(refused)
        return
    components.tell(desk.text("acceptances.reactivated", code=item.code))


def _revoke(desk: Desk, holding: Sequence[Acceptance]) -> None:
    """A member ends what is in force before its day."""
    theirs = [one for one in holding if one.asked_by != desk.person.code]
    if not theirs:
        return
    text, place = desk.text, f"debts_revoke_{theirs[0].debt}_{theirs[0].version}"
    with st.popover(text("acceptances.revoke"), icon=":material/undo:"):
        st.caption(said(text("acceptances.reactivate_about")))
        st.text_area(text("debt_item.why"), key=place)
        st.button(text("acceptances.revoke"), key=f"{place}_do", type="primary",
                  on_click=_do_revoke, args=(desk, theirs, place))


def _do_revoke(desk: Desk, theirs: Sequence[Acceptance], place: str) -> None:
    why = st.session_state.get(place, "")
    try:
        for one in theirs:
            acceptances.revoke(desk.store, desk.person, desk.cycle, one, why, today())
    except Refusal as refused:
        register_conflict.remember(refused)
        return
    components.tell(desk.text("acceptances.reactivated", code=theirs[0].debt))

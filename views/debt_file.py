"""An item's file: what it costs and why, what shows it, who repays it, its acceptance, its past."""

import streamlit as st

from portfolio.debt import DebtItem, DebtStatus
from portfolio.errors import Missing
from portfolio.registry import Registry
from services import debt_acts, debts, register_history
from services.debt_acts import EDITORS
from services.debt_figures import worked
from services.debts import Figure
from services.permission import COMMITTEE
from views import (
    acceptances,
    debt_form,
    debt_moves,
    debt_worked,
    register_conflict,
    register_past,
)
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import facts, named, small_table, three_points, today


def show(desk: Desk, registry: Registry, code: str) -> None:
    """Show the whole file of one item; its form in its place while it is edited."""
    item = next((d for d in registry.debts if d.code == code), None)
    if item is None:
        components.error(desk, Missing("no-such-debt", found=code))
        return
    figure = debts.figure_of(item, registry, today())
    components.page_head(desk, f"{item.code} · {item.title}", _answer(desk, figure))
    _badges(desk, registry, figure)
    if st.session_state.get(debt_form.OPENED) == item.code:
        st.button(desk.text("debt_item.close_form"), key="debts_close_form",
                  on_click=_open, args=("",), icon=":material/close:")
        debt_form.show(desk, registry, item)
        return
    register_conflict.show(desk, "debt_item")
    if desk.has(*EDITORS):
        with st.container(horizontal=True):
            st.button(desk.text("debt_item.edit"), key="debts_edit", on_click=_open,
                      args=(item.code,), icon=":material/edit:")
            debt_moves.show(desk, registry, item)
    found = worked(item, registry.cycle)
    debt_worked.figures(desk, found)
    _facts(desk, registry, figure)
    debt_worked.formulas(desk, item, found)
    _remedies(desk, registry, item)
    _evidence(desk, item)
    debt_worked.by_year(desk, item, found, key="debts_years")
    acceptances.of_item(desk, registry, item)
    _findings(desk, item)
    if desk.has(*COMMITTEE):
        past = register_history.of_debt(desk.store, desk.person, desk.cycle, item.code)
        register_past.show(desk, past)


def _open(code: str) -> None:
    st.session_state[debt_form.OPENED] = code


def _answer(desk: Desk, figure: Figure) -> str:
    """« Rembourser coûte X; garder coûte Y par an; attendre un an de plus coûterait Z. »"""
    key = "answer" if figure.waiting >= 0 else "answer_gain"
    return desk.text(
        f"debt_item.{key}", principal=round(figure.principal), interest=round(figure.interest),
        waiting=round(abs(figure.waiting)),
    )


def _badges(desk: Desk, registry: Registry, figure: Figure) -> None:
    text, item = desk.text, figure.item
    with st.container(horizontal=True):
        components.status(text(f"debts.type.{item.type}"), "quiet")
        mood = "warning" if figure.status is DebtStatus.ACCEPTED else "quiet"
        components.status(text(f"debts.status.{figure.status}"), mood)
        if debt_acts.is_promised(item, registry):
            components.status(text("debt_item.promised", project=item.created_by), "quiet")
    system = next((s for s in registry.systems if s.code == item.system), None)
    title = system.title_in(desk.language) if system else ""
    components.page_link(desk, "debts", f"{item.system} · {title}", system=item.system)


def _facts(desk: Desk, registry: Registry, figure: Figure) -> None:
    text, item = desk.text, figure.item
    if item.description:
        st.markdown(plain(item.description))
    left, right = st.columns(2, gap="large")
    principal, interest = item.principal, item.interest
    with left:
        facts(desk, [
            (text("debts.principal"),
             three_points(desk, principal.low, principal.likely, principal.high)),
            (text("debt_item.priced"), _priced(desk, item, "principal")),
            (text("debts.interest"),
             three_points(desk, interest.low, interest.likely, interest.high)),
            (text("debt_item.priced"), _priced(desk, item, "interest")),
            (text("debts.growth"), text("debts.growth_of", principal=item.principal_growth,
                                        interest=item.interest_growth)),
            (text("debts.contingent"), contingent(desk, item)),
        ])
    with right:
        quadrant = text(f"debt_item.quadrant_is.{item.quadrant}") if item.quadrant else ""
        confidence = text(f"debt_item.confidence_is.{item.confidence}") if item.confidence else ""
        facts(desk, [
            (text("debts.owner"), named(registry, item.owner) or text("debts.nobody")),
            (text("debt_item.quadrant"), quadrant),
            (text("debts.basis"), item.basis),
            (text("debts.confidence"), confidence),
            (text("debts.review_on"), desk.day(item.review_on) if item.review_on else ""),
            (text("debt_item.logged_on"), desk.day(item.logged_on) if item.logged_on else ""),
            (text("debt_item.closed_on"), desk.day(item.closed_on) if item.closed_on else ""),
            (text("debt_item.duplicate_of"), item.duplicate_of),
            (text("debt_item.created_by"), item.created_by),
        ])


def _priced(desk: Desk, item: DebtItem, name: str) -> str:
    """« 2 000 h × 120 $ + 24 000 $ », where the amount was priced in hours."""
    priced = getattr(item, f"{name}_priced")
    if priced is None:
        return ""
    return desk.text("debt_item.priced_as", hours=priced.hours, rate=priced.rate,
                     external=priced.external)


def contingent(desk: Desk, item: DebtItem) -> str:
    """What may be lost, with which probability, before and after the end of support."""
    if not item.loss and not item.loss_after:
        return ""
    if item.support_end is None:
        return desk.text("debts.loss", loss=item.loss, p=item.p_before)
    later = item.loss if item.loss_after is None else item.loss_after
    return desk.text("debt_item.loss_then", loss=item.loss, p=item.p_before, later=later,
                     after=item.p_after, day=item.support_end)


def _remedies(desk: Desk, registry: Registry, item: DebtItem) -> None:
    """The projects that would repay it; a draft the person may not see keeps its name."""
    text = desk.text
    st.header(text("debt_item.remedies"), anchor=False)
    titles = {p.code: p.title_in(desk.language) for p in registry.projects}
    seen = [remedy for remedy in item.remedies if remedy.project in titles]
    for remedy in seen:
        title = f"{remedy.project} · {titles[remedy.project]}"
        label = text("debts.remedy", project=title, share=remedy.share)
        if remedy.after is not None:
            label = f"{label} {text('debt_item.after_periods', n=remedy.after)}"
        components.page_link(desk, "proposals", label, project=remedy.project)
    if not seen:
        st.markdown(text("debts.no_remedy"))
    if item.standalone_envelope:
        cost = item.standalone_cost
        amount = round(item.principal.mean) if cost is None else cost
        st.markdown(said(text("debt_item.alone", envelope=item.standalone_envelope, cost=amount)))


def _evidence(desk: Desk, item: DebtItem) -> None:
    text = desk.text
    st.header(text("debt_item.part.shown"), anchor=False)
    if not item.evidence:
        st.markdown(text("debt_item.no_evidence"))
        return
    rows = [
        (
            row.source, row.reference,
            "" if row.findings is None else desk.number(row.findings),
            desk.day(row.seen_on) if row.seen_on else "",
            desk.day(row.gone_on) if row.gone_on else "", row.url,
            row.note,
        )
        for row in item.evidence
    ]
    names = ("evidence_source", "evidence_reference", "findings", "evidence_seen_on", "gone_on",
             "evidence_url", "evidence_note")
    head = [text(f"debt_item.{name}") for name in names]
    small_table(head, rows, name=text("debt_item.part.shown"))


def _findings(desk: Desk, item: DebtItem) -> None:
    """What tools found of it: how many, and one page of them at a time, the gravest first."""
    text = desk.text
    if not desk.has(*COMMITTEE):
        return
    asked = (desk.store, desk.person, desk.cycle, item.code)
    still, every = register_history.count_findings(*asked)
    if not every:
        return
    st.header(text("debt_item.findings_of", n=still, of=every), anchor=False)
    pages = -(-every // register_history.PAGE)
    page = 1
    if pages > 1:
        page = st.number_input(
            text("debt_item.page", n=pages), 1, pages, key="debts_findings_page", width=240
        )
    found, _, _ = register_history.findings(*asked, page=page - 1)
    rows = [
        (f.title, f.word or str(f.severity), f.place, f.source,
         desk.day(f.gone_on) if f.gone_on else "")
        for f in found
    ]
    names = ("finding", "severity", "place", "evidence_source", "gone_on")
    small_table([text(f"debt_item.{n}") for n in names], rows, name=text("debt_item.findings"))
    if pages > 1:
        text_ = text("debt_item.findings_shown", n=len(found), of=every)
        st.caption(said(text_))

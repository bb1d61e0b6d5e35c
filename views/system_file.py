"""A system's file: what it stands on, what it owes, and which projects would repay it."""

from datetime import date

import streamlit as st

from portfolio.debt import DebtItem, DebtStatus
from portfolio.registry import Registry
from portfolio.system import System
from services.debts import Figure, SystemDebt
from views.debt_charts import MOODS
from views.desk import Desk
from views.look import components
from views.look.components import Metric, plain, said
from views.parts import facts, in_years, named, small_table, three_points


def show(desk: Desk, registry: Registry, found: SystemDebt) -> None:
    """Show the whole file of one system."""
    text, system = desk.text, found.system
    title = f"{system.code} · {system.title_in(desk.language)}"
    components.page_head(desk, title, _answer(desk, found))
    with st.container(horizontal=True):
        components.status(text(f"debts.support_is.{found.support}"), MOODS[found.support])
        if system.disposition:
            components.status(text(f"debts.disposition.{system.disposition}"), "quiet")
    _figures(desk, found)
    known, technologies = st.columns([1, 2], gap="large")
    with known:
        _facts(desk, registry, system)
    with technologies:
        _technologies(desk, system)
    _items(desk, registry, found)
    _projects(desk, registry, system)


def _answer(desk: Desk, found: SystemDebt) -> str:
    if not found.figures:
        return desk.text("debts.system_free")
    return desk.text(
        "debts.system_answer" if found.waiting >= 0 else "debts.system_answer_gain",
        principal=round(found.principal),
        interest=round(found.interest),
        waiting=round(abs(found.waiting)),
    )


def _figures(desk: Desk, found: SystemDebt) -> None:
    text = desk.text

    def share(part: float | None) -> str:
        return text("parts.not_given") if part is None else desk.percent(part)

    components.metric_row(
        (
            Metric(text("debts.principal"), desk.money(round(found.principal), compact=True)),
            Metric(text("debts.interest"), desk.money(round(found.interest), compact=True)),
            Metric(text("debts.ratio"), share(found.interest_ratio), help=text("debts.ratio_help")),
            Metric(text("debts.principal_ratio"), share(found.principal_ratio)),
        )
    )


def _facts(desk: Desk, registry: Registry, system: System) -> None:
    text = desk.text
    st.header(text("debts.facts"), anchor=False)

    def money(cents: int | None) -> str:
        return "" if cents is None else desk.money(cents)

    facts(
        desk,
        [
            (text("debts.owner"), named(registry, system.owner)),
            (text("debts.criticality"), f"{system.criticality} / 5" if system.criticality else ""),
            (text("debts.users"), desk.number(system.users) if system.users is not None else ""),
            (text("debts.run_cost"), money(system.run_cost)),
            (text("debts.replacement"), money(system.replacement_value)),
            (text("debts.reason"), system.reason),
        ],
    )


def _technologies(desk: Desk, system: System) -> None:
    text = desk.text
    st.header(text("debts.technologies"), anchor=False)
    if not system.technologies:
        st.markdown(text("debts.no_technology"))
        return

    def day(value: date | None) -> str:
        return text("common.none") if value is None else desk.day(value)

    head = ("technology", "sales_end", "active_end", "standard_end", "extended_end")
    rows = [
        (f"{t.name} {t.version}", *(day(getattr(t, name)) for name in head[1:]))
        for t in system.technologies
    ]
    name = text("debts.technologies")
    small_table([text(f"debts.{h}") for h in head], rows, name=name)


def _items(desk: Desk, registry: Registry, found: SystemDebt) -> None:
    text = desk.text
    st.header(text("debts.items_of"), anchor=False)
    for figure in found.figures:
        with st.container(border=True):
            _item(desk, registry, figure)
    if not found.figures:
        st.markdown(text("debts.no_item"))


def _item(desk: Desk, registry: Registry, figure: Figure) -> None:
    text, item = desk.text, figure.item
    st.subheader(plain(f"{item.code} · {item.title}"), anchor=False)
    with st.container(horizontal=True):
        components.status(text(f"debts.type.{item.type}"), "quiet")
        mood = "warning" if item.status is DebtStatus.ACCEPTED else "quiet"
        components.status(text(f"debts.status.{item.status}"), mood)
    principal, interest = item.principal, item.interest
    left, right = st.columns(2, gap="large")
    with left:
        points = three_points(desk, principal.low, principal.likely, principal.high)
        yearly = three_points(desk, interest.low, interest.likely, interest.high)
        facts(
            desk,
            [
                (text("debts.principal"), points),
                (text("debts.interest"), yearly),
                (text("debts.growth"), _growth(desk, item)),
                (text("debts.contingent"), _contingent(desk, item)),
                (text("debts.break_even"), in_years(desk, figure.break_even)),
            ],
        )
    with right:
        facts(
            desk,
            [
                (text("debts.owner"), named(registry, item.owner) or text("debts.nobody")),
                (text("debts.basis"), item.basis),
                (text("debts.confidence"), f"{item.confidence} / 3" if item.confidence else ""),
                (text("debts.review_on"), desk.day(item.review_on) if item.review_on else ""),
                (text("debts.standalone"), item.standalone_envelope),
            ],
        )
    titles = {p.code: p.title_in(desk.language) for p in registry.projects}
    _remedies(desk, item, titles)


def _growth(desk: Desk, item: DebtItem) -> str:
    return desk.text(
        "debts.growth_of", principal=item.principal_growth, interest=item.interest_growth
    )


def _contingent(desk: Desk, item: DebtItem) -> str:
    if not item.loss:
        return ""
    if item.support_end is None:
        return desk.text("debts.loss", loss=item.loss, p=item.p_before)
    return desk.text(
        "debts.loss_after",
        loss=item.loss,
        p=item.p_before,
        after=item.p_after,
        day=item.support_end,
    )


def _remedies(desk: Desk, item: DebtItem, titles: dict[str, str]) -> None:
    """The projects that would repay it; a draft the person may not see keeps its name."""
    seen = [remedy for remedy in item.remedies if remedy.project in titles]
    if not seen:
        st.caption(desk.text("debts.no_remedy"))
    for remedy in seen:
        title = f"{remedy.project} · {titles[remedy.project]}"
        label = desk.text("debts.remedy", project=title, share=remedy.share)
        components.page_link(desk, "proposals", label, project=remedy.project)


def _projects(desk: Desk, registry: Registry, system: System) -> None:
    """Projects that touch the system, whether or not they repay any of it."""
    touching = [p for p in registry.projects if system.code in p.systems]
    st.header(said(desk.text("debts.touching", n=len(touching))), anchor=False)
    for project in touching:
        title = f"{project.code} · {project.title_in(desk.language)}"
        components.page_link(desk, "proposals", title, project=project.code)

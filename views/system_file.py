"""A system's file: what it stands on, what it owes, and which projects would repay it."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from portfolio.debt import DebtStatus
from portfolio.errors import Refusal
from portfolio.person import Role
from portfolio.registry import Registry
from portfolio.system import System
from services import register_history, systems
from services.debts import Figure, SystemDebt
from services.permission import COMMITTEE
from views import debt_form, register_conflict, register_past, system_form, system_quality
from views.debt_charts import LIGHTS, MOODS
from views.desk import Desk
from views.look import components
from views.look.components import Metric, plain, said
from views.parts import facts, in_years, named, small_table


def show(
    desk: Desk, registry: Registry, found: SystemDebt, promised: Sequence[Figure] = ()
) -> None:
    """Show the whole file of one system; promised: what projects not yet approved would add."""
    text, system = desk.text, found.system
    title = f"{system.code} · {system.title_in(desk.language)}"
    components.page_head(desk, title, _answer(desk, found))
    if st.session_state.get(system_form.OPENED) == system.code:
        st.button(text("debt_item.close_form"), key="debts_close_system", on_click=_open,
                  args=("",), icon=":material/close:")
        system_form.show(desk, registry, system)
        return
    register_conflict.show(desk, "system_item")
    if desk.has(Role.ARCHITECT, Role.ADMINISTRATOR):
        _acts(desk, system)
    with st.container(horizontal=True):
        components.status(text(f"debts.light.{found.light}"), LIGHTS[found.light])
        components.status(text(f"debts.support_is.{found.support}"), MOODS[found.support])
        if system.disposition:
            components.status(text(f"debts.disposition.{system.disposition}"), "quiet")
    _figures(desk, found)
    _facts(desk, registry, system)
    _technologies(desk, system)
    _items(desk, found)
    _apart(desk, registry, system, promised)
    system_quality.show(desk, system)
    _around(desk, registry, system)
    if desk.has(*COMMITTEE):
        _found_by(desk, system)
        past = register_history.of_system(desk.store, desk.person, desk.cycle, system.code)
        register_past.show(desk, past)


def _acts(desk: Desk, system: System) -> None:
    """Edit it, log a debt on it, remove it once nothing stands on it."""
    text = desk.text
    with st.container(horizontal=True):
        st.button(text("debt_item.edit"), key="debts_edit_system", on_click=_open,
                  args=(system.code,), icon=":material/edit:")
        st.button(text("debt_item.new"), key="debts_new_on_system", icon=":material/add:",
                  on_click=_new_item)
        components.confirm(
            desk, key="debts_remove_system", label=text("system_item.remove"),
            question=text("system_item.remove_question", code=system.code),
            act=lambda: _remove(desk, system),
        )


def _open(code: str) -> None:
    st.session_state[system_form.OPENED] = code


def _new_item() -> None:
    st.session_state[debt_form.OPENED] = system_form.NEW


def _remove(desk: Desk, system: System) -> None:
    try:
        systems.remove(desk.store, desk.person, desk.cycle, system)
    except Refusal as refused:
        register_conflict.remember(refused)
        return
    st.query_params.pop("system", None)
    components.tell(desk.text("system_item.removed", code=system.code))


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
    """Each with its four dates and the source's own words, and what the city bought."""
    text = desk.text
    st.header(text("debts.technologies"), anchor=False)
    if not system.technologies:
        st.markdown(text("debts.no_technology"))
        return

    def day(value: date | None, word: str = "") -> str:
        shown = text("common.none") if value is None else desk.day(value)
        return f"{shown} ({word})" if word else shown

    rows = [
        (
            f"{t.name} {t.version}".strip(),
            *(day(getattr(t, f"{s}_end"), getattr(t, f"{s}_word")) for s in system_form.STAGES),
            day(t.contract_until),
        )
        for t in system.technologies
    ]
    ends = (*(f"{stage}_end" for stage in system_form.STAGES), "contract_until")
    head = [text("debts.technology"), *(text(f"system_item.{name}") for name in ends)]
    small_table(head, rows, name=text("debts.technologies"))


def _items(desk: Desk, found: SystemDebt) -> None:
    """What the system owes: one line an item, which opens its file."""
    text = desk.text
    st.header(text("debts.items_of"), anchor=False)
    if found.is_set:
        st.markdown(said(text(
            "system_item.figure_set", cents=found.system.interest_figure,
            reason=found.system.interest_reason, sum=round(found.interest_sum),
        )))
    elif found.is_overlapping:
        st.warning(said(text("system_item.figure_offer")))
    if not found.figures:
        st.markdown(text("debts.no_item"))
    for figure in found.figures:
        with st.container(border=True):
            _item(desk, figure)


def _apart(
    desk: Desk, registry: Registry, system: System, promised: Sequence[Figure]
) -> None:
    """What is in none of the sums: promised by projects, and closed."""
    text = desk.text
    if promised:
        st.subheader(text("debts.promised", n=len(promised)), anchor=False)
        st.markdown(said(text("debts.promised_about")))
        for figure in promised:
            with st.container(border=True):
                _item(desk, figure)
    closed = [d for d in registry.debts if d.system == system.code and not d.is_counted]
    if closed:
        with st.expander(text("system_item.closed", n=len(closed))):
            for item in closed:
                status = text(f"debts.status.{item.status}")
                label = f"{item.code} · {item.title} – {status}"
                components.page_link(desk, "debts", label, debt=item.code)


def _item(desk: Desk, figure: Figure) -> None:
    text, item = desk.text, figure.item
    components.page_link(desk, "debts", f"{item.code} · {item.title}", debt=item.code)
    with st.container(horizontal=True):
        components.status(text(f"debts.type.{item.type}"), "quiet")
        mood = "warning" if figure.status is DebtStatus.ACCEPTED else "quiet"
        components.status(text(f"debts.status.{figure.status}"), mood)
    facts(desk, [
        (text("debts.principal"), desk.money(round(figure.principal), compact=True)),
        (text("debts.interest"), desk.money(round(figure.interest), compact=True)),
        (text("debts.break_even"), in_years(desk, figure.break_even)),
    ])


def _around(desk: Desk, registry: Registry, system: System) -> None:
    """What it needs, what needs it, the services it serves, the projects that touch it."""
    text = desk.text
    around = systems.touching(registry, system)
    titles = {s.code: s.title_in(desk.language) for s in registry.systems}
    st.header(text("system_item.around"), anchor=False)
    needs, needed = st.columns(2, gap="large")
    for column, name, pairs in (
        (needs, "needs_of", around.needs), (needed, "needed_by", around.needed_by)
    ):
        with column:
            st.subheader(text(f"system_item.{name}"), anchor=False)
            for code, reason in pairs:
                label = f"{code} · {titles.get(code, '')}"
                components.page_link(desk, "debts", label, system=code)
                if reason:
                    st.caption(plain(reason))
            if not pairs:
                st.markdown(text("common.none"))
    if system.services:
        st.subheader(text("system_item.services_of"), anchor=False)
        st.markdown(plain(", ".join(system.services)))
    st.header(said(text("debts.touching", n=len(around.projects))), anchor=False)
    for project in around.projects:
        title = f"{project.code} · {project.title_in(desk.language)}"
        components.page_link(desk, "proposals", title, project=project.code)


def _found_by(desk: Desk, system: System) -> None:
    """How many findings each tool has, still there and ever."""
    text = desk.text
    found = systems.findings(desk.store, desk.person, desk.cycle, system.code)
    if found:
        st.header(text("system_item.found_by"), anchor=False)
        for one in found:
            st.markdown(said(text("system_item.found", tool=one.tool, still=one.still,
                                  ever=one.ever)))

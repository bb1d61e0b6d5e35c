"""Legacy risk: which systems are red, what ends it, who pays; the matrix; and what to look at."""

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from portfolio.errors import Missing
from portfolio.legacy_risk import CRITERIA
from portfolio.person import Person
from services import bench, legacy, legacy_view
from services.legacy_view import LegacyView, Line, Standing, Way
from services.permission import COMMITTEE
from views import legacy_draft, legacy_file, legacy_matrix, legacy_wizard, legacy_words
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.look.tables import Column, table
from views.parts import joined, today

if TYPE_CHECKING:
    from data.store import Store

CHOSEN = "system"  # the name of the system in the page's address
COUNTED = (Standing.RED, Standing.LEGACY, Standing.SOUND)


def render(desk: Desk) -> None:
    """The red list and the matrix, or the assessment of the system named in the address."""
    text = desk.text
    if not desk.cycle:
        components.page_head(desk, text("legacy.title"), text("legacy.empty"))
        components.page_link(desk, "imports", text("home.empty_import"))
        return
    if not desk.has(*COMMITTEE):
        components.page_head(desk, text("legacy.title"), text("legacy.not_allowed"))
        return
    if chosen := st.query_params.get(CHOSEN, ""):
        _one(desk, chosen)
        return
    stamp = bench.stamp(desk.store, desk.person)
    found = _read(stamp, desk.cycle, desk.person.code, today(), desk.store, desk.person)
    components.page_head(desk, text("legacy.title"), _answer(desk, found))
    if not found.lines:
        components.empty_state(text("legacy.no_system"))
        return
    _open(desk, found)
    _red(desk, found)
    legacy_matrix.show(desk, found)
    _changed(desk, found)
    _systems(desk, found)
    _method(desk)


@st.cache_resource(max_entries=8, show_spinner=False)
def _read(
    stamp: str, cycle: str, person: str, day: date, _store: "Store", _person: Person
) -> LegacyView:
    """Read again only when something in the store changed, or the day did."""
    return legacy_view.view(_store, _person, cycle, day)


def _one(desk: Desk, chosen: str) -> None:
    """The wizard for those who may fill it in, the file for others."""
    try:
        found = legacy.sheet(desk.store, desk.person, desk.cycle, chosen, today())
    except Missing as missing:
        components.page_head(desk, desk.text("legacy.title"), desk.refusal(missing))
        st.button(desk.text("legacy.back"), key="legacy_back", on_click=legacy_draft.close)
        return
    if desk.has(*legacy.EDITS):
        legacy_wizard.show(desk, found)
    else:
        legacy_file.show(desk, found)


def _answer(desk: Desk, found: LegacyView) -> str:
    """« 8 systèmes au rouge, dont 5 sans plan entièrement financé. »"""
    text, red = desk.text, len(found.red)
    if not found.lines:
        return text("legacy.no_system")
    first = text("legacy.answer" if red else "legacy.answer_none", n=red, m=len(found.unfunded))
    rest = text("legacy.answer_rest", n=len(found.of(*COUNTED)), of=len(found.lines))
    waiting = len(found.of(Standing.TO_CONFIRM))
    last = text("legacy.answer_waiting", n=waiting) if waiting else ""
    return " ".join(part for part in (first, last, rest) if part)


def _open(desk: Desk, found: LegacyView) -> None:
    titles = {x.system.code: f"{x.system.code} · {x.system.title_in(desk.language)}"
              for x in found.lines}  # fmt: skip
    word = "open" if desk.has(*legacy.EDITS) else "open_file"
    st.selectbox(
        desk.text(f"legacy.{word}"), list(titles), index=None, format_func=titles.__getitem__,
        placeholder=desk.text("debts.open_placeholder"), key="legacy_open", on_change=_choose,
        width=480,
    )  # fmt: skip


def _choose() -> None:
    if code := st.session_state.legacy_open:
        open_file(code)


def open_file(code: str) -> None:
    """Show that system."""
    st.query_params[CHOSEN] = code


def _red(desk: Desk, found: LegacyView) -> None:
    """Each red system: what drives it, its plan, what would end it, what the kept plan does."""
    text, red = desk.text, found.of(Standing.RED, Standing.TO_CONFIRM)
    st.header(text("legacy.red_list"), anchor=False)
    if not red:
        st.markdown(text("legacy.red_none"))
        return
    st.markdown(said(_reference(desk, found)))
    for line in red:
        with st.container(border=True, key=f"legacy_red_{line.system.code}"):
            _card(desk, found, line)


def _reference(desk: Desk, found: LegacyView) -> str:
    """What the kept plan of the first scenario does to the red list."""
    name = found.reference.title.in_(desk.language)
    if not found.has_plan:
        return desk.text("legacy.no_plan", scenario=name)
    return desk.text("legacy.plan_clears", n=len(found.cleared), of=len(found.red), scenario=name)


def _card(desk: Desk, found: LegacyView, line: Line) -> None:
    text, system, kept = desk.text, line.system, line.assessment
    title = f"{system.code} · {system.title_in(desk.language)} — {legacy_words.score(desk, kept)}"
    head, act = st.columns([5, 1], vertical_alignment="center")
    head.subheader(plain(title), anchor=False)
    act.button(
        text("legacy.see"), key=f"legacy_see_{system.code}", on_click=open_file,
        args=(system.code,), width="stretch",
    )  # fmt: skip
    with st.container(horizontal=True):
        components.status(text(f"legacy.standing.{line.standing}"), "bad")
        components.status(text(f"legacy.funding_is.{kept.funding}"), _paid(kept.is_funded))
        if line.is_late:
            components.status(text("legacy.late"), "bad")
    drivers = joined(desk, [legacy_words.criterion(desk, code) for code in kept.drivers])
    facts = [("drivers", drivers), ("plan", kept.plan or text("legacy.none_given"))]
    facts.append(("target", desk.day(kept.target) if kept.target else text("legacy.none_given")))
    facts.append(("ways", _ways(desk, line)))
    if found.has_plan:
        facts.append(("reference", _cleared(desk, found, line)))
    told = [f"**{said(text(f'legacy.card.{name}'))}**{text('parts.colon')} {plain(value)}"
            for name, value in facts]  # fmt: skip
    st.markdown("  \n".join(told))


def _paid(is_funded: bool) -> components.Mood:
    return "good" if is_funded else "warning"


def _ways(desk: Desk, line: Line) -> str:
    """« P48 le remplace ; ou : D07 et D11 remboursées (P41) »."""
    if not line.ways:
        return desk.text("legacy.way.none")
    return f" {desk.text('legacy.way.or')} ".join(_way(desk, way) for way in line.ways)


def _way(desk: Desk, way: Way) -> str:
    text, projects = desk.text, joined(desk, way.projects)
    if not way.debts:
        return text("legacy.way.replaced", project=projects)
    debts = joined(desk, way.debts)
    kind = "alone" if not projects else "repaid"
    kind = kind if way.is_covered else "uncovered"
    return text(f"legacy.way.{kind}", debts=debts, projects=projects or text("common.none"))


def _cleared(desk: Desk, found: LegacyView, line: Line) -> str:
    if line.cleared is None:
        return desk.text("legacy.stays")
    by = joined(desk, (*line.cleared.projects, *line.cleared.debts))
    year = desk.period(found.horizon, line.cleared.period)
    return desk.text("legacy.leaves", by=by or desk.text("common.none"), year=year)


def _changed(desk: Desk, found: LegacyView) -> None:
    """Systems of which the evidence changed since their levels were given."""
    text = desk.text
    st.header(text("legacy.evidence"), anchor=False)
    if not found.drifted:
        st.markdown(text("legacy.evidence_holds"))
        return
    st.markdown(said(text("legacy.evidence_moved", n=len(found.drifted))))
    rows = [
        {"code": line.system.code, "what": told}
        for line in found.drifted
        for told in (
            *(legacy_words.drift(desk, one) for one in line.drift),
            *(legacy_words.repaid(desk, code) for code in line.repaid),
        )
    ]
    columns = [
        Column("code", text("debts.system"), width="small"),
        Column("what", text("legacy.head.what"), width="large"),
    ]
    table(desk, rows, columns, key="legacy_drift", name=text("legacy.evidence"))


def _systems(desk: Desk, found: LegacyView) -> None:
    """Every system, rated or not."""
    text = desk.text
    st.header(text("legacy.all"), anchor=False)
    rows = [_row(desk, line) for line in found.lines]
    columns = [
        Column("code", text("debts.code"), width="small"),
        Column("title", text("debts.system"), width="large"),
        Column("standing", text("legacy.head.standing")),
        Column("score", text("legacy.score"), "number"),
        Column("missing", text("legacy.head.missing"), "number"),
        Column("plan", text("legacy.plan")),
        Column("funding", text("legacy.funding")),
        Column("target", text("legacy.target"), "date"),
    ]
    chosen = table(
        desk, rows, columns, key="legacy_all", name=text("legacy.all"), can_choose=True
    )
    if chosen:
        open_file(str(chosen["code"]))
        st.rerun()


def _row(desk: Desk, line: Line) -> dict[str, object]:
    kept = line.assessment
    return {
        "code": line.system.code,
        "title": line.system.title_in(desk.language),
        "standing": legacy_words.standing(desk, line.standing),
        "score": line.score,
        "missing": len(kept.missing) if kept else None,
        "plan": kept.plan if kept else None,
        "funding": desk.text(f"legacy.funded.{kept.funding}") if kept else None,
        "target": kept.target if kept else None,
    }


def _method(desk: Desk) -> None:
    """Where the framework comes from, what is ours, and how levels are proposed."""
    text, guide = desk.text, legacy.guide()
    with st.expander(text("legacy.method")):
        st.markdown(said(text("legacy.formula")))
        st.markdown(plain(guide.caution.in_(desk.language)))
        st.markdown(f"[{plain(guide.title.in_(desk.language))}]({guide.source})  \n"
                    f"{plain(guide.licence.in_(desk.language))}")  # fmt: skip
        st.markdown("\n".join(f"- **{code}** — {said(text(f'legacy.rule.{code}'))}"
                              for code in CRITERIA))  # fmt: skip

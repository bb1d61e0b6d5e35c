"""A proposal's file: what it is, what it would take, what it is worth, what it is tied to."""

from collections.abc import Sequence

import streamlit as st

from portfolio import confidential
from portfolio.completeness import missing
from portfolio.criterion import Framework, GateQuestion
from portfolio.person import Role
from portfolio.project import Project, Stage
from portfolio.registry import Registry
from services import proposal_links, scores
from services.dossiers import Dossier
from services.permission import COMMITTEE
from services.proposals import Series, Taken, base_of, taken_by
from views import (
    estimates,
    footprint_shown,
    proposal_attachments,
    proposal_moves,
    proposal_opinion,
    proposal_path,
    proposal_similar,
    proposal_unsaved,
    value_card,
)
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import (
    MOODS,
    facts,
    group_words,
    link_words,
    missing_words,
    named,
    paragraph,
    small_table,
    three_points,
)


def show(desk: Desk, registry: Registry, project: Project) -> None:
    """Show the whole file of a project the person may see."""
    framework = scores.framework(desk.store, desk.person, desk.cycle)
    title = f"{project.code} · {project.title_in(desk.language)}"
    components.page_head(desk, title, _answer(desk, project))
    dossier = proposal_path.of(desk, project)
    _statuses(desk, project, framework, dossier)
    is_hers = desk.has(Role.LEAD) and project.lead == desk.person.code
    if is_hers:
        proposal_unsaved.show(desk, registry, framework, project)
        proposal_moves.show(desk, project, framework)
    proposal_path.acts(desk, project, dossier)
    part = proposal_path.chosen(desk, project, dossier)
    if part == proposal_path.FILE:
        _whole(desk, registry, framework, project)
    else:
        proposal_path.show(desk, registry, framework, project, part, dossier)


def _whole(desk: Desk, registry: Registry, framework: Framework, project: Project) -> None:
    """The file itself, from its purpose to what is enclosed."""
    _purpose(desk, registry, project)
    _variants(desk, registry, project)
    if desk.has(*COMMITTEE) or project.lead == desk.person.code:
        estimates.show(desk, registry, project)
    if desk.has(*COMMITTEE):
        value_card.show(desk, registry, project)
    footprint_shown.file(desk, project)
    _ties(desk, registry, project)
    _gate(desk, framework, project)
    _marks(desk, framework, project)
    proposal_attachments.show(desk, project, can_edit=desk.has(Role.ARCHITECT))
    if desk.has(Role.FACILITATOR, Role.ARCHITECT):
        proposal_similar.show(desk, project)


def _answer(desk: Desk, project: Project) -> str:
    base = base_of(project)
    stage = desk.text(f"proposals.stage.{project.stage}")
    if base is None or base.cost is None:
        return desk.text("proposals.file_unpriced", stage=stage, service=_service(desk, project))
    cost = base.cost
    return desk.text("proposals.file", stage=stage, service=_service(desk, project), cost=cost)


def _service(desk: Desk, project: Project) -> str:
    return project.service or desk.text("proposals.no_service")


def _statuses(
    desk: Desk, project: Project, framework: Framework, dossier: Dossier | None
) -> None:
    text, lacking = desk.text, _lacking(desk, project, framework)
    with st.container(horizontal=True):
        mood = MOODS.get(project.stage, "quiet")
        components.status(text(f"proposals.stage.{project.stage}"), mood)
        components.status(text(f"proposals.category.{project.category}"), "quiet")
        if lacking:
            components.status(text("proposals.incomplete", n=len(lacking)), "warning")
        else:
            components.status(text("proposals.is_complete"), "good")
        if dossier is not None and dossier.opinion is not None:
            proposal_opinion.told(desk, dossier.opinion, dossier.is_opinion_old)
    if lacking:
        words = missing_words(desk, lacking, framework)
        st.markdown(said(text("proposals.lacks", what=words)))


def _lacking(desk: Desk, project: Project, framework: Framework) -> list[str]:
    """What is missing; what is only kept from the reader is not."""
    hidden = project.confidential
    if confidential.reads_all(desk.person, project):
        hidden = frozenset()
    return [name for name in missing(project, framework) if name not in hidden]


def _purpose(desk: Desk, registry: Registry, project: Project) -> None:
    text = desk.text
    st.header(text("proposals.purpose"), anchor=False)
    told, known = st.columns([3, 2], gap="large")
    with told:
        for name in ("problem", "outcome", "beneficiaries", "risks"):
            title = text(f"proposals.{name}")
            paragraph(desk, title, getattr(project, name), _empty(desk, project, name))
    with known:
        st.subheader(text("proposals.facts"), anchor=False)
        facts(desk, _known(desk, registry, project))
        _legal(desk, project)


def _empty(desk: Desk, project: Project, name: str) -> str:
    """Why a text is not there: it is still to be written, or not for this reader."""
    is_hidden = name in project.confidential and not confidential.reads_all(desk.person, project)
    return desk.text("dossier.confidential" if is_hidden else "parts.not_written")


def _known(desk: Desk, registry: Registry, project: Project) -> list[tuple[str, str]]:
    text = desk.text
    cost = project.operating_cost
    measures = {m.name: desk.number(m.number) for m in project.measures}
    return [
        (text("proposals.service"), project.service),
        (text("proposals.lead"), named(registry, project.lead)),
        (text("proposals.sponsor"), project.sponsor),
        (text("proposals.earliest"), project.earliest),
        (text("proposals.latest"), project.latest),
        (text("proposals.deadline"), project.deadline),
        (text("proposals.sensitivity_label"), text(f"proposals.sensitivity.{project.sensitivity}")),
        (text("proposals.operating_cost"), "" if cost is None else desk.money(cost)),
        (text("proposals.carbon"), measures.get("carbon", "")),
        (text("proposals.source"), project.source),
    ]


def _legal(desk: Desk, project: Project) -> None:
    basis = project.legal_basis
    if basis is None and not project.is_mandatory:
        return
    text = desk.text
    st.subheader(text("proposals.legal"), anchor=False)
    if basis is None:
        st.caption(text("parts.not_written"))
        return
    facts(
        desk,
        [
            (text("proposals.law"), basis.law),
            (text("proposals.article"), basis.article),
            (text("proposals.law_on"), desk.day(basis.on, long=True) if basis.on else ""),
            (text("proposals.proof"), basis.proof),
        ],
    )


def _variants(desk: Desk, registry: Registry, project: Project) -> None:
    """Variants side by side, then money and effort by year of the project's own life."""
    text = desk.text
    st.header(text("proposals.variants"), anchor=False)
    taken = taken_by(project)
    if not taken:
        st.caption(text("proposals.no_variant"))
        return
    for column, one in zip(st.columns(max(2, len(taken))), taken, strict=False):
        with column, st.container(border=True, height="stretch"):
            _variant(desk, one)
    cycle = registry.cycle
    envelopes = {e.code: e.title.in_(desk.language) for e in cycle.envelopes}
    teams = {team.code: team.title.in_(desk.language) for team in cycle.teams}
    _by_year(desk, "money", [(t, t.money) for t in taken], envelopes)
    with st.expander(text("proposals.effort")):
        _by_year(desk, "days", [(t, t.effort) for t in taken], teams)


def _variant(desk: Desk, taken: Taken) -> None:
    text, variant = desk.text, taken.variant
    st.subheader(plain(variant.title or _named(desk, variant.code)), anchor=False)
    lasts = text("parts.not_given")
    if variant.duration is not None:
        lasts = text("proposals.periods", n=variant.duration)
    days = text("parts.not_given")
    if taken.days is not None:
        days = text("proposals.person_days", n=taken.days)
    facts(
        desk,
        [
            (text("proposals.cost"), three_points(desk, taken.low, taken.likely, taken.high)),
            (text("proposals.duration"), lasts),
            (text("proposals.days"), days),
            (text("proposals.factor"), desk.percent(variant.value_factor)),
        ],
    )


def _named(desk: Desk, code: str) -> str:
    key = f"proposals.variant.{code}"
    return desk.text(key) if desk.text.has(key) else code


def _by_year(
    desk: Desk,
    what: str,
    series: Sequence[tuple[Taken, tuple[Series, ...]]],
    titles: dict[str, str],
) -> None:
    """One line an envelope (or a team) of each variant, one column a year of the project."""
    text = desk.text
    lines = [(taken, one) for taken, every in series for one in every]
    if not lines:
        st.caption(text(f"proposals.no_{what}"))
        return
    years = max(len(one.by_period) for _, one in lines)
    head = [text("proposals.variant_label"), text(f"proposals.{what}_of")]
    head += [text("proposals.year", n=year + 1) for year in range(years)]
    rows = []
    for taken, one in lines:
        cells = [_amount(desk, what, amount) for amount in one.by_period]
        cells += [""] * (years - len(cells))
        name = _named(desk, taken.variant.code)
        rows.append([name, titles.get(one.code, one.code), *cells, _amount(desk, what, one.total)])
    name = text(f"proposals.{what}_by_year")
    st.subheader(name, anchor=False)
    small_table([*head, text("proposals.total")], rows, name=name)


def _amount(desk: Desk, what: str, amount: float | None) -> str:
    if amount is None:
        return desk.text("common.none")
    return desk.money(int(amount)) if what == "money" else desk.number(amount)


def _ties(desk: Desk, registry: Registry, project: Project) -> None:
    text = desk.text
    st.header(text("proposals.ties"), anchor=False)
    links, systems = st.columns(2, gap="large")
    with links:
        st.subheader(text("proposals.links"), anchor=False)
        told = [
            link_words(desk, link, project.code, registry)
            for link in proposal_links.of_project(registry, project.code)
        ]
        st.markdown("\n".join(f"- {plain(words)}" for words in told) or text("proposals.no_link"))
    with systems:
        st.subheader(text("proposals.systems"), anchor=False)
        known = {system.code: system.title_in(desk.language) for system in registry.systems}
        for code in project.systems:
            components.page_link(desk, "debts", f"{code} · {known.get(code, code)}", system=code)
        if not project.systems:
            st.markdown(text("proposals.no_system"))
    _retired(desk, registry, project)
    _created(desk, registry, project)


def _created(desk: Desk, registry: Registry, project: Project) -> None:
    """The debt that the project would leave behind: counted once it is approved."""
    text = desk.text
    made = [d for d in registry.debts if d.created_by == project.code and d.is_counted]
    if not made:
        return
    st.subheader(text("proposals.created"), anchor=False)
    key = "created_counted" if project.stage is Stage.APPROVED else "created_promised"
    st.markdown(said(text(f"proposals.{key}", n=len(made))))
    for debt in made:
        cost = text(
            "proposals.created_line", principal=round(debt.principal.mean),
            interest=round(debt.interest_now(registry.cycle.horizon)),
        )
        label = f"{debt.code} · {debt.title} ({debt.system}) – {cost}"
        components.page_link(desk, "debts", label, debt=debt.code)


def _retired(desk: Desk, registry: Registry, project: Project) -> None:
    text = desk.text
    st.subheader(text("proposals.debts"), anchor=False)
    rows = [
        (debt.code, debt.title, debt.system, desk.percent(remedy.share))
        for debt in registry.debts
        for remedy in debt.remedies
        if remedy.project == project.code
    ]
    if not rows:
        st.markdown(text("proposals.no_debt"))
        return
    head = ("code", "debt", "system", "share")
    small_table([text(f"proposals.{h}") for h in head], rows, name=text("proposals.debts"))


def _gate(desk: Desk, framework: Framework, project: Project) -> None:
    """Test climat and ADS+, as answered."""
    if not framework.questions:
        return
    st.header(desk.text("proposals.gate"), anchor=False)
    for group in dict.fromkeys(question.group for question in framework.questions):
        asked = [question for question in framework.questions if question.group == group]
        st.subheader(group_words(desk, group), anchor=False)
        rows = [_answered(desk, question, project) for question in asked]
        head = [desk.text(f"proposals.gate_{h}") for h in ("question", "answer", "comment")]
        small_table(head, rows, name=group_words(desk, group))


def _answered(desk: Desk, question: GateQuestion, project: Project) -> tuple[str, str, str]:
    given = next((a for a in project.answers if a.question == question.key and a.answer), None)
    title = question.title.in_(desk.language)
    if given is None:
        return title, desk.text("proposals.no_answer"), ""
    choices = {choice.key: choice.in_(desk.language) for choice in question.answers}
    return title, choices.get(given.answer, given.answer), given.comment


def _marks(desk: Desk, framework: Framework, project: Project) -> None:
    """What the project serves, on every grid."""
    st.header(desk.text("proposals.marks"), anchor=False)
    told: dict[str, list[str]] = {}
    for tag in project.tags:
        told.setdefault(tag.grid, []).append(_mark(desk, framework, tag.grid, tag.key))
    if not told:
        st.markdown(desk.text("proposals.no_mark"))
    for grid, names in told.items():
        key = f"proposals.grid.{grid}"
        st.subheader(desk.text(key) if desk.text.has(key) else plain(grid), anchor=False)
        st.markdown("\n".join(f"- {plain(name)}" for name in names))


def _mark(desk: Desk, framework: Framework, grid: str, key: str) -> str:
    named = {
        "ambition": {c.key: c.title for c in framework.criteria},
        "assise": {mark.key: mark.title for mark in framework.assise},
        "priorite": {str(p.number): p.title for p in framework.priorities},
    }
    title = named.get(grid, {}).get(key)
    if title is None:
        return key
    shown = title.in_(desk.language)
    return shown if grid == "assise" else f"{key} · {shown}"



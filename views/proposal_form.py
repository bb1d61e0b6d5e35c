"""A lead's draft: sections saved as they are typed, and what is still missing."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace

import streamlit as st

from portfolio.completeness import missing
from portfolio.criterion import Framework, GateQuestion
from portfolio.errors import Invalid
from portfolio.project import Answer, Category, LegalBasis, Project, Sensitivity, Tag, Variant
from portfolio.registry import Registry
from services import scores
from views import proposal_moves
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import group_words, missing_words, small_table
from views.proposal_draft import Draft, keep, keep_mine, opened, take_theirs
from views.proposal_money import variants

GRIDS = ("ambition", "assise", "priorite")
LABELS = {  # fields whose words have another name
    "title": "name",
    "category": "category_label",
    "sensitivity": "sensitivity_label",
    "tags": "marks",
    "answers": "gate",
    "legal_basis": "legal",
    "version": "-",
    "stage": "-",
    "code": "-",
    "source": "-",
}
Section = Callable[[Project], Project]


def show(desk: Desk, registry: Registry, project: Project) -> None:
    """The form of a draft; what differs from what is kept is saved at the end of the run."""
    framework = scores.framework(desk.store, desk.person, desk.cycle)
    draft = opened(project)
    head = st.container()
    sections: dict[str, Section] = {
        "identity": lambda p: _identity(desk, draft, p, registry),
        "need": lambda p: _need(desk, draft, p),
        "variants": lambda p: variants(desk, draft, p, registry.cycle),
        "marks": lambda p: _marks(desk, draft, p, framework),
        "gate": lambda p: _gate(desk, draft, p, framework),
        "legal": lambda p: _legal(desk, draft, p),
    }
    written = draft.kept
    tabs = st.tabs([desk.text(f"proposals.section.{name}") for name in sections])
    for tab, section in zip(tabs, sections.values(), strict=True):
        with tab:
            try:
                written = section(written)
            except Invalid as refused:
                components.error(desk, refused)
    keep(desk, draft, written)
    with head:
        _head(desk, draft, written, framework)


def _head(desk: Desk, draft: Draft, written: Project, framework: Framework) -> None:
    text, kept = desk.text, draft.kept
    lacking = missing(kept, framework)
    answer = text("home.complete")
    if lacking:
        what = missing_words(desk, lacking, framework)
        answer = text("home.missing", n=len(lacking), what=what)
    components.page_head(desk, f"{kept.code} · {kept.title}", answer)
    if draft.theirs is not None:
        _conflict(desk, draft, written, draft.theirs)
    elif draft.refused is not None:
        components.error(desk, draft.refused)
    else:
        stage = text(f"proposals.stage.{kept.stage}")
        st.caption(text("proposals.kept", version=kept.version, stage=stage))
    proposal_moves.show(desk, kept, framework)


def _conflict(desk: Desk, draft: Draft, mine: Project, theirs: Project) -> None:
    """Both versions, field by field where they differ; the person chooses."""
    text = desk.text
    st.warning(said(text("proposals.stale", version=theirs.version)))
    names = [f.name for f in fields(Project) if text.has(f"proposals.{LABELS.get(f.name, f.name)}")]
    rows = [
        (
            text(f"proposals.{LABELS.get(name, name)}"),
            _shown(desk, name, getattr(mine, name)),
            _shown(desk, name, getattr(theirs, name)),
        )
        for name in names
        if getattr(mine, name) != getattr(theirs, name)
    ]
    head = [text(f"proposals.stale_{h}") for h in ("field", "mine", "theirs")]
    small_table(head, rows, name=text("proposals.stale_both"))
    with st.container(horizontal=True):
        st.button(
            text("proposals.keep_mine"), key="proposals_keep_mine", type="primary",
            on_click=keep_mine, args=(desk, draft, mine),
        )
        st.button(
            text("proposals.take_theirs"), key="proposals_take_theirs",
            on_click=take_theirs, args=(draft,),
        )


def _shown(desk: Desk, name: str, value: object) -> str:
    """One field of a version, in a few words."""
    match value:
        case Category() | Sensitivity():
            return desk.text(f"proposals.{name}.{value}")
        case LegalBasis(law=law, article=article, proof=proof):
            return "; ".join(part for part in (law, article, proof) if part)
        case tuple():
            return "; ".join(_part(desk, part) for part in value)
        case int():
            return desk.money(value)
    return str(value or "")


def _part(desk: Desk, part: object) -> str:
    match part:
        case Variant(code=code, cost=cost):
            return f"{code} {desk.text('parts.not_given') if cost is None else desk.money(cost)}"
        case Tag(key=key):
            return key
        case Answer(question=question, answer=answer, comment=comment):
            return " ".join((question, answer, comment))
    return str(part)


def _identity(desk: Desk, draft: Draft, project: Project, registry: Registry) -> Project:
    text, at = desk.text, draft.started
    typed = {}
    left, right = st.columns(2, gap="large")
    with left:
        for name in ("title", "title_en", "service", "sponsor"):
            typed[name] = _line(desk, draft, name)
        systems = {system.code: system.title_in(desk.language) for system in registry.systems}
        touched = _several(desk, draft, "systems", systems, at.systems)
    with right:
        category = _one(desk, draft, "category", Category, at.category)
        sensitivity = _one(desk, draft, "sensitivity", Sensitivity, at.sensitivity)
        labels = registry.cycle.horizon.labels()
        for name in ("earliest", "latest", "deadline"):
            if name != "deadline" or category is Category.MANDATORY:
                typed[name] = _period(desk, draft, name, labels)
        cost = components.money_input(
            desk, text("proposals.operating_cost"), key=draft.key("operating_cost"),
            value=at.operating_cost, low=None, help=text("proposals.operating_cost_help"),
        )
    return replace(
        project,
        category=category,
        sensitivity=sensitivity,
        systems=_ordered(touched, project.systems),
        operating_cost=project.operating_cost if isinstance(cost, Invalid) else cost,
        **typed,
    )


def _line(desk: Desk, draft: Draft, name: str) -> str:
    label = desk.text(f"proposals.{'name' if name == 'title' else name}")
    return st.text_input(label, getattr(draft.started, name), key=draft.key(name))


def _one(desk: Desk, draft: Draft, name: str, kind: type, at: str) -> str:
    """One of the values of an enumeration, in words."""
    values = list(kind)
    return st.selectbox(
        desk.text(f"proposals.{name}_label"),
        values,
        index=values.index(at),
        format_func=lambda value: desk.text(f"proposals.{name}.{value}"),
        key=draft.key(name),
    )


def _several(
    desk: Desk, draft: Draft, name: str, titles: dict[str, str], at: Iterable[str]
) -> tuple[str, ...]:
    """Some of the keys of ``titles``; those chosen before stay even when no longer known."""
    chosen = list(at)
    titles = titles | {key: key for key in chosen if key not in titles}
    picked = st.multiselect(
        desk.text(f"proposals.pick_{name}"),
        list(titles),
        chosen,
        format_func=lambda key: key if titles[key] == key else f"{key} · {titles[key]}",
        key=draft.key(name),
        placeholder=desk.text("proposals.pick"),
    )
    return tuple(picked)


def _ordered(picked: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """The same tuple where nothing but the order differs."""
    return before if set(picked) == set(before) else picked


def _period(desk: Desk, draft: Draft, name: str, labels: tuple[str, ...]) -> str:
    at = getattr(draft.started, name)
    options = list(dict.fromkeys(["", *labels, at]))
    return st.selectbox(
        desk.text(f"proposals.{name}"),
        options,
        index=options.index(at),
        format_func=lambda label: label or desk.text("parts.not_given"),
        key=draft.key(name),
    )


def _need(desk: Desk, draft: Draft, project: Project) -> Project:
    typed = {
        name: st.text_area(
            desk.text(f"proposals.{name}"),
            getattr(draft.started, name),
            key=draft.key(name),
            help=desk.text(f"proposals.{name}_help"),
            height=110,
        )
        for name in ("problem", "outcome", "beneficiaries", "risks")
    }
    return replace(project, **typed)


def _marks(desk: Desk, draft: Draft, project: Project, framework: Framework) -> Project:
    language, at = desk.language, draft.started
    titles = {
        "ambition": {leaf.key: leaf.title.in_(language) for leaf in framework.leaves},
        "assise": {mark.key: mark.title.in_(language) for mark in framework.assise},
        "priorite": {str(p.number): p.title.in_(language) or "—" for p in framework.priorities},
    }
    tags = [tag for tag in project.tags if tag.grid not in GRIDS]
    for grid in GRIDS:
        if titles[grid]:
            before = [tag.key for tag in at.tags if tag.grid == grid]
            picked = _several(desk, draft, grid, titles[grid], before)
            tags += [Tag(grid, key) for key in picked]
    same = set(tags) == set(project.tags)
    return project if same else replace(project, tags=tuple(tags))


def _gate(desk: Desk, draft: Draft, project: Project, framework: Framework) -> Project:
    known = {question.key for question in framework.questions}
    answers = [answer for answer in project.answers if answer.question not in known]
    for group in dict.fromkeys(question.group for question in framework.questions):
        st.subheader(group_words(desk, group), anchor=False)
        for question in (q for q in framework.questions if q.group == group):
            given = _given(desk, draft, question)
            answers += [given] if given.answer or given.comment else []
    same = set(answers) == set(project.answers)
    return project if same else replace(project, answers=tuple(answers))


def _given(desk: Desk, draft: Draft, question: GateQuestion) -> Answer:
    before = {answer.question: answer for answer in draft.started.answers}
    at = before.get(question.key, Answer(question.key, ""))
    titles = {choice.key: choice.in_(desk.language) for choice in question.answers}
    options = list(dict.fromkeys([*titles, *([at.answer] if at.answer else [])]))
    with st.container(border=True):
        picked = st.selectbox(
            plain(question.title.in_(desk.language)),
            options,
            index=options.index(at.answer) if at.answer else None,
            format_func=lambda key: titles.get(key, key),
            placeholder=desk.text("proposals.pick_answer"),
            key=draft.key(question.key),
        )
        st.caption(said(question.help.in_(desk.language)))
        key = draft.key(f"{question.key}_comment")
        comment = st.text_input(desk.text("proposals.gate_comment"), at.comment, key=key)
    return Answer(question.key, picked or "", comment)


def _legal(desk: Desk, draft: Draft, project: Project) -> Project:
    text = desk.text
    if not project.is_mandatory:
        st.markdown(text("proposals.legal_only_mandatory"))
    at = draft.started.legal_basis or LegalBasis("")
    law = st.text_input(text("proposals.law"), at.law, key=draft.key("law"))
    article = st.text_input(text("proposals.article"), at.article, key=draft.key("article"))
    on = st.date_input(
        text("proposals.law_on"), at.on, key=draft.key("law_on"), format="YYYY-MM-DD"
    )
    proof = st.text_area(
        text("proposals.proof"), at.proof, key=draft.key("proof"), help=text("proposals.proof_help")
    )
    basis = LegalBasis(law, article, on, proof)
    return replace(project, legal_basis=None if basis == LegalBasis("") else basis)

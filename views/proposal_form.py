"""A lead's draft: sections saved as they are typed, and what is still missing."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from functools import partial

import streamlit as st

from portfolio.completeness import missing
from portfolio.criterion import Framework, GateQuestion
from portfolio.errors import Invalid
from portfolio.footprint import Quantity
from portfolio.project import Answer, Category, LegalBasis, Project, Sensitivity, Tag, Variant
from portfolio.registry import Registry
from services import scores
from views import (
    proposal_attachments,
    proposal_footprint,
    proposal_moves,
    proposal_similar,
)
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.parts import group_words, missing_words, small_table
from views.proposal_draft import (
    Draft,
    Put,
    keep,
    keep_mine,
    opened,
    put_text,
    take_theirs,
    watched,
)
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
NO_BASIS = LegalBasis("")
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
        "footprint": lambda p: proposal_footprint.section(desk, draft, p),
        "legal": lambda p: _legal(desk, draft, p),
    }
    written = before = draft.kept
    tabs = st.tabs([desk.text(f"proposals.section.{name}") for name in sections])
    for tab, section in zip(tabs, sections.values(), strict=True):
        with tab:
            try:
                written = section(written)
            except Invalid as refused:
                components.error(desk, refused)
    keep(desk, draft, written, before)
    proposal_attachments.show(desk, draft.kept, can_edit=True)
    proposal_similar.show(desk, draft.kept)
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
        case Quantity(item=item, count=count, deed=deed):
            return f"{desk.number(count)} {item} {desk.text(f'footprint.deed.{deed}')}"
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
        touched = _several(desk, draft, "systems", systems, at.systems, _put_systems)
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
    watch = watched(desk, draft, name, put_text(name))
    return st.text_input(label, getattr(draft.started, name), **watch)


def _one(desk: Desk, draft: Draft, name: str, kind: type, at: str) -> str:
    """One of the values of an enumeration, in words."""
    values = list(kind)
    return st.selectbox(
        desk.text(f"proposals.{name}_label"),
        values,
        index=values.index(at),
        format_func=lambda value: desk.text(f"proposals.{name}.{value}"),
        **watched(desk, draft, name, put_text(name)),
    )


def _put_systems(project: Project, picked: list[str]) -> Project:
    return replace(project, systems=_ordered(tuple(picked), project.systems))


def _several(
    desk: Desk, draft: Draft, name: str, titles: dict[str, str], at: Iterable[str], put: Put
) -> tuple[str, ...]:
    """Some of the keys of ``titles``; those chosen before stay even when no longer known."""
    chosen = list(at)
    titles = titles | {key: key for key in chosen if key not in titles}
    picked = st.multiselect(
        desk.text(f"proposals.pick_{name}"),
        list(titles),
        chosen,
        format_func=lambda key: key if titles[key] == key else f"{key} · {titles[key]}",
        placeholder=desk.text("proposals.pick"),
        **watched(desk, draft, name, put),
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
        **watched(desk, draft, name, put_text(name)),
    )


def _need(desk: Desk, draft: Draft, project: Project) -> Project:
    typed = {
        name: st.text_area(
            desk.text(f"proposals.{name}"),
            getattr(draft.started, name),
            help=desk.text(f"proposals.{name}_help"),
            height=110,
            **watched(desk, draft, name, put_text(name)),
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
    for grid in GRIDS:
        if titles[grid]:
            before = [tag.key for tag in at.tags if tag.grid == grid]
            put = partial(_put_marks, grid)
            project = put(project, _several(desk, draft, grid, titles[grid], before, put))
    return project


def _put_marks(grid: str, project: Project, picked: Iterable[str]) -> Project:
    """The project with these marks on that grid, and its marks on the others."""
    tags = [tag for tag in project.tags if tag.grid != grid]
    tags += [Tag(grid, key) for key in picked]
    return project if set(tags) == set(project.tags) else replace(project, tags=tuple(tags))


def _gate(desk: Desk, draft: Draft, project: Project, framework: Framework) -> Project:
    for group in dict.fromkeys(question.group for question in framework.questions):
        st.subheader(group_words(desk, group), anchor=False)
        for question in (q for q in framework.questions if q.group == group):
            with st.container(border=True):
                project = _answered(desk, draft, project, question)
    return project


def _answered(desk: Desk, draft: Draft, project: Project, question: GateQuestion) -> Project:
    at = _answer_to(draft.started, question.key)
    titles = {choice.key: choice.in_(desk.language) for choice in question.answers}
    options = list(dict.fromkeys([*titles, *([at.answer] if at.answer else [])]))
    pick, comment = (partial(_put_answer, question.key, n) for n in ("answer", "comment"))
    picked = st.selectbox(
        plain(question.title.in_(desk.language)),
        options,
        index=options.index(at.answer) if at.answer else None,
        format_func=lambda key: titles.get(key, key),
        placeholder=desk.text("proposals.pick_answer"),
        **watched(desk, draft, question.key, pick),
    )
    st.caption(said(question.help.in_(desk.language)))
    watch = watched(desk, draft, f"{question.key}_comment", comment)
    typed = st.text_input(desk.text("proposals.gate_comment"), at.comment, **watch)
    return comment(pick(project, picked), typed)


def _answer_to(project: Project, question: str) -> Answer:
    given = (answer for answer in project.answers if answer.question == question)
    return next(given, Answer(question, ""))


def _put_answer(question: str, name: str, project: Project, value: str | None) -> Project:
    """The project with that answer (or its comment); an empty one is no answer."""
    changed = replace(_answer_to(project, question), **{name: value or ""})
    is_given = bool(changed.answer or changed.comment)
    known = {answer.question for answer in project.answers}
    if question in known:
        every = tuple(changed if a.question == question else a for a in project.answers)
    else:
        every = (*project.answers, changed)
    kept = tuple(answer for answer in every if is_given or answer.question != question)
    return project if kept == project.answers else replace(project, answers=kept)


def _legal(desk: Desk, draft: Draft, project: Project) -> Project:
    text = desk.text
    if not project.is_mandatory:
        st.markdown(text("proposals.legal_only_mandatory"))
    at = draft.started.legal_basis or NO_BASIS
    watch = {
        name: watched(desk, draft, f"law_{name}", partial(_put_legal, name))
        for name in ("law", "article", "on", "proof")
    }
    law = st.text_input(text("proposals.law"), at.law, **watch["law"])
    article = st.text_input(text("proposals.article"), at.article, **watch["article"])
    on = st.date_input(text("proposals.law_on"), at.on, format="YYYY-MM-DD", **watch["on"])
    proof = st.text_area(
        text("proposals.proof"), at.proof, help=text("proposals.proof_help"), **watch["proof"]
    )
    for name, value in (("law", law), ("article", article), ("on", on), ("proof", proof)):
        project = _put_legal(name, project, value)
    return project


def _put_legal(name: str, project: Project, value: object) -> Project:
    """The project with that part of its legal basis; none of it is no legal basis."""
    basis = replace(project.legal_basis or NO_BASIS, **{name: value})
    return replace(project, legal_basis=None if basis == NO_BASIS else basis)

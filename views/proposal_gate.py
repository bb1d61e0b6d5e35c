"""The sections of a draft that answer for it: Test climat, ADS+, and what makes it mandatory."""

from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio import texts
from portfolio.criterion import Framework, GateQuestion
from portfolio.project import LegalBasis, Project
from portfolio.registry import Registry
from views.look.components import plain, said
from views.parts import group_words
from views.proposal_fields import Fields, answer_to, put_answer

NO_BASIS = LegalBasis("")


def gate(fields: Fields, project: Project, registry: Registry, framework: Framework) -> Project:
    """The questions every proposal answers, beside the scores."""
    desk = fields.desk
    for group in dict.fromkeys(question.group for question in framework.questions):
        asked = [question for question in framework.questions if question.group == group]
        answered = sum(bool(answer_to(project, question.key).answer) for question in asked)
        st.subheader(group_words(desk, group), anchor=False)
        st.caption(desk.text("proposals.gate_state", done=answered, n=len(asked)))
        for question in asked:
            with st.container(border=True):
                project = _answered(fields, project, question)
    return project


def _answered(fields: Fields, project: Project, question: GateQuestion) -> Project:
    language, at = fields.desk.language, answer_to(project, question.key)
    titles = {"": fields.label("pick_answer")}
    titles |= {choice.key: choice.in_(language) for choice in question.answers}
    project = fields.one(
        project, question.key, plain(question.title.in_(language)), list(titles), at.answer,
        partial(put_answer, question.key, "answer"), lambda key: titles.get(key, key),
    )
    st.caption(said(question.help.in_(language)))
    return fields.line(
        project, f"{question.key}_comment", fields.label("gate_comment"), at.comment,
        partial(put_answer, question.key, "comment"),
    )


def legal(fields: Fields, project: Project, registry: Registry, framework: Framework) -> Project:
    """What makes the project mandatory, and the proof of it."""
    if not project.is_mandatory:
        st.markdown(fields.label("legal_only_mandatory"))
    at = project.legal_basis or NO_BASIS
    law, article, when = st.columns([3, 2, 1])
    with law:
        put = partial(_put_legal, "law", texts.LINE)
        project = fields.line(project, "law_law", fields.label("law"), at.law, put)
    with article:
        put = partial(_put_legal, "article", texts.LINE)
        project = fields.line(project, "law_article", fields.label("article"), at.article, put)
    with when:
        project = fields.day(project, "law_on", fields.label("law_on"), at.on, _put_day)
    project = fields.area(
        project, "law_proof", fields.label("proof"), at.proof,
        partial(_put_legal, "proof", texts.TEXT), fields.help("proof"),
    )
    project = fields.lock(project, "proof")
    st.caption(fields.label("who_may_read"))
    return project


def _put_legal(name: str, longest: int, project: Project, value: str) -> Project:
    """The project with that part of its legal basis; none of it is no legal basis."""
    basis = project.legal_basis or NO_BASIS
    return _with(project, replace(basis, **{name: texts.held(name, value, longest)}))


def _put_day(project: Project, value: object) -> Project:
    return _with(project, replace(project.legal_basis or NO_BASIS, on=value))


def _with(project: Project, basis: LegalBasis) -> Project:
    return replace(project, legal_basis=None if basis == NO_BASIS else basis)

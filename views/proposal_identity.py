"""The sections of a draft that say what it is, why, and what it serves."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio.criterion import Framework
from portfolio.project import Category, Project, Sensitivity, Tag
from portfolio.registry import Registry
from views.proposal_draft import put_choice
from views.proposal_fields import Fields

GRIDS = ("ambition", "assise", "priorite")


def identity(
    fields: Fields, project: Project, registry: Registry, framework: Framework
) -> Project:
    """Who proposes, what kind of project it is, when it may start, what it costs to run."""
    left, right = st.columns(2, gap="large")
    with left:
        for name in ("title", "title_en", "service"):
            project = fields.own_line(project, name)
        project = fields.own_line(project, "sponsor")
        project = fields.lock(project, "sponsor")
    with right:
        project = fields.own_kind(project, "category", Category)
        project = fields.own_kind(project, "sensitivity", Sensitivity)
        labels = registry.cycle.horizon.labels()
        for name in ("earliest", "latest", "deadline"):
            if name != "deadline" or project.is_mandatory:
                project = fields.own_period(project, name, labels)
        project = fields.money(
            project, "operating_cost", fields.label("operating_cost"), project.operating_cost,
            put_choice("operating_cost"), low=None, help=fields.help("operating_cost"),
        )
    st.caption(fields.label("who_may_read"))
    return project


def need(fields: Fields, project: Project, registry: Registry, framework: Framework) -> Project:
    """What is wrong today, what will have changed, for whom, and what could prevent it."""
    for name in ("problem", "outcome", "beneficiaries", "risks"):
        project = fields.own_area(project, name)
        if name != "beneficiaries":
            project = fields.lock(project, name)
    st.caption(fields.label("who_may_read"))
    return project


def marks(fields: Fields, project: Project, registry: Registry, framework: Framework) -> Project:
    """What the project serves, on every grid."""
    language = fields.desk.language
    titles = {
        "ambition": {leaf.key: leaf.title.in_(language) for leaf in framework.leaves},
        "assise": {mark.key: mark.title.in_(language) for mark in framework.assise},
        "priorite": {str(p.number): p.title.in_(language) or "—" for p in framework.priorities},
    }
    for grid in GRIDS:
        if titles[grid]:
            before = [tag.key for tag in project.tags if tag.grid == grid]
            put = partial(_put_marks, grid)
            project = fields.several(project, grid, titles[grid], before, put)
    return project


def _put_marks(grid: str, project: Project, picked: Iterable[str]) -> Project:
    """The project with these marks on that grid, and its marks on the others."""
    tags = [tag for tag in project.tags if tag.grid != grid]
    tags += [Tag(grid, key) for key in picked]
    return project if set(tags) == set(project.tags) else replace(project, tags=tuple(tags))

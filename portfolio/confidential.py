"""Who reads the confidential fields of a proposal, and what the others are shown instead."""

from dataclasses import fields, replace
from typing import Any

from portfolio.person import Person, Role
from portfolio.project import Project

JUDGES = (Role.ARCHITECT, Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR)
_BLANK: dict[str, Any] = {  # a field holds whatever it is for
    field.name: field.default for field in fields(Project)
}


def reads_all(by: Person, project: Project) -> bool:
    """Whether the person reads every field: the lead, and those who judge or keep order."""
    return project.lead == by.code or by.has(*JUDGES)


def veiled(by: Person, project: Project) -> Project:
    """The project as the person may read it: what is confidential is not given to her."""
    if not project.confidential or reads_all(by, project):
        return project
    shown = replace(project, **{name: _BLANK[name] for name in project.confidential - {"proof"}})
    if "proof" in project.confidential and shown.legal_basis is not None:
        return replace(shown, legal_basis=replace(shown.legal_basis, proof=""))
    return shown

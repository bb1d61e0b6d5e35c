"""Cycles: which there are, and what is known in one, as far as the person may see it."""

from dataclasses import replace

from data.store import Store
from portfolio import judgement
from portfolio.cycle import Cycle
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from portfolio.registry import Registry
from services.permission import EVERYONE, allowed

SEES_ALL = (Role.ARCHITECT, Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR)


@allowed(*EVERYONE)
def cycles(store: Store, by: Person) -> tuple[Cycle, ...]:
    """Every cycle."""
    with store.reading() as work:
        return work.cycles()


@allowed(*EVERYONE)
def registry(store: Store, by: Person, cycle: str) -> Registry:
    """Everything of the cycle that the person may see.

    Drafts are seen by those who write them, and by administrators. Ratings, ballots and conflicts
    are left out for people who neither score nor run the session; the others read what was
    revealed, and their own.
    """
    with store.reading() as work:
        whole = work.registry(cycle)
    seen = replace(whole, projects=tuple(p for p in whole.projects if sees(by, p)))
    if by.has(*SEES_ALL):
        return judgement.blind(seen, by.code)
    return replace(seen, evaluations=(), ballots=(), conflicts=())


def sees(by: Person, project: Project) -> bool:
    """Whether the person may see the project: a draft is its author's until it is submitted."""
    is_theirs = project.lead == by.code
    return is_theirs or project.stage is not Stage.DRAFT or by.has(Role.ADMINISTRATOR)

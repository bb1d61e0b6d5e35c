"""Proposals: write one, submit it, withdraw it."""

from dataclasses import replace

from data.store import Act, Store
from portfolio.errors import Forbidden, Refusal
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from services.permission import allowed

NEXT = {
    Stage.DRAFT: {Stage.SUBMITTED, Stage.WITHDRAWN},
    Stage.SENT_BACK: {Stage.SUBMITTED, Stage.WITHDRAWN},
    Stage.SUBMITTED: {Stage.WITHDRAWN},
    Stage.ADMISSIBLE: {Stage.WITHDRAWN},
    Stage.WITHDRAWN: {Stage.DRAFT},
}  # what a lead may do with a proposal; the committee's steps come with its decisions
WRITABLE = frozenset({Stage.DRAFT, Stage.SENT_BACK})


@allowed(Role.LEAD)
def save(
    store: Store, by: Person, cycle: str, project: Project, request: str | None = None
) -> Project:
    """Save a draft of one's own; Stale when it was saved elsewhere since it was read.

    Raises Forbidden for someone else's proposal, Refusal("not-a-draft") once it was submitted.
    """
    mine = replace(project, lead=project.lead or by.code)
    _own(by, mine)
    with store.writing(Act(by.code, Role.LEAD, "proposals.save", request)) as work:
        if mine.version:
            before = work.project(cycle, mine.code)
            _own(by, before)
            if before.stage not in WRITABLE:
                raise Refusal("not-a-draft", found=before.stage)
        saved: Project = work.save(cycle, mine)
        return saved


@allowed(Role.LEAD)
def move(
    store: Store, by: Person, cycle: str, project: Project, to: Stage, request: str | None = None
) -> Project:
    """Submit, withdraw or take up again a proposal of one's own.

    ``project`` as it was read: Stale when it changed since. Refusal("stage-order") when the
    stage cannot follow.
    """
    _own(by, project)
    if to not in NEXT.get(project.stage, set()):
        raise Refusal("stage-order", before=project.stage, after=to)
    with store.writing(Act(by.code, Role.LEAD, f"proposals.{to}", request)) as work:
        _own(by, work.project(cycle, project.code))
        saved: Project = work.save(cycle, replace(project, stage=to))
        return saved


def _own(by: Person, project: Project) -> None:
    if project.lead != by.code:
        raise Forbidden("not-yours", found=project.code)

"""An architect's opinion on a proposal, and what its debts become in the register."""

from dataclasses import dataclass, replace
from datetime import date

from data.store import Act, Store, Work
from portfolio import texts
from portfolio.debt import DebtItem, Remedy
from portfolio.dossier import Intake, Opinion, effect_key
from portfolio.errors import Invalid, Refusal
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import DebtEffect, Estimate, Project
from services import debt_acts, notices, submissions
from services.dossiers import under_review
from services.permission import allowed

ARCHITECTS = (Role.ARCHITECT,)


@dataclass(frozen=True, slots=True)
class Priced:
    """What a debt that a project would create costs: cents to repay, cents a year to keep."""

    principal: int
    interest: int


@allowed(*ARCHITECTS, others=ARCHITECTS)
def advise(
    store: Store, by: Person, cycle: str, opinion: Opinion, request: str | None = None
) -> Opinion:
    """Give an opinion on the last submission, or change it; Stale when it changed since.

    opinion   its ``number`` is that of the submission that was read (1 for a proposal that came in
              by import): Refusal("submission-newer") when there is a later one
    """
    with store.writing(Act(by.code, Role.ARCHITECT, "opinions.advise", request)) as work:
        project = work.project(cycle, opinion.project)
        under_review(by, project)
        last = submissions.last(work, cycle, project).number
        if opinion.number != last:
            raise Refusal("submission-newer", found=opinion.number, accepted=last)
        saved: Opinion = work.save(cycle, replace(
            opinion,
            reason=texts.held("reason", opinion.reason.strip(), texts.TEXT),
            conditions=texts.held("conditions", opinion.conditions.strip(), texts.TEXT),
            by=by.code,
            at=submissions.moment(work),
        ))  # fmt: skip
        to = (project.lead, *notices.holding(work, Role.FACILITATOR))
        notices.tell(
            work, NoticeKind.OPINION, to, cycle, project.code, title=project.title,
            verdict=str(saved.verdict),
        )  # fmt: skip
        return saved


@allowed(*ARCHITECTS, others=ARCHITECTS)
def take_in(
    store: Store, by: Person, cycle: str, project: str, effect: DebtEffect, today: date,
    priced: Priced | None = None, request: str | None = None,
) -> Intake:  # fmt: skip
    """Let a debt that the project says it would retire, or create, enter the register.

    What it retires becomes a remedy of the item, for the share it says. What it would create
    becomes an item, promised until the project is approved: ``priced`` says what it costs.
    Refusal("effect-changed") when the project no longer says so.
    """
    with store.writing(Act(by.code, Role.ARCHITECT, "opinions.take_in", request)) as work:
        known = _said(work, by, cycle, project, effect)
        before = _before(work, cycle, project, effect)
        if effect.is_created:
            debt = _created(work, cycle, known, effect, priced, before, today)
        else:
            debt = _retired(work, cycle, known, effect)
        return _judged(work, cycle, known, effect, before, debt=debt)


@allowed(*ARCHITECTS, others=ARCHITECTS)
def decline(
    store: Store, by: Person, cycle: str, project: str, effect: DebtEffect, reason: str,
    request: str | None = None,
) -> Intake:  # fmt: skip
    """Leave it out of the register, and say why; Refusal("taken-in") once it is there."""
    act = Act(by.code, Role.ARCHITECT, "opinions.decline", request, reason.strip())
    with store.writing(act) as work:
        known = _said(work, by, cycle, project, effect)
        before = _before(work, cycle, project, effect)
        if before is not None and before.is_taken:
            raise Refusal("taken-in", found=before.debt)
        said = texts.held("reason", reason.strip(), texts.TEXT)
        if not said:
            raise Invalid("reason-needed", field="reason")
        return _judged(work, cycle, known, effect, before, reason=said)


def _said(work: Work, by: Person, cycle: str, project: str, effect: DebtEffect) -> Project:
    known = work.project(cycle, project)
    under_review(by, known)
    if effect not in known.debt_effects:
        raise Refusal("effect-changed", found=effect.debt or effect.title)
    return known


def _before(work: Work, cycle: str, project: str, effect: DebtEffect) -> Intake | None:
    return next(iter(work.every(Intake, cycle, project, effect_key(effect))), None)


def _retired(work: Work, cycle: str, project: Project, effect: DebtEffect) -> str:
    item = work.one(DebtItem, cycle, effect.debt)
    others = tuple(remedy for remedy in item.remedies if remedy.project != project.code)
    after = next((r.after for r in item.remedies if r.project == project.code), None)
    changed = replace(item, remedies=(*others, Remedy(project.code, effect.share, after)))
    debt_acts.check(changed, work.registry(cycle))
    if changed != item:
        work.save(cycle, changed)
    return item.code


def _created(
    work: Work, cycle: str, project: Project, effect: DebtEffect, priced: Priced | None,
    before: Intake | None, today: date,
) -> str:  # fmt: skip
    if priced is None:
        raise Invalid("empty", field="principal")
    registry = work.registry(cycle)
    principal, interest = Estimate(priced.principal), Estimate(priced.interest)
    known = work.every(DebtItem, cycle, before.debt) if before and before.is_taken else ()
    if known:
        item = replace(known[0], principal=principal, interest=interest)
    else:
        item = DebtItem(
            debt_acts.next_code(registry), effect.title, effect.system, principal, interest,
            created_by=project.code, basis=effect.note, logged_on=today,
        )  # fmt: skip
    debt_acts.check(item, registry)
    saved: DebtItem = work.save(cycle, item)
    return saved.code


def _judged(
    work: Work, cycle: str, project: Project, effect: DebtEffect, before: Intake | None,
    debt: str = "", reason: str = "",
) -> Intake:  # fmt: skip
    judged = Intake(
        project.code, effect_key(effect), effect.share, effect.principal, bool(debt),
        work.act.actor, submissions.moment(work), debt, reason,
        version=before.version if before else 0,
    )  # fmt: skip
    saved: Intake = work.save(cycle, judged)
    return saved

"""What a decision does once it takes effect: the stage, the promise, the debts, and who is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from data.store import Work
from portfolio.debt import DebtItem
from portfolio.decision import Decision, Verb
from portfolio.dossier import Intake, effect_key
from portfolio.notice import NoticeKind
from portfolio.person import Role
from portfolio.project import Estimate, Project, Stage
from services import debt_acts, notices, promises
from services.submissions import moment

STAGES: Mapping[Verb, Stage] = {
    Verb.APPROVED: Stage.APPROVED,
    Verb.CONDITIONAL: Stage.APPROVED,
    Verb.ACCELERATED: Stage.APPROVED,
    Verb.DEFERRED: Stage.DEFERRED,
    Verb.REFUSED: Stage.REFUSED,
    Verb.SENT_BACK: Stage.SENT_BACK,
    Verb.PAUSED: Stage.PAUSED,
    Verb.TERMINATED: Stage.TERMINATED,
}


def take(work: Work, cycle: str, decision: Decision, today: date) -> None:
    """Let the decision take effect, in the transaction that closes the meeting or takes it.

    A debt that the project creates, and the architect took in, counts by the stage alone (see
    ``standing_debts``); one that nobody looked at enters the register as the project said it.
    """
    project = work.project(cycle, decision.project)
    stage = STAGES[decision.verb]
    if project.stage is not stage:
        project = work.save(cycle, replace(project, stage=stage))
    if decision.verb.goes_ahead:
        promises.promised(work, cycle, decision)
        _enter(work, cycle, project, today)
    notices.tell(
        work, NoticeKind.DECIDED, (project.lead,), cycle, project.code, title=project.title,
        verb=str(decision.verb),
    )  # fmt: skip


def _enter(work: Work, cycle: str, project: Project, today: date) -> None:
    """The debts it would create on which no architect ruled, as far as it said what they are."""
    judged = {one.effect for one in work.every(Intake, cycle, project.code)}
    new = [e for e in project.debt_effects if e.is_created and effect_key(e) not in judged]
    if not new:
        return
    entered = 0
    for effect in new:
        registry = work.registry(cycle)
        if effect.system not in {one.code for one in registry.systems}:
            continue
        item = DebtItem(
            debt_acts.next_code(registry), effect.title, effect.system,
            Estimate(effect.principal or 0), Estimate(0), created_by=project.code,
            basis=effect.note, logged_on=today,
        )  # fmt: skip
        saved = work.save(cycle, item)
        work.save(cycle, Intake(
            project.code, effect_key(effect), effect.share, effect.principal, True,
            work.act.actor, moment(work), saved.code,
        ))  # fmt: skip
        entered += 1
    architects = notices.holding(work, Role.ARCHITECT)
    notices.tell(
        work, NoticeKind.DEBTS_CREATED, architects, cycle, project.code, title=project.title,
        n=entered, left=len(new) - entered,
    )  # fmt: skip

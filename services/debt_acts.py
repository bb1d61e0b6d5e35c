"""What people do with a debt item: log it, edit it, and move it along its path."""

import re
from dataclasses import dataclass, replace
from datetime import date

from data.store import Act, Store
from portfolio import standing_debts
from portfolio.debt import DebtItem, DebtStatus, Remedy
from portfolio.errors import Invalid, Missing, Refusal
from portfolio.person import Person, Role
from portfolio.registry import Registry
from services import acceptances
from services.permission import allowed

EDITORS = (Role.ARCHITECT, Role.ADMINISTRATOR)
NEXT = {
    DebtStatus.OPEN: (
        DebtStatus.PLANNED, DebtStatus.IN_REMEDIATION, DebtStatus.RETIRED,
        DebtStatus.FALSE_POSITIVE, DebtStatus.DUPLICATE,
    ),
    DebtStatus.PLANNED: (
        DebtStatus.IN_REMEDIATION, DebtStatus.RETIRED, DebtStatus.OPEN,
        DebtStatus.FALSE_POSITIVE, DebtStatus.DUPLICATE,
    ),
    DebtStatus.IN_REMEDIATION: (
        DebtStatus.RETIRED, DebtStatus.PLANNED, DebtStatus.OPEN,
        DebtStatus.FALSE_POSITIVE, DebtStatus.DUPLICATE,
    ),
    DebtStatus.ACCEPTED: (
        DebtStatus.RETIRED, DebtStatus.FALSE_POSITIVE, DebtStatus.DUPLICATE,
    ),
    DebtStatus.RETIRED: (DebtStatus.OPEN,),
    DebtStatus.FALSE_POSITIVE: (DebtStatus.OPEN,),
    DebtStatus.DUPLICATE: (DebtStatus.OPEN,),
}  # accepted is reached by a decision, and left for open by ``acceptances.reactivate``
REASONED = frozenset({DebtStatus.FALSE_POSITIVE, DebtStatus.OPEN})  # moves that say why
BY_ACTS = ("status", "logged_on", "closed_on", "duplicate_of")  # what editing leaves alone
FIGURES = (
    "system", "principal", "interest", "principal_growth", "interest_growth", "loss", "loss_after",
    "p_before", "p_after", "support_end", "interest_given",
)  # what an item's cost follows from: changing one of them says why
_NUMBERED = re.compile(r"(\D*)(\d+)")


@dataclass(frozen=True, slots=True)
class Step:
    """Where an item goes, and what that move asks.

    reason    why: asked of a false positive, and of what is opened again
    on        retired: the day it was; planned without a project: the day it should be done by
    project   retired: which project did it; "" = another way, which the reason tells
    of        duplicate: the item that stays
    """

    to: DebtStatus
    reason: str = ""
    on: date | None = None
    project: str = ""
    of: str = ""


def next_code(registry: Registry) -> str:
    """The code after the last, in the way the cycle's items are numbered."""
    numbered = [found for d in registry.debts if (found := _NUMBERED.fullmatch(d.code))]
    if not numbered:
        return "D01"
    prefix = numbered[-1][1]
    last = max((found for found in numbered if found[1] == prefix), key=lambda f: int(f[2]))
    return f"{prefix}{int(last[2]) + 1:0{len(last[2])}d}"


def following(item: DebtItem, registry: Registry, today: date) -> tuple[DebtStatus, ...]:
    """The statuses that may follow, the likeliest first; a promised item has no path yet."""
    if is_promised(item, registry):
        return ()
    return NEXT[standing_debts.status_on(item, registry.acceptances, today)]


def is_promised(item: DebtItem, registry: Registry) -> bool:
    """Whether the item is still only promised by a project that is not approved."""
    return item.code in {d.code for d in standing_debts.promised(registry)}


@allowed(*EDITORS)
def log(
    store: Store, by: Person, cycle: str, item: DebtItem, today: date, reason: str = ""
) -> DebtItem:
    """Put a new item in the register, open, logged today; Invalid("code-taken") with a free one."""
    with store.writing(Act(by.code, role_of(by), "debts.log", reason=reason)) as work:
        registry = work.registry(cycle)
        if item.code in {d.code for d in registry.debts}:
            free = next_code(registry)
            raise Invalid("code-taken", field="code", found=item.code, accepted=free)
        check(item, registry)
        new = replace(
            item, status=DebtStatus.OPEN, logged_on=today, closed_on=None, duplicate_of="",
            version=0,
        )
        return work.save(cycle, new)


@allowed(*EDITORS)
def save(store: Store, by: Person, cycle: str, item: DebtItem, reason: str = "") -> DebtItem:
    """Save an item that is in the register; Stale when someone saved it since it was read.

    What acts decide (status, days, duplicate of) stays as it is kept. Invalid("reason-needed")
    when its figures change and nobody says why.
    """
    with store.writing(Act(by.code, role_of(by), "debts.save", reason=reason)) as work:
        registry = work.registry(cycle)
        kept = work.one(DebtItem, cycle, item.code)
        changed = replace(item, **{name: getattr(kept, name) for name in BY_ACTS})
        check(changed, registry)
        is_same = all(getattr(kept, name) == getattr(changed, name) for name in FIGURES)
        if item.version == kept.version and not is_same and not reason.strip():
            raise Invalid("reason-needed", field="reason")
        return work.save(cycle, changed)


@allowed(*EDITORS)
def move(
    store: Store, by: Person, cycle: str, item: DebtItem, step: Step, today: date
) -> DebtItem:
    """Take the item one step further; only what the step says changes.

    item   as it was read: Stale when it changed since
    Refusal("status-order") when the step cannot follow; Invalid when what it asks is not given.
    """
    act = Act(by.code, role_of(by), f"debts.{step.to}", reason=told(step))
    with store.writing(act) as work:
        registry = work.registry(cycle)
        kept = work.one(DebtItem, cycle, item.code)
        if step.to not in following(kept, registry, today):
            before = standing_debts.status_on(kept, registry.acceptances, today)
            raise Refusal("status-order", before=before, after=step.to)
        moved = replace(_moved(kept, step, registry, today), version=item.version)
        saved = work.save(cycle, moved)
        if kept.status is DebtStatus.ACCEPTED:
            acceptances.end(work, cycle, kept.code, by, today)
        return saved


def told(step: Step) -> str:
    """What the journal keeps of why: the project or item named, then the reason."""
    return " – ".join(part for part in (step.project or step.of, step.reason.strip()) if part)


def _moved(item: DebtItem, step: Step, registry: Registry, today: date) -> DebtItem:
    if step.to in REASONED and not step.reason.strip():
        raise Invalid("reason-needed", field="reason")
    moved = replace(item, status=step.to, closed_on=None, duplicate_of="")
    match step.to:
        case DebtStatus.PLANNED:
            return _planned(moved, step, today)
        case DebtStatus.RETIRED:
            return _retired(moved, step, registry, today)
        case DebtStatus.DUPLICATE:
            _check_original(item, step.of, registry)
            return replace(moved, closed_on=today, duplicate_of=step.of)
        case DebtStatus.FALSE_POSITIVE:
            return replace(moved, closed_on=today)
    return moved


def _planned(item: DebtItem, step: Step, today: date) -> DebtItem:
    if not item.remedies and step.on is None:
        raise Invalid("no-plan", field="remedies")
    if step.on is not None and step.on < today:
        raise Invalid("too-early", field="on", found=step.on, accepted=today)
    return item if step.on is None else replace(item, review_on=step.on)


def _retired(item: DebtItem, step: Step, registry: Registry, today: date) -> DebtItem:
    """The project that did it becomes one of its remedies, where it was not foreseen."""
    on = step.on or today
    if on > today:
        raise Invalid("not-yet", field="closed_on", found=on, accepted=today)
    if item.logged_on is not None and on < item.logged_on:
        raise Invalid("too-early", field="closed_on", found=on, accepted=item.logged_on)
    if not step.project and not step.reason.strip():
        raise Invalid("retired-how", field="project")
    remedies = item.remedies
    if step.project and step.project not in {r.project for r in remedies}:
        _known("project", step.project, {p.code for p in registry.projects})
        remedies = (*remedies, Remedy(step.project))
    return replace(item, closed_on=on, remedies=remedies)


def _check_original(item: DebtItem, of: str, registry: Registry) -> None:
    """What a duplicate points to stays in the register, and is no duplicate itself."""
    others = (d for d in registry.debts if d.code != item.code)
    _known("duplicate_of", of, {d.code for d in others if d.status is not DebtStatus.DUPLICATE})


def check(item: DebtItem, registry: Registry) -> None:
    """What the item names is there: Missing or Invalid when not."""
    if item.system not in {system.code for system in registry.systems}:
        raise Missing("no-such-system", found=item.system)
    projects = {project.code for project in registry.projects}
    for remedy in item.remedies:
        _known("remedies", remedy.project, projects)
    if item.created_by:
        _known("created_by", item.created_by, projects)
        if item.created_by in {r.project for r in item.remedies}:
            raise Invalid("creates-and-retires", field="created_by", found=item.created_by)
    if item.standalone_envelope:
        envelopes = {envelope.code for envelope in registry.cycle.envelopes}
        _known("standalone_envelope", item.standalone_envelope, envelopes)


def _known(field: str, code: str, codes: set[str]) -> None:
    if code not in codes:
        raise Invalid("unknown-code", field=field, found=code)


def role_of(by: Person) -> Role:
    """In which role someone edits the register."""
    return Role.ARCHITECT if by.has(Role.ARCHITECT) else Role.ADMINISTRATOR

"""Proposals: write one, withdraw it, take it up again; and what its variants would take."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from data import factors as shipped
from data.store import Act, Reading, Store
from portfolio import texts
from portfolio.errors import Forbidden, Refusal, Stale
from portfolio.footprint import Factor
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import Project, Stage, Variant
from portfolio.rules import Synergy
from scoring import footprint
from services import notices
from services.permission import allowed

NEXT = {
    Stage.DRAFT: {Stage.WITHDRAWN},
    Stage.SENT_BACK: {Stage.WITHDRAWN},
    Stage.SUBMITTED: {Stage.WITHDRAWN},
    Stage.ADMISSIBLE: {Stage.WITHDRAWN},
    Stage.WITHDRAWN: {Stage.DRAFT},
}  # what a lead may do with a proposal beside submitting it, before it is decided
WRITABLE = frozenset({Stage.DRAFT, Stage.SENT_BACK})  # and so may be submitted
SCREENERS = (Role.FACILITATOR, Role.ADMINISTRATOR)  # who receive proposals and screen them
BASE = "base"
_NUMBERED = re.compile(r"(\D*)(\d+)")


@dataclass(frozen=True, slots=True)
class Series:
    """Money of one envelope, or days of one team, by period of the project's life.

    by_period   cents or person-days; None = none given there
    """

    code: str
    by_period: tuple[float | None, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Taken:
    """What a variant would take: cents and person-days; None = not given."""

    variant: Variant
    low: int | None
    likely: int | None
    high: int | None
    days: float | None
    money: tuple[Series, ...]
    effort: tuple[Series, ...]


def base_of(project: Project) -> Variant | None:
    """The variant called base, else the first; None when there is none."""
    named = (variant for variant in project.variants if variant.code == BASE)
    return next(named, project.variants[0] if project.variants else None)


def taken_by(project: Project) -> tuple[Taken, ...]:
    """What each variant of the project would take, in order."""
    return tuple(_taken(variant) for variant in project.variants)


def saved_by(synergy: Synergy) -> int:
    """Cents that the synergy saves over the horizon, in every envelope."""
    return round(100 * sum(sum(series) for series in synergy.saving.values()))


def _taken(variant: Variant) -> Taken:
    amounts = [spend.amount for spend in variant.spends]
    low = sum(a.likely if a.low is None else a.low for a in amounts)
    high = sum(a.likely if a.high is None else a.high for a in amounts)
    return Taken(
        variant,
        low if amounts else None,
        variant.cost,
        high if amounts else None,
        days=sum(effort.days for effort in variant.efforts) if variant.efforts else None,
        money=_series((s.envelope, s.period, s.amount.likely) for s in variant.spends),
        effort=_series((e.team, e.period, e.days) for e in variant.efforts),
    )


def _series(given: Iterable[tuple[str, int, float]]) -> tuple[Series, ...]:
    by_code: dict[str, dict[int, float]] = {}
    for code, period, amount in given:
        by_code.setdefault(code, {})[period] = amount
    length = max((max(periods) + 1 for periods in by_code.values()), default=0)
    return tuple(
        Series(code, tuple(periods.get(p) for p in range(length)), sum(periods.values()))
        for code, periods in by_code.items()
    )


@allowed(Role.LEAD)
def begin(store: Store, by: Person, cycle: str, title: str, request: str | None = None) -> Project:
    """A new draft of one's own under the next free code, with a base variant to fill in."""
    act = Act(by.code, Role.LEAD, "proposals.begin", request)
    with store.writing(act) as work:
        code = _next_code(work, cycle)
        draft = Project(
            code, title, lead=by.code, stage=Stage.DRAFT, variants=(Variant(BASE, duration=None),)
        )
        saved: Project = work.save(cycle, draft)
        return saved


def _next_code(work: Reading, cycle: str) -> str:
    """The code after the last, in the way most of the cycle's codes are written."""
    codes = [project.code for project in work.every(Project, cycle)]
    numbered = [found for code in codes if (found := _NUMBERED.fullmatch(code))]
    if not numbered:
        return "P01"
    prefix = Counter(found[1] for found in numbered).most_common(1)[0][0]
    last = max((found for found in numbered if found[1] == prefix), key=lambda f: int(f[2]))
    return f"{prefix}{int(last[2]) + 1:0{len(last[2])}d}"


@allowed(Role.LEAD, own=(Role.LEAD,))
def save(
    store: Store, by: Person, cycle: str, project: Project, request: str | None = None
) -> Project:
    """Save a draft of one's own; Stale when it was saved, or submitted, since it was read.

    Raises Forbidden for someone else's proposal, Refusal("not-a-draft") once it was submitted,
    Refusal("stage-order") when it says another stage: that takes an act of its own;
    Invalid("unknown-item") for a quantity of a kind that no factor knows.
    """
    mine = texts.tidy(replace(project, lead=project.lead or by.code))
    own(by, mine)
    with store.writing(Act(by.code, Role.LEAD, "proposals.save", request)) as work:
        stage = Stage.DRAFT
        for before in work.every(Project, cycle, mine.code):
            own(by, before)
            stage = before.stage
            if stage not in WRITABLE and before.version != mine.version:
                raise Stale("stale", yours=mine, theirs=before)
        if stage not in WRITABLE:
            raise Refusal("not-a-draft", found=stage)
        if mine.stage is not stage:
            raise Refusal("stage-order", before=stage, after=mine.stage)
        footprint.of(mine.quantities, shipped.in_force(work.every(Factor, cycle)))
        saved: Project = work.save(cycle, mine)
        return saved


@allowed(Role.LEAD, own=(Role.LEAD,))
def move(
    store: Store, by: Person, cycle: str, project: Project, to: Stage, request: str | None = None
) -> Project:
    """Withdraw a proposal of one's own, or take it up again as a draft.

    ``project`` as it was read: Stale when it changed since. Refusal("stage-order") when the
    stage cannot follow. Only the stage changes.
    """
    with store.writing(Act(by.code, Role.LEAD, f"proposals.{to}", request)) as work:
        before = work.project(cycle, project.code)
        own(by, before)
        if to not in NEXT.get(before.stage, set()):
            raise Refusal("stage-order", before=before.stage, after=to)
        moved = replace(before, stage=to, version=project.version)
        saved: Project = work.save(cycle, moved)
        if to is Stage.WITHDRAWN and before.stage is not Stage.DRAFT:
            screeners = notices.holding(work, *SCREENERS)
            notices.tell(
                work, NoticeKind.WITHDRAWN, screeners, cycle, saved.code, title=saved.title
            )
        return saved


def own(by: Person, project: Project) -> None:
    """Forbidden("not-yours") for someone else's proposal."""
    if project.lead != by.code:
        raise Forbidden("not-yours", found=project.code)

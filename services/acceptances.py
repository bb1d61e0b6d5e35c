"""Acceptances: someone asks to live with a debt for a time, someone else decides, it expires."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.store import Act, Reading, Store, Work
from portfolio import acceptance, standing_debts
from portfolio.acceptance import Acceptance, Ruling, Standing
from portfolio.debt import DebtItem, DebtStatus
from portfolio.errors import Forbidden, Invalid, Refusal
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.registry import Registry
from services import notices
from services.permission import allowed

# Beyond three years neither the amounts nor the control can be held true without a new look.
LONGEST = timedelta(days=3 * 365 + 1)
DECIDERS = (Role.ARCHITECT, Role.ADMINISTRATOR, Role.MEMBER)
ACCEPTABLE = frozenset({DebtStatus.OPEN, DebtStatus.PLANNED, DebtStatus.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: to live with a debt until a day, why, and what is done meanwhile."""

    debt: str
    reason: str
    control: str
    expires: date


@dataclass(frozen=True, slots=True)
class Held:
    """One item that is accepted, was until lately, or is asked to be.

    until       the last day; None = none in force, or accepted before requests were kept
    days_left   until then; below 0 once it has expired
    asked       the request that waits for a decision
    """

    item: DebtItem
    standing: Standing
    until: date | None = None
    days_left: int | None = None
    asked: Acceptance | None = None

    @property
    def is_ending(self) -> bool:
        """Whether it is accepted no longer, or soon will not be."""
        is_accepted = self.item.status is DebtStatus.ACCEPTED
        return is_accepted and self.standing in (Standing.EXPIRING, Standing.EXPIRED)


def held(registry: Registry, today: date) -> tuple[Held, ...]:
    """Every counted item that is accepted or asked to be, the first to expire first."""
    counted = standing_debts.counted(registry)
    found = (held_of(item, registry, today) for item in counted)
    kept = [h for h in found if h.asked or h.item.status is DebtStatus.ACCEPTED]
    return tuple(sorted(kept, key=lambda h: (h.until is None, h.until or today)))


def held_of(item: DebtItem, registry: Registry, today: date) -> Held:
    """Where the acceptance of one item stands."""
    own = acceptance.of(registry.acceptances, item.code)
    is_accepted = item.status is DebtStatus.ACCEPTED
    ends = [a.expires for a in own if a.ruling is Ruling.GRANTED] if is_accepted else []
    until = max(ends, default=None)
    return Held(
        item,
        acceptance.standing(own, item.code, today),
        until,
        (until - today).days if until else None,
        next((a for a in own if a.ruling is Ruling.ASKED), None),
    )


def may_be_asked(item: DebtItem, registry: Registry, today: date) -> bool:
    """Whether someone can ask to live with the item: it counts, and nothing is asked yet."""
    return (
        item in standing_debts.counted(registry)
        and item.status in ACCEPTABLE
        and held_of(item, registry, today).asked is None
    )


@allowed(Role.ARCHITECT)
def ask(store: Store, by: Person, cycle: str, wish: Wish, today: date) -> Acceptance:
    """Ask to live with a debt, or for more time while an acceptance still holds.

    Refusal("already-asked") while a request waits; Invalid for a day gone by or beyond LONGEST.
    """
    with store.writing(Act(by.code, Role.ARCHITECT, "acceptances.ask")) as work:
        item = _acceptable(work, cycle, wish.debt)
        own = acceptance.of(work.registry(cycle).acceptances, item.code)
        if any(a.ruling is Ruling.ASKED for a in own):
            raise Refusal("already-asked", found=item.code)
        _refuse_day(wish.expires, today)
        deciders = notices.holding(work, *DECIDERS)
        notices.tell(
            work, NoticeKind.ACCEPTANCE_ASKED, deciders, cycle, item.code,
            title=item.title, day=wish.expires.isoformat(),
        )
        return work.save(cycle, Acceptance(
            item.code, len(own) + 1, wish.reason, wish.control, wish.expires, by.code, today
        ))


@allowed(*DECIDERS, others=DECIDERS)
def grant(
    store: Store, by: Person, cycle: str, asked: Acceptance, why: str, today: date
) -> Acceptance:
    """Accept the debt until the day asked; Forbidden("own-request") to whoever asked."""
    with store.writing(_act(by, "acceptances.grant", why)) as work:
        kept = _to_decide(work, cycle, asked, by)
        item = _acceptable(work, cycle, kept.debt)
        _refuse_day(kept.expires, today)
        if item.status is not DebtStatus.ACCEPTED:
            work.save(cycle, replace(item, status=DebtStatus.ACCEPTED))
        return _rule(work, cycle, _ruled(kept, asked, Ruling.GRANTED, by, why, today))


@allowed(*DECIDERS, others=DECIDERS)
def decline(
    store: Store, by: Person, cycle: str, asked: Acceptance, why: str, today: date
) -> Acceptance:
    """Refuse the request, and say why; one in force keeps its day."""
    with store.writing(_act(by, "acceptances.decline", _given(why))) as work:
        kept = _to_decide(work, cycle, asked, by)
        return _rule(work, cycle, _ruled(kept, asked, Ruling.DECLINED, by, why, today))


@allowed(Role.ARCHITECT, own=(Role.ARCHITECT,))
def withdraw(
    store: Store, by: Person, cycle: str, asked: Acceptance, today: date
) -> Acceptance:
    """Take back a request of one's own that nobody has decided yet."""
    with store.writing(Act(by.code, Role.ARCHITECT, "acceptances.withdraw")) as work:
        kept = _asked(work, cycle, asked)
        if kept.asked_by != by.code:
            raise Forbidden("not-yours", found=kept.debt)
        return work.save(cycle, replace(
            kept, ruling=Ruling.WITHDRAWN, ruled_on=today, version=asked.version
        ))


@allowed(*DECIDERS, others=DECIDERS)
def revoke(
    store: Store, by: Person, cycle: str, granted: Acceptance, why: str, today: date
) -> Acceptance:
    """End an acceptance before its day: the item is open again, unless another one still holds."""
    with store.writing(_act(by, "acceptances.revoke", _given(why))) as work:
        kept = work.one(Acceptance, cycle, granted.debt, granted.number)
        if kept.asked_by == by.code:
            raise Forbidden("own-request", found=kept.debt)
        if not kept.holds_on(today):
            raise Refusal("not-in-force", found=kept.debt)
        saved = _rule(work, cycle, _ruled(kept, granted, Ruling.REVOKED, by, why, today))
        item = work.one(DebtItem, cycle, kept.debt)
        others = acceptance.of(work.registry(cycle).acceptances, kept.debt)
        still = any(a.holds_on(today) for a in others if a.number != kept.number)
        if item.status is DebtStatus.ACCEPTED and not still:
            work.save(cycle, replace(item, status=DebtStatus.OPEN))
        return saved


@allowed(Role.ARCHITECT, Role.ADMINISTRATOR)
def reactivate(
    store: Store, by: Person, cycle: str, item: DebtItem, why: str, today: date
) -> DebtItem:
    """Open again an accepted item; what is in force ends: revoked, or given up by whoever asked."""
    with store.writing(_act(by, "acceptances.reactivate", _given(why))) as work:
        kept = work.one(DebtItem, cycle, item.code)
        if kept.status is not DebtStatus.ACCEPTED:
            raise Refusal("status-order", before=kept.status, after=DebtStatus.OPEN)
        opened = work.save(cycle, replace(kept, status=DebtStatus.OPEN, version=item.version))
        end(work, cycle, item.code, by, today)
        return opened


def end(work: Work, cycle: str, debt: str, by: Person, today: date) -> None:
    """End what holds of an item that is no longer accepted; the act tells why."""
    for one in acceptance.of(work.registry(cycle).acceptances, debt):
        if one.holds_on(today):
            is_own = one.asked_by == by.code
            ruling = Ruling.WITHDRAWN if is_own else Ruling.REVOKED
            whom = one.ruled_by if is_own else by.code
            work.save(cycle, replace(one, ruling=ruling, ruled_by=whom, ruled_on=today))


def _acceptable(work: Reading, cycle: str, debt: str) -> DebtItem:
    item = work.one(DebtItem, cycle, debt)
    if item.status not in ACCEPTABLE or item not in standing_debts.counted(work.registry(cycle)):
        raise Refusal("status-order", before=item.status, after=DebtStatus.ACCEPTED)
    return item


def _refuse_day(expires: date, today: date) -> None:
    if expires <= today:
        raise Invalid("too-early", field="expires", found=expires, accepted=today)
    if expires > today + LONGEST:
        raise Invalid("accepted-too-long", field="expires", found=expires, high=today + LONGEST)


def _asked(work: Reading, cycle: str, asked: Acceptance) -> Acceptance:
    kept = work.one(Acceptance, cycle, asked.debt, asked.number)
    if kept.ruling is not Ruling.ASKED:
        raise Refusal("already-ruled", found=kept.debt)
    return kept


def _to_decide(work: Reading, cycle: str, asked: Acceptance, by: Person) -> Acceptance:
    kept = _asked(work, cycle, asked)
    if kept.asked_by == by.code:
        raise Forbidden("own-request", found=kept.debt)
    return kept


def _rule(work: Work, cycle: str, ruled: Acceptance) -> Acceptance:
    """Keep the ruling, and tell whoever asked."""
    item = work.one(DebtItem, cycle, ruled.debt)
    notices.tell(
        work, NoticeKind.ACCEPTANCE_RULED, (ruled.asked_by,), cycle, item.code,
        title=item.title, ruling=ruled.ruling,
    )
    return work.save(cycle, ruled)


def _ruled(
    kept: Acceptance, read: Acceptance, ruling: Ruling, by: Person, why: str, today: date
) -> Acceptance:
    return replace(
        kept, ruling=ruling, ruled_by=by.code, ruled_on=today, ruled_why=why.strip(),
        version=read.version,
    )


def _act(by: Person, name: str, why: str) -> Act:
    role = next(role for role in DECIDERS if by.has(role))
    return Act(by.code, role, name, reason=why.strip())


def _given(why: str) -> str:
    if not why.strip():
        raise Invalid("reason-needed", field="reason")
    return why

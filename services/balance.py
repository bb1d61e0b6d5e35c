"""Balance: the debt by fiscal year, closed, as it stands, and expected with and without a plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from data.store import Act, Reading, Store
from portfolio import balance
from portfolio.balance import Shares, Year
from portfolio.choices import Start
from portfolio.errors import Invalid
from portfolio.person import Person, Role
from portfolio.plan import Plan, use
from portfolio.question import Question
from portfolio.registry import Registry
from portfolio.rules.retirement import creation
from portfolio.scenario import Scenario
from portfolio.year_end import YearEnd
from services import kept_plan
from services.permission import COMMITTEE, EVERYONE, allowed


@dataclass(frozen=True, slots=True)
class KeptDebts:
    """What a kept plan does to the debts, by the end of each period.

    kept_on   the day it was kept (ISO)
    retired   share of each debt that is retired
    made      share that is there, of each debt which a project of the plan creates
    """

    scenario: Scenario
    kept_on: str
    retired: Shares
    made: Shares


@dataclass(frozen=True, slots=True)
class BalanceView:
    """The debt by fiscal year, in cents.

    past       closed: nothing changes them        now    those that are not closed yet
    idle       the years that follow, if no project repays anything
    planned    the same under the kept plan; empty when there is none, or it is not for the person
    closable   the year that may be closed, as it would be; None = none is over
    """

    past: tuple[Year, ...]
    now: tuple[Year, ...]
    idle: tuple[Year, ...]
    planned: tuple[Year, ...]
    plan: KeptDebts | None
    closable: Year | None


@allowed(*EVERYONE)
def view(store: Store, by: Person, cycle: str, today: date) -> BalanceView:
    """The balance of the cycle's debt; what a plan repays is for the committee."""
    with store.reading() as work:
        registry = work.registry(cycle)
        plan = last_kept(work, registry) if by.has(*COMMITTEE) else None
    return of_registry(registry, plan, today)


def of_registry(registry: Registry, plan: KeptDebts | None, today: date) -> BalanceView:
    """The same, of a registry in hand."""
    past, horizon = _past(registry), registry.cycle.horizon
    now = tuple(_open_years(registry, past, today.year))
    last = (*past, *now)[-1]

    def by_year(shares: Shares) -> Shares:
        return {d: balance.by_year(s, horizon, last.year) for d, s in shares.items()}

    planned: tuple[Year, ...] = ()
    if plan is not None:
        planned = balance.expected(registry, last, by_year(plan.retired), by_year(plan.made))
    return BalanceView(
        past,
        now,
        idle=balance.expected(registry, last),
        planned=planned,
        plan=plan,
        closable=_closable(registry, past, today.year),
    )


def last_kept(work: Reading, registry: Registry) -> KeptDebts | None:
    """The plan kept last for the first scenario that has one; None when no plan was kept."""
    found = kept_plan.first(work, registry)
    if found is None:
        return None
    gone = use(found.plan, found.question).debts
    return KeptDebts(found.scenario, found.on, gone, dict(_made(found.plan, found.question)))


def _made(plan: Plan, question: Question) -> Iterator[tuple[str, tuple[float, ...]]]:
    on = question.choices()
    starts = {Start(code, *chosen) for code, chosen in plan.starts.items()}
    for debt in question.debts:
        made = [not starts.isdisjoint(creation(on, debt.code, p)) for p in range(on.periods)]
        if any(made):
            yield debt.code, tuple(map(float, made))


@allowed(Role.ARCHITECT, Role.ADMINISTRATOR)
def close_year(
    store: Store, by: Person, cycle: str, year: int, today: date, request: str | None = None
) -> YearEnd:
    """Close a fiscal year, which is the calendar year: its figures never change afterwards.

    Invalid "year-not-over", "year-closed" (twice), or "not-next-year" (years close in order).
    """
    with store.writing(Act(by.code, Role.ARCHITECT, "balance.close_year", request)) as work:
        registry = work.registry(cycle)
        past = _past(registry)
        _refuse(year, past, today)
        found = balance.open_year(registry, year, past[-1] if past else None)
        return work.save(cycle, YearEnd(year, today, by.code, found.systems, found.items))


def _past(registry: Registry) -> tuple[Year, ...]:
    ends = sorted(registry.year_ends, key=lambda end: end.year)
    return tuple(balance.closed(end) for end in ends)


def _open_years(registry: Registry, past: Sequence[Year], this: int) -> Iterator[Year]:
    """Each from the one before; the first is this year where none was ever closed."""
    before = past[-1] if past else None
    for year in range(before.year + 1 if before else this, this + 1):
        before = balance.open_year(registry, year, before)
        yield before


def _next(past: Sequence[Year], this: int) -> int:
    """The only year that may be closed next, if it is over."""
    return past[-1].year + 1 if past else this - 1


def _closable(registry: Registry, past: Sequence[Year], this: int) -> Year | None:
    year = _next(past, this)
    if year >= this:
        return None
    return balance.open_year(registry, year, past[-1] if past else None)


def _refuse(year: int, past: Sequence[Year], today: date) -> None:
    if year in {end.year for end in past}:
        raise Invalid("year-closed", found=year)
    if year >= today.year:
        raise Invalid("year-not-over", found=year, accepted=today.year - 1)
    if year != (next_ := _next(past, today.year)):
        raise Invalid("not-next-year", found=year, accepted=next_)

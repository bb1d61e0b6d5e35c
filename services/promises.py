"""Promises: what an approved project committed to, what its lead reports, and where it stands."""

from collections.abc import Iterable
from datetime import datetime

from data.store import Work
from portfolio.clock import day_of
from portfolio.cycle import Cycle
from portfolio.debt import DebtItem
from portfolio.decision import Decision
from portfolio.errors import Missing
from portfolio.project import Project, Variant
from portfolio.promise import Promise, PromisedDebt


def promised(work: Work, cycle: str, decision: Decision) -> Promise:
    """Keep what the decision promises, in the transaction that lets it take effect.

    For a decision by which the project goes ahead. It opens with the period of its start, and ends
    with the last of its variant's periods; its cost is what was granted, else what the variant was
    to cost. Missing "no-such-variant".
    """
    project = work.project(cycle, decision.project)
    promise = promise_of(
        work.cycle(cycle), decision, project, work.every(DebtItem, cycle)
    )
    return work.save(cycle, promise)


def promise_of(
    cycle: Cycle, decision: Decision, project: Project, register: Iterable[DebtItem]
) -> Promise:
    """What the decision promises, by its start, its variant, its grants, and the register."""
    variant = _variant(project, decision.variant)
    first = cycle.horizon.period(decision.start)
    return Promise(
        project.code,
        decision.number,
        made_on=day_of(datetime.fromisoformat(decision.at)),
        start=cycle.horizon.first_day(first),
        end=cycle.horizon.last_day(first + (variant.duration or 1) - 1),
        variant=variant.code,
        cost=decision.amount if decision.grants else variant.cost,
        debts=tuple(_debts(project, tuple(register))),
    )


def _variant(project: Project, code: str) -> Variant:
    for variant in project.variants:
        if variant.code == code:
            return variant
    raise Missing("no-such-variant", found=code)


def _debts(project: Project, register: tuple[DebtItem, ...]) -> Iterable[PromisedDebt]:
    """What it says it retires, and what the register says of it: the register has the last word."""
    shares = {one.debt: one.share for one in project.debt_effects if not one.is_created}
    for item in register:
        for remedy in item.remedies:
            if remedy.project == project.code:
                shares[item.code] = remedy.share
    owed = {item.code: item.principal.likely for item in register}
    for debt, share in shares.items():
        yield PromisedDebt(debt, share, round(share * owed[debt]) if debt in owed else None)

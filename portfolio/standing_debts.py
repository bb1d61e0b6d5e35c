"""What stands as debt: the one place that says what counts, what is promised, what is accepted."""

import math
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from portfolio.acceptance import Acceptance, Standing, standing
from portfolio.debt import DebtItem, DebtStatus
from portfolio.horizon import Horizon
from portfolio.project import Stage
from portfolio.system import System

if TYPE_CHECKING:
    from portfolio.registry import Registry


def counted(registry: "Registry") -> tuple[DebtItem, ...]:
    """The items that count, in declared order: neither closed, nor only promised by a project."""
    approved = _approved(registry)
    return tuple(d for d in registry.debts if d.is_counted and _is_there(d, approved))


def promised(registry: "Registry") -> tuple[DebtItem, ...]:
    """Items that projects not yet approved would create: shown apart, counted from the approval."""
    approved = _approved(registry)
    return tuple(d for d in registry.debts if d.is_counted and not _is_there(d, approved))


def status_on(item: DebtItem, acceptances: Iterable[Acceptance], today: date) -> DebtStatus:
    """The item's status on that day: once its acceptance has expired, it is open again.

    An item that came in as accepted, with no request kept, stays so until someone says otherwise.
    """
    is_over = (
        item.status is DebtStatus.ACCEPTED
        and standing(acceptances, item.code, today) is Standing.EXPIRED
    )
    return DebtStatus.OPEN if is_over else item.status


def interest_of(system: System, items: Iterable[DebtItem], horizon: Horizon) -> float:
    """Cents in the first year: the figure set for the system, else the sum of its counted items.

    The figure stands for the sum of what is there: without any item there is nothing to pay.
    """
    each = [item.interest_now(horizon) for item in items]
    if system.interest_figure is not None and each:
        return float(system.interest_figure)
    return math.fsum(each)


def _approved(registry: "Registry") -> frozenset[str]:
    return frozenset(p.code for p in registry.projects if p.stage is Stage.APPROVED)


def _is_there(item: DebtItem, approved: frozenset[str]) -> bool:
    return not item.created_by or item.created_by in approved

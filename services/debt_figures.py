"""One debt item worked out: every figure that its formulas give, and the years ahead."""

from dataclasses import dataclass

from portfolio.cycle import Cycle
from portfolio.debt import DebtItem, break_even, principal_at
from portfolio.waiting import Course, Owed, Terms, course, terms_of
from services.debts import discount_of

YEARS = 10  # years shown ahead, as far as the horizon reaches


@dataclass(frozen=True, slots=True)
class Worked:
    """Cents, by year where they are interest.

    recurring     mean of the three points, the first year         first   the first fiscal year
    before, after contingent: probability x loss, before and after the end of support
    interest      recurring and contingent, the first year
    later         principal a year from now
    break_even    by the formula of the first year; ``course`` has it with the step
    course        years ahead, if nothing is done
    """

    principal: float
    recurring: float
    before: float
    after: float
    interest: float
    later: float
    discount: float
    break_even: float
    waiting: float
    first: int
    course: Course

    @property
    def has_step(self) -> bool:
        """Whether the loss that may happen changes at the end of support."""
        return self.before != self.after


def worked(item: DebtItem, cycle: Cycle) -> Worked:
    """The item in figures, whether or not it counts."""
    horizon = cycle.horizon
    whole = max(2, -(-horizon.periods // horizon.per_year))
    ahead = course([Owed(item)], horizon, Terms(terms_of(cycle).discount, min(YEARS, whole)))
    later = item.loss if item.loss_after is None else item.loss_after
    principal = item.principal.mean
    return Worked(
        principal,
        item.interest.mean,
        item.p_before * item.loss,
        item.p_after * later,
        item.interest_now(horizon),
        principal_at(principal, item.principal_growth, 1),
        discount_of(cycle),
        break_even(principal, item.interest_now(horizon), item.interest_growth),
        item.waiting(horizon, discount_of(cycle)),
        horizon.start,
        ahead,
    )

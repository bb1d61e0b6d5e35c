"""What waiting costs, year by year, for debts apart or together: pure figures."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from portfolio import claims, standing_debts
from portfolio.candidate import at
from portfolio.cycle import Cycle
from portfolio.debt import DebtItem, break_even, principal_at
from portfolio.horizon import Horizon

if TYPE_CHECKING:
    from portfolio.registry import Registry

DISCOUNT, YEARS = 0.035, 5  # where the cycle has no rate of its own; how far one looks
MOST_YEARS, MOST_DISCOUNT = 30, 0.5
FAR = 100  # years after which a debt is said never to break even


@dataclass(frozen=True, slots=True)
class Owed:
    """A debt that counts, and what it costs among those of its system.

    by      what its own interest is multiplied by      added   cents a year beside it
    Both are as nothing unless the architect set what the system's debts cost together.
    """

    debt: DebtItem
    by: float = 1.0
    added: float = 0.0

    def interest_in(self, year: int, horizon: Horizon) -> float:
        """Cents in that fiscal year."""
        return self.recurring_in(year, horizon) + self.contingent_in(year)

    def interest_over(self, horizon: Horizon) -> tuple[float, ...]:
        """Cents by period of the horizon; its first year adds up to that year's interest."""
        own = self.debt.interest_over(horizon)
        beside = self.added / horizon.per_year
        if not beside:
            return tuple(cents * self.by for cents in own)
        return tuple(at(own, period) * self.by + beside for period in horizon)

    def recurring_in(self, year: int, horizon: Horizon) -> float:
        """Cents paid whatever happens: as given from outside, or by the debt's own fields.

        The first and the last year that were given stand for those before and after.
        """
        given = self.debt.interest_given
        if not given:
            return self.debt.recurring_in(year, horizon.start) * self.by + self.added
        last = (horizon.periods - 1) // horizon.per_year
        at = max(0, min(year - horizon.start, last)) * horizon.per_year
        return math.fsum(given[at : at + horizon.per_year]) * self.by + self.added

    def contingent_in(self, year: int) -> float:
        """Cents that may be lost, by their probability; what is given from outside holds them."""
        return 0.0 if self.debt.interest_given else self.debt.contingent_in(year) * self.by


@dataclass(frozen=True, slots=True)
class Terms:
    """How far one looks, and what a dollar of next year is worth today.

    discount   yearly, 0.035 = 3.5 %        years   how many, H
    """

    discount: float = DISCOUNT
    years: int = YEARS

    def __post_init__(self) -> None:
        claims.between("years", self.years, 1, MOST_YEARS)
        claims.between("discount", self.discount, 0, MOST_DISCOUNT)


@dataclass(frozen=True, slots=True)
class Course:
    """What a debt owes and costs year by year if nothing is done, in cents.

    principal     P(0) .. P(H), at the end of each year; P(0) is today's
    recurring     paid whatever happens, in years 1 .. H
    contingent    losses that may happen, by their probability, in years 1 .. H
    break_even    years until interest paid equals today's principal; inf = never
    discount      yearly
    """

    principal: tuple[float, ...]
    recurring: tuple[float, ...]
    contingent: tuple[float, ...]
    break_even: float
    discount: float

    @property
    def interest(self) -> tuple[float, ...]:
        """J(1) .. J(H)."""
        return tuple(r + c for r, c in zip(self.recurring, self.contingent, strict=True))

    @property
    def paid(self) -> float:
        """Interest of years 1 .. H together, undiscounted."""
        return math.fsum(self.interest)

    @property
    def net_present_values(self) -> tuple[float, ...]:
        """Gain of repaying at the end of year t = 0 .. H (0 = now): what it avoids, less its price.

        Sum over k > t .. H of d^k J(k), less d^t P(t); d = 1/(1 + discount).
        """
        d = 1 / (1 + self.discount)
        worth = [d**k * paid for k, paid in enumerate(self.interest, start=1)]
        left = list(accumulate(reversed(worth), initial=0.0))[::-1]
        return tuple(
            avoided - d**t * owed
            for t, (avoided, owed) in enumerate(zip(left, self.principal, strict=True))
        )

    @property
    def waits(self) -> tuple[float, ...]:
        """What each more year of waiting costs: NPV(t) - NPV(t + 1); negative = it pays to wait."""
        return tuple(now - later for now, later in pairwise(self.net_present_values))


def terms_of(cycle: Cycle) -> Terms:
    """The cycle's own rate, or the usual one; the usual number of years."""
    return Terms(min(cycle.discount, MOST_DISCOUNT) or DISCOUNT)


def course(debts: Iterable[Owed], horizon: Horizon, on: Terms) -> Course:
    """What these debts owe and cost together, year 1 being the first of the horizon."""
    owing = tuple(debts)
    years = range(horizon.start, horizon.start + on.years)
    rates = [(o.debt.principal.mean, o.debt.principal_growth) for o in owing]
    return Course(
        tuple(math.fsum(principal_at(p, g, t) for p, g in rates) for t in range(on.years + 1)),
        tuple(math.fsum(o.recurring_in(year, horizon) for o in owing) for year in years),
        tuple(math.fsum(o.contingent_in(year) for o in owing) for year in years),
        _break_even(owing, horizon),
        on.discount,
    )


def counted(registry: "Registry") -> tuple[Owed, ...]:
    """Every debt that is owed, with what it costs among those of its system.

    Where the architect set what they cost together, their first year sums up to it: each costs in
    proportion to its own interest, or to its principal where none costs anything by itself.
    """
    figures = {s.code: s.interest_figure for s in registry.systems}
    held: dict[str, list[DebtItem]] = {}
    for debt in standing_debts.counted(registry):
        held.setdefault(debt.system, []).append(debt)
    return tuple(
        each
        for system, debts in held.items()
        for each in _to_figure(debts, figures.get(system), registry.cycle.horizon)
    )


def _to_figure(debts: Sequence[DebtItem], figure: int | None, horizon: Horizon) -> list[Owed]:
    if figure is None:
        return [Owed(debt) for debt in debts]
    first = math.fsum(Owed(debt).interest_in(horizon.start, horizon) for debt in debts)
    if first > 0:
        return [Owed(debt, figure / first) for debt in debts]
    whole = math.fsum(debt.principal.mean for debt in debts)
    shares = [d.principal.mean / whole if whole else 1 / len(debts) for d in debts]
    return [Owed(d, 1.0, figure * share) for d, share in zip(debts, shares, strict=True)]


def at_least_once(probabilities: Sequence[float]) -> float:
    """The probability that what may happen with these probabilities, year by year, happens."""
    return 1 - math.prod(1 - p for p in probabilities)


def loss_within(debt: DebtItem, horizon: Horizon, years: int) -> float:
    """The probability that the debt's loss happens at least once in the first ``years`` years."""
    span = range(horizon.start, horizon.start + years)
    return at_least_once([debt.p_in(year) for year in span])


def years_to_repay(principal: float, interest: Iterable[float]) -> float:
    """Years until interest paid, J(1), J(2) …, reaches the principal; ``inf`` when it never does.

    Within a year interest grows as it does towards the next year: of a debt that grows at one rate
    this gives break_even(P, J, g) itself.
    """
    left = principal
    for passed, (paid, following) in enumerate(pairwise(interest)):
        if left <= 0:
            return 0.0
        if paid >= left > 0:
            growth = following / paid - 1
            return passed + break_even(left, paid, growth if growth > -1 else 0.0)
        left -= paid
    return math.inf


def _break_even(owing: Sequence[Owed], horizon: Horizon) -> float:
    principal = math.fsum(o.debt.principal.mean for o in owing)
    years = range(horizon.start, horizon.start + FAR + 1)
    paid = (math.fsum(o.interest_in(year, horizon) for o in owing) for year in years)
    return years_to_repay(principal, paid)

"""A technical debt: what it would cost to repay, what it costs to keep."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio import claims
from portfolio.errors import Invalid
from portfolio.horizon import Horizon
from portfolio.project import Estimate


class DebtType(StrEnum):
    """What kind of debt it is."""

    ARCHITECTURE = "architecture"
    CODE = "code"
    TEST = "test"
    DOCUMENTATION = "documentation"
    BUILD = "infrastructure"
    OBSOLESCENCE = "obsolescence"
    VENDOR = "fournisseur"
    SKILLS = "competences"
    SECURITY = "securite"
    DATA = "donnees"
    PROCESS = "processus"
    ACCESSIBILITY = "accessibilite"


class DebtStatus(StrEnum):
    """Where the item is in its life."""

    OPEN = "ouverte"
    ACCEPTED = "acceptee"
    PLANNED = "planifiee"
    IN_REMEDIATION = "en-correction"
    RETIRED = "remboursee"
    FALSE_POSITIVE = "faux-positif"
    DUPLICATE = "doublon"


class Quadrant(StrEnum):
    """Fowler's quadrant: how the debt came to be; it tells causes, never priority."""

    DELIBERATE_PRUDENT = "voulue-prudente"
    DELIBERATE_RECKLESS = "voulue-imprudente"
    INADVERTENT_PRUDENT = "involontaire-prudente"
    INADVERTENT_RECKLESS = "involontaire-imprudente"


COUNTED = frozenset(
    {DebtStatus.OPEN, DebtStatus.ACCEPTED, DebtStatus.PLANNED, DebtStatus.IN_REMEDIATION}
)  # accepted debt still counts, shown apart


@dataclass(frozen=True, slots=True)
class Remedy:
    """The share of the debt (0..1) that a project retires.

    after   once so many periods of the project's own life are over; None = when it is delivered
    """

    project: str
    share: float = 1.0
    after: int | None = None

    def __post_init__(self) -> None:
        claims.share("share", self.share)
        claims.at_least("after", self.after, 1)


@dataclass(frozen=True, slots=True)
class Priced:
    """How an amount was reached: hours x rate + external; rate and external in cents."""

    hours: float
    rate: int
    external: int = 0

    def __post_init__(self) -> None:
        claims.at_least("hours", self.hours, 0)
        claims.at_least("rate", self.rate, 0)
        claims.at_least("external", self.external, 0)

    @property
    def amount(self) -> int:
        """Cents."""
        return round(self.hours * self.rate) + self.external


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that the debt is there: a document, an interview, or what a tool found.

    source      a tool's name, or the kind of document      reference   which one, or where
    findings    how many findings of the tool are open; None = not counted
    gone_on     the day it was seen to be gone; None = it still holds
    """

    source: str
    reference: str = ""
    url: str = ""
    note: str = ""
    findings: int | None = None
    seen_on: date | None = None
    gone_on: date | None = None

    def __post_init__(self) -> None:
        claims.filled("source", self.source)
        claims.at_least("findings", self.findings, 0)


@dataclass(frozen=True, slots=True)
class DebtItem:
    """Principal and interest in cents; growth rates a year (0.05 = 5 %).

    principal             what it costs to repay today
    interest              what it costs to keep, in the first year
    principal_priced, interest_priced   how the likely amount was reached, where it was priced in
                          hours; it then equals that amount
    loss, p_before, p_after   contingent interest: a loss in cents and its yearly probability
                          before and after the end of support
    loss_after            the loss after the end of support; None = the same as before
    support_end           the date that separates p_before from p_after; None = no such date
    interest_given        cents by period of the horizon, where it comes from outside: it then
                          stands for the interest that the fields above would give
    standalone_envelope   the envelope that would pay a retirement on its own; "" = not offered
    standalone_cost       cents of that retirement; None = the principal
    theme                 what tools find of it: one item gathers a system's findings of one theme;
                          "" = written by hand
    logged_on, closed_on  the day it entered the register, and the day it was retired, found false
                          or a duplicate; None = not known, or still there
    duplicate_of          the item that says the same; only for a duplicate
    created_by            the project that would create it: it enters the register at its approval
    """

    code: str
    title: str
    system: str
    principal: Estimate
    interest: Estimate
    type: DebtType = DebtType.ARCHITECTURE
    principal_growth: float = 0.0
    interest_growth: float = 0.0
    loss: int = 0
    p_before: float = 0.0
    p_after: float = 0.0
    support_end: date | None = None
    basis: str = ""
    confidence: int | None = None
    status: DebtStatus = DebtStatus.OPEN
    owner: str = ""
    review_on: date | None = None
    interest_given: tuple[int, ...] = ()
    standalone_envelope: str = ""
    standalone_cost: int | None = None
    remedies: tuple[Remedy, ...] = ()
    description: str = ""
    quadrant: Quadrant | None = None
    principal_priced: Priced | None = None
    interest_priced: Priced | None = None
    loss_after: int | None = None
    evidence: tuple[Evidence, ...] = ()
    theme: str = ""
    logged_on: date | None = None
    closed_on: date | None = None
    duplicate_of: str = ""
    created_by: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.filled("title", self.title)
        claims.filled("system", self.system)
        claims.at_least("principal", self.principal.likely, 0)
        claims.at_least("interest", self.interest.likely, 0)
        claims.at_least("loss", self.loss, 0)
        claims.at_least("loss_after", self.loss_after, 0)
        self._check_priced("principal", self.principal, self.principal_priced)
        self._check_priced("interest", self.interest, self.interest_priced)
        claims.share("p_before", self.p_before)
        claims.share("p_after", self.p_after)
        claims.between("confidence", self.confidence, 1, 3)
        claims.unique("remedies", [r.project for r in self.remedies])
        if self.duplicate_of == self.code:
            raise Invalid("needs-itself", field="duplicate_of", found=self.code)

    def _check_priced(self, field: str, amount: Estimate, priced: Priced | None) -> None:
        if priced is not None and priced.amount != amount.likely:
            raise Invalid("not-its-price", field=field, found=amount.likely, accepted=priced.amount)

    @property
    def is_counted(self) -> bool:
        return self.status in COUNTED

    def interest_in(self, year: int, first: int) -> float:
        """Cents in fiscal ``year``, the debt being ``year - first`` years older than today."""
        return self.recurring_in(year, first) + self.contingent_in(year)

    def recurring_in(self, year: int, first: int) -> float:
        """The part that is paid whatever happens: it compounds."""
        return float(self.interest.mean * (1 + self.interest_growth) ** (year - first))

    def contingent_in(self, year: int) -> float:
        """The loss that may happen, by its probability; both step the year after support ends."""
        later = self.loss if self.loss_after is None else self.loss_after
        return self.p_in(year) * (later if self._is_past_support(year) else self.loss)

    def p_in(self, year: int) -> float:
        """The probability that the loss happens in that fiscal year."""
        return self.p_after if self._is_past_support(year) else self.p_before

    def _is_past_support(self, year: int) -> bool:
        return self.support_end is not None and year > self.support_end.year

    def interest_over(self, horizon: Horizon) -> tuple[float, ...]:
        """Cents by period of the horizon: as given from outside, else by the fields above."""
        years = (horizon.start + period // horizon.per_year for period in horizon)
        return self.interest_given or tuple(
            self.interest_in(year, horizon.start) / horizon.per_year for year in years
        )

    def interest_now(self, horizon: Horizon) -> float:
        """Cents in the first year of the horizon."""
        return math.fsum(self.interest_over(horizon)[: horizon.per_year])

    def waiting(self, horizon: Horizon, discount: float) -> float:
        """Cents that one more year of waiting costs: d J(1) + d P(1) - P(0), d = 1/(1 + discount).

        The same as NPV(0) - NPV(1), whatever comes after the first year.
        """
        d = 1 / (1 + discount)
        later = principal_at(self.principal.mean, self.principal_growth, 1)
        return d * (self.interest_now(horizon) + later) - self.principal.mean


def principal_at(principal: float, growth: float, years: float) -> float:
    """P(t) = P0 (1 + growth)^t, in the unit of ``principal``."""
    return float(principal * (1 + growth) ** years)


def break_even(principal: float, interest: float, growth: float = 0.0) -> float:
    """Years until interest paid equals the principal; ``inf`` when it never does.

    principal   > 0            interest   in the first year, >= 0, same unit
    growth      yearly growth of interest, > -1 (0.1 = 10 %)
    n = P/J, or ln(1 + g P/J) / ln(1 + g) when g != 0.
    Source: Ampatzoglou et al. 2015 (FITTED), with compounding.
    """
    if interest <= 0:
        return math.inf
    if growth == 0:
        return principal / interest
    reached = 1 + growth * principal / interest
    return math.log(reached) / math.log(1 + growth) if reached > 0 else math.inf


@dataclass(frozen=True, slots=True)
class Wait:
    """The terms under which waiting is priced: yearly rates as 0.1 = 10 %, horizon in years."""

    interest_growth: float
    principal_growth: float
    discount: float
    horizon: int


def net_present_value(principal: float, interest: float, on: Wait, year: int = 0) -> float:
    """Gain of remedying at the end of ``year`` (0 = now), in the unit of ``principal``.

    Sum over k > year .. horizon of d^k J(k), less d^year P(year); d = 1/(1 + discount).
    """
    d = 1 / (1 + on.discount)
    avoided = (
        d**k * interest * (1 + on.interest_growth) ** (k - 1)
        for k in range(year + 1, on.horizon + 1)
    )
    return math.fsum(avoided) - d**year * principal_at(principal, on.principal_growth, year)


def cost_of_waiting(principal: float, interest: float, on: Wait, year: int = 0) -> float:
    """What one more year of waiting costs: NPV(year) - NPV(year + 1)."""
    return net_present_value(principal, interest, on, year) - net_present_value(
        principal, interest, on, year + 1
    )

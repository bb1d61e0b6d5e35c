"""The report to the council: what the debt is, what it costs, what waits, what the plan repays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.exporters import debt_report
from data.journal import Anchor
from data.store import Store
from portfolio.acceptance import Ruling, of
from portfolio.cycle import Cycle
from portfolio.debt import DebtItem, DebtStatus
from portfolio.person import Person
from portfolio.registry import Registry
from portfolio.waiting import Terms
from services import balance, waiting
from services.balance import BalanceView
from services.journal import printed
from services.permission import COMMITTEE, allowed
from services.waiting import SystemWait, WaitingView

WORST = 5  # systems named


@dataclass(frozen=True, slots=True)
class AcceptedDebt:
    """A debt the city lives with for now; cents, interest in the first year.

    until   the last day of its acceptance; None = it came in as accepted, without any
    """

    item: DebtItem
    principal: float
    interest: float
    until: date | None


@dataclass(frozen=True, slots=True)
class Repayment:
    """One coming year under the plan, in cents.

    repaid    principal that leaves        owed, unplanned   at the end, with and without the plan
    avoided   interest of that year which the plan's earlier repayments spare
    """

    year: int
    repaid: int
    owed: int
    unplanned: int
    avoided: int


@dataclass(frozen=True, slots=True)
class Council:
    """Everything the report tells, as it stands on that day.

    repayments   empty when no plan was kept
    lapsed       items whose acceptance has expired: they are open again
    anchor       of the journal; None = what is told comes from no store
    """

    on: date
    cycle: Cycle
    wait: WaitingView
    balance: BalanceView
    repayments: tuple[Repayment, ...]
    accepted: tuple[AcceptedDebt, ...]
    lapsed: int
    anchor: Anchor | None = None

    @property
    def worst(self) -> tuple[SystemWait, ...]:
        """The systems for which one more year costs the most."""
        return self.wait.systems[:WORST]

    @property
    def worst_share(self) -> float:
        """Their part of what one more year costs in all; 0 where waiting costs nothing."""
        whole = self.wait.whole.waits[0]
        return sum(s.course.waits[0] for s in self.worst) / whole if whole > 0 else 0.0

    @property
    def accepted_share(self) -> float:
        """The part of what is owed that is accepted, 0..1."""
        owed = self.wait.whole.principal[0]
        return self.wait.accepted.principal[0] / owed if owed else 0.0

    @property
    def repaid(self) -> int:
        return sum(year.repaid for year in self.repayments)

    @property
    def avoided(self) -> int:
        return sum(year.avoided for year in self.repayments)

    @property
    def first_repaid(self) -> int | None:
        """The first year in which the plan repays something."""
        return next((year.year for year in self.repayments if year.repaid), None)

    @property
    def unowned(self) -> int:
        """Items that nobody answers for."""
        return sum(not found.item.owner for found in self.wait.items)

    @property
    def stale(self) -> int:
        """Estimates whose review date has passed."""
        dates = (found.item.review_on for found in self.wait.items)
        return sum(day is not None and day < self.on for day in dates)


@allowed(*COMMITTEE)
def council(
    store: Store, by: Person, cycle: str, today: date, on: Terms | None = None
) -> Council:  # fmt: skip
    """What the report tells today, on these terms (by default the cycle's own)."""
    with store.reading() as work:
        registry = work.registry(cycle)
        plan, anchor = balance.last_kept(work, registry), printed(work)
    told = of_registry(registry, balance.of_registry(registry, plan, today), today, on)
    return replace(told, anchor=anchor)


def of_registry(
    registry: Registry, years: BalanceView, today: date, on: Terms | None = None
) -> Council:
    """The same, of a registry and its balance in hand."""
    wait = waiting.of_registry(registry, today, on)
    accepted = tuple(_accepted(registry, wait))
    lapsed = sum(i.item.status is DebtStatus.ACCEPTED and not i.is_accepted for i in wait.items)
    return Council(today, registry.cycle, wait, years, tuple(_repayments(years)), accepted, lapsed)


def pdf(document: Mapping[str, Any], on: date) -> bytes:
    """The report typeset, tagged for screen readers; ``document`` holds its words and figures."""
    return debt_report.pdf(document, on)


def _repayments(years: BalanceView) -> Iterator[Repayment]:
    """A year's interest is that of what was owed when it began."""
    pairs = list(zip(years.idle, years.planned, strict=False))
    spared = [0, *(i.whole("interest") - p.whole("interest") for i, p in pairs)]
    for (idle, planned), avoided in zip(pairs, spared, strict=False):
        owed, without = planned.whole("closing"), idle.whole("closing")
        yield Repayment(planned.year, planned.whole("retired"), owed, without, avoided)


def _accepted(registry: Registry, wait: WaitingView) -> Iterator[AcceptedDebt]:
    for found in wait.items:
        if found.is_accepted:
            granted = [
                a.expires
                for a in of(registry.acceptances, found.item.code)
                if a.ruling is Ruling.GRANTED
            ]
            owes = found.course
            until = max(granted, default=None)
            yield AcceptedDebt(found.item, owes.principal[0], owes.interest[0], until)

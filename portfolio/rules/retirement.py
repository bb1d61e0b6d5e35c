"""The share of a debt that is retired grows as projects finish, and stops at all of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio.choices import Amount, Choices, Column
from portfolio.rules.row import Row, Stated, each


def retired(debt: str, period: int) -> Amount:
    """The share of the debt that is retired by the end of the period."""
    return Amount("retired", debt, period)


@dataclass(frozen=True, slots=True)
class Retirement(Stated):
    """A debt is retired as the projects that repay it finish, or on its own; never more than whole.

    y[d,p] <= Σ_i r[i,d] Σ_{t + d <= p + 1} x[i,v,t] + Σ_{t <= p} w[d,t],
    y[d,p] <= 1, Σ_p w[d,p] <= 1
    """

    debt: str

    def rows(self, on: Choices) -> Iterator[Row]:
        for period in range(on.periods):
            terms: dict[Column, float] = {retired(self.debt, period): 1.0}
            terms |= {column: -share for column, share in self._repaid(on, period)}
            yield Row(("retired", self.debt, str(period)), terms, "<=", 0.0)
        if on.payoffs(self.debt):
            once = each(on.payoffs(self.debt))
            yield Row(("standalone-once", self.debt), once, "<=", 1.0)

    def amounts(self, on: Choices) -> Mapping[Amount, float]:
        shares = {retired(self.debt, p): 1.0 for p in range(on.periods)}
        return shares | dict.fromkeys(on.payoffs(self.debt), 1.0)

    def settle(self, on: Choices, taken: Mapping[Column, float]) -> Mapping[Amount, float]:
        return {
            retired(self.debt, p): min(
                1.0, sum(share * taken.get(c, 0.0) for c, share in self._repaid(on, p))
            )
            for p in range(on.periods)
        }

    def _repaid(self, on: Choices, period: int) -> Iterator[tuple[Column, float]]:
        """(choice, share of the debt that it has retired by the end of the period)."""
        for project, share in on.stakes[self.debt].retired_by.items():
            for start in on.starts_of(project):
                if on.end(start) <= period + 1:
                    yield start, share
        for payoff in on.payoffs(self.debt):
            if payoff.period <= period:
                yield payoff, 1.0

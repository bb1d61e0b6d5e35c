"""The share of a debt that is retired grows as projects finish, and stops at all of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portfolio.choices import Amount, Choices, Column, Start
from portfolio.rules.row import Row, Stated, each


def retired(debt: str, period: int) -> Amount:
    """The share of the debt that is retired by the end of the period."""
    return Amount("retired", debt, period)


def creation(on: Choices, debt: str, period: int) -> tuple[Start, ...]:
    """The starts of its project that have made the debt by the end of the period."""
    maker = on.stakes[debt].created_by
    return tuple(s for s in on.starts_of(maker) if on.end(s) <= period + 1) if maker else ()


def spared(on: Choices, debt: str, period: int) -> dict[Column, float]:
    """What a plan takes off the debt by the end of the period, against doing nothing.

    y[d,p], less e[d,p] where a project makes the debt.
    """
    return each([retired(debt, period)]) | each(creation(on, debt, period), -1.0)


@dataclass(frozen=True, slots=True)
class Retirement(Stated):
    """A debt is retired by the projects that repay it, or on its own; never more than there is.

    y[d,p] <= Σ_i r[i,d] Σ_{t + min(d[i,v], after[i,d]) <= p + 1} x[i,v,t] + Σ_{t <= p} w[d,t],
    y[d,p] <= e[d,p], Σ_{t <= p} w[d,t] <= e[d,p]; e[d,p] = 1,
    or Σ_{t + d[j,v] <= p + 1} x[j,v,t] where project j makes the debt
    """

    debt: str

    def rows(self, on: Choices) -> Iterator[Row]:
        for period in range(on.periods):
            terms: dict[Column, float] = {retired(self.debt, period): 1.0}
            terms |= {column: -share for column, share in self._repaid(on, period)}
            yield Row(("retired", self.debt, str(period)), terms, "<=", 0.0)
        if on.stakes[self.debt].created_by:
            yield from self._only_once_made(on)
        elif on.payoffs(self.debt):
            once = each(on.payoffs(self.debt))
            yield Row(("standalone-once", self.debt), once, "<=", 1.0)

    def amounts(self, on: Choices) -> Mapping[Amount, float]:
        shares = {retired(self.debt, p): 1.0 for p in range(on.periods)}
        return shares | dict.fromkeys(on.payoffs(self.debt), 1.0)

    def settle(self, on: Choices, taken: Mapping[Column, float]) -> Mapping[Amount, float]:
        return {
            retired(self.debt, p): min(
                self._there(on, p, taken),
                sum(share * taken.get(c, 0.0) for c, share in self._repaid(on, p)),
            )
            for p in range(on.periods)
        }

    def _there(self, on: Choices, period: int, taken: Mapping[Column, float]) -> float:
        if not on.stakes[self.debt].created_by:
            return 1.0
        return sum(taken.get(s, 0.0) for s in creation(on, self.debt, period))

    def _only_once_made(self, on: Choices) -> Iterator[Row]:
        """What nobody has made yet can neither be retired nor be paid for."""
        for period in range(on.periods):
            made = each(creation(on, self.debt, period), -1.0)
            row = each([retired(self.debt, period)]) | made
            yield Row(("retired", self.debt, str(period), "made"), row, "<=", 0.0)
            paid = each(w for w in on.payoffs(self.debt) if w.period <= period)
            if paid:
                yield Row(("standalone-once", self.debt, str(period)), paid | made, "<=", 0.0)

    def _repaid(self, on: Choices, period: int) -> Iterator[tuple[Column, float]]:
        """(choice, share of the debt that it has retired by the end of the period)."""
        stake = on.stakes[self.debt]
        for project, share in stake.retired_by.items():
            after = stake.retired_after.get(project)
            for start in on.starts_of(project):
                end = on.end(start) if after is None else min(on.end(start), start.period + after)
                if end <= period + 1:
                    yield start, share
        for payoff in on.payoffs(self.debt):
            if payoff.period <= period:
                yield payoff, 1.0

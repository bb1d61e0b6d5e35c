"""A share of the money repays debt; the principal that remains stays below a ceiling."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio import claims
from portfolio.choices import Choices, Column
from portfolio.rules.retirement import spared
from portfolio.rules.row import Row, Stated


@dataclass(frozen=True, slots=True)
class DebtFloor(Stated):
    """Such a share of all the money spent repays debt.

    Σ debt_share[i] c[i,v] x[i,v,t] + Σ C[d] w[d,p] >= share × (Σ c[i,v] x[i,v,t] + Σ C[d] w[d,p])
    """

    share: float
    kind: Literal["debt-floor"] = "debt-floor"

    def __post_init__(self) -> None:
        claims.share("share", self.share)

    def rows(self, on: Choices) -> Iterator[Row]:
        terms: dict[Column, float] = {
            s: on.cost(s) * (on.candidates[s.project].debt_share - self.share) for s in on.starts
        }
        terms |= {payoff: cost * (1 - self.share) for payoff, _, cost in on.standalone_costs()}
        yield Row(("debt-floor",), terms, ">=", 0.0)


@dataclass(frozen=True, slots=True)
class DebtCeiling(Stated):
    """The principal that remains at the end of the horizon stays below a ceiling.

    Σ_d P[d] (e[d,last] - y[d,last]) <= principal
    """

    principal: float
    kind: Literal["debt-ceiling"] = "debt-ceiling"

    def __post_init__(self) -> None:
        claims.at_least("principal", self.principal, 0)

    def rows(self, on: Choices) -> Iterator[Row]:
        terms: dict[Column, float] = {}
        for code, stake in on.stakes.items():
            for column, number in spared(on, code, on.periods - 1).items():
                terms[column] = terms.get(column, 0.0) + number * stake.principal
        whole = sum(stake.principal for stake in on.stakes.values() if not stake.created_by)
        yield Row(("debt-ceiling",), terms, ">=", whole - self.principal)

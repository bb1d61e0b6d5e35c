"""A scenario: one named question to the portfolio, under chosen rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portfolio import claims
from portfolio.errors import Invalid
from portfolio.rules import Rule
from portfolio.words import Bilingual


class DebtMode(StrEnum):
    """How debt counts in the choice: as points of value or as money; never as both."""

    SCORE = "points"
    MONEY = "argent"


@dataclass(frozen=True, slots=True)
class Scenario:
    """rules          beside the links among projects and the mandates, which always hold
    maximize       as in the question file
    levers         envelope -> share of its limits that is available (1.1 = 10 % more)
    budget_share   where envelopes have no limit: this share of the total likely cost of their
                   projects, the same every period; None = not given
    ignored        kinds of rule switched off, to see what they cost
    point_price    cents that one point of value is worth; needed where debt counts as money
    terminal_years years of interest after the horizon that a debt retired by then still saves
    """

    code: str
    title: Bilingual
    rules: tuple[Rule, ...] = ()
    maximize: str | Mapping[str, float] = "value"
    levers: Mapping[str, float] = field(default_factory=dict)
    budget_share: float | None = None
    ignored: frozenset[str] = frozenset()
    time_limit: float = 60.0
    gap: float = 0.0
    debt_mode: DebtMode = DebtMode.SCORE
    point_price: int | None = None
    terminal_years: int = 0
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.none_below("levers", self.levers.values(), 0)
        claims.at_least("budget_share", self.budget_share, 0)
        claims.at_least("time_limit", self.time_limit, 0)
        claims.at_least("gap", self.gap, 0)
        claims.at_least("point_price", self.point_price, 0)
        claims.at_least("terminal_years", self.terminal_years, 0)
        if self.debt_mode is DebtMode.MONEY and not self.point_price:
            raise Invalid("missing-value", field="point_price")

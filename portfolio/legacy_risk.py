"""Legacy risk of a system: seven likelihoods, six impacts, and whether it is red.

Source: UK Legacy IT Risk Assessment Framework (CDDO, 2023, updated 2025-03-13), Open Government
Licence v3. Overall = likelihood x impact, each the mean of its levels' mean and maximum; red from
16 of 30; legacy when any likelihood is 3 or more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio import claims
from portfolio.errors import Invalid

LIKELIHOODS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
IMPACTS = ("C1", "C2", "C3", "C4", "C5", "C6")
HIGHEST = {"L": 6, "C": 5}
RED_FROM = 16
LEGACY_FROM = 3


class Funding(StrEnum):
    """Whether the plan that would end the risk is paid for."""

    NONE = "aucun"
    PARTIAL = "partiel"
    WHOLE = "complet"


@dataclass(frozen=True, slots=True)
class Level:
    """The level of one criterion: L1..L7 on 1..6, C1..C6 on 1..5.

    evidence   what it rests on                 proposed   the level that evidence gave; None = none
    debts      items that keep a likelihood up  after      its level once all of them are retired
    """

    criterion: str
    level: int
    evidence: str = ""
    proposed: int | None = None
    debts: tuple[str, ...] = ()
    after: int | None = None

    def __post_init__(self) -> None:
        if self.criterion not in (*LIKELIHOODS, *IMPACTS):
            accepted = ", ".join((*LIKELIHOODS, *IMPACTS))
            raise Invalid("not-one-of", field="criterion", found=self.criterion, accepted=accepted)
        highest = HIGHEST[self.criterion[0]]
        claims.between("level", self.level, 1, highest)
        claims.between("proposed", self.proposed, 1, highest)
        claims.between("after", self.after, 1, self.level)
        claims.unique("debts", self.debts)


@dataclass(frozen=True, slots=True)
class RiskAssessment:
    """The assessment of one system; it counts once an architect has confirmed all 13 levels.

    plan         how the risk will end; "" = no plan        target   the day it should be over
    cost_change  how much dearer waiting makes it, a year (0.1 = 10 %); None = not estimated
    replaced_by  projects of which any one, delivered, takes the system out of service
    """

    system: str
    levels: tuple[Level, ...] = ()
    confirmed_by: str = ""
    confirmed_on: date | None = None
    plan: str = ""
    funding: Funding = Funding.NONE
    target: date | None = None
    cost_change: float | None = None
    notes: str = ""
    replaced_by: tuple[str, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("system", self.system)
        claims.unique("levels", [level.criterion for level in self.levels])
        claims.unique("replaced_by", self.replaced_by)
        if self.confirmed_by and not self.is_complete:
            missing = ", ".join(c for c in (*LIKELIHOODS, *IMPACTS) if c not in self._by_criterion)
            raise Invalid("risk-levels-missing", field="levels", found=missing)

    @property
    def _by_criterion(self) -> dict[str, Level]:
        return {level.criterion: level for level in self.levels}

    @property
    def is_complete(self) -> bool:
        """Whether every criterion has its level."""
        return set(self._by_criterion) == {*LIKELIHOODS, *IMPACTS}

    @property
    def is_confirmed(self) -> bool:
        return bool(self.confirmed_by)

    def of(self, criterion: str) -> Level | None:
        """The level of a criterion; None = not given yet."""
        return self._by_criterion.get(criterion)

    @property
    def likelihood(self) -> float | None:
        """1..6; None until all seven are given."""
        return self._rated(LIKELIHOODS)

    @property
    def impact(self) -> float | None:
        """1..5; None until all six are given."""
        return self._rated(IMPACTS)

    @property
    def score(self) -> float | None:
        """1..30; None until every level is given."""
        if self.likelihood is None or self.impact is None:
            return None
        return self.likelihood * self.impact

    @property
    def is_red(self) -> bool:
        """Whether it is confirmed and its score reaches the red line."""
        return self.is_confirmed and self.score is not None and self.score >= RED_FROM - 1e-9

    @property
    def is_legacy(self) -> bool:
        """Whether any likelihood given so far is medium or more."""
        return any(
            level.level >= LEGACY_FROM for level in self.levels if level.criterion in LIKELIHOODS
        )

    def _rated(self, criteria: Sequence[str]) -> float | None:
        levels = [found.level for c in criteria if (found := self._by_criterion.get(c))]
        return rating(levels) if len(levels) == len(criteria) else None


def rating(levels: Sequence[int]) -> float:
    """(mean + maximum) / 2 of the levels, of which there is at least one."""
    return (sum(levels) / len(levels) + max(levels)) / 2

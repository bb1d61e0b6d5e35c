"""Legacy risk of a system: seven likelihoods, six impacts, and whether it is red.

Source: UK Legacy IT Risk Assessment Framework (CDDO, 2023, updated 2025-03-13), Open Government
Licence v3. Overall = likelihood x impact, each the mean of its levels' mean and maximum; red from
16 of 30; legacy when any likelihood is 3 or more.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations

from portfolio import claims
from portfolio.errors import Invalid

LIKELIHOODS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
IMPACTS = ("C1", "C2", "C3", "C4", "C5", "C6")
CRITERIA = (*LIKELIHOODS, *IMPACTS)
HIGHEST = {"L": 6, "C": 5}
RED_FROM = 16
ZONES = (4, 8, RED_FROM)  # 4 and 8 are a tool's zones, to read the matrix by; 16 is published
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
        if self.criterion not in CRITERIA:
            accepted = ", ".join(CRITERIA)
            raise Invalid("not-one-of", field="criterion", found=self.criterion, accepted=accepted)
        highest = HIGHEST[self.criterion[0]]
        claims.between("level", self.level, 1, highest)
        claims.between("proposed", self.proposed, 1, highest)
        claims.between("after", self.after, 1, self.level)
        claims.unique("debts", self.debts)

    @property
    def is_unexplained(self) -> bool:
        """Whether it departs from what the evidence proposed without saying why."""
        is_other = self.proposed is not None and self.proposed != self.level
        return is_other and not self.evidence.strip()

    @property
    def is_open_ended(self) -> bool:
        """Whether debts keep it up and nothing says what it becomes without them."""
        return bool(self.debts) and self.after is None

    def once(self, retired: Collection[str]) -> int:
        """The level once those debts are retired: it falls when none of its own is left."""
        is_free = bool(self.debts) and set(self.debts) <= set(retired)
        return self.after if is_free and self.after is not None else self.level


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
            raise Invalid("risk-levels-missing", field="levels", found=", ".join(self.missing))

    @property
    def _by_criterion(self) -> dict[str, Level]:
        return {level.criterion: level for level in self.levels}

    @property
    def missing(self) -> tuple[str, ...]:
        """The criteria that have no level yet."""
        return tuple(c for c in CRITERIA if c not in self._by_criterion)

    @property
    def is_complete(self) -> bool:
        """Whether every criterion has its level."""
        return not self.missing

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
    def so_far(self) -> tuple[float | None, float | None, float | None]:
        """(likelihood, impact, score) of the levels given so far; None where none is."""
        sides = ([x.level for c in side if (x := self.of(c))] for side in (LIKELIHOODS, IMPACTS))
        likelihood, impact = (rating(levels) if levels else None for levels in sides)
        is_rated = likelihood is not None and impact is not None
        return likelihood, impact, (likelihood or 0) * (impact or 0) if is_rated else None

    @property
    def reaches_red(self) -> bool:
        """Whether its score reaches the red line, confirmed or not."""
        return self.score is not None and self.score >= RED_FROM - 1e-9

    @property
    def is_red(self) -> bool:
        """Whether it is confirmed and its score reaches the red line."""
        return self.is_confirmed and self.reaches_red

    @property
    def is_legacy(self) -> bool:
        """Whether any likelihood given so far is medium or more."""
        return any(
            level.level >= LEGACY_FROM for level in self.levels if level.criterion in LIKELIHOODS
        )

    @property
    def is_funded(self) -> bool:
        """Whether there is a plan, wholly paid for."""
        return bool(self.plan.strip()) and self.funding is Funding.WHOLE

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a red system still has to say of how it will end: plan, funding, target."""
        given = {
            "plan": bool(self.plan.strip()),
            "funding": self.funding is not Funding.NONE,
            "target": self.target is not None,
        }
        return tuple(name for name, is_given in given.items() if not is_given)

    @property
    def drivers(self) -> tuple[str, ...]:
        """The criteria that weigh most: on each side, those at its highest level above 1."""
        return (*self._highest(LIKELIHOODS), *self._highest(IMPACTS))

    def once(self, retired: Collection[str]) -> "RiskAssessment":
        """The assessment as it will stand once those debts are retired."""
        levels = tuple(
            level if level.once(retired) == level.level
            else replace(level, level=level.once(retired), after=None)
            for level in self.levels
        )  # fmt: skip
        return replace(self, levels=levels)

    def is_red_once(self, retired: Collection[str], delivered: Collection[str]) -> bool:
        """Whether it is still red once those debts are retired and those projects delivered."""
        is_replaced = not set(self.replaced_by).isdisjoint(delivered)
        return not is_replaced and self.once(retired).is_red

    @property
    def ways_out(self) -> tuple[tuple[str, ...], ...]:
        """The smallest sets of debts which, retired, end the red; () = no debts do, or none is red.

        Each way lists its debts in the order of the criteria that they keep up.
        """
        falls = [level for level in self.levels if level.once(level.debts) < level.level]
        ways: list[tuple[str, ...]] = []
        for count in range(1, len(falls) + 1):
            for some in combinations(falls, count):
                debts = tuple(dict.fromkeys(debt for level in some for debt in level.debts))
                is_new = not any(set(way) <= set(debts) for way in ways)
                if is_new and self.reaches_red and not self.once(debts).reaches_red:
                    ways.append(debts)
        return tuple(way for way in ways if not any(set(o) < set(way) for o in ways))

    def _highest(self, criteria: Sequence[str]) -> Iterator[str]:
        levels = {c: found.level for c in criteria if (found := self._by_criterion.get(c))}
        most = max(levels.values(), default=1)
        return (c for c, level in levels.items() if level == most > 1)

    def _rated(self, criteria: Sequence[str]) -> float | None:
        levels = [found.level for c in criteria if (found := self._by_criterion.get(c))]
        return rating(levels) if len(levels) == len(criteria) else None


def rating(levels: Sequence[int]) -> float:
    """(mean + maximum) / 2 of the levels, of which there is at least one."""
    return (sum(levels) / len(levels) + max(levels)) / 2


def contour(score: float, steps: int = 60) -> tuple[tuple[float, float], ...]:
    """Points (likelihood, impact) of the matrix at which the score is that one, left to right."""
    low, high = max(1.0, score / HIGHEST["C"]), min(float(HIGHEST["L"]), score)
    across = (low + (high - low) * step / steps for step in range(steps + 1))
    return tuple((likelihood, score / likelihood) for likelihood in across)

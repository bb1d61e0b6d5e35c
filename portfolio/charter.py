"""A cycle's charter: its calendar, and the rules by which the committee may depart from the plan.

Set before the data: once the first proposal is in, its rules stand.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from portfolio import claims
from portfolio.errors import Invalid
from portfolio.words import NO_WORDS, Bilingual

CALENDAR = ("opens", "weigh_by", "score_by", "decide_by")


class Majority(StrEnum):
    """What carries a motion."""

    SIMPLE = "simple"  # more for than against
    ABSOLUTE = "absolue"  # more than half of the members present
    TWO_THIRDS = "deux-tiers"  # two thirds of those for or against


class Undecided(StrEnum):
    """What closing a meeting does of the projects on which nothing was decided."""

    DEFER = "reporter"  # they are deferred, and told so
    HOLD = "retenir"  # the meeting cannot be closed


@dataclass(frozen=True, slots=True)
class Charter:
    """One a cycle; the last day to submit is the cycle's own ``submit_by``.

    opens, weigh_by, score_by, decide_by   days, both ends included; None = not set
    call         what is asked of those who propose
    override     when and how the committee may decide otherwise than the plan
    tie_break    what settles two plans of the same value
    quorum       members present for a vote to hold; None = not set
    raters       ratings that a project needs before it is discussed
    majority, undecided   how a vote is carried, and what closing does of what is left
    is_secret    votes are secret unless said otherwise
    correction_days   days after a decision in which its lead may have a fact corrected
    sealed_on    the day from which the rules stand; None = they may still change
    """

    opens: date | None = None
    weigh_by: date | None = None
    score_by: date | None = None
    decide_by: date | None = None
    call: Bilingual = NO_WORDS
    override: str = ""
    tie_break: str = ""
    quorum: int | None = None
    raters: int = 3
    majority: Majority = Majority.SIMPLE
    undecided: Undecided = Undecided.DEFER
    is_secret: bool = False
    correction_days: int = 10
    sealed_on: date | None = None
    sealed_by: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("quorum", self.quorum, 1)
        claims.at_least("raters", self.raters, 1)
        claims.at_least("correction_days", self.correction_days, 0)
        in_order(*((name, getattr(self, name)) for name in CALENDAR))


def in_order(*days: tuple[str, date | None]) -> None:
    """Refuse a day that falls before one that comes first; days that are not set are skipped."""
    given = [(name, on) for name, on in days if on is not None]
    for (first, before), (name, on) in pairwise(given):
        if on < before:
            raise Invalid("calendar-order", field=name, found=on, other=first, low=before)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time to submit one proposal, with its reason: the last day, included."""

    project: str
    until: date
    reason: str
    by: str
    version: int = 0

    def __post_init__(self) -> None:
        for name in ("project", "reason", "by"):
            claims.filled(name, getattr(self, name))

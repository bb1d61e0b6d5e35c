"""A cycle: one planning exercise, its horizon, its money and its people's time."""

from dataclasses import dataclass
from datetime import date

from portfolio import claims
from portfolio.errors import Missing
from portfolio.horizon import Horizon
from portfolio.words import NO_WORDS, Bilingual


@dataclass(frozen=True, slots=True)
class Envelope:
    """A source of money.

    limits   cents a period; shorter than the horizon = nothing after; None = not given
    carry    share of a period's limit that may go over to the next, 0..1
    """

    code: str
    title: Bilingual
    limits: tuple[int, ...] | None = None
    carry: float = 0.0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.share("carry", self.carry)
        claims.none_below("limits", self.limits or (), 0)


@dataclass(frozen=True, slots=True)
class Team:
    """People who do the work; capacity in person-days a period."""

    code: str
    title: Bilingual
    skill: str = ""
    capacity: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.none_below("capacity", self.capacity, 0)


@dataclass(frozen=True, slots=True)
class Cycle:
    """discount   yearly rate at which value fades when a project starts later (0.03 = 3 %).

    is_illustrative   the figures are made up to show the tool, and every page says so
    thresholds        cents from which a project is examined more closely, or by others
    """

    code: str
    title: Bilingual
    horizon: Horizon
    framework: str
    framework_version: str
    envelopes: tuple[Envelope, ...] = ()
    teams: tuple[Team, ...] = ()
    discount: float = 0.0
    submit_by: date | None = None
    is_illustrative: bool = False
    source: Bilingual = NO_WORDS
    thresholds: tuple[int, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.none_below("thresholds", self.thresholds, 0)
        claims.at_least("discount", self.discount, 0)
        claims.unique("envelopes", [e.code for e in self.envelopes])
        claims.unique("teams", [t.code for t in self.teams])
        for envelope in self.envelopes:
            claims.no_longer(f"limits {envelope.code}", envelope.limits or (), self.horizon.periods)
        for team in self.teams:
            claims.no_longer(f"capacity {team.code}", team.capacity, self.horizon.periods)

    @property
    def period_discount(self) -> float:
        """The rate by period that makes the yearly one: (1 + discount)^(1 / periods a year) - 1."""
        per_year = self.horizon.per_year
        return self.discount if per_year == 1 else (1 + self.discount) ** (1 / per_year) - 1

    def envelope(self, code: str) -> Envelope:
        """The envelope of that code; Missing when there is none."""
        for envelope in self.envelopes:
            if envelope.code == code:
                return envelope
        raise Missing("no-such-envelope", found=code)

"""The guide of the legacy risk wizard: what each criterion asks, and what each level means here."""

from collections.abc import Sequence
from dataclasses import dataclass

from portfolio import claims
from portfolio.errors import Invalid
from portfolio.legacy_risk import CRITERIA, HIGHEST
from portfolio.words import NO_WORDS, Bilingual


@dataclass(frozen=True, slots=True)
class Anchored:
    """One criterion with a sentence for each level, from 1.

    scaled    how a published scale was brought to a city; "" = the framework publishes no anchor
              for it, and all its sentences are the house's own
    bounds    four amounts (cents) or hours that separate the five levels, where they are counted
    """

    code: str
    name: Bilingual
    about: Bilingual
    levels: tuple[Bilingual, ...]
    scaled: Bilingual = NO_WORDS
    bounds: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        highest = HIGHEST[self.code[0]]
        if len(self.levels) != highest:
            found = len(self.levels)
            raise Invalid("levels-missing", field=self.code, found=found, accepted=highest)
        if list(self.bounds) != sorted(set(self.bounds)):
            raise Invalid("not-in-order", field=self.code, found=str(self.bounds))

    @property
    def is_published(self) -> bool:
        """Whether the framework itself publishes anchors, scaled here to a city."""
        return bool(self.scaled.fr)

    def between(self, level: int) -> tuple[int | None, int | None]:
        """The bounds of a level: (from, to); None = without limit on that side."""
        ends = (None, *self.bounds, None)
        return (ends[level - 1], ends[level]) if self.bounds else (None, None)


@dataclass(frozen=True, slots=True)
class City:
    """What the scales of money and hours are set by, all of it the house's own and to be revised.

    budget   cents a year of a department       staff   people who work for the city
    day      hours of a working day
    money    cents that separate the five levels of C3       hours   of C5
    """

    budget: int
    staff: int
    day: int
    money: tuple[int, ...]
    hours: tuple[int, ...]

    def __post_init__(self) -> None:
        for name in ("budget", "staff", "day"):
            claims.at_least(name, getattr(self, name), 1)


@dataclass(frozen=True, slots=True)
class Guide:
    """The framework as the house words it.

    likelihoods, impacts   the name of each level, from 1
    caution                what is published and what is ours
    """

    title: Bilingual
    source: str
    licence: Bilingual
    caution: Bilingual
    likelihoods: tuple[Bilingual, ...]
    impacts: tuple[Bilingual, ...]
    city: City
    criteria: tuple[Anchored, ...]

    def __post_init__(self) -> None:
        codes = tuple(criterion.code for criterion in self.criteria)
        if codes != CRITERIA:
            raise Invalid("not-one-of", field="criteria", found=codes, accepted=CRITERIA)

    def of(self, code: str) -> Anchored:
        """The criterion of that code."""
        return self.criteria[CRITERIA.index(code)]

    def names(self, code: str) -> Sequence[Bilingual]:
        """The names of the levels of that criterion, from 1."""
        return self.likelihoods if code.startswith("L") else self.impacts


def level_of(figure: float, bounds: Sequence[int]) -> int:
    """The level of a figure: a bound opens the next one, but for the last, which must be passed."""
    return 1 + sum(figure >= bound for bound in bounds[:-1]) + (figure > bounds[-1])

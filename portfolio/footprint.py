"""What a project buys, keeps or turns off, and the factors that turn it into emissions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portfolio import claims
from portfolio.errors import Invalid
from portfolio.words import NO_WORDS, Bilingual

UNITS = {  # what a factor may tell of an item, and in which unit
    "made": "kgCO2e",
    "power": "kWh/year",
    "years": "year",
    "pue": "1",
    "grid": "kgCO2e/kWh",
}
GRID = "grid.qc"  # the electricity of whatever has no grid of its own


class Deed(StrEnum):
    """What is done with so many things of a kind."""

    NEW = "new"  # bought new
    REUSED = "reused"  # taken over instead of bought new
    KEPT = "kept"  # kept in use for longer, instead of being replaced
    ADDED = "added"  # put in service (hosting, servers)
    RETIRED = "retired"  # turned off


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many things of a kind, and what the project does with them.

    item    the kind, as the factors name it: laptop, server, hosting …
    count   how many, >= 0
    years   in use, or for how much longer; None = the lifetime of the kind
    """

    item: str
    deed: Deed
    count: float
    years: float | None = None

    def __post_init__(self) -> None:
        claims.filled("item", self.item)
        claims.at_least("count", self.count, 0)
        claims.at_least("years", self.years, 0)


@dataclass(frozen=True, slots=True)
class Factor:
    """One number that turns a quantity into emissions, as a range, with where it comes from.

    code   what it is about and what it tells: laptop.made, laptop.power, laptop.years, grid.qc …
    unit   kgCO2e, kWh/year, year, kgCO2e/kWh …
    """

    code: str
    low: float
    likely: float
    high: float
    unit: str
    source: str
    title: Bilingual = NO_WORDS
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.filled("unit", self.unit)
        claims.filled("source", self.source)
        claims.at_least("low", self.low, 0)
        claims.at_least("likely", self.likely, self.low)
        claims.at_least("high", self.high, self.likely)

    @property
    def item(self) -> str:
        """The kind of thing it is about."""
        return self.code.rpartition(".")[0]

    @property
    def tells(self) -> str:
        """Which of UNITS it is; "" when it is none of them."""
        if self.code == GRID:
            return "grid"
        item, _, what = self.code.rpartition(".")
        return what if item and what in UNITS else ""


def known_items(factors: Sequence[Factor]) -> tuple[str, ...]:
    """The kinds of thing that factors can weigh: with a lifetime, and manufacture or power."""
    told = {(factor.item, factor.tells) for factor in factors}
    lasting = dict.fromkeys(factor.item for factor in factors if factor.tells == "years")
    return tuple(item for item in lasting if {(item, "made"), (item, "power")} & told)


def check(factor: Factor) -> None:
    """Refuse a factor that no estimate could use: unknown code, other unit, no lifetime at all."""
    if not factor.tells:
        accepted = [GRID, *(f"<…>.{what}" for what in UNITS)]
        raise Invalid("not-one-of", field="code", found=factor.code, accepted=accepted)
    unit = UNITS[factor.tells]
    if factor.unit != unit:
        raise Invalid("not-one-of", field="unit", found=factor.unit, accepted=unit)
    least = {"years": 0.1, "pue": 1.0}.get(factor.tells, 0.0)
    claims.at_least("low", factor.low, least)

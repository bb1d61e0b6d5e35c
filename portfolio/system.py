"""A system the city runs, and the life of the technologies it stands on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio import claims


class Disposition(StrEnum):
    """What the city means to do with the system (the TIME model)."""

    TOLERATE = "tolerer"
    INVEST = "investir"
    MIGRATE = "migrer"
    ELIMINATE = "eliminer"


@dataclass(frozen=True, slots=True)
class Technology:
    """A product and version under a system, with its lifecycle dates; None = not given."""

    name: str
    version: str = ""
    sales_end: date | None = None
    active_end: date | None = None
    standard_end: date | None = None
    extended_end: date | None = None

    @property
    def support_end(self) -> date | None:
        """The last day on which someone still repairs it, paid extension included."""
        return self.extended_end or self.standard_end or self.active_end


@dataclass(frozen=True, slots=True)
class System:
    """criticality 1 (convenience) .. 5 (life and safety); money in cents; None = not given."""

    code: str
    title: str
    title_en: str = ""
    owner: str = ""
    criticality: int | None = None
    users: int | None = None
    run_cost: int | None = None
    replacement_value: int | None = None
    disposition: Disposition | None = None
    reason: str = ""
    technologies: tuple[Technology, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.filled("title", self.title)
        claims.between("criticality", self.criticality, 1, 5)
        for name in ("users", "run_cost", "replacement_value"):
            claims.at_least(name, getattr(self, name), 0)
        claims.unique("technologies", [(t.name, t.version) for t in self.technologies])

    def title_in(self, language: str) -> str:
        """The title in ``fr`` or ``en``; French where no translation was given."""
        return self.title_en or self.title if language == "en" else self.title

    @property
    def support_end(self) -> date | None:
        """The first day on which some technology of the system is no longer supported."""
        ends = [t.support_end for t in self.technologies if t.support_end is not None]
        return min(ends, default=None)

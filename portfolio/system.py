"""A system the city runs, and the life of the technologies it stands on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio import claims
from portfolio.errors import Invalid


class Disposition(StrEnum):
    """What the city means to do with the system (the TIME model)."""

    TOLERATE = "tolerer"
    INVEST = "investir"
    MIGRATE = "migrer"
    ELIMINATE = "eliminer"


@dataclass(frozen=True, slots=True)
class Technology:
    """A product and version under a system, with its lifecycle dates; None = not given.

    The four dates are neutral: end of sales, of active support, of standard support, and the last
    day for which a paid extension can be bought; beside each, the word that the source uses.

    contract_until   the city bought an extension until that day; it overrides the dates
    purl, cpe        how scanners and catalogues name it
    source           where the dates come from
    """

    name: str
    version: str = ""
    sales_end: date | None = None
    active_end: date | None = None
    standard_end: date | None = None
    extended_end: date | None = None
    sales_word: str = ""
    active_word: str = ""
    standard_word: str = ""
    extended_word: str = ""
    contract_until: date | None = None
    purl: str = ""
    cpe: str = ""
    source: str = ""

    @property
    def support_end(self) -> date | None:
        """The last day on which someone still repairs it: an extension counts once it is bought."""
        return self.contract_until or self.standard_end or self.active_end


@dataclass(frozen=True, slots=True)
class Dependency:
    """What a system needs of another one to work."""

    on: str
    reason: str = ""

    def __post_init__(self) -> None:
        claims.filled("on", self.on)


@dataclass(frozen=True, slots=True)
class ToolKey:
    """How a tool names the system: a Sonar project key, a ServiceNow number …"""

    tool: str
    key: str

    def __post_init__(self) -> None:
        claims.filled("tool", self.tool)
        claims.filled("key", self.key)


@dataclass(frozen=True, slots=True)
class System:
    """criticality 1 (convenience) .. 5 (life and safety); money in cents; None = not given.

    services          services and boroughs that work with it
    interest_figure   cents a year: what its debts cost together, as the architect sets it when the
                      items' own figures overlap; it then stands for their sum
    """

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
    services: tuple[str, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    tool_keys: tuple[ToolKey, ...] = ()
    interest_figure: int | None = None
    interest_reason: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.filled("title", self.title)
        claims.between("criticality", self.criticality, 1, 5)
        for name in ("users", "run_cost", "replacement_value", "interest_figure"):
            claims.at_least(name, getattr(self, name), 0)
        claims.unique("technologies", [(t.name, t.version) for t in self.technologies])
        claims.unique("services", self.services)
        claims.unique("dependencies", [d.on for d in self.dependencies])
        claims.unique("tool_keys", self.tool_keys)
        if self.code in {d.on for d in self.dependencies}:
            raise Invalid("needs-itself", field="dependencies", found=self.code)

    def title_in(self, language: str) -> str:
        """The title in ``fr`` or ``en``; French where no translation was given."""
        return self.title_en or self.title if language == "en" else self.title

    @property
    def support_end(self) -> date | None:
        """The first day on which some technology of the system is no longer supported."""
        ends = [t.support_end for t in self.technologies if t.support_end is not None]
        return min(ends, default=None)

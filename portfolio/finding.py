"""What tools find in systems: single findings, the components under them, and figures over time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio import claims


class Theme(StrEnum):
    """What a finding is about: findings of one system and one theme make one debt item."""

    MAINTAINABILITY = "maintenabilite"
    RELIABILITY = "fiabilite"
    SECURITY = "securite"
    VULNERABILITY = "vulnerabilites"
    OBSOLESCENCE = "obsolescence"
    LICENCE = "licences"


class Severity(StrEnum):
    """How grave a tool says it is, in five neutral steps; the tool's own word stands beside."""

    BLOCKER = "bloquant"
    HIGH = "eleve"
    MEDIUM = "moyen"
    LOW = "faible"
    INFO = "information"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a tool found in a system, from the day it was first seen until it was gone.

    source       the tool: "sonarqube", "sarif", "dependency-track" …
    key          names it among all that the tool ever finds there, from one run to the next
    scope        the tool's own project: what its next run no longer shows there is gone
    debt         the item it is evidence of; "" = none
    minutes      effort to mend it, as the tool says; None = not said
    place        file and line, or component
    is_set_aside the tool's people suppressed it, or called it a false positive: it never counts
    gone_on      the day a later run no longer showed it; None = still there
    reopened     how many times it came back
    """

    system: str
    source: str
    key: str
    theme: Theme
    title: str
    scope: str = ""
    severity: Severity = Severity.MEDIUM
    word: str = ""
    rule: str = ""
    place: str = ""
    minutes: int | None = None
    debt: str = ""
    url: str = ""
    is_set_aside: bool = False
    first_seen: date | None = None
    last_seen: date | None = None
    gone_on: date | None = None
    reopened: int = 0
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("system", self.system)
        claims.filled("source", self.source)
        claims.filled("key", self.key)
        claims.filled("title", self.title)
        claims.at_least("minutes", self.minutes, 0)
        claims.at_least("reopened", self.reopened, 0)

    @property
    def is_open(self) -> bool:
        """Whether it is there and counts."""
        return self.gone_on is None and not self.is_set_aside


@dataclass(frozen=True, slots=True)
class Component:
    """A library or product inside a system, as a bill of materials tells it.

    number    the version of the component, as it was written; "" = not given
    key       names it within the system and the source: its purl without qualifiers, or its
              group, name and version
    product, release   what it is in the lifecycle catalogue; "" = not found there
    support_end        the end of its support there; None = no date
    """

    system: str
    source: str
    key: str
    name: str
    number: str = ""
    scope: str = ""
    purl: str = ""
    cpe: str = ""
    kind: str = ""
    licences: str = ""
    product: str = ""
    release: str = ""
    support_end: date | None = None
    gone_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("system", self.system)
        claims.filled("source", self.source)
        claims.filled("key", self.key)
        claims.filled("name", self.name)


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of a system on one day, as a tool measured it (sqale_index, ncloc …).

    scope   the tool's own project: a system may hold several, each with its own figure
    """

    system: str
    source: str
    metric: str
    on: date
    number: float
    scope: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("system", self.system)
        claims.filled("metric", self.metric)

"""A project: what someone proposes, in one or several variants, with what each would take."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portfolio import claims
from portfolio.errors import Invalid
from portfolio.footprint import Quantity

MAY_BE_CONFIDENTIAL = (
    "sponsor",
    "problem",
    "outcome",
    "risks",
    "systems",
    "debt_effects",
    "proof",  # of the legal basis
)  # read then by the project's lead, the architect, the committee's members, facilitators and
# administrators: not by observers, other leads or the public. No score and no plan is worked out
# from them: the same question is asked whoever asks it


class Category(StrEnum):
    """Why the project exists."""

    NEW = "nouveau"
    EVOLUTION = "evolution"
    MODERNISATION = "modernisation"
    CONTINUITY = "continuite"
    MANDATORY = "obligatoire"


class Stage(StrEnum):
    """Where the proposal is in its path."""

    DRAFT = "brouillon"
    SUBMITTED = "soumis"
    SENT_BACK = "retourne"
    ADMISSIBLE = "recevable"
    APPROVED = "approuve"
    DEFERRED = "reporte"
    REFUSED = "refuse"
    PAUSED = "suspendu"
    TERMINATED = "arrete"
    WITHDRAWN = "retire"


class Sensitivity(StrEnum):
    """How sensitive the data are that the project handles."""

    PUBLIC = "public"
    INTERNAL = "interne"
    PERSONAL = "personnel"
    CRITICAL = "critique"


@dataclass(frozen=True, slots=True)
class Estimate:
    """An amount in whole cents as three points; low <= likely <= high.

    low, high   None = not given: the likely amount is all that is known
    """

    likely: int
    low: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.low > self.likely:
            raise Invalid("not-in-order", field="low", found=self.low, high=self.likely)
        if self.high is not None and self.high < self.likely:
            raise Invalid("not-in-order", field="high", found=self.high, low=self.likely)

    @property
    def mean(self) -> float:
        """Cents: (low + 4 likely + high) / 6, the three-point mean (PERT)."""
        low = self.likely if self.low is None else self.low
        high = self.likely if self.high is None else self.high
        return (low + 4 * self.likely + high) / 6


@dataclass(frozen=True, slots=True)
class Spend:
    """Money of one envelope in one period of the project's own life (0 = the one it starts in)."""

    envelope: str
    period: int
    amount: Estimate

    def __post_init__(self) -> None:
        claims.at_least("period", self.period, 0)
        claims.at_least("amount", self.amount.likely, 0)


@dataclass(frozen=True, slots=True)
class Effort:
    """Person-days of one team in one period of the project's own life (0 = where it starts)."""

    team: str
    period: int
    days: float

    def __post_init__(self) -> None:
        claims.at_least("period", self.period, 0)
        claims.at_least("days", self.days, 0)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to do the project: minimal, base, enhanced …

    duration       periods from start to delivery; None = not given
    value_factor   share of the project's value that this variant brings (1 = all of it)
    spends         empty = amount not given, which is not the same as free
    """

    code: str
    title: str = ""
    duration: int | None = 1
    value_factor: float = 1.0
    spends: tuple[Spend, ...] = ()
    efforts: tuple[Effort, ...] = ()

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.at_least("duration", self.duration, 1)
        claims.at_least("value_factor", self.value_factor, 0)
        claims.unique("spends", [(s.envelope, s.period) for s in self.spends])
        claims.unique("efforts", [(e.team, e.period) for e in self.efforts])
        for period in [s.period for s in self.spends] + [e.period for e in self.efforts]:
            if self.duration is not None and period >= self.duration:
                raise Invalid("after-the-end", field="period", found=period + 1, high=self.duration)

    @property
    def cost(self) -> int | None:
        """Likely cost in cents over all envelopes and periods; None when not given."""
        return sum(s.amount.likely for s in self.spends) if self.spends else None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """What makes a project mandatory, and the proof of it."""

    law: str
    article: str = ""
    on: date | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """One mark on one grid: ("ambition", "2.1"), ("assise", "transition"), ("priorite", "11") …"""

    grid: str
    key: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question of the gate (Test climat, ADS+)."""

    question: str
    answer: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number the project brings with it, by name: carbon (kgCO2e over its life) …"""

    name: str
    number: float


@dataclass(frozen=True, slots=True)
class DebtEffect:
    """A debt that the project says it would retire, or create; the register says so in its turn.

    debt        code of an item of the register; "" = a debt that the project would create
    share       part of it that the project retires, 0..1
    system, title, principal   of a debt that it would create: cents; None = not given
    """

    debt: str = ""
    share: float = 1.0
    system: str = ""
    title: str = ""
    principal: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        claims.share("share", self.share)
        claims.at_least("principal", self.principal, 0)
        if not self.debt:
            claims.filled("title", self.title)

    @property
    def is_created(self) -> bool:
        return not self.debt


@dataclass(frozen=True, slots=True)
class Project:
    """One thing the committee may fund.

    earliest, latest   fiscal period labels bounding the start, both included; "" = not given
    deadline           label of the last period in which a mandatory project may finish
    operating_cost     cents a year after delivery, negative when it saves; None = not given
    given_value        points given from outside; None = its value comes from its scores
    debt_share         share of its cost that repays debt; None = follows from what it retires
    source             where the row came from, when imported
    debt_effects       debts it says it would retire or create
    confidential       fields that only those who judge it, and its lead, may read: some of
                       MAY_BE_CONFIDENTIAL
    """

    code: str
    title: str
    title_en: str = ""
    service: str = ""
    lead: str = ""
    sponsor: str = ""
    category: Category = Category.NEW
    stage: Stage = Stage.SUBMITTED
    problem: str = ""
    outcome: str = ""
    beneficiaries: str = ""
    earliest: str = ""
    latest: str = ""
    deadline: str = ""
    legal_basis: LegalBasis | None = None
    risks: str = ""
    sensitivity: Sensitivity = Sensitivity.INTERNAL
    operating_cost: int | None = None
    given_value: float | None = None
    debt_share: float | None = None
    source: str = ""
    systems: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    answers: tuple[Answer, ...] = ()
    measures: tuple[Measure, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    variants: tuple[Variant, ...] = field(default=())
    debt_effects: tuple[DebtEffect, ...] = ()
    confidential: frozenset[str] = frozenset()
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("code", self.code)
        claims.filled("title", self.title)
        claims.unique("variants", [v.code for v in self.variants])
        claims.unique("tags", self.tags)
        claims.unique("measures", [m.name for m in self.measures])
        claims.share("debt_share", self.debt_share)
        claims.unique("answers", [a.question for a in self.answers])
        claims.unique("debt_effects", [e.debt for e in self.debt_effects if e.debt])
        for name in sorted(self.confidential - set(MAY_BE_CONFIDENTIAL)):
            accepted = ", ".join(MAY_BE_CONFIDENTIAL)
            raise Invalid("not-one-of", field="confidential", found=name, accepted=accepted)

    @property
    def is_mandatory(self) -> bool:
        return self.category is Category.MANDATORY

    def title_in(self, language: str) -> str:
        """The title in ``fr`` or ``en``; French where no translation was given."""
        return self.title_en or self.title if language == "en" else self.title

"""What was decided of a project, what its lead says is wrong in it, and what the public reads."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio import claims


class Verb(StrEnum):
    """What may be decided of a project."""

    APPROVED = "approuve"
    CONDITIONAL = "approuve-avec-conditions"
    DEFERRED = "reporte"
    REFUSED = "refuse"
    SENT_BACK = "retourne"
    ACCELERATED = "accelere"
    PAUSED = "suspendu"
    TERMINATED = "arrete"

    @property
    def goes_ahead(self) -> bool:
        """Whether the project is done."""
        return self in GOES_AHEAD


GOES_AHEAD = frozenset({Verb.APPROVED, Verb.CONDITIONAL, Verb.ACCELERATED})


@dataclass(frozen=True, slots=True)
class Grant:
    """Money granted: cents of one envelope in one period of the cycle's horizon (0 = its first)."""

    envelope: str
    period: int
    amount: int

    def __post_init__(self) -> None:
        claims.filled("envelope", self.envelope)
        claims.at_least("period", self.period, 0)
        claims.at_least("amount", self.amount, 0)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one project; a later one takes its place, and none is ever changed.

    number           1, 2, 3 … of the project
    meeting, motion  where it was taken; 0 = at none
    variant, start   what is done: code, and label of the fiscal period; "" = it is not done
    grants           in the order of envelopes, then periods
    conditions       asked for when it is approved with conditions
    until            deferred or paused until that day; None = until further notice
    is_planned       the plan put to the committee says the same
    price            points lost because it does not; None = it says the same
    signed_by        who signed the reason for the difference
    """

    project: str
    number: int
    verb: Verb
    reason: str
    by: str
    at: str
    meeting: int = 0
    motion: int = 0
    variant: str = ""
    start: str = ""
    grants: tuple[Grant, ...] = ()
    conditions: str = ""
    until: date | None = None
    is_planned: bool = True
    price: float | None = None
    signed_by: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("project", self.project)
        claims.at_least("number", self.number, 1)
        claims.filled("reason", self.reason)
        if self.verb is Verb.CONDITIONAL:
            claims.filled("conditions", self.conditions)
        if self.verb.goes_ahead:
            claims.filled("variant", self.variant)
            claims.filled("start", self.start)
        if not self.is_planned:
            claims.filled("signed_by", self.signed_by)
        claims.unique("grants", [(g.envelope, g.period) for g in self.grants])

    @property
    def amount(self) -> int:
        """Cents granted over all envelopes and periods."""
        return sum(grant.amount for grant in self.grants)


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact that a lead says is wrong in what was decided, and what came of it.

    fact          which one, as the form names it
    decision      number of the decision
    is_accepted   None = not answered yet
    """

    project: str
    number: int
    decision: int
    fact: str
    said: str
    by: str
    at: str
    is_accepted: bool | None = None
    answer: str = ""
    answered_by: str = ""
    answered_at: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("project", self.project)
        claims.at_least("number", self.number, 1)
        claims.filled("said", self.said)
        if self.is_accepted is not None:
            claims.filled("answer", self.answer)


@dataclass(frozen=True, slots=True)
class Publication:
    """What the public reads of a cycle, whole; a later one takes its place.

    sha256         of the document, kept apart under it; nothing confidential is in it
    withdrawn_at   moment; "" = the public may read it
    """

    number: int
    by: str
    at: str
    sha256: str
    note: str = ""
    withdrawn_at: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("number", self.number, 1)
        claims.filled("sha256", self.sha256)

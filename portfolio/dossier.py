"""What gathers around a proposal on its path: submissions, questions, opinions, attachments."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from portfolio import claims
from portfolio.project import DebtEffect


class Verdict(StrEnum):
    """What an architect advises."""

    PROCEED = "favorable"
    WITH_CHANGES = "avec-modifications"
    CHANGE_DIRECTION = "reorienter"


@dataclass(frozen=True, slots=True)
class Submission:
    """A proposal as it was when it was submitted, whole: what a later one is compared with.

    number     1, 2, 3 … of the project
    at         moment, ISO 8601 in UTC
    document   the project as canonical JSON
    """

    project: str
    number: int
    by: str
    at: str
    document: str
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("project", self.project)
        claims.at_least("number", self.number, 1)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question asked of a lead about one section of the proposal, and the reply.

    section       the form's section; "" = about the whole
    is_declined   the lead gives no answer: ``answer`` then says why
    """

    project: str
    number: int
    section: str
    question: str
    asked_by: str
    asked_at: str
    answer: str = ""
    answered_by: str = ""
    answered_at: str = ""
    is_declined: bool = False
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("project", self.project)
        claims.filled("question", self.question)
        claims.at_least("number", self.number, 1)

    @property
    def is_answered(self) -> bool:
        return bool(self.answer.strip())


@dataclass(frozen=True, slots=True)
class Opinion:
    """An architect's advice on one submission of a proposal.

    number       that of the submission
    conditions   what would have to change; asked for unless the advice is to proceed
    """

    project: str
    number: int
    verdict: Verdict
    reason: str
    by: str
    at: str
    conditions: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("project", self.project)
        claims.filled("reason", self.reason)
        claims.at_least("number", self.number, 1)
        if self.verdict is not Verdict.PROCEED:
            claims.filled("conditions", self.conditions)


def effect_key(effect: DebtEffect) -> str:
    """What tells an effect from the others of its project: the debt, or what it would create."""
    if not effect.is_created:
        return effect.debt
    said = f"{effect.system}/{effect.title}"
    return f"new-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Intake:
    """What an architect made of a debt that the project says it would retire or create.

    effect             its key, see ``effect_key``
    share, principal   as the project said them then
    is_taken           it entered the register, under ``debt``; else ``reason`` says why not
    """

    project: str
    effect: str
    share: float
    principal: int | None
    is_taken: bool
    by: str
    at: str
    debt: str = ""
    reason: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.filled("project", self.project)
        claims.filled("effect", self.effect)
        claims.share("share", self.share)
        claims.filled("debt" if self.is_taken else "reason", self.debt or self.reason)

    def is_of(self, effect: DebtEffect) -> bool:
        """Whether the project still says what was judged."""
        mine = (self.effect, self.share, self.principal)
        return mine == (effect_key(effect), effect.share, effect.principal)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file given with a proposal; its bytes are kept apart, under their SHA-256.

    media        what its bytes say it is, not what its name says
    removed_at   moment; "" = it is there
    """

    project: str
    number: int
    name: str
    media: str
    size: int
    sha256: str
    by: str
    at: str
    section: str = ""
    note: str = ""
    is_confidential: bool = False
    removed_at: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        for name in ("project", "name", "media", "sha256"):
            claims.filled(name, getattr(self, name))
        claims.at_least("number", self.number, 1)
        claims.at_least("size", self.size, 1)

"""What gathers around a proposal on its path: submissions, questions, opinions, attachments."""

from dataclasses import dataclass
from enum import StrEnum

from portfolio import claims


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

    section    the form's section; "" = about the whole
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

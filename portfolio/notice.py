"""Notices: what a person is told of what others did, or of a day that draws near."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from portfolio import claims

Fact = str | int
NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


class NoticeKind(StrEnum):
    """What happened, or draws near."""

    SUBMITTED = "submitted"
    RESUBMITTED = "resubmitted"
    SENT_BACK = "sent-back"
    ADMISSIBLE = "admissible"
    WITHDRAWN = "withdrawn"
    OPINION = "opinion"
    EXTENSION = "extension"
    ROUND_OPENED = "round-opened"
    ROUND_REVEALED = "round-revealed"
    ACCEPTANCE_ASKED = "acceptance-asked"
    ACCEPTANCE_RULED = "acceptance-ruled"
    ACCEPTANCE_ENDS = "acceptance-ends"
    DEBT_REVIEW = "debt-review"
    DEADLINE = "deadline"
    BALLOT_DUE = "ballot-due"
    RATINGS_DUE = "ratings-due"
    REPORT_DUE = "report-due"
    MEETING = "meeting"
    LETTER = "letter"
    ROLES = "roles"
    DECIDED = "decided"
    DEBTS_CREATED = "debts-created"
    CORRECTION_ASKED = "correction-asked"
    CORRECTION_ANSWERED = "correction-answered"


class Mail(StrEnum):
    """What became of a notice by e-mail; it is read in the application in any case.

    SENDING   someone took it to send, and has not told what came of it
    SKIPPED   the person wants none, has no address, or has left
    REFUSED   given up: the address was refused, or no server took it for a day
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Notice:
    """id        its number in the house; 0 = not kept yet
    person      who is told
    about       code of the project, debt item … ; "" = the cycle, or the person
    facts       what its sentence says beside that: codes, titles, days as ISO texts, numbers
    at          moment, ISO 8601 in UTC; so is read_at, "" = not yet
    mail        what became of it by e-mail
    once        the event's own name: the same is never told twice; "" = each time anew
    """

    person: str
    kind: NoticeKind
    cycle: str = ""
    about: str = ""
    facts: Mapping[str, Fact] = field(default_factory=lambda: NO_FACTS)
    at: str = ""
    once: str = ""
    read_at: str = ""
    mail: Mail = Mail.WAITING
    id: int = 0

    def __post_init__(self) -> None:
        claims.filled("person", self.person)

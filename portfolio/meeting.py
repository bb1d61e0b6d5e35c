"""A meeting of the committee: who is there, what is frozen, what is put to the vote, and how."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio import claims
from portfolio.decision import Verb


class Step(StrEnum):
    """The screens of a meeting, in order."""

    CHARTER = "charte"
    ATTENDANCE = "presences"
    FREEZE = "gel"
    READING = "lecture"
    WEIGHTS = "poids"
    AGENDA = "ecarts"
    SCENARIOS = "scenarios"
    OVERRIDES = "choix-imposes"
    VOTE = "vote"
    READ_BACK = "relecture"


class MeetingState(StrEnum):
    """How far a meeting has come."""

    PREPARED = "preparee"
    OPEN = "ouverte"
    CLOSED = "close"


class MotionState(StrEnum):
    """How far a vote has come; a suspended one waits for the quorum with the votes it has."""

    OPEN = "ouvert"
    SUSPENDED = "suspendu"
    CARRIED = "adopte"
    LOST = "rejete"
    ANNULLED = "annule"


class Choice(StrEnum):
    """How a member votes."""

    FOR = "pour"
    AGAINST = "contre"
    ABSTAIN = "abstention"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sitting; times are moments, ISO 8601 in UTC, "" = not yet.

    number       1, 2, 3 … of the cycle
    scenario     the one whose plan is put to the committee
    facilitator  who holds the chair: the only one who leads, and whose step all screens follow
    step, about  the screen shown, and the project spoken of; about "" = none
    timer_ends   until when it is spoken of
    is_secret    votes are secret unless a motion says otherwise
    convened_at  when its members were last told what to read before it
    """

    number: int
    on: date
    scenario: str = "base"
    place: str = ""
    facilitator: str = ""
    state: MeetingState = MeetingState.PREPARED
    step: Step = Step.CHARTER
    about: str = ""
    timer_ends: str = ""
    is_secret: bool = False
    convened_at: str = ""
    opened_at: str = ""
    closed_at: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("number", self.number, 1)
        claims.filled("scenario", self.scenario)

    @property
    def is_open(self) -> bool:
        return self.state is MeetingState.OPEN


@dataclass(frozen=True, slots=True)
class Attendance:
    """A person at a meeting, there or gone.

    since   the moment from which she is there, or is gone
    note    by video, represents someone …
    """

    meeting: int
    person: str
    is_present: bool
    since: str
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("meeting", self.meeting, 1)
        claims.filled("person", self.person)


@dataclass(frozen=True, slots=True)
class Freeze:
    """The inputs as the committee decides on them; a later one of the meeting takes its place.

    reason      why it was done again; the first needs none
    sha256      of the document, kept apart under it: everything that the question follows from
    question    SHA-256 of the portfolio question within
    answer      SHA-256 of its answer, kept apart likewise; "" = it is still worked out
    """

    meeting: int
    number: int
    by: str
    at: str
    sha256: str
    question: str
    reason: str = ""
    answer: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("meeting", self.meeting, 1)
        claims.at_least("number", self.number, 1)
        claims.filled("sha256", self.sha256)
        if self.number > 1:
            claims.filled("reason", self.reason)


@dataclass(frozen=True, slots=True)
class Override:
    """A choice that differs from the best plan: priced on the frozen inputs, reasoned and signed.

    is_in            the project is forced in; else it is forced out
    variant, start   forced with it: code, and label of the period; "" = whichever is best
    price            points that the best plan loses by it, with the overrides signed before;
                     None = not priced yet
    enters, leaves   projects, between the plan before it and the plan after it
    freeze           number of the freeze on which it was priced
    signed_at        moment; "" = a draft that binds nobody
    """

    meeting: int
    project: str
    is_in: bool
    reason: str
    by: str
    variant: str = ""
    start: str = ""
    price: float | None = None
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    freeze: int = 0
    signed_by: str = ""
    signed_at: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("meeting", self.meeting, 1)
        claims.filled("project", self.project)
        claims.filled("reason", self.reason)

    @property
    def is_signed(self) -> bool:
        return bool(self.signed_at)


@dataclass(frozen=True, slots=True)
class Motion:
    """What is put to the vote.

    project   "" = the portfolio as a whole
    verb      what would be decided of the project; None for the portfolio
    text      as it is read out
    present, fors, againsts, abstentions   members counted when it was settled; None = it is not
    """

    meeting: int
    number: int
    text: str
    opened_by: str
    opened_at: str
    project: str = ""
    verb: Verb | None = None
    is_secret: bool = False
    state: MotionState = MotionState.OPEN
    settled_at: str = ""
    present: int | None = None
    fors: int | None = None
    againsts: int | None = None
    abstentions: int | None = None
    note: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("meeting", self.meeting, 1)
        claims.at_least("number", self.number, 1)
        claims.filled("text", self.text)

    @property
    def is_open(self) -> bool:
        return self.state in (MotionState.OPEN, MotionState.SUSPENDED)

    @property
    def silent(self) -> int:
        """Members who could vote and did not, once it is settled."""
        cast = (self.fors, self.againsts, self.abstentions)
        return (self.present or 0) - sum(n or 0 for n in cast)


@dataclass(frozen=True, slots=True)
class Vote:
    """A member's vote on a motion.

    choice         None = secret: that she voted is known, and not how
    withdrawn_at   moment at which a conflict declared since took it out; "" = it counts
    """

    meeting: int
    motion: int
    person: str
    at: str
    choice: Choice | None = None
    withdrawn_at: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("motion", self.motion, 1)
        claims.filled("person", self.person)


@dataclass(frozen=True, slots=True)
class Record:
    """What a meeting did, whole, as it was read back and closed: the minutes are made from it.

    number     1; a correction of the minutes makes another, with its reason
    sha256     of the document, kept apart under it
    """

    meeting: int
    number: int
    by: str
    at: str
    sha256: str
    reason: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        claims.at_least("meeting", self.meeting, 1)
        claims.at_least("number", self.number, 1)
        claims.filled("sha256", self.sha256)

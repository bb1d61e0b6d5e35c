"""What a meeting did, whole, as it was read back and closed: figures and words as typed, no prose.

Minutes, letters, the decision pack and what is published are made from it; so it holds people's
names and projects' titles as they were that day, and no confidential field of any project.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import TypeAdapter

from portfolio import canonical
from portfolio.charter import Majority, Undecided
from portfolio.decision import Grant, Verb
from portfolio.meeting import Choice, MotionState
from portfolio.plan import Status
from portfolio.words import Bilingual

Unit = Literal["points", "money", "score"]  # what the objective counts; money in whole cents
Label = tuple[str, ...]  # of a rule, as plans are explained


@dataclass(frozen=True, slots=True)
class Named:
    """A person, by the name she had; "" = nobody."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """From a moment to another; ``until`` "" = to the end of the meeting."""

    since: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Attended:
    """A person who was there, and when; no stay = expected, and never came.

    is_member   counts for the quorum, and votes
    """

    person: Named
    is_member: bool
    stays: tuple[Stay, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The charter by which the meeting was held; ``members`` who may vote, there or not."""

    quorum: int | None
    majority: Majority
    undecided: Undecided
    is_secret: bool
    correction_days: int
    override: str
    tie_break: str
    members: int


@dataclass(frozen=True, slots=True)
class Recused:
    """Who took no part in what was said of a project; why is nobody's business."""

    person: Named
    project: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """A freeze; ``reason`` why it was done again."""

    number: int
    by: Named
    at: str
    sha256: str
    question: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """A criterion in force: its share 0..1 of the whole."""

    criterion: str
    title: Bilingual
    share: float


@dataclass(frozen=True, slots=True)
class Imposed:
    """A signed override with its price: what the best plan lost, those signed before it kept.

    price            in the record's unit
    enters, leaves   projects
    """

    project: str
    title: Bilingual
    is_in: bool
    reason: str
    price: float
    by: Named
    signed_by: Named
    signed_at: str
    freeze: int
    variant: str = ""
    start: str = ""
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """How a member voted; withdrawn_at "" = it counted."""

    person: Named
    choice: Choice
    withdrawn_at: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A motion and its count; ``votes`` of an open one, in order of name: none of a secret one."""

    number: int
    text: str
    project: str
    verb: Verb | None
    is_secret: bool
    state: MotionState
    opened_by: Named
    opened_at: str
    settled_at: str
    present: int | None = None
    fors: int | None = None
    againsts: int | None = None
    abstentions: int | None = None
    note: str = ""
    votes: tuple[Cast, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """Cents of one envelope in one period (label)."""

    envelope: str
    period: str
    amount: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The least cut of a variant with which the project joins: share 0..1 of its cost, cents."""

    variant: str
    share: float
    saved: int


@dataclass(frozen=True, slots=True)
class Effort:
    """Person-days of one team in one period (label)."""

    team: str
    period: str
    days: float


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a project is not in the best plan of the frozen question: figures, never words.

    lack       what the best plan loses with it, in the record's unit, and at most ``lack_high``
               (equal = proved); None = no plan holds it: ``rules`` says which forbid it
    displaces  projects that would make room for it
    rules, limits   labels: what forbids it; what stops it as the plan stands
    cut        least cut in cost that brings it in        money   least more of one envelope
    days       least more of teams, where money is not enough
    shortest   the way back that asks for the least: "cut", "money", "days"; "" = none was found
    left_out   it was not in the question, and why: stage, no-amount, no-duration
    """

    lack: float | None = None
    lack_high: float | None = None
    displaces: tuple[str, ...] = ()
    rules: tuple[Label, ...] = ()
    limits: tuple[Label, ...] = ()
    cut: Cut | None = None
    money: tuple[Money, ...] = ()
    days: tuple[Effort, ...] = ()
    shortest: Literal["", "cut", "money", "days"] = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of one project, and what its lead is told.

    number     of the decision           service   or borough
    value      points it brings; None = not scored
    was_planned   what the best plan with the signed overrides said of it: in, or out
    price, signed_by   of a decision that differs from it
    why_not    of a project that does not go ahead; None of one that does
    """

    project: str
    number: int
    title: Bilingual
    service: str
    lead: Named
    verb: Verb
    reason: str
    at: str
    motion: int = 0
    value: float | None = None
    variant: str = ""
    variant_title: str = ""
    start: str = ""
    grants: tuple[Grant, ...] = ()
    conditions: str = ""
    until: date | None = None
    is_planned: bool = True
    was_planned: bool = False
    price: float | None = None
    signed_by: Named = Named()
    why_not: WhyNot | None = None

    @property
    def amount(self) -> int:
        """Cents granted over all envelopes and periods."""
        return sum(grant.amount for grant in self.grants)


@dataclass(frozen=True, slots=True)
class Spent:
    """Cents of an envelope granted in a period (its number and label), against its limit.

    carried   brought over from the period before, less what is handed on to the next
    """

    envelope: str
    title: Bilingual
    period: int
    label: str
    granted: int
    limit: int | None
    carried: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What was decided comes to.

    chosen, of   projects that go ahead, of those decided on
    value        points              cost, debt, owed   cents: granted, debt retired, debt in all
    """

    chosen: int
    of: int
    value: float
    cost: int
    debt: int
    owed: int
    spent: tuple[Spent, ...] = ()


@dataclass(frozen=True, slots=True)
class Proved:
    """What the solver showed of the plan put to the committee, signed overrides kept.

    question     SHA-256 of the frozen question, as it was before any override
    posed        SHA-256 of the question with the overrides: the same when there are none
    best         objective of the best plan before any override
    objective, bound, best   as the solver counts: dollars where the record counts money
    """

    status: Status
    question: str
    posed: str
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    best: float | None = None
    solver: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Anchored:
    """The journal as it stood: its length, its last hash, the moment of its last line."""

    count: int
    head: str
    at: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A fact mended since the meeting, at a lead's word.

    fact   which one, as the correction's form names it
    """

    project: str
    fact: str
    said: str
    answer: str
    by: Named
    answered_by: Named
    at: str


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What a meeting did.

    number            of the record: 1, then one more for each that corrects it, with ``reason``
    periods           labels of the horizon, in order: what a Grant's period counts
    per_year          periods in a year, as the horizon counts them
    teams             their titles, by code
    scenario          the one whose plan was put to the committee
    unit              of every price and lack
    correction_until  last day, included, on which a lead may have a fact corrected
    is_illustrative   the cycle's figures are made up, and every paper says so
    """

    number: int
    cycle: str
    cycle_title: Bilingual
    meeting: int
    on: date
    place: str
    facilitator: Named
    opened_at: str
    closed_at: str
    closed_by: Named
    scenario: str
    scenario_title: Bilingual
    unit: Unit
    periods: tuple[str, ...]
    rules: Rules
    attendance: tuple[Attended, ...]
    recusals: tuple[Recused, ...]
    freezes: tuple[Frozen, ...]
    weights: tuple[Weight, ...]
    overrides: tuple[Imposed, ...]
    motions: tuple[Moved, ...]
    decisions: tuple[Decided, ...]
    totals: Totals
    proof: Proved
    anchor: Anchored
    correction_until: date
    corrections: tuple[Corrected, ...] = ()
    reason: str = ""
    per_year: int = 1
    is_illustrative: bool = False
    teams: Mapping[str, Bilingual] = field(default_factory=dict)

    def decided(self, project: str) -> Decided | None:
        """What was decided of that project; None when nothing was."""
        return next((one for one in self.decisions if one.project == project), None)


_SHAPE: TypeAdapter[Proceedings] = TypeAdapter(Proceedings)


def to_json(record: Proceedings) -> bytes:
    """The canonical document: the same bytes for the same record, keys in order, UTF-8."""
    return canonical.written(_SHAPE, record)


def from_json(document: bytes) -> Proceedings:
    """The record as it was kept."""
    return _SHAPE.validate_json(document)

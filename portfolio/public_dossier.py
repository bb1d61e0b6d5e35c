"""What the public reads of a cycle: a shape with room for what may be told, and for nothing else.

No person has a place here but a sponsor; nor have ballots, votes, sentences of evaluators, drafts,
attachments, or a field that its project keeps confidential (it is then empty).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter

from portfolio import canonical
from portfolio.decision import Verb
from portfolio.horizon import Horizon
from portfolio.plan import Status
from portfolio.project import Category
from portfolio.words import NO_WORDS, Bilingual

FORMAT = 1
MASK = "[…]"
_ADDRESS = re.compile(r"[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
Label = tuple[str, ...]  # of a rule, as plans are explained
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Amount:
    """Cents of one envelope in one period (its label)."""

    envelope: str
    period: str
    cents: int


@dataclass(frozen=True, slots=True)
class Score:
    """What the panel as a whole gives a project on a criterion.

    level   mean on the scale, or the measure; None = not known, or said by one person alone
    value   the same as a share 0..1 of the criterion's points
    """

    criterion: str
    level: float | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the project answers to a question of the gate (Test climat, ADS+)."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class OwnDebt:
    """A debt that the project repays, by that share, or creates; cents, None = not known."""

    title: str
    is_created: bool
    share: float = 1.0
    principal: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Person-days of one team in one period (its label)."""

    team: str
    period: str
    days: float


@dataclass(frozen=True, slots=True)
class WhyOut:
    """Why a project is not done, and what would bring it in: figures of the frozen question.

    lack       what the best portfolio would lose with it; None = no portfolio holds it
    displaces  projects that would leave to make room
    rules, limits   what forbids it; what stops it as things stand
    cut, saved   share 0..1, and cents, of the least cut with which it comes in; None = none found
    money, days  the least more, all of it at once: of one envelope, or of teams and money beside
    shortest   the way that asks for the least: "cut", "money", "days"; "" = none was found
    left_out   it was not in the question, and why: stage, no-amount, no-duration
    """

    lack: float | None = None
    displaces: tuple[str, ...] = ()
    rules: tuple[Label, ...] = ()
    limits: tuple[Label, ...] = ()
    cut: float | None = None
    cut_variant: str = ""
    saved: int | None = None
    money: tuple[Amount, ...] = ()
    days: tuple[Days, ...] = ()
    shortest: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class PublicProject:
    """A project on which something was decided.

    sponsor, problem, outcome, systems, debts   empty where the project keeps them confidential
    number, on      of the decision, and its day
    meeting         where it was taken; 0 = at none
    value           points, 0..100; None = not scored
    price           what the best portfolio loses because the decision differs from it
    """

    code: str
    title: Bilingual
    service: str
    category: Category
    verb: Verb
    number: int
    on: date
    reason: str
    meeting: int = 0
    conditions: str = ""
    until: date | None = None
    variant: str = ""
    start: str = ""
    amounts: tuple[Amount, ...] = ()
    value: float | None = None
    scores: tuple[Score, ...] = ()
    is_planned: bool = True
    price: float | None = None
    why_out: WhyOut | None = None
    sponsor: str = ""
    problem: str = ""
    outcome: str = ""
    beneficiaries: str = ""
    law: str = ""
    article: str = ""
    replies: tuple[Reply, ...] = ()
    systems: tuple[str, ...] = ()
    debts: tuple[OwnDebt, ...] = ()

    @property
    def cents(self) -> int:
        """Granted over all envelopes and periods."""
        return sum(one.cents for one in self.amounts)


@dataclass(frozen=True, slots=True)
class Imposed:
    """A choice that the committee made against the best portfolio, its reason and its price."""

    project: str
    is_in: bool
    reason: str
    price: float
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Purse:
    """An envelope; limits in cents a period, None = not given.

    carry   share 0..1 of a period's limit that may go over to the next
    """

    code: str
    title: Bilingual
    limits: tuple[int, ...] | None = None
    carry: float = 0.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion, or a branch of them.

    share     0..1 of the whole, as the committee weighs it
    levels    one sentence a level, lowest first; measure "" = people rate it
    """

    key: str
    parent: str
    title: Bilingual
    share: float
    is_leaf: bool
    question: Bilingual = NO_WORDS
    levels_fr: tuple[str, ...] = ()
    levels_en: tuple[str, ...] = ()
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the gate, with its answers: (key, words)."""

    key: str
    group: str
    title: Bilingual
    answers: tuple[tuple[str, Bilingual], ...] = ()


@dataclass(frozen=True, slots=True)
class Vowed:
    """What a project promised when it was approved; cents, None = not given."""

    project: str
    on: date
    start: date
    end: date
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting that was closed, and the hashes by which its work can be done again.

    freeze, question   SHA-256 of the frozen inputs, and of the question within
    journal, head      length of the journal at the end, and its last hash
    unit               of prices and lacks: points, money (cents) or score
    """

    number: int
    on: date
    unit: str
    status: Status
    gap: float | None
    solver: str
    freeze: str
    question: str
    journal: int
    head: str


@dataclass(frozen=True, slots=True)
class Bylaws:
    """The charter's rules."""

    quorum: int | None
    majority: str
    is_secret: bool
    raters: int
    override: str
    tie_break: str


@dataclass(frozen=True, slots=True)
class Granted:
    """Cents of an envelope granted in a fiscal year, and its limit; None = not given."""

    envelope: str
    cents: int
    limit: int | None


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year, envelope by envelope."""

    label: str
    granted: tuple[Granted, ...]

    @property
    def cents(self) -> int:
        """Granted over all envelopes."""
        return sum(one.cents for one in self.granted)


@dataclass(frozen=True, slots=True)
class PublicDossier:
    """All that the public reads of a cycle.

    number, at    of the publication, and its moment; 0 and "" = not published yet
    sittings      the meetings whose decisions are here, in order
    scale         lowest and highest level of the rating scale
    """

    cycle: str
    title: Bilingual
    is_illustrative: bool
    horizon: Horizon
    framework: str
    framework_version: str
    framework_title: Bilingual
    framework_source: Bilingual
    weights_note: Bilingual
    scale: tuple[int, int]
    bylaws: Bylaws
    sittings: tuple[Sitting, ...]
    projects: tuple[PublicProject, ...]
    criteria: tuple[Weighed, ...]
    envelopes: tuple[Purse, ...]
    teams: tuple[tuple[str, Bilingual], ...] = ()
    questions: tuple[Asked, ...] = ()
    imposed: tuple[Imposed, ...] = ()
    promises: tuple[Vowed, ...] = ()
    number: int = 0
    at: str = ""
    format: int = FORMAT

    def project(self, code: str) -> PublicProject | None:
        """The project of that code; None when the public knows of none."""
        return next((one for one in self.projects if one.code == code), None)

    @property
    def done(self) -> tuple[PublicProject, ...]:
        """The projects that go ahead."""
        return tuple(one for one in self.projects if one.verb.goes_ahead)

    @property
    def cents(self) -> int:
        """Granted to all of them."""
        return sum(one.cents for one in self.done)

    @property
    def years(self) -> tuple[Year, ...]:
        """What is granted each fiscal year, and may be; later years than the horizon's last."""
        labels = (*self.horizon.labels(), *(a.period for p in self.done for a in p.amounts))
        return tuple(self._year(label) for label in dict.fromkeys(map(_year_of, labels)))

    def _year(self, label: str) -> Year:
        amounts = [a for p in self.done for a in p.amounts if _year_of(a.period) == label]
        at = [n for n, name in enumerate(self.horizon.labels()) if _year_of(name) == label]
        return Year(label, tuple(
            Granted(
                e.code,
                sum(a.cents for a in amounts if a.envelope == e.code),
                None if e.limits is None else sum(e.limits[n] for n in at if n < len(e.limits)),
            )
            for e in self.envelopes
        ))  # fmt: skip

    @property
    def leaves(self) -> tuple[Weighed, ...]:
        """The criteria that are rated or measured, in order."""
        return tuple(one for one in self.criteria if one.is_leaf)


def _year_of(label: str) -> str:
    return label.partition("-")[0]


_SHAPE: TypeAdapter[PublicDossier] = TypeAdapter(PublicDossier)


def to_json(dossier: PublicDossier) -> bytes:
    """The canonical document: the same bytes for the same dossier."""
    return canonical.written(_SHAPE, dossier)


def from_json(document: bytes) -> PublicDossier:
    """The dossier as it was kept."""
    return _SHAPE.validate_json(document)


def without_addresses(dossier: PublicDossier) -> PublicDossier:
    """The same, an e-mail address in any of its texts replaced by ``MASK``."""
    return _in_every_text(dossier, lambda text: _ADDRESS.sub(MASK, text))


def _in_every_text(node: T, change: Callable[[str], str]) -> T:
    """The node with every text beneath it changed; numbers, days and choices stay."""
    whole: Any = node
    if type(whole) is str:
        whole = change(whole)
    elif isinstance(whole, tuple):
        whole = tuple(_in_every_text(one, change) for one in whole)
    elif is_dataclass(whole) and not isinstance(whole, type):
        now = {f.name: getattr(whole, f.name) for f in fields(whole)}
        new = {name: _in_every_text(value, change) for name, value in now.items()}
        whole = replace(whole, **new) if new != now else whole
    return whole  # type: ignore[no-any-return]

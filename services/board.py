"""The board of proposals: where each stands, for whom it waits, and since how many days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from data.store import Store
from data.store_path import last_acts, last_submissions
from portfolio import judgement
from portfolio.clock import day_of
from portfolio.dossier import Inquiry, Opinion
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from portfolio.registry import Registry
from services import charters, cycles
from services.permission import EVERYONE, allowed
from services.proposals import base_of

MOVES = (
    "proposals.begin", "proposals.brouillon", "proposals.retire",
    "submissions.submit", "dossiers.send_back", "dossiers.admit",
)  # the acts after which a proposal stands where it stands
What = Literal["finish", "answers", "resubmit", "opinion", "screening", "scores", "decision"]
Whose = Literal["all", "mine", "waiting"]


@dataclass(frozen=True, slots=True)
class Wait:
    """What a proposal waits for, and from whom; ``n`` answers that are due, ratings received.

    of   ratings that the charter asks for; 0 where that is not the question
    """

    what: What
    who: Role
    n: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """amount   likely cost of the base variant, in cents; None = not given

    days        since when it waits; None = nobody knows, as of what was imported
    is_mine     the person leads it       is_due   it waits for the person
    """

    project: Project
    amount: int | None
    wait: Wait | None
    days: int | None
    is_mine: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class Column:
    """The proposals of a stage, those that wait the longest first; ``total`` of those priced."""

    stage: Stage
    cards: tuple[Card, ...]
    total: int
    unpriced: int


@dataclass(frozen=True, slots=True)
class Board:
    """A column a stage, in the order of the path.

    due   how many proposals wait for the person, whatever is filtered
    """

    columns: tuple[Column, ...]
    due: int


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds the proposals of a cycle, each by the proposal's code.

    numbers   of the last submission       moved, submitted, asked   moments
    """

    numbers: Mapping[str, int]
    submitted: Mapping[str, str]
    moved: Mapping[str, str]
    unanswered: Mapping[str, tuple[int, str]]
    advised: Mapping[str, tuple[int, str]]
    raters: Mapping[str, int]
    enough: int


@allowed(*EVERYONE)
def board(
    store: Store, by: Person, cycle: str, today: date, service: str = "", whose: Whose = "all"
) -> Board:
    """Every proposal that the person sees, in its stage; of one service, of the person, or all.

    whose   mine: led by the person. waiting: for what the person, in one of her roles, has to do
    """
    seen = cycles.registry(store, by, cycle)
    around = _around(store, by, seen)
    every = [_card(by, project, around, today) for project in seen.projects]
    kept = [card for card in every if _is_kept(card, service, whose)]
    columns = tuple(_column(stage, kept) for stage in Stage)
    return Board(columns, sum(card.is_due for card in every))


def _around(store: Store, by: Person, seen: Registry) -> Around:
    cycle = seen.cycle.code
    with store.reading() as work:
        last = last_submissions(work, cycle)
        moved = last_acts(work, cycle, "project", MOVES)
        open_ones = [one for one in work.every(Inquiry, cycle) if not one.is_answered]
        opinions = work.every(Opinion, cycle)
        enough = charters.of(work, cycle).raters
    unanswered: dict[str, tuple[int, str]] = {}
    for one in open_ones:
        n, since = unanswered.get(one.project, (0, one.asked_at))
        unanswered[one.project] = n + 1, min(since, one.asked_at)
    advised: dict[str, tuple[int, str]] = {}
    for opinion in opinions:
        given = (opinion.number, opinion.at)
        advised[opinion.project] = max(given, advised.get(opinion.project, (0, "")))
    return Around(
        {code: number for code, (number, _) in last.items()},
        {code: at for code, (_, at) in last.items()},
        moved, unanswered, advised, _raters(seen), enough,
    )  # fmt: skip


def _raters(seen: Registry) -> Mapping[str, int]:
    """How many people rated each project, as far as it was revealed to the person."""
    people: dict[str, set[str]] = {}
    for given in judgement.panel(seen):
        if given.rating is not None:
            people.setdefault(given.project, set()).add(given.evaluator)
    return {project: len(who) for project, who in people.items()}


def _card(by: Person, project: Project, around: Around, today: date) -> Card:
    wait, since = _wait(project, around)
    base = base_of(project)
    days = (today - day_of(datetime.fromisoformat(since))).days if since else None
    is_mine = project.lead == by.code
    is_due = wait is not None and by.has(wait.who) and (wait.who is not Role.LEAD or is_mine)
    return Card(project, base.cost if base else None, wait, days, is_mine, is_due)


def _wait(project: Project, around: Around) -> tuple[Wait | None, str | None]:
    """(what it waits for, since which moment)."""
    code, moved = project.code, around.moved.get(project.code)
    due, asked_at = around.unanswered.get(code, (0, None))
    match project.stage:
        case Stage.DRAFT:
            return Wait("finish", Role.LEAD), moved
        case Stage.SENT_BACK if due:
            return Wait("answers", Role.LEAD, due), asked_at
        case Stage.SENT_BACK:
            return Wait("resubmit", Role.LEAD), moved
        case Stage.SUBMITTED:
            return _in_screening(code, around, moved)
        case Stage.ADMISSIBLE:
            given, enough = around.raters.get(code, 0), around.enough
            if given < enough:
                return Wait("scores", Role.MEMBER, given, enough), moved
            return Wait("decision", Role.MEMBER), moved
    return None, moved


def _in_screening(code: str, around: Around, moved: str | None) -> tuple[Wait, str | None]:
    """First an opinion on what was last submitted, then whether it is admissible."""
    since = around.submitted.get(code, moved)
    number, advised_at = around.advised.get(code, (0, None))
    if number and number >= around.numbers.get(code, 0):
        return Wait("screening", Role.FACILITATOR), advised_at
    return Wait("opinion", Role.ARCHITECT), since


def _is_kept(card: Card, service: str, whose: Whose) -> bool:
    if service and card.project.service != service:
        return False
    return whose == "all" or (card.is_mine if whose == "mine" else card.is_due)


def _column(stage: Stage, cards: Sequence[Card]) -> Column:
    own = [card for card in cards if card.project.stage is stage]
    own.sort(key=lambda card: -1 if card.days is None else card.days, reverse=True)
    priced = [card.amount for card in own if card.amount is not None]
    return Column(stage, tuple(own), sum(priced), len(own) - len(priced))

"""Overview: the cycle at a glance, and what is expected of a person now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from data.store import Store
from portfolio import judgement
from portfolio.completeness import missing
from portfolio.criterion import Framework
from portfolio.cycle import Cycle
from portfolio.meeting import Meeting, MeetingState
from portfolio.person import Person, Role
from portfolio.project import Project
from portfolio.registry import ASKED, Registry
from scoring.value import Valued
from services import charters, debts, scores
from services.acceptances import DECIDERS, Held, held
from services.charters import Standing
from services.permission import COMMITTEE, EVERYONE, allowed
from services.proposals import WRITABLE, base_of

COVERED = 0.8  # below, too little of a project is scored for its value to be relied upon
APART = 3  # levels between two ratings of one criterion, from which they contradict each other
MOST = 8  # projects shown of each kind


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal its lead still has to finish, and what it lacks."""

    project: Project
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A project with its value.

    apart   criteria on which two people's ratings contradict each other
    """

    project: Project
    card: Valued
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """What the cycle holds, and what it asks of the person; money in cents.

    calendar    the days of the cycle, and the next one that asks something of the person
    projects    those asked of the committee       unpriced   of them, without an amount
    demanded    likely cost of their base variants, as far as it is given
    available   limits of every envelope over the horizon; None = not given
    drafts      the person's own
    expiring    acceptances that end within 30 days, or ended: all of them for an architect, those
                of one's own items for anyone else
    to_decide   requests to accept a debt that the person may decide
    uncovered   scored too little, the least first
    disputed    with ratings that contradict each other, the most criteria first
    meeting     the committee's that is open, else the next one prepared; None = there is none, or
                the person does not sit in the room
    """

    cycle: Cycle
    framework: Framework
    calendar: Standing
    projects: int
    unpriced: int
    demanded: int
    available: int | None
    systems: int
    debts: int
    drafts: tuple[Draft, ...] = ()
    unowned: int = 0
    stale: int = 0
    expiring: tuple[Held, ...] = ()
    to_decide: tuple[Held, ...] = ()
    uncovered: tuple[Scored, ...] = ()
    disputed: tuple[Scored, ...] = ()
    uncovered_in_all: int = 0
    disputed_in_all: int = 0
    meeting: Meeting | None = None


@allowed(*EVERYONE)
def overview(store: Store, by: Person, cycle: str, today: date) -> Overview:
    """The cycle at a glance, and what is expected of the person in it."""
    with store.reading() as work:
        whole = work.registry(cycle)
        calendar = charters.standing_in(work, by, cycle, today)
        held = work.every(Meeting, cycle) if by.has(*COMMITTEE) else ()
    asked = tuple(p for p in whole.projects if p.stage in ASKED)
    bases = [base_of(project) for project in asked]
    costs = [base.cost for base in bases if base is not None and base.cost is not None]
    owed = debts.of_registry(whole, today)
    uncovered, disputed = _to_look_at(by, whole, asked)
    return Overview(
        whole.cycle,
        scores.framework_of(whole),
        calendar,
        len(asked),
        unpriced=len(asked) - len(costs),
        demanded=sum(costs),
        available=_available(whole.cycle),
        systems=len(whole.systems),
        debts=sum(len(system.items) for system in owed.systems),
        drafts=_drafts(by, whole),
        unowned=len(owed.unowned),
        stale=len(owed.stale),
        expiring=_expiring(by, whole, today),
        to_decide=_to_decide(by, whole, today),
        uncovered=uncovered[:MOST],
        disputed=disputed[:MOST],
        uncovered_in_all=len(uncovered),
        disputed_in_all=len(disputed),
        meeting=_meeting(held, today),
    )


def _meeting(held: tuple[Meeting, ...], today: date) -> Meeting | None:
    """The one that is open, else the nearest of those prepared for today or later."""
    is_open = next((one for one in held if one.is_open), None)
    coming = (one for one in held if one.state is MeetingState.PREPARED and one.on >= today)
    return is_open or min(coming, key=lambda one: one.on, default=None)


def _expiring(by: Person, whole: Registry, today: date) -> tuple[Held, ...]:
    return tuple(
        one
        for one in held(whole, today)
        if one.is_ending and (by.has(Role.ARCHITECT) or one.item.owner == by.code)
    )


def _to_decide(by: Person, whole: Registry, today: date) -> tuple[Held, ...]:
    if not by.has(*DECIDERS):
        return ()
    every = held(whole, today)
    return tuple(one for one in every if one.asked and one.asked.asked_by != by.code)


def _available(cycle: Cycle) -> int | None:
    limits = [envelope.limits for envelope in cycle.envelopes]
    known = [sum(limit) for limit in limits if limit is not None]
    return sum(known) if known and len(known) == len(limits) else None


def _drafts(by: Person, whole: Registry) -> tuple[Draft, ...]:
    framework = scores.framework_of(whole)
    mine = (p for p in whole.projects if p.lead == by.code and p.stage in WRITABLE)
    return tuple(Draft(project, missing(project, framework)) for project in mine)


def _to_look_at(
    by: Person, whole: Registry, asked: tuple[Project, ...]
) -> tuple[tuple[Scored, ...], tuple[Scored, ...]]:
    """(scored too little, dispersed), for those who score or run the session."""
    if not by.has(Role.MEMBER, Role.FACILITATOR):
        return (), ()
    found = scores.of_registry(whole)
    if found.is_equal:
        return (), ()
    apart = _apart(whole)
    cards = [
        Scored(project, card, apart[project.code])
        for project in asked
        if (card := found.card(project.code)) and not card.is_given
    ]
    uncovered = [scored for scored in cards if scored.card.coverage < COVERED]
    disputed = [scored for scored in cards if scored.apart]
    return (
        tuple(sorted(uncovered, key=lambda scored: scored.card.coverage)),
        tuple(sorted(disputed, key=lambda scored: -scored.apart)),
    )


def _apart(whole: Registry) -> Counter[str]:
    """Project -> how many of its criteria have ratings that contradict each other."""
    ratings: dict[tuple[str, str], list[float]] = {}
    for given in judgement.panel(whole):
        if given.rating is not None:
            ratings.setdefault((given.project, given.criterion), []).append(given.rating)
    return Counter(
        project for (project, _), each in ratings.items() if max(each) - min(each) >= APART
    )

"""Reminders: what a day brings that nobody does; each is told once, however often one asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.store import Act, Store, Work
from portfolio import judgement
from portfolio.charter import Charter
from portfolio.cycle import Cycle
from portfolio.evaluation import Ballot, Subject
from portfolio.notice import Fact, NoticeKind
from portfolio.person import Role
from portfolio.registry import Registry
from portfolio.tracking import awaited
from services import acceptances, notices, promises
from services.proposals import WRITABLE
from services.rating import progress_of

AHEAD = (1, 3, 14)  # days before a deadline at which people are told, the nearest first
COMMITTEE_AHEAD = 3


@dataclass(frozen=True, slots=True)
class _Reminder:
    """once   the event's own name, within its cycle"""

    kind: NoticeKind
    to: tuple[str, ...]
    about: str
    once: str
    facts: dict[str, Fact]


def remind(store: Store, today: date) -> int:
    """Tell everyone what draws near, in every cycle; how many were told something new."""
    with store.writing(Act("post", "", "reminders.remind")) as work:
        return sum(
            len(notices.tell(
                work, one.kind, one.to, cycle.code, one.about, f"{cycle.code}/{one.once}",
                **one.facts,
            ))
            for cycle in work.cycles()
            for one in _of(work, cycle, today)
        )


def _of(work: Work, cycle: Cycle, today: date) -> Iterator[_Reminder]:
    whole = work.registry(cycle.code)
    kept = work.every(Charter, cycle.code)
    charter = kept[0] if kept else Charter()
    yield from _to_submit(whole, today)
    yield from _ballots(whole, charter, today)
    yield from _ratings(whole, charter, today)
    yield from _register(whole, today)
    yield from _reports(work, cycle.code, today)


def _to_submit(whole: Registry, today: date) -> Iterator[_Reminder]:
    """Leads whose drafts are not in yet."""
    ends = whole.cycle.submit_by
    left = _near(ends, today, AHEAD)
    if ends is None or left is None:
        return
    for project in whole.projects:
        if project.stage in WRITABLE and project.lead:
            yield _Reminder(
                NoticeKind.DEADLINE, (project.lead,), project.code,
                f"submit/{project.code}/{ends}/{left}",
                {"title": project.title, "day": ends.isoformat()},
            )


def _ballots(whole: Registry, charter: Charter, today: date) -> Iterator[_Reminder]:
    """Members who have not cast their ballot of weights."""
    asked = judgement.open_round(whole, Subject.WEIGHTS)
    if asked is None or _near(charter.weigh_by, today, (COMMITTEE_AHEAD,)) is None:
        return
    cast = {b.person for b in whole.ballots if _is_cast(b, asked.number)}
    late = tuple(p.code for p in whole.people if p.has(Role.MEMBER) and p.code not in cast)
    yield _closing(NoticeKind.BALLOT_DUE, late, charter.weigh_by, asked.number)


def _ratings(whole: Registry, charter: Charter, today: date) -> Iterator[_Reminder]:
    """Members who still have projects to rate."""
    asked = judgement.open_round(whole, Subject.SCORES)
    if asked is None or _near(charter.score_by, today, (COMMITTEE_AHEAD,)) is None:
        return
    late = tuple(
        p.person.code for p in progress_of(whole) if not p.is_self and p.given < p.asked
    )
    yield _closing(NoticeKind.RATINGS_DUE, late, charter.score_by, asked.number)


def _closing(
    kind: NoticeKind, to: tuple[str, ...], ends: date | None, number: int
) -> _Reminder:
    day = ends.isoformat() if ends else ""
    return _Reminder(kind, to, "", f"{kind}/{number}/{day}", {"day": day})


def _register(whole: Registry, today: date) -> Iterator[_Reminder]:
    """Owners of debts to look at again, and of acceptances that end."""
    for held in acceptances.held(whole, today):
        if held.is_ending and held.until is not None:
            day = held.until.isoformat()
            yield _Reminder(
                NoticeKind.ACCEPTANCE_ENDS, (held.item.owner,), held.item.code,
                f"acceptance/{held.item.code}/{day}", {"title": held.item.title, "day": day},
            )
    for item in whole.debts:
        if item.is_counted and item.review_on is not None and item.review_on <= today:
            day = item.review_on.isoformat()
            yield _Reminder(
                NoticeKind.DEBT_REVIEW, (item.owner,), item.code,
                f"review/{item.code}/{day}", {"title": item.title, "day": day},
            )


def _reports(work: Work, cycle: str, today: date) -> Iterator[_Reminder]:
    """Leads whose report of the last quarter has not come."""
    for project, found in promises.standings(work, cycle, today):
        due = awaited(found)
        if due is not None and project.lead:
            day = due.isoformat()
            yield _Reminder(
                NoticeKind.REPORT_DUE, (project.lead,), project.code,
                f"report/{project.code}/{day}", {"title": project.title, "day": day},
            )


def _near(ends: date | None, today: date, ahead: tuple[int, ...]) -> int | None:
    """The nearest of the distances within which the day is; None when it is past, or far."""
    left = (ends - today).days if ends else -1
    return next((days for days in ahead if 0 <= left <= days), None)


def _is_cast(ballot: Ballot, number: int) -> bool:
    return ballot.is_cast and ballot.round == number

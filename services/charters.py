"""Charters: a cycle's calendar and its rules, from when they stand, and who has until when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from data.store import Act, Reading, Store
from data.store_path import first_submission
from portfolio.charter import Charter, Extension, in_order
from portfolio.clock import day_of
from portfolio.cycle import Cycle
from portfolio.errors import Invalid, Missing, Refusal
from portfolio.notice import NoticeKind
from portfolio.person import Person, Role
from portfolio.project import Project, Stage
from services import notices
from services.cycles import sees
from services.permission import EVERYONE, allowed
from services.proposals import WRITABLE

CALENDAR = ("opens", "submit_by", "weigh_by", "score_by", "decide_by")
RULES = (
    "override", "tie_break", "quorum", "raters", "majority", "undecided", "is_secret",
    "correction_days",
)
ASKED_OF: Mapping[Role, tuple[str, ...]] = MappingProxyType({
    Role.LEAD: ("opens", "submit_by"),
    Role.ARCHITECT: ("submit_by", "score_by"),
    Role.MEMBER: ("weigh_by", "score_by", "decide_by"),
})  # the days that ask something of a role; of those who are not here, all of them
Days = Mapping[str, date | None]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of the calendar; ``left`` days until it, negative once it is over."""

    name: str
    on: date
    left: int


@dataclass(frozen=True, slots=True)
class Window:
    """Whether a proposal may be submitted.

    why     open, extended (past the call's end, by an extension), returned (it was sent back: it
            may come again until ratings end), not-yet, over
    until   the last day, included; None = no end was set. While not-yet, the first day
    """

    is_open: bool
    why: Literal["open", "extended", "returned", "not-yet", "over"]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A cycle's charter as it stands on a day.

    since        the day from which its rules no longer change; None = they still may
    is_sealed    by the seal; else by the first submission
    deadlines    in the calendar's order, those that are set
    due          the next day that asks something of the person; None = none is to come
    extensions   on the person's own proposals; on every one for those who run the cycle
    """

    cycle: Cycle
    charter: Charter
    since: date | None
    is_sealed: bool
    deadlines: tuple[Deadline, ...]
    due: Deadline | None
    extensions: tuple[Extension, ...] = ()


@allowed(*EVERYONE)
def standing(store: Store, by: Person, cycle: str, today: date) -> Standing:
    """The calendar and the rules, kept or by default, and from when they stand."""
    with store.reading() as work:
        return standing_in(work, by, cycle, today)


@allowed(*EVERYONE)
def time_for(store: Store, by: Person, cycle: str, project: str, today: date) -> Window:
    """Whether that proposal may be submitted, and until when; Missing when it cannot be seen."""
    with store.reading() as work:
        asked = work.project(cycle, project)
        if not sees(by, asked):
            raise Missing("no-such-project", found=project)
        return window(work, cycle, asked, today)


@allowed(Role.ADMINISTRATOR)
def save(
    store: Store,
    by: Person,
    cycle: str,
    charter: Charter,
    submit_by: date | None,
    today: date,
    reason: str = "",
    request: str | None = None,
) -> Charter:
    """Save the calendar and the rules; Stale when they were saved elsewhere since they were read.

    Once the rules stand, Refusal("charter-stands") for another rule; a day may then be moved
    later, with a reason. Invalid "deadline-past" for a day that is over already. The seal is kept.
    """
    act = Act(by.code, Role.ADMINISTRATOR, "charters.save", request, reason.strip())
    with store.writing(act) as work:
        kept, home = of(work, cycle), work.cycle(cycle)
        before, after = days(kept, home.submit_by), days(charter, submit_by)
        since, _ = _stands(work, cycle, kept, today)
        if since is not None and (changed := _changed_rules(kept, charter)):
            raise Refusal("charter-stands", field=changed[0], since=since)
        _refuse_days(before, after, since, today, reason)
        _refuse_disorder(after)
        whole = replace(charter, sealed_on=kept.sealed_on, sealed_by=kept.sealed_by)
        if submit_by != home.submit_by:
            work.save(None, replace(home, submit_by=submit_by))
        saved: Charter = work.save(cycle, whole)
        return saved


@allowed(Role.ADMINISTRATOR)
def seal(
    store: Store,
    by: Person,
    cycle: str,
    charter: Charter,
    on: date,
    today: date,
    request: str | None = None,
) -> Charter:
    """Let the rules, as they were read, stand from that day on; nobody can undo it afterwards.

    Refusal("already-sealed") from that day on; Invalid("empty") while a rule is not written.
    """
    with store.writing(Act(by.code, Role.ADMINISTRATOR, "charters.seal", request)) as work:
        kept = of(work, cycle)
        if kept.sealed_on is not None and kept.sealed_on <= today:
            raise Refusal("already-sealed", since=kept.sealed_on)
        _refuse_past("sealed_on", on, today)
        for rule in ("override", "tie_break"):
            if not getattr(kept, rule).strip():
                raise Invalid("empty", field=rule)
        sealed = replace(kept, sealed_on=on, sealed_by=by.code, version=charter.version)
        saved: Charter = work.save(cycle, sealed)
        return saved


@allowed(Role.ADMINISTRATOR)
def extend(
    store: Store,
    by: Person,
    cycle: str,
    extension: Extension,
    today: date,
    request: str | None = None,
) -> Extension:
    """Give one proposal more time to be submitted, with the reason; in the person's own name.

    Refusal("no-deadline") when the call has no end, Refusal("not-a-draft") once it was submitted,
    Invalid("extension-too-short") unless it ends after the call does.
    """
    reason = extension.reason
    act = Act(by.code, Role.ADMINISTRATOR, "charters.extend", request, reason)
    with store.writing(act) as work:
        project, home = work.project(cycle, extension.project), work.cycle(cycle)
        if home.submit_by is None:
            raise Refusal("no-deadline", found=project.code)
        if project.stage not in WRITABLE:
            raise Refusal("not-a-draft", found=project.code)
        _refuse_past("until", extension.until, today)
        if extension.until <= home.submit_by:
            low = home.submit_by
            raise Invalid("extension-too-short", field="until", found=extension.until, low=low)
        in_order(("until", extension.until), ("score_by", of(work, cycle).score_by))
        saved: Extension = work.save(cycle, replace(extension, by=by.code))
        until = saved.until.isoformat()
        facts = {"title": project.title, "until": until, "reason": reason}
        notices.tell(work, NoticeKind.EXTENSION, (project.lead,), cycle, project.code, **facts)
        return saved


def of(work: Reading, cycle: str) -> Charter:
    """The cycle's charter; the default one, of version 0, when none is kept."""
    return next(iter(work.every(Charter, cycle)), Charter())


def standing_in(work: Reading, by: Person, cycle: str, today: date) -> Standing:
    """As ``standing``, within a transaction."""
    home, charter = work.cycle(cycle), of(work, cycle)
    since, is_sealed = _stands(work, cycle, charter, today)
    given = days(charter, home.submit_by)
    deadlines = tuple(Deadline(n, on, (on - today).days) for n, on in given.items() if on)
    extensions = _extensions(work, by, cycle)
    return Standing(home, charter, since, is_sealed, deadlines, _due(by, deadlines), extensions)


def window(work: Reading, cycle: str, project: Project | None, today: date) -> Window:
    """Whether the proposal may be submitted that day; None = a new one, without an extension."""
    charter, end = of(work, cycle), work.cycle(cycle).submit_by
    if charter.opens is not None and today < charter.opens:
        return Window(False, "not-yet", charter.opens)
    if end is None or today <= end:
        return Window(True, "open", end)
    if project is not None and project.stage is Stage.SENT_BACK:
        last = charter.score_by
        if last is None or today <= last:
            return Window(True, "returned", last)
    given = work.every(Extension, cycle, project.code) if project is not None else ()
    until = max((end, *(one.until for one in given)))
    return Window(True, "extended", until) if today <= until else Window(False, "over", until)


def refuse_closed(work: Reading, cycle: str, project: Project, today: date) -> None:
    """Refusal("call-not-open") or ("call-closed"), with the day, unless it may be submitted."""
    asked = window(work, cycle, project, today)
    if not asked.is_open:
        code = "call-not-open" if asked.why == "not-yet" else "call-closed"
        raise Refusal(code, found=asked.until)


def days(charter: Charter, submit_by: date | None) -> Days:
    """The calendar, in order: name -> day, None = not set."""
    return {n: submit_by if n == "submit_by" else getattr(charter, n) for n in CALENDAR}


def _stands(
    work: Reading, cycle: str, charter: Charter, today: date
) -> tuple[date | None, bool]:
    """(the day since when the rules stand, whether by the seal).

    What was imported is not a submission: a portfolio brought in whole leaves the rules open.
    """
    first = first_submission(work, cycle)
    submitted = day_of(datetime.fromisoformat(first)) if first else None
    sealed = charter.sealed_on
    if sealed is not None and sealed <= today and (submitted is None or sealed <= submitted):
        return sealed, True
    return submitted, False


def _changed_rules(kept: Charter, charter: Charter) -> list[str]:
    return [rule for rule in RULES if getattr(kept, rule) != getattr(charter, rule)]


def _refuse_days(
    before: Days, after: Days, since: date | None, today: date, reason: str
) -> None:
    """What may not be done to the days; before the rules stand, only a day that is over already."""
    for name, on in after.items():
        old = before[name]
        if on == old:
            continue
        if since is not None:
            _refuse_sooner(name, old, on, today)
            if not reason.strip():
                raise Invalid("reason-needed", field=name)
        if on is not None and (name != "opens" or since is not None):
            _refuse_past(name, on, today)


def _refuse_sooner(name: str, old: date | None, on: date | None, today: date) -> None:
    if old is None:
        return
    if name == "opens" and old <= today:
        raise Invalid("call-is-open", field=name, found=old)
    if on is None or on < old:
        raise Invalid("deadline-sooner", field=name, found=on or "—", low=old)


def _refuse_past(name: str, on: date, today: date) -> None:
    if on < today:
        raise Invalid("deadline-past", field=name, found=on, low=today)


def _refuse_disorder(given: Days) -> None:
    """Weights may be asked for before the call ends, or after; all the rest has one order."""
    in_order(*((name, given[name]) for name in CALENDAR if name != "weigh_by"))
    in_order(*((name, given[name]) for name in CALENDAR if name != "submit_by"))


def _extensions(work: Reading, by: Person, cycle: str) -> tuple[Extension, ...]:
    """All of them for those who run the cycle; their reasons are no one else's but the lead's."""
    given = work.every(Extension, cycle)
    if by.has(Role.ADMINISTRATOR, Role.FACILITATOR):
        return given
    return tuple(
        one for one in given
        if any(p.lead == by.code for p in work.every(Project, cycle, one.project))
    )


def _due(by: Person, deadlines: tuple[Deadline, ...]) -> Deadline | None:
    """The next day among those of the person's roles."""
    asked = {name for role in by.roles for name in ASKED_OF.get(role, CALENDAR)}
    to_come = (one for one in deadlines if one.name in asked and one.left >= 0)
    return min(to_come, key=lambda one: one.on, default=None)

"""What a record comes to: decisions by verb, money by envelope, what departs from the plan."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from portfolio.decision import Grant, Verb
from portfolio.record import Cast, Decided, Moved, Proceedings, Spent, Stay, WhyNot
from portfolio.words import Bilingual

ORDER = (
    Verb.APPROVED, Verb.CONDITIONAL, Verb.ACCELERATED, Verb.DEFERRED, Verb.SENT_BACK, Verb.REFUSED,
    Verb.PAUSED, Verb.TERMINATED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """An envelope over the whole horizon, in cents.

    limit   None = not given          over   periods (labels) where more was granted
    """

    envelope: str
    title: Bilingual
    granted: int
    limit: int | None
    over: tuple[str, ...]


def by_verb(record: Proceedings) -> Mapping[Verb, tuple[Decided, ...]]:
    """What was decided, the verbs that were used only, in order of the minutes."""
    found = {verb: tuple(d for d in record.decisions if d.verb is verb) for verb in ORDER}
    return {verb: decided for verb, decided in found.items() if decided}


def granted(decided: tuple[Decided, ...]) -> int:
    """Cents granted to all of them."""
    return sum(one.amount for one in decided)


def drawn(record: Proceedings) -> tuple[Drawn, ...]:
    """Every envelope, in order."""
    by_envelope = groupby(record.totals.spent, key=lambda one: one.envelope)
    return tuple(_drawn(code, tuple(spent)) for code, spent in by_envelope)


def _drawn(code: str, spent: tuple[Spent, ...]) -> Drawn:
    limits = [one.limit for one in spent if one.limit is not None]
    over = tuple(s.label for s in spent if s.limit is not None and left(s) < 0)
    total = sum(limits) if len(limits) == len(spent) else None
    return Drawn(code, spent[0].title, sum(one.granted for one in spent), total, over)


def left(spent: Spent) -> int:
    """Cents that the envelope still holds in that period; below 0 where it is exceeded."""
    return available(spent) - spent.granted


def available(spent: Spent) -> int:
    """Cents of the envelope in that period: its limit and what is carried over; 0 = not given."""
    return (spent.limit or 0) + spent.carried


def carried(granted: Sequence[int], limits: Sequence[int], share: float) -> tuple[int, ...]:
    """Cents that each period gets from the one before, less those it hands on: as few as will do.

    share   of a period's limit that may go over to the next, 0..1
    """
    spare, most = 0, []  # what each period could hand on
    for out, limit in zip(granted, limits, strict=True):
        spare = max(0, min(math.floor(share * limit), limit + spare - out))
        most.append(spare)
    handed, net = 0, [0] * len(limits)
    for at in reversed(range(len(limits))):
        lacking = granted[at] + handed - limits[at]
        brought = min(max(0, lacking), most[at - 1]) if at else 0
        net[at] = brought - handed
        handed = brought
    return tuple(net)


def by_envelope(decided: Decided) -> Mapping[str, tuple[Grant, ...]]:
    """What was granted to one project, envelope by envelope."""
    codes = dict.fromkeys(grant.envelope for grant in decided.grants)
    return {
        code: tuple(one for one in decided.grants if one.envelope == code and one.amount)
        for code in codes
    }


def apart(record: Proceedings) -> tuple[Decided, ...]:
    """The decisions that depart from the plan put to the committee."""
    return tuple(one for one in record.decisions if not one.is_planned)


def price(record: Proceedings) -> float:
    """What the best plan lost by what was imposed and decided otherwise, in the record's unit."""
    imposed = sum(one.price for one in record.overrides)
    return imposed + sum(one.price or 0.0 for one in apart(record))


def counted_as(record: Proceedings, objective: float) -> float:
    """An objective in the record's unit: whole cents for money."""
    return round(100 * objective) if record.unit == "money" else objective


def came(record: Proceedings) -> int:
    """How many members were there, be it for a while."""
    return sum(one.is_member and bool(one.stays) for one in record.attendance)


def without_quorum(record: Proceedings) -> tuple[Stay, ...]:
    """From when to when the quorum was lost, once it was reached; the whole meeting if never."""
    stays = [s for one in record.attendance if one.is_member for s in one.stays]
    ends = {s.until or record.closed_at for s in stays} | {s.since for s in stays}
    moments = sorted({*ends, record.closed_at} - {""})
    need, has_been, lost = record.rules.quorum or 1, False, []
    for since, until in pairwise(moments):
        there = sum(s.since <= since and (not s.until or s.until >= until) for s in stays)
        if has_been and there < need:
            lost.append(Stay(since, until))
        has_been = has_been or there >= need
    return _joined(lost) if has_been else (Stay(record.opened_at, record.closed_at),)


def _joined(stays: list[Stay]) -> tuple[Stay, ...]:
    joined: list[Stay] = []
    for stay in stays:
        if joined and joined[-1].until == stay.since:
            joined[-1] = Stay(joined[-1].since, stay.until)
        else:
            joined.append(stay)
    return tuple(joined)


def counted(motion: Moved) -> tuple[tuple[Cast, ...], tuple[Cast, ...]]:
    """The votes that counted, and those withdrawn for a conflict declared since."""
    kept = tuple(cast for cast in motion.votes if not cast.withdrawn_at)
    return kept, tuple(cast for cast in motion.votes if cast.withdrawn_at)


def all_money(why: WhyNot) -> int:
    """Cents more, over all periods, with which the project would join."""
    return sum(one.amount for one in why.money)

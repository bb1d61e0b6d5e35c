"""The least room, of money and of people together, with which a project joins the best plan."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.room import Roomy, at_least, chosen, roomy
from optimizer.search import Outcome, Search
from optimizer.trials import SAME, plan_of
from portfolio.candidate import at
from portfolio.choices import Amount, Column
from portfolio.plan import Plan, broken, taken, worth
from portfolio.question import Question
from portfolio.rules import Label
from portfolio.rules.row import total

Needed = Mapping[tuple[str, int], float]  # (envelope or team, period) -> dollars or person-days
LEAST = 1e-6  # of a dollar or of a day: under it nothing is asked


@dataclass(frozen=True, slots=True)
class Joining:
    """What must be added to the limits, by envelope or team and period.

    With it there is a plan that takes the project and gains no less than the best one. There is
    money only where no number of days is enough: the least, then the fewest days beside it.
    """

    money: Needed = field(default_factory=dict)
    days: Needed = field(default_factory=dict)


def joining(question: Question, plan: Plan, project: str, search: Search) -> Joining | None:
    """The fewest more days, or the least more money and days, with which the project joins.

    None = other rules keep it out however much is added, or it was not proved in time.
    """
    on, ends = question.choices(), time.monotonic() + search.seconds
    room = roomy(question, on)
    money = {label: extra for label, extra in room.more.items() if label[0] == "envelope"}
    days = {label: extra for label, extra in room.more.items() if label[0] == "team"}
    best = plan.proof.objective if plan.proof.objective is not None else worth(plan, question)
    rows = (
        chosen(on, project, 1.0),
        at_least(room.program.gain, best - SAME * max(1.0, abs(best))),
    )
    model = Model(room.program, [taken(plan, question, on)])

    def fewest(columns: Mapping[Label, Amount], twist: Twist) -> Outcome:
        left = replace(search, seconds=max(0.0, ends - time.monotonic()))
        gain: dict[Column, float] = dict.fromkeys(columns.values(), -1.0)
        return model.ask(left, replace(twist, gain=gain))

    outcome = fewest(days, Twist(most=_open(room, days), rows=rows))
    if outcome.status == "infeasible":
        whole = _open(room, {**money, **days})
        first = fewest(money, Twist(most=whole, rows=rows))
        spent: dict[Column, float] = dict.fromkeys(money.values(), 1.0)
        least = total(spent, first.taken)[0]
        no_more = at_least({c: -1.0 for c in spent}, -least - SAME * max(1.0, least))
        is_possible = first.status == "optimal"
        outcome = fewest(days, Twist(most=whole, rows=(*rows, no_more))) if is_possible else first
    if outcome.status != "optimal":
        return None
    found = Joining(_named(money, outcome), _named(days, outcome))
    is_kept = not broken(plan_of(outcome), _roomier(question, found))
    return found if is_kept else None


def _open(room: Roomy, columns: Mapping[Label, Amount]) -> dict[Column, float]:
    """Those limits may be raised as far as could be of use."""
    return {extra: room.needed[extra] for extra in columns.values()}


def _named(columns: Mapping[Label, Amount], outcome: Outcome) -> Needed:
    return {
        (label[1], int(label[2])): outcome.taken[extra]
        for label, extra in columns.items()
        if outcome.taken.get(extra, 0.0) > LEAST
    }


def _roomier(question: Question, more: Joining) -> Question:
    """The question with that much more in its envelopes and teams, and a rounding error."""
    periods = range(question.horizon.periods)

    def raised(code: str, series: tuple[float, ...], by: Needed) -> tuple[float, ...]:
        return tuple(at(series, p) + by.get((code, p), 0.0) + LEAST for p in periods)

    return replace(
        question,
        envelopes={
            code: replace(one, limits=raised(code, one.limits, more.money))
            for code, one in question.envelopes.items()
        },
        teams={
            code: replace(one, capacity=raised(code, one.capacity, more.days))
            for code, one in question.teams.items()
        },
    )

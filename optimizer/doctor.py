"""A question without an answer: the fewest rules that clash, and the least that would mend it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from optimizer.model import Model
from optimizer.posed import Twist
from optimizer.program import LOGIC, Program
from optimizer.room import roomy
from optimizer.search import Search
from optimizer.trials import plan_of
from portfolio.choices import Amount, Choices, Column
from portfolio.links import clash as read
from portfolio.plan import Plan, broken
from portfolio.question import Question
from portfolio.rules import Label, Row

MONEY, DAYS = frozenset({"envelope"}), frozenset({"team"})
BOUNDS = frozenset(
    {"floor", "ceiling", "debt-floor", "debt-ceiling", "red-limit", "at-most-starts"}
)
BY_PERIOD = frozenset({"needs", "needs-one-of"})  # one rule, a row a period
Way = Literal["money", "money and days", "bounds", "obligations"]
WAYS: Mapping[Way, frozenset[str]] = {
    "money": MONEY,
    "money and days": MONEY | DAYS,
    "bounds": BOUNDS,
}


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to make a plan possible.

    changes     limit -> by how much to move it, in its own unit; or rule -> 1: to be dropped
    is_least    no smaller total would do: proved
    plan        one that then keeps every rule
    """

    way: Way
    changes: Mapping[Label, float]
    is_least: bool
    plan: Plan


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """status     feasible (nothing to mend), infeasible, or no-answer when time ran out
    conflict   rules that cannot be kept together, while without any one of them they can
    repairs    in the order money, money and days, bounds, obligations; those that work
    """

    status: Literal["feasible", "infeasible", "no-answer"]
    conflict: tuple[Label, ...] = ()
    repairs: tuple[Repair, ...] = ()


def diagnose(question: Question, search: Search) -> Diagnosis:
    """Why no plan keeps every rule of the question, and the least that would let one.

    What can be seen without a search is not searched for: that doing nothing keeps every rule, and
    what reading the rules is enough to see (``portfolio.links``).
    """
    ends = time.monotonic() + search.seconds
    on = question.choices()
    if not broken(Plan({}, {}), question):
        return Diagnosis("feasible")
    room = roomy(question, on)
    model = Model(room.program)
    seen = read(question, on)
    if not seen:
        first = model.ask(search, Twist(gain={}))
        if first.status != "infeasible":
            return Diagnosis("feasible" if first.has_plan else "no-answer")
    left = replace(search, seconds=max(0.0, ends - time.monotonic()))
    ways = [_raised(question, model, room.more, room.needed, way, left) for way in WAYS]
    found = [repair for repair in (*ways, _dropped(question, on, left)) if repair]
    alike = [r for r in found if r.way == "money"]
    kept = [r for r in found if not (alike and r.way == "money and days")]
    named = conflict(model, Twist(), left, seen) or conflict(model, Twist(), left)
    return Diagnosis("infeasible", named, tuple(kept))


def conflict(
    model: Model, twist: Twist, search: Search, among: Sequence[Label] = ()
) -> tuple[Label, ...]:
    """The fewest rules (none could be spared) that no plan keeps together under the twist.

    among   rules to look among; none = all
    By QuickXplain (Junker 2004) over rules, not rows; what makes a plan a plan is never in doubt.
    Empty when there is a plan, or when none of it was told in time.
    """
    groups: dict[Label, list[int]] = {}
    for at, row in enumerate(model.program.rows):
        if not row.terms and row.slack({}) < 0:
            return (rule_of(row.label),)  # nothing could keep it
        if row.label[0] not in LOGIC:
            groups.setdefault(rule_of(row.label), []).append(at)
    ends = time.monotonic() + search.seconds

    def clash(kept: Sequence[Label]) -> bool:
        held = set(kept)
        free = frozenset(at for label, rows in groups.items() if label not in held for at in rows)
        left = replace(search, seconds=max(0.0, ends - time.monotonic()))
        return model.ask(left, replace(twist, gain={}, free=free)).status == "infeasible"

    def fewest(sure: list[Label], is_new: bool, doubted: list[Label]) -> list[Label]:
        if is_new and clash(sure):
            return []
        if len(doubted) == 1:
            return doubted
        half = len(doubted) // 2
        one, other = doubted[:half], doubted[half:]
        found = fewest([*sure, *one], bool(one), other)
        return [*fewest([*sure, *found], bool(found), one), *found]

    order = sorted(groups, key=lambda label: label[0] in MONEY | DAYS | BOUNDS)
    order = [label for label in order if not among or label in among]
    if not order or not clash(order):
        return ()
    named = set(fewest([], False, order)) if not clash([]) else set()
    return tuple(label for label in order if label in named)


def _raised(
    question: Question, model: Model, more: Mapping[Label, Amount],
    needed: Mapping[Amount, float], way: Way, search: Search,
) -> Repair | None:  # fmt: skip
    """The least total by which limits of that kind must move."""
    opened = {label: extra for label, extra in more.items() if label[0] in WAYS[way]}
    if not opened:
        return None
    weight = _unit(question) if way == "money and days" else {}
    twist = Twist(
        gain={extra: -weight.get(label[0], 1.0) for label, extra in opened.items()},
        most={extra: needed[extra] for extra in opened.values()},
    )
    outcome = model.ask(search, twist)
    if not outcome.has_plan:
        return None
    changes = {label: outcome.taken.get(extra, 0.0) for label, extra in opened.items()}
    moved = {label: number for label, number in changes.items() if number > 1e-9}
    return Repair(way, moved, outcome.status == "optimal", plan_of(outcome))


def _unit(question: Question) -> Mapping[str, float]:
    """A person-day counts as the money that goes with one, over all projects."""
    on = question.choices()
    money = sum(on.cost(start) for start in on.starts)
    days = sum(sum(map(sum, on.option(start).effort.values())) for start in on.starts)
    return {"team": money / days if money and days else 1.0}


def _dropped(question: Question, on: Choices, search: Search) -> Repair | None:
    """The fewest obligations to drop: mandates, imposed choices, windows, links."""
    room = roomy(question, on).program
    drops: dict[Label, Amount] = {}
    rows = []
    for row in room.rows:
        if row.label[0] in LOGIC | MONEY | DAYS | BOUNDS:
            rows.append(row)
            continue
        rule = rule_of(row.label)
        drop = drops.setdefault(rule, Amount("drop", ":".join(rule), 0, True))
        rows.extend(_loosened(row, drop))
    most = dict(room.most)
    most.update(dict.fromkeys(drops.values(), 1.0))
    gain: dict[Column, float] = dict.fromkeys(drops.values(), -1.0)
    outcome = Model(Program(most, gain, tuple(rows))).ask(search)
    if not outcome.has_plan or not drops:
        return None
    gone = {label: 1.0 for label, drop in drops.items() if drop in outcome.taken}
    plan = plan_of(outcome)
    if {rule_of(breach.label) for breach in broken(plan, question)} - set(gone):
        return None
    return Repair("obligations", gone, outcome.status == "optimal", plan)


def _loosened(row: Row, drop: Amount) -> list[Row]:
    """The row, not to be kept when ``drop`` is 1; an equality from both its sides."""
    size = sum(map(abs, row.terms.values())) + abs(row.rhs)
    under, over = dict(row.terms), dict(row.terms)
    under[drop], over[drop] = -size, size
    both = [Row(row.label, under, "<=", row.rhs), Row(row.label, over, ">=", row.rhs)]
    return [loose for loose in both if row.sense in (loose.sense, "==")]


def rule_of(label: Label) -> Label:
    """The rule that a row belongs to."""
    return label[:-1] if label[0] in BY_PERIOD else label

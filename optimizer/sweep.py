"""How the best objective rises as all the limits of an envelope are scaled, step by step."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from optimizer.efficient import Efficients, Taken, nondominated
from optimizer.prices import moved
from optimizer.program import Program, standalone, starts, write
from optimizer.search import Search
from portfolio.candidate import at
from portfolio.choices import Amount, Column
from portfolio.errors import Invalid
from portfolio.plan import Plan, Proof, Status, broken, taken
from portfolio.question import Question
from portfolio.rules import Row
from portfolio.rules.envelope import EnvelopeLimit
from portfolio.rules.row import total

SHARE = Amount("share", "", 0)  # of the envelope's limits
SEARCH = Search(300.0)


@dataclass(frozen=True, slots=True)
class Rise:
    """With that share of the limits, and not with less, the objective reaches ``objective``.

    enters, leaves   projects, against the step before
    """

    share: float
    objective: float
    plan: Plan
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sweep:
    """steps         from the lowest share on
    is_complete   no step is missing: proved
    unexplored    share of the box of possible values where a step not found could still be
    tolerance     steps nearer than that, in share and in objective, may be told by one of them
    """

    envelope: str
    steps: tuple[Rise, ...]
    is_complete: bool
    unexplored: float
    tolerance: tuple[float, float]
    seconds: float
    status: Status


def sweep(
    question: Question, envelope: str, low: float, high: float, search: Search = SEARCH
) -> Sweep:
    """Every step of the best objective while the envelope's limits go from low to high.

    low, high   shares of the limits that the question gives, 0 <= low <= high (1.0 = as given)
    """
    began = time.monotonic()
    if envelope not in question.envelopes:
        known = list(question.envelopes)
        raise Invalid(
            "unknown-code", field="envelope", kind="envelope", found=envelope, accepted=known
        )
    if not 0 <= low <= high:
        raise Invalid("out-of-range", field="low", found=low, low=0, high=high)
    rule = next(r for r in question.stated() if isinstance(r, EnvelopeLimit) and r.code == envelope)
    on = question.choices()
    gain = question.gain(on, question.objective())

    def judge(columns: Taken) -> Sequence[float] | None:
        plan = Plan(starts(columns), standalone(columns))
        share = max(low, needed(rule, rule.use(on, taken(plan, question, on))))
        if share > high or broken(plan, scaled(question, envelope, share)):
            return None
        return total(gain, taken(plan, question, on))[0], -share

    asked = _scalable(question, rule, low, high)
    found = nondominated(asked, (gain, {SHARE: -1.0}), search, judge=judge)
    tolerance = found.tolerance[1], found.tolerance[0]
    seconds = time.monotonic() - began
    return Sweep(
        envelope, _steps(found), found.is_complete, found.unexplored, tolerance, seconds,
        found.status,
    )  # fmt: skip


def scaled(question: Question, envelope: str, share: float) -> Question:
    """The question with that share of the envelope's limits."""
    old = question.envelopes[envelope]
    limits = replace(old, limits=tuple(share * limit for limit in old.limits))
    return replace(question, envelopes={**question.envelopes, envelope: limits})


def needed(rule: EnvelopeLimit, use: Sequence[float]) -> float:
    """The least share of the limits that is enough for that use; inf = none is.

    What is left at the end of p is, for the worst q before p, what was given and used since q,
    with at most ``carry`` of q's limit brought over: every such sum must pay.
    """
    limits = [at(rule.envelope.limits, p) for p in range(len(use))]
    share = 0.0
    for last in range(len(use)):
        given = spent = 0.0
        for first in range(last, -1, -1):
            given, spent = given + limits[first], spent + use[first]
            brought = rule.envelope.carry * limits[first - 1] if first else 0.0
            if spent > 0:
                room = given + brought
                share = max(share, spent / room if room else float("inf"))
    return share


def _scalable(question: Question, rule: EnvelopeLimit, low: float, high: float) -> Program:
    """The program with the share as a column: what the envelope allows grows with it."""
    on = question.choices()
    asked = write(question, on)
    most: dict[Column, float] = dict(asked.most)
    most[SHARE] = high
    rows = [Row(("share",), {SHARE: 1.0}, ">=", low)]
    for row in asked.rows:
        if row.label[:2] == ("envelope", rule.code):
            row = replace(row, terms={**row.terms, SHARE: -row.rhs}, rhs=0.0)
        rows.append(row)
    for amount, bound in rule.amounts(on).items():
        most[amount] = bound * max(1.0, high)
        if amount.kind == "carried":
            terms: Mapping[Column, float] = {amount: 1.0, SHARE: -bound}
            rows.append(Row(("carried", rule.code, str(amount.period)), terms, "<=", 0.0))
    return Program(most, asked.gain, tuple(rows))


def _steps(found: Efficients) -> tuple[Rise, ...]:
    steps: list[Rise] = []
    for one in reversed(found.points):
        plan = Plan(starts(one.taken), standalone(one.taken), Proof("optimal"))
        changed = moved(steps[-1].plan, plan) if steps else ((), ())
        steps.append(Rise(-one.values[1], one.values[0], plan, *changed))
    return tuple(steps)

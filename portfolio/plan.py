"""A plan: which projects start, in which variant and when; whoever made it, it can be checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from portfolio.choices import Choices, Column, Start, standalone
from portfolio.question import Question
from portfolio.rules.envelope import EnvelopeLimit
from portfolio.rules.exposure import Exposure
from portfolio.rules.retirement import retired
from portfolio.rules.row import Label, total
from portfolio.rules.team import TeamCapacity

Status = Literal["optimal", "feasible", "infeasible", "unbounded", "no-answer"]


class Chosen(NamedTuple):
    """The variant taken, and the period of its start."""

    variant: str
    period: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What the solver showed.

    status      optimal only when the solver proved it; feasible = the best found so far
    bound, gap  no plan is worth more than ``bound``; gap = (bound - objective) / |objective|
    seconds     until the plan was found and proved, or the search ended; ties are settled after
    ties        groups of projects that can stand for one another at the same objective
    is_settled  the tie rules (least cost, earliest starts, declared order) were carried to the end
    """

    status: Status
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    solver: str = ""
    seconds: float = 0.0
    seed: int = 0
    question_sha256: str = ""
    ties: tuple[tuple[str, ...], ...] = ()
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done, and when.

    starts       project -> variant and period of its start
    standalone   debt -> period in which it is retired on its own
    """

    starts: Mapping[str, Chosen]
    standalone: Mapping[str, int]
    proof: Proof = Proof("feasible")


@dataclass(frozen=True, slots=True)
class NoPlan:
    """There is no plan (infeasible), or none was found in time (no-answer).

    clash   the fewest rules that no plan keeps together; without any one of them there is a plan
    """

    proof: Proof
    clash: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Breach:
    """A row that a plan breaks, and by how much, in the row's own unit."""

    label: Label
    by: float


def taken(plan: Plan, question: Question, on: Choices) -> Mapping[Column, float]:
    """The columns that are not 0: starts, standalone retirements, and the amounts that follow."""
    columns: dict[Column, float] = {Start(c, *chosen): 1.0 for c, chosen in plan.starts.items()}
    columns |= {standalone(debt, period): 1.0 for debt, period in plan.standalone.items()}
    for rule in question.stated():
        columns.update(rule.settle(on, columns).items())
    return {column: number for column, number in columns.items() if number}


def broken(plan: Plan, question: Question) -> tuple[Breach, ...]:
    """The rows that the plan breaks, by plain arithmetic: none for a plan that can be trusted."""
    on = question.choices()
    outside = tuple(Breach(label, 1.0) for label in _outside(plan, on))
    if outside:
        return outside
    columns = taken(plan, question, on)
    slacks = ((row.label, row.slack(columns)) for row in question.rows(on))
    return tuple(Breach(label, -slack) for label, slack in slacks if slack < 0)


def worth(plan: Plan, question: Question) -> float:
    """The plan's objective, by plain arithmetic."""
    on = question.choices()
    gain = question.gain(on, question.objective())
    return total(gain, taken(plan, question, on))[0]


@dataclass(frozen=True, slots=True)
class Use:
    """What a plan uses and reaches, by period of the horizon.

    money     envelope -> money used          carried   envelope -> money carried out of the period
    days      team -> person-days             debts     debt -> share retired by the period's end
    red       the systems that are red at the end of the horizon
    """

    money: Mapping[str, tuple[float, ...]]
    carried: Mapping[str, tuple[float, ...]]
    days: Mapping[str, tuple[float, ...]]
    debts: Mapping[str, tuple[float, ...]]
    red: tuple[str, ...] = ()


def use(plan: Plan, question: Question) -> Use:
    """What the plan uses of every envelope and team, and what it does to every debt."""
    on = question.choices()
    columns = taken(plan, question, on)
    rules = question.stated()
    envelopes = [rule for rule in rules if isinstance(rule, EnvelopeLimit)]
    teams = [rule for rule in rules if isinstance(rule, TeamCapacity)]
    periods = range(on.periods)
    return Use(
        money={e.code: e.use(on, columns) for e in envelopes},
        carried={e.code: tuple(e.carried(columns, p) for p in periods) for e in envelopes},
        days={t.code: t.use(on, columns) for t in teams},
        debts={
            d.code: tuple(columns.get(retired(d.code, p), 0.0) for p in periods)
            for d in question.debts
        },
        red=tuple(s.code for s in question.systems if Exposure(s.code).is_red(on, columns)),
    )


def _outside(plan: Plan, on: Choices) -> Iterator[Label]:
    """The plan's choices that do not exist in the question."""
    for code, chosen in plan.starts.items():
        if Start(code, *chosen) not in on.starts_by_project.get(code, ()):
            yield ("start", code, chosen.variant, str(chosen.period))
    for debt, period in plan.standalone.items():
        if debt not in on.stakes or standalone(debt, period) not in on.payoffs(debt):
            yield ("standalone", debt, str(period))

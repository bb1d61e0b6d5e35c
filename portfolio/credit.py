"""What each project of a plan does to the debt: alone, and beside the others of the plan."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from portfolio.choices import Choices
from portfolio.plan import Plan, taken
from portfolio.question import Question
from portfolio.rules.row import total


@dataclass(frozen=True, slots=True)
class Credit:
    """principal   retired at the end of the horizon, less what is created
    interest    saved within the horizon
    avoided     the same in present value, and what is saved beyond the horizon

    In the question's unit; negative where more debt is created than retired.
    """

    principal: float = 0.0
    interest: float = 0.0
    avoided: float = 0.0

    def __add__(self, other: "Credit") -> "Credit":
        return Credit(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __sub__(self, other: "Credit") -> "Credit":
        return Credit(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Credits:
    """alone        project -> what it would do as the only one done, at its own start
    in_plan      project -> what the plan loses without it, all else unchanged
    standalone   what debts retired on their own do, when nothing else is done
    whole        what the plan does

    Where projects repay the same debt, ``in_plan`` gives none of them what the others repay too.
    """

    alone: Mapping[str, Credit]
    in_plan: Mapping[str, Credit]
    standalone: Credit
    whole: Credit

    @property
    def shared(self) -> Credit:
        """What no single choice can be credited with: the rows in_plan and this add up to whole.

        Debt that several projects repay, or that is repaid on its own besides.
        """
        return self.whole - sum(self.in_plan.values(), Credit())

    @property
    def overlap(self) -> Credit:
        """How much the projects taken alone, and the debts repaid on their own, claim too much."""
        return sum(self.alone.values(), self.standalone) - self.whole


def credits(plan: Plan, question: Question) -> Credits:
    """Each chosen project's credit on the debt, by plain arithmetic; whether rules hold or not."""
    weigh = _Scales(question)
    alone = {code: weigh(replace(plan, starts={code: at}, standalone={}))
             for code, at in plan.starts.items()}  # fmt: skip
    whole = weigh(plan)
    in_plan = {code: whole - weigh(_without(plan, {code})) for code in plan.starts}
    return Credits(alone, in_plan, weigh(_without(plan, plan.starts)), whole)


class _Scales:
    """What a plan does to the debt of one question."""

    def __init__(self, question: Question) -> None:
        self.question: Question = question
        self.on: Choices = question.choices()
        self.gains = [
            question.gain(self.on, {name: 1.0}) for name in ("debt", "interest", "avoided")
        ]

    def __call__(self, plan: Plan) -> Credit:
        columns = taken(plan, self.question, self.on)
        return Credit(*(total(gain, columns)[0] for gain in self.gains))


def _without(plan: Plan, projects: Collection[str]) -> Plan:
    return replace(plan, starts={c: at for c, at in plan.starts.items() if c not in projects})

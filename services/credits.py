"""What each project of the kept plan does to the debt: alone, and beside the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.store import Store
from portfolio.credit import Credit, Credits, credits
from portfolio.person import Person
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.scenario import Scenario
from services import kept_plan
from services.permission import COMMITTEE, allowed


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One project of the plan that does something to the debt.

    also   debt that it repays -> what else in the plan repays it: project codes, and "" for a
           retirement on its own
    """

    project: str
    alone: Credit
    in_plan: Credit
    also: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CreditView:
    """In dollars, the project that the plan would miss most first.

    standalone   what debts retired on their own do      shared   what no single choice can claim
    """

    scenario: Scenario
    kept_on: str
    lines: tuple[CreditLine, ...]
    standalone: Credit
    shared: Credit
    whole: Credit


@allowed(*COMMITTEE)
def view(store: Store, by: Person, cycle: str) -> CreditView | None:
    """Of the plan kept last for the first scenario that has one; None when no plan was kept."""
    with store.reading() as work:
        found = kept_plan.first(work, work.registry(cycle))
    if found is None:
        return None
    told = credits(found.plan, found.question)
    lines = _lines(told, _repayers(found.plan, found.question))
    return CreditView(found.scenario, found.on, lines, told.standalone, told.shared, told.whole)


def _lines(told: Credits, repayers: Mapping[str, tuple[str, ...]]) -> tuple[CreditLine, ...]:
    lines = (
        CreditLine(code, alone, told.in_plan[code], _also(code, repayers))
        for code, alone in told.alone.items()
        if alone != Credit() or told.in_plan[code] != Credit()
    )
    return tuple(sorted(lines, key=lambda line: (-line.in_plan.interest, line.project)))


def _repayers(plan: Plan, question: Question) -> dict[str, tuple[str, ...]]:
    """Debt -> what of the plan repays it."""
    return {
        debt.code: (
            *(code for code in debt.retired_by if code in plan.starts),
            *([""] if debt.code in plan.standalone else []),
        )
        for debt in question.debts
    }


def _also(project: str, repayers: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    others = {
        debt: tuple(one for one in by if one != project)
        for debt, by in repayers.items()
        if project in by
    }
    return {debt: by for debt, by in others.items() if by}

"""Replay: a kept plan put to the test again, from the exact question it was the answer to."""

import json
from dataclasses import dataclass

from data import question_file
from data.store import Store
from data.store_work import KeptPlan
from optimizer.search import Search
from optimizer.solve import solve
from portfolio.errors import Missing
from portfolio.person import Person
from portfolio.plan import Breach, NoPlan, Plan, broken, worth
from portfolio.question import Question
from services.permission import COMMITTEE, allowed

SAME = 1e-6  # relative difference under which two objectives are the same


@dataclass(frozen=True, slots=True)
class Replay:
    """What was kept, and what the same question gives now.

    was        the kept plan; None when it was kept that there is none
    breaches   rows of the question that the kept plan breaks
    is_whole   the kept question still has the hash it was kept under
    reached    objective of the kept plan, by plain arithmetic; None without a plan
    """

    kept: KeptPlan
    question: Question
    was: Plan | None
    found: Plan | NoPlan
    breaches: tuple[Breach, ...]
    is_whole: bool
    reached: float | None

    @property
    def agrees(self) -> bool:
        """Whether neither answer is better than what the other proved possible."""
        return agree(self.was, self.reached, self.found)

    @property
    def holds(self) -> bool:
        """Whether the question is whole, the kept plan keeps it, and both answers agree."""
        return self.is_whole and not self.breaches and self.agrees


def agree(was: Plan | None, reached: float | None, found: Plan | NoPlan) -> bool:
    """Whether neither answer is better than what the other proved possible.

    was       the answer that was kept; None when it was kept that there is no plan
    reached   its objective, by plain arithmetic
    """
    if was is None or reached is None or isinstance(found, NoPlan):
        return was is None and isinstance(found, NoPlan)
    now = found.proof.objective or 0.0
    room = SAME * max(1.0, abs(now), abs(reached))
    before, after = was.proof.bound, found.proof.bound
    return not (
        (before is not None and now > before + room)
        or (after is not None and reached > after + room)
    )


@allowed(*COMMITTEE)
def replay(store: Store, by: Person, cycle: str, scenario: str, search: Search) -> Replay:
    """Ask the question kept last for the scenario again; Missing when no plan was kept."""
    with store.reading() as work:
        kept = work.last_plan(cycle, scenario)
    if kept is None:
        raise Missing("no-kept-plan", found=scenario)
    question = question_file.read(kept.question.encode())
    had_plan = json.loads(kept.answer).get("status") in ("optimal", "feasible")
    was = question_file.read_answer(kept.answer.encode()) if had_plan else None
    return Replay(
        kept,
        question,
        was,
        solve(question, search),
        broken(was, question) if was else (),
        question_file.sha256(question) == kept.question_sha256,
        worth(was, question) if was else None,
    )

"""The plan kept last for a scenario, with the very question that it answers."""

import json
from dataclasses import dataclass

from data import question_file
from data.store import Reading
from portfolio.plan import Plan
from portfolio.question import Question
from portfolio.registry import Registry
from portfolio.scenario import Scenario

FOUND = ("optimal", "feasible")


@dataclass(frozen=True, slots=True)
class Kept:
    """on   the day it was kept (ISO)."""

    scenario: Scenario
    on: str
    question: Question
    plan: Plan


def of(work: Reading, cycle: str, scenario: Scenario) -> Kept | None:
    """None when no plan was kept for the scenario, or none was found."""
    kept = work.last_plan(cycle, scenario.code)
    if kept is None or json.loads(kept.answer).get("status") not in FOUND:
        return None
    question = question_file.read(kept.question.encode())
    return Kept(scenario, kept.at[:10], question, question_file.read_answer(kept.answer.encode()))


def first(work: Reading, registry: Registry) -> Kept | None:
    """The one of the first scenario that has one; None when no plan was kept at all."""
    every = (of(work, registry.cycle.code, scenario) for scenario in registry.scenarios)
    return next((kept for kept in every if kept is not None), None)

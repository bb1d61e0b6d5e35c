"""What was proposed, and what must be in, beside what the best plan takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.question import Question
from portfolio.rules import Force, Mandatory
from services.plan_figures import cents
from services.plan_view import PlanView


@dataclass(frozen=True, slots=True)
class Together:
    """Some projects, and what they cost: cents, by the likely cost of the first variant offered."""

    projects: tuple[str, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """In one scenario.

    asked       every project that may be chosen
    mandatory   those that the law or a contract asks for
    imposed     choices that people made in the place of the optimizer, in or out
    bound       what is in whatever its worth: mandatory, or imposed
    available   cents that the envelopes hold over the horizon
    """

    asked: Together
    mandatory: tuple[str, ...]
    imposed: tuple[Force, ...]
    bound: Together
    available: int


def proposed(question: Question, view: PlanView) -> Proposed:
    """What the scenario's question asks about and imposes."""
    mandatory = tuple(rule.project for rule in question.rules if isinstance(rule, Mandatory))
    imposed = tuple(rule for rule in question.rules if isinstance(rule, Force))
    forced = [rule.project for rule in imposed if rule.chosen]
    return Proposed(
        _together(question, question.choices().candidates),
        mandatory,
        imposed,
        _together(question, dict.fromkeys([*mandatory, *forced])),
        sum(money.limit for money in view.whole),
    )


def _together(question: Question, codes: Iterable[str]) -> Together:
    candidates, chosen = question.choices().candidates, tuple(codes)
    costs = (candidates[code].options[0].total_cost for code in chosen if code in candidates)
    return Together(chosen, sum(map(cents, costs)))

"""How debt counts in a scenario: in the points of value or in money, never in both."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from portfolio.criterion import Criterion, Framework
from portfolio.errors import Invalid
from portfolio.scenario import DebtMode, Scenario

if TYPE_CHECKING:
    from portfolio.registry import Registry

MEASURES = frozenset({"interest_avoided", "principal_retired"})  # measures that count debt
IN_MONEY = frozenset({"debt", "interest", "avoided"})  # objectives that do


def criteria(framework: Framework) -> tuple[Criterion, ...]:
    """The criteria that count debt: their points and money saved on debt are the same thing."""
    return tuple(leaf for leaf in framework.leaves if leaf.measure in MEASURES and leaf.weight)


def objective(registry: "Registry", scenario: Scenario) -> str | Mapping[str, float]:
    """What the scenario maximises, in the names of a question.

    In money, a point of value is worth ``point_price`` and interest avoided is added to it: both
    in dollars. Invalid("debt-counted-twice") where value holds debt already and debt is named too.
    """
    asked = scenario.maximize
    weights = {asked: 1.0} if isinstance(asked, str) else dict(asked)
    is_mixed = "value" in weights and not IN_MONEY.isdisjoint(weights)
    if scenario.debt_mode is DebtMode.SCORE:
        if is_mixed and _is_in_the_points(registry):
            raise Invalid("debt-counted-twice", field="maximize", found=_named(weights))
        return asked
    if is_mixed:
        raise Invalid("debt-counted-twice", field="maximize", found=_named(weights))
    if "value" not in weights:
        return asked
    price = (scenario.point_price or 0) / 100
    return {**weights, "value": weights["value"] * price, "avoided": weights["value"]}


def _is_in_the_points(registry: "Registry") -> bool:
    """Whether projects are rated by a framework that counts debt; a value given is anyone's."""
    if registry.framework is None or not criteria(registry.framework):
        return False
    return any(given.rating is not None for given in registry.evaluations)


def _named(weights: Mapping[str, float]) -> str:
    return " + ".join(weights)

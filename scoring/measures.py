"""What a project measures on a criterion that nobody rates: one function each, listed by name."""

import math
from collections.abc import Callable

from portfolio import standing_debts
from portfolio.debt import DebtItem
from portfolio.errors import Refusal
from portfolio.project import Project
from portfolio.registry import Registry
from scoring import footprint

Measured = Callable[[Project, Registry], float | None]
MEASURES: dict[str, Measured] = {}


def measure(function: Measured) -> Measured:
    """List the function under its own name."""
    MEASURES[function.__name__] = function
    return function


@measure
def interest_avoided(project: Project, registry: Registry) -> float | None:
    """CAD a year of debt interest no longer paid once the project is delivered, less what it adds.

    Negative where the debt that the project creates costs more than what it repays.
    """
    horizon = registry.cycle.horizon
    return _net(project, registry, lambda debt: debt.interest_now(horizon))


@measure
def principal_retired(project: Project, registry: Registry) -> float | None:
    """CAD of debt principal that the project retires, less what it creates."""
    return _net(project, registry, lambda debt: debt.principal.mean)


def _net(project: Project, registry: Registry, cents: Callable[[DebtItem], float]) -> float:
    retired = math.fsum(
        remedy.share * cents(debt)
        for debt in standing_debts.counted(registry)
        for remedy in debt.remedies
        if remedy.project == project.code
    )
    created = math.fsum(
        cents(d) for d in registry.debts if d.is_counted and d.created_by == project.code
    )
    return (retired - created) / 100


@measure
def carbon(project: Project, registry: Registry) -> float | None:
    """kgCO2e over the project's life: as declared, else what its quantities cause, nothing netted.

    None = neither is given, or the registry's factors do not know one of the kinds.
    """
    declared = next((m.number for m in project.measures if m.name == "carbon"), None)
    if declared is not None or not project.quantities:
        return declared
    try:
        return footprint.of(project.quantities, registry.factors).caused.likely
    except Refusal:
        return None


@measure
def operating_cost(project: Project, _: Registry) -> float | None:
    """CAD a year after delivery; None = not given."""
    return None if project.operating_cost is None else project.operating_cost / 100

"""What a project measures on a criterion that nobody rates: one function each, listed by name."""

from collections.abc import Callable

from portfolio.project import Project
from portfolio.registry import Registry

Measured = Callable[[Project, Registry], float | None]
MEASURES: dict[str, Measured] = {}


def measure(function: Measured) -> Measured:
    """List the function under its own name."""
    MEASURES[function.__name__] = function
    return function


@measure
def interest_avoided(project: Project, registry: Registry) -> float | None:
    """CAD a year of debt interest that is no longer paid once the project is delivered."""
    cents = sum(
        remedy.share * debt.interest_now(registry.cycle.horizon)
        for debt in registry.debts
        if debt.is_counted
        for remedy in debt.remedies
        if remedy.project == project.code
    )
    return cents / 100


@measure
def principal_retired(project: Project, registry: Registry) -> float | None:
    """CAD of debt principal that the project retires."""
    cents = sum(
        remedy.share * debt.principal.mean
        for debt in registry.debts
        if debt.is_counted
        for remedy in debt.remedies
        if remedy.project == project.code
    )
    return cents / 100


@measure
def carbon(project: Project, _: Registry) -> float | None:
    """kgCO2e over the project's life; None = not given."""
    return next((m.number for m in project.measures if m.name == "carbon"), None)


@measure
def operating_cost(project: Project, _: Registry) -> float | None:
    """CAD a year after delivery; None = not given."""
    return None if project.operating_cost is None else project.operating_cost / 100

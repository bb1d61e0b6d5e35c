"""What a project measures on a criterion that nobody rates: one function each, listed by name."""

from collections.abc import Callable

from portfolio import standing_debts
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
    """CAD a year of debt interest that is no longer paid once the project is delivered."""
    cents = sum(
        remedy.share * debt.interest_now(registry.cycle.horizon)
        for debt in standing_debts.counted(registry)
        for remedy in debt.remedies
        if remedy.project == project.code
    )
    return cents / 100


@measure
def principal_retired(project: Project, registry: Registry) -> float | None:
    """CAD of debt principal that the project retires."""
    cents = sum(
        remedy.share * debt.principal.mean
        for debt in standing_debts.counted(registry)
        for remedy in debt.remedies
        if remedy.project == project.code
    )
    return cents / 100


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

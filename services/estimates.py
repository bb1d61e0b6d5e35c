"""A project's cost and duration beside past projects of its size."""

import math
from dataclasses import dataclass

from data import references
from portfolio.horizon import Horizon
from portfolio.project import Project
from portfolio.reference import Reference, Size, Spread
from services.proposals import base_of

SHARES = (0.5, 0.75, 0.9)  # of past projects, within which the amounts told would hold


@dataclass(frozen=True, slots=True)
class Held:
    """In what share of past projects the estimate would have held, with its standard error."""

    share: float
    error: float


@dataclass(frozen=True, slots=True)
class Beside:
    """The base variant beside past projects of its size.

    covers      whether the list has projects of that size; else the smallest stand for it
    cost        cents, likely              costs    at each of SHARES, cents
    low, high   cents, as estimated; None = not given
    holds       past projects of that size within the likely amount, the high one and the low one
    years       planned; None = not given   lasts    at each of SHARES, years
    """

    reference: Reference
    size: Size
    covers: bool
    cost: int
    costs: tuple[int, ...]
    low: int | None
    high: int | None
    holds: dict[str, Held]
    years: float | None
    lasts: tuple[float, ...]


def beside(
    project: Project, horizon: Horizon, reference: Reference | None = None
) -> Beside | None:
    """The project beside its class; None while its base variant has no amount above zero."""
    past, base = reference or references.federal(), base_of(project)
    if base is None or not base.cost:
        return None
    cost, amounts = base.cost, [spend.amount for spend in base.spends]
    low = sum(a.likely if a.low is None else a.low for a in amounts)
    high = sum(a.likely if a.high is None else a.high for a in amounts)
    size = past.size_of(cost)
    ends = {"likely": cost} | ({"low": low} if low < cost else {})
    ends |= {"high": high} if high > cost else {}
    years = None if base.duration is None else base.duration / horizon.per_year
    return Beside(
        past,
        size,
        past.covers(cost),
        cost,
        tuple(round(cost * size.ratios.at(share)) for share in SHARES),
        ends.get("low"),
        ends.get("high"),
        {name: _held(size.ratios, size.projects, end / cost) for name, end in ends.items()},
        years,
        () if years is None else tuple(years + size.slips.at(share) for share in SHARES),
    )


def _held(spread: Spread, projects: int, ratio: float) -> Held:
    """sqrt(p (1 - p) / n), p = (n share + 1) / (n + 2) (Laplace): none and all are not certain."""
    share = spread.within(ratio)
    likely = (projects * share + 1) / (projects + 2)
    return Held(share, math.sqrt(likely * (1 - likely) / projects))

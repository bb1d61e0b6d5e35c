"""The debts and the systems at legacy risk of a question, out of the register."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from portfolio import standing_debts, waiting
from portfolio.at_risk import AtRisk, Lowered
from portfolio.candidate import Stake, Standalone
from portfolio.cycle import Cycle
from portfolio.debt import DebtItem
from portfolio.legacy_risk import IMPACTS, LIKELIHOODS, RiskAssessment
from portfolio.waiting import Owed

if TYPE_CHECKING:
    from portfolio.registry import Registry


def owed(registry: "Registry", candidates: Collection[str]) -> tuple[Owed, ...]:
    """The debts of a question, in declared order, each with what it costs beside the others.

    Those that count, and those that a candidate would make. What a system's debts cost together,
    where the architect set it, is shared among those that count.
    """
    there = {one.debt.code: one for one in waiting.counted(registry)}
    for debt in standing_debts.promised(registry):
        if debt.created_by in candidates:
            there[debt.code] = Owed(debt)
    return tuple(there[debt.code] for debt in registry.debts if debt.code in there)


def repaid(debts: Sequence[Owed]) -> dict[str, float]:
    """Project -> cents of principal that it repays."""
    found: dict[str, float] = {}
    for one in debts:
        for remedy in one.debt.remedies:
            whole = found.get(remedy.project, 0.0)
            found[remedy.project] = whole + remedy.share * one.debt.principal.mean
    return found


def stake(one: Owed, cycle: Cycle, candidates: Collection[str], years: int) -> Stake:
    """The debt as a question sees it, in dollars; ``years`` of interest count after the horizon."""
    debt = one.debt
    remedies = [r for r in debt.remedies if r.project in candidates]
    return Stake(
        debt.code,
        debt.system,
        debt.title,
        principal=round(debt.principal.mean) / 100,
        interest=tuple(round(cents) / 100 for cents in one.interest_over(cycle.horizon)),
        retired_by={r.project: r.share for r in remedies},
        standalone=_alone(debt),
        created_by=debt.created_by if debt.created_by in candidates else "",
        retired_after={r.project: r.after for r in remedies if r.after is not None},
        terminal=round(_terminal(one, cycle, years)) / 100,
    )


def at_risk(
    registry: "Registry", candidates: Collection[str], debts: Collection[str]
) -> Iterator[AtRisk]:
    """The systems whose assessment an architect confirmed, in declared order."""
    titles = {system.code: system.title for system in registry.systems}
    for assessment in registry.assessments:
        if assessment.is_confirmed:
            yield _at_risk(assessment, titles, candidates, debts)


def _at_risk(
    assessment: RiskAssessment,
    titles: Mapping[str, str],
    candidates: Collection[str],
    debts: Collection[str],
) -> AtRisk:
    levels = {level.criterion: level for level in assessment.levels}
    lowered = []
    for place, criterion in enumerate(LIKELIHOODS):
        level = levels[criterion]
        behind = tuple(debt for debt in level.debts if debt in debts)
        if behind and level.after is not None and level.after < level.level:
            lowered.append(Lowered(place, level.after, behind))
    return AtRisk(
        assessment.system,
        tuple(levels[criterion].level for criterion in LIKELIHOODS),
        tuple(levels[criterion].level for criterion in IMPACTS),
        titles.get(assessment.system, ""),
        tuple(lowered),
        tuple(code for code in assessment.replaced_by if code in candidates),
    )


def _alone(debt: DebtItem) -> Standalone | None:
    """What it costs to retire the debt on its own; None where that is not offered."""
    if not debt.standalone_envelope:
        return None
    cents = debt.principal.mean if debt.standalone_cost is None else debt.standalone_cost
    return Standalone(debt.standalone_envelope, round(cents) / 100)


def _terminal(one: Owed, cycle: Cycle, years: int) -> float:
    """Cents, discounted to the start: interest goes on as if the horizon were that much longer."""
    horizon, per_year = cycle.horizon, cycle.horizon.per_year
    after = range(horizon.periods, horizon.periods + years * per_year)
    return math.fsum(
        one.interest_in(horizon.start + period // per_year, horizon)
        / per_year
        * (1 + cycle.discount) ** -(period / per_year)
        for period in after
    )

"""Debt counts in points or in money, never in both."""

from dataclasses import replace

import pytest

from portfolio import debt_mode
from portfolio.criterion import Criterion, Framework
from portfolio.cycle import Cycle, Envelope
from portfolio.errors import Invalid
from portfolio.evaluation import Evaluation
from portfolio.horizon import Horizon
from portfolio.project import Estimate, Project, Spend, Variant
from portfolio.registry import Registry, pose
from portfolio.scenario import DebtMode, Scenario
from portfolio.words import Bilingual

CYCLE = Cycle(
    "c", Bilingual("c"), Horizon(2027, 2), "f", "1",
    (Envelope("PDI", Bilingual("PDI"), (10_000, 10_000)),),
)  # fmt: skip
FRAMEWORK = Framework(
    "f", "1", Bilingual("f"),
    (Criterion("use", 3, Bilingual("use")),
     Criterion("debt", 1, Bilingual("debt"), measure="interest_avoided")),
)  # fmt: skip


def a_scenario(**more):
    return Scenario("s", Bilingual("s"), **more)


def a_registry(framework=FRAMEWORK, rated=True):
    variant = Variant("base", "", 1, spends=(Spend("PDI", 0, Estimate(1_000)),))
    given = (Evaluation("A", "use", "anne", 3),) if rated else ()
    project = Project("A", "A", variants=(variant,))
    return Registry(CYCLE, (project,), evaluations=given, framework=framework)


@pytest.mark.parametrize("name", ["debt", "interest", "avoided"])
def test_value_that_counts_debt_is_not_mixed_with_it(name):
    scenario = a_scenario(maximize={"value": 1.0, name: 0.1})

    with pytest.raises(Invalid, match="debt-counted-twice"):
        pose(a_registry(), scenario, {})


def test_a_framework_that_counts_no_debt_may_be_mixed_with_it():
    scenario = a_scenario(maximize={"value": 1.0, "avoided": 0.1})
    without = replace(FRAMEWORK, criteria=FRAMEWORK.criteria[:1])

    assert pose(a_registry(without), scenario, {}).question.maximize == {
        "value": 1.0,
        "avoided": 0.1,
    }


def test_debt_alone_or_value_alone_is_never_twice():
    for maximize in ("value", "avoided", {"debt": 1.0, "interest": 1.0}):
        scenario = a_scenario(maximize=maximize)
        posed = pose(a_registry(), scenario, {})
        assert posed.question.maximize == maximize


def test_values_that_came_from_outside_may_be_mixed_with_it():
    scenario = a_scenario(maximize={"value": 1.0, "interest": 0.1})

    assert pose(a_registry(rated=False), scenario, {}).question.maximize == scenario.maximize


def test_in_money_a_point_has_its_price_and_interest_avoided_is_added():
    scenario = a_scenario(debt_mode=DebtMode.MONEY, point_price=250_000)

    posed = pose(a_registry(), scenario, {})

    assert posed.question.maximize == {"value": 2500.0, "avoided": 1.0}


def test_in_money_debt_is_not_named_beside_value():
    scenario = a_scenario(
        maximize={"value": 1.0, "interest": 1.0}, debt_mode=DebtMode.MONEY, point_price=100
    )
    with pytest.raises(Invalid, match="debt-counted-twice"):
        pose(a_registry(), scenario, {})


def test_the_criteria_that_count_debt_are_told():
    assert [c.key for c in debt_mode.criteria(FRAMEWORK)] == ["debt"]

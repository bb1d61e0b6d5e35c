"""The debts and systems of a scenario's question, out of the register, by figures done by hand."""

from dataclasses import replace

import pytest
from benches import a_project, a_registry

from portfolio import waiting
from portfolio.at_risk import AtRisk, Lowered
from portfolio.debt import DebtItem, DebtStatus, Remedy
from portfolio.horizon import Horizon
from portfolio.legacy_risk import CRITERIA, Level, RiskAssessment
from portfolio.project import Estimate, Stage
from portfolio.registry import pose
from portfolio.system import System


def a_debt(code="D1", principal=1000, interest=100, **more):
    """Dollars."""
    system = more.pop("system", "S")
    return DebtItem(
        code, code, system, Estimate(principal * 100), Estimate(interest * 100), **more
    )


def a_house(*debts, projects=(), **more):
    """Three years, by default without discount."""
    discount = more.pop("discount", 0.0)
    projects = projects or (a_project("P"), a_project("Q"))
    registry = a_registry(*projects, limits=(100, 100, 100), debts=debts, **more)
    return replace(registry, cycle=replace(registry.cycle, discount=discount))


def asked(registry, **scenario):
    return pose(registry, replace(registry.scenarios[0], **scenario), {}).question


def stakes(registry, **scenario):
    return {stake.code: stake for stake in asked(registry, **scenario).debts}


def test_a_debt_that_a_candidate_would_make_depends_on_it():
    found = stakes(a_house(a_debt(), a_debt("D2", created_by="P")))

    assert found["D1"].created_by == ""
    assert found["D2"].created_by == "P"


def test_a_debt_that_an_approved_candidate_makes_still_depends_on_it():
    projects = (a_project("P", stage=Stage.APPROVED),)

    assert stakes(a_house(a_debt(created_by="P"), projects=projects))["D1"].created_by == "P"


def test_a_debt_made_by_a_project_that_is_no_candidate_is_there_only_once_it_is_approved():
    approved = a_project("P", stage=Stage.APPROVED)
    approved = replace(approved, variants=(replace(approved.variants[0], duration=None),))
    refused = a_project("Q", stage=Stage.REFUSED)
    debts = (a_debt(created_by="P"), a_debt("D2", created_by="Q"))
    found = stakes(a_house(*debts, projects=(approved, refused)))

    assert list(found) == ["D1"]
    assert found["D1"].created_by == ""


def test_a_closed_debt_is_not_asked_about():
    assert not stakes(a_house(a_debt(status=DebtStatus.RETIRED)))


def test_debts_keep_the_order_in_which_they_are_declared():
    debts = (a_debt("D1", system="A"), a_debt("D2", system="B"), a_debt("D3", system="A"),
             a_debt("D0", created_by="P"))  # fmt: skip

    assert list(stakes(a_house(*debts))) == ["D1", "D2", "D3", "D0"]


def test_a_project_may_retire_its_share_before_it_is_over():
    remedies = (Remedy("P", 0.5, after=2), Remedy("Q", 0.25), Remedy("gone", 1.0, after=1))
    found = stakes(a_house(a_debt(remedies=remedies)))["D1"]

    assert found.retired_by == {"P": 0.5, "Q": 0.25}
    assert found.retired_after == {"P": 2}


def test_what_a_system_s_debts_cost_together_is_shared_in_proportion_to_their_own():
    """100 $ and 300 $ of their own, 200 $ together: 50 $ and 150 $, growing at their own rates."""
    system = System("S", "S", interest_figure=200_00)
    debts = (a_debt("D1"), a_debt("D2", interest=300, interest_growth=0.1))
    found = stakes(a_house(*debts, systems=(system,)))

    assert found["D1"].interest == (50, 50, 50)
    assert found["D2"].interest == (150, 165, 181.5)


def test_debts_without_interest_share_the_figure_by_their_principal():
    system = System("S", "S", interest_figure=200_00)
    debts = (a_debt("D1", 1000, 0), a_debt("D2", 3000, 0))
    found = stakes(a_house(*debts, systems=(system,)))

    assert found["D1"].interest == (50, 50, 50)
    assert found["D2"].interest == (150, 150, 150)


def test_a_debt_that_is_only_promised_is_not_in_the_system_s_figure():
    system = System("S", "S", interest_figure=50_00)
    found = stakes(a_house(a_debt(), a_debt("D2", created_by="P"), systems=(system,)))

    assert found["D1"].interest == (50, 50, 50)
    assert found["D2"].interest == (100, 100, 100)


def test_the_question_and_the_page_on_waiting_tell_the_same_interest():
    system = System("S", "S", interest_figure=123_00)
    registry = a_house(
        a_debt("D1", interest_growth=0.07), a_debt("D2", interest=70), a_debt("D3", system="T"),
        systems=(system,),
    )  # fmt: skip
    owed, terms = waiting.counted(registry), waiting.Terms(0.0, 3)
    whole = waiting.course(owed, registry.cycle.horizon, terms)
    each = [stake.interest for stake in stakes(registry).values()]
    by_year = [sum(year) for year in zip(*each, strict=True)]

    assert by_year == pytest.approx([cents / 100 for cents in whole.interest], abs=0.02)


def test_years_after_the_horizon_count_as_if_it_were_longer():
    """Years 3 and 4, at 25 %: 100/1.25^3 + 100/1.25^4 = 51.20 + 40.96."""
    found = stakes(a_house(a_debt(), discount=0.25), terminal_years=2)

    assert found["D1"].terminal == 92.16
    assert stakes(a_house(a_debt(), discount=0.25))["D1"].terminal == 0


def test_interest_after_the_horizon_goes_on_growing():
    found = stakes(a_house(a_debt(interest_growth=0.1)), terminal_years=1)

    assert found["D1"].terminal == 133.1


def an_assessment(level=5, keeps=(), **more):
    """Every level the same; ``keeps`` = {criterion: (debts, level after)}."""
    told = dict(keeps)
    levels = tuple(Level(c, level, "", None, *told.get(c, ((), None))) for c in CRITERIA)
    return RiskAssessment("S", levels, **({"confirmed_by": "archi"} | more))


def test_a_confirmed_assessment_makes_a_system_of_the_question():
    keeps = {"L2": (("D1", "D2"), 3), "L6": (("D2",), 1)}
    registry = a_house(
        a_debt("D1"), a_debt("D2"), systems=(System("S", "Taxes"),),
        assessments=(an_assessment(keeps=keeps, replaced_by=("P", "gone")),),
    )  # fmt: skip

    lowered = (Lowered(1, 3, ("D1", "D2")), Lowered(5, 1, ("D2",)))
    assert asked(registry).systems == (
        AtRisk("S", (5,) * 7, (5,) * 6, "Taxes", lowered, ("P",)),
    )  # fmt: skip


def test_an_assessment_that_nobody_confirmed_counts_for_nothing():
    registry = a_house(assessments=(an_assessment(confirmed_by=""),))

    assert asked(registry).systems == ()


def test_only_levels_whose_debts_stand_and_whose_fall_is_known_come_down():
    keeps = {
        "L1": (("D1",), None),  # nobody said what it becomes
        "L2": (("closed",), 2),  # nothing is left to retire
        "L3": (("D1", "closed"), 2),  # what is left to retire
        "L4": (("D1",), 5),  # it does not fall
        "C1": (("D1",), 2),  # impacts never fall
    }
    debts = (a_debt("D1"), a_debt("closed", status=DebtStatus.RETIRED))
    registry = a_house(*debts, assessments=(an_assessment(keeps=keeps),))

    assert asked(registry).systems[0].lowered == (Lowered(2, 2, ("D1",)),)


def test_a_yearly_discount_is_asked_by_period_and_a_year_of_quarters_makes_it_whole():
    yearly = a_house(discount=0.21)
    quarters = replace(yearly.cycle, horizon=Horizon(2027, 8, 4))

    by_year = asked(yearly).discount
    by_quarter = asked(replace(yearly, cycle=quarters)).discount

    assert by_year == 0.21
    assert (1 + by_quarter) ** 4 == pytest.approx(1.21)


def test_what_lies_beyond_a_horizon_of_half_years_is_discounted_by_the_year():
    """100 $ a year, at 44 %: half-years are worth 1/1.2 each; two beyond a horizon of three."""
    house = a_house(a_debt(interest=100), discount=0.44)
    halves = replace(house, cycle=replace(house.cycle, horizon=Horizon(2027, 3, 2)))

    terminal = stakes(halves, terminal_years=1)["D1"].terminal

    assert terminal == pytest.approx(50 / 1.2**3 + 50 / 1.2**4, abs=0.01)

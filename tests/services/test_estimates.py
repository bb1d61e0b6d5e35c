"""A project beside past projects of its size."""

import pytest
from benches import a_project

from portfolio.horizon import Horizon
from portfolio.project import Estimate, Project, Spend, Variant
from portfolio.reference import Reference, Size, Spread
from portfolio.words import Bilingual
from services.estimates import beside

YEARS = Horizon(2027, 5)
SMALL = Size(100_000, 1_000_000, 10, 0.4, 0.5,
             Spread((0.1, 0.5, 0.75, 0.9), (0.8, 1.0, 1.5, 2.0)),
             Spread((0.1, 0.5, 0.75, 0.9), (0.0, 1.0, 2.0, 3.0)))  # fmt: skip
LARGE = Size(1_000_000, None, 100, 0.5, 0.6, SMALL.ratios, SMALL.slips)
PAST = Reference("p", *3 * [Bilingual("x")], LARGE, (SMALL, LARGE))


def ranged(low, likely, high, duration=2):
    spends = (Spend("PDI", 0, Estimate(likely, low, high)),)
    return Project("P1", "Projet", variants=(Variant("base", duration=duration, spends=spends),))


def test_costs_and_durations_are_those_past_projects_came_to():
    found = beside(ranged(None, 400_000, None), YEARS, PAST)
    assert found.size is SMALL
    assert found.costs == (400_000, 600_000, 800_000)
    assert (found.years, found.lasts) == (2.0, (3.0, 4.0, 5.0))


def test_the_range_says_in_how_many_past_cases_it_would_have_held():
    found = beside(ranged(320_000, 400_000, 600_000), YEARS, PAST)
    assert {name: held.share for name, held in found.holds.items()} == {
        "low": 0.1, "likely": 0.5, "high": 0.75,
    }  # fmt: skip


def test_more_past_projects_make_the_share_surer():
    few, many = (beside(ranged(None, c, None), YEARS, PAST) for c in (400_000, 4_000_000))
    assert few.holds["likely"].error == pytest.approx((0.25 / 10) ** 0.5)
    assert many.holds["likely"].error == pytest.approx((0.25 / 100) ** 0.5)


def test_without_a_range_only_the_likely_amount_is_read():
    found = beside(ranged(None, 400_000, None), YEARS, PAST)
    assert set(found.holds) == {"likely"}
    assert (found.low, found.high) == (None, None)


def test_quarters_are_told_in_years():
    found = beside(ranged(None, 400_000, None, duration=6), Horizon(2027, 8, 4), PAST)
    assert found.lasts[0] == 2.5


@pytest.mark.parametrize("project", [
    Project("P1", "Projet"),
    Project("P1", "Projet", variants=(Variant("base"),)),
    a_project("P1", cost=(0,)),
])  # fmt: skip
def test_nothing_is_told_of_a_project_without_an_amount(project):
    assert beside(project, YEARS) is None


def test_without_a_duration_the_cost_alone_is_told():
    found = beside(ranged(None, 400_000, None, duration=None), YEARS, PAST)
    assert (found.years, found.lasts) == (None, ())


def test_a_project_smaller_than_the_list_says_so():
    assert not beside(ranged(None, 50_000, None), YEARS, PAST).covers

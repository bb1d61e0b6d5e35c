"""What a variant takes, added up by hand, beside what the cycle has."""

from dataclasses import replace

from benches import a_project, a_registry

from portfolio.project import Effort, Estimate, Spend, Variant
from services import proposal_totals
from services.proposal_totals import Peak


def test_money_stands_beside_the_limits_of_the_periods_it_falls_in():
    cycle = a_registry(limits=(100, 200)).cycle
    variant = a_project("P1", cost=(50, 20)).variants[0]

    first, second = (proposal_totals.money(variant, cycle, at) for at in (0, 1))

    (load,) = first.loads
    assert (load.code, load.by_period, load.total) == ("PDI", (50_000_00, 20_000_00), 70_000_00)
    assert load.shares == (0.5, 0.1)
    assert second.loads[0].shares == (0.25, None)  # the second year is past the horizon
    assert (first.by_period, first.total) == ((50_000_00, 20_000_00), 70_000_00)
    assert first.peak == Peak("PDI", 0, 0.5)


def test_no_limit_gives_no_share_and_no_amount_gives_no_sum():
    cycle = a_registry(limits=(), periods=3).cycle
    variant = Variant("base", duration=3, spends=(Spend("PDI", 2, Estimate(7)),))

    loads = proposal_totals.money(variant, cycle, 0)

    assert loads.by_period == (None, None, 7)
    assert loads.peak is None


def test_days_stand_beside_the_capacity_of_the_team():
    cycle = a_registry(limits=(100,), capacity=(40.0,)).cycle
    variant = Variant("base", efforts=(Effort("DEV", 0, 12.5), Effort("AUTRE", 0, 1.0)))

    loads = proposal_totals.effort(variant, cycle, 0)

    assert [(load.code, load.shares) for load in loads.loads] == [
        ("DEV", (0.3125,)), ("AUTRE", (None,)),
    ]
    assert loads.total == 13.5


def test_variants_are_compared_by_what_a_hundredth_of_the_value_costs():
    registry = a_registry(limits=(100, 100), capacity=(40.0, 40.0))
    base = a_project("P1", cost=(60, 40), days=(10, 5)).variants[0]
    less = replace(base, code="minimale", value_factor=0.5, spends=base.spends[:1], efforts=())
    unknown = Variant("bonifiee", value_factor=0.0)
    project = replace(a_project("P1"), variants=(less, base, unknown))

    found = proposal_totals.compared(project, registry.cycle)

    assert [one.cost for one in found] == [60_000_00, 100_000_00, None]
    assert [one.per_point for one in found] == [1_200_00, 1_000_00, None]
    assert [one.by_envelope for one in found] == [(60_000_00,), (100_000_00,), (None,)]
    assert [one.by_team for one in found] == [(None,), (15.0,), (None,)]


def test_the_first_period_is_the_earliest_start_within_the_horizon():
    cycle = a_registry(limits=(100, 100)).cycle

    starts = [a_project("P1", earliest=at) for at in ("", "2028", "2020")]

    assert [proposal_totals.first_period(p, cycle) for p in starts] == [0, 1, 0]

"""Levers: read from a scenario, put back; what is not moved stays exactly as it was."""

from dataclasses import replace

import pytest

from portfolio.cycle import Cycle, Envelope
from portfolio.horizon import Horizon
from portfolio.rules import AtMostStarts, Ceiling, DebtFloor, Floor, Force, RedLimit, Tagged
from portfolio.scenario import DebtMode, Scenario
from portfolio.words import Bilingual
from services.levers import put, read

LIMITED = Envelope("PDI", Bilingual("PDI"), (100_00, 100_00))
UNLIMITED = Envelope("G", Bilingual("Général"))
PROMISED = Force("P1", True, "promis")


def a_cycle(*envelopes):
    return Cycle("c", Bilingual("c"), Horizon(2027, 2), "f", "1", envelopes or (LIMITED,))


def a_scenario(*rules, **more):
    return Scenario("s", Bilingual("s"), rules, **more)


def moving(scenario, cycle=None, **levers):
    cycle = cycle or a_cycle()
    return put(scenario, cycle, replace(read(scenario, cycle), **levers))


def test_levers_left_where_they_stand_change_nothing():
    scenario = a_scenario(DebtFloor(0.155), Floor("cost", Tagged("ambition", "2.3"), 0.083))

    assert moving(scenario) is scenario


def test_an_unmoved_lever_keeps_its_fraction():
    scenario = a_scenario(DebtFloor(0.155), levers={"PDI": 1.005})

    moved = moving(scenario, seconds=5)

    assert (moved.rules, moved.levers) == (scenario.rules, scenario.levers)


def test_an_envelope_is_moved_by_per_cents():
    assert moving(a_scenario(), envelopes={"PDI": -15}).levers == {"PDI": 0.85}


def test_a_reserve_of_nothing_is_no_rule():
    assert moving(a_scenario(DebtFloor(0.15)), reserve=0).rules == ()


def test_a_reserve_takes_the_place_of_the_one_before():
    assert moving(a_scenario(DebtFloor(0.15)), reserve=20).rules == (DebtFloor(0.2),)


def test_a_limit_of_red_systems_is_set_moved_and_taken_away():
    limited = a_scenario(RedLimit(3), AtMostStarts(3))

    assert read(limited, a_cycle()).reds == 3
    assert moving(a_scenario(), reds=0).rules == (RedLimit(0),)
    assert moving(limited, reds=1).rules == (AtMostStarts(3), RedLimit(1))
    assert moving(limited, reds=None).rules == (AtMostStarts(3),)
    assert moving(limited, seconds=5).rules == limited.rules


def test_floors_are_added_moved_and_taken_away():
    scenario = a_scenario(Floor("cost", Tagged("ambition", "1.1"), 0.1), AtMostStarts(3))

    moved = moving(scenario, floors={"2.3": 5})

    assert moved.rules == (AtMostStarts(3), Floor("cost", Tagged("ambition", "2.3"), 0.05))


def test_other_rules_are_no_business_of_the_levers():
    rules = (Ceiling("carbon", limit=10.0), Floor("count", limit=2.0))

    assert moving(a_scenario(*rules), reserve=10).rules == (*rules, DebtFloor(0.1))


@pytest.mark.parametrize(
    ("stood", "moved"), [((), (PROMISED,)), ((PROMISED,), ()), ((PROMISED,), (PROMISED,))]
)
def test_imposed_choices_are_added_and_lifted(stood, moved):
    assert moving(a_scenario(*stood), forced=moved, seconds=5).rules == moved


def test_envelopes_without_a_limit_have_one_lever_for_all():
    cycle = a_cycle(UNLIMITED)

    assert read(a_scenario(), cycle).budget == 100
    assert moving(a_scenario(), cycle, budget=40).budget_share == 0.4
    assert read(a_scenario(), a_cycle()).budget is None


def test_debt_is_made_money_at_a_price_and_points_again():
    moved = moving(a_scenario(), in_money=True, point_price=250_00, terminal_years=3)

    assert (moved.debt_mode, moved.point_price, moved.terminal_years) == (DebtMode.MONEY, 250_00, 3)
    assert moving(moved, in_money=False).debt_mode is DebtMode.SCORE

"""What waiting costs: by item, system and service, and in all, each dollar counted once."""

from dataclasses import replace
from datetime import date

import pytest
from benches import a_registry

from portfolio.debt import DebtItem, DebtStatus
from portfolio.project import Estimate
from portfolio.system import System
from portfolio.waiting import Terms
from services import debts, imports
from services.waiting import of_registry

TODAY = date(2026, 11, 22)


def a_debt(code="D1", principal=200_000_00, interest=40_000_00, system="PAIE", **more):
    return DebtItem(code, code, system, Estimate(principal), Estimate(interest), **more)


TWO = (System("PAIE", "Paie"), System("TAXE", "Taxe"))


def a_house(*items, systems=TWO):
    return a_registry(debts=items, systems=systems)


def found(*items, on=None, **more):
    return of_registry(a_house(*items, **more), TODAY, on)


def test_the_whole_is_the_sum_of_its_systems_and_these_of_their_items():
    told = found(a_debt("D1"), a_debt("D2", 10_000_00), a_debt("D3", system="TAXE"))

    for part in ("principal", "interest", "waits", "net_present_values"):
        whole = getattr(told.whole, part)
        assert whole == pytest.approx(_sums(getattr(s.course, part) for s in told.systems))
        for system in told.systems:
            of_items = _sums(getattr(i.course, part) for i in system.items)
            assert getattr(system.course, part) == pytest.approx(of_items)


def _sums(series):
    return tuple(map(sum, zip(*series, strict=True)))


def test_a_system_of_several_services_stands_under_each_and_counts_once_in_all():
    systems = (
        System("PAIE", "Paie", services=("Finances", "Personnel")),
        System("TAXE", "Taxe", services=("Finances",)),
    )
    told = found(a_debt(), a_debt("D2", system="TAXE"), systems=systems)

    by_service = {s.service: s.course.principal[0] for s in told.services}
    assert by_service == {"Finances": 400_000_00, "Personnel": 200_000_00}
    assert told.whole.principal[0] == 400_000_00
    assert [system.code for system in told.shared] == ["PAIE"]


def test_systems_of_no_service_stand_together_under_no_name():
    told = found(a_debt(), a_debt("D2", system="TAXE"))

    assert [(s.service, len(s.systems)) for s in told.services] == [("", 2)]


def test_what_costs_most_to_wait_for_comes_first():
    told = found(a_debt("LOW", interest=1_00), a_debt("HIGH", interest=90_000_00),
                 a_debt("MID", interest=50_000_00, system="TAXE"))

    assert [i.item.code for i in told.items] == ["HIGH", "MID", "LOW"]
    assert [s.system.code for s in told.systems] == ["PAIE", "TAXE"]


def test_accepted_debt_counts_in_the_whole_and_is_told_apart():
    told = found(a_debt(), a_debt("D2", 50_000_00, 5_000_00, status=DebtStatus.ACCEPTED))

    assert (told.whole.principal[0], told.accepted.principal[0]) == (250_000_00, 50_000_00)
    assert told.accepted.interest[0] == 5_000_00


def test_the_figure_set_for_a_system_is_what_its_debts_cost():
    systems = (System("PAIE", "Paie", interest_figure=60_000_00),)
    told = found(a_debt(), a_debt("D2"), systems=systems)

    (system,) = told.systems
    assert (system.is_set, system.course.interest[0]) == (True, 60_000_00)
    assert told.whole.interest[0] == 60_000_00


def test_the_years_are_those_of_the_horizon_on_the_terms_asked():
    told = found(a_debt(), on=Terms(0.05, 3))

    assert told.years == (2027, 2028, 2029)
    assert len(told.whole.waits) == 3
    assert told.whole.waits[0] == pytest.approx((40_000_00 + 200_000_00) / 1.05 - 200_000_00)


def test_an_empty_register_costs_nothing():
    told = found()

    assert (told.systems, told.services, told.items) == ((), (), ())
    assert set(told.whole.waits) == {0.0}


def test_the_demo_costs_what_the_page_of_debts_says():
    registry = imports.demo().registry
    told, known = of_registry(registry, TODAY), debts.of_registry(registry, TODAY)

    assert told.whole.principal[0] == pytest.approx(known.principal)
    assert told.whole.interest[0] == pytest.approx(known.interest)
    assert told.whole.waits[0] == pytest.approx(known.waiting)


def test_a_debt_of_a_system_that_is_not_described_still_counts():
    told = of_registry(replace(a_house(a_debt()), systems=()), TODAY)

    assert [(s.system.code, s.system.title) for s in told.systems] == [("PAIE", "PAIE")]
    assert told.whole.principal[0] == of_registry(a_house(a_debt()), TODAY).whole.principal[0]

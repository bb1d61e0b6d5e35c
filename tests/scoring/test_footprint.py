"""What quantities come to: ranges that a person can check by hand, nothing netted, none unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import Invalid, Missing
from portfolio.footprint import Deed, Factor, Quantity
from portfolio.project import Measure, Project
from scoring import footprint
from scoring.footprint import NOTHING, Range
from scoring.measures import MEASURES

UNITS = {"made": "kgCO2e", "power": "kWh/year", "years": "year", "pue": "1", "qc": "kgCO2e/kWh"}


def factor(code, low, likely, high):
    return Factor(code, low, likely, high, UNITS[code.rpartition(".")[2]], "essai")


FACTORS = (
    factor("laptop.made", 100, 200, 400),
    factor("laptop.power", 10, 20, 40),
    factor("laptop.years", 2, 4, 5),
    factor("vm.made", 30, 80, 120),
    factor("vm.power", 100, 200, 300),
    factor("vm.years", 4, 4, 4),
    factor("vm.pue", 1, 1.5, 2),
    factor("grid.qc", 0.01, 0.02, 0.05),
)


def of(*quantities):
    return footprint.of(quantities, FACTORS)


def test_what_is_bought_new_is_made_whole_and_used_for_its_lifetime():
    found = of(Quantity("laptop", Deed.NEW, 10))

    assert found.made == Range(1000, 2000, 4000)
    assert found.used == Range(10 * 10 * 2 * 0.01, 10 * 20 * 4 * 0.02, 10 * 40 * 5 * 0.05)
    assert found.caused.likely == 2000 + 16
    assert found.avoided == NOTHING


def test_what_is_reused_is_not_made_again_and_its_use_is_counted():
    found = of(Quantity("laptop", Deed.REUSED, 10))

    assert found.made == NOTHING
    assert found.spared == Range(1000, 2000, 4000)
    assert found.caused.likely == 16


def test_two_more_years_out_of_four_spare_half_of_a_new_one():
    found = of(Quantity("laptop", Deed.KEPT, 10, 2))

    assert found.spared == Range(1000 * 2 / 5, 2000 * 2 / 4, 4000 * 2 / 2)
    assert found.used.likely == 10 * 20 * 2 * 0.02


def test_what_is_hosted_bears_the_share_of_its_life_that_is_taken_and_its_data_centre():
    found = of(Quantity("vm", Deed.ADDED, 2, 1))

    assert found.made.likely == 2 * 80 / 4
    assert found.used.likely == 2 * 200 * 1 * 1.5 * 0.02
    assert found.used.high == 2 * 300 * 1 * 2 * 0.05


def test_what_is_turned_off_spares_its_electricity_and_nothing_else():
    found = of(Quantity("vm", Deed.RETIRED, 3, 2))

    assert found.caused == NOTHING
    assert found.spared == NOTHING
    assert found.stopped.likely == 3 * 200 * 2 * 1.5 * 0.02


def test_what_is_avoided_is_never_taken_off_what_is_caused():
    bought, both = Quantity("laptop", Deed.NEW, 1), Quantity("vm", Deed.RETIRED, 100)

    assert of(bought, both).caused == of(bought).caused


def test_units_that_live_on_are_counted():
    found = of(
        Quantity("laptop", Deed.REUSED, 30),
        Quantity("laptop", Deed.KEPT, 12, 1),
        Quantity("laptop", Deed.NEW, 5),
    )

    assert (found.kept, found.bought) == (42, 5)


def test_an_item_with_a_grid_of_its_own_does_not_run_on_quebec_s():
    away = Factor("vm.grid", 0.3, 0.4, 0.5, "kgCO2e/kWh", "essai")

    found = footprint.of([Quantity("vm", Deed.ADDED, 1, 1)], (*FACTORS, away))

    assert found.used.likely == 200 * 1.5 * 0.4
    assert "grid.qc" not in {f.code for f in found.factors}


def test_the_factors_that_an_estimate_rests_on_are_told():
    found = of(Quantity("laptop", Deed.NEW, 1))

    codes = {f.code for f in found.factors}
    assert codes == {"laptop.made", "laptop.power", "laptop.years", "grid.qc"}


def test_a_kind_that_no_factor_knows_is_refused_with_those_known():
    with pytest.raises(Invalid, match="unknown-item") as refused:
        of(Quantity("toaster", Deed.NEW, 1))

    assert refused.value.facts["found"] == "toaster"
    assert refused.value.facts["accepted"] == ["laptop", "vm"]


def test_power_without_any_grid_is_refused_rather_than_counted_as_nothing():
    with pytest.raises(Missing, match="no-such-factor"):
        footprint.of([Quantity("laptop", Deed.NEW, 1)], FACTORS[:-1])


deeds, counts = st.sampled_from(Deed), st.floats(0, 1e6)
quantity = st.builds(
    Quantity, st.sampled_from(["laptop", "vm"]), deeds, counts, st.none() | st.floats(0, 50)
)


@given(st.lists(quantity, max_size=6))
def test_low_is_at_most_likely_and_likely_at_most_high_whatever_is_declared(quantities):
    found = of(*quantities)

    for part in (found.made, found.used, found.spared, found.stopped, found.caused):
        assert 0 <= part.low <= part.likely <= part.high


@given(st.lists(quantity, max_size=4), st.lists(quantity, max_size=4))
def test_two_lists_together_cause_what_each_causes(some, others):
    both = of(*some, *others).caused

    assert both.likely == pytest.approx((of(*some).caused + of(*others).caused).likely)


def a_registry(**more):
    from nouns import a_cycle

    from portfolio.registry import Registry

    return Registry(a_cycle(), factors=FACTORS, **more)


def test_the_carbon_measure_is_what_is_caused_likely():
    project = Project("P", "P", quantities=(Quantity("laptop", Deed.NEW, 10),))

    assert MEASURES["carbon"](project, a_registry()) == 2016


def test_a_declared_carbon_stands():
    new = (Quantity("laptop", Deed.NEW, 10),)
    project = Project("P", "P", measures=(Measure("carbon", -5),), quantities=new)

    assert MEASURES["carbon"](project, a_registry()) == -5


@pytest.mark.parametrize("quantities", [(), (Quantity("toaster", Deed.NEW, 1),)])
def test_carbon_that_cannot_be_told_is_not_given_rather_than_zero(quantities):
    assert MEASURES["carbon"](Project("P", "P", quantities=quantities), a_registry()) is None

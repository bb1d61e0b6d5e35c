"""The debt of a cycle in figures that a person can check by hand."""

import math
import shutil
from dataclasses import replace
from datetime import date

import pytest
from benches import a_registry

from data.store import Act, open_store
from portfolio.debt import DebtItem, DebtStatus
from portfolio.errors import Missing
from portfolio.legacy_risk import IMPACTS, LIKELIHOODS, Level, RiskAssessment
from portfolio.person import Person, Role
from portfolio.project import Estimate
from portfolio.system import System, Technology
from services import debts
from services.debts import Light, Support, of_registry, support_on

TODAY = date(2026, 11, 22)
ARCHITECT = Person("archi", "Archi", frozenset({Role.ARCHITECT}))
PAYROLL = System("PAIE", "Paie", run_cost=100_000_00, replacement_value=800_000_00)


def a_debt(code="D1", principal=200_000_00, interest=40_000_00, system="PAIE", **more):
    given = {"owner": "archi", **more}
    return DebtItem(code, code, system, Estimate(principal), Estimate(interest), **given)


def owed(*items, systems=(PAYROLL,), today=TODAY):
    registry = a_registry(debts=items, systems=systems)
    cycle = replace(registry.cycle, discount=0.035)
    return of_registry(replace(registry, cycle=cycle), today)


def test_the_published_check_value_of_a_year_s_wait():
    """MODEL.md, part 3: P0 200 k$, J1 40 k$, g 10 %, gamma 5 %, r 3.5 %: 41 546 $, 4.25 years."""
    found = owed(a_debt(interest_growth=0.1, principal_growth=0.05))

    assert (found.principal, found.interest) == (200_000_00, 40_000_00)
    assert found.waiting / 100 == pytest.approx(41_546, abs=1)
    assert found.systems[0].figures[0].break_even == pytest.approx(4.25, abs=0.01)


def test_systems_add_up_and_the_heaviest_interest_comes_first():
    tax = System("TAXE", "Taxe")
    found = owed(
        a_debt("D1", 100_00, 10_00),
        a_debt("D2", 300_00, 5_00),
        a_debt("D3", 50_00, 40_00, "TAXE"),
        systems=(PAYROLL, tax),
    )

    assert (found.principal, found.interest) == (450_00, 55_00)
    assert [s.system.code for s in found.systems] == ["TAXE", "PAIE"]
    assert [f.item.code for f in found.of("PAIE").figures] == ["D1", "D2"]


def test_ratios_are_to_the_replacement_value_and_to_the_run_cost():
    (found,) = owed(a_debt(principal=80_000_00, interest=30_000_00)).systems

    assert (found.principal_ratio, found.interest_ratio) == (0.1, 0.3)


def test_a_ratio_to_what_is_not_given_is_not_given():
    (found,) = owed(a_debt(), systems=(System("PAIE", "Paie"),)).systems

    assert (found.principal_ratio, found.interest_ratio) == (None, None)


def test_the_estimate_is_the_three_point_mean():
    item = replace(a_debt(), principal=Estimate(100, 40, 400))

    assert owed(item).principal == (40 + 400 + 400) / 6


def test_interest_that_is_never_paid_never_breaks_even():
    assert math.isinf(owed(a_debt(interest=0)).systems[0].figures[0].break_even)


def test_a_possible_loss_counts_by_its_probability():
    item = a_debt(interest=10_000_00, loss=1_000_000_00, p_before=0.02, p_after=0.5)

    assert owed(item).interest == 30_000_00


def test_accepted_debt_still_counts_and_is_shown_apart():
    accepted = a_debt("D2", 50_000_00, status=DebtStatus.ACCEPTED)
    found = owed(a_debt("D1", 100_000_00), accepted)

    assert (found.principal, found.accepted) == (150_000_00, 50_000_00)
    assert [figure.item.code for figure in found.accepted_figures] == ["D2"]


@pytest.mark.parametrize(
    "status", [DebtStatus.RETIRED, DebtStatus.FALSE_POSITIVE, DebtStatus.DUPLICATE]
)
def test_a_debt_that_is_gone_no_longer_counts(status):
    found = owed(a_debt(status=status))

    assert (found.principal, found.systems[0].figures) == (0, ())


def test_what_nobody_answers_for_and_what_is_past_its_date_are_to_be_reviewed():
    found = owed(
        a_debt("D1", owner=""),
        a_debt("D2", review_on=date(2026, 11, 21)),
        a_debt("D3", review_on=TODAY),
    )

    assert [item.code for item in found.unowned] == ["D1"]
    assert [item.code for item in found.stale] == ["D2"]


@pytest.mark.parametrize(
    ("ends", "support"),
    [
        (date(2026, 11, 21), Support.ENDED),
        (TODAY, Support.ENDING),
        (date(2028, 11, 21), Support.ENDING),
        (date(2028, 11, 22), Support.SUPPORTED),
        (None, Support.UNKNOWN),
    ],
)
def test_support_ends_with_the_technology_that_ends_first(ends, support):
    technologies = (Technology("A", standard_end=ends), Technology("B"))

    assert support_on(System("S", "S", technologies=technologies), TODAY) is support


def test_a_paid_extension_keeps_a_technology_supported():
    offered = Technology("A", standard_end=date(2020, 1, 1), extended_end=date(2030, 1, 1))
    bought = replace(offered, contract_until=date(2029, 1, 1))

    assert support_on(System("S", "S", technologies=(offered,)), TODAY) is Support.ENDED
    assert support_on(System("S", "S", technologies=(bought,)), TODAY) is Support.SUPPORTED


def test_unsupported_systems_are_named():
    old = Technology("A", standard_end=date(2020, 1, 1))
    systems = (PAYROLL, System("VIEUX", "Vieux", technologies=(old,)))

    assert [s.system.code for s in owed(systems=systems).unsupported] == ["VIEUX"]


def levels(likelihood, impact):
    return (
        *(Level(criterion, likelihood) for criterion in LIKELIHOODS),
        *(Level(criterion, impact) for criterion in IMPACTS),
    )


@pytest.mark.parametrize(
    ("given", "by", "light"),
    [
        (levels(4, 4), "archi", Light.RED),  # 4 x 4 = 16, the red line
        (levels(3, 5), "archi", Light.AMBER),
        (levels(2, 5), "archi", Light.GREEN),
        (levels(4, 4), "", Light.AMBER),  # not confirmed: its support speaks
    ],
)
def test_the_light_of_a_system_is_its_confirmed_risk_and_before_that_its_support(given, by, light):
    old = replace(PAYROLL, technologies=(Technology("A", standard_end=date(2020, 1, 1)),))
    risk = RiskAssessment("PAIE", given, by)
    found = of_registry(a_registry(systems=(old,), assessments=(risk,)), TODAY)

    assert found.systems[0].light is light
    assert [s.system.code for s in found.red] == (["PAIE"] if light is Light.RED else [])


def test_a_system_neither_assessed_nor_dated_has_no_light():
    assert owed().systems[0].light is Light.UNKNOWN


def test_an_unknown_system_is_missing():
    with pytest.raises(Missing, match="no-such-system"):
        owed().of("RIEN")


@pytest.fixture
def store(migrated_file, tmp_path):
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    with opened.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, ARCHITECT)
        work.bring_in(a_registry(systems=(PAYROLL,), debts=(a_debt(),)))
    yield opened
    opened.close()


def test_the_view_is_the_store_s(store):
    assert debts.view(store, ARCHITECT, "c", TODAY).principal == 200_000_00

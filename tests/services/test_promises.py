"""Promises: what a decision commits to, what is reported since, and where each project stands."""

import contextlib
import shutil
from datetime import date

import pytest
from benches import a_project, a_registry

from data.store import Act, open_store
from portfolio.debt import DebtItem, Remedy
from portfolio.decision import Decision, Grant, Verb
from portfolio.errors import Missing
from portfolio.person import Role
from portfolio.project import DebtEffect, Estimate
from portfolio.promise import Promise, PromisedDebt
from portfolio.system import System
from services import promises

ACT = Act("test", Role.ADMINISTRATOR, "test")
AT = "2026-12-02T03:00:00+00:00"  # still the first of December in Montréal


def a_debt(code, principal=100_00, **more):
    return DebtItem(code, f"Dette {code}", "S1", Estimate(principal), Estimate(10), **more)


@pytest.fixture
def house(migrated_file, tmp_path):
    file = shutil.copy(migrated_file, tmp_path / "house.db")
    with contextlib.closing(open_store(f"sqlite:///{file}")) as house:
        yield house


def promised(house, decision, *debts, **more):
    """What the decision promises of P1, which costs 30 k$ over two years."""
    project = a_project("P1", 1, (10, 20), **more)
    with house.writing(ACT) as work:
        work.bring_in(a_registry(project, systems=(System("S1", "Paie"),), debts=debts))
        return promises.promised(work, "c", decision)


def test_a_decision_promises_its_days_its_cost_and_the_debts_it_retires(house):
    found = promised(
        house,
        Decision("P1", 3, Verb.APPROVED, "utile", "anim", AT, variant="base", start="2028",
                 grants=(Grant("PDI", 1, 900_000), Grant("PDI", 2, 1_700_000))),
        a_debt("D1", remedies=(Remedy("P1", 0.25),)), a_debt("D2", 80_00), a_debt("D3"),
        debt_effects=(DebtEffect("D1", 0.5), DebtEffect("D2", 0.5), DebtEffect("D9"),
                      DebtEffect("", title="Interface provisoire")),
    )

    assert found == Promise(
        "P1", 3, date(2026, 12, 1), date(2028, 1, 1), date(2029, 12, 31), "base", 2_600_000,
        (PromisedDebt("D1", 0.25, 25_00), PromisedDebt("D2", 0.5, 40_00), PromisedDebt("D9")), 1,
    )


def test_without_grants_the_cost_is_the_variant_s(house):
    decision = Decision("P1", 1, Verb.APPROVED, "r", "anim", AT, variant="base", start="2027")

    assert promised(house, decision).cost == 3_000_000


def test_a_variant_that_is_not_there_promises_nothing(house):
    decision = Decision("P1", 1, Verb.APPROVED, "r", "anim", AT, variant="bonifiée", start="2027")

    with pytest.raises(Missing, match="no-such-variant"):
        promised(house, decision)

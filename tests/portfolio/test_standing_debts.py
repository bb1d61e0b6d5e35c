"""What counts as debt, what is only promised, and what an expired acceptance leaves."""

from datetime import date

import pytest
from benches import a_project, a_registry

from portfolio.acceptance import Acceptance, Ruling
from portfolio.debt import DebtItem, DebtStatus
from portfolio.horizon import Horizon
from portfolio.project import Estimate, Stage
from portfolio.standing_debts import counted, interest_of, promised, status_on
from portfolio.system import System

ASKED = date(2026, 1, 1)
EXPIRES = date(2026, 12, 31)


def a_debt(code="D1", **more):
    return DebtItem(code, code, "S", Estimate(100_00), Estimate(30_00), **more)


def granted(expires=EXPIRES, number=1):
    return Acceptance(
        "D1", number, "raison", "contrôle", expires, "anne", ASKED, Ruling.GRANTED, "bruno", ASKED
    )


@pytest.mark.parametrize("stage", [s for s in Stage if s is not Stage.APPROVED])
def test_a_debt_that_a_project_creates_is_promised_until_the_project_is_approved(stage):
    item = a_debt(created_by="P1")
    registry = a_registry(a_project("P1", stage=stage), debts=(item, a_debt("D2")))

    assert [d.code for d in counted(registry)] == ["D2"]
    assert promised(registry) == (item,)


def test_once_the_project_is_approved_the_debt_it_creates_counts():
    item = a_debt(created_by="P1")
    registry = a_registry(a_project("P1", stage=Stage.APPROVED), debts=(item,))

    assert (counted(registry), promised(registry)) == ((item,), ())


def test_a_closed_item_neither_counts_nor_is_promised():
    closed = a_debt(created_by="P1", status=DebtStatus.FALSE_POSITIVE)
    registry = a_registry(a_project("P1"), debts=(closed,))

    assert (counted(registry), promised(registry)) == ((), ())


@pytest.mark.parametrize(
    ("today", "status"),
    [(EXPIRES, DebtStatus.ACCEPTED), (date(2027, 1, 1), DebtStatus.OPEN)],
)
def test_an_item_is_open_again_the_day_after_its_acceptance_expires(today, status):
    assert status_on(a_debt(status=DebtStatus.ACCEPTED), (granted(),), today) is status


def test_an_extension_granted_keeps_it_accepted():
    both = granted(), granted(date(2027, 12, 31), 2)

    assert status_on(a_debt(status=DebtStatus.ACCEPTED), both, date(2027, 6, 1)) == "acceptee"


def test_an_item_that_came_in_accepted_without_a_request_stays_so():
    assert status_on(a_debt(status=DebtStatus.ACCEPTED), (), date(2030, 1, 1)) == "acceptee"


def test_the_figure_set_for_a_system_stands_for_the_sum_of_its_items():
    horizon, items = Horizon(2027, 5), (a_debt("D1"), a_debt("D2"))
    own = System("S", "S", interest_figure=45_00, interest_reason="recoupement")

    assert interest_of(System("S", "S"), items, horizon) == 60_00
    assert interest_of(own, items, horizon) == 45_00
    assert interest_of(own, (), horizon) == 0

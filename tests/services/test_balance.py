"""The balance in the store: a closed year never changes, and years close once, in order."""

import json
import shutil
from dataclasses import replace
from datetime import date

import pytest
from benches import a_project, a_registry

from data import question_file
from data.store import Act, open_store
from optimizer.solvers import Search
from portfolio.candidate import Stake
from portfolio.debt import DebtItem, DebtStatus, Remedy
from portfolio.errors import Invalid
from portfolio.person import Person, Role
from portfolio.plan import Chosen, Plan
from portfolio.project import Estimate
from portfolio.system import System
from services import balance, bench, debt_acts, debts, scenarios

TODAY = date(2027, 1, 20)
ARCHITECT = Person("archi", "Archi", frozenset({Role.ARCHITECT}))
CHIEF = Person("anim", "Anim", frozenset({Role.FACILITATOR}))
LEAD = Person("resp", "Resp", frozenset({Role.LEAD}))
ACT = Act("test", "administrateur", "test")
PAYROLL, TAX = System("PAIE", "Paie"), System("TAXE", "Taxe")


def a_debt(code="D1", principal=100_000_00, system="PAIE", **more):
    return DebtItem(
        code, code, system, Estimate(principal), Estimate(10_000_00), principal_growth=0.1, **more
    )


@pytest.fixture
def store(migrated_file, tmp_path):
    """Two systems, three debts; P1 repays D1 in 2028."""
    opened = open_store(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.db')}")
    items = (
        a_debt(remedies=(Remedy("P1", 0.5),)),
        a_debt("D2", 50_000_00, status=DebtStatus.ACCEPTED),
        a_debt("D3", 20_000_00, "TAXE"),
    )
    project = a_project("P1", 9, (10,), earliest="2028", latest="2028")
    with opened.writing(ACT) as work:
        for person in (ARCHITECT, CHIEF, LEAD):
            work.save(None, person)
        work.bring_in(
            a_registry(project, debts=items, systems=(PAYROLL, TAX), limits=(100, 100, 100))
        )
    yield opened
    opened.close()


def close(store, year=2026, today=TODAY):
    return balance.close_year(store, ARCHITECT, "c", year, today)


def seen(store, who=ARCHITECT, today=TODAY):
    return balance.view(store, who, "c", today)


def test_a_closed_year_never_changes_whatever_is_edited(store):
    close(store)
    before = seen(store).past

    with store.writing(ACT) as work:
        registry = work.registry("c")
        for debt in registry.debts[:2]:
            work.save("c", replace(
                debt, principal=Estimate(999_00), interest=Estimate(1_00), principal_growth=0.9,
                status=DebtStatus.RETIRED, closed_on=date(2026, 5, 5), system="TAXE",
                logged_on=date(2020, 1, 1),
            ))  # fmt: skip
        work.remove("c", registry.debts[2])
        work.save("c", replace(registry.systems[0], interest_figure=7_00, title="Autre"))
        work.save("c", a_debt("D9", logged_on=date(2026, 2, 2)))
        cycle = replace(registry.cycle, discount=0.2)
        work.save(None, cycle)

    assert seen(store).past == before
    assert before[0].whole("closing") == 170_000_00


def test_what_was_wrong_in_a_closed_year_is_corrected_in_the_next(store):
    close(store)
    with store.reading() as work:
        wrong = work.one(DebtItem, "c", "D3")
    dearer = replace(wrong, principal=Estimate(30_000_00))
    debt_acts.save(store, ARCHITECT, "c", dearer, "Erreur de saisie")

    (this,) = seen(store).now

    assert (this.year, this.of("TAXE").opening) == (2027, 20_000_00)
    assert (this.of("TAXE").grown, this.of("TAXE").estimated) == (2_000_00, 8_000_00)


def test_a_year_closes_once(store):
    close(store)

    with pytest.raises(Invalid, match="year-closed"):
        close(store)


@pytest.mark.parametrize("year", [2027, 2030])
def test_a_year_that_is_not_over_does_not_close(store, year):
    with pytest.raises(Invalid, match="year-not-over") as refused:
        close(store, year)

    assert refused.value.facts["accepted"] == 2026


def test_years_close_in_order_from_the_last_one_that_is_over(store):
    with pytest.raises(Invalid, match="not-next-year"):
        close(store, 2020)
    close(store)
    with pytest.raises(Invalid, match="not-next-year") as refused:
        close(store, 2028, date(2029, 1, 2))

    assert refused.value.facts["accepted"] == 2027


def test_two_people_closing_at_once_close_it_once(store):
    """The second finds it closed, and nothing of hers is kept."""
    kept = close(store)
    with pytest.raises(Invalid):
        balance.close_year(store, ARCHITECT, "c", 2026, date(2027, 1, 21))

    with store.reading() as work:
        assert work.registry("c").year_ends == (kept,)


def test_the_year_that_may_be_closed_is_told(store):
    assert seen(store).closable.year == 2026
    assert seen(store).closable.whole("closing") == 170_000_00
    close(store)
    assert seen(store).closable is None
    assert seen(store, today=date(2028, 1, 1)).closable.year == 2027


def test_a_year_left_open_stands_between_the_closed_one_and_this_one(store):
    close(store)

    assert [y.year for y in seen(store, today=date(2028, 3, 1)).now] == [2027, 2028]


def test_this_year_starts_from_today_s_estimates_where_none_was_closed(store):
    found = seen(store, today=date(2026, 11, 22))

    assert found.past == ()
    assert [(y.year, y.whole("opening"), y.whole("closing")) for y in found.now] == [
        (2026, 170_000_00, 170_000_00)
    ]
    assert found.now[0].whole("closing") == debts.view(store, ARCHITECT, "c", TODAY).principal


def test_the_coming_years_are_told_without_a_project_and_under_the_plan_that_was_kept(store):
    """D1 grows to 121 000 $ at the end of 2028; P1 then repays half of it."""
    asked = scenarios.ask(store, CHIEF, "c", "base")
    bench.keep(store, CHIEF, "c", asked, scenarios.answer(asked, Search()))

    found = seen(store, today=date(2026, 11, 22))

    assert [y.year for y in found.idle] == [2027, 2028, 2029]
    assert [y.whole("closing") for y in found.idle] == [187_000_00, 205_700_00, 226_270_00]
    assert [y.whole("retired") for y in found.planned] == [0, 60_500_00, 0]
    assert found.plan.scenario.code == "base"


def test_a_lead_sees_the_balance_but_not_what_the_plan_repays(store):
    asked = scenarios.ask(store, CHIEF, "c", "base")
    bench.keep(store, CHIEF, "c", asked, scenarios.answer(asked, Search()))

    found = seen(store, LEAD)

    assert (found.plan, found.planned) == (None, ())
    assert len(found.idle) == 2


def test_a_scenario_without_a_plan_gives_no_plan(store):
    assert seen(store).plan is None


def test_closing_leaves_its_line_in_the_journal(store):
    close(store)

    with store.reading() as work:
        registry = work.registry("c")
        (line,) = work.history(type(registry.year_ends[0]), "c", 2026)
    assert (line.act, line.actor) == ("balance.close_year", "archi")


def test_what_a_project_of_the_plan_creates_enters_when_it_is_delivered(store):
    """P1 is delivered at the end of 2028; what it makes is 30 k$, grown twice by 10 %."""
    with store.writing(ACT) as work:
        work.save("c", a_debt("MADE", 30_000_00, created_by="P1"))
    asked = scenarios.ask(store, CHIEF, "c", "base")
    made = Stake("MADE", "PAIE", principal=30_000.0, created_by="P1")
    others = tuple(d for d in asked.posed.question.debts if d.code != "MADE")
    question = replace(asked.posed.question, debts=(*others, made))
    with store.writing(ACT) as work:
        work.keep_plan(
            "c", "base", question_file.canonical(question).decode(),
            json.dumps(question_file.answer(Plan({"P1": Chosen("base", 1)}, {}), question)),
        )  # fmt: skip

    found = seen(store, today=date(2026, 11, 22))

    assert found.now[-1].whole("closing") == 170_000_00
    assert [y.whole("logged") for y in found.planned] == [0, 36_300_00, 0]
    assert [y.whole("retired") for y in found.planned] == [0, 60_500_00, 0]
    assert [y.whole("logged") for y in found.idle] == [0, 0, 0]

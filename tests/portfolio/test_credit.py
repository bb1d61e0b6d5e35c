"""What each project of a plan does to the debt, alone and beside the others."""

from builders import a_candidate, a_question, a_stake

from portfolio.candidate import Standalone
from portfolio.credit import Credit, credits
from portfolio.plan import Chosen, Plan


def a_plan(standalone=(), **starts):
    return Plan({code: Chosen("base", at) for code, at in starts.items()}, dict(standalone))


def two_that_overlap(**debt):
    """A repays 60 % and B 70 % of a debt of 100."""
    stake = a_stake("D1", 100, retired_by={"A": 0.6, "B": 0.7}, **debt)
    return a_question(a_candidate("A"), a_candidate("B"), debts=(stake,), limits=(99, 99))


def test_what_two_projects_both_repay_is_credited_to_neither():
    """Alone 60 and 70; without A the plan still retires 70, so A brings 30, and B 40."""
    found = credits(a_plan(A=0, B=0), two_that_overlap())

    assert {c: round(x.principal, 6) for c, x in found.alone.items()} == {"A": 60, "B": 70}
    assert {c: round(x.principal, 6) for c, x in found.in_plan.items()} == {"A": 30, "B": 40}
    assert round(found.whole.principal, 6) == 100
    assert round(found.shared.principal, 6) == 30
    assert round(found.overlap.principal, 6) == 30


def test_the_table_adds_up_to_what_the_plan_does():
    question = two_that_overlap(
        interest=(10.0, 10.0), terminal=5.0, standalone=Standalone("E", 9.0)
    )
    found = credits(a_plan({"D1": 1}, A=0, B=1), question)

    for table, rest in ((found.in_plan, found.shared), (found.alone, Credit())):
        whole = sum(table.values(), rest)
        claimed = whole if table is found.in_plan else whole + found.standalone - found.overlap
        assert round(claimed.principal, 6) == round(found.whole.principal, 6) == 100
        assert round(claimed.interest, 6) == round(found.whole.interest, 6) == 6
        assert round(claimed.avoided, 6) == round(found.whole.avoided, 6) == 11


def test_a_debt_that_is_retired_on_its_own_leaves_nothing_to_the_project():
    fix = a_candidate("FIX")
    stake = a_stake("D1", 100, retired_by={"FIX": 1.0}, standalone=Standalone("E", 9.0))
    found = credits(a_plan({"D1": 0}, FIX=0), a_question(fix, debts=(stake,)))

    assert found.alone["FIX"].principal == 100
    assert found.in_plan["FIX"].principal == 0
    assert found.standalone.principal == found.shared.principal == 100


def test_a_project_that_makes_a_debt_is_charged_with_it():
    """NEW leaves a debt of 12 costing 4 a year, of which FIX repays a half."""
    new, fix = a_candidate("NEW"), a_candidate("FIX")
    made = a_stake("M", 12, interest=(4.0, 4.0), created_by="NEW", retired_by={"FIX": 0.5})
    question = a_question(new, fix, debts=(made,), limits=(99, 99))
    found = credits(a_plan(NEW=0, FIX=0), question)

    assert found.alone == {"NEW": Credit(-12, -4, -4), "FIX": Credit()}
    assert found.in_plan == {"NEW": Credit(-6, -2, -2), "FIX": Credit(6, 2, 2)}
    assert found.whole == Credit(-6, -2, -2)


def test_a_plan_without_projects_has_nothing_to_credit():
    assert credits(Plan({}, {}), two_that_overlap()).whole == Credit()

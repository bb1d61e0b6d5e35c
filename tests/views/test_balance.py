"""The balance in the page of debts, and closing a year there."""

from dataclasses import replace
from datetime import date

import pytest

from data.store import Act
from portfolio.person import Person, Role
from portfolio.year_end import YearEnd
from services import balance
from views.parts import today
from views.text import Text

ARCHITECT = Person("test-architecte", "Test architecte", frozenset({Role.ARCHITECT}))
ACT = Act("test", "administrateur", "test")


def the_table(at, language="fr"):
    head = Text(language)("balance.year")
    return next(f.value for f in at.dataframe if head in f.value)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_everyone_sees_the_balance_by_fiscal_year(seen, demo, role, language):
    found = balance.view(demo, ARCHITECT, "demo", today())

    at = seen("debts", role, language)

    assert not at.exception
    years = [str(y.year) for y in (*found.past, *found.now, *found.idle)]
    assert list(the_table(at, language).iloc[:, 0]) == years


def test_the_balance_of_one_system_is_its_own(show, demo):
    at = show("debts", demo)

    at.selectbox(key="balance_system").select("PAIE").run()

    found = balance.view(demo, ARCHITECT, "demo", today())
    own = [y.of("PAIE").closing for y in (*found.past, *found.now, *found.idle)]
    shown = the_table(at)["À la fin (k$)"]
    assert list(shown) == [round(cents / 100_000) for cents in own]


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.ARCHITECT, Role.ADMINISTRATOR)])
def test_others_are_not_offered_to_close_a_year(seen, role):
    at = seen("debts", role)

    assert "Clore un exercice" not in [e.label for e in at.expander]


def test_an_architect_closes_the_year_that_is_over_after_being_asked(show, own_demo):
    last = today().year - 1
    with own_demo.writing(ACT) as work:
        for end in work.registry("demo").year_ends:
            if end.year >= last:
                work.remove("demo", end)
        years = {end.year for end in work.registry("demo").year_ends}
        if last - 1 not in years:
            work.save("demo", YearEnd(last - 1, date(last, 1, 9), "archi"))
    closing = balance.view(own_demo, ARCHITECT, "demo", today()).closable.whole("closing")
    at = show("debts", own_demo, Role.ARCHITECT)

    at.button(key="balance_close").click().run()
    at.button(key="balance_close_yes").click().run()

    assert not at.exception
    with own_demo.reading() as work:
        kept = {end.year: end for end in work.registry("demo").year_ends}
    assert sum(s.closing for s in kept[last].systems) == closing
    assert kept[last].closed_by == "test-architecte"


def test_a_year_closed_meanwhile_by_someone_else_is_told(show, own_demo):
    """The page still offers it; the answer is the refusal, and what she closed stands."""
    last = today().year - 1
    with own_demo.writing(ACT) as work:
        for end in work.registry("demo").year_ends:
            work.remove("demo", end)
    at = show("debts", own_demo, Role.ARCHITECT)
    at.button(key="balance_close").click().run()
    kept = balance.close_year(own_demo, ARCHITECT, "demo", last, today())

    at.button(key="balance_close_yes").click().run()

    assert len(at.error) == 1
    assert "déjà clos" in at.error[0].value
    with own_demo.reading() as work:
        assert work.registry("demo").year_ends == (kept,)


def test_a_house_without_debt_shows_no_balance(show, own_demo):
    with own_demo.writing(ACT) as work:
        registry = work.registry("demo")
        work.bring_in(replace(registry, debts=(), year_ends=(), acceptances=()))

    at = show("debts", own_demo)

    assert not at.exception
    assert "balance_system" not in [s.key for s in at.selectbox]

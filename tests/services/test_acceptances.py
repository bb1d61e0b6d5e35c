"""Living with a debt: someone asks, someone else decides, it expires; asking again starts anew."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from benches import a_house, a_registry

from data.store import Act
from portfolio.acceptance import Acceptance, Ruling, Standing
from portfolio.debt import DebtItem, DebtStatus
from portfolio.errors import Forbidden, Invalid, Refusal, Stale
from portfolio.person import Person, Role
from portfolio.project import Estimate
from portfolio.system import System
from services import acceptances, debt_acts, debts, register_history
from services.acceptances import Wish, held
from services.debt_acts import Step

TODAY = date(2026, 11, 22)
UNTIL = date(2027, 11, 22)
ARCHITECT = Person("test-architecte", "Test architecte", frozenset({Role.ARCHITECT}))
MEMBER = Person("test-membre", "Test membre", frozenset({Role.MEMBER}))
ADMINISTRATOR = Person("test-administrateur", "Admin", frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def store(migrated_file, tmp_path):
    item = DebtItem("D01", "Dette", "S1", Estimate(100_00), Estimate(30_00))
    registry = a_registry(systems=(System("S1", "Paie"),), debts=(item,))
    with a_house(migrated_file, tmp_path / "house.db") as bring:
        yield bring(registry)


def kept(store):
    with store.reading() as work:
        return work.one(DebtItem, "c", "D01")


def ask(store, expires=UNTIL, by=ARCHITECT, today=TODAY):
    return acceptances.ask(store, by, "c", Wish("D01", "Raison", "Pare-feu", expires), today)


def grant(store, asked, by=MEMBER, today=TODAY):
    return acceptances.grant(store, by, "c", asked, "", today)


def view(store, today=TODAY):
    return debts.view(store, ARCHITECT, "c", today)


def register(store, today=TODAY):
    with store.reading() as work:
        return held(work.registry("c"), today)


def test_what_is_accepted_by_someone_else_still_counts_and_is_shown_apart(store):
    grant(store, ask(store))

    assert kept(store).status is DebtStatus.ACCEPTED
    assert (view(store).principal, view(store).accepted) == (100_00, 100_00)
    (one,) = register(store)
    assert (one.standing, one.until, one.days_left) == (Standing.IN_FORCE, UNTIL, 365)


def test_nobody_accepts_a_debt_that_they_asked_to_accept(store):
    both = Person("test-architecte", "Test", frozenset({Role.ARCHITECT, Role.MEMBER}))
    with store.writing(Act("test", "administrateur", "test")) as work:
        work.save(None, replace(work.person(both.code), roles=both.roles))
    asked = ask(store)

    for act in (acceptances.grant, acceptances.decline):
        with pytest.raises(Forbidden, match="own-request"):
            act(store, both, "c", asked, "raison", TODAY)
    assert kept(store).status is DebtStatus.OPEN


def test_nor_does_claiming_that_someone_else_asked_help(store):
    asked = replace(ask(store), asked_by="quelqu'un")

    with pytest.raises(Forbidden, match="own-request"):
        grant(store, asked, by=ARCHITECT)


def test_the_noun_itself_refuses_to_be_ruled_by_whoever_asked():
    with pytest.raises(Invalid, match="own-request"):
        Acceptance("D", 1, "r", "c", UNTIL, "anne", TODAY, Ruling.GRANTED, "anne", TODAY)


@pytest.mark.parametrize(
    ("expires", "code"),
    [
        (TODAY, "too-early"),
        (date(2029, 11, 23), "accepted-too-long"),
    ],
)
def test_an_acceptance_ends_after_today_and_within_three_years(store, expires, code):
    with pytest.raises(Invalid, match=code):
        ask(store, expires)

    assert ask(store, date(2029, 11, 22)).expires == date(2029, 11, 22)


def test_one_request_at_a_time(store):
    ask(store)

    with pytest.raises(Refusal, match="already-asked"):
        ask(store)


def test_a_refusal_says_why_and_leaves_the_debt_open(store):
    asked = ask(store)
    with pytest.raises(Invalid, match="reason-needed"):
        acceptances.decline(store, MEMBER, "c", asked, " ", TODAY)

    declined = acceptances.decline(store, MEMBER, "c", asked, "Trop risqué", TODAY)

    assert (declined.ruling, declined.ruled_by) == (Ruling.DECLINED, "test-membre")
    assert kept(store).status is DebtStatus.OPEN
    assert ask(store).number == 2


def test_a_request_is_taken_back_by_whoever_made_it_only(store):
    asked = ask(store)
    with store.writing(Act("test", "administrateur", "test")) as work:
        other = work.save(None, Person("archi-2", "Deux", frozenset({Role.ARCHITECT})))

    with pytest.raises(Forbidden, match="not-yours"):
        acceptances.withdraw(store, other, "c", asked, TODAY)
    assert acceptances.withdraw(store, ARCHITECT, "c", asked, TODAY).ruling is Ruling.WITHDRAWN
    with pytest.raises(Refusal, match="already-ruled"):
        grant(store, asked)


def test_a_request_decided_meanwhile_is_not_decided_twice(store):
    asked = ask(store)
    grant(store, asked)

    with pytest.raises(Refusal, match="already-ruled"):
        acceptances.decline(store, ADMINISTRATOR, "c", asked, "Non", TODAY)


def test_a_request_changed_since_it_was_read_is_stale(store):
    asked = ask(store)
    with store.writing(Act("test", "architecte", "test")) as work:
        work.save("c", replace(asked, control="Autre"))

    with pytest.raises(Stale):
        grant(store, asked)
    assert kept(store).status is DebtStatus.OPEN


def test_thirty_days_before_it_ends_it_is_announced_and_the_day_after_it_counts_as_open(store):
    grant(store, ask(store))

    (before,) = register(store, UNTIL - timedelta(days=31))
    (warned,) = register(store, UNTIL - timedelta(days=30))
    (over,) = register(store, UNTIL + timedelta(days=1))

    assert before.standing is Standing.IN_FORCE
    assert (warned.standing, warned.days_left) == (Standing.EXPIRING, 30)
    assert (over.standing, over.days_left) == (Standing.EXPIRED, -1)
    assert view(store, UNTIL).accepted == 100_00
    assert view(store, UNTIL + timedelta(days=1)).accepted == 0
    assert view(store, UNTIL + timedelta(days=1)).principal == 100_00


def test_more_time_is_decided_anew_while_the_first_acceptance_still_holds(store):
    grant(store, ask(store))
    again = ask(store, date(2028, 11, 22))

    (asked,) = register(store)
    assert (asked.standing, asked.until, asked.asked) == (Standing.IN_FORCE, UNTIL, again)

    grant(store, again, by=ADMINISTRATOR)
    (longer,) = register(store)
    assert (longer.until, longer.asked) == (date(2028, 11, 22), None)


def test_more_time_refused_leaves_the_first_day_as_it_was(store):
    grant(store, ask(store))
    acceptances.decline(store, MEMBER, "c", ask(store, date(2028, 1, 1)), "Non", TODAY)

    assert [h.until for h in register(store)] == [UNTIL]


def test_once_expired_the_debt_moves_as_an_open_one(store):
    grant(store, ask(store))
    late = UNTIL + timedelta(days=1)

    step = Step(DebtStatus.IN_REMEDIATION)
    assert debt_acts.move(store, ARCHITECT, "c", kept(store), step, late).status == "en-correction"


def test_an_acceptance_revoked_leaves_the_debt_open(store):
    granted = grant(store, ask(store))

    with pytest.raises(Forbidden, match="own-request"):
        acceptances.revoke(store, ARCHITECT, "c", granted, "raison", TODAY)
    acceptances.revoke(store, MEMBER, "c", granted, "Le pare-feu est retiré", TODAY)

    assert kept(store).status is DebtStatus.OPEN
    assert register(store) == ()


def test_an_acceptance_revoked_while_another_holds_leaves_the_debt_accepted(store):
    first = grant(store, ask(store))
    grant(store, ask(store, date(2028, 1, 1)))

    acceptances.revoke(store, MEMBER, "c", first, "Remplacée", TODAY)

    assert kept(store).status is DebtStatus.ACCEPTED


def test_whoever_asked_may_open_the_debt_again_and_gives_the_acceptance_up(store):
    grant(store, ask(store))

    opened = acceptances.reactivate(store, ARCHITECT, "c", kept(store), "On rembourse", TODAY)

    assert opened.status is DebtStatus.OPEN
    with store.reading() as work:
        (one,) = work.every(Acceptance, "c")
    assert (one.ruling, one.ruled_by) == (Ruling.WITHDRAWN, "test-membre")


def test_a_debt_retired_while_accepted_is_no_longer_accepted(store):
    grant(store, ask(store))
    step = Step(DebtStatus.RETIRED, reason="Remplacé par le fournisseur")

    debt_acts.move(store, ARCHITECT, "c", kept(store), step, TODAY)

    with store.reading() as work:
        assert [a.ruling for a in work.every(Acceptance, "c")] == [Ruling.WITHDRAWN]


def test_the_history_of_the_item_tells_of_its_acceptances_too(store):
    grant(store, ask(store))

    acts = [p.act for p in register_history.of_debt(store, MEMBER, "c", "D01")]

    assert acts == ["acceptances.grant", "acceptances.grant", "acceptances.ask"]

"""People are told what concerns them, once, if and only if it happened; each reads their own."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data.store import Act
from portfolio.contact import Contact
from portfolio.errors import Forbidden
from portfolio.notice import Mail, NoticeKind
from portfolio.person import Person, Role
from services import directory, notices

ANNE = Person("anne", "Anne", frozenset({Role.LEAD}))
ZOE = Person("zoe", "Zoé", frozenset({Role.FACILITATOR}))
GONE = Person("luc", "Luc", frozenset({Role.FACILITATOR}), is_active=False)
ACT = Act("anne", Role.LEAD, "proposals.submit")


@pytest.fixture
def house(store):
    with store.writing(Act("test", Role.ADMINISTRATOR, "test")) as work:
        for person in (ANNE, ZOE, GONE):
            work.save(None, person)
    return store


def told(store, *to, once="", act=ACT):
    with store.writing(act) as work:
        return notices.tell(
            work, NoticeKind.SUBMITTED, to, "2027", "P1", once, title="Éclairage", n=2
        )


def test_a_notice_says_what_happened_and_to_what(house):
    told(house, "zoe")

    (notice,) = notices.mine(house, ZOE)
    assert (notice.kind, notice.cycle, notice.about) == (NoticeKind.SUBMITTED, "2027", "P1")
    assert notice.facts == {"title": "Éclairage", "n": 2}
    assert notice.at
    assert (notice.read_at, notice.mail) == ("", Mail.WAITING)


def test_whoever_acts_is_not_told_nor_are_disabled_or_unknown_people(house):
    assert [n.person for n in told(house, "anne", "zoe", "luc", "mallory", "zoe")] == ["zoe"]


def test_the_same_event_is_told_once_to_each(house):
    told(house, "zoe", once="P1/1")
    told(house, "zoe", once="P1/1")
    told(house, "zoe", once="P1/2")

    assert notices.unread(house, ZOE) == 2


def test_nothing_is_told_of_an_act_that_failed(house):
    def fail():
        with house.writing(ACT) as work:
            notices.tell(work, NoticeKind.SUBMITTED, ("zoe",))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert notices.mine(house, ZOE) == ()


def test_what_was_read_comes_after_what_was_not(house):
    first, second, third = (told(house, "zoe")[0].id for _ in range(3))

    notices.read(house, ZOE, (third,))

    assert [n.id for n in notices.mine(house, ZOE)] == [second, first, third]
    assert notices.unread(house, ZOE) == 2


def test_one_reads_and_marks_one_s_own_only(house):
    (hers,) = told(house, "zoe")
    assert notices.mine(house, ZOE) == (hers,)

    assert notices.mine(house, ANNE) == ()
    with pytest.raises(Forbidden, match="not-yours"):
        notices.read(house, ANNE, (hers.id,))
    assert notices.unread(house, ZOE) == 1


def test_those_who_hold_a_role_are_found_when_they_are_active(house):
    with house.reading() as work:
        assert notices.holding(work, Role.FACILITATOR, Role.MEMBER) == ("zoe",)


def test_someone_whose_roles_change_is_told_which_they_now_are(house):
    chief = Person("chef", "Chef", frozenset({Role.ADMINISTRATOR}))
    with house.writing(ACT) as work:
        work.save(None, chief)
        hers = work.person("anne")
    more = replace(hers, roles=frozenset({Role.LEAD, Role.MEMBER}))

    at, where = datetime.now(UTC), Contact("anne")
    kept, _ = directory.change(house, chief, more, where, at)
    directory.change(house, chief, replace(kept, name="Anne É."), where, at)

    (told_once,) = notices.mine(house, ANNE)
    assert (told_once.kind, told_once.facts) == (NoticeKind.ROLES, {"roles": "membre responsable"})

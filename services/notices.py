"""Notices: who is told what others did; each reads, and marks as read, their own."""

from collections.abc import Iterable, Sequence

from data import store_notices
from data.store import Act, Reading, Store, Work
from portfolio.errors import Forbidden
from portfolio.notice import Fact, Notice, NoticeKind
from portfolio.person import Person, Role
from services.permission import EVERYONE, allowed

MOST = 100


def tell(
    work: Work, kind: NoticeKind, to: Iterable[str], cycle: str = "", about: str = "",
    once: str = "", **facts: Fact,
) -> tuple[Notice, ...]:
    """Tell people, in the transaction of what they are told of; never the one who acts.

    to     codes; unknown and disabled people are left out
    once   names the event where it could be told again: each person is told it once
    """
    active = {person.code for person in work.people() if person.is_active}
    plain = {name: str(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    told = dict.fromkeys(code for code in to if code in active and code != work.act.actor)
    return store_notices.put(work, (
        Notice(code, kind, cycle, about, plain, once=f"{once}>{code}" if once else "")
        for code in told
    ))


def holding(work: Reading, *roles: Role) -> tuple[str, ...]:
    """The active people who hold one of the roles."""
    return tuple(person.code for person in work.people() if person.has(*roles))


@allowed(*EVERYONE)
def mine(store: Store, by: Person, most: int = MOST) -> tuple[Notice, ...]:
    """One's own notices, those not read first."""
    with store.reading() as work:
        return store_notices.of_person(work, by.code, most)


@allowed(*EVERYONE)
def unread(store: Store, by: Person) -> int:
    """How many of one's own are not read."""
    with store.reading() as work:
        return store_notices.unread(work, by.code)


@allowed(*EVERYONE)
def read(store: Store, by: Person, ids: Sequence[int]) -> None:
    """Mark one's own as read; Forbidden("not-yours") when one of them is someone else's."""
    with store.writing(Act(by.code, "", "notices.read")) as work:
        for notice in store_notices.held(work, ids):
            if notice.person != by.code:
                raise Forbidden("not-yours", found=notice.id)
        store_notices.mark_read(work, ids)

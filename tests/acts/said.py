"""What the tables of acts are written with: who there is, and a line of a table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.store import Act
from portfolio.person import Person, Role

ALL = frozenset(Role)
COMMITTEE = ALL - {Role.LEAD}
RATES = frozenset({Role.MEMBER, Role.LEAD})
RUNS = frozenset({Role.FACILITATOR, Role.ADMINISTRATOR})
KEEPS_DEBT = frozenset({Role.ARCHITECT, Role.ADMINISTRATOR})
EXPORTS = RUNS | {Role.ARCHITECT}
DECIDES = KEEPS_DEBT | {Role.MEMBER}
FACILITATES = frozenset({Role.FACILITATOR})
ADMINISTERS = frozenset({Role.ADMINISTRATOR})
LEADS = frozenset({Role.LEAD})
MEMBERS = frozenset({Role.MEMBER})

PEOPLE = {role: Person(f"test-{role}", f"Test {role}", frozenset({role})) for role in Role}
STRANGERS = {role: Person(f"autre-{role}", f"Autre {role}", frozenset({role})) for role in Role}
FACILITATOR = PEOPLE[Role.FACILITATOR]
ARCHITECT = PEOPLE[Role.ARCHITECT]
CHIEF = PEOPLE[Role.ADMINISTRATOR]
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Call:
    """An act, who may do it, and what it is called with after the store and the person.

    given   the arguments, or what makes them in a store (see tests/acts/house.py for what is there)
    """

    may: frozenset[Role]
    given: tuple[Any, ...] | Callable[[Any], tuple[Any, ...]] = ("c",)

    def arguments(self, store):
        return self.given(store) if callable(self.given) else self.given


@dataclass(frozen=True)
class Foreign:
    """A call on what belongs to someone else, by a stranger who holds the right role.

    act       what is called
    role      the role of the stranger
    given     makes in the store what is someone else's, gives the arguments of the call
    theirs    that object: its kind, then its whole key
    refused   the code of the refusal; "" = whatever it is given, the act is about one's own
    """

    act: str
    role: Role
    given: Callable[[Any], tuple[Any, ...]]
    theirs: tuple[Any, ...]
    refused: str = "not-yours"


def kept(store, *nouns, cycle="c"):
    """Keep the nouns as someone from the outside would; the last one as it is kept."""
    with store.writing(Act("test", "administrateur", "test")) as work:
        return [work.save(cycle, noun) for noun in nouns][-1]

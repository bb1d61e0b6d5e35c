"""People: who is known, and the console that runs on the machine itself."""

from data.store import Act, Store
from portfolio.person import Person, Role

CONSOLE = Person("console", "Console", frozenset(Role))


def console(store: Store) -> Person:
    """The person who acts from the command line of the machine: known once, with every role."""
    with store.reading() as work:
        known = [person for person in work.people() if person.code == CONSOLE.code]
    if known:
        return known[0]
    with store.writing(Act(CONSOLE.code, Role.ADMINISTRATOR, "people.console")) as work:
        return work.save(None, CONSOLE)


def demo_people(store: Store) -> tuple[Person, ...]:
    """The demo accounts, which need no sign-in; none outside the demo."""
    with store.reading() as work:
        return tuple(p for p in work.people() if p.is_demo and p.is_active)

"""Who may do what: every act declares its roles, and is refused by default."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from data.store import Store
from portfolio.errors import Forbidden
from portfolio.person import Person, Role

P = ParamSpec("P")
R = TypeVar("R")

EVERYONE = tuple(Role)
COMMITTEE = (Role.MEMBER, Role.FACILITATOR, Role.OBSERVER, Role.ADMINISTRATOR, Role.ARCHITECT)
ACTS: dict[str, tuple[Role, ...]] = {}  # "module.act" -> the roles that may do it


def allowed(
    *roles: Role,
) -> Callable[
    [Callable[Concatenate[Store, Person, P], R]], Callable[Concatenate[Store, Person, P], R]
]:
    """Let only active people of one of these roles do the act.

    Roles and status are read from the store at every call: what a page remembers of a person is
    never trusted. Raises Forbidden("not-allowed").
    """

    def declare(
        act: Callable[Concatenate[Store, Person, P], R],
    ) -> Callable[Concatenate[Store, Person, P], R]:
        name = f"{act.__module__.removeprefix('services.')}.{act.__name__}"
        ACTS[name] = roles

        @wraps(act)
        def checked(store: Store, by: Person, /, *given: P.args, **named: P.kwargs) -> R:
            return act(store, as_known(store, by, name, roles), *given, **named)

        return checked

    return declare


def as_known(store: Store, by: Person, act: str, roles: tuple[Role, ...]) -> Person:
    """The person as the store knows them now; Forbidden when they may not do the act."""
    with store.reading() as work:
        known = work.every(Person, by.code)
    if not known or not known[0].has(*roles):
        raise Forbidden("not-allowed", act=act, accepted=tuple(roles))
    return known[0]

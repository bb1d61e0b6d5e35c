"""Who may do what: every act declares its roles, is refused by default, and tells refusals."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from data.journal import REFUSAL, canonical
from data.store import Act, Store
from portfolio.errors import Forbidden, Refusal
from portfolio.person import Person, Role

P = ParamSpec("P")
R = TypeVar("R")

EVERYONE = tuple(Role)
COMMITTEE = (Role.MEMBER, Role.FACILITATOR, Role.OBSERVER, Role.ADMINISTRATOR, Role.ARCHITECT)
ACTS: dict[str, tuple[Role, ...]] = {}  # "module.act" -> the roles that may do it
OWN: dict[str, tuple[Role, ...]] = {}  # those of them that may do it on what is their own only
OTHERS: dict[str, tuple[Role, ...]] = {}  # those that may not do it on what is their own

_is_doing: ContextVar[bool] = ContextVar("is_doing", default=False)


def allowed(
    *roles: Role, own: tuple[Role, ...] = (), others: tuple[Role, ...] = ()
) -> Callable[
    [Callable[Concatenate[Store, Person, P], R]], Callable[Concatenate[Store, Person, P], R]
]:
    """Let only active people of one of these roles do the act.

    Roles and status are read from the store at every call: what a page remembers of a person is
    never trusted. Raises Forbidden("not-allowed"). Every Forbidden that leaves the act, whatever
    raised it, leaves one line in the journal: see ``_telling``. What the act reads comes without
    the confidential fields that are not for that person: see ``Store.seen_by``.

    own      the roles that may do it only on what is their own
    others   the roles that may do it only on what is not their own
    Both tell what the act itself checks; tests/acts has a call that is refused for each of them.
    """

    def declare(
        act: Callable[Concatenate[Store, Person, P], R],
    ) -> Callable[Concatenate[Store, Person, P], R]:
        name = f"{act.__module__.removeprefix('services.')}.{act.__name__}"
        ACTS[name], OWN[name], OTHERS[name] = roles, own, others

        @wraps(act)
        def checked(store: Store, by: Person, /, *given: P.args, **named: P.kwargs) -> R:
            with _telling(store, by, name):
                known = _as_known(store, by, name, roles)
                return act(store.seen_by(known), known, *given, **named)

        return checked

    return declare


def _as_known(store: Store, by: Person, act: str, roles: tuple[Role, ...]) -> Person:
    """The person as the store knows them now; Forbidden when they may not do the act."""
    known = _known(store, by)
    if known is None or not known.has(*roles):
        raise Forbidden("not-allowed", act=act, accepted=tuple(roles))
    return known


@contextmanager
def _telling(store: Store, by: Person, act: str) -> Iterator[None]:
    """Tell the journal of a Forbidden that leaves the act.

    An act that another one calls tells nothing: the first one called does, once its transaction
    was rolled back. So there is one line for each call of a person, and none while the store is
    being written.
    """
    if _is_doing.get():
        yield
        return
    before = _is_doing.set(True)
    try:
        yield
    except Forbidden as refusal:
        _tell(store, by, act, refusal)
        raise
    finally:
        _is_doing.reset(before)


def _tell(store: Store, by: Person, act: str, refusal: Forbidden) -> None:
    """Leave the line; when the store cannot be written, the program's log has it instead.

    The person is told of the refusal all the same: what she may do does not hang on the disk.
    """
    said = {"code": refusal.code, "facts": _plain(refusal.facts)}
    try:
        known = _known(store, by)
        standing = "unknown" if known is None else "active" if known.is_active else "disabled"
        roles = ", ".join(sorted(known.roles)) if known else ""
        with store.writing(Act(by.code, roles, act)) as work:
            work.note(REFUSAL, act, after=said | {"standing": standing})
    except Refusal as unwritten:
        logging.getLogger("arbitrage").warning(
            "refusal not in the journal (%s): %s by %s, %s", unwritten.code, act, by.code, said
        )


def _known(store: Store, by: Person) -> Person | None:
    with store.reading() as work:
        return next(iter(work.every(Person, by.code)), None)


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts as the journal can keep them: what JSON does not know, as its text."""
    return {name: fact if _is_kept(fact) else str(fact) for name, fact in facts.items()}


def _is_kept(fact: object) -> bool:
    try:
        canonical(fact)
    except (TypeError, ValueError):
        return False
    return True

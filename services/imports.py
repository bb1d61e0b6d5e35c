"""Imports: read a file, say what it would bring, and bring it in whole or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from data import importers
from data.importers import Brought, Refused
from data.store import Act, Store
from portfolio.clock import day_of
from portfolio.errors import Invalid
from portfolio.person import Person, Role
from services import directory
from services.permission import allowed

__all__ = ["Brought", "Refused", "bring_in", "demo", "preview"]

DEMO = Path(__file__).parent.parent / "data" / "samples" / "demo"
DEMO_CALL = timedelta(days=60)


def preview(name: str, content: bytes) -> Brought:
    """What the file would bring, and every refusal; nothing is written."""
    return importers.bring(name, content)


@allowed(Role.ADMINISTRATOR, Role.FACILITATOR)
def bring_in(store: Store, by: Person, brought: Brought, request: str | None = None) -> Brought:
    """Save everything the file brought, in one transaction; Invalid when a row was refused."""
    if brought.registry is None or brought.refused:
        raise Invalid("rows-refused", found=len(brought.refused))
    registry = replace(brought.registry, people=_people(store, by, brought.registry.people))
    act = Act(by.code, Role.ADMINISTRATOR, "imports.bring_in", request)
    with store.writing(act) as work, directory.an_administrator_stays(work):
        work.bring_in(registry)
    return brought


def _people(store: Store, by: Person, brought: tuple[Person, ...]) -> tuple[Person, ...]:
    """The people of a file. Only an administrator gives or takes roles by importing one."""
    if by.has(Role.ADMINISTRATOR):
        return brought
    with store.reading() as work:
        known = {person.code for person in work.people()}
    return tuple(replace(p, roles=frozenset()) for p in brought if p.code not in known)


def demo(today: date | None = None) -> Brought:
    """The demo portfolio, clearly labelled as illustrative.

    today   the day it is loaded (None = by the clock): its call for proposals stays open for
            DEMO_CALL from there, so that one can try to submit
    """
    brought = importers.bring_path(DEMO)
    if brought.registry is None:
        return brought
    ends = (today or day_of(datetime.now(UTC))) + DEMO_CALL
    cycle = replace(brought.registry.cycle, is_illustrative=True, submit_by=ends)
    return replace(brought, registry=replace(brought.registry, cycle=cycle))

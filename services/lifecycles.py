"""The lifecycle catalogue: shipped with the house, corrected by the city, beside its systems."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from data import lifecycles, online
from data.lifecycles import Catalogue
from data.scans import endoflife
from data.scans.endoflife import Read
from data.store import Act, Reading, Store
from portfolio.errors import Invalid, Missing, Stale
from portfolio.lifecycle import Product, Release
from portfolio.person import Person, Role
from portfolio.system import System
from services.lifecycle_dates import Key, Line, Standing, changed, standing
from services.lifecycle_merge import Confirmed, DryRun, merged
from services.permission import allowed

READS = (Role.ARCHITECT, Role.ADMINISTRATOR, Role.FACILITATOR)
WRITES = (Role.ARCHITECT, Role.ADMINISTRATOR)
SITE = f"{endoflife.SITE}api/v1/products/full"
MOST_BYTES = 20_000_000  # the whole site is some five


@allowed(*READS)
def catalogue(store: Store, by: Person) -> Catalogue:
    """The shipped products, those that the city keeps in their place; then the city's others.

    A product whose version is not 0 is the city's.
    """
    with store.reading() as work:
        return in_force(work)


def in_force(work: Reading) -> Catalogue:
    """The same, within a reading under way."""
    return _catalogue(work.every(Product))


@lru_cache(4)
def _catalogue(own: tuple[Product, ...]) -> Catalogue:
    by_code = {product.code: product for product in own}
    kept = [by_code.pop(product.code, product) for product in lifecycles.shipped()]
    return Catalogue((*kept, *by_code.values()))


def how_many_shipped() -> int:
    """How many products come with the house."""
    return len(lifecycles.shipped())


def is_shipped(code: str) -> bool:
    """Whether the product came with the house: a reset then brings it back."""
    return any(product.code == code for product in lifecycles.shipped())


@allowed(*READS)
def beside(store: Store, by: Person, cycle: str) -> Standing:
    """What the catalogue says of every technology under the cycle's systems."""
    with store.reading() as work:
        return standing(in_force(work), work.every(System, cycle))


@allowed(*WRITES)
def apply(
    store: Store,
    by: Person,
    cycle: str,
    lines: Iterable[Line],
    over: frozenset[Key] = frozenset(),
) -> tuple[System, ...]:
    """Give the technologies of these lines the catalogue's dates; the systems that changed.

    lines   as ``beside`` gave them: Stale when someone changed one of their systems since
    over    those whose typed dates are replaced too; no other typed date moves, nor any contract
    """
    with store.writing(Act(by.code, Role.ARCHITECT, "lifecycles.apply")) as work:
        return tuple(work.save(cycle, system) for system in changed(lines, over))


@allowed(*WRITES)
def save(store: Store, by: Person, product: Product, today: date) -> Product:
    """Keep the city's own product in the place of the shipped one.

    A release whose dates changed says where they come from: Invalid("no-source") without.
    """
    with store.writing(Act(by.code, Role.ARCHITECT, "lifecycles.save")) as work:
        before = _find(in_force(work).products, product.code)
        if before is not None and before.version != product.version:
            raise Stale("stale", yours=product, theirs=before)
        known = {r.version: r for r in before.releases} if before else {}
        releases = tuple(_checked(r, known.get(r.version), today) for r in product.releases)
        saved: Product = work.save(None, replace(product, releases=releases))
        return saved


def _find(products: Iterable[Product], code: str) -> Product | None:
    return next((product for product in products if product.code == code), None)


def _checked(new: Release, before: Release | None, today: date) -> Release:
    if before is not None and (new.dates, new.has_ended) == (before.dates, before.has_ended):
        return new
    if not new.is_in_order:
        raise Invalid("ends-not-in-order", field=new.version, found=new.version)
    if not new.source.strip() or (before is not None and new.source == before.source):
        raise Invalid("no-source", field=new.version, found=new.version)
    return replace(new, read_on=today)


@allowed(*WRITES)
def reset(store: Store, by: Person, product: Product) -> Product | None:
    """Remove what the city keeps of the product; the shipped one that stands again, if any."""
    with store.writing(Act(by.code, Role.ARCHITECT, "lifecycles.reset")) as work:
        if not product.version:
            raise Missing("no-such-product", found=product.code)
        work.remove(None, product)
    return _find(lifecycles.shipped(), product.code)


def read(name: str, content: bytes, today: date) -> Read:
    """The products of a file of endoflife.date; Invalid with the reason when there are none."""
    return endoflife.read(content, name, today)


@allowed(*WRITES)
def fetch(store: Store, by: Person, url: str, today: date) -> Read:
    """The products that a server answers with, in the shape of endoflife.date; nothing is kept."""
    content = online.get(url, {"Accept": "application/json"}, most_bytes=MOST_BYTES)
    return read(urlsplit(url).path.rstrip("/"), content, today)


@allowed(*WRITES)
def preview(
    store: Store,
    by: Person,
    brought: Iterable[Product],
    with_unknown: bool = True,
    over: Confirmed = frozenset(),
) -> DryRun:
    """What these products would change in the catalogue; nothing is written."""
    with store.reading() as work:
        return merged(brought, in_force(work).products, with_unknown, over)


@allowed(*WRITES)
def bring_in(
    store: Store,
    by: Person,
    brought: Iterable[Product],
    with_unknown: bool = True,
    over: Confirmed = frozenset(),
    request: str | None = None,
) -> DryRun:
    """Keep what these products change, in one transaction; what was done.

    with_unknown   whether products that the catalogue does not have come in too
    over           (product, release) whose dates a person typed, and that are replaced all the same
    """
    with store.writing(Act(by.code, Role.ARCHITECT, "lifecycles.bring_in", request)) as work:
        done = merged(brought, in_force(work).products, with_unknown, over)
        for one in done.changed:
            work.save(None, one.after)
        return done

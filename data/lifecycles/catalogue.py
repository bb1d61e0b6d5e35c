"""The catalogue: finds the product and the release that a name, a purl or a CPE means."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from data.lifecycles import names
from data.lifecycles.versions import Found, Releases
from portfolio.lifecycle import Product, Release

KEPT = 20_000  # answers remembered: a large inventory asks the same thing often


class How(StrEnum):
    """What found the product."""

    PURL = "purl"
    CPE = "cpe"
    NAME = "name"


class Gap(StrEnum):
    """Why a product that was found has no release."""

    NO_VERSION = "no-version"
    UNKNOWN_VERSION = "unknown-version"
    SEVERAL_RELEASES = "several-releases"
    SEVERAL_PRODUCTS = "several-products"


@dataclass(frozen=True, slots=True)
class Match:
    """What a technology is in the catalogue.

    release      None where ``gap`` says why
    is_assumed   the version said less than the release does: the last service pack, or the only
                 release that begins so
    releases     those among which the version does not choose
    products     all that answer to the name, where several do; ``product`` is the first
    """

    product: Product
    how: How
    release: Release | None = None
    gap: Gap | None = None
    is_assumed: bool = False
    releases: tuple[Release, ...] = ()
    products: tuple[Product, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether an end of support with a date was found."""
        return self.release is not None and self.release.is_dated


class Catalogue:
    """Products, ready to be found by what people and tools call them."""

    def __init__(self, products: Iterable[Product]) -> None:
        self.products = tuple(products)
        self._releases: dict[str, Releases] = {}
        self._purls = _index(self.products, _purl_keys)
        self._cpes = _index(self.products, _cpe_keys)
        self._names = _index(self.products, _name_keys)
        self._matched = lru_cache(KEPT)(self._match)

    def match(
        self, *, name: str = "", version: str = "", purl: str = "", cpe: str = ""
    ) -> Match | None:
        """The product that is meant, and its release; None where the catalogue has no such product.

        A purl says it best, then a CPE, then a name, in which the version may stand too ("SQL
        Server 2016"). A name counts only where no tool said better: a library called "redis" that
        has a purl of its own is not the server of that name.
        """
        return self._matched(name, version, purl, cpe)

    def _match(self, name: str, version: str, purl: str, cpe: str) -> Match | None:
        of_purl, of_cpe = names.purl_of(purl), names.cpe_of(cpe)
        if of_purl is not None and (found := self._purls.get(names.purl_key(of_purl))):
            return self._in(found, How.PURL, (names.purl_version(of_purl), version))
        if of_cpe is not None:
            for key in of_cpe.keys:
                if found := self._cpes.get(key.key):
                    return self._in(found, How.CPE, (key.version, version))
        if of_purl is not None:
            is_free = of_purl.type in names.FREE
            own = version or names.purl_version(of_purl)
            return self._by_name(of_purl.name, own) if is_free else None
        return self._by_name(name, version) if of_cpe is None else None

    def _by_name(self, name: str, version: str) -> Match | None:
        for key, following in names.readings(name):
            found = self._names.get(key)
            if found is None:
                continue
            known = frozenset().union(*(self._of(product).words for product in found))
            if names.is_version(following, known):
                in_name = " ".join(following)
                return self._in(found, How.NAME, (version, f"{in_name} {version}", in_name))
        return None

    def _of(self, product: Product) -> Releases:
        if product.code not in self._releases:
            self._releases[product.code] = Releases(product)
        return self._releases[product.code]

    def _in(self, products: tuple[Product, ...], how: How, versions: tuple[str, ...]) -> Match:
        """The release of the first version that says one."""
        if len(products) > 1:
            return Match(products[0], how, gap=Gap.SEVERAL_PRODUCTS, products=products)
        releases, said = self._of(products[0]), [v for v in versions if _says_one(v)]
        tried = [releases.of(version) for version in said]
        chosen = next((found for found in tried if found.release is not None), None)
        if chosen is not None:
            return Match(products[0], how, chosen.release, is_assumed=chosen.is_assumed)
        undecided = next((found for found in tried if found.candidates), Found())
        gap = (
            Gap.NO_VERSION if not said
            else Gap.SEVERAL_RELEASES if undecided.candidates
            else Gap.UNKNOWN_VERSION
        )  # fmt: skip
        return Match(products[0], how, gap=gap, releases=undecided.candidates)


def _says_one(version: str) -> bool:
    """Whether a text says a version at all: neither empty, nor "latest", nor edition words only."""
    return any(word not in names.FILLERS and word != "latest" for word in names.words(version))


def _index(
    products: Iterable[Product], keys: Callable[[Product], Iterable[str]]
) -> dict[str, tuple[Product, ...]]:
    found: dict[str, dict[str, Product]] = defaultdict(dict)
    for product in products:
        for key in keys(product):
            found[key][product.code] = product
    return {key: tuple(by_code.values()) for key, by_code in found.items()}


def _purl_keys(product: Product) -> Iterator[str]:
    for text in product.purls:
        if (purl := names.purl_of(text)) is not None:
            yield names.purl_key(purl)


def _cpe_keys(product: Product) -> Iterator[str]:
    for text in product.cpes:
        if (cpe := names.cpe_of(text)) is not None:
            yield cpe.keys[0].key


def _name_keys(product: Product) -> Iterator[str]:
    for name in (product.code, product.title, *product.aliases):
        for written in (name, f"{product.vendor} {name}"):
            if key := names.compact(written):
                yield key

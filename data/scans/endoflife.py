"""Reads endoflife.date: products, releases and dates, in either shape that its API gives.

v1   one product, or all of them with every detail (``/api/v1/products/php``, ``…/products/full``)
v0   the cycles of one product (``/api/php.json``), which do not say of which product they are
Source: the OpenAPI descriptions that endoflife.date publishes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from data import strict_json
from data.refused import Findings, Where
from data.scans.told import Told, nothing
from portfolio.errors import Invalid
from portfolio.lifecycle import Product, Release

FORMAT = "endoflife.date"
SITE = "https://endoflife.date/"
ACCEPTED = "v1 : products/full, products/<product> · v0 : <product>.json"
TAG = re.compile(r"<[^>]*>")
CODE = re.compile(r"[a-z0-9][a-z0-9.+_-]{0,79}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
V1 = {"sales": "discontinued", "active": "eoas", "standard": "eol", "extended": "eoes"}
V0 = {**V1, "active": "support", "extended": "extendedSupport"}
WORDS = {  # what the site calls its four dates where a product has no word of its own for them
    "sales": "Discontinued",
    "active": "Active Support",
    "standard": "End of Life",
    "extended": "Extended Support",
}
Given = Mapping[str, Any]
Ends = dict[str, date | bool | None]  # True = ended, no date known; False = goes on; None = unsaid


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says; ``taken`` is the day on which it was true, None = it does not say."""

    products: tuple[Product, ...]
    taken: date | None

    @property
    def releases(self) -> int:
        return sum(len(product.releases) for product in self.products)

    @property
    def undated(self) -> int:
        """Releases of which no end of support has a date."""
        return sum(not r.is_dated for product in self.products for r in product.releases)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How one shape of the API writes a release."""

    version: str
    label: str
    ends: Callable[[Given, str], Ends]
    words: Mapping[str, str]
    taken: date | None


def read(content: bytes, name: str = "", taken: date | None = None) -> Read:
    """The products of a file; Invalid for the first thing that cannot be, and nothing of it kept.

    name    the file's name, "php.json": v0 names its product nowhere else
    taken   the day on which the file was taken, where it does not say
    """
    return of_document(strict_json.foreign(content), name, taken)


def recognises(document: object) -> bool:
    """Whether the document is one of the site's, good or bad."""
    if isinstance(document, list):
        return bool(document) and isinstance(document[0], dict) and "cycle" in document[0]
    return isinstance(document, dict) and "schema_version" in document and "result" in document


def tell(name: str, document: object) -> Told:
    """The same as one reader among those of other tools; what is wrong is told, never raised."""
    found = Findings()
    try:
        told = of_document(document, name)
    except Invalid as refusal:
        found.take(Where(file=name, column=str(refusal.facts.get("path", ""))), refusal)
        return nothing(found, FORMAT)
    counts = {"products": len(told.products), "releases": told.releases, "undated": told.undated}
    return Told(FORMAT, products=told.products, counts=counts)


def of_document(document: object, name: str = "", taken: date | None = None) -> Read:
    """The products of a document that was parsed; else as ``read``."""
    if isinstance(document, list):
        return Read((_of_cycles(document, name, taken),), taken)
    if not isinstance(document, dict) or "result" not in document:
        raise Invalid("not-endoflife", found=_shown(document), accepted=ACCEPTED)
    written = str(document.get("generated_at") or "")[:10]
    taken = _day(written, "generated_at") if DAY.fullmatch(written) else taken
    result = document["result"]
    if not isinstance(result, list):
        return Read((_of_product(result, "result", taken),), taken)
    if not result:
        raise Invalid("no-products", accepted=ACCEPTED)
    products = tuple(_of_product(one, f"result[{i}]", taken) for i, one in enumerate(result))
    _once((product.code for product in products), "result")
    return Read(products, taken)


def _of_product(node: object, at: str, taken: date | None) -> Product:
    given = _object(node, at)
    if "releases" not in given:
        raise Invalid("endoflife-summary", path=at, found=_shown(given), accepted=ACCEPTED)
    labels = _object(given.get("labels") or {}, f"{at}.labels")
    words = {end: _plain(str(labels.get(key) or WORDS[end])) for end, key in V1.items()}
    code = _code(_text(given, "name", at), f"{at}.name")
    links = _object(given.get("links") or {}, f"{at}.links")
    ids = [_object(one, f"{at}.identifiers") for one in _list(given, "identifiers", at)]
    return Product(
        code=code,
        title=_text(given, "label", at),
        category=str(given.get("category") or ""),
        aliases=_distinct(_list(given, "aliases", at)),
        purls=_distinct([one.get("id") for one in ids if one.get("type") == "purl"]),
        cpes=_distinct([one.get("id") for one in ids if one.get("type") == "cpe"]),
        releases=_releases(
            _list(given, "releases", at),
            f"{at}.releases",
            _Shape("name", "label", _ends_of_v1, words, taken),
        ),
        source=str(links.get("html") or SITE + code),
    )


def _of_cycles(cycles: list[Any], name: str, taken: date | None) -> Product:
    if not cycles:
        raise Invalid("no-products", accepted=ACCEPTED)
    if not all(isinstance(cycle, dict) and "cycle" in cycle for cycle in cycles):
        raise Invalid("not-endoflife", found=_shown(cycles), accepted=ACCEPTED)
    code = _code(PurePath(name.casefold()).name.removesuffix(".json"), "name")
    shape = _Shape("cycle", "releaseLabel", _ends_of_v0, WORDS, taken)
    return Product(code, code, releases=_releases(cycles, "", shape), source=SITE + code)


def _releases(given: list[Any], at: str, shape: _Shape) -> tuple[Release, ...]:
    releases = tuple(_release(_object(one, f"{at}[{i}]"), f"{at}[{i}]", shape)
                     for i, one in enumerate(given))  # fmt: skip
    _once((release.version for release in releases), at)
    return releases


def _release(given: Given, at: str, shape: _Shape) -> Release:
    version = _text(given, shape.version, at)
    ends = shape.ends(given, at)
    said = ends["standard"]
    given_by: dict[str, Any] = {}
    for end, day in ends.items():
        given_by[f"{end}_end"] = day if isinstance(day, date) else None
        is_told = isinstance(day, date) or (end == "standard" and said is not None)
        given_by[f"{end}_word"] = shape.words[end] if is_told else ""
    return Release(
        version=version,
        label=_label(given, version, shape.label),
        has_ended=said if isinstance(said, bool) else None,
        read_on=shape.taken,
        **given_by,
    )


def _label(given: Given, version: str, key: str) -> str:
    """The release's own name, code name included; "" where it says no more than the version.

    Files taken from the site's sources have the marks that the site replaces when it is built.
    """
    name = str(given.get("codename") or "")
    label = str(given.get(key) or version)
    label = label.replace("__RELEASE_CYCLE__", version).replace("__CODENAME__", name)
    if name.casefold() not in label.casefold():
        label = f"{label} ({name})"
    return "" if label == version else _plain(label)


def _ends_of_v1(given: Given, at: str) -> Ends:
    return {end: _end_of_v1(given, key, at) for end, key in V1.items()}


def _end_of_v1(given: Given, key: str, at: str) -> date | bool | None:
    day = given.get(f"{key}From")
    if day is not None:
        return _day(day, f"{at}.{key}From")
    flag = f"is{key.capitalize()}"
    return _flag(given.get(flag), f"{at}.{flag}")


def _ends_of_v0(given: Given, at: str) -> Ends:
    return {end: _end_of_v0(given.get(key), f"{at}.{key}") for end, key in V0.items()}


def _end_of_v0(value: object, at: str) -> date | bool | None:
    return _day(value, at) if isinstance(value, str) else _flag(value, at)


def _flag(value: object, at: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise Invalid("not-an-end", path=at, found=_shown(value), accepted="2026-11-30 · true · false")


def _day(value: object, at: str) -> date:
    text = str(value)
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # the 30th of February: refused like any other text
    raise Invalid("not-an-end", path=at, found=text[:40], accepted="2026-11-30")


def _text(given: Given, key: str, at: str) -> str:
    """A text that must be there; a whole number is its digits, but 3.10 read as 3.1 is neither."""
    value = given.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        raise Invalid("version-as-number", path=f"{at}.{key}", found=value, accepted=f'"{value}"')
    if not isinstance(value, str) or not value.strip():
        raise Invalid("missing-in-file", path=f"{at}.{key}", found=_shown(given))
    return value.strip()


def _code(text: str, at: str) -> str:
    if not CODE.fullmatch(text):
        raise Invalid("not-a-product", path=at, found=text[:40], accepted="php.json")
    return text


def _object(node: object, at: str) -> Given:
    if not isinstance(node, dict):
        raise Invalid("not-endoflife", path=at, found=_shown(node), accepted=ACCEPTED)
    return node


def _list(given: Given, key: str, at: str) -> list[Any]:
    value = given.get(key)
    if value is not None and not isinstance(value, list):
        raise Invalid("not-endoflife", path=f"{at}.{key}", found=_shown(value), accepted=ACCEPTED)
    return value or []


def _distinct(values: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for value in values if value))


def _once(codes: Iterable[str], at: str) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise Invalid("twice-in-file", path=at, found=code)
        seen.add(code)


def _plain(text: str) -> str:
    return " ".join(TAG.sub("", text).split())


def _shown(node: object) -> str:
    """The first things of a node, so that its writer knows which file it was."""
    if isinstance(node, dict):
        return ", ".join(list(map(str, node))[:5]) or "{}"
    if isinstance(node, list):
        return f"[{_shown(node[0])}]" if node else "[]"
    return str(node)[:40]

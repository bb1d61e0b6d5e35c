"""How the dates beside this file were typed: ``python -m data.lifecycles.derive FULL.json``.

The file is endoflife.date's list of all products (``/api/v1/products/full``, MIT licence). Each
product of the TOML files whose source is that site gets its releases, words and identifiers from
it anew, those that a city may still meet; what a person typed stays: title, vendor, aliases,
further identifiers.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from data.lifecycles.met import still_met
from data.lifecycles.shipped import ENDS, FOLDER, read
from data.scans import endoflife
from portfolio.lifecycle import Product, Release

HEAD = ("code", "title", "vendor", "category", "source")
LISTS = ("aliases", "purls", "cpes")


def renewed(ours: Product, theirs: Product) -> Product:
    """Our product with their releases and identifiers, and what else was typed here."""
    merged: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(theirs, name), *getattr(ours, name))))
        for name in LISTS
    }
    category = ours.category or theirs.category
    return replace(ours, releases=still_met(theirs.releases), category=category, **merged)


def written(products: tuple[Product, ...], heading: str) -> str:
    """The products as the TOML file that this folder's reader reads back."""
    lines = [heading]
    for product in products:
        lines += ["", "[[products]]", *_product(product)]
    return "\n".join(lines) + "\n"


def _product(product: Product) -> Iterator[str]:
    read_on = next((r.read_on for r in product.releases if r.read_on), None)
    words = {
        end: word for end in ENDS for r in product.releases if (word := getattr(r, f"{end}_word"))
    }
    for name in HEAD:
        if value := getattr(product, name):
            yield f"{name} = {_text(value)}"
    if read_on:
        yield f"read_on = {read_on}"
    for name in LISTS:
        if values := getattr(product, name):
            yield f"{name} = [{', '.join(map(_text, values))}]"
    if words:
        yield f"words = {{{', '.join(f'{end} = {_text(word)}' for end, word in words.items())}}}"
    yield "releases = ["
    yield from (f"  {{{', '.join(_release(r, words, read_on))}}}," for r in product.releases)
    yield "]"


def _release(release: Release, words: dict[str, str], read_on: date | None) -> Iterator[str]:
    yield f"version = {_text(release.version)}"
    if release.label:
        yield f"label = {_text(release.label)}"
    for end in ENDS:
        if day := getattr(release, f"{end}_end"):
            yield f"{end}_end = {day}"
        if (word := getattr(release, f"{end}_word")) and word != words[end]:
            yield f"{end}_word = {_text(word)}"
    if release.has_ended is not None:
        yield f"has_ended = {str(release.has_ended).lower()}"
    if release.source:
        yield f"source = {_text(release.source)}"
    if release.read_on and release.read_on != read_on:
        yield f"read_on = {release.read_on}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def main(file: Path) -> None:
    """Write every TOML file of the folder anew."""
    theirs = {product.code: product for product in endoflife.read(file.read_bytes()).products}
    for place in sorted(FOLDER.glob("*.toml")):
        heading = place.read_text(encoding="utf-8").split("\n\n[[products]]")[0].rstrip("\n")
        ours = read(place.read_bytes())
        new = tuple(
            renewed(one, theirs[one.code]) if one.source.startswith(endoflife.SITE) else one
            for one in ours
        )
        place.write_text(written(new, heading), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

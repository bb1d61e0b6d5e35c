"""Reads the product lines that stand beside this file: each date a fact, with its source."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from portfolio import claims
from portfolio.errors import Invalid
from portfolio.lifecycle import Product, Release

FOLDER = Path(__file__).parent
ENDS = ("sales", "active", "standard", "extended")


@cache
def shipped() -> tuple[Product, ...]:
    """The product lines that come with the house, file by file."""
    products = tuple(p for file in sorted(FOLDER.glob("*.toml")) for p in read(file.read_bytes()))
    claims.unique("products", [product.code for product in products])
    return products


def read(content: bytes) -> tuple[Product, ...]:
    """The products that a TOML file holds; Invalid when one of them cannot be.

    A product says once the word for each of its dates and the day on which they were read; a
    release that has its own says so.
    """
    document = tomllib.loads(content.decode("utf-8"))
    return tuple(_product(given) for given in document["products"])


def _product(given: Mapping[str, Any]) -> Product:
    own: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    words, read_on = own.pop("words", {}), own.pop("read_on", None)
    releases = own.pop("releases", ())
    try:
        return Product(**own, releases=tuple(_release(r, words, read_on) for r in releases))
    except TypeError as error:
        raise Invalid("not-a-catalogue", field=own.get("code", ""), found=str(error)) from None


def _release(given: Mapping[str, Any], words: Mapping[str, str], read_on: object) -> Release:
    told = {end for end in ENDS if f"{end}_end" in given}
    told |= {"standard"} if "has_ended" in given else set()
    said = {f"{end}_word": words[end] for end in told if end in words}
    return Release(**{"read_on": read_on, **said, **given})

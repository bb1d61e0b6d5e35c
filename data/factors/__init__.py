"""Reads the factors that stand beside this file: what a device or electricity emits, as data."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from portfolio import claims
from portfolio.footprint import Factor, check

FILE = Path(__file__).parent / "quebec.toml"
READER = TypeAdapter(tuple[Factor, ...])


@cache
def shipped() -> tuple[Factor, ...]:
    """The factors that come with the house, in order."""
    return read(FILE.read_bytes())


def read(content: bytes) -> tuple[Factor, ...]:
    """The factors that a TOML file holds; Invalid when one of them cannot be."""
    document = tomllib.loads(content.decode("utf-8"))
    factors = READER.validate_python(document["factors"])
    claims.unique("factors", [factor.code for factor in factors])
    for factor in factors:
        check(factor)
    return factors


def in_force(own: tuple[Factor, ...]) -> tuple[Factor, ...]:
    """The shipped factors, each replaced by a cycle's own of the same code; then its others."""
    by_code = {factor.code: factor for factor in own}
    kept = tuple(by_code.pop(factor.code, factor) for factor in shipped())
    return (*kept, *by_code.values())

"""Reads the references that stand beside this file: past projects, and what was measured."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portfolio.legacy_guide import Anchored, City, Guide
from portfolio.reference import Reference, Size, Spread
from portfolio.words import NO_WORDS, Bilingual

FOLDER = Path(__file__).parent


@cache
def federal() -> Reference:
    """The Canadian federal list: large IT projects that stood in at least two of its editions."""
    return read((FOLDER / "federal_overruns.toml").read_text(encoding="utf-8"))


def read(content: str) -> Reference:
    """The reference that a TOML file of this folder holds."""
    told = tomllib.loads(content)
    shares = tuple(told["shares"])
    title, source, caution = (Bilingual(**told[name]) for name in ("title", "source", "caution"))
    return Reference(
        told["code"],
        title,
        source,
        caution,
        _size(told["whole"], shares),
        tuple(_size(size, shares) for size in told["sizes"]),
    )


def _size(told: dict[str, Any], shares: tuple[float, ...]) -> Size:
    """Whole dollars in the file; cents in the house."""
    return Size(
        100 * told["low"],
        100 * told["high"] if "high" in told else None,
        told["projects"],
        told["overran"],
        told["late"],
        Spread(shares, tuple(told["ratios"])),
        Spread(shares, tuple(told["slips"])),
    )


@dataclass(frozen=True, slots=True)
class Rate:
    """In what share of simulated committees a sign is raised, with its standard error.

    size    of the planted fault; 0 = none     clear   share in which it is raised as clear
    """

    kind: str
    size: float
    committees: int
    raised: float
    error: float
    clear: float


@cache
def signs() -> tuple[Rate, ...]:
    """What benchmarks/signs.py measured, sign by sign."""
    return tuple(Rate(**told) for told in _signs()["rates"])


def signs_command() -> str:
    """What measured it."""
    return str(_signs()["command"])


@cache
def _signs() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "signs.toml").read_text(encoding="utf-8"))


@cache
def legacy_risk() -> Guide:
    """The criteria of legacy risk with a sentence for each level, scaled to a city."""
    told = tomllib.loads((FOLDER / "legacy_risk.toml").read_text(encoding="utf-8"))
    city = _city(told["city"])
    bounds = {"C3": city.money, "C5": city.hours}
    return Guide(
        Bilingual(**told["title"]),
        told["source"],
        Bilingual(**told["licence"]),
        Bilingual(**told["caution"]),
        tuple(Bilingual(**name) for name in told["likelihoods"]),
        tuple(Bilingual(**name) for name in told["impacts"]),
        city,
        tuple(_anchored(one, bounds.get(one["code"], ())) for one in told["criteria"]),
    )


def _city(told: dict[str, Any]) -> City:
    """Whole dollars in the file; cents in the house."""
    money = tuple(round(100 * told["budget"] * share) for share in told["budget_shares"])
    hours = tuple(round(told["hours_scale"] * hours) for hours in told["hours_published"])
    return City(100 * told["budget"], told["staff"], told["day"], money, hours)


def _anchored(told: dict[str, Any], bounds: tuple[int, ...]) -> Anchored:
    levels = tuple(Bilingual(**level) for level in told["levels"])
    scaled = Bilingual(**told["scaled"]) if "scaled" in told else NO_WORDS
    name, about = Bilingual(**told["name"]), Bilingual(**told["about"])
    return Anchored(told["code"], name, about, levels, scaled, bounds)

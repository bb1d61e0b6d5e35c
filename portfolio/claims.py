"""The checks constructors make: what cannot exist cannot be built."""

import math
from collections.abc import Iterable, Sized

from portfolio.errors import Invalid


def filled(field: str, value: str) -> None:
    """Refuse an empty or blank text."""
    if not value.strip():
        raise Invalid("empty", field=field)


def share(field: str, value: float | None) -> None:
    """Refuse what is not within 0..1; None is "not given"."""
    between(field, value, 0, 1, code="not-a-share")


def at_least(field: str, value: float | None, low: float) -> None:
    """Refuse a number below ``low`` or not finite; None is "not given"."""
    if value is not None and not (math.isfinite(value) and value >= low):
        raise Invalid("too-low", field=field, found=value, low=low)


def between(
    field: str, value: float | None, low: float, high: float, code: str = "out-of-range"
) -> None:
    """Refuse a number outside low..high; None is "not given"."""
    if value is not None and not low <= value <= high:
        raise Invalid(code, field=field, found=value, low=low, high=high)


def unique(field: str, values: Iterable[object]) -> None:
    """Refuse a value that stands twice."""
    seen: set[object] = set()
    for value in values:
        if value in seen:
            raise Invalid("twice", field=field, found=value)
        seen.add(value)


def no_longer(field: str, values: Sized, length: int) -> None:
    """Refuse a list with more entries than ``length``."""
    if len(values) > length:
        raise Invalid("too-long", field=field, found=len(values), high=length)


def none_below(field: str, values: Iterable[float], low: float) -> None:
    """Refuse a list in which a number is below ``low`` or not finite."""
    for place, value in enumerate(values):
        at_least(f"{field}[{place}]", value, low)

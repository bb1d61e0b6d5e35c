"""The values of a foreign JSON document, each taken for what it is, or for nothing."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from data.refused import Findings, Where

JsonObject = Mapping[str, Any]  # Any: JSON values of any kind
LONGEST_KEY, LONGEST_LINE, LONGEST_LINK = 160, 300, 1000
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
IN_MILLISECONDS = 100_000_000_000  # a smaller number of seconds since 1970 is before the year 5138
NOTHING: JsonObject = {}


def line(value: object, most: int = LONGEST_LINE) -> str:
    """A text, or a number, in one printable line of at most ``most`` characters; "" = neither."""
    if not isinstance(value, str):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return str(value) if is_number else ""
    if not value.isprintable():
        value = "".join(c if c.isprintable() else " " for c in value)
    value = " ".join(value.split()) if "  " in value else value.strip()
    return value if len(value) <= most else value[: most - 1].rstrip() + "…"


def inside(value: object) -> JsonObject:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else NOTHING


def items(value: object) -> list[Any]:
    """The list, or an empty one."""
    return value if isinstance(value, list) else []


def objects(found: Findings, file: str, path: str, value: object) -> list[dict[str, Any]]:
    """The objects of a list; null and nothing are an empty list, anything else is refused."""
    if value is None:
        return []
    if not isinstance(value, list):
        found.refuse(Where(file, column=path), "not-a-list", _shown(value), "[…]")
        return []
    for place, item in enumerate(value):
        if not isinstance(item, dict):
            here = Where(file, column=f"{path}[{place}]")
            found.refuse(here, "not-an-object", _shown(item), "{…}")
            return []
    return value


def number(value: object) -> float | None:
    """A number, be it written as a text ("240"); None = none, or not finite."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        if len(value) > 40 or not NUMBER.fullmatch(value.strip()):
            return None
        value = float(value)
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def count(value: object) -> int | None:
    """A whole number of things, at least 0; None = none given."""
    whole = number(value)
    return int(whole) if whole is not None and whole >= 0 and whole.is_integer() else None


def day(value: object) -> date | None:
    """The day of a time as tools write it, where they wrote it; None = none can be read.

    A text that opens with YYYY-MM-DD, or seconds or milliseconds since 1970 (then in UTC).
    """
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    try:
        return datetime.fromtimestamp(value / (1000 if value >= IN_MILLISECONDS else 1), UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def link(value: object) -> str:
    """An address of the web; "" for anything else, which a page must not offer to open."""
    text = line(value, LONGEST_LINK + 1)
    is_web = text.lower().startswith(("https://", "http://")) and len(text) <= LONGEST_LINK
    return text if is_web and " " not in text else ""


def key(*parts: str) -> str:
    """What names a thing from one run to the next: its parts, or their hash when they are long."""
    whole = "|".join(part for part in parts if part)
    return whole if len(whole) <= LONGEST_KEY else digest(whole, whole[:80])


def digest(text: str, start: str = "") -> str:
    """The SHA-256 of a text, after a readable start."""
    hashed = sha256(text.encode()).hexdigest()
    return f"{start}#{hashed}" if start else hashed


def _shown(value: object) -> str:
    return "null" if value is None else str(value)[:40] or '""'

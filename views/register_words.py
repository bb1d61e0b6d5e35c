"""What the journal, and two versions of a noun, say in words: fields and their values."""

from collections.abc import Mapping
from typing import Any

from services.register_history import Changed
from views.desk import Desk
from views.parts import three_points

MONEY = frozenset({
    "run_cost", "replacement_value", "interest_figure", "interest_given", "loss", "loss_after",
    "standalone_cost", "rate", "external",
})  # fmt: skip
SHARES = frozenset({"p_before", "p_after", "principal_growth", "interest_growth", "share"})
WORDS = {  # fields whose values have words, and where those are
    "status": "debts.status", "type": "debts.type", "disposition": "debts.disposition",
    "quadrant": "debt_item.quadrant_is", "ruling": "acceptances.ruling_is",
    "confidence": "debt_item.confidence_is", "criticality": "system_item.criticality_is",
}  # fmt: skip
PAGES = ("debt_item", "system_item", "acceptances", "debts")
OTHERS = {"principal_priced": "debt_item.priced", "interest_priced": "debt_item.priced"}
Json = Any  # whatever JSON can say


def label(desk: Desk, name: str, page: str = "") -> str:
    """What the field is called on the form of that page, or on another."""
    keys = [OTHERS.get(name, ""), *(f"{p}.{name}" for p in (page, *PAGES) if p)]
    key = next((k for k in keys if k and desk.text.is_bare(k)), "")
    return desk.text(key) if key else desk.text.field(name)


def both(desk: Desk, change: Changed) -> tuple[str, str]:
    """The two values of a field, in words; of lists, what stands in one and not in the other."""
    before, after = change.before, change.after
    return told(desk, change.field, before, after), told(desk, change.field, after, before)


def told(desk: Desk, name: str, value: Json, other: Json = None) -> str:
    """A value of that field, in words; of a list, what ``other`` does not hold."""
    if isinstance(value, list):
        held = other if isinstance(other, list) else []
        apart = [part for part in value if part not in held]
        return " ; ".join(_part(desk, name, part) for part in apart) or desk.text("common.none")
    if value in (None, ""):
        return desk.text("common.none")
    return _part(desk, name, value)


def _part(desk: Desk, name: str, value: Json) -> str:
    if isinstance(value, dict):
        return _together(desk, value)
    if name in MONEY:
        return desk.money(value)
    if name in SHARES:
        return desk.percent(value)
    key = f"{WORDS[name]}.{value}" if name in WORDS else ""
    if key and desk.text.has(key):
        return desk.text(key)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return desk.number(value) if is_number else str(value)


def _together(desk: Desk, value: Mapping[str, Json]) -> str:
    """A part of a noun: three points, a price, or all it says, in order."""
    match value:
        case {"likely": likely, "low": low, "high": high}:
            return three_points(desk, low, likely, high)
        case {"hours": hours, "rate": rate, "external": external}:
            return desk.text("debt_item.priced_as", hours=hours, rate=rate, external=external)
    given = ((name, part) for name, part in value.items() if part not in (None, "", []))
    return ", ".join(_part(desk, name, part) for name, part in given)

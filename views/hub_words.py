"""The words that the register keeps of what tools find, and how a page shows what changes."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum

from portfolio.finding import Theme
from portfolio.folding import Fold, Terms
from portfolio.merging import Step
from portfolio.project import Estimate
from portfolio.system import System
from views.desk import Desk
from views.text import Text

UNTOLD = ("version", "first_seen", "last_seen")  # fields that say nothing to a reader
FIRST = ("principal", "basis", "minutes", "product", "support_end", "licences")
LONGEST = 120


class City:
    """The register's own words, in the city's language whoever imports."""

    def __init__(self) -> None:
        self._text = Text("fr")

    def title(self, theme: Theme, system: System) -> str:
        return self._text(f"hub.item.{theme}", system=system.title)

    def remark(self) -> str:
        return self._text("hub.item_remark")

    def basis(self, fold: Fold, terms: Terms) -> str:
        """« 12 h d'effort dites par les outils ; 3 composants vulnérables … ; à 100 $ l'heure. »"""
        text = self._text
        told = {
            "minutes": (fold.minutes, {"hours": round(fold.minutes / 60, 1)}),
            "places": (fold.places, {"n": fold.places}),
            "components": (fold.components, {"n": fold.components, "h": terms.component_hours}),
            "technologies": (
                fold.technologies, {"n": fold.technologies, "h": terms.technology_hours}
            ),
            "unpriced": (fold.unpriced, {"n": fold.unpriced}),
        }  # fmt: skip
        parts = [text(f"hub.basis.{name}", **facts) for name, (n, facts) in told.items() if n]
        around = {"low": 1 - terms.low, "high": terms.high - 1}
        return " ; ".join([*parts, text("hub.basis_terms", rate=terms.rate, **around)])


def named(noun: object) -> str:
    """What a reader calls a noun of the register: its title, with its place or its number."""
    for names in (("code", "title"), ("title", "place"), ("name", "number"), ("metric", "on")):
        if all(hasattr(noun, name) for name in names):
            first, second = (str(getattr(noun, name)) for name in names)
            return f"{first} · {second}" if second else first
    return ""


def changed(desk: Desk, step: Step) -> Iterator[tuple[str, str, str]]:
    """(field, before, after) of each field that changes and says something."""
    for field in fields(step.after):
        before = getattr(step.before, field.name, None)
        after = getattr(step.after, field.name)
        if before != after and field.name not in UNTOLD:
            yield field_name(desk, field.name), shown(desk, before), shown(desk, after)


def summed_up(desk: Desk, noun: object) -> Iterator[tuple[str, str]]:
    """(field, value) of what a new noun says first."""
    for name in FIRST:
        value = getattr(noun, name, None)
        if value not in (None, "", ()):
            yield field_name(desk, name), shown(desk, value)


def field_name(desk: Desk, name: str) -> str:
    """What people call a field."""
    key = f"hub.field.{name}"
    return desk.text(key) if desk.text.has(key) else desk.text.field(name)


def shown(desk: Desk, value: object) -> str:
    """A field's value in one line; what is not given is shown as such."""
    if value is None or value in ("", ()):
        return desk.text("common.none")
    if isinstance(value, Estimate):
        return desk.money(value.likely)
    if isinstance(value, date):
        return desk.day(value)
    if isinstance(value, bool):
        return desk.text("hub.yes" if value else "hub.no")
    if isinstance(value, int | float):
        return desk.number(value)
    if isinstance(value, tuple):
        return desk.text("hub.several", n=len(value))
    if isinstance(value, StrEnum) or not isinstance(value, str):
        return str(value)
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"

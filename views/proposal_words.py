"""What a version of a proposal says, in words: its fields, their values, what its lists hold."""

from datetime import date
from typing import Any

from portfolio.criterion import Framework
from portfolio.filed import Enclosed
from portfolio.footprint import Quantity
from portfolio.project import Category, DebtEffect, Estimate, Measure, Sensitivity, Tag
from portfolio.registry import Registry
from portfolio.rules import Excludes, Needs, NeedsOneOf, Synergy, Together
from views.desk import Desk
from views.parts import link_words, named

MONEY = ("operating_cost", "cost")
SHARES = ("value_factor", "debt_share")
ELSEWHERE = {
    "title": "proposals.name", "category": "proposals.category_label",
    "sensitivity": "proposals.sensitivity_label", "tags": "proposals.marks",
    "on": "proposals.law_on", "value_factor": "proposals.factor",
}  # fields whose words have another name
Value = Any  # whatever a field of a proposal holds


def label(desk: Desk, name: str) -> str:
    """What a field is called on the form and the file."""
    keys = (ELSEWHERE.get(name, ""), f"dossier.field.{name}", f"proposals.{name}")
    key = next((k for k in keys if k and desk.text.has(k)), "")
    return desk.text(key) if key else desk.text.field(name)


def variant(desk: Desk, code: str) -> str:
    """« Variante de base »."""
    key = f"proposals.variant.{code}"
    name = desk.text(key) if desk.text.has(key) else code
    return desk.text("proposals.variant_named", variant=name)


def question(desk: Desk, framework: Framework, key: str) -> str:
    """A question of the gate, as the form asks it."""
    asked = {q.key: q.title for q in framework.questions}
    return asked[key].in_(desk.language) if key in asked else desk.text("dossier.with_less")


def value(desk: Desk, registry: Registry, framework: Framework, name: str, held: Value) -> str:
    """A value of that field; what is not given is said so."""
    match held:
        case None | "":
            return desk.text("parts.not_given")
        case Category():
            return desk.text(f"proposals.category.{held}")
        case Sensitivity():
            return desk.text(f"proposals.sensitivity.{held}")
        case date():
            return desk.day(held, long=True)
    if name == "lead":
        return named(registry, held)
    if name == "answer":
        choices = {c.key: c.in_(desk.language) for q in framework.questions for c in q.answers}
        return choices.get(held, held)
    if name in MONEY:
        return desk.money(held)
    if name in SHARES:
        return desk.percent(held)
    return desk.number(held) if isinstance(held, int | float) else str(held)


def amount(desk: Desk, held: Estimate | float | None) -> str:
    """Money as three points, or person-days."""
    match held:
        case None:
            return desk.text("parts.not_given")
        case Estimate(likely=likely, low=low, high=high):
            if low is None and high is None:
                return desk.money(likely)
            ends = {"low": low if low is not None else likely, "high": high or likely}
            return desk.text("dossier.points", likely=likely, **ends)
    return desk.number(held)


def part(
    desk: Desk, registry: Registry, framework: Framework, name: str, held: Value, code: str
) -> str:
    """One thing that a list of the project of that code holds."""
    text = desk.text
    match held:
        case Tag(grid=grid, key=key):
            return _mark(desk, framework, grid, key)
        case Measure(name=measure, number=number):
            return f"{measure} {desk.number(number)}"
        case Quantity(item=item, count=count, deed=deed):
            return f"{desk.number(count)} {item} {text(f'footprint.deed.{deed}')}"
        case DebtEffect():
            return effect(desk, registry, held)
        case Enclosed(name=file):
            return file
        case Needs() | NeedsOneOf() | Excludes() | Together() | Synergy():
            return link_words(desk, held, code, registry)
    if name == "systems":
        known = {s.code: s.title_in(desk.language) for s in registry.systems}
        return f"{held} · {known[held]}" if held in known else held
    if name == "variants":
        return variant(desk, held)
    return label(desk, held) if name == "confidential" else str(held)


def effect(desk: Desk, registry: Registry, said: DebtEffect) -> str:
    """A debt that the project says it would retire, or create."""
    if said.is_created:
        cost = desk.text("parts.not_given")
        if said.principal is not None:
            cost = desk.money(said.principal)
        return desk.text("dossier.creates", title=said.title, system=said.system, cost=cost)
    known = {debt.code: debt.title for debt in registry.debts}
    title = f"{said.debt} · {known[said.debt]}" if said.debt in known else said.debt
    return desk.text("dossier.retires", title=title, share=said.share)


def _mark(desk: Desk, framework: Framework, grid: str, key: str) -> str:
    grids = {
        "ambition": {c.key: c.title for c in framework.criteria},
        "assise": {mark.key: mark.title for mark in framework.assise},
        "priorite": {str(p.number): p.title for p in framework.priorities},
    }
    title = grids.get(grid, {}).get(key)
    return key if title is None else f"{key} · {title.in_(desk.language)}"

"""Every project's reason in one table: its fate, what it lacks or brings, who, and which rule."""

from services.why import Inquiry, Table
from services.why_card import Card
from views.desk import Desk
from views.look.tables import Column, table
from views.plan_words import PlanWords
from views.why_words import NAMED, WhyWords

LACKS = {"points": "number", "money": "thousands", "score": "number"}
HEADS = {"points": "lack", "money": "lack_money", "score": "lack_score"}


def show(desk: Desk, inquiry: Inquiry, found: Table) -> str | None:
    """The table; the code of the project chosen in it."""
    if not found.cards:
        return None
    text, unit = desk.text, found.cards[0].unit
    columns = [
        Column("code", text("why.table.code"), width="small"),
        Column("title", text("why.table.name"), width="large"),
        Column("fate", text("why.table.fate"), width="small"),
        Column("lack", text(f"why.table.{HEADS[unit]}"), LACKS[unit], text("why.table.lack_help")),
        Column("proved", text("why.table.proved"), width="small"),
        Column("others", text("why.table.others"), width="medium"),
        Column("rule", text("why.table.rule"), width="large"),
        Column("value", text("why.table.value"), "number"),
        Column("cost", text("why.table.cost"), "thousands"),
    ]
    words = PlanWords(desk, inquiry)
    rows = [_row(WhyWords(words, card)) for card in found.cards]
    name = text("why.table.title")
    chosen = table(desk, rows, columns, key="why_all", name=name, can_choose=True)
    return chosen["code"] if chosen else None


def _row(told: WhyWords) -> dict[str, object]:
    card = told.card
    return {
        "code": card.line.project,
        "title": told.words.title(card.line.project),
        "fate": told.words.fate(card.line),
        "lack": None if card.lack is None else card.lack.low,
        "proved": told.desk.text(f"why.table.{_proved(card)}"),
        "others": told.words.codes([other.project for other in card.others]),
        "rule": _rule(told),
        "value": card.line.value,
        "cost": card.line.cost,
    }


def _proved(card: Card) -> str:
    if card.lack is None:
        return "proved_none"
    return "proved_yes" if card.lack.is_exact else "proved_no"


def _rule(told: WhyWords) -> str:
    card, words = told.card, told.words
    labels = card.rules or tuple(bound.label for bound in card.blocked)
    named = [words.limit(label) if card.rules else words.about(label) for label in labels[:NAMED]]
    return " · ".join(named)

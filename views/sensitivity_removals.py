"""The choice of projects without each evaluator, then without each criterion."""

from collections.abc import Mapping

import streamlit as st

from services import removals
from services.removals import Removal, Removals
from services.why_card import Lack
from views.look.components import plain, said
from views.look.tables import Column, Row, table
from views.plan_words import PlanWords
from views.why_words import lack_words

MOST = 8  # changes told one by one

LOST = {
    "points": ("lost", "number"),
    "money": ("lost_money", "thousands"),
    "score": ("lost_score", "number"),
}


def show(words: PlanWords, found: Removals) -> None:
    """What changes something is said, one line each; the table has every removal."""
    desk, text = words.desk, words.desk.text
    people = _people(words)
    moving = [removal for removal in found.removals if not removal.stays]
    facts = {"n": len(moving), "of": len(found.removals)}
    key = "title" if moving else "title_none"
    st.header(said(text(f"sensitivity.removal.{key}", **facts)), anchor=False)
    st.markdown(said(text("sensitivity.removal.sentence")))
    for removal in moving[:MOST]:
        st.markdown(f"- {_line(words, removal, people, found)}")
    if len(moving) > MOST:
        st.caption(said(text("sensitivity.removal.more", n=len(moving) - MOST)))
    if not found.of("evaluator"):
        st.caption(said(text("sensitivity.removal.one_evaluator")))
    rows = [_row(words, removal, people) for removal in found.removals]
    name = text("sensitivity.section_removals")
    table(desk, rows, _columns(words, found), key="sensitivity_removals", name=name)


def _line(words: PlanWords, removal: Removal, people: Mapping[str, str], found: Removals) -> str:
    """As Markdown: « **Sans Membre 1** : entre P50 ; sort P12. Garder le plan perdrait … »."""
    text = words.desk.text
    ways = (("enters", removal.enters), ("leaves", removal.leaves))
    changes = [
        text(f"scenarios.more_{way}", n=len(codes), codes=words.codes(codes))
        for way, codes in ways
        if codes
    ]
    lost = lack_words(words.desk, Lack(removal.lost, removal.lost, removal.lost), found.unit)
    return text(
        "sensitivity.removal.line",
        what=plain(_what(words, removal, people)),
        changes=said(text("scenarios.join").join(changes)),
        lost=said(lost),
    )


def _columns(words: PlanWords, found: Removals) -> tuple[Column, ...]:
    text = words.desk.text
    key, kind = LOST[found.unit]
    is_unscored = any(removal.unscored for removal in found.removals)
    unscored = [Column("unscored", text("sensitivity.removal.unscored"))] if is_unscored else []
    return (
        Column("kind", text("sensitivity.removal.kind")),
        Column("what", text("sensitivity.removal.what"), width="large"),
        Column("effect", text("sensitivity.removal.effect")),
        Column("enters", text("sensitivity.removal.enters")),
        Column("leaves", text("sensitivity.removal.leaves")),
        Column(
            "lost", text(f"sensitivity.removal.{key}"), kind, text("sensitivity.removal.lost_help")
        ),
        *unscored,
        Column("proved", text("sensitivity.removal.proved")),
    )


def _people(words: PlanWords) -> Mapping[str, str]:
    """Code -> name, or a number for those who may not know who said what."""
    registry = words.asked.registry
    names = removals.names(words.desk.person, registry)
    return {
        code: names.get(code) or words.desk.text("sensitivity.removal.evaluator", n=at)
        for at, code in enumerate(removals.evaluators(registry), 1)
    }


def _what(words: PlanWords, removal: Removal, people: Mapping[str, str]) -> str:
    is_person = removal.kind == "evaluator"
    return people[removal.code] if is_person else words.criterion(removal.code)


def _row(words: PlanWords, removal: Removal, people: Mapping[str, str]) -> Row:
    text = words.desk.text
    return {
        "kind": text(f"sensitivity.removal.kind_{removal.kind}"),
        "what": _what(words, removal, people),
        "effect": text(f"sensitivity.removal.{'stays' if removal.stays else 'moves'}"),
        "enters": ", ".join(removal.enters),
        "leaves": ", ".join(removal.leaves),
        "lost": removal.lost,
        "unscored": ", ".join(removal.unscored),
        "proved": text(f"sensitivity.removal.proved_{'yes' if removal.is_proved else 'no'}"),
    }

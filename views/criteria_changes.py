"""What changed between two editions of a framework, in words that a committee member reads."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

import streamlit as st

from portfolio.criterion import Direction, Framework
from portfolio.framework_changes import Difference
from services.frameworks import Compared
from views.criteria_words import corners_typed, exact, named_key
from views.desk import Desk
from views.look.components import plain, said
from views.parts import small_table

_PIECES = re.compile(r"\S+\s*")


def show(desk: Desk, compared: Compared) -> None:
    """The differences, criterion by criterion, then the shares that moved."""
    text = desk.text
    if not compared.differences:
        st.markdown(said(text("framework.same")))
        return
    for key in dict.fromkeys(one.criterion for one in compared.differences):
        mine = [one for one in compared.differences if one.criterion == key]
        name = text("framework.whole") if not key else _name(desk, compared, key)
        st.markdown(f"**{plain(name)}**\n\n" + lines(desk, compared.old, compared.new, mine))
    if compared.shares:
        _shares(desk, compared)


def lines(desk: Desk, old: Framework, new: Framework, found: Iterable[Difference]) -> str:
    """One line of Markdown for each difference."""
    return "\n".join(f"- {_line(desk, old, new, one)}" for one in found)


def _name(desk: Desk, compared: Compared, key: str) -> str:
    is_there = key in {c.key for c in compared.new.criteria}
    return named_key(desk, compared.new if is_there else compared.old, key)


def _line(desk: Desk, old: Framework, new: Framework, one: Difference) -> str:
    text, kind = desk.text, one.kind
    match kind:
        case "added" | "removed":
            return said(text(f"framework.change.{kind}"))
        case "title" | "question" | "sentence":
            name = f"framework.change.{kind}_{one.language}"
            told = said(text(name, level=one.level + new.scale.low))
            return told + _marked(str(one.before), str(one.after))
        case "moved":
            before, after = (_branch(desk, f, k) for f, k in ((old, one.before), (new, one.after)))
        case "weight":
            before, after = (exact(float(str(w)), desk.language) for w in (one.before, one.after))
        case "direction":
            pair = (Direction(str(d)) for d in (one.before, one.after))
            before, after = (text(f"framework.direction.{d}") for d in pair)
        case "measure":
            before, after = (_way(desk, str(m)) for m in (one.before, one.after))
        case "references":
            before, after = (_corners(desk, one.before), _corners(desk, one.after))
        case "rest":
            part = f"framework.part.{one.after}"
            return said(text("framework.change.rest", part=text(part)))
        case "scale":
            before, after = (f"{s.low}–{s.high}" for s in (old.scale, new.scale))
        case _:
            return said(text("framework.change.order"))
    return said(text(f"framework.change.{kind}", before=plain(before), after=plain(after)))


def _branch(desk: Desk, framework: Framework, key: object) -> str:
    return named_key(desk, framework, str(key)) if key else desk.text("framework.top")


def _way(desk: Desk, measure: str) -> str:
    name = f"framework.way.{measure or 'rated'}"
    return desk.text(name) if desk.text.has(name) else measure


def _corners(desk: Desk, corners: object) -> str:
    typed = corners_typed(corners, desk.language) if isinstance(corners, tuple) else ""
    return typed.replace("\n", " | ") or desk.text("framework.straight")


def _marked(before: str, after: str) -> str:
    """The sentence with what left it struck out and what came in bold: no colour is needed."""
    if not before or not after:
        return f"~~{plain(before)}~~" if before else f"**{plain(after)}**"
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    told = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = plain("".join(old[a:b]).strip()), plain("".join(new[c:d]).strip())
        if tag == "equal":
            told.append(gone)
            continue
        told += [f"~~{gone}~~"] if gone else []
        told += [f"**{come}**"] if come else []
    return " ".join(told)


def _shares(desk: Desk, compared: Compared) -> None:
    text = desk.text
    st.subheader(text("framework.shares"), anchor=False)
    rows = [
        (_name(desk, compared, key), *(_share(desk, share) for share in pair))
        for key, pair in compared.shares.items()
    ]
    head = [text("criteria.criterion"), text("framework.before"), text("framework.after")]
    small_table(head, rows, name=text("framework.shares"))


def _share(desk: Desk, share: float | None) -> str:
    return desk.text("common.none") if share is None else desk.percent(share)



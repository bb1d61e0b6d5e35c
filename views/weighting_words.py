"""Criteria, swings and comparisons as the page on weights says them."""

import streamlit as st

from portfolio.criterion import Criterion, Framework
from portfolio.evaluation import Method
from services import weighting_ballot
from views.desk import Desk
from views.look.components import plain, said
from views.parts import shortened, small_table

TOP = ""  # the parent of the branches


def named(desk: Desk, criterion: Criterion) -> str:
    """« 2.1 Une expérience citoyenne améliorée »; the title alone where the key is only a code."""
    title = criterion.title.in_(desk.language)
    return f"{criterion.key} {title}" if criterion.key[:1].isdigit() else title


def brief(desk: Desk, criterion: Criterion, width: int = 34) -> str:
    """The same, cut at a word."""
    return shortened(named(desk, criterion), width)


def group_name(desk: Desk, framework: Framework, parent: str) -> str:
    """What the siblings under that parent are called."""
    if parent == TOP:
        return desk.text("weighting.branches")
    return named(desk, framework.criterion(parent))


def group_brief(desk: Desk, framework: Framework, parent: str) -> str:
    """The same in a few letters, for a row of buttons."""
    if parent == TOP:
        return desk.text("weighting.branches")
    return tag(desk, framework.criterion(parent))


def tag(desk: Desk, criterion: Criterion) -> str:
    """« 2.1 », where the criterion's whole name is in sight; its title where it has no number."""
    has_number = criterion.key[:1].isdigit()
    return criterion.key if has_number else shortened(criterion.title.in_(desk.language), 34)


def worst_and_best(desk: Desk, framework: Framework, leaf: Criterion) -> tuple[str, str]:
    """What the worst and the best of a leaf are: two sentences of its scale, or two amounts."""
    ends = weighting_ballot.ends(framework, leaf)
    if leaf.measure:
        key = f"weighting.unit.{leaf.measure}"
        unit = desk.text(key) if desk.text.has(key) else leaf.measure
        return tuple(f"{desk.number(end)} {unit}" for end in ends)  # type: ignore[return-value]
    sentences = leaf.levels.in_(desk.language)
    if not sentences:
        return tuple(desk.text("weighting.level", n=end) for end in ends)  # type: ignore[return-value]
    return tuple(sentences[round(end) - framework.scale.low] for end in ends)  # type: ignore[return-value]


def swing(desk: Desk, framework: Framework, criterion: Criterion) -> None:
    """What goes from its worst to its best when the criterion does; always in sight."""
    text, leaves = desk.text, weighting_ballot.under(framework, criterion)
    if leaves == (criterion,):
        worst, best = worst_and_best(desk, framework, criterion)
        st.markdown(_ends(desk, worst, best))
        return
    names = " · ".join(leaf.title.in_(desk.language) for leaf in leaves)
    st.markdown(said(text("weighting.branch_swing", n=len(leaves), names=plain(names))))
    with st.popover(text("weighting.see_ends"), type="tertiary", icon=":material/height:"):
        head = [text(f"weighting.{name}") for name in ("criterion", "worst", "best")]
        rows = [(named(desk, leaf), *worst_and_best(desk, framework, leaf)) for leaf in leaves]
        small_table(head, rows, name=text("weighting.see_ends"))


def _ends(desk: Desk, worst: str, best: str) -> str:
    text = desk.text
    lines = (f"**{text('weighting.worst')}**", plain(worst)), (
        f"**{text('weighting.best')}**", plain(best)
    )  # fmt: skip
    return "  \n".join(f"{label}{text('parts.colon')} {words}" for label, words in lines)


def method_name(desk: Desk, method: Method) -> str:
    """« Sauts (0 à 100) »."""
    return desk.text(f"weighting.method.{method}")


def ratio(desk: Desk, one: str, other: str, times: float) -> str:
    """« A compte 3 fois autant que B », the greater first; both compared by their names."""
    text = desk.text
    if abs(times - 1) < 1e-9:
        return text("weighting.pairs.same", one=one, other=other)
    if times < 1:
        one, other, times = other, one, 1 / times
    return text("weighting.pairs.times", one=one, other=other, n=round(times, 1))

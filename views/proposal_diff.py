"""What changed between two versions of a proposal: words that went and came, amounts apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from portfolio.criterion import Framework
from portfolio.dossier import Submission
from portfolio.project import Project
from portfolio.project_changes import Difference, Relisted, Repriced, Revalued, Reworded
from portfolio.registry import Registry
from portfolio.wording import Piece
from services import dossiers
from services.proposals import WRITABLE
from views import proposal_words as words
from views.desk import Desk
from views.look.components import said
from views.parts import small_table
from views.proposal_timeline import when

NEAR = 80  # letters of an unchanged passage that are shown on each side of a change
NOW = 0
STYLE = """<style>
.arbitrage-diff { line-height: 1.6; max-width: 80ch; white-space: pre-wrap; }
.arbitrage-diff-of { font-weight: 600; margin: 1rem 0 .25rem; }
.arbitrage-diff del { text-decoration: line-through; background: rgba(200, 60, 60, .16); }
.arbitrage-diff ins { text-decoration: underline; background: rgba(40, 140, 80, .18); }
</style>"""


@dataclass(frozen=True)
class Shown:
    """Where a comparison is shown, and what its words are taken from."""

    desk: Desk
    registry: Registry
    framework: Framework
    project: str


def show(desk: Desk, registry: Registry, framework: Framework, project: Project) -> None:
    """Let two versions be chosen, by default the last two; show what differs."""
    sent = dossiers.handed_in(desk.store, desk.person, desk.cycle, project.code)
    if not sent:
        st.markdown(desk.text("dossier.never_in"))
        return
    before, after = _chosen(desk, project, sent)
    found = dossiers.compared(
        desk.store, desk.person, desk.cycle, project.code, before, after or None
    )
    if found is None:
        st.markdown(desk.text("dossier.first_in"))
        return
    listed(Shown(desk, registry, framework, project.code), found.differences)


def _chosen(desk: Desk, project: Project, sent: Sequence[Submission]) -> tuple[int, int]:
    """The earlier and the later version; NOW = as it stands."""
    titles = {one.number: _title(desk, one) for one in sent} | {NOW: desk.text("dossier.now")}
    numbers = [one.number for one in sent]
    is_in = project.stage not in WRITABLE
    start, end = st.columns(2)
    latest = numbers[-1] if is_in and len(numbers) > 1 else NOW
    with end:
        ends = [*numbers[1:], NOW]
        after = st.selectbox(
            desk.text("dossier.to"), ends, index=ends.index(latest),
            format_func=titles.__getitem__, key=f"proposals_to_{project.code}",
        )
    with start:
        starts = [n for n in numbers if after == NOW or n < after]
        before = st.selectbox(
            desk.text("dossier.from"), starts, index=len(starts) - 1,
            format_func=titles.__getitem__, key=f"proposals_from_{project.code}_{after}",
        )
    return before, after


def _title(desk: Desk, one: Submission) -> str:
    return desk.text("dossier.submission", number=one.number, at=when(one.at))


def listed(shown: Shown, differences: Sequence[Difference]) -> None:
    """Every difference: texts, then values, lists and amounts."""
    text = shown.desk.text
    if not differences:
        st.markdown(text("dossier.same"))
        return
    st.markdown(said(text("dossier.differs", n=len(differences))))
    texts = [one for one in differences if isinstance(one, Reworded)]
    if texts:
        st.caption(text("dossier.signs"))
        st.html(STYLE + "".join(_text(shown, one) for one in texts))
    _values(shown, [one for one in differences if isinstance(one, Revalued)])
    _lists(shown, [one for one in differences if isinstance(one, Relisted)])
    for what in ("money", "days"):
        amounts = [d for d in differences if isinstance(d, Repriced) and d.what == what]
        _amounts(shown, what, amounts)


def _text(shown: Shown, one: Reworded) -> str:
    title = escape(_called(shown, one.field, one.of))
    inside = "".join(_piece(shown.desk, piece) for piece in shortened(one.pieces))
    return f"<p class='arbitrage-diff-of'>{title}</p><div class='arbitrage-diff'>{inside}</div>"


def _piece(desk: Desk, piece: Piece) -> str:
    if piece.kind == "same":
        return escape(piece.text)
    tag, sign = ("del", "−") if piece.kind == "out" else ("ins", "+")
    spoken, typed = escape(desk.text(f"dossier.{piece.kind}")), piece.text.strip()
    start, _, end = piece.text.partition(typed) if typed else ("", "", piece.text)
    marked = f"<{tag} title='{spoken}'>[{sign} {escape(typed) or '¶'} {sign}]</{tag}>"
    return escape(start) + marked + escape(end)


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, an unchanged passage cut down to what stands near a change."""
    return [
        Piece("same", _near(piece.text, at > 0, at < len(pieces) - 1))
        if piece.kind == "same" else piece
        for at, piece in enumerate(pieces)
    ]  # fmt: skip


def _near(text: str, is_after: bool, is_before: bool) -> str:
    if len(text) <= 2 * NEAR + 3:
        return text
    return (text[:NEAR] if is_after else "") + " … " + (text[-NEAR:] if is_before else "")


def _called(shown: Shown, field: str, of: str) -> str:
    name = words.label(shown.desk, field)
    if not of:
        return name
    if field in ("answer", "comment"):
        return f"{words.question(shown.desk, shown.framework, of)} – {name}"
    return f"{words.variant(shown.desk, of)} – {name}"


def _values(shown: Shown, changed: Sequence[Revalued]) -> None:
    desk = shown.desk
    rows = [
        (
            _called(shown, one.field, one.of),
            words.value(desk, shown.registry, shown.framework, one.field, one.before),
            words.value(desk, shown.registry, shown.framework, one.field, one.after),
        )
        for one in changed
    ]
    if rows:
        head = [desk.text(f"dossier.{h}") for h in ("what", "before", "after")]
        small_table(head, rows, name=desk.text("dossier.values"))


def _lists(shown: Shown, changed: Sequence[Relisted]) -> None:
    desk = shown.desk
    rows = [
        (words.label(desk, one.field), _parts(shown, one, one.out), _parts(shown, one, one.came))
        for one in changed
    ]
    if rows:
        head = [desk.text(f"dossier.{h}") for h in ("what", "removed", "added")]
        small_table(head, rows, name=desk.text("dossier.lists"))


def _parts(shown: Shown, one: Relisted, held: Sequence[object]) -> str:
    told = [
        words.part(shown.desk, shown.registry, shown.framework, one.field, part, shown.project)
        for part in held
    ]
    return " ; ".join(told) or shown.desk.text("common.none")


def _amounts(shown: Shown, what: str, changed: Sequence[Repriced]) -> None:
    if not changed:
        return
    desk, cycle = shown.desk, shown.registry.cycle
    titles = {one.code: one.title.in_(desk.language) for one in (*cycle.envelopes, *cycle.teams)}
    rows = [
        (
            words.variant(desk, one.variant),
            titles.get(one.code, one.code),
            desk.text("proposals.year", n=one.period + 1),
            words.amount(desk, one.before),
            words.amount(desk, one.after),
            _apart(desk, one),
        )
        for one in changed
    ]
    names = ("proposals.variant_label", f"proposals.{what}_of", "dossier.year", "dossier.before",
             "dossier.after", "dossier.difference")  # fmt: skip
    st.subheader(desk.text(f"proposals.{what}_by_year"), anchor=False)
    small_table([desk.text(n) for n in names], rows, name=desk.text(f"proposals.{what}_by_year"))


def _apart(desk: Desk, one: Repriced) -> str:
    if one.difference is None:
        return desk.text("common.none")
    if one.what == "money":
        return desk.money(int(one.difference), signed=True)
    return desk.number(one.difference, signed=True)

"""One rating: the question, the level's sentences, why, on what evidence, and how sure."""

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from portfolio.evaluation import Evaluation
from portfolio.rating import LEAST, LONGEST, PROVEN
from services.rating import Key, Line, Sheet
from views import rating_draft
from views.desk import Desk
from views.look import components, keys
from views.look.components import plain, said
from views.parts import small_table
from views.rating_draft import Draft

JUSTIFY, PROVE, GIVE, BACK, SILENT = "J", "E", "Ctrl+Enter", "B", "N"
SURE = (1, 2, 3)
LEFT = """<style>
.st-key-rating_levels button { justify-content: flex-start; text-align: left; }
.st-key-rating_levels button > div { width: 100%; justify-content: flex-start; }
.st-key-rating_levels button p { text-align: left; }
.st-key-rating_levels button [data-testid=stMarkdownContainer] { flex: 1; }
.st-key-rating_hand h2 { font-size: 1.3rem; padding-top: 0.6rem; }
</style>"""


def show(desk: Desk, found: Sheet, line: Line, draft: Draft, following: Key | None) -> None:
    """The form of one rating; what is typed is kept as it changes."""
    text, criterion = desk.text, line.criterion
    st.html(LEFT)
    st.header(plain(f"{criterion.key} · {criterion.title.in_(desk.language)}"), anchor=False)
    if question := criterion.question.in_(desk.language):
        st.markdown(f"**{plain(question)}**")
    if line.is_self:
        st.info(said(text("rating.self_told")), icon=":material/person:")
    _before(desk, line)
    with st.container(key="rating_levels", gap="xsmall"):
        for level, sentence in _levels(desk, found, line):
            _level(desk, draft, level, sentence)
    _reasons(desk, draft)
    _wrong(desk, draft)
    _acts(desk, draft, following)
    keys.fields({JUSTIFY.lower(): "rating_justify", PROVE.lower(): "rating_prove"})


def _before(desk: Desk, line: Line) -> None:
    """What the person said of it in a round before."""
    if line.before is None:
        return
    told = desk.text(
        "rating.before", n=line.before.round, level=level_words(desk, line.before.rating)
    )
    why = line.before.justification
    st.caption(f"{said(told)} {plain(why)}")


def level_words(desk: Desk, level: float | None) -> str:
    """« 3 », or « sans opinion »."""
    return desk.text("rating.no_opinion") if level is None else desk.number(level)


def _wrong(desk: Desk, draft: Draft) -> None:
    if draft.theirs is not None:
        _both(desk, draft, draft.theirs)
    elif draft.refused is not None:
        components.error(desk, draft.refused)


def _both(desk: Desk, draft: Draft, theirs: Evaluation) -> None:
    """Both versions, field by field where they differ; the person chooses."""
    text, mine = desk.text, draft.typed
    st.warning(said(text("rating.stale")))
    rows = [
        (text(f"rating.field.{name}"), _shown(desk, mine, name), _shown(desk, theirs, name))
        for name in ("rating", "justification", "evidence", "confidence")
        if getattr(mine, name) != getattr(theirs, name)
    ]
    head = [text(f"rating.stale_{h}") for h in ("field", "here", "there")]
    small_table(head, rows, name=text("rating.stale_both"))
    with st.container(horizontal=True):
        st.button(
            text("rating.keep_mine"), key="rating_keep_mine", type="primary",
            on_click=rating_draft.keep_mine, args=(desk, draft),
        )  # fmt: skip
        st.button(
            text("rating.take_theirs"), key="rating_take_theirs",
            on_click=rating_draft.take_theirs, args=(draft,),
        )  # fmt: skip


def _shown(desk: Desk, said_: Evaluation, name: str) -> str:
    value = getattr(said_, name)
    if value in (None, ""):
        return desk.text("parts.not_given")
    return desk.number(value) if isinstance(value, int | float) else str(value)


def _levels(desk: Desk, found: Sheet, line: Line) -> Iterator[tuple[int | None, str]]:
    """Each level of the scale with its sentence; then « no opinion »."""
    scale, sentences = found.framework.scale, line.criterion.levels.in_(desk.language)
    for at, level in enumerate(range(scale.low, scale.high + 1)):
        yield level, sentences[at] if at < len(sentences) else ""
    yield None, desk.text("rating.silent")


def _level(desk: Desk, draft: Draft, level: int | None, sentence: str) -> None:
    key = SILENT if level is None else str(level)
    is_here = draft.is_silent if level is None else draft.typed.rating == level
    mark = ":material/check: " if is_here else ""
    st.button(
        f"{mark}**{key}** — {plain(sentence)}",
        key=f"rating_level_{key}",
        type="primary" if is_here else "secondary",
        shortcut=key if len(key) == 1 else None,
        width="stretch",
        wrap=True,
        disabled=draft.kept.is_given,
        on_click=rating_draft.choose,
        args=(desk, draft, level),
    )


def _reasons(desk: Desk, draft: Draft) -> None:
    """Why, on what evidence, and how sure: the fields, kept as they change."""
    text, at, level = desk.text, draft.started, draft.typed.rating
    kept = {"on_change": rating_draft.write, "args": (desk, draft)}
    kept |= {"disabled": draft.kept.is_given}
    with st.container(key="rating_justify"):
        st.text_area(
            text("rating.justification", least=LEAST, touch=JUSTIFY),
            at.justification, key=draft.field("justification"), height=96, max_chars=LONGEST,
            **kept,
        )  # fmt: skip
    proof, sure = st.columns(2, gap="small")
    needed = level is not None and level >= PROVEN
    with proof, st.container(key="rating_prove"):
        word = "evidence_needed" if needed else "evidence"
        st.text_input(
            text(f"rating.{word}", level=PROVEN, touch=PROVE),
            at.evidence, key=draft.field("evidence"), max_chars=LONGEST, **kept,
        )  # fmt: skip
    with sure:
        st.segmented_control(
            text("rating.confidence"), SURE, default=at.confidence,
            format_func=lambda n: text(f"rating.sure_{n}"), key=draft.field("confidence"), **kept,
        )  # fmt: skip


def _acts(desk: Desk, draft: Draft, following: Key | None) -> None:
    text = desk.text
    if draft.kept.is_given:
        st.success(said(text("rating.is_given")), icon=":material/check_circle:")
        st.button(
            text("rating.take_back"), key="rating_take_back", shortcut=BACK,
            on_click=rating_draft.take_back, args=(desk, draft),
        )  # fmt: skip
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            text("rating.give"), key="rating_give", type="primary", shortcut=GIVE,
            on_click=rating_draft.give, args=(desk, draft, following),
        )  # fmt: skip
        st.caption(said(text(f"rating.{_state(draft)}")))


def _state(draft: Draft) -> str:
    if draft.is_unsaved:
        return "not_kept"
    return "kept" if draft.kept.version else "nothing_yet"


def stranded(desk: Desk, draft: Draft) -> None:
    """What was typed and can no longer be kept: on screen until the person lets it go."""
    text, typed = desk.text, replace(draft.typed)
    st.error(said(text("rating.stranded", code=typed.project, criterion=typed.criterion)))
    if draft.refused is not None:
        components.error(desk, draft.refused)
    rows = [
        (text(f"rating.field.{name}"), _shown(desk, typed, name))
        for name in ("rating", "justification", "evidence", "confidence")
    ]
    head = [text("rating.stale_field"), text("rating.stale_here")]
    small_table(head, rows, name=text("rating.stranded_name"))
    st.button(text("rating.let_go"), key="rating_let_go", on_click=rating_draft.let_go)

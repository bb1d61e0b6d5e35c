"""The wizard: one system at a time, criterion by criterion, by keyboard; then plan and confirm."""

from collections.abc import Sequence

import streamlit as st

from portfolio.legacy_evidence import Proposal
from portfolio.legacy_risk import CRITERIA, HIGHEST, Level
from services import legacy
from services.legacy import Sheet
from views import legacy_draft, legacy_file, legacy_plan, legacy_words
from views.desk import Desk
from views.legacy_draft import PLAN, STEPS, Draft
from views.look import components, keys
from views.look.components import plain, said

BACK, NEXT, KEEP, WHY = "P", "S", "G", "R"
STEP = "legacy_step"
LEFT = """<style>
.st-key-legacy_levels button { justify-content: flex-start; text-align: left; }
.st-key-legacy_levels button > div { width: 100%; justify-content: flex-start; }
.st-key-legacy_levels button p { text-align: left; }
.st-key-legacy_levels button [data-testid=stMarkdownContainer] { flex: 1; }
</style>"""


def show(desk: Desk, found: Sheet) -> None:
    """The system's assessment, to be filled in by those who may."""
    draft = legacy_draft.opened(found)
    system = found.system
    title = f"{system.code} · {system.title_in(desk.language)}"
    components.page_head(desk, title, legacy_file.answer(desk, draft.typed))
    st.button(desk.text("legacy.back"), key="legacy_back", on_click=legacy_draft.close,
              icon=":material/arrow_back:")  # fmt: skip
    _wrong(desk, draft)
    legacy_file.changes(desk, found)
    steps, hand = st.columns([2, 5], gap="large")
    with steps:
        _running(desk, draft)
        at = _steps(desk, draft)
        legacy_file.facts_of(desk, found)
    with hand, st.container(key="legacy_hand"):
        if at == PLAN:
            legacy_plan.show(desk, found, draft)
        else:
            _criterion(desk, found, draft, at)
        _moves(desk, at)


def _running(desk: Desk, draft: Draft) -> None:
    """The score as it grows: of the levels given so far."""
    text, (likelihood, impact, score) = desk.text, draft.typed.so_far
    given = len(CRITERIA) - len(draft.typed.missing)
    st.progress(given / len(CRITERIA), text=text("legacy.given", n=given, of=len(CRITERIA)))
    shown = (("likelihood", likelihood), ("impact", impact), ("score", score))
    for name, value in shown:
        number = text("common.none") if value is None else desk.number(value)
        st.markdown(said(text(f"legacy.running.{name}", number=number)))
    if draft.typed.reaches_red:
        components.status(text("legacy.is_red"), "bad")
    if draft.typed.is_legacy:
        components.status(text("legacy.is_legacy"), "warning", text("legacy.is_legacy_help"))


def _steps(desk: Desk, draft: Draft) -> str:
    """Where one is, and what is done; chosen with the arrows."""
    st.session_state[STEP] = legacy_draft.step()
    st.radio(
        desk.text("legacy.steps"),
        STEPS,
        format_func=lambda at: _step(desk, draft, at),
        key=STEP,
        on_change=_go,
    )
    return legacy_draft.step()


def _step(desk: Desk, draft: Draft, at: str) -> str:
    if at == PLAN:
        return desk.text("legacy.plan_step")
    level = draft.typed.of(at)
    name = legacy_words.criterion(desk, at)
    if level is None:
        return said(desk.text("legacy.step_open", name=name))
    key = "legacy.step_owes" if level.is_unexplained or level.is_open_ended else "legacy.step_done"
    return said(desk.text(key, name=name, level=level.level))


def _go() -> None:
    legacy_draft.go(st.session_state[STEP])


def _moves(desk: Desk, at: str) -> None:
    place = STEPS.index(at)
    with st.container(horizontal=True):
        st.button(
            desk.text("legacy.previous"), key="legacy_previous", shortcut=BACK,
            disabled=place == 0, on_click=legacy_draft.go, args=(STEPS[max(0, place - 1)],),
        )  # fmt: skip
        st.button(
            desk.text("legacy.next"), key="legacy_next", shortcut=NEXT,
            disabled=at == PLAN, on_click=legacy_draft.go, args=(STEPS[(place + 1) % len(STEPS)],),
        )  # fmt: skip


def _criterion(desk: Desk, found: Sheet, draft: Draft, code: str) -> None:
    one = legacy.guide().of(code)
    st.html(LEFT)
    st.header(plain(legacy_words.criterion(desk, code)), anchor=False)
    st.markdown(f"**{plain(one.about.in_(desk.language))}**")
    _proposal(desk, draft, found.proposals[code])
    with st.container(key="legacy_levels", gap="xsmall"):
        for at in range(1, HIGHEST[code[0]] + 1):
            _level(desk, draft, found.proposals[code], at)
    st.caption(said(legacy_words.scaled(desk, one)))
    level = draft.typed.of(code)
    if level is None:
        return
    _reason(desk, draft, level)
    if code.startswith("L") and found.debts:
        _debts(desk, found, draft, level)


def _proposal(desk: Desk, draft: Draft, proposal: Proposal) -> None:
    """What the register shows, in words; it is never a level by itself."""
    text, code = desk.text, proposal.criterion
    with st.container(border=True):
        if proposal.level is None:
            st.markdown(said(text("legacy.no_proposal")))
        else:
            name = legacy_words.level(desk, code, proposal.level)
            st.markdown(said(text("legacy.proposal", level=name)))
        lines = [f"- {plain(legacy_words.clue(desk, clue))}" for clue in proposal.clues]
        st.markdown("\n".join(lines))
        level = draft.typed.of(code)
        if proposal.level is not None and (level is None or level.level != proposal.level):
            st.button(
                text("legacy.keep", level=proposal.level), key="legacy_keep", shortcut=KEEP,
                disabled=draft.kept.is_confirmed, on_click=legacy_draft.choose,
                args=(desk, draft, code, proposal.level, proposal.level),
            )  # fmt: skip


def _level(desk: Desk, draft: Draft, proposal: Proposal, at: int) -> None:
    code, given = proposal.criterion, draft.typed.of(proposal.criterion)
    is_here = given is not None and given.level == at
    mark = ":material/check: " if is_here else ""
    name = legacy_words.level(desk, code, at)
    sentence = legacy_words.anchor(desk, legacy.guide().of(code), at)
    st.button(
        f"{mark}**{plain(name)}** — {plain(sentence)}",
        key=f"legacy_level_{at}",
        type="primary" if is_here else "secondary",
        shortcut=str(at),
        width="stretch",
        wrap=True,
        disabled=draft.kept.is_confirmed,
        on_click=legacy_draft.choose,
        args=(desk, draft, code, at, proposal.level),
    )


def _reason(desk: Desk, draft: Draft, level: Level) -> None:
    is_other = level.proposed is not None and level.proposed != level.level
    word = "reason_needed" if is_other else "reason"
    key = draft.field(level.criterion, "evidence")
    st.session_state.setdefault(key, level.evidence)
    with st.container(key="legacy_why"):
        st.text_area(
            desk.text(f"legacy.{word}", touch=WHY, proposed=level.proposed or 0), key=key,
            height=80, max_chars=500, disabled=draft.kept.is_confirmed,
            on_change=legacy_draft.write, args=(desk, draft, level.criterion, "evidence"),
        )  # fmt: skip
    keys.fields({WHY.lower(): "legacy_why"})


def _debts(desk: Desk, found: Sheet, draft: Draft, level: Level) -> None:
    """Which debts keep the likelihood up, and what it becomes once they are repaid."""
    text, code = desk.text, level.criterion
    first = found.proposals[code].debts
    codes = (*first, *(d.code for d in found.debts if d.code not in first))
    gone = (d for d in level.debts if d not in codes)
    key = draft.field(code, "debts")
    st.session_state.setdefault(key, list(level.debts))
    titles = {d.code: f"{d.code} · {d.title}" for d in found.debts}
    which, then = st.columns([3, 2], gap="small")
    with which:
        st.multiselect(
            text("legacy.debts"), (*codes, *gone), format_func=lambda d: titles.get(d, d),
            key=key, placeholder=text("scenarios.choose"), disabled=draft.kept.is_confirmed,
            help=text("legacy.debts_help"), on_change=legacy_draft.write,
            args=(desk, draft, code, "debts"),
        )  # fmt: skip
        if first and not level.debts:
            st.caption(said(text("legacy.debts_seen", codes=", ".join(first))))
    with then:
        if level.debts and level.level > 1:
            _after(desk, draft, level, range(1, level.level))


def _after(desk: Desk, draft: Draft, level: Level, below: Sequence[int]) -> None:
    key = draft.field(level.criterion, "after")
    if key not in st.session_state or st.session_state[key] not in (None, *below):
        st.session_state[key] = level.after
    st.selectbox(
        desk.text("legacy.after"), below, index=None,
        format_func=lambda at: legacy_words.level(desk, level.criterion, at), key=key,
        placeholder=desk.text("scenarios.choose"), disabled=draft.kept.is_confirmed,
        on_change=legacy_draft.write, args=(desk, draft, level.criterion, "after"),
    )  # fmt: skip


def _wrong(desk: Desk, draft: Draft) -> None:
    if draft.theirs is not None:
        legacy_file.both(desk, draft, draft.theirs)
    elif draft.refused is not None:
        components.error(desk, draft.refused)

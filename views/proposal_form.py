"""A lead's draft: one section at a time, saved as it is typed, and what is still missing."""

from collections.abc import Callable, Mapping

import streamlit as st

from portfolio.completeness import SECTIONS, by_section, given, is_asked, missing
from portfolio.criterion import Framework
from portfolio.errors import Invalid
from portfolio.project import Project
from portfolio.registry import Registry
from services import scores
from views import (
    proposal_attachments,
    proposal_conflict,
    proposal_debts,
    proposal_footprint,
    proposal_gate,
    proposal_identity,
    proposal_links,
    proposal_moves,
    proposal_offline,
    proposal_similar,
    proposal_variants,
)
from views.desk import Desk
from views.look import components, tokens
from views.parts import missing_words
from views.proposal_draft import SECTION, Draft, keep, opened
from views.proposal_fields import Fields

Section = Callable[[Fields, Project, Registry, Framework], Project]
SHOWN: Mapping[str, Section] = {
    "identity": proposal_identity.identity,
    "need": proposal_identity.need,
    "variants": proposal_variants.section,
    "links": proposal_links.section,
    "systems": proposal_debts.section,
    "marks": proposal_identity.marks,
    "gate": proposal_gate.gate,
    "footprint": proposal_footprint.section,
    "legal": proposal_gate.legal,
}


def show(desk: Desk, registry: Registry, project: Project) -> None:
    """The form of a draft; what differs from what is kept is saved at the end of the run."""
    framework = scores.framework(desk.store, desk.person, desk.cycle)
    draft = opened(project)
    head = st.container()
    chosen = _chosen(desk, draft, framework)
    st.header(desk.text(f"proposals.section.{chosen}"), anchor=False)
    written = before = draft.now
    try:
        written = SHOWN[chosen](Fields(desk, draft), before, registry, framework)
    except Invalid as refused:
        components.error(desk, refused)
    keep(desk, draft, written, before)
    proposal_attachments.show(desk, draft.kept, can_edit=True)
    proposal_similar.show(desk, draft.kept)
    proposal_offline.show(desk, draft.kept)
    with head:
        _head(desk, draft, written, framework)


def _chosen(desk: Desk, draft: Draft, framework: Framework) -> str:
    """The section asked for; each tells in its name what it still lacks."""
    asked = st.query_params.get(SECTION, "")
    chosen = asked if asked in SECTIONS else next(iter(SECTIONS))
    lacking = by_section(draft.now, framework)
    names = {s: _named(desk, draft.now, s, lacking[s], framework) for s in SECTIONS}
    key = draft.key(SECTION)
    st.segmented_control(
        desk.text("proposals.sections"), list(names), default=chosen, required=True, key=key,
        format_func=names.__getitem__, label_visibility="collapsed",
        on_change=lambda: _turn(draft, st.session_state[key], chosen),
    )
    return chosen


def _named(
    desk: Desk, project: Project, section: str, lacking: tuple[str, ...], framework: Framework
) -> str:
    """« ✓ Identité », « ▲ Besoin · 2 manquent », « Liens »: a sign and a word, never a colour."""
    text = desk.text
    name = text(f"proposals.section.{section}")
    if lacking:
        return f"{tokens.SIGNS['warning']} {name} · {text('proposals.n_missing', n=len(lacking))}"
    if is_asked(project, section, framework):
        return f"{tokens.SIGNS['good']} {name} · {text('proposals.section_complete')}"
    return f"{name} · {text('proposals.section_optional')}"


def _turn(draft: Draft, section: str, shown: str = "") -> None:
    """Go to a section: its fields start from what is there now."""
    if section != shown:  # its name changes with its state: that is no click
        st.query_params[SECTION] = section
        draft.turn()


def _head(desk: Desk, draft: Draft, written: Project, framework: Framework) -> None:
    text, kept = desk.text, draft.kept
    lacking = missing(kept, framework)
    answer = text("home.complete")
    if lacking:
        done, asked = given(kept, framework)
        answer = text("proposals.progress", missing=len(lacking), done=done, n=asked)
    components.page_head(desk, f"{kept.code} · {kept.title}", answer)
    if draft.theirs is not None:
        proposal_conflict.show(desk, draft, written, draft.theirs)
    elif draft.refused is not None:
        components.error(desk, draft.refused)
        st.caption(text("proposals.refused_kept"))
    else:
        stage = text(f"proposals.stage.{kept.stage}")
        st.caption(text("proposals.kept", version=kept.version, stage=stage))
    if lacking:
        _lacking(desk, draft, framework)
    proposal_moves.show(desk, kept, framework)
    proposal_moves.asked(desk, kept)


def _lacking(desk: Desk, draft: Draft, framework: Framework) -> None:
    """How far the proposal is, and each section that lacks something, one click away."""
    text = desk.text
    done, asked = given(draft.kept, framework)
    st.progress(done / asked, text=text("proposals.given", done=done, n=asked))
    with st.expander(text("proposals.what_is_missing"), icon=":material/checklist:"):
        for section, names in by_section(draft.kept, framework).items():
            if names:
                title = text(f"proposals.section.{section}")
                what = missing_words(desk, names, framework)
                st.button(
                    components.said(f"{title}{text('parts.colon')} {what}"),
                    key=draft.key(f"go_{section}"), type="tertiary",
                    icon=":material/arrow_forward:", on_click=_turn, args=(draft, section),
                )

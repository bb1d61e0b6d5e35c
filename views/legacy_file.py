"""A system's legacy risk as it is read: its score in a sentence, its levels, what changed since."""

from collections.abc import Iterator

import streamlit as st

from portfolio.legacy_risk import CRITERIA, RiskAssessment
from services.legacy import Sheet
from views import legacy_draft, legacy_words
from views.desk import Desk
from views.legacy_draft import Draft
from views.look import components
from views.look.components import plain, said
from views.parts import facts, joined, small_table

PLANNED = ("plan", "funding", "target", "cost_change", "notes", "replaced_by")


def show(desk: Desk, found: Sheet) -> None:
    """The whole assessment of one system, to be read."""
    text, kept = desk.text, found.assessment
    components.page_head(
        desk, f"{found.system.code} · {found.system.title_in(desk.language)}", answer(desk, kept)
    )
    st.button(text("legacy.back"), key="legacy_back", on_click=legacy_draft.close,
              icon=":material/arrow_back:")  # fmt: skip
    if not kept.version:
        components.empty_state(text("legacy.nothing_yet"))
        return
    if kept.is_confirmed:
        st.caption(plain(text("legacy.confirmed", who=found.signer, day=kept.confirmed_on or "")))
    changes(desk, found)
    levels, known = st.columns([3, 2], gap="large")
    with levels:
        st.header(text("legacy.levels"), anchor=False)
        small_table(
            [text(f"legacy.head.{h}") for h in ("criterion", "level", "proposed", "why")],
            list(_levels(desk, kept)), name=text("legacy.levels"),
        )  # fmt: skip
    with known:
        st.header(text("legacy.plan_head"), anchor=False)
        facts(desk, [(text(f"legacy.{n}"), _planned(desk, kept, n)) for n in PLANNED])
        facts_of(desk, found)


def answer(desk: Desk, found: RiskAssessment) -> str:
    """« Vraisemblance 5,07 × impact 3,58 = 18,17 : au rouge. »"""
    text = desk.text
    if found.score is None:
        return text("legacy.answer_open", n=len(found.missing))
    told = {"likelihood": found.likelihood, "impact": found.impact, "score": found.score}
    kind = "red" if found.reaches_red else "legacy" if found.is_legacy else "sound"
    told_ = text(f"legacy.answer_{kind}", **told)
    return told_ if found.is_confirmed else f"{told_} {text('legacy.unconfirmed')}"


def changes(desk: Desk, found: Sheet) -> None:
    """Where the evidence changed since the level was given; and debts that are no longer there."""
    lines = [legacy_words.drift(desk, one) for one in found.drift]
    lines += [legacy_words.repaid(desk, code) for code in found.repaid]
    if lines:
        told = said(desk.text("legacy.changed", n=len(lines)))
        with st.container(key="legacy_changes"):
            st.warning("\n".join([told, "", *(f"- {plain(line)}" for line in lines)]))


def facts_of(desk: Desk, found: Sheet) -> None:
    """What is known of the system, in a few lines; its file is one click away."""
    text, system = desk.text, found.system
    users = "" if system.users is None else desk.number(system.users)
    money = "" if system.replacement_value is None else desk.money(system.replacement_value)
    st.subheader(text("legacy.system"), anchor=False)
    facts(
        desk,
        [
            (text("debts.owner"), system.owner),
            (text("debts.criticality"), f"{system.criticality} / 5" if system.criticality else ""),
            (text("debts.users"), users),
            (text("debts.replacement"), money),
        ],
    )
    if not system.technologies:
        st.caption(text("legacy.no_technology"))
    components.page_link(desk, "debts", text("legacy.whole_file"), system=system.code)


def both(desk: Desk, draft: Draft, theirs: RiskAssessment) -> None:
    """Both versions where they differ; the person chooses."""
    text, mine = desk.text, draft.typed
    st.warning(said(text("legacy.stale")))
    head = [text(f"legacy.stale_{h}") for h in ("field", "here", "there")]
    small_table(head, list(_differing(desk, mine, theirs)), name=text("legacy.stale_name"))
    with st.container(horizontal=True):
        st.button(
            text("rating.keep_mine"), key="legacy_keep_mine", type="primary",
            on_click=legacy_draft.keep_mine, args=(desk, draft),
        )  # fmt: skip
        st.button(
            text("rating.take_theirs"), key="legacy_take_theirs",
            on_click=legacy_draft.take_theirs, args=(draft,),
        )  # fmt: skip


def _differing(
    desk: Desk, mine: RiskAssessment, theirs: RiskAssessment
) -> Iterator[tuple[str, str, str]]:
    for code in CRITERIA:
        if mine.of(code) != theirs.of(code):
            name = legacy_words.criterion(desk, code)
            yield name, _given(desk, mine, code), _given(desk, theirs, code)
    for name in PLANNED:
        if getattr(mine, name) != getattr(theirs, name):
            words = [_planned(desk, one, name) for one in (mine, theirs)]
            none = desk.text("common.none")
            yield desk.text(f"legacy.{name}"), *(word or none for word in words)
    if mine.is_confirmed != theirs.is_confirmed:
        words = [desk.text(f"legacy.is_{'' if a.is_confirmed else 'un'}confirmed")
                 for a in (mine, theirs)]  # fmt: skip
        yield desk.text("legacy.confirmation"), *words


def _given(desk: Desk, found: RiskAssessment, code: str) -> str:
    level = found.of(code)
    if level is None:
        return desk.text("common.none")
    more = " · ".join((*([level.evidence] if level.evidence else []), *level.debts))
    name = legacy_words.level(desk, code, level.level)
    after = desk.text("legacy.then", level=level.after) if level.after else ""
    return " — ".join(part for part in (name, more, after) if part)


def _levels(desk: Desk, found: RiskAssessment) -> Iterator[tuple[str, str, str, str]]:
    for code in CRITERIA:
        level = found.of(code)
        if level is None:
            none = desk.text("common.none")
            yield legacy_words.criterion(desk, code), none, none, ""
            continue
        kept_up = desk.text("legacy.kept_up", debts=", ".join(level.debts)) if level.debts else ""
        then = desk.text("legacy.then", level=level.after) if level.debts and level.after else ""
        why = " ".join(part for part in (level.evidence, kept_up, then) if part)
        proposed = desk.text("common.none") if level.proposed is None else str(level.proposed)
        name = legacy_words.level(desk, code, level.level)
        yield legacy_words.criterion(desk, code), name, proposed, why


def _planned(desk: Desk, found: RiskAssessment, name: str) -> str:
    value = getattr(found, name)
    if name == "funding":
        return desk.text(f"legacy.funded.{value}")
    if name == "target":
        return desk.day(value) if value else ""
    if name == "cost_change":
        return "" if value is None else desk.percent(value)
    return joined(desk, value) if name == "replaced_by" else str(value)

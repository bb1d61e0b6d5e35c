"""The architect's opinion on a proposal, and the debts that it says it would retire or create."""

import streamlit as st

from portfolio.dossier import Intake, Opinion, Verdict, effect_key
from portfolio.errors import Invalid, Refusal, Stale
from portfolio.person import Role
from portfolio.project import DebtEffect, Project
from portfolio.registry import Registry
from services import opinions
from services.dossiers import UNDER_REVIEW, Dossier
from services.opinions import Priced
from views import proposal_words as words
from views.desk import Desk
from views.look import components
from views.look.components import Mood, plain, said
from views.parts import today
from views.proposal_timeline import when

REFUSED, PIN = "proposals_opinion_refused", "proposals_opinion_pin"
MOODS: dict[Verdict, Mood] = {
    Verdict.PROCEED: "good", Verdict.WITH_CHANGES: "warning", Verdict.CHANGE_DIRECTION: "bad",
}  # fmt: skip


def show(desk: Desk, registry: Registry, project: Project, dossier: Dossier) -> None:
    """The latest opinion, earlier ones folded; the form of it and of debts for an architect."""
    is_hers = project.lead == desk.person.code
    advises = desk.has(Role.ARCHITECT) and not is_hers and project.stage in UNDER_REVIEW
    _told_refusal(desk)
    if dossier.opinion is None:
        st.markdown(desk.text("dossier.no_opinion"))
    else:
        _opinion(desk, dossier, dossier.opinion, dossier.is_opinion_old)
    for one in reversed(dossier.opinions[:-1]):
        with st.expander(desk.text("dossier.earlier", number=one.number)):
            _opinion(desk, dossier, one, is_old=True)
    if advises:
        _form(desk, project, dossier)
    _debts(desk, registry, project, dossier, advises)


def told(desk: Desk, one: Opinion, is_old: bool) -> None:
    """The opinion in a word or two, for the head of the file."""
    verdict = desk.text(f"dossier.verdict.{one.verdict}")
    word = desk.text("dossier.opinion_is", verdict=verdict)
    if is_old:
        components.status(f"{word} – {desk.text('dossier.opinion_old')}", "warning")
    else:
        components.status(word, MOODS[one.verdict])


def _told_refusal(desk: Desk) -> None:
    refused = st.session_state.pop(REFUSED, None)
    if isinstance(refused, Stale):
        st.warning(desk.text("dossier.opinion_stale"))
    elif refused is not None:
        components.error(desk, refused)


def _opinion(desk: Desk, dossier: Dossier, one: Opinion, is_old: bool) -> None:
    text = desk.text
    with st.container(border=True):
        with st.container(horizontal=True):
            components.status(text(f"dossier.verdict.{one.verdict}"), MOODS[one.verdict])
            if is_old:
                components.status(text("dossier.opinion_old"), "warning")
        who = dossier.names.get(one.by, one.by)
        st.caption(plain(text("dossier.opinion_by", who=who, at=when(one.at), number=one.number)))
        st.markdown(plain(one.reason).replace("\n", "  \n"))
        if one.conditions:
            st.markdown(f"**{said(text('dossier.conditions'))}**  \n{plain(one.conditions)}")


def _form(desk: Desk, project: Project, dossier: Dossier) -> None:
    """What is typed is sent over the submission, and the opinion, that were on the page then."""
    text, at = desk.text, f"{desk.cycle}/{project.code}"
    number = len(dossier.submissions) or 1
    known = next((o for o in dossier.opinions if o.number == number), None)
    pins = st.session_state.setdefault(PIN, {})
    if at not in pins or "proposals_opinion_reason" not in st.session_state:
        pins[at] = number, known.version if known else 0
    verdicts = list(Verdict)
    with st.form("proposals_opinion", border=True):
        st.subheader(text("dossier.give_again" if known else "dossier.give"), anchor=False)
        st.radio(
            text("dossier.verdict_label"), verdicts, horizontal=True,
            index=verdicts.index(known.verdict) if known else None,
            format_func=lambda v: text(f"dossier.verdict.{v}"), key="proposals_opinion_verdict",
        )
        for name in ("reason", "conditions"):
            st.text_area(
                text(f"dossier.{name}"), getattr(known, name, ""), height=90,
                help=text(f"dossier.{name}_help"), key=f"proposals_opinion_{name}",
            )
        st.form_submit_button(
            text("dossier.give_act"), type="primary", on_click=_give, args=(desk, project, at)
        )


def _give(desk: Desk, project: Project, at: str) -> None:
    number, version = st.session_state[PIN][at]
    typed = {name: st.session_state[f"proposals_opinion_{name}"] for name in (
        "verdict", "reason", "conditions")}  # fmt: skip
    try:
        if typed["verdict"] is None:
            raise Invalid("empty", field="verdict")
        given = Opinion(
            project.code, number, Verdict(typed["verdict"]), typed["reason"], desk.person.code, "",
            typed["conditions"], version,
        )
        opinions.advise(desk.store, desk.person, desk.cycle, given)
    except Refusal as refused:
        st.session_state[REFUSED] = refused
        is_late = isinstance(refused, Stale) or refused.code == "submission-newer"
        if is_late:
            st.session_state[PIN].pop(at)
        return
    st.session_state[PIN].pop(at)
    components.tell(desk.text("dossier.opinion_given"))


def _debts(
    desk: Desk, registry: Registry, project: Project, dossier: Dossier, judges: bool
) -> None:
    """Each debt that the project speaks of, and what became of it in the register."""
    text = desk.text
    st.subheader(text("dossier.debts"), anchor=False)
    known = {one.effect: one for one in dossier.intakes}
    if not project.debt_effects and not known:
        st.markdown(text("dossier.no_debts"))
        return
    said_now = {effect_key(effect) for effect in project.debt_effects}
    for effect in project.debt_effects:
        with st.container(border=True):
            st.markdown(plain(words.effect(desk, registry, effect)))
            if effect.note:
                st.caption(plain(effect.note))
            before = known.get(effect_key(effect))
            _became(desk, effect, before)
            is_settled = before is not None and before.is_taken and before.is_of(effect)
            if judges and not is_settled:
                _judge(desk, project, effect, before)
    for gone in (one for one in dossier.intakes if one.effect not in said_now and one.is_taken):
        st.markdown(plain(text("dossier.unsaid", debt=gone.debt)))


def _became(desk: Desk, effect: DebtEffect, intake: Intake | None) -> None:
    text = desk.text
    if intake is None:
        components.status(text("dossier.to_judge"), "warning")
        return
    if not intake.is_of(effect):
        components.status(text("dossier.changed_since"), "warning")
    if intake.is_taken:
        components.status(text("dossier.taken", debt=intake.debt), "good")
        components.page_link(desk, "debts", text("dossier.open_debt", debt=intake.debt),
                             debt=intake.debt)  # fmt: skip
    else:
        components.status(text("dossier.left_out"), "quiet")
        st.markdown(plain(intake.reason))


def _judge(desk: Desk, project: Project, effect: DebtEffect, before: Intake | None) -> None:
    """Take it in, with its cost when it is new; or leave it out, with the reason."""
    text, key = desk.text, f"proposals_effect_{project.code}_{effect_key(effect)}"
    priced: Priced | None = None
    is_ready = True
    if effect.is_created:
        left, right = st.columns(2)
        with left:
            principal = components.money_input(
                desk, text("dossier.principal"), key=f"{key}_principal", value=effect.principal
            )
        with right:
            interest = components.money_input(
                desk, text("dossier.interest"), key=f"{key}_interest", value=None
            )
        is_ready = isinstance(principal, int) and isinstance(interest, int)
        if isinstance(principal, int) and isinstance(interest, int):
            priced = Priced(principal, interest)
    reason = st.text_input(text("dossier.why_not"), key=f"{key}_reason")
    with st.container(horizontal=True):
        st.button(
            text("dossier.take_in"), key=f"{key}_take", type="primary", disabled=not is_ready,
            on_click=_take_in, args=(desk, project, effect, priced),
        )
        if before is None or not before.is_taken:
            st.button(
                text("dossier.leave_out"), key=f"{key}_leave", on_click=_leave_out,
                args=(desk, project, effect, reason),
            )


def _take_in(desk: Desk, project: Project, effect: DebtEffect, priced: Priced | None) -> None:
    try:
        opinions.take_in(
            desk.store, desk.person, desk.cycle, project.code, effect, today(), priced
        )
    except Refusal as refused:
        st.session_state[REFUSED] = refused


def _leave_out(desk: Desk, project: Project, effect: DebtEffect, reason: str) -> None:
    try:
        opinions.decline(desk.store, desk.person, desk.cycle, project.code, effect, reason)
    except Refusal as refused:
        st.session_state[REFUSED] = refused

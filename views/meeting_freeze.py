"""The freeze of a meeting: what it decides on, its best plan, and what was edited since."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

import streamlit as st

from portfolio.errors import Refusal
from portfolio.evaluation import Subject
from portfolio.frozen import Difference
from portfolio.meeting import MeetingState
from portfolio.plan import NoPlan, Plan
from services import freezing
from services.freezing import Best, Ready
from services.jobs import Job
from services.meetings import Room
from views import format as written
from views import meeting_parts, solving
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.meeting_freeze_words import field, kind, shown
from views.parts import joined, small_table

REASON, REFUSED = "meeting_freeze_reason", "meeting_freeze_refused"
SHORT = 12  # letters of a hash that are read out


def show(desk: Desk, room: Room) -> None:
    """What would be frozen and what lacks; then what is, and what was edited since."""
    leads = meeting_parts.leads(desk, room)
    ready = freezing.ready(desk.store, desk.person, desk.cycle, room.meeting.number)
    if (refusal := st.session_state.pop(REFUSED, None)) is not None:
        st.error(plain(refusal), icon=":material/error:")
    if room.freeze is None:
        _to_freeze(desk, room, ready, leads)
        return
    found = freezing.best(desk.store, desk.person, desk.cycle, room.meeting.number)
    _frozen(desk, found)
    _plan(desk, room, found, leads)
    if room.meeting.state is MeetingState.CLOSED:
        return
    told = freezing.differences(desk.store, desk.person, desk.cycle, room.meeting.number)
    _since(desk, told, ready.titles)
    if told and leads:
        _again(desk, room, ready)


def _to_freeze(desk: Desk, room: Room, ready: Ready, leads: bool) -> None:
    text = desk.text
    st.header(said(text("meeting_freeze.none")), anchor=False)
    st.markdown(said(text("meeting_freeze.would", **_counts(ready))))
    _warnings(desk, ready)
    if leads:
        components.confirm(
            desk, key="meeting_freeze", label=text("meeting_freeze.act"),
            question=text("meeting_freeze.act_asked"), act=partial(_freeze, desk, room),
        )
    else:
        st.caption(text("meeting_freeze.awaited"))


def _counts(ready: Ready) -> Mapping[str, int]:
    return {name: getattr(ready, name) for name in ("projects", "criteria", "ratings", "ballots")}


def _warnings(desk: Desk, ready: Ready) -> None:
    """What a chair should know before: none of it stands in the way, but an open round."""
    text = desk.text
    for one in ready.open_rounds:
        name = "open_weights" if one.subject is Subject.WEIGHTS else "open_scores"
        st.error(said(text(f"meeting_freeze.{name}", n=one.number)), icon=":material/error:")
    for name, codes in (("unrated", tuple(ready.unrated)), ("unproved", ready.unproved)):
        if codes:
            n, of = len(codes), ready.asked_raters
            names = joined(desk, [f"{code} ({ready.titles[code]})" for code in codes])
            sentence = text(f"meeting_freeze.{name}", n=n, of=of, names=names)
            st.warning(plain(sentence), icon=":material/warning:")


def _frozen(desk: Desk, found: Best) -> None:
    text, freeze = desk.text, found.freeze
    at = written.moment(datetime.fromisoformat(freeze.at))
    head = text("meeting_freeze.done", n=freeze.number, at=at, of=found.candidates)
    st.header(said(head), anchor=False)
    lines = [text("meeting_freeze.by", name=found.name)]
    if freeze.reason:
        lines.append(text("meeting_freeze.because", reason=freeze.reason))
    lines.append(text("meeting_freeze.hash", hash=shown(freeze.sha256[:SHORT])))
    st.markdown("  \n".join(plain(line) for line in lines))
    with st.expander(text("meeting_freeze.hashes")):
        st.markdown(said(text("meeting_freeze.hash_help")))
        st.caption(text("meeting_freeze.hash_inputs"))
        st.code(freeze.sha256, language=None)
        st.caption(text("meeting_freeze.hash_question"))
        st.code(freeze.question, language=None)


def _plan(desk: Desk, room: Room, found: Best, leads: bool) -> None:
    text, plan = desk.text, found.plan
    st.subheader(text("meeting_freeze.plan"), anchor=False)
    if plan is None:
        _search(desk, room, leads)
        return
    with st.container(horizontal=True, vertical_alignment="center", key="meeting_freeze_plan"):
        if isinstance(plan, Plan):
            told = text("meeting_freeze.plan_found", n=len(plan.starts), of=found.candidates)
        else:
            told = text("meeting_freeze.plan_none")
        st.markdown(said(told), width="content")
        components.badge(desk, plan.proof)
    if isinstance(plan, NoPlan):
        st.caption(text("meeting_freeze.plan_none_help"))


def _search(desk: Desk, room: Room, leads: bool) -> None:
    """The search, on the chair's device; the others' read of it when it is over."""
    text = desk.text
    if not leads:
        st.markdown(said(text("meeting_freeze.searching")))
        return
    job = _job(desk, room)
    if not job.is_done:
        solving.alongside(desk, job, text("meeting_freeze.searching"), "meeting_freeze")
        return
    desk.jobs.forget(_name(room))
    if isinstance(refusal := job.future.exception(), Refusal):
        components.error(desk, refusal)
    else:
        st.rerun()


def _name(room: Room) -> str:
    assert room.freeze is not None
    return f"freeze:{room.cycle}:{room.meeting.number}:{room.freeze.sha256}"


def _job(desk: Desk, room: Room) -> Job:
    store, person, cycle, number = desk.store, desk.person, desk.cycle, room.meeting.number
    return desk.jobs.start(
        _name(room), lambda job: freezing.solve(store, person, cycle, number, job)
    )


def _since(desk: Desk, told: tuple[Difference, ...], titles: Mapping[str, str]) -> None:
    text = desk.text
    st.subheader(text("meeting_freeze.since"), anchor=False)
    if not told:
        components.status(text("meeting_freeze.same"), "good")
        return
    counts = [kind(desk, name, n) for name, n in freezing.counted(told).items()]
    sentence = text("meeting_freeze.edited", what=joined(desk, counts))
    st.warning(plain(sentence), icon=":material/warning:")
    heads = [text(f"meeting_freeze.head_{name}") for name in ("kind", "what", "change")]
    small_table(heads, (_row(desk, one, titles) for one in told), name=sentence)


def _row(desk: Desk, one: Difference, titles: Mapping[str, str]) -> tuple[str, str, str]:
    """A short line: what it is, which one, and what happened to it."""
    title = one.title or titles.get(one.key, "")
    change = desk.text(f"meeting_freeze.deed.{one.deed}")
    names = [field(desk, one.kind, name) for name in one.fields]
    if names:
        change = desk.text("meeting_freeze.deed_fields", deed=change, fields=", ".join(names))
    what = f"{one.key} – {title}" if title and title != one.key else one.key
    return kind(desk, one.kind), what, change


def _again(desk: Desk, room: Room, ready: Ready) -> None:
    text = desk.text
    with st.expander(text("meeting_freeze.again")):
        st.markdown(said(text("meeting_freeze.again_asked")))
        _warnings(desk, ready)
        with st.form("meeting_freeze_again", border=False, enter_to_submit=False):
            st.text_input(text("meeting_freeze.reason"), key=REASON)
            st.form_submit_button(
                text("meeting_freeze.again"), on_click=_freeze, args=(desk, room)
            )


def _freeze(desk: Desk, room: Room) -> None:
    reason = st.session_state.get(REASON, "")
    try:
        freezing.freeze(desk.store, desk.person, desk.cycle, room.meeting.number, reason)
    except Refusal as refusal:
        st.session_state[REFUSED] = desk.refusal(refusal)
        return
    st.session_state.pop(REASON, None)
    components.tell(desk.text("meeting_freeze.act_done"))

"""The vote in a meeting: the chair puts a question, each member votes on her device, all follow."""

from contextlib import suppress
from functools import partial
from uuid import uuid4

import streamlit as st

from portfolio.decision import Verb
from portfolio.errors import Refusal
from portfolio.meeting import Choice, Meeting, Motion, MotionState
from services import closing, motions
from services.meetings import Room
from services.motions import Asked, Floor
from views import meeting_results
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.meeting_parts import do, leads
from views.parts import joined

RULES = ("quorum", "leaving", "secret", "silent")
PROJECT, VERB, SECRET, WORDS, NOTE = (
    "meeting_vote_project", "meeting_vote_verb", "meeting_vote_secret", "meeting_vote_words",
    "meeting_vote_note",
)  # fmt: skip


def show(desk: Desk, room: Room) -> None:
    """The vote under way, else the last result and, for the chair, what to put next; then all."""
    asked = next((one for one in room.motions if one.is_open), None)
    if asked is not None:
        _under_way(desk, room, asked)
    else:
        if not room.motions:
            st.markdown(said(desk.text("meeting_vote.none")))
        meeting_results.show(desk, room)
        if leads(desk, room) and room.meeting.is_open:
            _next(desk, room)
    meeting_results.listed(desk, room)
    if not desk.projection:
        _rules(desk)


def _rules(desk: Desk) -> None:
    with st.expander(desk.text("meeting_vote.rules")):
        for rule in RULES:
            st.markdown(said(desk.text(f"meeting_vote.rule.{rule}")))


def _under_way(desk: Desk, room: Room, asked: Motion) -> None:
    floor = motions.floor(room, asked.project)
    voted = {one.person for one in room.votes
             if one.motion == asked.number and not one.withdrawn_at}
    st.header(plain(asked.text), anchor=False)
    components.status(*meeting_results.state(desk, asked))
    st.markdown(said(desk.text(f"meeting_vote.kind.{'secret' if asked.is_secret else 'open'}")))
    if asked.state is MotionState.SUSPENDED:
        _suspended(desk, floor)
    if not desk.projection:
        _mine(desk, room, asked, floor)
    _progress(desk, room, floor, voted)
    if leads(desk, room):
        _lead(desk, room.meeting, asked, floor, voted)
        with suppress(Refusal):  # while people vote, the reasons that are read back are worked out
            closing.read_back(desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number)


def _suspended(desk: Desk, floor: Floor) -> None:
    missing = [person.name for person in floor.missing]
    st.error(
        plain(desk.text("meeting_vote.suspended", present=len(floor.present), quorum=floor.quorum,
                        names=joined(desk, missing))),
        icon=":material/pause_circle:",
    )  # fmt: skip


def _progress(desk: Desk, room: Room, floor: Floor, voted: set[str]) -> None:
    """How many have voted, and who is awaited; how, nobody sees before the vote is settled."""
    text = desk.text
    awaited = [person.name for person in floor.electors if person.code not in voted]
    of = len(voted) + len(awaited)
    told = text("meeting_vote.progress", n=len(voted), of=of)
    st.progress(len(voted) / of if of else 0.0, text=said(told))
    lines = []
    if awaited and voted:
        lines.append(text("meeting_vote.awaited", n=len(awaited), names=joined(desk, awaited)))
    if not awaited:
        lines.append(text("meeting_vote.all_in"))
    away = [person.name for person in floor.recused]
    if away:
        lines.append(text("meeting_vote.recused", n=len(away), names=joined(desk, away)))
    for line in lines:
        st.markdown(plain(line))


def _mine(desk: Desk, room: Room, asked: Motion, floor: Floor) -> None:
    """The three buttons of a member who may vote; else why she may not."""
    code, text = desk.person.code, desk.text
    if code not in {seat.person.code for seat in room.seats}:
        return
    if code in {person.code for person in floor.recused}:
        st.warning(said(text("meeting_vote.you_are_recused")), icon=":material/block:")
        return
    if code not in {person.code for person in floor.electors}:
        st.warning(said(text("meeting_vote.you_are_away")), icon=":material/door_open:")
        return
    mine = next((one for one in room.votes
                 if (one.motion, one.person) == (asked.number, code) and not one.withdrawn_at),
                None)  # fmt: skip
    if asked.is_secret and mine is not None:
        st.success(said(text("meeting_vote.voted_secret")), icon=":material/check:")
        return
    _buttons(desk, room.meeting, asked, mine.choice if mine is not None else None)


def _buttons(desk: Desk, meeting: Meeting, asked: Motion, chosen: Choice | None) -> None:
    text, is_held = desk.text, asked.state is MotionState.SUSPENDED
    if chosen is not None:
        told = text("meeting_vote.yours", choice=text(f"meeting_vote.choice.{chosen}"))
        st.success(said(told), icon=":material/check:")
    elif not is_held:
        st.markdown(said(text("meeting_vote.yours_awaited")))
    for column, choice in zip(st.columns(len(Choice)), Choice, strict=True):
        label = f"{meeting_results.SIGNS[choice]} {text(f'meeting_vote.choice.{choice}')}"
        key = f"meeting_vote_choice_{asked.number}_{choice}"
        with column:
            if asked.is_secret and not is_held:
                components.confirm(
                    desk, key=key, label=label, question=text("meeting_vote.secret_asked"),
                    act=partial(_vote, desk, meeting, asked, choice), width="stretch",
                )  # fmt: skip
            else:
                st.button(
                    label, key=key, width="stretch", disabled=is_held, on_click=_vote,
                    type="primary" if choice is chosen else "secondary",
                    args=(desk, meeting, asked, choice),
                )  # fmt: skip


def _vote(desk: Desk, meeting: Meeting, asked: Motion, choice: Choice) -> None:
    """A secret vote sent twice from one device counts once, and says so as if sent once."""
    key = f"meeting_vote_key_{asked.number}"
    request = st.session_state.setdefault(key, uuid4().hex) if asked.is_secret else None
    number = asked.number
    do(desk, lambda: motions.vote(
        desk.store, desk.person, desk.cycle, meeting.number, number, choice, request))


def _lead(
    desk: Desk, meeting: Meeting, asked: Motion, floor: Floor, voted: set[str]
) -> None:
    """The chair closes the vote, or gives it up with a reason."""
    text = desk.text
    awaited = [one for one in floor.electors if one.code not in voted]
    if asked.state is MotionState.OPEN and voted:
        components.confirm(
            desk, key=f"meeting_vote_settle_{asked.number}", label=text("meeting_vote.settle"),
            question=text("meeting_vote.settle_asked_left", left=len(awaited)) if awaited
            else text("meeting_vote.settle_asked"),
            act=partial(_settle, desk, meeting, asked),
        )  # fmt: skip
    with st.expander(text("meeting_vote.annul")):
        st.text_input(text("meeting_vote.annul_why"), key=NOTE)
        st.button(text("meeting_vote.annul"), key="meeting_vote_annul", on_click=_annul,
                  args=(desk, meeting, asked))  # fmt: skip


def _settle(desk: Desk, meeting: Meeting, asked: Motion) -> None:
    do(desk, lambda: motions.settle(
        desk.store, desk.person, desk.cycle, meeting.number, asked.number))


def _annul(desk: Desk, meeting: Meeting, asked: Motion) -> None:
    note = st.session_state.get(NOTE, "")
    if do(desk, lambda: motions.annul(
            desk.store, desk.person, desk.cycle, meeting.number, asked.number, note)):
        st.session_state[NOTE] = ""


def _next(desk: Desk, room: Room) -> None:
    """What the chair puts to the vote: a project and what would be decided, or the portfolio."""
    text = desk.text
    st.header(text("meeting_vote.put_head"), anchor=False)
    lacking = [name for name, is_there in (("freeze", room.freeze), ("quorum", room.has_quorum))
               if not is_there]
    for name in lacking:
        st.warning(said(text(f"meeting_vote.needs.{name}")), icon=":material/info:")
    if lacking:
        return
    titles = {one.code: f"{one.code} · {one.title_in(desk.language)}" for one in room.projects}
    spoken = room.meeting.about if room.meeting.about in titles else _unput(room)
    codes = ["", *titles]
    project = st.selectbox(
        text("meeting_vote.what"), codes, index=codes.index(spoken), key=f"{PROJECT}_{spoken}",
        format_func=lambda code: titles.get(code, text("meeting_vote.whole")),
    )
    verb = None
    if project:
        verb = st.segmented_control(
            text("meeting_vote.verb_label"), list(Verb), default=Verb.APPROVED, required=True,
            key=f"{VERB}_{project}", format_func=lambda one: text(f"meeting_vote.verb.{one}"),
        )  # fmt: skip
    place = f"{WORDS}_{project}_{verb}"
    asks = text(f"meeting_vote.asks.{verb or 'portfolio'}", title=titles.get(project, ""))
    st.text_input(text("meeting_vote.words"), asks, key=place, help=text("meeting_vote.words_help"))
    st.toggle(text("meeting_vote.secret"), room.meeting.is_secret, key=SECRET,
              help=text("meeting_vote.secret_help"))  # fmt: skip
    st.button(
        text("meeting_vote.put"), key="meeting_vote_put", type="primary", on_click=_put,
        args=(desk, room.meeting, project, verb, place),
    )  # fmt: skip


def _unput(room: Room) -> str:
    """The first project on which no vote was carried or lost yet; "" when there is none."""
    done = {one.project for one in room.motions if one.state is not MotionState.ANNULLED}
    return next((one.code for one in room.projects if one.code not in done), "")


def _put(desk: Desk, meeting: Meeting, project: str, verb: Verb | None, place: str) -> None:
    asked = Asked(st.session_state[place], project, verb, st.session_state[SECRET])
    do(desk, lambda: motions.put(desk.store, desk.person, desk.cycle, meeting.number, asked))

"""What came of the votes of a meeting: the last in large, and the list of all of them."""

import streamlit as st

from portfolio.meeting import Choice, Motion, MotionState, Vote
from portfolio.voting import DECLARED
from services.meetings import Room
from views.desk import Desk
from views.look import components
from views.look.components import Metric, Mood, plain, said
from views.parts import small_table

SEEN = "meeting_results_seen"
MOODS: dict[MotionState, Mood] = {
    MotionState.OPEN: "good", MotionState.SUSPENDED: "bad", MotionState.CARRIED: "good",
    MotionState.LOST: "bad", MotionState.ANNULLED: "quiet",
}  # fmt: skip
SIGNS = {Choice.FOR: "✓", Choice.AGAINST: "✕", Choice.ABSTAIN: "–"}


def state(desk: Desk, motion: Motion) -> tuple[str, Mood]:
    """How far it has come, in a word, and its mood."""
    return desk.text(f"meeting_vote.state.{motion.state}"), MOODS[motion.state]


def show(desk: Desk, room: Room) -> None:
    """The last vote that ended, or the one chosen in the list."""
    ended = [one for one in room.motions if not one.is_open]
    if ended:
        _result(desk, room, ended[-1])


def listed(desk: Desk, room: Room) -> None:
    """Every vote that ended, the last first; any of them may be looked at again."""
    ended = [one for one in reversed(room.motions) if not one.is_open]
    if not ended or (len(ended) == 1 and not any(one.is_open for one in room.motions)):
        return
    text = desk.text
    st.header(text("meeting_vote.past"), anchor=False)
    head = [text(f"meeting_vote.head.{name}") for name in ("number", "question", "result")]
    small_table(
        head,
        [(f"{one.number}", one.text, sentence(desk, room, one)) for one in ended],
        name=text("meeting_vote.past"),
    )
    told = {one.number: one for one in ended if _votes(room, one)}
    if desk.projection or not told:
        return
    with st.expander(text("meeting_vote.how_each")):
        number = st.selectbox(
            text("meeting_vote.of_which"), list(told), key=SEEN,
            format_func=lambda n: f"{n} · {told[n].text}",
        )  # fmt: skip
        _by_member(desk, room, told[number])


def sentence(desk: Desk, room: Room, motion: Motion) -> str:
    """What came of it, in a sentence with its counts."""
    text = desk.text
    if motion.state is MotionState.ANNULLED:
        declared = motion.note == DECLARED
        why = text("meeting_vote.declared") if declared else motion.note
        return text("meeting_vote.told.annule", why=why)
    return text(
        f"meeting_vote.told.{motion.state}", fors=motion.fors or 0,
        againsts=motion.againsts or 0, abstentions=motion.abstentions or 0,
        of=motion.present or 0,
    )  # fmt: skip


def _result(desk: Desk, room: Room, motion: Motion) -> None:
    text = desk.text
    st.header(plain(motion.text), anchor=False)
    components.status(*state(desk, motion))
    with st.container(key="meeting_results_answer"):
        st.markdown(plain(sentence(desk, room, motion)))
    if motion.state is MotionState.ANNULLED:
        return
    st.caption(said(text("meeting_vote.rule_applied",
                         rule=text(f"meeting_vote.majority.{room.charter.majority}"))))  # fmt: skip
    counts = (("fors", motion.fors), ("againsts", motion.againsts),
              ("abstentions", motion.abstentions), ("silent", motion.silent))  # fmt: skip
    components.metric_row([
        Metric(text(f"meeting_vote.count.{name}"), desk.number(n or 0)) for name, n in counts
    ])
    if not _votes(room, motion):
        return
    if desk.projection:
        _by_member(desk, room, motion)
        return
    with st.expander(text("meeting_vote.how_each"), expanded=True):
        _by_member(desk, room, motion)


def _votes(room: Room, motion: Motion) -> list[Vote]:
    """Who voted how; nothing for a secret vote, or an annulled one."""
    if motion.is_secret or motion.state is MotionState.ANNULLED:
        return []
    return [one for one in room.votes if one.motion == motion.number]


def _by_member(desk: Desk, room: Room, motion: Motion) -> None:
    text, names = desk.text, {seat.person.code: seat.person.name for seat in room.seats}
    rows = sorted(
        (names.get(one.person, one.person), _word(desk, one)) for one in _votes(room, motion)
    )
    head = [text("meeting_vote.head.member"), text("meeting_vote.head.vote")]
    small_table(head, rows, name=text("meeting_vote.how_each"))


def _word(desk: Desk, vote: Vote) -> str:
    if vote.withdrawn_at or vote.choice is None:
        return desk.text("meeting_vote.withdrawn")
    return f"{SIGNS[vote.choice]} {desk.text(f'meeting_vote.choice.{vote.choice}')}"

"""The read-back of a meeting: all it decided, what differs first, and its close."""

from functools import partial

import streamlit as st

from portfolio.charter import Undecided
from portfolio.errors import Refusal
from portfolio.meeting import MeetingState
from services import closing
from services.closing import Line, ReadBack
from services.meetings import Room
from services.why_card import Unit
from views import meeting_decide, meeting_parts, parts
from views.decision_words import QUOTED, DecisionWords
from views.desk import Desk
from views.look import components
from views.look.components import Metric, plain, said
from views.meeting_overrides import wait
from views.parts import small_table
from views.text import Text

COLUMNS = {"ahead": ("project", "verb", "way", "amount"), "others": ("project", "verb", "reason")}


def show(desk: Desk, room: Room) -> None:
    """What is decided and what is not; for the chair, how to decide it; then the close."""
    try:
        found = closing.read_back(
            desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number
        )
    except Refusal as refusal:
        components.error(desk, refusal)
        return
    words = meeting_decide.words_of(desk, room)
    st.header(said(_answer(desk, found)), anchor=False)
    is_closed = room.meeting.state is MeetingState.CLOSED
    if not is_closed:
        _warnings(words, found)
    if found.totals is not None and found.lines:
        _totals(desk, found)
    _lines(words, found)
    if meeting_parts.leads(desk, room) and room.meeting.is_open:
        if found.is_put:
            meeting_decide.show(desk, room, found, words)
        _close(desk, room, found)
    if is_closed:
        components.page_link(desk, "decisions", desk.text("meeting_readback.to_decisions"))
    wait(desk)


def _answer(desk: Desk, found: ReadBack) -> str:
    text = desk.text
    if not found.is_put and not found.lines:
        return text("meeting_readback.nothing_put")
    if not found.lines:
        return text("meeting_readback.answer_none", left=len(found.undecided))
    differing = sum(1 for one in found.lines if one.decision and not one.decision.is_planned)
    n, left = len(found.lines), len(found.undecided)
    against = "meeting_readback.departing" if differing else "meeting_readback.as_planned"
    told = text(against, n=n, differing=differing)
    return text("meeting_readback.left" if left else "meeting_readback.none_left", told=told,
                left=left)  # fmt: skip


def _warnings(words: DecisionWords, found: ReadBack) -> None:
    """What is not decided, what no longer holds, and the rules that are broken together."""
    text = words.desk.text
    if found.moved:
        told = text("meeting_readback.moved", codes=words.projects(found.moved))
        st.error(plain(told), icon=":material/sync_problem:")
    if found.broken and not found.undecided:
        told = text("meeting_readback.broken", rules=words.rules(found.broken))
        st.warning(plain(told), icon=":material/warning:")
    if found.undecided:
        key = "held" if found.charter.undecided is Undecided.HOLD else "deferred"
        names = words.projects(found.undecided)
        if len(found.undecided) <= QUOTED:
            names = parts.joined(words.desk, [words.project(code) for code in found.undecided])
        told = text(f"meeting_readback.undecided_{key}", n=len(found.undecided), names=names)
        st.warning(plain(told), icon=":material/pending:")
    if found.standing:
        told = text("meeting_readback.standing", codes=words.projects(found.standing))
        st.info(plain(told), icon=":material/info:")


def _totals(desk: Desk, found: ReadBack) -> None:
    text, totals = desk.text, found.totals
    assert totals is not None  # asked for where there are some
    of = len(found.lines) + len(found.undecided)
    figures = (
        ("ahead", text("meeting_readback.of", n=totals.chosen, of=of)),
        ("value", desk.number(totals.value, decimals=1)),
        ("cost", desk.money(totals.cost, compact=True)),
        ("debt", desk.money(totals.debt, compact=True)),
    )
    components.metric_row(
        [Metric(text(f"meeting_readback.metric.{name}"), shown) for name, shown in figures]
    )


def _lines(words: DecisionWords, found: ReadBack) -> None:
    """In the order of reading: what differs from the plan, what goes ahead, then the others."""
    text = words.desk.text
    groups: dict[str, list[Line]] = {"differs": [], "ahead": [], "others": []}
    for line in found.lines:
        made = line.decision
        if made is not None:
            name = "differs" if not made.is_planned else "ahead" if made.verb.goes_ahead else ""
            groups[name or "others"].append(line)
    for name, lines in groups.items():
        if lines:
            st.subheader(said(text(f"meeting_readback.{name}", n=len(lines))), anchor=False)
        if name == "differs":
            for line in lines:
                _differing(words, line, found.unit)
        elif lines:
            columns = COLUMNS[name]
            small_table(
                [text(f"meeting_readback.column.{column}") for column in columns],
                [[_row(words, line)[column] for column in columns] for line in lines],
                name=text(f"meeting_readback.{name}", n=len(lines)),
            )


def _row(words: DecisionWords, line: Line) -> dict[str, str]:
    made = line.decision
    assert made is not None  # only what was decided is listed
    return {
        "project": words.project(made.project),
        "verb": words.verb(made.verb),
        "way": words.way(made.variant, made.start),
        "amount": words.desk.money(made.amount, compact=True) if made.grants else "",
        "reason": made.reason,
    }


def _differing(words: DecisionWords, line: Line, unit: Unit) -> None:
    """A decision other than the plan's: what each says, the price, the signed reason."""
    text, made = words.desk.text, line.decision
    assert made is not None  # only what was decided is listed
    with st.container(border=True):
        st.markdown(f"**{plain(words.project(made.project))}** – {said(words.verb(made.verb))}")
        planned = words.planned(line.word, line.variant, line.start)
        st.markdown(plain(text("meeting_readback.plan_said", planned=planned)))
        way = words.way(made.variant, made.start)
        if way:
            st.markdown(plain(text("meeting_readback.decided_way", way=way)))
        if made.price is not None:
            price = words.points(made.price, unit)
            st.markdown(f"**{said(text('meeting_readback.price', price=price))}**")
        st.markdown(plain(made.reason))


def _close(desk: Desk, room: Room, found: ReadBack) -> None:
    """The close, for the chair: what it does is said before it is done."""
    text = desk.text
    st.subheader(text("meeting_readback.close_head"), anchor=False)
    if found.explained < 1:
        _explaining(desk, room)
    if not found.may_close:
        st.markdown(said(text("meeting_readback.may_not")))
        return
    st.markdown(said(text("meeting_readback.close_help")))
    components.confirm(
        desk, key="meeting_readback_close", label=text("meeting_readback.close"),
        question=text("meeting_readback.close_question", n=len(found.lines),
                      left=len(found.undecided)),
        act=partial(_closed, desk, room),
    )  # fmt: skip


@st.fragment(run_every=2)
def _explaining(desk: Desk, room: Room) -> None:
    """How far the reasons have come, as they come; what is typed elsewhere is left alone."""
    found = closing.read_back(desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number)
    told = desk.text("meeting_readback.explaining", share=found.explained)
    st.progress(found.explained, text=said(told))


def _closed(desk: Desk, room: Room) -> None:
    reason = Text("fr")("meeting_readback.deferred_reason", n=room.meeting.number)
    meeting_parts.do(
        desk,
        lambda: closing.close(
            desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number, reason,
            parts.today(),
        ),
        desk.text("meeting_readback.closed"),
    )  # fmt: skip


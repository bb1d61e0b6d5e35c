"""Who is in the room: marked by the chair, or by each member on her own device; and the quorum."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from portfolio.person import Role
from services import attendance
from services.meetings import Room, Seat
from views import meeting_recusals
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.meeting_parts import do, hour, leads
from views.parts import small_table

ABREAST = 3  # names side by side


def show(desk: Desk, room: Room) -> None:
    """The quorum, who is there, how one says so; then who keeps away from what."""
    text = desk.text
    st.header(text("meeting_attendance.head"), anchor=False)
    if not room.seats:
        components.empty_state(text("meeting_attendance.no_member"))
        return
    with st.container():
        if room.meeting.is_open and not room.has_quorum:
            _no_quorum(desk, room)
    with st.container():
        if room.meeting.is_open:
            _mine(desk, room)
    with st.container():
        if room.meeting.is_open and leads(desk, room):
            _marking(desk, room)
        else:
            _seats(desk, room)
    with st.container():
        if not desk.projection:
            _moves(desk, room)
    meeting_recusals.show(desk, room)


def _no_quorum(desk: Desk, room: Room) -> None:
    quorum = room.charter.quorum or 1
    missing = quorum - len(room.present)
    told = desk.text("meeting_attendance.no_quorum", missing=missing, n=quorum)
    st.warning(said(told), icon=":material/group_off:")


def _mine(desk: Desk, room: Room) -> None:
    """A member's own word, on her own device."""
    seat = next((one for one in room.seats if one.person.code == desk.person.code), None)
    if seat is None or desk.projection or not desk.has(Role.MEMBER):
        return
    text, verb = desk.text, "leave" if seat.is_present else "come"
    act = attendance.check_out if seat.is_present else attendance.check_in
    call = partial(act, desk.store, desk.person, desk.cycle, room.meeting.number)
    with st.container(horizontal=True, vertical_alignment="center", key="meeting_mine"):
        st.markdown(said(text(f"meeting_attendance.mine_{verb}")))
        st.button(
            text(f"meeting_attendance.{verb}"), key=f"meeting_{verb}",
            type="secondary" if seat.is_present else "primary",
            on_click=do, args=(desk, call, text(f"meeting_attendance.{verb}_done")),
        )  # fmt: skip


def _marking(desk: Desk, room: Room) -> None:
    """The chair's: one button a member, all of them at once, and how someone is there.

    Never a switch: a page that was not yet told of an arrival sends its old state with its next
    word, and the member would be noted gone.
    """
    text = desk.text
    with st.container(border=True, key="meeting_marking"):
        columns = st.columns(ABREAST)
        for at, seat in enumerate(room.seats):
            code, verb = seat.person.code, "mark_gone" if seat.is_present else "mark_here"
            with columns[at % ABREAST]:
                st.button(
                    plain(text(f"meeting_attendance.{verb}", name=seat.person.name)),
                    key=f"meeting_seat_{room.meeting.number}_{code}", width="stretch",
                    help=text(f"meeting_attendance.{verb}_help"),
                    on_click=_mark, args=(desk, room, [code], not seat.is_present),
                )  # fmt: skip
                st.caption(plain(_since(desk, seat)))
        with st.container(horizontal=True):
            for word, is_present in (("all", True), ("none", False)):
                codes = [s.person.code for s in room.seats if s.is_present is not is_present]
                st.button(
                    text(f"meeting_attendance.{word}"), key=f"meeting_{word}", disabled=not codes,
                    on_click=_mark, args=(desk, room, codes, is_present),
                )  # fmt: skip
    with st.expander(text("meeting_attendance.note_head")):
        _note(desk, room)


def _mark(
    desk: Desk, room: Room, codes: Sequence[str], is_present: bool, note: str | None = None
) -> bool:
    number = room.meeting.number
    return do(desk, lambda: attendance.mark(
        desk.store, desk.person, desk.cycle, number, codes, is_present, note
    ))


def _note(desk: Desk, room: Room) -> None:
    """By video, by telephone …"""
    text, names = desk.text, {s.person.code: s.person.name for s in room.seats}
    with st.form("meeting_note", clear_on_submit=True):
        who, how = st.columns(2)
        who.selectbox(
            text("meeting_attendance.member"), list(names), key="meeting_note_who",
            format_func=names.__getitem__,
        )
        how.text_input(text("meeting_attendance.note"), key="meeting_note_how",
                       help=text("meeting_attendance.note_help"))
        st.form_submit_button(text("meeting_attendance.note_save"), on_click=_send_note,
                              args=(desk, room))


def _send_note(desk: Desk, room: Room) -> None:
    state = st.session_state
    _mark(desk, room, [state["meeting_note_who"]], True, state["meeting_note_how"])


def _seats(desk: Desk, room: Room) -> None:
    """Everyone's place: a sign and a word; large on a wall."""
    columns = st.columns(ABREAST)
    for at, seat in enumerate(room.seats):
        with columns[at % ABREAST], st.container(border=True):
            sign = ":green[●]" if seat.is_present else "○"
            st.markdown(f"**{sign} {plain(seat.person.name)}**")
            st.caption(plain(_since(desk, seat)))


def _since(desk: Desk, seat: Seat) -> str:
    """« là depuis 9 h 05 · par vidéo »."""
    text, kept = desk.text, seat.attendance
    if kept is None:
        return text("meeting_attendance.never")
    word = "here" if kept.is_present else "gone"
    told = text(f"meeting_attendance.{word}", at=hour(desk, kept.since))
    return f"{told} · {kept.note}" if kept.note else told


def _moves(desk: Desk, room: Room) -> None:
    text, names = desk.text, {s.person.code: s.person.name for s in room.seats}
    found = attendance.moves(desk.store, desk.person, desk.cycle, room.meeting.number)
    if not found:
        return
    title = text("meeting_attendance.moves", n=len(found))
    with st.expander(title):
        head = [text(f"meeting_attendance.{name}") for name in ("at", "member", "move")]
        rows = [
            (hour(desk, move.at), names.get(move.person, move.person),
             text(f"meeting_attendance.{'arrived' if move.is_present else 'left'}"))
            for move in found
        ]
        small_table(head, rows, name=title)

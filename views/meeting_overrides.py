"""Overrides in a meeting: each choice that differs from the best plan, at its price, signed."""

from functools import partial

import streamlit as st

from portfolio.errors import Refusal
from portfolio.meeting import Override
from portfolio.person import Role
from portfolio.plan import NoPlan, Plan
from services import overrides
from services import put as putting
from services.meetings import Room
from services.overrides import Standing, Table
from services.put import Priced
from views import meeting_parts
from views.decision_words import DecisionWords
from views.desk import Desk
from views.look import components
from views.look.components import plain, said

PROJECT, SIDE, VARIANT, START, REASON = (
    "meeting_overrides_project", "meeting_overrides_side", "meeting_overrides_variant",
    "meeting_overrides_start", "meeting_overrides_reason",
)  # fmt: skip
ANY = ""  # whichever is best


def show(desk: Desk, room: Room) -> None:
    """What the signed ones cost together, each of them, the drafts with their prices, the form."""
    text = desk.text
    try:
        table = overrides.table(
            desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number
        )
    except Refusal as refusal:
        components.error(desk, refusal)
        return
    registry = table.put.inputs.registry
    titles = {p.code: p.title_in(desk.language) for p in registry.projects}
    words = DecisionWords(desk, registry.cycle, titles)
    st.header(said(_answer(words, table)), anchor=False)
    _plan(desk, table)
    for one in table.bind:
        _signed(words, room, one, table)
    if table.drafts:
        st.subheader(text("meeting_overrides.drafts"), anchor=False)
    for standing in table.drafts:
        _draft(words, room, standing, table)
    if may_move(desk, room):
        _form(words, room, table)
    elif not (table.bind or table.drafts):
        st.markdown(said(text("meeting_overrides.none_help")))
    wait(desk)


def may_move(desk: Desk, room: Room) -> bool:
    """Whether to offer the form: to the chair, and to members in the room; never on a wall."""
    if desk.projection or not room.meeting.is_open:
        return False
    is_there = desk.person.code in {seat.person.code for seat in room.present}
    return room.is_led_by(desk.person) or (is_there and desk.has(Role.MEMBER))


def wait(desk: Desk) -> None:
    """Show the page again once what it waits for is worked out."""
    if not putting.under_way(desk.jobs):
        return

    @st.fragment(run_every=1)
    def look() -> None:
        if not putting.under_way(desk.jobs):
            st.rerun()
        st.caption(said(desk.text("meeting_overrides.working")))

    look()


def _answer(words: DecisionWords, table: Table) -> str:
    text, n = words.desk.text, len(table.bind)
    if not n:
        return text("meeting_overrides.none")
    return text("meeting_overrides.answer", n=n, price=words.points(table.total, table.put.unit))


def _plan(desk: Desk, table: Table) -> None:
    """The plan that is voted: the best one with the signed overrides."""
    found = putting.best(desk.jobs, table.put.question).result
    if isinstance(found, Plan):
        with st.container(
            horizontal=True, vertical_alignment="center", key="meeting_overrides_plan"
        ):
            of = len(table.put.frozen.projects)
            told = desk.text("meeting_overrides.plan", n=len(found.starts), of=of)
            st.markdown(said(told), width="content")
            components.badge(desk, found.proof)


def _head(words: DecisionWords, one: Override) -> str:
    """« ● P08 · Titre – imposé, variante base, dès 2028 »."""
    text = words.desk.text
    key = "in" if one.is_in else "out"
    parts = [text(f"meeting_overrides.{key}")]
    if one.variant:
        parts.append(text("meeting_overrides.variant", variant=one.variant))
    if one.start:
        parts.append(text("meeting_overrides.start", start=words.period(one.start)))
    return f"**{plain(words.project(one.project))}** – {said(', '.join(parts))}"


def _moves(words: DecisionWords, enters: tuple[str, ...], leaves: tuple[str, ...]) -> None:
    text = words.desk.text
    told = [
        text(f"meeting_overrides.{name}", n=len(codes), codes=words.projects(codes))
        for name, codes in (("enters", enters), ("leaves", leaves)) if codes
    ]  # fmt: skip
    if told:
        st.markdown(plain(" ".join(told)))


def _signed(words: DecisionWords, room: Room, one: Override, table: Table) -> None:
    desk, text = words.desk, words.desk.text
    with st.container(border=True):
        st.markdown(_head(words, one))
        price = words.points(one.price or 0.0, table.put.unit)
        st.markdown(f"**{said(text('meeting_overrides.price', price=price))}**")
        _moves(words, one.enters, one.leaves)
        st.markdown(plain(one.reason))
        signer = table.names.get(one.signed_by, one.signed_by)
        st.caption(plain(text("meeting_overrides.signed", name=signer)))
        if may_move(desk, room):
            components.confirm(
                desk, key=f"meeting_overrides_withdraw_{one.project}",
                label=text("meeting_overrides.withdraw"),
                question=text("meeting_overrides.withdraw_question", project=one.project),
                act=partial(_withdraw, desk, room, one),
            )  # fmt: skip


def _draft(words: DecisionWords, room: Room, standing: Standing, table: Table) -> None:
    desk, text, one, found = words.desk, words.desk.text, standing.override, standing.found
    with st.container(border=True):
        st.markdown(_head(words, one))
        if standing.is_stale:
            st.warning(said(text("meeting_overrides.stale")), icon=":material/history:")
        if isinstance(found, Priced):
            _price(words, found)
        elif isinstance(found, NoPlan):
            key = "infeasible" if found.clash else "infeasible_unknown"
            told = text(f"meeting_overrides.{key}", rules=words.rules(found.clash))
            st.error(plain(told), icon=":material/block:")
        else:
            st.markdown(said(text("meeting_overrides.pricing")))
        st.markdown(plain(one.reason))
        st.caption(plain(text("meeting_overrides.moved", name=table.names.get(one.by, one.by))))
        if may_move(desk, room):
            with st.container(horizontal=True):
                if isinstance(found, Priced):
                    components.confirm(
                        desk, key=f"meeting_overrides_sign_{one.project}",
                        label=text("meeting_overrides.sign"),
                        question=text("meeting_overrides.sign_question", project=one.project,
                                      price=words.points(found.price, found.unit)),
                        act=partial(_sign, desk, one),
                    )  # fmt: skip
                st.button(
                    text("meeting_overrides.drop"), key=f"meeting_overrides_drop_{one.project}",
                    on_click=partial(_withdraw, desk, room, one),
                )


def _price(words: DecisionWords, found: Priced) -> None:
    text = words.desk.text
    price = words.points(found.price, found.unit)
    key = "price" if found.is_exact else "price_at_most"
    most = words.points(found.at_most, found.unit)
    st.markdown(f"**{said(text(f'meeting_overrides.{key}', price=price, most=most))}**")
    _moves(words, found.enters, found.leaves)


def _form(words: DecisionWords, room: Room, table: Table) -> None:
    """What is imposed, of which project, and why: it is priced, and binds nobody until signed."""
    desk, text, sent = words.desk, words.desk.text, st.session_state.get(meeting_parts.SENT, 0)
    st.subheader(text("meeting_overrides.form"), anchor=False)
    bound = {one.project for one in table.bind}
    candidates = {c.code: c for c in table.put.frozen.projects if c.code not in bound}
    code = st.selectbox(
        text("meeting_overrides.project"), list(candidates), format_func=words.project, index=None,
        key=f"{PROJECT}_{sent}", placeholder=text("meeting_overrides.pick"),
    )  # fmt: skip
    if code is None:
        return
    sides = {True: text("meeting_overrides.force_in"), False: text("meeting_overrides.force_out")}
    is_in = st.segmented_control(
        text("meeting_overrides.side"), list(sides), default=True, required=True,
        format_func=sides.__getitem__, key=f"{SIDE}_{code}_{sent}",
    )  # fmt: skip
    if is_in:
        _way(words, table, code, sent)
    st.text_area(text("meeting_overrides.reason"), key=f"{REASON}_{sent}", height=80)
    st.button(
        text("meeting_overrides.propose"), type="primary", key=f"meeting_overrides_go_{sent}",
        on_click=partial(_propose, desk, room, code, is_in, sent),
    )


def _way(words: DecisionWords, table: Table, code: str, sent: int) -> None:
    """Variant and start, each left to the plan unless it is chosen."""
    text, question = words.desk.text, table.put.frozen
    on = question.choices()
    variants = [option.code for option in on.candidates[code].options]
    labels = [question.horizon.label(p) for p in sorted({s.period for s in on.starts_of(code)})]
    free = text("meeting_overrides.whichever")
    left, right = st.columns(2)
    with left:
        st.selectbox(
            text("meeting_overrides.which_variant"), [ANY, *variants],
            format_func=lambda one: one or free, key=f"{VARIANT}_{code}_{sent}",
        )
    with right:
        st.selectbox(
            text("meeting_overrides.which_start"), [ANY, *labels],
            format_func=lambda one: words.period(one) or free, key=f"{START}_{code}_{sent}",
        )


def _propose(desk: Desk, room: Room, code: str, is_in: bool, sent: int) -> None:
    state = st.session_state
    asked = partial(
        _asked, room, code, is_in, state.get(f"{REASON}_{sent}", ""),
        state.get(f"{VARIANT}_{code}_{sent}", ANY), state.get(f"{START}_{code}_{sent}", ANY), desk,
    )  # fmt: skip
    meeting_parts.do(
        desk, lambda: overrides.draft(desk.store, desk.person, desk.cycle, asked()),
        desk.text("meeting_overrides.proposed", project=code),
    )


def _asked(
    room: Room, code: str, is_in: bool, reason: str, variant: str, start: str, desk: Desk
) -> Override:
    return Override(
        room.meeting.number, code, is_in, reason, desk.person.code, variant, start
    )


def _sign(desk: Desk, one: Override) -> None:
    meeting_parts.do(
        desk, lambda: overrides.sign(desk.store, desk.person, desk.jobs, desk.cycle, one),
        desk.text("meeting_overrides.sign_done", project=one.project),
    )


def _withdraw(desk: Desk, room: Room, one: Override) -> None:
    meeting_parts.do(
        desk,
        lambda: overrides.withdraw(
            desk.store, desk.person, desk.cycle, room.meeting.number, one.project
        ),
        desk.text("meeting_overrides.withdrawn", project=one.project),
    )

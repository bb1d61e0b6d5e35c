"""The envelopes and teams of a cycle: typed period by period, beside what proposals ask."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio.cycle import Cycle, Envelope, Team
from portfolio.errors import Invalid
from portfolio.words import Bilingual
from services import cycle_acts, cycle_balance
from services.charters import Standing
from services.cycle_balance import Weighed
from views import format as written
from views.cycle_parts import pinned, send
from views.desk import Desk
from views.look import cells, components
from views.look.components import plain, said
from views.parts import joined, small_table

MOST, MOST_DAYS = 10_000_000_000_00, 1_000_000  # ten billion dollars, a million person-days
Part = Envelope | Team


def show_envelopes(desk: Desk, found: Standing) -> None:
    """What is asked of each envelope, then its limits to type, one added, one removed."""
    _show(desk, found, "envelopes")


def show_teams(desk: Desk, found: Standing) -> None:
    """What is asked of each team, then its capacity to type, one added, one removed."""
    _show(desk, found, "teams")


def _show(desk: Desk, found: Standing, kind: str) -> None:
    cycle, place = pinned(desk, found.cycle, kind, "grid")
    held: Sequence[Part] = getattr(cycle, kind)
    weighed = cycle_balance.balance(desk.store, desk.person, desk.cycle)
    st.markdown(said(_answer(desk, getattr(weighed, kind), weighed.projects, kind)))
    if held:
        _beside(desk, found.cycle, getattr(weighed, kind), kind)
        _editor(desk, cycle, place, kind)
    _addition(desk, cycle, kind)
    if held:
        _removal(desk, found.cycle, kind)


def _answer(desk: Desk, weighed: Sequence[Weighed], projects: int, kind: str) -> str:
    """« 60 propositions demandent plus que PDI n'a en 2028 … »"""
    text = desk.text
    over = [one.code for one in weighed if one.over]
    if not weighed:
        return text(f"cycle.{kind}_none")
    if not projects:
        return text("cycle.nothing_asked")
    if over:
        return text(f"cycle.{kind}_over", n=projects, codes=joined(desk, over))
    return text(f"cycle.{kind}_enough", n=projects)


def _beside(desk: Desk, cycle: Cycle, weighed: Sequence[Weighed], kind: str) -> None:
    """Asked over available, period by period: where it lacks, the figure carries a mark."""
    text = desk.text
    labels = [desk.period(cycle.horizon, at) for at in cycle.horizon]
    later = [text("cycle.later")] * any(one.later for one in weighed)
    rows: list[list[str]] = []
    for one in weighed:
        asked = [
            f"{'▲ ' * (at in one.over)}{_amount(desk, kind, amount)}"
            for at, amount in enumerate(one.asked)
        ]
        beyond = [_amount(desk, kind, one.later)] * len(later)
        total = _amount(desk, kind, one.total_asked)
        rows.append([one.code, text("cycle.asked"), *asked, *beyond, total])
        there = one.available or (None,) * len(labels)
        available = [_amount(desk, kind, amount) for amount in there]
        nothing = [text("common.none")] * len(later)
        total = _amount(desk, kind, one.total_available)
        rows.append(["", text("cycle.available"), *available, *nothing, total])
    head = [text("cycle.code"), "", *labels, *later, text("cycle.total")]
    st.subheader(text(f"cycle.{kind}_beside"), anchor=False)
    st.caption(said(text(f"cycle.{kind}_unit")))
    small_table(head, rows, name=text(f"cycle.{kind}_beside"))


def _amount(desk: Desk, kind: str, amount: float | None) -> str:
    """Whole k$, or person-days: figures of the service, shortened."""
    if amount is None:
        return desk.text("common.none")
    if kind == "teams":
        return desk.number(amount)
    return written.thousands(round(int(amount), -5), desk.language)


def _editor(desk: Desk, cycle: Cycle, place: str, kind: str) -> None:
    text = desk.text
    held: Sequence[Part] = getattr(cycle, kind)
    columns = _columns(desk, cycle, kind)
    st.subheader(text(f"cycle.{kind}_edit"), anchor=False)
    st.markdown(said(text(f"cycle.{kind}_help")))
    cells.grid(
        desk, key=f"{place}_grid", columns=columns,
        fixed={text("cycle.code"): [one.code for one in held],
               text("cycle.title"): [one.title.in_(desk.language) for one in held]},
        cells=[_cells(desk, cycle, one) for one in held], name=text(f"cycle.{kind}_edit"),
    )
    st.button(text("cycle.save"), key=f"admin_cycle_save_{kind}", type="primary",
              on_click=_save, args=(desk, cycle, f"{place}_grid", kind))


def _columns(desk: Desk, cycle: Cycle, kind: str) -> list[str]:
    labels = [desk.period(cycle.horizon, at) for at in cycle.horizon]
    return [desk.text("cycle.carry" if kind == "envelopes" else "cycle.skill"), *labels]


def _cells(desk: Desk, cycle: Cycle, one: Part) -> list[str]:
    """What the editor starts from: the share carried over or the skill, then each period."""
    last = cycle.horizon.periods
    if isinstance(one, Team):
        filled = [*one.capacity, *[0.0] * last][:last]
        return [one.skill, *(desk.number(days) for days in filled)]
    if one.limits is None:
        return [desk.percent(one.carry), *[""] * last]
    limits = [*one.limits, *[0] * last][:last]
    return [desk.percent(one.carry), *(written.thousands(cents, desk.language) for cents in limits)]


def _save(desk: Desk, cycle: Cycle, key: str, kind: str) -> None:
    columns = _columns(desk, cycle, kind)

    def build() -> Cycle:
        typed = cells.edits(key, columns)
        every = list(getattr(cycle, kind))
        for row in sorted({row for row, _ in typed}):
            shown = _cells(desk, cycle, every[row])
            whole = [typed.get((row, at), cell) for at, cell in enumerate(shown)]
            every[row] = _read(desk, every[row], whole, shown, columns)
        return replace(cycle, **{kind: tuple(every)})

    send(desk, partial(cycle_acts.save, desk.store, desk.person), build, "cycle.saved")


def _read(
    desk: Desk, one: Part, whole: Sequence[str], shown: Sequence[str], columns: Sequence[str]
) -> Part:
    """The envelope or team as its cells say; what was not touched keeps its exact value."""
    first, *periods = whole
    where = [f"{one.code} · {column}" for column in columns]
    if isinstance(one, Team):
        kept = [*one.capacity, *[0.0] * len(periods)]
        days = [
            kept[at] if typed == shown[at + 1] else _days(desk, typed, where[at + 1])
            for at, typed in enumerate(periods)
        ]
        return replace(one, capacity=tuple(days), skill=first)
    carry = one.carry
    if first != shown[0]:
        carry = float(written.parse_percent(first, desk.language, where[0])) if first else 0.0
    if not any(periods):
        return replace(one, limits=None, carry=carry)
    limits = [_cents(desk, typed, where[at]) for at, typed in enumerate(periods, start=1)]
    return replace(one, limits=tuple(limits), carry=carry)


def _cents(desk: Desk, typed: str, where: str) -> int:
    """Cents of what was typed in k$, or with its unit; 0 when nothing is."""
    found = written.parse_thousands(typed, desk.language, where) if typed else 0
    _refuse_beyond(desk, found, MOST, typed, where, written.thousands)
    return found


def _days(desk: Desk, typed: str, where: str) -> float:
    """Person-days; 0 when nothing is typed."""
    found = float(written.parse_number(typed, desk.language, where)) if typed else 0.0
    _refuse_beyond(desk, found, MOST_DAYS, typed, where, written.number)
    return found


def _refuse_beyond(
    desk: Desk, found: float, most: int, typed: str, where: str, show: Callable[[int, str], str]
) -> None:
    """A number below 0, or with so many zeros that one must be a slip."""
    if found < 0:
        raise Invalid("too-low", field=where, found=typed, low=0)
    if found > most:
        raise Invalid("too-high", field=where, found=typed, high=show(most, desk.language))


def _addition(desk: Desk, cycle: Cycle, kind: str) -> None:
    text, place = desk.text, f"admin_cycle_add_{kind}_{cycle.version}"
    with st.expander(text(f"cycle.{kind}_add"), icon=":material/add:"), st.form(place):
        code, french, english = st.columns([1, 2, 2])
        code.text_input(text("cycle.code"), key=f"{place}_code")
        french.text_input(text("cycle.title_fr"), key=f"{place}_fr")
        english.text_input(text("cycle.title_en"), key=f"{place}_en")
        st.form_submit_button(
            text(f"cycle.{kind}_add"), on_click=_add, args=(desk, cycle, place, kind)
        )


def _add(desk: Desk, cycle: Cycle, place: str, kind: str) -> None:
    code, french, english = (
        st.session_state[f"{place}_{name}"].strip() for name in ("code", "fr", "en")
    )
    make: Callable[[str, Bilingual], Part] = Envelope if kind == "envelopes" else Team

    def build() -> Cycle:
        if not french:
            raise Invalid("empty", field="title")
        more = make(code, Bilingual(french, english))
        return replace(cycle, **{kind: (*getattr(cycle, kind), more)})

    send(desk, partial(cycle_acts.save, desk.store, desk.person), build, "cycle.saved")


def _removal(desk: Desk, cycle: Cycle, kind: str) -> None:
    text = desk.text
    held: Sequence[Part] = getattr(cycle, kind)
    with st.expander(text(f"cycle.{kind}_remove"), icon=":material/remove:"):
        code = st.selectbox(
            text("cycle.which"), [one.code for one in held], index=None,
            key=f"admin_cycle_gone_{kind}", placeholder=text("cycle.pick"), width=360,
        )
        if code is not None:
            components.confirm(
                desk, key=f"admin_cycle_remove_{kind}", label=text(f"cycle.{kind}_remove"),
                question=text(f"cycle.{kind}_remove_question", code=plain(code)),
                act=partial(_remove, desk, cycle, kind, code),
            )


def _remove(desk: Desk, cycle: Cycle, kind: str, code: str) -> None:
    left = tuple(one for one in getattr(cycle, kind) if one.code != code)
    save = partial(cycle_acts.save, desk.store, desk.person)
    send(desk, save, lambda: replace(cycle, **{kind: left}), "cycle.saved")

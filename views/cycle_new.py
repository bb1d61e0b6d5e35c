"""A new cycle, empty or after another one: the form that begins it."""

from dataclasses import replace

import streamlit as st

from portfolio.cycle import Cycle
from portfolio.horizon import Horizon
from portfolio.words import NO_WORDS
from services import cycle_acts, cycles, frameworks
from services.charters import Standing
from views import cycle_settings
from views.cycle_parts import of_cycle, send
from views.desk import Desk
from views.look.components import said
from views.parts import today
from views.register_fields import FIRST, LAST

PLACE = "admin_cycle_new"


def show_after(desk: Desk, found: Standing) -> None:
    """The form, started from the cycle shown: the year after, as long."""
    show(desk, found.cycle)


def show(desk: Desk, before: Cycle | None) -> None:
    """The form; its fields start from the cycle ``before``, when there is one."""
    text = desk.text
    there = {cycle.code: cycle for cycle in cycles.cycles(desk.store, desk.person)}
    editions = [
        e.key for e in frameworks.editions(desk.store, desk.person) if not e.is_draft
    ]
    start = _start(before, list(there), editions)
    place = f"{PLACE}_{len(there)}"
    st.markdown(said(text("cycle.new_help")))
    with st.form(place, enter_to_submit=False):
        code, like, edition = st.columns([1, 2, 2])
        code.text_input(text("cycle.code"), start.code, key=f"{place}_code",
                        help=text("cycle.code_help"))
        like.selectbox(
            text("cycle.like"), ["", *there], key=f"{place}_like",
            index=1 + list(there).index(before.code) if before else 0,
            format_func=lambda c: of_cycle(desk, there[c]) if c else text("cycle.like_none"),
            help=text("cycle.like_help"),
        )
        edition.selectbox(
            text("cycle.framework"), editions, key=f"{place}_edition",
            index=editions.index((start.framework, start.framework_version)),
            format_func=" ".join,
        )
        cycle_settings.fields(desk, place, start)
        st.date_input(text("cycle.day.submit_by"), None, FIRST, LAST, format="YYYY-MM-DD",
                      key=f"{place}_submit_by", width=240)
        st.form_submit_button(text("cycle.begin"), type="primary", on_click=_begin,
                              args=(desk, place, start))


def _start(before: Cycle | None, codes: list[str], editions: list[tuple[str, str]]) -> Cycle:
    """What the form starts with; nothing of it is kept until it is sent."""
    if before is None:
        return Cycle("cycle", NO_WORDS, Horizon(today().year + 1, 10), *editions[0])
    horizon = replace(before.horizon, start=before.horizon.start + 1)
    edition = (before.framework, before.framework_version)
    return Cycle(
        cycle_acts.free_code(codes, before.code), NO_WORDS, horizon,
        *(edition if edition in editions else editions[0]), discount=before.discount,
    )  # fmt: skip


def _begin(desk: Desk, place: str, start: Cycle) -> None:
    state = st.session_state
    framework, version = state[f"{place}_edition"]

    def build() -> Cycle:
        return replace(
            cycle_settings.typed(desk, place, start), code=state[f"{place}_code"].strip(),
            framework=framework, framework_version=version,
            submit_by=state[f"{place}_submit_by"],
        )  # fmt: skip

    def begin(fresh: Cycle) -> Cycle:
        like = state[f"{place}_like"]
        saved = cycle_acts.begin(desk.store, desk.person, fresh, today(), like)
        state["cycle"] = saved.code  # the one shown from now on
        state["admin_cycle_part"] = "calendar"
        return saved

    send(desk, begin, build, "cycle.begun")

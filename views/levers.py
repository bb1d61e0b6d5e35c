"""The column of levers: what a person moves to ask « what if? »."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from portfolio.rules import Force
from services import levers as bench_levers
from services.levers import Levers
from services.scenarios import Asked
from views import levers_debt, solving
from views.desk import Desk
from views.look.components import plain, said
from views.plan_words import PlanWords

AROUND = 30  # per cent more or less that an envelope's lever reaches
MOST_RESERVE, MOST_FLOOR, FIRST_FLOOR = 60, 60, 5
TIMES = (5, 15, 30, 60, 120, 300)


def column(desk: Desk, reference: Asked) -> Asked:
    """Draw the levers; the scenario as they now stand, or the reference when none is moved."""
    text, at = desk.text, f"scenarios_{solving.place(reference)}"
    stood = bench_levers.read(reference.scenario, reference.registry.cycle)
    kept = solving.moved(reference)
    words = PlanWords(desk, reference)
    with st.container(border=True, key="levers"):
        st.header(text("scenarios.levers"), anchor=False)
        told = st.empty()
        new = Levers(
            envelopes=_envelopes(words, kept, at),
            budget=_budget(desk, kept, at),
            reserve=_slider(
                desk, "reserve", kept.reserve, f"{at}_reserve", (0, MOST_RESERVE), "%d"
            ),
            reds=_reds(desk, reference, kept, at),
            floors=_floors(words, kept, at),
            forced=_forced(words, kept, at),
            ignored=_ignored(desk, reference, kept, at),
            seconds=_seconds(desk, kept, at),
            **levers_debt.levers(desk, kept, at),
        )
        st.button(
            text("scenarios.reset"),
            key="scenarios_reset",
            icon=":material/undo:",
            disabled=new == stood,
            on_click=_reset,
            args=(solving.place(reference), at),
            width="stretch",
        )
    st.session_state[solving.LEVERS][solving.place(reference)] = new
    asked = solving.adjusted(desk, reference)
    told.caption(plain(levers_debt.sentence(desk, asked)))
    return asked


def _envelopes(words: PlanWords, kept: Levers, at: str) -> Mapping[str, int]:
    desk = words.desk
    moved = {}
    for code, percent in kept.envelopes.items():
        key = f"{at}_envelope_{code}"
        st.session_state.setdefault(key, percent)
        low, high = min(-AROUND, percent), max(AROUND, percent)
        label = said(words.envelope(code))
        moved[code] = st.slider(label, low, high, key=key, format=_percent(desk, "%+d"))
    return moved


def _budget(desk: Desk, kept: Levers, at: str) -> int | None:
    if kept.budget is None:
        return None
    return _slider(desk, "budget", kept.budget, f"{at}_budget", (1, 100), "%d")


def _slider(
    desk: Desk, name: str, value: int, key: str, within: tuple[int, int], shape: str
) -> int:
    """A lever in whole per cent, named and explained by the catalogue."""
    st.session_state.setdefault(key, value)
    low, high = min(within[0], value), max(within[1], value)
    text = desk.text
    return st.slider(
        text(f"scenarios.{name}"),
        low,
        high,
        key=key,
        format=_percent(desk, shape),
        help=text(f"scenarios.{name}_help"),
    )


def _reds(desk: Desk, reference: Asked, kept: Levers, at: str) -> int | None:
    """How many systems may be red in the end: as many as now, when no rule says so."""
    most, text = bench_levers.reds(reference), desk.text
    if not most:
        return kept.reds
    key, stands = f"{at}_reds", kept.reds is not None
    with st.container():
        is_on = st.toggle(text("scenarios.reds"), stands, key=f"{key}_on",
                          help=text("scenarios.reds_help", n=most))  # fmt: skip
        if not is_on:
            return None
        st.session_state.setdefault(key, kept.reds if kept.reds is not None else most)
        top = max(most, st.session_state[key])
        return st.slider(text("scenarios.reds_most"), 0, top, key=key)


def _percent(desk: Desk, shape: str) -> str:
    return f"{shape}\u00a0%%" if desk.language == "fr" else f"{shape}%%"


def _floors(words: PlanWords, kept: Levers, at: str) -> Mapping[str, int]:
    text = words.desk.text
    offered = list(dict.fromkeys((*bench_levers.ambitions(words.asked), *kept.floors)))
    key = f"{at}_floors"
    st.session_state.setdefault(key, list(kept.floors))
    with st.expander(_counted(words.desk, "floors", len(kept.floors)), key=f"{at}_floors_box"):
        chosen = st.multiselect(
            text("scenarios.floors_which"),
            offered,
            format_func=words.ambition,
            key=key,
            placeholder=text("scenarios.choose"),
            help=text("scenarios.floors_help"),
        )
        return {
            ambition: _floor(words, ambition, kept.floors.get(ambition, FIRST_FLOOR), at)
            for ambition in chosen
        }


def _floor(words: PlanWords, ambition: str, percent: int, at: str) -> int:
    key = f"{at}_floor_{ambition}"
    st.session_state.setdefault(key, percent)
    return st.slider(
        said(words.ambition(ambition)),
        0,
        max(MOST_FLOOR, percent),
        key=key,
        format=_percent(words.desk, "%d"),
    )


def _forced(words: PlanWords, kept: Levers, at: str) -> tuple[Force, ...]:
    """The choices imposed, each with its way out; then the form that adds one."""
    desk, text = words.desk, words.desk.text
    where = solving.place(words.asked)
    with st.expander(_counted(desk, "forced", len(kept.forced)), key=f"{at}_forced_box"):
        for force in kept.forced:
            way = "in" if force.chosen else "out"
            project = words.project(force.project)
            st.markdown(plain(text(f"scenarios.forced_{way}_line", project=project)))
            st.caption(plain(force.reason or text("scenarios.forced_no_reason")))
            st.button(
                text("scenarios.forced_lift", code=force.project),
                key=f"{at}_lift_{force.project}",
                on_click=_lift,
                args=(where, force),
            )
        _force_form(words, kept, at, where)
    return kept.forced


def _force_form(words: PlanWords, kept: Levers, at: str, where: str) -> None:
    text = words.desk.text
    taken = {force.project for force in kept.forced}
    free = [p.code for p in words.asked.posed.question.projects if p.code not in taken]
    with st.form(f"{at}_force", border=False):
        st.selectbox(
            text("scenarios.forced_project"),
            free,
            index=None,
            format_func=words.project,
            key=f"{at}_force_project",
            placeholder=text("scenarios.choose"),
        )
        st.radio(
            text("scenarios.forced_way"),
            (True, False),
            format_func=lambda chosen: text(f"scenarios.forced_{'in' if chosen else 'out'}"),
            key=f"{at}_force_in",
            horizontal=True,
        )
        st.text_input(text("scenarios.forced_reason"), key=f"{at}_force_reason", max_chars=200)
        st.form_submit_button(
            text("scenarios.forced_add"), on_click=_impose, args=(where, kept, at)
        )
    if st.session_state.get(f"{at}_force_refused"):
        st.error(text("scenarios.forced_refused"), icon=":material/error:")


def _impose(where: str, kept: Levers, at: str) -> None:
    state = st.session_state
    project, reason = state[f"{at}_force_project"], state[f"{at}_force_reason"].strip()
    state[f"{at}_force_refused"] = not (project and reason)
    if project and reason:
        force = Force(project, state[f"{at}_force_in"], reason)
        state[solving.LEVERS][where] = replace(kept, forced=(*kept.forced, force))
        state[f"{at}_force_project"], state[f"{at}_force_reason"] = None, ""


def _lift(where: str, force: Force) -> None:
    kept: Levers = st.session_state[solving.LEVERS][where]
    left = tuple(f for f in kept.forced if f != force)
    st.session_state[solving.LEVERS][where] = replace(kept, forced=left)


def _ignored(desk: Desk, reference: Asked, kept: Levers, at: str) -> frozenset[str]:
    text = desk.text
    asked = solving.adjusted(desk, reference)
    ignored = set()
    with st.expander(_counted(desk, "ignored", len(kept.ignored)), key=f"{at}_ignored_box"):
        st.caption(text("scenarios.ignored_help"))
        for kind, count in sorted(bench_levers.kinds(asked).items()):
            key = f"{at}_ignore_{kind}"
            st.session_state.setdefault(key, kind in kept.ignored)
            if st.checkbox(text(f"scenarios.kind.{kind}", n=count), key=key):
                ignored.add(kind)
    return frozenset(ignored)


def _seconds(desk: Desk, kept: Levers, at: str) -> int:
    text = desk.text
    key = f"{at}_seconds"
    st.session_state.setdefault(key, kept.seconds)
    return st.select_slider(
        text("scenarios.time"),
        sorted({*TIMES, kept.seconds}),
        format_func=lambda seconds: text("scenarios.seconds", n=seconds),
        key=key,
        help=text("scenarios.time_help"),
    )


def _counted(desk: Desk, name: str, count: int) -> str:
    label = desk.text(f"scenarios.{name}")
    return f"{label} ({count})" if count else label


def _reset(where: str, at: str) -> None:
    st.session_state[solving.LEVERS].pop(where, None)
    for key in [key for key in st.session_state if str(key).startswith(f"{at}_")]:
        del st.session_state[key]

"""A question on its way to its answer: asked, waited for, followed, stopped; the same on each page.

What a person chose or moved, and has not kept, stays in the session under ``bench_``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import streamlit as st

from portfolio.errors import Forbidden, Invalid
from portfolio.person import Person
from portfolio.plan import NoPlan
from portfolio.registry import Registry
from portfolio.scenario import Scenario
from services import bench, levers, scenarios, tradeoffs
from services.bench import Standing
from services.jobs import Job
from services.levers import Levers
from services.scenarios import Asked
from services.tradeoffs import Working
from views.desk import Desk
from views.look import components
from views.look.components import said
from views.plan_words import PlanWords

if TYPE_CHECKING:
    from data.store import Store


class Reference(Protocol):
    """A scenario, and the registry it is put to."""

    @property
    def registry(self) -> Registry: ...

    @property
    def scenario(self) -> Scenario: ...


SCENARIO, LEVERS, LOOKING = "bench_scenario", "bench_levers", "bench_looking"


def portfolio(desk: Desk) -> Asked | None:
    """The cycle's portfolio with its scenarios; None once it was said why there is none."""
    if not desk.cycle:
        components.empty_state(desk.text("scenarios.no_cycle"))
        return None
    try:
        stamp = bench.stamp(desk.store, desk.person)
    except Forbidden:
        components.empty_state(desk.text("scenarios.not_allowed"))
        return None
    asked = _said(desk, lambda: _read(stamp, desk.cycle, desk.store, desk.person))
    if not asked.posed.question.projects:
        components.empty_state(desk.text("scenarios.no_project"))
        return None
    return asked


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(stamp: str, cycle: str, _store: "Store", _person: Person) -> Asked:
    """Read again only when something in the store changed: ``stamp`` tells."""
    return scenarios.ask(_store, _person, cycle, "base")


def choose(desk: Desk, whole: Asked, key: str) -> Asked:
    """Which of the kept scenarios; the same choice on every page of the session."""
    return instead(desk, whole, chosen(desk, whole, key))


def instead(desk: Desk, whole: Asked, scenario: Scenario) -> Asked:
    """The same portfolio, asked that scenario."""
    return _said(desk, lambda: bench.instead(whole, scenario))


def chosen(desk: Desk, whole: Reference, key: str) -> Scenario:
    """The kept scenario that is chosen, by the same choice."""
    kept = {s.code: s for s in whole.registry.scenarios or (whole.scenario,)}
    if st.session_state.get(SCENARIO) not in kept:
        st.session_state[SCENARIO] = next(iter(kept))
    if st.session_state.get(key) not in kept:
        st.session_state[key] = st.session_state[SCENARIO]
    code = st.selectbox(
        desk.text("scenarios.which"),
        list(kept),
        format_func=lambda code: kept[code].title.in_(desk.language),
        key=key,
        width=440,
    )
    st.session_state[SCENARIO] = code
    return kept[code]


def _said(desk: Desk, ask: Callable[[], Asked]) -> Asked:
    """The question asked; the page ends on the reason where a scenario cannot be asked."""
    try:
        return ask()
    except Invalid as refusal:
        st.error(components.plain(desk.refusal(refusal)), icon=":material/error:")
        st.stop()


def place(reference: Reference) -> str:
    """What names the scenario in the session: levers are moved scenario by scenario."""
    return f"{reference.registry.cycle.code}:{reference.scenario.code}"


def moved(reference: Reference) -> Levers:
    """Where the levers of the scenario stand in this session."""
    stood = levers.read(reference.scenario, reference.registry.cycle)
    kept: Levers = st.session_state.setdefault(LEVERS, {}).get(place(reference), stood)
    return kept


def levered(reference: Reference) -> Scenario:
    """The scenario as its levers were moved; the very same when none was."""
    return levers.put(reference.scenario, reference.registry.cycle, moved(reference))


def adjusted(desk: Desk, reference: Asked) -> Asked:
    """The scenario as its levers were moved; the reference itself when none was."""
    scenario = levered(reference)
    if scenario == reference.scenario:
        return reference
    return _said(desk, lambda: bench.instead(reference, scenario))


def is_moved(desk: Desk, reference: Reference, key: str) -> bool:
    """Whether to show the scenario as its levers stand in this session, when some was moved."""
    if levered(reference) == reference.scenario:
        return False
    which = st.segmented_control(
        desk.text("scenarios.levers_shown"),
        ("moved", "kept"),
        default="moved",
        required=True,
        format_func=lambda name: desk.text(f"scenarios.levers_{name}"),
        key=key,
    )
    return which == "moved"


def look(desk: Desk, asked: Asked, reference: Asked) -> Standing:
    """The answer as it stands after a short wait; the question one left is looked for no more."""
    called, stays = bench.name(asked), bench.name(reference)
    left = st.session_state.get(LOOKING)
    if left not in (None, called, stays):
        bench.stop(desk.jobs, left)
    st.session_state[LOOKING] = called
    with st.spinner(desk.text("scenarios.searching")):
        return bench.standing(desk.jobs, asked)


def follow(desk: Desk, standing: Standing, asked: Asked) -> None:
    """The search under way with its stop; or, once it was stopped short, the way to go on."""
    if standing.job is not None:
        following(desk, standing.job, standing.name)
    elif standing.answered is not None and not standing.answered.is_final:
        limit = asked.scenario.time_limit
        with st.container(horizontal=True, vertical_alignment="center", key="search_more"):
            st.markdown(said(desk.text("scenarios.unproven", seconds=round(limit))))
            st.button(
                desk.text("scenarios.again"),
                key="bench_again",
                on_click=bench.again,
                args=(desk.jobs, asked),
            )


def beside(desk: Desk, found: Working, line: str, key: str) -> None:
    """Work on the plan with its stop; or, once it was stopped, the way to take it up again."""
    text = desk.text
    if found.job is not None:
        alongside(desk, found.job, line, key)
    elif found.is_cut:
        with st.container(horizontal=True, vertical_alignment="center", key=f"aside_{key}_cut"):
            st.markdown(said(text("tradeoffs.cut_short")))
            st.button(
                text("tradeoffs.again"),
                key=f"aside_{key}_again",
                on_click=tradeoffs.again,
                args=(desk.jobs, found.name),
            )


def leave(desk: Desk, page: str, called: str) -> None:
    """What the page works out of a plan that was left is looked for no more."""
    looking = f"{page}_looking"
    left = st.session_state.get(looking)
    if left not in (None, called):
        tradeoffs.leave(desk.jobs, left)
    st.session_state[looking] = called


def alongside(desk: Desk, job: Job, line: str, stop: str = "") -> None:
    """Long work beside the page: what is worked out, how far it has come, and its stop.

    The page is run again when more of the work is known, and when it is done.
    """
    _alongside(desk, job, line, stop, job.so_far)


@st.fragment(run_every=1.0)
def _alongside(desk: Desk, job: Job, line: str, stop: str, shown: object) -> None:
    if job.is_done or job.so_far is not shown:
        st.rerun()
    text, seconds = desk.text, int(job.seconds)
    key = f"aside_{stop}" if stop else "aside"
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=key):
        shown = text("scenarios.aside", line=line, seconds=seconds)
        if job.share:
            shown = text("scenarios.aside_share", line=line, share=job.share, seconds=seconds)
        st.markdown(f":material/hourglass_top: {said(shown)}", width="stretch")
        st.button(
            text("scenarios.stopping" if job.is_stopped() else "scenarios.stop"),
            key=f"{key}_stop",
            icon=":material/stop_circle:",
            disabled=job.is_stopped(),
            on_click=job.stop,
        )


@st.fragment(run_every=1.0)
def following(desk: Desk, job: Job, called: str) -> None:
    """The search for the best plan, with its stop."""
    if job.is_done:
        st.rerun()
    text, now = desk.text, bench.progress(job)
    seconds = int(now.seconds)
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="following"):
        if now.objective is None or now.gap is None:
            line = text("scenarios.following_none", seconds=seconds)
        elif now.gap == 0:
            line = text("scenarios.following_ties", found=round(now.objective, 1), seconds=seconds)
        else:
            line = text(
                "scenarios.following",
                found=round(now.objective, 1),
                bound=round(now.bound or 0.0, 1),
                gap=now.gap,
                seconds=seconds,
            )
        st.markdown(f":material/hourglass_top: {said(line)}", width="stretch")
        st.button(
            text("scenarios.stopping" if job.is_stopped() else "scenarios.stop"),
            key="bench_stop",
            icon=":material/stop_circle:",
            disabled=job.is_stopped(),
            on_click=bench.stop,
            args=(desk.jobs, called),
        )


def no_plan(desk: Desk, asked: Asked | Reference, found: NoPlan) -> None:
    """Why there is no plan, and what to relax."""
    text, words = desk.text, PlanWords(desk, asked)
    if found.proof.status != "infeasible":
        st.warning(said(text("scenarios.no_answer")))
        return
    st.error(said(text("scenarios.clash")), icon=":material/error:")
    for label in found.clash:
        advice = f"scenarios.relax.{label[0]}"
        line = text("scenarios.clash_line", what=words.limit(label))
        if text.has(advice):
            line = f"{line} {text(advice)}"
        st.markdown(f"- {components.plain(line)}")

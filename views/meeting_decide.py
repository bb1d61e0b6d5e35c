"""What the chair writes in a meeting: the plan adopted, and each project voted by itself."""

from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio.decision import Verb
from portfolio.errors import Refusal
from portfolio.meeting import Motion, MotionState
from portfolio.plan import NoPlan, Plan
from services import cycles, decisions, proceedings
from services import put as putting
from services.closing import ReadBack
from services.decisions import LEFT_OUT, Adoption, Ruling, Weighed
from services.meetings import Room
from services.overrides import Table, table
from services.put import Priced
from views import meeting_parts
from views.decision_words import DecisionWords
from views.desk import Desk
from views.look import components
from views.look.components import plain, said
from views.text import Text

OUT = "meeting_decide_out"
DATED = (Verb.DEFERRED, Verb.PAUSED)


def words_of(desk: Desk, room: Room) -> DecisionWords:
    """The words of the meeting's cycle, and of the projects that the room speaks of."""
    cycle = next(c for c in cycles.cycles(desk.store, desk.person) if c.code == desk.cycle)
    titles = {p.code: p.title_in(desk.language) for p in room.projects}
    return DecisionWords(desk, cycle, titles)


def show(desk: Desk, room: Room, found: ReadBack, words: DecisionWords) -> None:
    """The votes that were carried and are not written yet: on projects, then on the portfolio."""
    carried = [one for one in room.motions if one.state is MotionState.CARRIED]
    written = {one.motion for one in room.decisions}
    st.subheader(desk.text("meeting_decide.title"), anchor=False)
    if not carried:
        st.markdown(said(desk.text("meeting_decide.no_motion")))
        return
    for one in carried:
        if one.project and one.number not in written:
            _one(words, room, one)
    whole = [one for one in carried if not one.project]
    if whole:
        _whole(words, room, found, whole[-1], written)


def _whole(
    words: DecisionWords, room: Room, found: ReadBack, motion: Motion, written: set[int]
) -> None:
    """Decide on each project as the plan says, once."""
    desk, text = words.desk, words.desk.text
    if motion.number in written and not (found.moved or found.undecided):
        st.markdown(said(text("meeting_decide.adopted", n=motion.number)))
        return
    with st.container(border=True):
        st.markdown(said(text("meeting_decide.adopt_help", n=motion.number)))
        st.segmented_control(
            text("meeting_decide.left_out"), LEFT_OUT, default=LEFT_OUT[0], required=True, key=OUT,
            format_func=lambda verb: text(f"decisions.verb.{verb}"),
        )
        st.button(
            text("meeting_decide.adopt"), type="primary", key="meeting_decide_adopt",
            on_click=partial(_adopt, desk, room, words, found),
        )


def _adopt(desk: Desk, room: Room, words: DecisionWords, found: ReadBack) -> None:
    """The reasons are written in French, as the minutes are."""
    meeting_parts.do(
        desk,
        lambda: decisions.adopt(
            desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number,
            Adoption(st.session_state[OUT], _reasons(desk, room, words, found)),
        ),
        desk.text("meeting_decide.adopt_done"),
    )  # fmt: skip


def _reasons(
    desk: Desk, room: Room, words: DecisionWords, found: ReadBack
) -> dict[str, str]:
    """Project -> what its lead is told: the signed override, the plan, or what it lacks."""
    french = replace(words, desk=replace(desk, text=Text("fr")))
    known = table(desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number)
    imposed = {one.project: one.reason for one in known.bind}
    plan = putting.best(desk.jobs, known.put.question).result
    left = dict(proceedings.left_out(known.put))
    told = {}
    for project in room.projects:
        code = project.code
        if code in imposed:
            told[code] = french.desk.text("decisions.reason.imposed", reason=imposed[code])
        elif isinstance(plan, Plan) and code in plan.starts:
            told[code] = french.reason_in()
        else:
            told[code] = french.reason_out(found.why_not.get(code, left.get(code)), known.put.unit)
    return told


def _one(words: DecisionWords, room: Room, motion: Motion) -> None:
    """What a carried vote decided of a project: how, why, and its price where the plan differs."""
    desk, text = words.desk, words.desk.text
    verb, key = motion.verb, f"meeting_decide_{motion.number}"
    assert verb is not None  # a vote on a project has its verb
    with st.container(border=True):
        head = f"{words.project(motion.project)} – {text(f'decisions.verb.{verb}')}"
        st.markdown(f"**{plain(head)}**")
        if verb.goes_ahead:
            _way(words, room, motion, key)
        if verb is Verb.CONDITIONAL:
            st.text_area(text("meeting_decide.conditions"), key=f"{key}_conditions", height=80)
        if verb in DATED:
            st.date_input(text("meeting_decide.until"), value=None, key=f"{key}_until",
                          format="YYYY-MM-DD")  # fmt: skip
        st.text_area(text("meeting_decide.reason"), key=f"{key}_reason", height=80)
        weighed = _weighed(words, room, motion, key)
        if weighed is not None and weighed.differs:
            _differs(words, weighed, key)
        st.button(
            text("meeting_decide.write"), key=f"{key}_write", type="primary",
            disabled=weighed is None or (weighed.differs and not isinstance(weighed.found, Priced)),
            on_click=partial(_decide, desk, room, motion, key),
        )


def _way(words: DecisionWords, room: Room, motion: Motion, key: str) -> None:
    """The variant and the start; as the plan has it unless they are chosen."""
    desk, text = words.desk, words.desk.text
    known: Table = table(desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number)
    on, horizon = known.put.frozen.choices(), known.put.frozen.horizon
    if motion.project not in on.candidates:
        return
    plan = putting.best(desk.jobs, known.put.question).result
    _, variant, start = (
        putting.says(plan, known.put.question, motion.project)
        if isinstance(plan, Plan) else ("out", "", "")
    )  # fmt: skip
    variants = [option.code for option in on.candidates[motion.project].options]
    starts = on.starts_of(motion.project)
    labels = [horizon.label(p) for p in sorted({one.period for one in starts})]
    left, right = st.columns(2)
    with left:
        st.selectbox(
            text("meeting_overrides.which_variant"), variants, key=f"{key}_variant",
            index=variants.index(variant) if variant in variants else 0,
        )
    with right:
        st.selectbox(
            text("meeting_overrides.which_start"), labels, key=f"{key}_start",
            index=labels.index(start) if start in labels else 0, format_func=words.period,
        )


def _weighed(words: DecisionWords, room: Room, motion: Motion, key: str) -> Weighed | None:
    """What it would be against the plan; said why, where it cannot be."""
    desk, ruling = words.desk, _ruling(motion, key)
    ruling = replace(ruling, reason=ruling.reason or "–", conditions=ruling.conditions or "–")
    try:
        return decisions.weigh(
            desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number, ruling
        )
    except Refusal as refusal:
        components.error(desk, refusal)
        return None


def _differs(words: DecisionWords, weighed: Weighed, key: str) -> None:
    text, found = words.desk.text, weighed.found
    planned = words.planned(weighed.word, weighed.variant, weighed.start)
    st.markdown(plain(text("meeting_readback.plan_said", planned=planned)))
    if isinstance(found, NoPlan):
        told = text("meeting_overrides.infeasible", rules=words.rules(found.clash))
        st.error(plain(told), icon=":material/block:")
    elif found is None:
        st.markdown(said(text("meeting_overrides.pricing")))
    else:
        price = words.points(found.price, found.unit)
        st.markdown(f"**{said(text('meeting_readback.price', price=price))}**")
        st.checkbox(text("meeting_decide.sign"), key=f"{key}_signed")


def _ruling(motion: Motion, key: str) -> Ruling:
    state = st.session_state
    assert motion.verb is not None  # a vote on a project has its verb
    return Ruling(
        motion.project, motion.verb, state.get(f"{key}_reason") or "", motion.number,
        state.get(f"{key}_variant") or "", state.get(f"{key}_start") or "",
        state.get(f"{key}_conditions") or "", state.get(f"{key}_until"),
        bool(state.get(f"{key}_signed")),
    )  # fmt: skip


def _decide(desk: Desk, room: Room, motion: Motion, key: str) -> None:
    meeting_parts.do(
        desk,
        lambda: decisions.decide(
            desk.store, desk.person, desk.jobs, desk.cycle, room.meeting.number,
            _ruling(motion, key),
        ),
        desk.text("meeting_decide.written", project=motion.project),
    )  # fmt: skip

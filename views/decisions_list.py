"""The decisions of a cycle: the list of all that one may read, and each one's file with its why."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from portfolio.cycle import Cycle
from portfolio.decision import Correction, Decision, Verb
from portfolio.errors import Refusal
from portfolio.person import Role
from portfolio.project import Stage
from services import corrections, cycles, decided, decisions
from services.corrections import FACTS, Answer
from services.decided import File, Line, Listed
from services.decisions import FITS, OUTSIDE, Ruling
from services.proposals import SCREENERS
from views import parts
from views.decision_words import DecisionWords
from views.desk import Desk
from views.look import components, tables
from views.look.components import plain, said
from views.look.tables import Column
from views.parts import facts, small_table

CHOSEN, VERBS = "decision", "decisions_verbs"
REFUSED = "decisions_refused"
WIDTHS: Mapping[str, Literal["small", "medium"]] = {"title": "medium", "service": "medium"}


def show(desk: Desk) -> None:
    """The answer in one line, the list under its filters, then the file of the one chosen."""
    text = desk.text
    found = decided.listed(desk.store, desk.person, desk.cycle)
    st.header(said(_answer(desk, found)), anchor=False)
    if (refusal := st.session_state.pop(REFUSED, None)) is not None:
        st.error(plain(refusal), icon=":material/error:")
    if found.open_meeting is not None:
        st.info(said(text("decisions.open_meeting", n=found.open_meeting)))
    for one in found.waiting:
        st.warning(said(text("decisions.correction.waits", project=one.project)))
    if not found.lines:
        components.empty_state(text("decisions.none_help"))
        _outside(desk)
        return
    words = DecisionWords(desk, _cycle(desk), _titles(desk, found.lines))
    chosen = _chosen(words, found.lines)
    if chosen:
        _file(words, decided.file(desk.store, desk.person, desk.cycle, chosen, parts.today()))
    _outside(desk)


def _cycle(desk: Desk) -> Cycle:
    return next(c for c in cycles.cycles(desk.store, desk.person) if c.code == desk.cycle)


def _titles(desk: Desk, lines: Sequence[Line]) -> dict[str, str]:
    return {line.project.code: line.project.title_in(desk.language) for line in lines}


def _answer(desk: Desk, found: Listed) -> str:
    """« 38 projets vont de l'avant, pour 61,4 M$ ; 22 non. »"""
    if not found.lines:
        return desk.text("decisions.none")
    ahead = [line for line in found.lines if line.decision.verb.goes_ahead]
    amount = desk.money(_granted(ahead), compact=True)
    return desk.text(
        "decisions.answer_list", n=len(ahead), amount=amount, rest=len(found.lines) - len(ahead)
    )


def _granted(lines: Sequence[Line]) -> int:
    return sum(line.decision.amount for line in lines)


def _chosen(words: DecisionWords, lines: Sequence[Line]) -> str:
    """The project whose file is open: picked in the table, or named by the address."""
    desk, text = words.desk, words.desk.text
    there = [verb for verb in Verb if any(line.decision.verb is verb for line in lines)]
    verbs = st.pills(
        text("decisions.verbs"), there, selection_mode="multi", key=VERBS,
        format_func=lambda verb: text(f"decisions.verb.{verb}"), label_visibility="collapsed",
    )  # fmt: skip
    shown = [line for line in lines if not verbs or line.decision.verb in verbs]
    columns = [
        Column(name, text(f"decisions.column.{name}"), kind, width=WIDTHS.get(name))
        for name, kind in (
            ("code", "text"), ("title", "text"), ("service", "text"), ("verb", "text"),
            ("start", "text"), ("amount", "thousands"), ("differs", "text"), ("on", "date"),
        )
    ]  # fmt: skip
    picked = tables.table(
        desk, [_row(words, line) for line in shown], columns, key="decisions",
        name=text("decisions.title"), can_choose=True,
    )  # fmt: skip
    codes = [line.project.code for line in lines]
    if picked is not None:
        st.query_params[CHOSEN] = str(picked["code"])
    asked = st.query_params.get(CHOSEN, "")
    return asked if asked in codes else ""


def _row(words: DecisionWords, line: Line) -> dict[str, object]:
    made = line.decision
    return {
        "code": line.project.code, "title": line.project.title_in(words.desk.language),
        "service": line.project.service, "verb": words.verb(made.verb),
        "start": words.period(made.start), "amount": made.amount if made.grants else None,
        "differs": words.mark(made), "on": line.meeting or parts.day_of(made.at),
    }  # fmt: skip


def _file(words: DecisionWords, found: File) -> None:
    """The decision, why, what was said before, and the correction of a fact."""
    desk, text, made = words.desk, words.desk.text, found.line.decision
    st.header(said(f"{words.project(made.project)} – {words.verb(made.verb)}"), anchor=False)
    st.markdown(plain(made.reason))
    facts(desk, _facts(words, found))
    told = found.told
    if told is not None and told.why_not is not None and found.record is not None:
        st.subheader(said(text("decisions.why")), anchor=False)
        for sentence in words.why_not(told.why_not, found.record.unit):
            st.markdown(f"- {plain(sentence)}")
    if made.grants:
        head = [text(f"decisions.column.{name}") for name in ("envelope", "period", "granted")]
        rows = [(e, p, desk.money(amount)) for e, p, amount in words.grants(made.grants)]
        small_table(head, rows, name=text("decisions.grants", project=made.project))
    components.page_link(desk, "proposals", text("decisions.to_file"), project=made.project)
    if len(found.history) > 1:
        with st.expander(text("decisions.history", n=len(found.history))):
            head = [text(f"decisions.column.{name}") for name in ("on", "verb", "reason")]
            rows = [
                (desk.day(parts.day_of(d.at)), words.verb(d.verb), d.reason) for d in found.history
            ]
            small_table(head, rows, name=text("decisions.history_of", project=made.project))
    _corrections(words, found)


def _facts(words: DecisionWords, found: File) -> list[tuple[str, str]]:
    """What is known of the decision, a label each."""
    desk, text, made = words.desk, words.desk.text, found.line.decision
    when = "decisions.taken_in" if made.meeting else "decisions.taken_outside"
    told = [
        ("taken", text(when, n=made.meeting, day=found.line.meeting or parts.day_of(made.at))),
        ("way", words.way(made.variant, made.start)),
        ("amount", desk.money(made.amount) if made.grants else ""),
        ("conditions", made.conditions),
        ("until", desk.day(made.until, long=True) if made.until else ""),
    ]
    unit = found.record.unit if found.record else "points"
    for one in found.record.overrides if found.record else ():
        if one.project == made.project:
            side = "decisions.imposed_in" if one.is_in else "decisions.imposed_out"
            price = words.points(one.price, unit)
            told.append(("imposed", text(side, price=price, name=one.signed_by.name)))
    if not made.is_planned and made.price is not None:
        price = words.points(made.price, unit)
        name = found.names.get(made.signed_by, made.signed_by)
        told.append(("differs", text("decisions.signed", price=price, name=name)))
    return [(text(f"decisions.fact.{name}"), value) for name, value in told]


def _corrections(words: DecisionWords, found: File) -> None:
    """What was asked to be corrected, and the form for those who may ask or answer."""
    desk, text = words.desk, words.desk.text
    if found.corrections or found.may_correct:
        st.subheader(said(text("decisions.correction.title")), anchor=False)
    for one in found.corrections:
        _correction(words, found, one)
    if found.may_correct:
        _ask(desk, found)
    elif found.line.is_mine:
        st.caption(said(text("decisions.correction.over", day=found.until)))


def _correction(words: DecisionWords, found: File, one: Correction) -> None:
    desk, text = words.desk, words.desk.text
    state = {None: "waiting", True: "accepted", False: "declined"}[one.is_accepted]
    with st.container(border=True):
        st.markdown(f"**{said(text(f'decisions.fact_name.{one.fact}'))}** · "
                    f"{said(text(f'decisions.correction.{state}'))}")  # fmt: skip
        st.markdown(plain(one.said))
        if one.answer:
            name = found.names.get(one.answered_by, one.answered_by)
            st.caption(plain(text("decisions.correction.answered", name=name, answer=one.answer)))
        is_theirs = desk.has(*SCREENERS) and not found.line.is_mine
        if one.is_accepted is None and is_theirs:
            key = f"decisions_answer_{one.project}_{one.number}"
            with st.form(key, border=False):
                st.text_area(text("decisions.correction.answer"), key=f"{key}_said", height=80)
                with st.container(horizontal=True):
                    for is_accepted, name in ((True, "accept"), (False, "decline")):
                        st.form_submit_button(
                            text(f"decisions.correction.{name}"),
                            on_click=partial(_answered, desk, one, is_accepted, f"{key}_said"),
                        )


def _ask(desk: Desk, found: File) -> None:
    text, key = desk.text, "decisions_ask"
    with st.form(key):
        st.markdown(said(text("decisions.correction.help", day=found.until)))
        st.selectbox(
            text("decisions.correction.fact"), FACTS, key=f"{key}_fact",
            format_func=lambda name: text(f"decisions.fact_name.{name}"),
        )
        st.text_area(text("decisions.correction.said"), key=f"{key}_said", height=80)
        st.form_submit_button(
            text("decisions.correction.ask"), on_click=partial(_asked, desk, found.line.decision)
        )


def _asked(desk: Desk, made: Decision) -> None:
    state = st.session_state
    try:
        one = Correction(
            made.project, 1, made.number, state["decisions_ask_fact"], state["decisions_ask_said"],
            desk.person.code, "",
        )  # fmt: skip
        corrections.ask(desk.store, desk.person, desk.cycle, one, parts.today())
        components.tell(desk.text("decisions.correction.asked"))
    except Refusal as refusal:
        state[REFUSED] = desk.refusal(refusal)


def _answered(desk: Desk, one: Correction, is_accepted: bool, key: str) -> None:
    given = Answer(is_accepted, st.session_state[key])
    try:
        corrections.answer(desk.store, desk.person, desk.cycle, one, given)
        components.tell(desk.text("decisions.correction.done"))
    except Refusal as refusal:
        st.session_state[REFUSED] = desk.refusal(refusal)


def _outside(desk: Desk) -> None:
    """Pause, end or bring forward an approved project at no meeting."""
    if not desk.has(Role.FACILITATOR):
        return
    registry, text = cycles.registry(desk.store, desk.person, desk.cycle), desk.text
    may = {p.code: p for p in registry.projects if p.stage in (Stage.APPROVED, Stage.PAUSED)}
    with st.expander(text("decisions.outside.title")):
        if not may:
            st.caption(text("decisions.outside.none"))
            return
        code = st.selectbox(
            text("decisions.outside.project"), list(may), key="decisions_outside_project",
            format_func=lambda c: f"{c} · {may[c].title_in(desk.language)}",
        )
        verbs = [verb for verb in OUTSIDE if may[code].stage in FITS[verb]]
        verb = st.segmented_control(
            text("decisions.outside.verb"), verbs, default=verbs[0], required=True,
            format_func=lambda v: text(f"decisions.do.{v}"), key=f"decisions_outside_verb_{code}",
        )
        if verb is Verb.ACCELERATED:
            st.selectbox(
                text("decisions.outside.start"), registry.cycle.horizon.labels(),
                key="decisions_outside_start",
                format_func=lambda label: desk.period(
                    registry.cycle.horizon, registry.cycle.horizon.period(label)),
            )  # fmt: skip
        st.text_area(text("decisions.outside.reason"), key="decisions_outside_reason", height=80)
        components.confirm(
            desk, key="decisions_outside", label=text(f"decisions.do.{verb}"),
            question=text("decisions.outside.question", project=code),
            act=partial(_decide_outside, desk, code, verb),
        )


def _decide_outside(desk: Desk, code: str, verb: Verb) -> None:
    start = st.session_state.get("decisions_outside_start", "")
    ruling = Ruling(
        code, verb, st.session_state.get("decisions_outside_reason", ""),
        start=start if verb is Verb.ACCELERATED else "",
    )
    try:
        decisions.outside(desk.store, desk.person, desk.cycle, ruling, parts.today())
        components.tell(desk.text("decisions.outside.done", project=code))
    except Refusal as refusal:
        st.session_state[REFUSED] = desk.refusal(refusal)
